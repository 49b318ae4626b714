"""What an editor says once for many cells: constants for blank ones, values for typed ones."""

import pytest

from programs.models import YearlyBudget
from spreadsheets.planning.plans import planned_issues
from tests.cast import cast
from tests.spreadsheets.sheets import bring_in, plan, rows

pytestmark = pytest.mark.django_db

HEADINGS = ["施策", "年度", "区分", "金額（円）"]


def stored(job, name):
    position = job.understood.stored.index(name)
    return [values[position] for _row, values, *_rest in rows(job, "new")]


def test_a_constant_fills_blank_cells_and_overrides_none():
    cast()
    job = plan(
        "organizations",
        ["コード", "名称", "略称"],
        ["nsf", "全米科学財団", ""],
        ["nasa", "航空宇宙局", "NASA"],
        constants={"short_name": "新"},
    )
    assert stored(job, "short_name") == ["新", "NASA"]


def test_a_constant_fills_a_column_that_the_sheet_lacks():
    who = cast()
    job = plan(
        "budgets",
        HEADINGS,
        ["iter", 2031, "当初予算", 5],
        constants={"source": who.satreps.source.code},
    )
    assert stored(job, "source_id") == [who.satreps.source.pk]


def test_a_cell_is_read_as_was_said():
    cast()
    answer = {"program": {"イーター計画（仮）": "iter"}}
    bring_in("budgets", HEADINGS, ["イーター計画（仮）", 2031, "当初予算", 5], values=answer)
    assert YearlyBudget.objects.get(fiscal_year=2031).program.code == "iter"


def test_a_cell_may_be_read_as_blank():
    cast()
    answer = {"amount_yen": {"未定": ""}}
    job = plan("budgets", HEADINGS, ["iter", 2031, "当初予算", "未定"], values=answer)
    assert (job.counts["refused"], job.counts["unchanged"]) == (0, 1)


def test_what_is_said_of_one_column_is_not_read_in_another():
    cast()
    sheet = (["コード", "名称", "略称"], ["nsf", "NSF", "NSF"])
    job = plan("organizations", *sheet, values={"name_ja": {"NSF": "全米科学財団"}})
    assert (stored(job, "name_ja"), stored(job, "short_name")) == (["全米科学財団"], ["NSF"])


def test_a_proposal_is_kept_with_the_plan_and_not_printed():
    cast()
    job = plan("budgets", HEADINGS, ["戦略的国際共同研究プログラマ", 2031, "当初予算", 5])
    (issue,) = planned_issues(job)
    assert issue.near == (("sicorp", "戦略的国際共同研究プログラム（sicorp）"),)
    assert "near" not in issue.as_json()


def test_a_proposal_for_one_of_several_records_is_of_the_whole_cell():
    cast()
    job = plan(
        "programs", ["コード", "名称", "実施・関係機関"], ["x", "新", "mext、科学技術新興機構"]
    )
    (issue,) = planned_issues(job)
    assert issue.near == (("mext、jst", "科学技術振興機構（jst）"),)
