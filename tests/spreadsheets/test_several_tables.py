"""Several tables in one plan: row numbers, columns that one lacks, places, units."""

import openpyxl
import pytest

from programs.models import YearlyBudget
from spreadsheets.deciding.questions import MissingColumns
from spreadsheets.importing import plan_job, start_job
from spreadsheets.planning.plans import planned_issues
from spreadsheets.planning.row_numbers import parted, row_number
from tests.cast import cast
from tests.spreadsheets.sheets import apply, rows

pytestmark = pytest.mark.django_db

MEXT = [["施策", "年度", "区分", "金額（百万円）"], ["iter", 2031, "当初予算", 5]]
MOFA = [["区分", "年度", "施策", "金額（千円）"], ["当初予算", 2032, "satreps", 7]]


def plan(tmp_path, sheets, **options):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(tmp_path / "book.xlsx")
    content = (tmp_path / "book.xlsx").read_bytes()
    job = start_job("budgets", content, options={"sheets": list(sheets), **options})
    return plan_job(job)


def test_a_number_tells_table_and_row():
    assert row_number(0, 17) == 17
    assert row_number(1, 17) == 2_097_169
    assert parted(2_097_169) == (1, 17)
    assert parted(1_048_576) == (0, 1_048_576)


def test_the_rows_of_all_tables_are_one_plan_each_in_its_own_unit(tmp_path):
    cast()
    job = plan(tmp_path, {"文科": MEXT, "外務": MOFA})
    assert job.counts["new"] == 2
    assert [row for row, *_rest in rows(job, "new")] == [2, 2_097_154]
    assert len(job.understood.tables) == 2
    apply(job)
    found = YearlyBudget.objects.filter(fiscal_year__in=[2031, 2032]).order_by("fiscal_year")
    assert [(each.program.code, each.amount_yen, each.reported_unit) for each in found] == [
        ("iter", 5_000_000, "million_yen"),
        ("satreps", 7_000, "thousand_yen"),
    ]


def test_a_fault_is_named_by_the_sheet_and_letter_of_its_own_table(tmp_path):
    cast()
    wrong = [MOFA[0], ["当初予算", 2032, "無い施策", 7]]
    job = plan(tmp_path, {"文科": MEXT, "外務": wrong})
    (issue,) = planned_issues(job)
    assert (issue.sheet, issue.row, issue.column, issue.heading) == ("外務", 2, "C", "施策")


def test_the_same_record_in_two_tables_is_refused_in_both_by_sheet_and_row(tmp_path):
    cast()
    again = [MOFA[0], ["当初予算", 2031, "iter", 7]]
    job = plan(tmp_path, {"文科": MEXT, "外務": again})
    assert [(each.sheet, each.row, each.message) for each in planned_issues(job)] == [
        (
            "文科",
            2,
            "シート「外務」の2行目と同じ「施策・年度・区分」です。どちらかを消してください。",
        ),
        (
            "外務",
            2,
            "シート「文科」の2行目と同じ「施策・年度・区分」です。どちらかを消してください。",
        ),
    ]


@pytest.mark.parametrize("blank", ["keep", "erase"])
def test_a_column_that_one_table_lacks_says_nothing_of_its_rows(tmp_path, blank):
    who = cast()
    budget = who.iter.budgets.create(
        fiscal_year=2031,
        basis="initial",
        amount_yen=4_000_000,
        reported_unit="million_yen",
        source=who.satreps.source,
        source_locator="3頁",
    )
    with_note = [[*MOFA[0], "出典の箇所"], [*MOFA[1], "9頁"]]
    job = plan(tmp_path, {"文科": MEXT, "外務": with_note}, blank=blank)
    ((_row, pk, changes, _links, _withheld, *_flags),) = rows(job, "changed")
    assert pk == budget.pk
    assert changes == {"amount_yen": [4_000_000, 5_000_000]}
    assert job.counts["new"] == 1


def test_an_equal_amount_keeps_its_unit_where_only_another_table_names_one(tmp_path):
    who = cast()
    who.iter.budgets.create(
        fiscal_year=2031, basis="initial", amount_yen=5_000_000, reported_unit="yen"
    )
    named = [[*MOFA[0], "出典の単位"], [*MOFA[1], "千円"]]
    job = plan(tmp_path, {"文科": MEXT, "外務": named})
    assert (job.counts["unchanged"], job.counts["changed"]) == (1, 0)


def test_a_key_that_one_table_lacks_is_asked_for_by_that_table(tmp_path):
    cast()
    keyless = [["施策", "年度", "金額（千円）"], ["satreps", 2032, 7]]
    with pytest.raises(MissingColumns) as stop:
        plan(tmp_path, {"文科": MEXT, "外務": keyless})
    assert stop.value.place.sheet == "外務"
    job = plan(tmp_path, {"文科": MEXT, "外務": keyless}, constants={"basis": "執行額"})
    position = job.understood.stored.index("basis")
    assert [new[1][position] for new in rows(job, "new")] == ["initial", "executed"]


def test_two_ministries_with_amounts_of_one_programme_are_refused():
    cast()
    sheet = "（百万円）,,\n施策,文部科学省,外務省\niter,18020,100\nsatreps,,7\n".encode()
    constants = {"fiscal_year": "2031", "basis": "当初予算"}
    job = plan_job(start_job("budgets", sheet, options={"constants": constants}))
    assert [(issue.row, issue.code) for issue in planned_issues(job)] == [(3, "key.duplicate")]
    assert job.counts["new"] == 1
