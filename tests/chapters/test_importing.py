"""A manuscript becomes the draft of a chapter."""

from pathlib import Path

import pytest

from chapters.importing import import_chapter
from chapters.manuscript.reading import ManuscriptError
from chapters.models import Chapter, Edition, Footnote, Section
from programs.models import Program, ProgramName, Tier, TierScheme
from timeline.models import Event, Timeline, TimelineRow
from timeline.rows.printed_table import TableError
from values.partial_date_text import PartialDate

pytestmark = pytest.mark.django_db

UMI = (Path(__file__).parents[1] / "samples" / "umi.md").read_text()
REAL = Path(__file__).parents[3] / "shared" / "source" / "000_adc4864da52d8016.txt"


def run(text=UMI, **arguments):
    return import_chapter(text, **{"edition_code": "2020", "number": 4} | arguments)


def history_count():
    models = (Edition, Chapter, Section, Footnote, Timeline, TimelineRow, Tier, Program, Event)
    return sum(model.history.count() for model in models)


@pytest.fixture
def records():
    """Every record that the sample names, some by another name only."""
    tide = Program.objects.create(code="tide", name_ja="潮汐観測網整備事業")
    ProgramName.objects.create(program=tide, kind="former", name="TIDE計画等の実施")
    Program.objects.create(code="kelp", name_ja="海藻研究支援プログラム", abbreviation="KELP")
    Event.objects.create(
        code="wide", name_ja="海辺の観測を広げる方針", kind="document", date=PartialDate(2018, 4)
    )
    Event.objects.create(
        code="port", name_ja="港町サミット", kind="meeting", date=PartialDate(2019, 6)
    )


def test_counts_tell_what_the_manuscript_holds(records):
    done = run()
    assert (done.headings, done.paragraphs, done.footnotes) == (5, 5, 4)
    assert (done.timeline_rows, done.marks, done.rows_bound) == (5, 2, 5)
    assert (done.edition, done.number, done.slug, done.changed) == ("2020", 4, "chapter-4", True)
    assert (done.bound, done.unbound) == (3, ("名のない計画",))
    assert (done.created, done.warnings) == ((), ())


def test_draft_says_what_the_manuscript_says(records):
    run()
    chapter = Chapter.objects.get(edition__code="2020", number=4)
    assert (chapter.title_ja, chapter.edition.title_ja) == ("海と観測", "2020")
    assert chapter.lead_ja.startswith("沿岸の観測は")
    assert list(chapter.sections.values_list("position", "level", "anchor", "heading_ja")) == [
        (1, 2, "s1", "背景"),
        (2, 3, "s1-1", "観測の担い手"),
        (3, 3, "s1-2", "観測の国際協力"),
        (4, 2, "s2", "今後の課題（これから取り組むこと）"),
        (5, 3, "s2-1", "観測の担い手"),
    ]
    assert list(chapter.footnotes.values_list("key", flat=True)) == ["n1", "n2", "n3", "n4"]


def test_bold_names_of_records_become_mentions(records):
    run()
    body = Section.objects.get(anchor="s1-1").body_ja
    assert "「[潮汐観測網整備事業](program:tide)[^n2]」" in body
    assert "[海藻研究支援プログラム（KELP）](program:kelp)" in body
    assert "**名のない計画**" in body
    assert "[港町サミット](event:port)[^n3]" in Section.objects.get(anchor="s1-2").body_ja


def test_timeline_rows_are_bound_and_keep_their_printed_labels(records):
    run()
    timeline = Timeline.objects.get(slug="2020-chapter-4")
    assert (timeline.title_ja, timeline.first_fiscal_year, timeline.last_fiscal_year) == (
        "海と観測",
        2017,
        2019,
    )
    rows = timeline.rows.values_list(
        "position", "group", "printed_label", "program__code", "event__code"
    )
    assert list(rows) == [
        (1, "施策等", "森林庁 若手会議「海辺の観測を広げる方針」", None, "wide"),
        (2, "施策等", "港町サミット", None, "port"),
        (3, "施策等", "海藻研究支援プログラム (KELP)", "kelp", None),
        (4, "施策等", "潮汐観測網整備事業", "tide", None),
        (5, "施策等", "Ｔ Ｉ Ｄ Ｅ計画等の実施", "tide", None),
    ]


def test_legend_becomes_tiers():
    run()
    tiers = Timeline.objects.get().tier_scheme.tiers.values_list(
        "letter", "label_ja", "lower_bound_yen", "is_lower_bound_included"
    )
    assert list(tiers) == [
        ("A", "3億円以上", 300_000_000, True),
        ("B", "3~1億円", 100_000_000, False),
        ("C", "1億円以下", 0, False),
    ]


