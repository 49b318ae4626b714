"""What is exported and imported again, unchanged, changes nothing: every sheet in every format."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from chapters.models import Footnote
from programs.models import Source, YearlyBudget
from spreadsheets import registry
from spreadsheets.deciding.file_tables import read_tables
from spreadsheets.exporting.long import long_table
from spreadsheets.exporting.sheet_formats import FORMATS
from spreadsheets.exporting.wide import wide_table
from spreadsheets.planning.planner import plan_rows
from spreadsheets.planning.sheet_rows import sheet_rows
from tests.cast import cast

pytestmark = pytest.mark.django_db

EACH_FORMAT = pytest.mark.parametrize("code", ["xlsx", "csv-excel", "csv", "csv-cp932"])
WHOLE_FORMATS = ["xlsx", "csv-excel", "csv"]


def exported(name, code, make_table=long_table):
    resource = registry.get(name)()
    table = make_table(resource, resource._meta.model.objects.order_by("pk"))
    return b"".join(FORMATS[code].write([table]))


def outcome(name, content, **options):
    """Return the counts of the plan of a file, without what is 0, and its faults in words."""
    resource = registry.get(name)()
    rows = sheet_rows(resource, read_tables(resource, content, options), {})
    plan = plan_rows(resource, rows, erase_blanks=options.get("blank") == "erase")
    counts = {kind: count for kind, count in plan.counts().items() if count}
    return counts, list(map(str, plan.issues)), plan.rows["changed"]


SHEETS = [
    ("organizations", 2),
    ("sources", 1),
    ("programs", 4),
    ("names", 2),
    ("identifiers", 2),
    ("budgets", 2),
    ("lineage", 1),
    ("events", 3),
    ("timeline-rows", 3),
    ("footnotes", 2),
]


def test_every_sheet_is_tried():
    assert sorted(name for name, _rows in SHEETS) == sorted(registry.names())


@EACH_FORMAT
@pytest.mark.parametrize("blank", ["keep", pytest.param("erase", marks=pytest.mark.slow)])
@pytest.mark.parametrize(("name", "rows"), SHEETS)
def test_a_sheet_brought_back_changes_nothing(name, rows, code, blank):
    cast()
    assert outcome(name, exported(name, code), blank=blank) == ({"unchanged": rows}, [], [])


@pytest.mark.parametrize("code", WHOLE_FORMATS)
@pytest.mark.parametrize("name", ["names", "identifiers", "budgets", "lineage", "footnotes"])
def test_a_sheet_brings_back_what_was_deleted(name, code):
    cast()
    content = exported(name, code)
    model = registry.get(name)._meta.model
    count = model.objects.count()
    model.objects.all().delete()
    assert outcome(name, content)[:2] == ({"new": count}, [])


@EACH_FORMAT
@pytest.mark.parametrize("extra_yen", [0, 1])
def test_budgets_with_a_column_a_year_change_nothing(code, extra_yen):
    who = cast()
    for year, basis, yen in [(2014, "initial", 0), (2018, "carried_out", 7_000_000)]:
        YearlyBudget.objects.create(
            program=who.satreps, fiscal_year=year, basis=basis, amount_yen=yen + extra_yen
        )
    content = exported("budgets", code, wide_table)
    assert outcome("budgets", content) == ({"unchanged": 4}, [], [])
    assert outcome("budgets", content, blank="erase") == ({"unchanged": 4}, [], [])


NASTY = [
    "\x80",
    "=1+1",
    "+",
    "-1",
    "@x",
    "▲1",
    "'",
    "'=1",
    "''=",
    "\t",
    "\n",
    "\r\n",
    "〜～−－",
    "①㈱𠮷",
    '"',
    ",",
    ";",
    "＝1",
    "０１２",
    "0123",
    "2019-03",
    "〃",
    "同上",
    "－",
    "なし",
    "不明",
    "_x0041_",
    "\u3000",
    "\xa0",
    "\x01",
    "\x1f",
    "\ufeff",
    "\u2028",
    "<&>",
    "#N/A",
    "TRUE",
    "1E5",
    "注",
    "※",
]
TEXT = st.lists(
    st.one_of(
        st.sampled_from(NASTY),
        st.text(
            st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"),
            max_size=8,
        ),
    ),
    max_size=6,
).map("".join)


@pytest.fixture
def one_of_each():
    who = cast()
    Footnote.objects.filter(key="g20").delete()
    return who


def keep_text(who, text):
    Source.objects.update(title=text[:300] or "表題", publisher=text[:200], note=text)
    Footnote.objects.update(body_ja=text, body_en=text[::-1])


@pytest.mark.slow
@EACH_FORMAT
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT)
@example(text="=1+1")
@example(text="'")
@example(text="''=一\n\t二\r\n三\n")
@example(text="〜～−－①㈱𠮷▲@+-=")
@example(text="〃")
@example(text="同上")
@example(text="a;b\nc;d\ne;f\ng;h")
@example(text="a\tb\nc\td\ne\tf\ng\th")
@example(text=" 前後に空白 \u3000")
@example(text="_x0041_\x01\x1f")
def test_any_text_comes_back(code, text, one_of_each):
    keep_text(one_of_each, text)
    for name in ("sources", "footnotes"):
        counts, issues, changed = outcome(name, exported(name, code))
        assert (issues, changed) == ([], [])
        assert counts == {"unchanged": 1}
