import json
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from programs.models import Organization, YearlyBudget
from records.progress import ProgressLine
from spreadsheets.models import ImportJob
from spreadsheets.planning.issues import Issue
from spreadsheets.writing.applying import BreaksRule
from tests.cast import cast
from tests.spreadsheets.sheets import bring_in, csv_bytes

pytestmark = pytest.mark.django_db

HEADINGS = ["コード", "名称", "略称"]
NSF = ["nsf", "全米科学財団", "NSF"]


@pytest.fixture
def file(tmp_path):
    """Write rows, or bytes as they are, to a file and return its path."""

    def written(*rows, name="sheet.csv", encoding="utf-8"):
        path = tmp_path / name
        content = rows[0] if isinstance(rows[0], bytes) else csv_bytes(*rows, encoding=encoding)
        path.write_bytes(content)
        return path

    return written


def run(command, *arguments):
    """Return (exit status, what was printed, what was complained)."""
    printed, complained = StringIO(), StringIO()
    try:
        call_command(command, *map(str, arguments), stdout=printed, stderr=complained)
    except SystemExit as leaving:
        return leaving.code, printed.getvalue(), complained.getvalue()
    return 0, printed.getvalue(), complained.getvalue()


def run_json(*arguments):
    status, printed, _complained = run("import_sheet", *arguments, "--json")
    return status, json.loads(printed)


def test_a_good_file_is_written_and_counted(file):
    cast()
    status, printed, complained = run("import_sheet", "organizations", file(HEADINGS, NSF))
    assert (status, printed, complained) == (0, "新規 1、変更 0、変更なし 0\n", "")
    assert Organization.objects.get(code="nsf").name_ja == "全米科学財団"


def test_json_is_one_object_with_job_counts_errors_and_warnings(file):
    cast()
    sheet = file(HEADINGS, NSF, ["jst", "科学技術振興機構", "J"], ["mext", "文部科学省", "MEXT"])
    status, result = run_json("organizations", sheet)
    job = ImportJob.objects.get()
    assert status == 0
    assert result == {
        "job": job.pk,
        "new": 1,
        "changed": 1,
        "unchanged": 1,
        "understood": "UTF-8 の CSV、1行目を見出しとして読みました。",
        "left_out": [],
        "errors": [],
        "warnings": [],
    }
    assert job.state == "applied"
    assert job.filename == "sheet.csv"


def test_a_good_file_twice_changes_nothing_the_second_time(file):
    sheet = file(HEADINGS, NSF)
    run("import_sheet", "organizations", sheet)
    _status, result = run_json("organizations", sheet)
    assert (result["new"], result["changed"], result["unchanged"]) == (0, 0, 1)
    assert Organization.history.count() == 1


def test_one_faulty_cell_refuses_the_file_with_status_1_and_writes_nothing(file):
    cast()
    sheet = file(
        ["施策", "年度", "区分", "金額（円）"],
        ["iter", "2017", "当初予算", "5"],
        ["iter", "平成32", "当初予算", "7"],
    )
    before = YearlyBudget.objects.count()
    status, result = run_json("budgets", sheet)
    assert status == 1
    assert result["job"] is None
    assert result["errors"] == [
        {
            "sheet": "",
            "row": 3,
            "column": "B",
            "heading": "年度",
            "value": "平成32",
            "code": "cell.unreadable",
            "message": "「平成32」という年はありません（平成は31年まで）。"
            "2020年度のことでしょうか？",
        }
    ]
    assert YearlyBudget.objects.count() == before
    assert not ImportJob.objects.exists()


def test_without_json_each_fault_is_complained_by_its_place(file):
    cast()
    sheet = file(HEADINGS, ["", "名のないコード", ""])
    status, printed, complained = run("import_sheet", "organizations", sheet)
    assert status == 1
    assert complained == "A2「コード」 行を見分ける値がありません。\n"
    assert printed == "取り込みませんでした（1件の誤り）。\n"


def test_a_dry_run_counts_and_writes_nothing(file):
    status, result = run_json("organizations", file(HEADINGS, NSF), "--dry-run")
    assert (status, result["job"], result["new"]) == (0, None, 1)
    assert not Organization.objects.exists()
    assert not ImportJob.objects.exists()


def test_a_dry_run_says_that_it_only_looked(file):
    _status, printed, _complained = run(
        "import_sheet", "organizations", file(HEADINGS, NSF), "--dry-run"
    )
    assert printed == "確認のみ: 新規 1、変更 0、変更なし 0\n"


def test_a_sheet_of_a_workbook_is_chosen_by_name(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["表紙"])
    organizations = book.create_sheet("組織")
    organizations.append(HEADINGS)
    organizations.append(NSF)
    book.save(tmp_path / "book.xlsx")
    status, result = run_json("organizations", tmp_path / "book.xlsx", "--sheet", "組織")
    assert (status, result["new"]) == (0, 1)


