from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from chapters.releasing.publishing import publish
from tests.cast import cast
from tests.markup import compact

pytestmark = pytest.mark.django_db


def text_of(response):
    assert response.status_code == 200
    return compact(response.content.decode())


def test_an_empty_site_says_that_nothing_is_published(client):
    page = text_of(client.get("/"))

    assert "公開された章はまだありません。" in page
    assert page.count("<h1") == 1


def test_home_leads_to_released_chapters_and_to_the_records(client):
    people = cast()
    publish(people.chapter, note="初版", now=timezone.now())

    page = text_of(client.get("/"))

    assert 'href="/chapters/2023/kokusai/"' in page
    assert "国際活動" in page
    assert '<a href="/programs/">施策</a>' in page
    assert '<a href="/events/">出来事</a>' in page
    assert '<p class="door-count">4<span>件</span></p>' in page
    assert '<p class="door-count">3<span>件</span></p>' in page
    assert "予算額 2 件、出典 1 件を収めています。" in page


def test_home_shows_neither_drafts_nor_what_is_scheduled(client):
    people = cast()
    assert "国際活動" not in text_of(client.get("/"))

    publish(people.chapter, note="初版", now=timezone.now() + timedelta(days=1))

    assert "国際活動" not in text_of(client.get("/"))


def test_home_takes_five_queries(client, django_assert_num_queries):
    publish(cast().chapter, note="初版", now=timezone.now())

    with django_assert_num_queries(5):
        client.get("/")


def test_home_in_english_leads_to_english_pages(client):
    page = text_of(client.get("/en/"))

    assert '<html lang="en">' in page
    assert 'href="/en/programs/"' in page
    assert '<a href="/" lang="ja" hreflang="ja">日本語</a>' in page


def test_a_page_that_is_not_there_leads_to_the_lists_and_to_the_other_home(client):
    response = client.get("/nowhere/")
    page = compact(response.content.decode())

    assert response.status_code == 404
    assert 'href="/events/"' in page
    assert '<a href="/en/" lang="en" hreflang="en">English</a>' in page


def test_the_page_of_a_server_error_needs_neither_request_nor_context():
    assert "Something went wrong" in render_to_string("500.html")


def test_a_browser_that_asks_for_an_icon_by_itself_gets_the_mark(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response.url) == (302, "/static/stipolicy/mark.svg")
