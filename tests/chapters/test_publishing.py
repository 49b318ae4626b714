from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from chapters.models import Chapter, Mention, Release
from chapters.releasing.document import ReleaseDocument
from chapters.releasing.drafts import render_draft
from chapters.releasing.publishing import CannotPublish, publish
from programs.models import Program, YearlyBudget
from tests.cast import cast

pytestmark = pytest.mark.django_db

APRIL = datetime(2024, 4, 1, tzinfo=UTC)
MAY = datetime(2024, 5, 1, tzinfo=UTC)
JUNE = datetime(2024, 6, 1, tzinfo=UTC)


def change(chapter, words):
    Chapter.objects.filter(pk=chapter.pk).update(lead_ja=words)


def another_chapter(who):
    return Chapter.objects.create(
        edition=who.edition, number=10, slug="other", title_ja="別の章", lead_ja="別。"
    )


def test_the_first_release_keeps_note_time_and_content():
    release, created = publish(cast().chapter, note="初版", now=APRIL)
    assert created
    release.refresh_from_db()
    assert (release.number, release.change_note, release.published_at) == (1, "初版", APRIL)
    assert release.document["blocks"][0]["text"] == "この章は国際活動を扱う。"
    assert '<p id="lead-p1">この章は国際活動を扱う。</p>' in release.html


def test_publishing_twice_without_change_makes_nothing():
    who = cast()
    first, _ = publish(who.chapter, note="初版", now=APRIL)
    again, created = publish(who.chapter, note="再", now=MAY)
    assert (again, created) == (first, False)
    assert (Release.objects.count(), Mention.objects.count()) == (1, 2)


def test_an_editor_who_works_in_english_makes_no_other_release():
    who = cast()
    publish(who.chapter, note="初版", now=APRIL)
    with override("en"):
        assert publish(who.chapter, note="again", now=MAY)[1] is False


def as_stored_before(document):
    """A document in the form of the releases made until November 2026."""
    return document | {
        "blocks": [block | {"html": "<p>once more</p>"} for block in document["blocks"]],
        "footnotes": [note | {"html": "<p>once more</p>"} for note in document["footnotes"]],
        "timeline": {"columns": [{"fiscal_year": 2016, "era": "H28"}], "tiers": [], "rows": []},
    }


def test_a_release_in_the_older_form_needs_no_new_one():
    who = cast()
    first, _ = publish(who.chapter, note="初版", now=APRIL)
    older = as_stored_before(first.document)
    Release.objects.update(document=older)
    assert publish(who.chapter, note="再", now=MAY) == (first, False)
    first.refresh_from_db()
    assert first.document == older


def test_a_release_keeps_nothing_twice():
    release, _ = publish(cast().chapter, note="初版", now=APRIL)
    release.refresh_from_db()
    assert set(release.document) == {
        "edition",
        "number",
        "title_ja",
        "title_en",
        "blocks",
        "footnotes",
        "timeline_facts",
    }
    assert release.document["blocks"][1] == {
        "id": "joint-research",
        "kind": "heading",
        "level": 2,
        "text": "共同研究",
    }
    assert release.document["footnotes"][0] == {
        "number": 1,
        "key": "satreps",
        "text": "JSTの公式サイトによる。",
        "references": ["fnref-satreps"],
    }


def test_a_stored_document_is_read_back_as_it_was():
    who = cast()
    release, _ = publish(who.chapter, note="初版", now=APRIL)
    release.refresh_from_db()
    assert ReleaseDocument.from_json(release.document) == render_draft(who.chapter).document


def test_a_change_of_the_prose_makes_the_next_release():
    who = cast()
    first, _ = publish(who.chapter, note="初版", now=APRIL)
    change(who.chapter, "改めた。")
    second, created = publish(who.chapter, note="改訂", now=MAY)
    assert (created, second.number) == (True, 2)
    first.refresh_from_db()
    assert "この章は国際活動を扱う。" in first.html
    assert "改めた。" in second.html


def test_a_change_of_an_amount_makes_the_next_release():
    who = cast()
    publish(who.chapter, note="初版", now=APRIL)
    YearlyBudget.objects.filter(fiscal_year=2016, basis="initial").update(amount_yen=1)
    release, created = publish(who.chapter, note="額", now=MAY)
    assert created
    amounts = dict(release.document["timeline_facts"]["rows"][1])["amounts"]
    assert [2016, "initial", 1] in [[year, basis, a["amount_yen"]] for year, basis, a in amounts]


