"""Chapter 9 as a reader meets it after `make run`."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.conf import settings

from chapters.models import Release
from chapters.releasing.document import ReleaseDocument
from tests.markup import compact
from timeline.figure.chart import draw

pytestmark = pytest.mark.usefixtures("chapter_nine")

CHECKED = settings.BASE_DIR.parent / "shared" / "source" / "facts.json"
SAMPLE = settings.BASE_DIR / "tests" / "samples" / "chapter9-tiers.json"
FACTS = [
    pytest.param(
        CHECKED,
        marks=pytest.mark.skipif(not CHECKED.exists(), reason="needs ../shared/source/facts.json"),
        id="checked facts",
    ),
    pytest.param(SAMPLE, id="sample"),
]
YEARS = [2016, 2017, 2018, 2019, 2020, 2021, 2022]
# Records that the facts name otherwise than the fixtures do.
RECORD_OF_FACT = {
    "g20-osaka": "g20-osaka-2019",
    "kakenhi-joint-fund": "kakenhi-international-leading-2022",
}


class Elements(HTMLParser):
    """All start tags of a page with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture
def elements(client):
    response = client.get("/chapters/2023/kokusai/")
    assert response.status_code == 200
    return Elements(response.content.decode()).found


def figure():
    """The figure as it was published, as the public JSON has it."""
    return draw(ReleaseDocument.from_json(Release.objects.get().document).facts).as_json()


@pytest.fixture
def rows():
    return figure()["rows"]


def row_of(rows, code):
    (row,) = [row for row in rows if code in (row["program"], row["event"])]
    return row


def states(row):
    """A year's tier, or what is the case instead of one."""
    return [cell["tier"] or cell["state"] for cell in row["cells"]]


def with_role(elements, role):
    return [attrs for _, attrs in elements if attrs.get("role") == role]


def test_every_id_of_the_page_is_used_once(elements):
    ids = [attrs["id"] for _, attrs in elements if "id" in attrs]
    assert sorted(set(ids)) == sorted(ids)


def test_twenty_five_footnotes_are_linked_there_and_back(elements):
    ids = {attrs["id"]: tag for tag, attrs in elements if "id" in attrs}
    there = [attrs["href"].removeprefix("#") for attrs in with_role(elements, "doc-noteref")]
    back = [attrs["href"].removeprefix("#") for attrs in with_role(elements, "doc-backlink")]
    assert (len(there), len(set(there))) == (25, 25)
    assert (len(back), len(set(back))) == (25, 25)
    assert {ids[target] for target in there} == {"li"}
    assert {ids[target] for target in back} == {"sup"}


def test_every_link_within_the_page_has_its_target(elements):
    ids = {attrs["id"] for _, attrs in elements if "id" in attrs}
    fragments = {attrs["href"][1:] for _, attrs in elements if attrs.get("href", "")[:1] == "#"}
    assert fragments - ids == set()


def test_ten_headings_stand_in_the_prose_and_in_the_contents(elements, client):
    headings = [b for b in Release.objects.get().document["blocks"] if b["kind"] == "heading"]
    assert [(b["level"], b["id"]) for b in headings] == [
        (2, "mondai-ishiki"),
        (2, "doko"),
        (3, "doko-jinzai-koryu"),
        (3, "doko-ogata-shisetsu"),
        (3, "doko-anzen-hosho"),
        (3, "doko-gaiko"),
        (2, "kadai"),
        (3, "kadai-zuno-junkan"),
        (3, "kadai-kyodo-kenkyu"),
        (3, "kadai-gaiko"),
    ]
    html = compact(client.get("/chapters/2023/kokusai/").content.decode())
    assert len(re.findall(r'<li class="toc-level-\d"><a href="#', html)) == 10


@pytest.mark.slow
def test_every_page_that_the_chapter_mentions_answers(elements, client):
    mentions = {
        attrs["href"] for _, attrs in elements if "mention" in attrs.get("class", "").split()
    }
    assert len(mentions) >= 40
    assert [url for url in sorted(mentions) if client.get(url).status_code != 200] == []


def test_the_timeline_has_thirty_four_rows_of_seven_years(rows, client):
    assert len(rows) == 34
    columns = figure()["columns"]
    assert [column["fiscal_year"] for column in columns] == YEARS
    assert {len(row["cells"]) for row in rows if row["program"]} == {7}
    html = client.get("/chapters/2023/kokusai/timeline/").content.decode()
    assert len(re.findall(r'<tr class="row-(?:program|event)\b', html)) == 34


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("iter", ["A"] * 7),
        ("inter-university-exchange", ["B"] * 7),
        ("strategic-researcher-development", ["not_started"] * 3 + ["C"] * 4),
        ("satreps", ["unknown"] * 7),
        ("zuno-junkan-network", ["B", "B"] + ["ended"] * 5),
        ("aspire", ["not_started"] * 6 + ["zero"]),
    ],
)
def test_tiers_on_the_initial_basis(rows, code, expected):
    assert states(row_of(rows, code)) == expected


