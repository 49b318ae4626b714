"""A list of programmes with their period in one cell."""

import pytest

from programs.models import Program
from tests.cast import cast
from tests.spreadsheets.sheets import apply, bring_in, issues, plan

pytestmark = pytest.mark.django_db

FIELDS = ("code", "start_fiscal_year", "end_fiscal_year", "end_state")


def years():
    return list(Program.objects.order_by("code").values_list(*FIELDS))


@pytest.mark.parametrize("heading", ["期間", "実施期間", "事業期間", "年度（期間）"])
def test_a_period_is_a_start_and_an_end(heading):
    bring_in(
        "programs",
        ["コード", "名称", heading],
        ["p1", "一", "2012年～15年"],
        ["p2", "二", "2008～"],
        ["p3", "三", "2019年度"],
        ["p4", "四", "～2019"],
        ["p5", "五", "－"],
    )
    assert years() == [
        ("p1", 2012, 2015, "known"),
        ("p2", 2008, None, "ongoing"),
        ("p3", 2019, 2019, "known"),
        ("p4", None, 2019, "known"),
        ("p5", None, None, "unknown"),
    ]


def test_a_column_chosen_for_the_start_may_hold_periods():
    bring_in(
        "programs",
        ["コード", "名称", "何年"],
        ["p1", "一", "2012年～15年"],
        ["p2", "二", "2019年度"],
        mapping={"何年": "start_fiscal_year"},
    )
    assert years() == [("p1", 2012, 2015, "known"), ("p2", 2019, None, "unknown")]


def test_a_period_that_goes_on_erases_the_end_of_before():
    cast()
    bring_in("programs", ["コード", "期間"], ["bilateral", "2003～"])
    program = Program.objects.get(code="bilateral")
    assert (program.end_fiscal_year, program.end_state) == (None, "ongoing")


def test_the_sheets_own_end_state_is_kept():
    bring_in("programs", ["コード", "名称", "期間", "終わり"], ["p1", "一", "2008～", "不明"])
    assert years() == [("p1", 2008, None, "unknown")]


def test_a_period_nobody_can_read_is_an_error_of_its_cell():
    job = plan("programs", ["コード", "名称", "期間"], ["p1", "一", "5年間"])
    assert issues(job) == [
        (
            "C2",
            "「5年間」を期間として読めません（例 2012年度～2015年度、2008年度～）。",
        )
    ]


def test_a_period_against_a_year_of_its_row_is_an_error_of_its_cell():
    job = plan(
        "programs",
        ["コード", "名称", "期間", "開始年度"],
        ["p1", "一", "2012～2015", "2013"],
        ["p2", "二", "2012～2015", "2012"],
    )
    assert issues(job) == [("C2", "「2012～2015」は、同じ行の開始年度・終了年度と合いません。")]


def test_a_planned_end_is_said():
    job = plan("programs", ["コード", "名称", "期間"], ["p1", "一", "2019年度〜2023年度（予定）"])
    assert list(job.understood.notices) == [
        "1 行（2行目）の期間の「予定」は、年度だけを読みました。"
    ]
    apply(job)
    assert years() == [("p1", 2019, 2023, "known")]