def test_going_back_to_old_words_is_a_new_release():
    who = cast()
    publish(who.chapter, note="初版", now=APRIL)
    change(who.chapter, "改めた。")
    publish(who.chapter, note="改訂", now=MAY)
    change(who.chapter, "この章は国際活動を扱う。")
    assert publish(who.chapter, note="戻す", now=JUNE)[0].number == 3


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            "事実[^none]。",
            "^リード文の段落「事実\\[\\^none\\]。」: 脚注 \\[\\^none\\] がありません。",
        ),
        ("[語](event:none)。", "^リード文の段落「語。」: 記録 event:none がありません。"),
    ],
)
def test_what_refers_to_nothing_is_refused_and_nothing_is_written(words, message):
    who = cast()
    change(who.chapter, words)
    with pytest.raises(CannotPublish, match=message) as refusal:
        publish(who.chapter, note="初版", now=APRIL)
    assert [problem.place for problem in refusal.value.problems] == ["lead-p1"]
    assert (Release.objects.count(), Mention.objects.count()) == (0, 0)


def test_an_unused_footnote_stops_nothing():
    who = cast()
    who.chapter.footnotes.create(key="spare", body_ja="使わない。")
    assert publish(who.chapter, note="初版", now=APRIL)[1]


def test_mentions_are_written_for_paragraphs_and_footnotes():
    who = cast()
    who.chapter.footnotes.filter(key="g20").update(body_ja="[](program:iter)を参照。")
    release, _ = publish(who.chapter, note="初版", now=APRIL)
    found = release.mentions.order_by("id").values_list(
        "program__code", "event__code", "paragraph_id", "footnote_key", "printed_words"
    )
    assert list(found) == [
        ("satreps", None, "joint-research-p1", "", "SATREPS"),
        (None, "g20-osaka-2019", "meetings-p1", "", "G20大阪サミット"),
        ("iter", None, "", "g20", "ITER（国際熱核融合実験炉）計画等の実施"),
    ]


def test_mentions_of_longer_words_than_the_column_are_cut():
    who = cast()
    change(who.chapter, f"[{'語' * 400}](program:iter)")
    release, _ = publish(who.chapter, note="初版", now=APRIL)
    assert release.mentions.get(program=who.iter).printed_words == "語" * 300


def test_a_renamed_programme_stays_as_it_was_printed():
    who = cast()
    change(who.chapter, "[](program:iter)")
    release, _ = publish(who.chapter, note="初版", now=APRIL)
    Program.objects.filter(code="iter").update(name_ja="改称")
    release.refresh_from_db()
    assert "ITER（国際熱核融合実験炉）計画等の実施" in release.html


def test_a_scheduled_release_is_not_live_before_its_time():
    who = cast()
    release, _ = publish(who.chapter, note="予約", now=MAY)
    assert not Release.objects.live(APRIL).exists()
    assert not Release.objects.current(APRIL).exists()
    assert Release.objects.live(MAY).get() == release
    assert Release.objects.current(MAY).get() == release


def test_each_chapter_has_one_current_release():
    who = cast()
    other = another_chapter(who)
    first, _ = publish(who.chapter, note="初版", now=APRIL)
    others, _ = publish(other, note="初版", now=APRIL)
    change(who.chapter, "改めた。")
    second, _ = publish(who.chapter, note="改訂", now=JUNE)
    assert set(Release.objects.current(MAY)) == {first, others}
    assert set(Release.objects.current(JUNE)) == {second, others}
    assert set(Release.objects.live(JUNE)) == {first, second, others}


def test_the_newer_of_two_releases_of_one_moment_is_current():
    who = cast()
    publish(who.chapter, note="初版", now=APRIL)
    change(who.chapter, "改めた。")
    second, _ = publish(who.chapter, note="改訂", now=APRIL)
    assert Release.objects.current(APRIL).get() == second


def test_only_mentions_in_current_releases_are_found():
    who = cast()
    publish(who.chapter, note="初版", now=APRIL)
    who.chapter.sections.filter(anchor="joint-research").update(body_ja="改めた[^satreps]。")
    publish(who.chapter, note="改訂", now=JUNE)
    found = Mention.objects.filter(program=who.satreps)
    assert found.in_current_releases(MAY).count() == 1
    assert found.in_current_releases(JUNE).count() == 0


def test_queries_stay_the_same_for_fifty_mentions():
    who = cast()
    counts = []
    for mentions in (1, 50):
        change(who.chapter, "\n\n".join(["[](program:iter)"] * mentions))
        with CaptureQueriesContext(connection) as queries:
            publish(who.chapter, note="改訂", now=MAY)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20
