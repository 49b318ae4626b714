import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chapters.releasing.publishing import publish
from programs.models import (
    Lineage,
    Organization,
    Program,
    ProgramIdentifier,
    ProgramName,
    Source,
    YearlyBudget,
)
from tests.cast import cast
from tests.markup import compact
from timeline.models import Event, TimelineRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast()


def text_of(response):
    assert response.status_code == 200
    return compact(response.content.decode())


def query_count(client, url):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def make_programs(first, last):
    """Programmes number `first` to `last`, each with an organisation, an amount and a source."""
    for number in range(first, last + 1):
        organization = Organization.objects.create(code=f"o{number}", name_ja=f"組織{number}")
        program = Program.objects.create(
            code=f"p{number}", name_ja=f"施策{number}", lead_organization=organization
        )
        source = Source.objects.create(code=f"s{number}", title=f"出典{number}")
        YearlyBudget.objects.create(
            program=program, fiscal_year=2020, basis="initial", amount_yen=number, source=source
        )


def test_list_shows_name_organisation_years_and_latest_initial_budget_with_its_source(
    client, people
):
    YearlyBudget.objects.create(
        program=people.iter,
        fiscal_year=2017,
        basis="initial",
        amount_yen=21_000_000_000,
        source=people.review,
    )

    page = text_of(client.get("/programs/"))

    assert "ITER（国際熱核融合実験炉）計画等の実施" in page
    assert "文部科学省" in page
    assert "2007年度〜継続中" in page
    assert "2003–2014年度" in page
    assert "210億円" in page
    assert "223.84億円" not in page
    assert f'href="/sources/{people.review.pk}/"' in page


def test_list_says_unknown_where_no_budget_is_known_and_never_zero(client, people):
    page = text_of(client.get("/programs/?q=SICORP"))

    assert '<span class="unknown">不明</span>' in page
    assert "0円" not in page


def test_list_without_programmes_says_so(client):
    assert "施策はまだ登録されていません。" in text_of(client.get("/programs/"))


def test_list_without_matches_says_what_to_do(client, people):
    page = text_of(client.get("/programs/?q=存在しない"))

    assert "条件に合う施策はありません。" in page
    assert '<a href="/programs/">条件を消す</a>' in page


def test_list_with_a_year_that_cannot_be_says_so_at_the_field_and_shows_nothing(client, people):
    page = text_of(client.get("/programs/?fiscal_year=平成32年度"))

    assert 'aria-invalid="true"' in page
    assert 'class="filter-error"' in page
    assert "条件を読めませんでした。" in page
    assert "SATREPS" not in page


def test_list_is_filtered_by_tier(client, people):
    page = text_of(client.get("/programs/?tier=A"))

    assert "<strong>1</strong> 件" in page
    assert "ITER（国際熱核融合実験炉）計画等の実施" in page


def test_list_shows_fifty_a_page_and_keeps_the_filter_in_its_links(client):
    make_programs(1, 51)

    page = text_of(client.get("/programs/?q=施策"))

    assert page.count('<th scope="row">') == 50
    assert 'rel="next" href="?q=%E6%96%BD%E7%AD%96&amp;page=2"' in page
    assert text_of(client.get("/programs/?q=施策&page=2")).count('<th scope="row">') == 1
    assert client.get("/programs/?page=3").status_code == 404


def test_list_takes_as_many_queries_for_fifty_programmes_as_for_one(client):
    make_programs(1, 1)
    one = query_count(client, "/programs/")
    make_programs(2, 50)

    assert query_count(client, "/programs/") == one


def test_detail_shows_names_over_time_identifiers_lineage_and_events(client, people):
    page = text_of(client.get("/programs/iter/"))

    assert "<h1>ITER（国際熱核融合実験炉）計画等の実施</h1>" in page
    assert "イーター" in page
    assert "2007年度〜" in page
    assert "文部科学省/0281" in page
    assert "行政事業レビュー事業番号 2016年度" in page
    assert "2007（平成19）年度" in page

    later = text_of(client.get("/programs/sicorp/"))
    assert (
        '<a href="/programs/bilateral/">戦略的国際科学技術協力推進事業</a>'
        ' <span class="tag">後継 →</span>' in later
    )
    earlier = text_of(client.get("/programs/bilateral/"))
    assert '<span class="tag">→ 後継</span> <a href="/programs/sicorp/">' in earlier
    assert "2015（平成27）年度" in later

    assert "TICAD7に向けた提言" in text_of(client.get("/programs/satreps/"))


def test_detail_keeps_whole_and_part_apart_from_before_and_after(client, people):
    Lineage.objects.create(from_program=people.satreps, to_program=people.iter, kind="part_of")

    part, whole = (text_of(client.get(f"/programs/{code}/")) for code in ("satreps", "iter"))

    assert "属する施策</h2>" in part
    assert "含まれる施策</h2>" in whole
    assert "前後の施策" not in part + whole


def test_detail_gives_every_amount_in_text_with_basis_and_source(client, people):
    page = text_of(client.get("/programs/iter/"))

    assert "223.84億円" in page
    assert "−12.34億円" in page
    assert '<th scope="col" class="number">当初予算</th>' in page
    assert '<th scope="col" class="number">翌年度へ繰越し</th>' in page
    assert "シート0281" in page
    assert "出典 行政事業レビューシート 平成28年度 </span>[1]" in page


