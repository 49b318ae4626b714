import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chapters.models import Chapter, Edition, Release
from chapters.releasing.publishing import publish
from programs.models import Program, YearlyBudget
from tests.cast import cast
from timeline.models import TimelineRow

pytestmark = pytest.mark.django_db

PAGES = [
    "/chapters/2023/kokusai/",
    "/chapters/2023/kokusai/timeline/",
    "/chapters/2023/kokusai/v1/",
]


def published(days_ago=1):
    who = cast()
    publish(who.chapter, note="初版", now=timezone.now() - timedelta(days=days_ago))
    return who


def revise(who, words, days_ago=0):
    Chapter.objects.filter(pk=who.chapter.pk).update(lead_ja=words)
    publish(who.chapter, note="改訂", now=timezone.now() - timedelta(days=days_ago))


def html_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_chapter_is_read_with_notes_contents_and_figure(client):
    published()
    html = html_of(client, "/chapters/2023/kokusai/")
    assert html.count("<h1>") == 1
    assert "<h1>国際活動</h1>" in html
    assert "この章は国際活動を扱う。" in html
    assert '<a href="#joint-research" lang="ja">共同研究</a>' in html
    assert '<a class="mention mention-program" href="/programs/satreps/">SATREPS</a>' in html
    assert html.count('role="doc-noteref"') == html.count('role="doc-backlink"') == 2
    assert '<table class="timeline-table' in html
    assert 'href="/chapters/2023/kokusai/timeline/"' in html


def test_an_english_page_says_that_the_text_is_japanese(client):
    published()
    assert "The text of this chapter is in Japanese." in html_of(client, f"/en{PAGES[0]}")
    assert "本文は日本語です" not in html_of(client, PAGES[0])


def test_a_chapter_without_timeline_has_no_figure_and_no_page_for_it(client):
    who = cast()
    Chapter.objects.filter(pk=who.chapter.pk).update(timeline=None)
    publish(who.chapter, note="初版", now=timezone.now())
    html = html_of(client, "/chapters/2023/kokusai/")
    assert 'id="timeline"' not in html
    assert "#timeline" not in html
    assert client.get("/chapters/2023/kokusai/timeline/").status_code == 404


@pytest.mark.parametrize("url", PAGES)
def test_a_draft_is_not_found(client, url):
    cast()
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("url", PAGES)
def test_a_scheduled_release_is_not_found_before_its_time(client, url):
    published(days_ago=-1)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "/chapters/2024/kokusai/",
        "/chapters/2023/none/",
        "/chapters/2023/kokusai/v2/",
        "/chapters/2023/kokusai/v0/",
    ],
)
def test_what_was_never_published_is_not_found(client, url):
    published()
    assert client.get(url).status_code == 404


def test_unpublished_edits_do_not_reach_the_reader(client):
    who = published()
    Chapter.objects.filter(pk=who.chapter.pk).update(lead_ja="下書き。", title_ja="下書きの題")
    html = html_of(client, "/chapters/2023/kokusai/")
    assert "下書き" not in html


def test_the_newest_release_is_read_and_an_old_one_still_says_the_old(client):
    who = published()
    revise(who, "改めた。")
    assert "改めた。" in html_of(client, "/chapters/2023/kokusai/")
    assert "改めた。" in html_of(client, "/chapters/2023/kokusai/v2/")
    old = html_of(client, "/chapters/2023/kokusai/v1/")
    assert "この章は国際活動を扱う。" in old
    assert "改めた。" not in old


def test_a_release_in_the_future_leaves_the_present_one(client):
    who = published()
    revise(who, "予約した。", days_ago=-1)
    assert "この章は国際活動を扱う。" in html_of(client, "/chapters/2023/kokusai/")
    assert client.get("/chapters/2023/kokusai/v2/").status_code == 404


def test_the_figure_of_a_release_keeps_its_amounts(client):
    who = published()
    YearlyBudget.objects.filter(program=who.iter).delete()
    publish(who.chapter, note="改訂", now=timezone.now())
    assert "当初予算 223.84億円" in html_of(client, "/chapters/2023/kokusai/v1/")
    assert "当初予算 223.84億円" not in html_of(client, "/chapters/2023/kokusai/v2/")


def test_the_timeline_has_a_page_of_its_own(client):
    published()
    html = html_of(client, "/chapters/2023/kokusai/timeline/")
    assert "<h1>国際活動の年表</h1>" in html
    assert '<a href="/chapters/2023/kokusai/">国際活動</a>' in html
    assert '<table class="timeline-table' in html


def test_addresses_follow_an_edition_that_got_another_code(client):
    published()
    Edition.objects.update(code="2023-a")
    html = html_of(client, "/chapters/2023-a/kokusai/")
    assert 'href="/chapters/2023-a/kokusai/timeline/"' in html
    html = html_of(client, "/chapters/2023-a/kokusai/timeline/")
    assert 'href="/chapters/2023-a/kokusai/"' in html


def test_english_pages_frame_the_japanese_prose_as_japanese(client):
    published()
    html = html_of(client, "/en/chapters/2023/kokusai/")
    assert '<html lang="en">' in html
    assert "<h1>International Activities</h1>" in html
    assert re.search(r'<div class="prose" lang="ja">\s*<p id="lead-p1">この章は', html)
    assert '<a href="/en/programs/iter/">ITER Project</a>' in html
    assert html_of(client, "/en/chapters/2023/kokusai/timeline/")
    assert html_of(client, "/en/chapters/2023/kokusai/v1/")


def test_words_of_an_editor_cannot_become_markup(client):
    who = cast()
    evil = "<script>alert(1)</script>"
    Chapter.objects.filter(pk=who.chapter.pk).update(title_ja=evil, lead_ja=evil)
    who.chapter.sections.filter(anchor="meetings").update(heading_ja=evil)
    TimelineRow.objects.filter(position=2).update(printed_label=evil, note=evil)
    Program.objects.filter(code="satreps").update(name_ja=evil)
    publish(who.chapter, note=evil, now=timezone.now())
    for page in PAGES:
        assert "<script>alert" not in html_of(client, page)


def queries_of(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("url", PAGES[:2])
def test_a_page_takes_the_same_queries_for_fifty_sections_and_rows(client, url):
    who = published()
    few = queries_of(client, url)
    for position in range(10, 60):
        program = Program.objects.create(code=f"p{position}", name_ja=f"施策{position}")
        TimelineRow.objects.create(timeline=who.timeline, position=position, program=program)
        who.chapter.sections.create(
            position=position,
            heading_ja="節",
            anchor=f"s{position}",
            body_ja=f"[](program:p{position})",
        )
    publish(who.chapter, note="改訂", now=timezone.now())
    assert Release.objects.count() == 2
    assert queries_of(client, url) == few <= 3


def test_the_preview_says_what_is_wrong_in_words(admin_client):
    who = cast()
    Chapter.objects.filter(pk=who.chapter.pk).update(lead_ja="事実[^none]。")
    html = html_of(admin_client, f"/admin/chapters/chapter/{who.chapter.pk}/preview/")
    assert "下書きのプレビュー" in html
    assert "<li>リード文の段落「事実[^none]。」: 脚注 [^none] がありません。" in html
    assert "footnote.undefined" not in html
