import re

import pytest

from programs.models import Organization, Program, YearlyBudget
from tests.cast import cast
from tests.markup import compact

pytestmark = pytest.mark.django_db

PAGE = "/programs/timeline/"


def add_programs(count, organization=None, start=0):
    programs = Program.objects.bulk_create(
        Program(
            code=f"p-{n:05}",
            name_ja=f"施策{n:05}",
            search_key="",
            lead_organization=organization,
            start_fiscal_year=2015,
        )
        for n in range(start, start + count)
    )
    YearlyBudget.objects.bulk_create(
        YearlyBudget(program=program, fiscal_year=2016, basis="initial", amount_yen=2_000_000_000)
        for program in programs
    )


def html_of(client, query=""):
    return compact(client.get(f"{PAGE}{query}").content.decode())


def rows_of(html):
    return re.findall(r'<tr class="row-program"><th scope="row">.*?>([^<]+)</a>', html)


def test_programmes_are_drawn_in_the_groups_of_their_organisations(client):
    cast()
    Program.objects.create(code="alone", name_ja="所管のない施策", start_fiscal_year=2016)
    html = html_of(client)
    assert re.findall(r'scope="rowgroup"[^>]*><span>([^<]+)<', html) == [
        "文部科学省",
        "科学技術振興機構",
        "所管不明",
    ]
    assert rows_of(html)[0] == "ITER（国際熱核融合実験炉）計画等の実施"
    assert rows_of(html)[-1] == "所管のない施策"
    assert '<td class="cell tier-a' in html


def test_years_are_the_latest_twelve_with_sums(client):
    who = cast()
    for year in (1999, 2010, 2024):
        YearlyBudget.objects.create(
            program=who.iter, fiscal_year=year, basis="executed", amount_yen=1
        )
    html = html_of(client)
    assert re.findall(r'<th scope="col">(\d+)', html) == [str(y) for y in range(2013, 2025)]
    assert "1999–2024" in html


def test_years_and_basis_can_be_chosen(client):
    cast()
    html = html_of(client, "?from=2015&to=2017&basis=executed")
    assert re.findall(r'<th scope="col">(\d+)', html) == ["2015", "2016", "2017"]
    assert '<td class="cell tier-a' not in html
    assert '<a href="?from=2015&amp;to=2017&amp;basis=executed" aria-current="true">' in html


@pytest.mark.parametrize("query", ["?basis=request", "?from=2030&to=2020", "?from=abc"])
def test_what_cannot_be_drawn_is_not_found_and_says_why(client, query):
    cast()
    response = client.get(f"{PAGE}{query}")
    assert response.status_code == 404
    assert "この図はありません" in response.content.decode()


def test_the_lists_filters_apply(client):
    cast()
    assert rows_of(html_of(client, "?q=SATREPS")) == ["地球規模課題対応国際科学技術協力プログラム"]
    assert rows_of(html_of(client, "?organization=mext&fiscal_year=2010")) == [
        "ITER（国際熱核融合実験炉）計画等の実施",
        "地球規模課題対応国際科学技術協力プログラム",
    ]
    assert "条件に合う施策はありません" in html_of(client, "?q=ありえない名前")
    assert "条件を読めませんでした" in html_of(client, "?fiscal_year=来年")


def test_what_the_filter_asks_stands_beside_the_count(client):
    cast()
    html = html_of(client, "?q=SATREPS&organization=mext&tier=&fiscal_year=H22")
    count = re.search(r'<p class="list-count".*?</p>', html)[0]
    assert re.findall(r'([^>]+): <span lang="(\w+)">([^<]*)</span>', count) == [
        ("名称", "en", "SATREPS"),
        ("所管・関係機関", "ja", "文部科学省"),
        ("実施している年度", "en", "2010"),
    ]
    assert '<a href="/programs/timeline/">条件を消す</a>' in count


@pytest.mark.parametrize(
    ("query", "is_open"),
    [("", False), ("?q=SATREPS", False), ("?q=ありえない名前", True), ("?fiscal_year=来年", True)],
)
def test_the_filter_is_folded_away_while_there_are_rows(client, query, is_open):
    cast()
    assert ('<details class="filter-box" open>' in html_of(client, query)) is is_open