def test_detail_draws_bars_without_inline_style(client, people):
    page = text_of(client.get("/programs/iter/"))

    assert '<rect class="bar-main" width="100.00%" height="18"/>' in page
    assert "style=" not in page


def test_detail_without_amounts_says_unknown_or_that_there_is_no_own_budget(client, people):
    assert "予算額は不明です。" in text_of(client.get("/programs/sicorp/"))
    assert "独立した予算はありません。" in text_of(client.get("/programs/satreps/"))


def test_detail_of_an_unknown_code_is_not_found(client):
    response = client.get("/programs/none/")

    assert response.status_code == 404
    assert "ページが見つかりません" in response.content.decode()


def test_detail_shows_mentions_and_timelines_of_released_chapters_only(client, people):
    draft = text_of(client.get("/programs/satreps/"))
    assert "2008年度に始まった" not in draft
    assert "載っている年表" not in text_of(client.get("/programs/iter/"))

    publish(people.chapter, note="初版", now=timezone.now())

    assert "2008年度に始まった" in text_of(client.get("/programs/satreps/"))
    page = text_of(client.get("/programs/iter/"))
    assert '<a href="/chapters/2023/kokusai/timeline/">国際活動の年表</a>' in page
    assert "2行目" in page


def test_english_page_marks_what_is_only_in_japanese(client, people):
    page = text_of(client.get("/en/programs/bilateral/"))

    assert '<html lang="en">' in page
    assert '<h1><span lang="ja">戦略的国際科学技術協力推進事業</span></h1>' in page
    assert "Japan Science and Technology Agency" in page
    assert '<h1>ITER Project</h1><p class="other-name" lang="ja">' in text_of(
        client.get("/en/programs/iter/")
    )


def test_page_leads_to_itself_in_the_other_language_and_says_so_in_its_head(client, people):
    page = text_of(client.get("/programs/?q=ITER"))

    assert '<a href="/en/programs/?q=ITER" lang="en" hreflang="en">English</a>' in page
    assert 'hreflang="ja" href="http://testserver/programs/?q=ITER"' in page
    assert 'hreflang="en" href="http://testserver/en/programs/?q=ITER"' in page


def test_detail_takes_as_many_queries_for_fifty_of_everything_as_for_one(client, people):
    add_to(people, 1, 1)
    publish(people.chapter, note="初版", now=timezone.now())
    one = query_count(client, "/programs/iter/")
    add_to(people, 2, 50)

    assert query_count(client, "/programs/iter/") == one


def add_to(people, first, last):
    """Give ITER names, amounts, numbers, relatives, events and rows, each with its source."""
    for number in range(first, last + 1):
        source = Source.objects.create(code=f"s{number}", title=f"出典{number}")
        other = Program.objects.create(code=f"p{number}", name_ja=f"施策{number}")
        ProgramName.objects.create(
            program=people.iter, kind="former", name=f"旧称{number}", source=source
        )
        ProgramIdentifier.objects.create(
            program=people.iter, scheme="other", value=f"{number}", source=source
        )
        YearlyBudget.objects.create(
            program=people.iter,
            fiscal_year=1950 + number,
            basis="initial",
            amount_yen=number,
            source=source,
        )
        Lineage.objects.create(
            from_program=other, to_program=people.iter, kind="merged", source=source
        )
        Event.objects.create(
            code=f"e{number}", name_ja=f"出来事{number}", kind="other", program=people.iter
        )
        TimelineRow.objects.create(
            timeline=people.timeline, position=10 + number, program=people.iter
        )


def test_source_shows_what_it_is_and_what_cites_it(client, people):
    page = text_of(client.get(f"/sources/{people.review.pk}/"))

    assert "<dd>文部科学省</dd>" in page
    assert "CC BY 4.0" in page
    assert "2016年9月30日" in page
    assert "https://example.go.jp/review/2016.xlsx" in page
    assert "2016年度" in page
    assert "1 件の額" in page
    assert "イーター" in page
    assert "文部科学省/0281" in page
    assert "戦略的国際科学技術協力推進事業 (後継)" in page
    assert "G20大阪サミット" in page


def test_source_without_licence_says_unknown(client):
    source = Source.objects.create(code="bare", title="裸の出典")

    page = text_of(client.get(f"/sources/{source.pk}/"))

    assert '<dt>ライセンス</dt><dd><span class="unknown">不明</span></dd>' in page


def test_source_groups_its_amounts_by_programme_fifty_a_page(client):
    source = Source.objects.create(code="all", title="全部")
    make_programs(1, 51)
    YearlyBudget.objects.update(source=source)
    YearlyBudget.objects.create(
        program=Program.objects.get(code="p1"),
        fiscal_year=2016,
        basis="initial",
        amount_yen=1,
        source=source,
    )

    page = text_of(client.get(f"/sources/{source.pk}/"))

    assert "<strong>51</strong> 施策" in page
    assert "2016–2020年度" in page
    assert "2 件の額" in page
    assert page.count("#budgets-heading") == 50
    assert text_of(client.get(f"/sources/{source.pk}/?page=2")).count("#budgets-heading") == 1


def test_source_takes_as_many_queries_for_fifty_citations_as_for_one(client, people):
    url = f"/sources/{people.review.pk}/"
    one = query_count(client, url)
    make_programs(1, 50)
    YearlyBudget.objects.update(source=people.review)
    Program.objects.update(source=people.review)

    assert query_count(client, url) == one


def test_source_that_does_not_exist_is_not_found(client):
    assert client.get("/sources/999/").status_code == 404
