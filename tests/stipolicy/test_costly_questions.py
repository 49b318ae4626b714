"""Questions that cost too much, or that no database takes, on every list of the site."""

import pytest

from tests.cast import cast

pytestmark = pytest.mark.django_db

LISTS = ["/programs/", "/programs/timeline/", "/events/"]


@pytest.fixture(autouse=True)
def people():
    cast()


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("研究 " * 400, "検索の言葉は200字までです（いまは1,199字）。短くしてください。"),
        ("a " * 11, "一度に探せるのは10語までです（いまは11語）。減らしてください。"),
    ],
)
def test_too_many_words_are_refused_in_the_field_that_keeps_them(client, page, text, error):
    response = client.get(page, {"q": text})
    html = response.content.decode()
    assert response.status_code == 200
    assert error in html
    assert f'value="{text.strip()}"' in html.replace(text, text.strip())
    assert "条件を読めませんでした" in html
    assert "list-count" not in html
    assert "地球規模課題" not in html
    assert "G20" not in html


@pytest.mark.parametrize("page", LISTS)
def test_too_many_words_cost_no_search(client, page, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(page, {"q": "研究 " * 400})


@pytest.mark.parametrize("page", LISTS)
def test_a_year_too_long_to_be_one_is_not_repeated(client, page):
    html = client.get(page, {"fiscal_year": "平成" * 400}).content.decode()
    assert "年度は40字までで入れます（例 2019、H31、令和元年度）。" in html
    assert html.count("平成平成") == 400 // 2


@pytest.mark.parametrize("page", [*LISTS, "/en/programs/"])
@pytest.mark.parametrize("name", ["q", "organization", "fiscal_year", "tier", "kind", "page"])
@pytest.mark.parametrize("value", ["\x00", "国\x00際", "9" * 5_000, "-1", "\ud7ff\uffff", "１"])
def test_no_value_of_a_list_is_an_error_of_the_server(client, page, name, value):
    assert client.get(page, {name: value}).status_code in (200, 404)


@pytest.mark.parametrize("name", ["from", "to", "basis", "rows"])
@pytest.mark.parametrize("value", ["\x00", "9" * 5_000, "-1", "2016" + " " * 40 + "x", "１"])
@pytest.mark.parametrize("page", ["/programs/timeline/", "/programs/iter/row/"])
def test_no_value_of_a_figure_is_an_error_of_the_server(client, page, name, value):
    assert client.get(page, {name: value}).status_code in (200, 404)


@pytest.mark.parametrize(
    "page",
    [
        f"/sources/{'9' * 30}/",
        f"/sources/{'9' * 5_000}/",
        f"/chapters/2023/kokusai/v{'9' * 30}/",
        f"/chapters/2023/kokusai/v{'9' * 5_000}/timeline.svg",
        "/programs/%00/",
        "/events/%00/",
        f"/programs/{'a' * 5_000}/",
    ],
)
def test_no_address_of_a_record_is_an_error_of_the_server(client, page):
    assert client.get(page).status_code == 404


def test_what_follows_a_year_is_not_dropped_in_silence(client):
    assert client.get("/programs/timeline/", {"from": "2016" + " " * 40 + "x"}).status_code == 404