def test_a_sheet_that_is_not_there_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.save(tmp_path / "book.xlsx")
    status, result = run_json("organizations", tmp_path / "book.xlsx", "--sheet", "組織")
    assert status == 1
    assert [error["code"] for error in result["errors"]] == ["sheet.unknown"]


def test_an_encoding_is_found_or_given(file):
    sheet = file(HEADINGS, NSF, encoding="cp932")
    assert run_json("organizations", sheet, "--dry-run")[1]["new"] == 1
    status, result = run_json("organizations", sheet, "--encoding", "utf-8")
    assert status == 1
    assert [error["code"] for error in result["errors"]] == ["file.encoding_wrong"]


@pytest.mark.parametrize(("blank", "short_name"), [("keep", "JST"), ("erase", "")])
def test_a_blank_cell_keeps_or_erases(file, blank, short_name):
    cast()
    sheet = file(HEADINGS, ["jst", "科学技術振興機構", ""])
    run("import_sheet", "organizations", sheet, "--blank", blank)
    assert Organization.objects.get(code="jst").short_name == short_name


@pytest.mark.parametrize("column", ["basis", "区分"])
def test_a_column_that_the_sheet_lacks_is_set_for_all_rows(file, column):
    cast()
    sheet = file(["施策", "年度", "金額（円）"], ["iter", "2017", "5"])
    status, result = run_json("budgets", sheet)
    assert (status, result["errors"][0]["code"]) == (1, "column.missing")
    status, result = run_json("budgets", sheet, "--set", f"{column}=当初予算")
    assert (status, result["new"]) == (0, 1)
    assert YearlyBudget.objects.get(fiscal_year=2017).basis == "initial"


def test_a_unit_is_given_for_amounts_without_one(file):
    cast()
    sheet = file(["施策", "年度", "区分", "金額"], ["iter", "2017", "当初予算", "1.5"])
    status, _result = run_json("budgets", sheet, "--unit", "百万円")
    assert status == 0
    budget = YearlyBudget.objects.get(fiscal_year=2017)
    assert (budget.amount_yen, budget.reported_unit) == (1_500_000, "million_yen")


def test_what_was_left_out_is_said(file):
    sheet = file(HEADINGS, NSF, HEADINGS, ["nasa", "航空宇宙局", "NASA"])
    status, result = run_json("organizations", sheet)
    assert (status, result["new"]) == (0, 2)
    assert result["left_out"] == ["3行目は見出しの繰返しなので除きました。"]
    assert result["warnings"] == []


def test_a_missing_file_is_refused(tmp_path):
    status, result = run_json("organizations", tmp_path / "none.csv")
    assert status == 1
    assert [error["code"] for error in result["errors"]] == ["file.unreadable"]


@pytest.fixture
def taken(monkeypatch):
    """Let the database refuse every update, as when a colleague took a value a moment ago."""

    def refuse(*arguments):
        raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr("spreadsheets.writing.applying.update_rows", refuse)


NOT_WRITTEN = "書き込むと、記録のきまりに合わなくなります。何も書き込んでいません。"


def test_what_the_database_refuses_is_one_object_of_json_and_status_1(file, taken):
    cast()
    status, result = run_json("organizations", file(HEADINGS, NSF, ["jst", "機構", "J"]))
    assert status == 1
    assert (result["job"], result["new"], result["changed"]) == (None, 0, 0)
    assert [(error["code"], error["message"]) for error in result["errors"]] == [
        ("plan.not_applied", NOT_WRITTEN)
    ]
    assert not ImportJob.objects.exists()
    assert not Organization.objects.filter(code="nsf").exists()


def test_names_that_two_rows_swap_are_written(file):
    cast()
    sheet = file(HEADINGS, ["jst", "文部科学省", "JST"], ["mext", "科学技術振興機構", "MEXT"])
    status, result = run_json("organizations", sheet)
    assert (status, result["changed"], result["errors"]) == (0, 2, [])
    assert Organization.objects.get(code="jst").name_ja == "文部科学省"


def test_an_unknown_heading_is_refused_with_its_place(file):
    status, result = run_json("organizations", file([*HEADINGS, "電話"], [*NSF, "03"]))
    error = result["errors"][0]
    assert (status, error["code"], error["row"], error["column"]) == (1, "column.unknown", 1, "D")


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-table", "sheet.csv"],
        ["organizations"],
        ["organizations", "sheet.csv", "--blank", "perhaps"],
        ["budgets", "sheet.csv", "--set", "basis"],
        ["budgets", "sheet.csv", "--set", "colour=red"],
    ],
)
def test_wrong_usage_is_an_error_of_the_command(arguments):
    with pytest.raises(CommandError):
        call_command("import_sheet", *arguments)


