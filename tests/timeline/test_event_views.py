import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chapters.releasing.publishing import publish
from programs.models import Organization, Source
from tests.cast import cast
from tests.markup import compact
from timeline.models import Event
from values.partial_date_text import PartialDate

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast()


def text_of(response):
    assert response.status_code == 200
    return compact(response.content.decode())


def query_count(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def make_events(first, last):
    for number in range(first, last + 1):
        organization = Organization.objects.create(code=f"o{number}", name_ja=f"組織{number}")
        source = Source.objects.create(code=f"s{number}", title=f"出典{number}")
        event = Event.objects.create(
            code=f"e{number}",
            name_ja=f"出来事{number}",
            kind="other",
            date=PartialDate(2000 + number % 20, 5),
            source=source,
        )
        event.organizations.add(organization)


def test_list_groups_events_by_fiscal_year_newest_first_and_the_undated_last(client, people):
    Event.objects.create(code="undated", name_ja="日付のない出来事", kind="other")

    page = text_of(client.get("/events/"))

    places = [
        page.index(words)
        for words in (
            "2019（令和元）年度</h2>",
            "G20大阪サミット",
            "2018（平成30）年度</h2>",
            "TICAD7に向けた提言",
            "2015（平成27）年度</h2>",
            "年度不明</h2>",
            "日付のない出来事",
        )
    ]
    assert places == sorted(places)


def test_list_gives_a_date_as_exactly_as_it_is_known(client, people):
    page = text_of(client.get("/events/"))

    assert "2019年6月28日</p>" in page
    assert "2019年3月</p>" in page
    assert "2015年</p>" in page


def test_list_is_filtered(client, people):
    page = text_of(client.get("/events/?fiscal_year=H30"))

    assert "<strong>1</strong> 件" in page
    assert "TICAD7に向けた提言" in page


def test_list_without_events_and_without_matches_says_so(client):
    assert "出来事はまだ登録されていません。" in text_of(client.get("/events/"))
    assert "条件に合う出来事はありません。" in text_of(client.get("/events/?q=無"))
    assert "条件を読めませんでした。" in text_of(client.get("/events/?fiscal_year=無"))


def test_list_takes_as_many_queries_for_fifty_events_as_for_one(client):
    make_events(1, 1)
    one = query_count(client, "/events/")
    make_events(2, 50)

    assert query_count(client, "/events/") == one


@pytest.mark.parametrize(
    ("code", "date", "fiscal_year"),
    [
        ("g20-osaka-2019", "2019年6月28日〜2019年6月29日", "2019（令和元）年度"),
        ("ticad7-proposal", "2019年3月", "2018（平成30）年度"),
        ("sti-envoy", "2015年", "2015（平成27）年度"),
    ],
)
def test_detail_shows_date_and_fiscal_year(client, people, code, date, fiscal_year):
    page = text_of(client.get(f"/events/{code}/"))

    assert f"<dd>{date}<" in page
    assert f"<dd>{fiscal_year}<" in page


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("g20-osaka-2019", "日付から"),
        ("ticad7-proposal", "月まで分かっています"),
        ("ticad7-proposal", "1〜3月は前の年の年度に入ります"),
        ("sti-envoy", "年だけが分かっています"),
        ("sti-envoy", "手入力: 任命は9月と報じられた。"),
    ],
)
def test_detail_says_how_exact_the_date_is_and_why_it_is_that_fiscal_year(
    client, people, code, words
):
    assert words in text_of(client.get(f"/events/{code}/"))


def test_detail_of_a_date_known_to_its_fiscal_year_or_year_only_says_so(client):
    Event.objects.create(
        code="fiscal", name_ja="年度", kind="other", date=PartialDate(2018, is_fiscal=True)
    )
    Event.objects.create(code="year", name_ja="年", kind="other", date=PartialDate(2018))
    Event.objects.create(code="none", name_ja="無", kind="other")

    assert "年度だけが分かっています" in text_of(client.get("/events/fiscal/"))
    assert "年だけでは年度が決まりません" in text_of(client.get("/events/year/"))
    undated = text_of(client.get("/events/none/"))
    assert '<dt>日付</dt><dd><span class="unknown">不明</span></dd>' in undated


def test_detail_shows_organisations_names_programme_and_source(client, people):
    page = text_of(client.get("/events/g20-osaka-2019/"))

    assert "文部科学省" in page
    assert "大阪G20" in page
    assert f'<a href="/sources/{people.review.pk}/">行政事業レビューシート 平成28年度</a>' in page
    assert '<a href="/programs/satreps/">' in text_of(client.get("/events/ticad7-proposal/"))


def test_detail_shows_mentions_and_timelines_of_released_chapters_only(client, people):
    assert "が開かれた" not in text_of(client.get("/events/g20-osaka-2019/"))

    publish(people.chapter, note="初版", now=timezone.now())

    assert "が開かれた" in text_of(client.get("/events/g20-osaka-2019/"))
    assert "3行目" in text_of(client.get("/events/ticad7-proposal/"))


def test_detail_in_english_keeps_japanese_marked(client, people):
    page = text_of(client.get("/en/events/ticad7-proposal/"))

    assert '<h1><span lang="ja">TICAD7に向けた提言</span></h1>' in page
    assert "<dd>March 2019<" in page
    assert "<dd>FY2018 (H30)<" in page


def test_detail_of_an_unknown_code_is_not_found(client):
    assert client.get("/events/none/").status_code == 404
