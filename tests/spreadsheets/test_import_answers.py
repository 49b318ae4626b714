"""The flags of import_sheet: each answers what the pages ask."""

from datetime import datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError

from programs.models import Organization, YearlyBudget
from spreadsheets.models import ImportJob
from tests.cast import cast
from tests.spreadsheets.sheets import csv_bytes
from tests.spreadsheets.test_import_sheet import run, run_json

pytestmark = pytest.mark.django_db

BUDGETS = ["施策", "年度", "区分", "金額（円）"]


@pytest.fixture
def file(tmp_path):
    def written(*rows):
        (tmp_path / "sheet.csv").write_bytes(csv_bytes(*rows))
        return tmp_path / "sheet.csv"

    return written


@pytest.fixture
def book(tmp_path):
    def written(**sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "book.xlsx")
        return tmp_path / "book.xlsx"

    return written


PHONES = (
    ["コード", "略称", "組織の名", "電話", ""],
    ["nsf", "NSF", "全米科学財団", "03", "x"],
)


@pytest.mark.parametrize("field", ["name_ja", "名称"])
@pytest.mark.parametrize("unnamed", ["@E", "e"])
def test_a_heading_is_a_column_or_unused(file, field, unnamed):
    flags = ["--map", f"組織の名={field}", "--unused", "電 話", "--unused", unnamed]
    status, result = run_json("organizations", file(*PHONES), *flags)
    assert (status, result["new"], result["errors"]) == (0, 1, [])
    assert Organization.objects.get(code="nsf").name_ja == "全米科学財団"


def test_all_other_headings_are_unused(file):
    flags = ["--map", "組織の名=名称", "--unused-rest"]
    status, result = run_json("organizations", file(*PHONES), *flags)
    assert (status, result["new"]) == (0, 1)
    assert "電話" in result["understood"]


@pytest.mark.parametrize("flags", [["--map", "住所=名称"], ["--unused", "住所"]])
def test_a_heading_that_is_not_there_is_wrong_usage_and_those_there_are_are_named(file, flags):
    there = "「住所」は表にありません。見出しは コード、略称、組織の名、電話、@E です。"
    with pytest.raises(CommandError, match=there) as wrong:
        run("import_sheet", "organizations", file(*PHONES), *flags)
    assert wrong.value.returncode == 2


@pytest.mark.parametrize("pair", ["電話", "電話=色", "電話=", "電話=名称/当初予算"])
def test_a_heading_goes_to_a_column_that_there_is(file, pair):
    with pytest.raises(CommandError, match="は「見出し=列」ではありません"):
        run("import_sheet", "organizations", file(*PHONES), "--map", pair)


@pytest.mark.parametrize("field", ["amount_yen/executed", "金額/執行額", "金額（円）/決算"])
def test_a_heading_is_the_amounts_of_one_kind(file, field):
    cast()
    sheet = file(["施策", "年度", "実りの額（円）"], ["iter", "2031", "5"])
    flags = ["--map", f"実りの額（円）={field}"]
    status, result = run_json("budgets", sheet, *flags)
    assert (status, result["errors"], result["new"]) == (0, [], 1)
    assert YearlyBudget.objects.get(fiscal_year=2031).basis == "executed"


def test_set_fills_blank_cells_and_overrides_none(file):
    cast()
    sheet = file(BUDGETS, ["iter", "2031", "", "5"], ["satreps", "2031", "執行額", "6"])
    status, _result = run_json("budgets", sheet, "--set", "区分=当初予算")
    found = YearlyBudget.objects.filter(fiscal_year=2031).order_by("amount_yen")
    assert (status, [each.basis for each in found]) == (0, ["initial", "executed"])


def test_several_sheets_are_one_import(book):
    path = book(
        表紙=[["予算の一覧"]],
        一=[["コード", "名称"], ["nsf", "全米科学財団"]],
        二=[["コード", "名称"], ["nasa", "航空宇宙局"]],
        三=[["コード", "名称"], ["noaa", "海洋大気庁"]],
    )
    status, result = run_json("organizations", path)
    assert (status, result["errors"][0]["code"]) == (1, "table.several")
    assert "--table" in result["errors"][0]["message"]
    status, result = run_json("organizations", path, "--sheet", "一", "--sheet", "三")
    assert (status, result["new"]) == (0, 2)
    assert any("二" in words for words in result["left_out"])
    status, result = run_json("organizations", path, "--table", "二!A1")
    assert (status, result["new"]) == (0, 1)


def test_an_error_of_several_sheets_names_its_sheet(book):
    path = book(一=[["コード", "名称"], ["nsf", ""]], 二=[["名称", "コード"], ["", "nasa"]])
    flags = ["--sheet", "一", "--sheet", "二"]
    status, _printed, complained = run("import_sheet", "organizations", path, *flags)
    assert status == 1
    assert complained.splitlines() == [
        "一!B2「名称」 新しい行には「名称」が要ります。",
        "二!A2「名称」 新しい行には「名称」が要ります。",
    ]


def test_the_heading_row_is_given(file):
    sheet = file(["コード", "名称"], ["古い", "見出し"], ["コード", "名称"], ["nsf", "財団"])
    status, result = run_json("organizations", sheet, "--header-row", "3", "--heading-rows", "1")
    assert (status, result["new"]) == (0, 1)