def test_wrong_usage_leaves_with_status_2():
    from spreadsheets.management.commands.import_sheet import Command

    with pytest.raises(SystemExit) as leaving:
        Command().run_from_argv(["manage.py", "import_sheet", "no-such-table", "sheet.csv"])
    assert leaving.value.code == 2


def test_progress_is_a_line_once_work_has_taken_two_seconds(monkeypatch):
    clock = iter([0.0, 1.9, 2.1, 2.2, 3.0])
    monkeypatch.setattr("records.progress.time.monotonic", lambda: next(clock))
    lines = []

    class Stream:
        def write(self, text, ending):
            lines.append(text + ending)

    progress = ProgressLine(Stream())
    for done in (1_000, 2_000, 2_500, 10_000):
        progress(done, 10_000)
    assert lines == ["2,000 / 10,000\r", "10,000 / 10,000\n"]


def test_an_import_is_taken_back_by_its_number():
    cast()
    job = bring_in("organizations", HEADINGS, NSF, ["jst", "科学技術振興機構", "J"])
    status, printed, _complained = run("undo_import", job.pk)
    assert status == 0
    assert printed == "元に戻しました: 1件、削除 1件、残した行 0件\n"
    assert not Organization.objects.filter(code="nsf").exists()
    assert Organization.objects.get(code="jst").short_name == "JST"


def test_taking_back_leaves_what_was_edited_since_and_lists_it():
    cast()
    job = bring_in("organizations", HEADINGS, ["jst", "科学技術振興機構", "J"])
    Organization.objects.filter(code="jst").update(short_name="JST!")
    status, printed, complained = run("undo_import", job.pk)
    assert (status, printed) == (0, "元に戻しました: 0件、削除 0件、残した行 1件\n")
    assert "その後に変えられたので元に戻しません。" in complained
    assert Organization.objects.get(code="jst").short_name == "JST!"


def test_an_import_is_taken_back_only_once():
    job = bring_in("organizations", HEADINGS, NSF)
    run("undo_import", job.pk)
    with pytest.raises(CommandError, match="取り消せるのは、取込み済みのものだけです。"):
        call_command("undo_import", str(job.pk))


def test_taking_back_leaves_what_would_break_a_rule_and_lists_it():
    cast()
    job = bring_in("organizations", ["コード", "名称"], ["jst", "機構"], ["mext", "省"])
    Organization.objects.create(code="nsf", name_ja="科学技術振興機構")
    status, printed, complained = run("undo_import", job.pk)
    assert (status, printed) == (0, "元に戻しました: 1件、削除 0件、残した行 1件\n")
    assert "「名称」の元の値「科学技術振興機構」は、ほかの記録が使っている" in complained
    assert dict(Organization.objects.values_list("code", "name_ja")) == {
        "jst": "機構",
        "mext": "文部科学省",
        "nsf": "科学技術振興機構",
    }


def test_taking_back_what_the_database_refuses_is_an_error_of_the_command(request):
    cast()
    job = bring_in("organizations", HEADINGS, ["jst", "機構", "J"])
    request.getfixturevalue("taken")
    with pytest.raises(CommandError, match=NOT_WRITTEN):
        call_command("undo_import", str(job.pk))
    job.refresh_from_db()
    assert job.state == "applied"


def test_taking_back_what_breaks_a_rule_across_rows_is_an_error_of_the_command(monkeypatch):
    cast()
    job = bring_in("organizations", HEADINGS, ["jst", "機構", "J"])

    def broken(self):
        raise BreaksRule([Issue("", 2, "", "", "", "row.rule", "輪になります。")])

    monkeypatch.setattr("spreadsheets.writing.applying._Writer._check_rules", broken)
    with pytest.raises(CommandError, match="2行目: 輪になります。"):
        call_command("undo_import", str(job.pk))


def test_an_import_that_never_was_cannot_be_taken_back():
    with pytest.raises(CommandError, match="取込み #9 はありません。"):
        call_command("undo_import", "9")


def test_a_table_that_is_not_there_is_not_passed_over(file):
    cast()
    two = b"\xe6\x96\xbd\xe7\xad\x96,2031\xe5\xb9\xb4\xe5\xba\xa6\niter,5\n"
    status, result = run_json("budgets", file(two), "--unit", "千円", "--table", "x!Z99")
    assert status == 1
    assert [error["code"] for error in result["errors"]] == ["table.several"]


@pytest.mark.parametrize("row", ["0", "-1", "x"])
def test_a_row_that_no_sheet_has_is_wrong_usage(file, row):
    with pytest.raises(CommandError):
        call_command("import_sheet", "organizations", str(file(HEADINGS, NSF)), "--header-row", row)