def test_scheme_with_the_same_tiers_is_used_again():
    scheme = TierScheme.objects.create(code="small", name_ja="小規模")
    TierScheme.objects.create(code="none", name_ja="なし")
    for letter, yen, included in (("A", 300_000_000, True), ("B", 100_000_000, False)):
        Tier.objects.create(
            scheme=scheme, letter=letter, lower_bound_yen=yen, is_lower_bound_included=included
        )
    Tier.objects.create(scheme=scheme, letter="C", lower_bound_yen=0)
    run()
    assert Timeline.objects.get().tier_scheme == scheme


@pytest.mark.parametrize("known", [True, False])
def test_second_run_writes_nothing(known, request):
    if known:
        request.getfixturevalue("records")
    first = run()
    written = history_count()
    second = run()
    assert (first.changed, second.changed) == (True, False)
    assert second.created == ()
    assert history_count() == written


def test_dry_run_tells_everything_and_keeps_nothing():
    done = run(dry_run=True)
    assert (done.changed, done.headings, len(done.created)) == (True, 5, 5)
    assert not Edition.objects.exists()
    assert not Program.objects.exists()
    assert not Chapter.history.exists()


def test_rows_without_a_record_get_one_so_that_no_mark_is_lost():
    done = run()
    assert done.created == (
        "event:2020-chapter-4-row-1",
        "event:2020-chapter-4-row-2",
        "program:2020-chapter-4-row-3",
        "program:2020-chapter-4-row-4",
        "program:2020-chapter-4-row-5",
    )
    port = Event.objects.get(name_ja="港町サミット")
    assert (port.fiscal_year, port.kind) == (2019, "other")
    assert "港町サミット" in done.warnings[1]


def test_new_label_in_a_row_gets_a_record_of_its_own():
    run()
    done = run(UMI.replace("潮汐観測網整備事業\t", "潮流観測事業\t"))
    assert done.created == ("program:2020-chapter-4-row-4-2",)
    assert TimelineRow.objects.get(position=4).program.name_ja == "潮流観測事業"


def test_marked_row_that_names_a_programme_gets_an_event_of_it(records):
    run(UMI.replace("潮汐観測網整備事業\t\t\t", "潮汐観測網整備事業\t\t▲\t"))
    row = TimelineRow.objects.get(position=4)
    assert (row.program, row.event.program.code, row.event.fiscal_year) == (None, "tide", 2017)


def test_row_that_may_name_two_records_is_bound_to_none_and_keeps_its_mark(records):
    Event.objects.create(code="port-2", name_ja="港町サミット", kind="meeting")
    done = run()
    row = TimelineRow.objects.get(position=2)
    assert (row.program, row.event, row.note) == (None, None, "▲ 2019")
    assert done.rows_unbound == ("港町サミット",)
    assert "event:port、event:port-2" in done.warnings[0]
    assert "港町サミット" in done.unbound
    assert "**港町サミット**" in Section.objects.get(anchor="s1-2").body_ja


def test_mark_outside_the_year_of_its_event_is_noted_and_reported(records):
    done = run(UMI.replace("港町サミット\t\t\t▲", "港町サミット\t▲\t\t▲"))
    assert TimelineRow.objects.get(position=2).note == "▲ 2017"
    assert "2017年度" in done.warnings[0]
    assert run(UMI.replace("港町サミット\t\t\t▲", "港町サミット\t▲\t\t▲")).changed is False
    assert run().changed is True
    assert TimelineRow.objects.get(position=2).note == ""


def test_row_keeps_the_record_and_note_that_an_editor_gave_it(records):
    run()
    other = Program.objects.create(code="other", name_ja="別の事業")
    TimelineRow.objects.filter(position=4).update(program=other, note="要確認")
    assert run().changed is False
    row = TimelineRow.objects.get(position=4)
    assert (row.program, row.note) == (other, "要確認")


def test_next_import_overwrites_hand_edits_and_history_keeps_them(records):
    run()
    section = Section.objects.get(anchor="s1-2")
    section.body_ja, section.body_en = "書き換えた。", "Rewritten."
    section.save()
    assert run().changed is True
    section.refresh_from_db()
    assert section.body_ja.startswith("各国の観測網を")
    assert section.body_en == "Rewritten."
    assert section.history.filter(body_ja="書き換えた。").exists()