def test_satreps_runs_in_every_year_though_its_budget_is_unknown(rows):
    assert [cell["running"] for cell in row_of(rows, "satreps")["cells"]] == [True] * 7


def test_a_programme_does_not_run_before_its_start(rows):
    cells = row_of(rows, "strategic-researcher-development")["cells"]
    assert [cell["running"] for cell in cells] == [False] * 3 + [True] * 4


@pytest.mark.parametrize(
    ("code", "fiscal_year"),
    [
        ("ticad7-proposal", 2018),
        ("intl-expansion-strategy", 2021),
        ("g20-osaka-2019", 2019),
        ("mext-tf-2017", 2017),
        ("cop27", 2022),
    ],
)
def test_an_event_is_marked_in_its_fiscal_year(rows, code, fiscal_year):
    assert row_of(rows, code)["marks"] == [fiscal_year]


def test_every_amount_names_its_source(rows):
    unsourced = [
        (row["program"], cell["fiscal_year"])
        for row in rows
        for cell in row["cells"]
        if cell["amount_yen"] is not None and not (cell["source"] and cell["source"]["title"])
    ]
    assert unsourced == []


@pytest.mark.parametrize("path", FACTS)
def test_every_row_agrees_with_the_checked_facts(rows, path):
    facts = json.loads(path.read_text())["timeline_rows"]
    assert len(facts) == 34
    different = []
    for row, fact in zip(rows, facts, strict=True):
        code = RECORD_OF_FACT.get(fact["record"], fact["record"])
        if code != (row["program"] or row["event"]):
            different.append((fact["row"], "record"))
        if fact["kind"] == "event-mark" and fact["mark_column_fy"] != row["marks"]:
            different.append((fact["row"], "marks"))
        for cell in row["cells"]:
            tier = fact["tier_by_当初"][str(cell["fiscal_year"])]
            agrees = {
                "zero": cell["state"] in ("not_started", "ended", "zero"),
                None: cell["tier"] is None,
            }.get(tier, cell["tier"] == tier)
            if not agrees:
                different.append((fact["row"], cell["fiscal_year"], tier))
    assert different == []


TIER_KEYS = {
    "initial": "tier_by_当初",
    "with_supplementary": "tier_by_当初プラス補正",
    "total": "tier_by_予算計",
    "executed": "tier_by_執行額",
}


@pytest.mark.parametrize("path", FACTS)
@pytest.mark.parametrize("basis", TIER_KEYS)
def test_every_cell_agrees_with_the_checked_facts_on_each_basis(chapter_nine, client, basis, path):
    facts = {
        entry["id"]: entry.get("budget", {}) for entry in json.loads(path.read_text())["entries"]
    }
    answer = client.get(f"/chapters/2023/kokusai/timeline.json?basis={basis}").json()
    compared, different = 0, []
    for row in answer["rows"]:
        for cell in row["cells"]:
            year = (facts[row["program"]].get("fy") or {}).get(str(cell["fiscal_year"])) or {}
            if TIER_KEYS[basis] not in year:
                continue
            compared += 1
            tier = year[TIER_KEYS[basis]]
            expected = tier if tier in ("A", "B", "C") else None
            if cell["tier"] != expected:
                different.append((row["program"], cell["fiscal_year"], tier, cell["tier"]))
    assert compared > 70
    assert different == []


def test_the_cells_that_another_basis_would_colour_otherwise_are_marked(chapter_nine, client):
    html = client.get("/chapters/2023/kokusai/timeline/").content.decode()
    assert html.count("is-sensitive") >= 3
    answers = {
        basis: client.get(f"/chapters/2023/kokusai/timeline.json?basis={basis}").json()
        for basis in ("initial", "total")
    }
    tiers = {
        basis: {
            (row["program"], cell["fiscal_year"]): cell["tier"]
            for row in answer["rows"]
            for cell in row["cells"]
            if cell["amount_yen"] is not None
        }
        for basis, answer in answers.items()
    }
    differing = {
        key: (tier, tiers["total"][key])
        for key, tier in tiers["initial"].items()
        if tiers["total"].get(key, tier) != tier
    }
    assert differing == {
        ("inter-university-exchange", 2021): ("B", "C"),
        ("meti-emerging-markets", 2022): ("B", "A"),
        ("aspire", 2022): (None, "A"),
    }


def test_a_png_of_too_many_years_is_refused_with_the_bound(client, chapter_nine):
    response = client.get("/chapters/2023/kokusai/timeline.png?from=1990&to=2089")
    assert response.status_code == 404
    assert "PNGにできるのは1,000マス（行×年度）まで" in response.content.decode()