def test_a_page_has_two_hundred_rows_in_blocks_and_all_on_request(client):
    add_programs(230)
    first, second, whole = (html_of(client, q) for q in ("", "?page=2", "?rows=all"))
    assert [len(rows_of(html)) for html in (first, second, whole)] == [200, 30, 230]
    assert [html.count("<table") for html in (first, second, whole)] == [4, 1, 5]
    assert 'href="?rows=all"' in first
    assert 'aria-label="ページ"' not in whole


def test_without_programmes_the_page_says_so(client):
    assert "施策はまだ登録されていません" in html_of(client)


def test_queries_are_the_same_for_five_and_for_two_hundred_rows(client, django_assert_num_queries):
    cast()
    organization = Organization.objects.get(code="mext")
    add_programs(1, organization)
    client.get(PAGE)
    with django_assert_num_queries(7):
        assert len(rows_of(html_of(client))) == 5
    add_programs(195, organization, start=100)
    with django_assert_num_queries(7):
        assert len(rows_of(html_of(client))) == 200


def test_a_row_opens_to_its_reasons_names_lineage_and_events(client):
    who = cast()
    html = client.get("/programs/iter/row/?from=2015&to=2016").content.decode()
    assert re.findall(r'data-year="(\d+)"', html) == ["2015", "2016"]
    assert "当初予算 223.84億円（行政事業レビューシート 平成28年度）" in html
    assert f'href="/sources/{who.review.pk}/"' in html
    assert "イーター" in html
    assert "系統図" in client.get("/programs/sicorp/row/").content.decode()
    assert "TICAD7に向けた提言" in client.get("/programs/satreps/row/").content.decode()


def test_a_row_of_no_programme_or_on_no_basis_is_not_found(client):
    cast()
    assert client.get("/programs/nobody/row/").status_code == 404
    assert client.get("/programs/iter/row/?basis=x").status_code == 404


def test_a_rows_queries_do_not_grow_with_its_budgets(client, django_assert_max_num_queries):
    who = cast()
    for year in range(1980, 2015):
        YearlyBudget.objects.create(
            program=who.iter, fiscal_year=year, basis="total", amount_yen=1, source=who.review
        )
    with django_assert_max_num_queries(10):
        client.get("/programs/iter/row/")


def test_english_pages_name_organisations_in_english(client):
    cast()
    html = client.get(f"/en{PAGE}").content.decode()
    assert '<th scope="rowgroup" lang="en"' in html
    assert "Japan Science and Technology Agency" in html


def test_an_unreadable_condition_gives_no_count(client):
    cast()
    assert 'class="list-count"' in html_of(client)
    assert 'class="list-count"' not in html_of(client, "?fiscal_year=来年")


def test_a_long_page_has_only_so_many_rows_as_its_years_leave_room_for(client, monkeypatch):
    monkeypatch.setattr("timeline.views.MOST_PAGE_CELLS", 60)
    add_programs(25)
    first, last = (
        html_of(client, f"?from=2011&to=2016&rows=all{page}") for page in ("", "&page=3")
    )
    assert [len(rows_of(html)) for html in (first, last)] == [10, 5]
    assert (
        "1ページに描くのは60マス（行×年度）までです。6年度では10行ずつになり、続きは下のページにあります。"
        in first
    )
    assert 'href="?from=2011&amp;to=2016&amp;rows=all&amp;page=2"' in first
    assert "21–25" in last
    assert '<a href="?from=2011&amp;to=2016">1ページを200行に</a>' in first


def test_what_fits_on_a_long_page_needs_no_word_of_the_bound(client):
    add_programs(230)
    html = html_of(client, "?rows=all")
    assert "マス（行×年度）" not in html
    assert "ページに分ける" in html


def test_a_long_page_is_offered_by_the_rows_it_takes(client, monkeypatch):
    monkeypatch.setattr("timeline.views.MOST_PAGE_CELLS", 220 * 12)
    add_programs(230)
    assert ">1ページを220行に</a>" in html_of(client, "?from=2011&to=2022")
    assert ">全部を1ページに</a>" in html_of(client, "?from=2015&to=2016")


def test_a_hundred_years_leave_room_for_two_hundred_and_forty_rows(client):
    add_programs(250)
    html = html_of(client, "?rows=all&from=1990&to=2089")
    assert len(rows_of(html)) == 240
    assert "24,000マス" in html