def test_what_the_file_no_longer_holds_is_deleted(records):
    run()
    shorter = UMI.replace("■観測の国際協力", "■船の国際協力").replace(
        "Ｔ Ｉ Ｄ Ｅ計画等の実施\t\t\t\t\n", ""
    )
    shorter = shorter.replace("<sup>4</sup>", "").replace(
        "\n- 4 Sea Data Forum ‘Open tides’ の呼び掛けによる。", ""
    )
    run(shorter)
    assert list(Section.objects.values_list("anchor", "heading_ja"))[1:3] == [
        ("s1-1", "観測の担い手"),
        ("s1-2", "船の国際協力"),
    ]
    assert TimelineRow.objects.count() == 4
    assert list(Footnote.objects.values_list("key", flat=True)) == ["n1", "n2", "n3"]


def test_sections_keep_their_anchors_when_one_is_put_before_them(records):
    run()
    run(
        UMI.replace(
            "#### ■観測の担い手\n\n観測員", "#### ■船\n\n船も使う。\n\n#### ■観測の担い手\n\n観測員"
        )
    )
    assert list(Section.objects.values_list("position", "anchor", "heading_ja")) == [
        (1, "s1", "背景"),
        (2, "s1-1-v2", "船"),
        (3, "s1-1", "観測の担い手"),
        (4, "s1-2", "観測の国際協力"),
        (5, "s2", "今後の課題（これから取り組むこと）"),
        (6, "s2-1", "観測の担い手"),
    ]


def test_chapter_without_a_table_has_no_timeline(records):
    run(UMI[: UMI.index("【海と観測】")])
    assert Chapter.objects.get().timeline is None
    assert not Timeline.objects.exists()


def test_a_timeline_that_the_manuscript_does_not_print_stays(records):
    run()
    run(UMI[: UMI.index("【海と観測】")])
    assert Chapter.objects.get().timeline.rows.count() == 5


def test_same_chapter_of_another_edition_lends_its_slug():
    edition = Edition.objects.create(code="2018", title_ja="2018年版")
    Chapter.objects.create(edition=edition, number=4, slug="umi", title_ja="海と 観測")
    assert run().slug == "umi"
    assert Chapter.objects.get(edition__code="2020").slug == "umi"


def test_slug_is_kept_until_another_is_named():
    assert run(slug="sea").slug == "sea"
    assert run().slug == "sea"
    done = run(slug="ocean")
    assert (done.slug, done.changed) == ("ocean", True)
    assert Timeline.objects.count() == 1


def test_timeline_that_another_chapter_shows_is_left_alone(records):
    run()
    shared = Timeline.objects.get()
    edition = Edition.objects.create(code="2021", title_ja="2021年版")
    Chapter.objects.create(
        edition=edition, number=4, slug="chapter-4", title_ja="海と観測", timeline=shared
    )
    run(edition_code="2021")
    assert Chapter.objects.get(edition=edition).timeline.slug == "2021-chapter-4"
    assert shared.rows.count() == 5


@pytest.mark.parametrize(
    ("text", "arguments", "error", "code", "line"),
    [
        ("潮の話", {}, ManuscriptError, "manuscript.no_title", 1),
        (UMI, {"number": 5}, ManuscriptError, "manuscript.number_differs", 2),
        (UMI, {"slug": "taken"}, ManuscriptError, "manuscript.slug_taken", 2),
        (UMI, {"slug": "x" * 61}, ManuscriptError, "manuscript.code_too_long", 2),
        (UMI.replace("H29", "H28"), {}, TableError, "table.eras_disagree", 40),
        (UMI[: UMI.index("\n: 単年度")], {}, TableError, "legend.missing", 45),
        (UMI.replace("が3億円以上", "が多い"), {}, TableError, "legend.unknown", 47),
    ],
)
def test_refused_manuscript_writes_nothing(text, arguments, error, code, line):
    edition = Edition.objects.create(code="2020", title_ja="2020年版")
    Chapter.objects.create(edition=edition, number=1, slug="taken", title_ja="序")
    written = history_count()
    with pytest.raises(error) as caught:
        run(text, **arguments)
    assert (caught.value.code, caught.value.line) == (code, line)
    assert history_count() == written
    assert Chapter.objects.count() == 1


@pytest.mark.skipif(not REAL.exists(), reason="the manuscript is not on this machine")
def test_real_manuscript_is_imported_once_and_whole():
    text = REAL.read_text()
    done = import_chapter(text, edition_code="2023-source", number=9)
    assert (done.headings, done.paragraphs, done.footnotes) == (10, 29, 25)
    assert (done.timeline_rows, done.marks, done.rows_bound) == (34, 11, 34)
    assert done.changed is True
    assert import_chapter(text, edition_code="2023-source", number=9).changed is False