@pytest.mark.parametrize("chosen", ["code", "pk"])
def test_a_source_is_given_once_for_rows_without_one(file, chosen):
    source = cast().satreps.source
    sheet = file(BUDGETS, ["iter", "2031", "当初予算", "5"])
    given = source.code if chosen == "code" else source.pk
    status, result = run_json("budgets", sheet, "--source", given)
    assert (status, result["warnings"]) == (0, [])
    assert YearlyBudget.objects.get(fiscal_year=2031).source == source


def test_a_missing_source_is_a_warning(file):
    cast()
    status, result = run_json("budgets", file(BUDGETS, ["iter", "2031", "当初予算", "5"]))
    assert status == 0
    assert result["warnings"] == ["出典のない新しい行が1行あります。--source で付けられます。"]


@pytest.mark.parametrize(
    ("resource", "flags"),
    [
        ("budgets", ["--source", "no-such"]),
        ("organizations", ["--source", "1"]),
        ("budgets", ["--unit", "ドル"]),
        ("budgets", ["--heading-rows", "5"]),
    ],
)
def test_a_flag_that_cannot_be_is_wrong_usage(file, resource, flags):
    with pytest.raises(CommandError):
        run("import_sheet", resource, file(BUDGETS), *flags)


@pytest.mark.parametrize("unit", ["百万円", "JPY million", "（単位：百万円）"])
def test_a_unit_is_given_in_any_spelling(file, unit):
    cast()
    sheet = file(["施策", "年度", "区分", "金額"], ["iter", "2031", "当初予算", "5"])
    status, result = run_json("budgets", sheet)
    assert (status, result["errors"][0]["code"]) == (1, "unit.missing")
    assert "--unit" in result["errors"][0]["message"]
    run_json("budgets", sheet, "--unit", unit)
    assert YearlyBudget.objects.get(fiscal_year=2031).amount_yen == 5_000_000


@pytest.mark.parametrize(
    ("rows", "code", "flag"),
    [
        ((["コード", "名称", "電話"], ["x", "名", "03"]), "column.unknown", "--unused"),
        ((["施策", "年度", "金額（円）"], ["x", 2031, 5]), "column.missing", "--set"),
    ],
)
def test_a_question_names_the_flag_that_answers_it(file, rows, code, flag):
    resource = "budgets" if code == "column.missing" else "organizations"
    status, result = run_json(resource, file(*rows))
    assert (status, result["errors"][0]["code"]) == (1, code)
    assert flag in result["errors"][0]["message"]


def test_good_rows_are_written_and_the_refused_listed(file):
    sheet = file(["コード", "名称"], ["nsf", "全米科学財団"], ["nasa", ""])
    status, result = run_json("organizations", sheet, "--rows", "good")
    assert (status, result["new"], [each["row"] for each in result["errors"]]) == (0, 1, [3])
    assert ImportJob.objects.get(pk=result["job"]).state == "applied"
    assert Organization.objects.filter(code="nsf").exists()


def test_good_rows_are_counted_beside_the_refused(file):
    sheet = file(["コード", "名称"], ["nsf", "全米科学財団"], ["nasa", ""])
    _status, printed, _complained = run("import_sheet", "organizations", sheet, "--rows", "good")
    assert printed == ("新規 1、変更 0、変更なし 0（1件の誤りのある行を除く）\n")


def test_a_file_that_was_applied_says_when_by_whom_and_as_which_job(file):
    sheet = file(["コード", "名称"], ["nsf", "全米科学財団"])
    _status, first = run_json("organizations", sheet)
    ImportJob.objects.filter(pk=first["job"]).update(
        owner=User.objects.create(username="mori"),
        applied_at=datetime(2024, 4, 1, 9, 30, tzinfo=ZoneInfo("Asia/Tokyo")),
    )
    _status, result = run_json("organizations", sheet)
    assert result["warnings"] == [
        f"このファイルは 2024-04-01 09:30 に mori が取り込んであります（取込み #{first['job']}）。"
    ]


def test_a_file_that_was_taken_back_or_only_planned_was_not_applied(file):
    sheet = file(["コード", "名称"], ["nsf", "全米科学財団"])
    run_json("organizations", sheet, "--dry-run")
    _status, first = run_json("organizations", sheet)
    run("undo_import", first["job"])
    _status, result = run_json("organizations", sheet)
    assert result["warnings"] == []


def test_an_amount_that_looks_wrong_is_a_warning_and_is_written(file):
    cast()
    sheet = file(BUDGETS, ["iter", "2016", "当初予算", "22384000"])
    status, result = run_json("budgets", sheet)
    assert (status, result["changed"]) == (0, 1)
    assert result["warnings"][0].startswith("2行目: 金額が今の約1,000分の1になります")


def test_what_was_understood_is_said_in_the_readers_language(file):
    from django.utils import translation

    with translation.override("en"):
        _status, result = run_json("organizations", file(["コード", "名称"], ["nsf", "財団"]))
    assert result["understood"] == "Read CSV in UTF-8, row 1 as the heading."


def test_nothing_is_stored_before_the_plan_is_written(file, monkeypatch):
    def stopped(*arguments, **keywords):
        raise KeyboardInterrupt

    monkeypatch.setattr("spreadsheets.management.commands.import_sheet.apply_job", stopped)
    with pytest.raises(KeyboardInterrupt):
        run("import_sheet", "organizations", file(["コード", "名称"], ["nsf", "財団"]))
    assert not ImportJob.objects.exists()
