import re
from datetime import timedelta

import pytest
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chapters.models import Chapter, Edition
from chapters.releasing.publishing import publish
from tests.cast import cast
from tests.markup import compact

pytestmark = pytest.mark.django_db


def printed(tag, **context):
    libraries = "{% load chapter_tags figure_tags mention_tags %}"
    return compact(Template(f"{libraries}{{% {tag} %}}").render(Context(context)))


def published(who, *, days_ago=1):
    return publish(who.chapter, note="版", now=timezone.now() - timedelta(days=days_ago))


def places(html):
    return re.findall(r'<a href="([^"]+)">(.*?)</a></p>\s*<p class="mention-text">(.*?)</p>', html)


def test_current_chapters_lead_to_chapter_and_timeline():
    who = cast()
    published(who)
    html = printed("current_chapters")
    assert 'href="/chapters/2023/kokusai/"' in html
    assert 'href="/chapters/2023/kokusai/timeline/"' in html
    assert "2023年版" in html
    assert "第1版" in html


def test_drafts_and_scheduled_chapters_are_not_listed():
    who = cast()
    assert "公開された章はまだありません。" in printed("current_chapters")
    published(who, days_ago=-1)
    assert "公開された章はまだありません。" in printed("current_chapters")


def test_a_chapter_is_listed_once_however_often_it_was_released():
    who = cast()
    published(who, days_ago=2)
    Chapter.objects.update(lead_ja="改めた。")
    published(who, days_ago=1)
    html = printed("current_chapters")
    assert html.count("<li") == 1
    assert "第2版" in html


def test_a_title_under_revision_is_not_shown_before_it_is_published():
    who = cast()
    published(who)
    before = who.chapter.title_ja
    Chapter.objects.update(title_ja="書きかけの題")
    html = printed("current_chapters") + printed("program_mentions program", program=who.satreps)
    assert html.count(before) > 1
    assert "書きかけ" not in html


def test_newer_editions_come_first():
    who = cast()
    newer = Edition.objects.create(code="2024", title_ja="2024年版")
    later = Chapter.objects.create(edition=newer, number=1, slug="x", title_ja="新", lead_ja="新。")
    for chapter in (who.chapter, later):
        publish(chapter, note="初版", now=timezone.now())
    assert re.findall(r"(\d{4})年版", printed("current_chapters")) == ["2024", "2023"]


def test_a_programme_shows_the_paragraphs_that_mention_it():
    who = cast()
    published(who)
    assert places(printed("program_mentions program", program=who.satreps)) == [
        (
            "/chapters/2023/kokusai/#joint-research-p1",
            "9 国際活動 · 共同研究",
            "SATREPSは2008年度に始まった。",
        )
    ]


def test_an_event_shows_the_paragraphs_that_mention_it():
    who = cast()
    published(who)
    assert places(printed("event_mentions event", event=who.g20)) == [
        (
            "/chapters/2023/kokusai/#meetings-p1",
            "9 国際活動 · 国際会議",
            "G20大阪サミットが開かれた。",
        )
    ]


def test_a_footnote_is_shown_by_number_and_escaped_once():
    who = cast()
    who.chapter.footnotes.filter(key="g20").update(body_ja="R&Dの**[](program:iter)** < 1")
    published(who)
    assert places(printed("program_mentions program", program=who.iter)) == [
        (
            "/chapters/2023/kokusai/#fn-g20",
            "9 国際活動 · 脚注2",
            "R&amp;DのITER（国際熱核融合実験炉）計画等の実施 &lt; 1",
        )
    ]


def test_a_mention_in_the_lead_stands_under_no_heading():
    who = cast()
    Chapter.objects.update(lead_ja="[](program:iter)")
    published(who)
    (place,) = places(printed("program_mentions program", program=who.iter))
    assert place[:2] == ("/chapters/2023/kokusai/#lead-p1", "9 国際活動")


def test_a_paragraph_that_mentions_twice_is_shown_once_and_cut():
    who = cast()
    Chapter.objects.update(lead_ja="[](program:iter)" * 2 + "長" * 300)
    published(who)
    (place,) = places(printed("program_mentions program", program=who.iter))
    assert len(place[2]) == 160
    assert place[2].endswith("…")


def test_a_record_that_no_current_release_mentions_says_so():
    who = cast()
    published(who, days_ago=2)
    who.chapter.sections.filter(anchor="joint-research").update(body_ja="改めた[^satreps]。")
    published(who, days_ago=1)
    for program in (who.satreps, who.sicorp):
        html = printed("program_mentions program", program=program)
        assert "公開された章では触れていません。" in html


def test_fifty_mentions_take_the_queries_of_one():
    who = cast()
    counts = []
    for mentions in (1, 50):
        Chapter.objects.update(lead_ja="\n\n".join(["[](program:iter)"] * mentions))
        published(who, days_ago=0)
        with CaptureQueriesContext(connection) as queries:
            html = printed("program_mentions program", program=who.iter)
        assert len(places(html)) == mentions
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 2


def test_a_record_names_the_published_timelines_it_stands_in():
    who = cast()
    assert "<li>" not in printed("program_timelines program", program=who.iter)
    published(who)
    html = printed("program_timelines program", program=who.iter)
    assert '<a href="/chapters/2023/kokusai/timeline/">国際活動の年表</a>' in html
    assert "2行目" in html
    html = printed("event_timelines event", event=who.ticad)
    assert '<a href="/chapters/2023/kokusai/timeline/">国際活動の年表</a>' in html
    assert "3行目" in html
    assert "<li>" not in printed("program_timelines program", program=who.satreps)
