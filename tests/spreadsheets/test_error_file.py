import io
import zipfile

import openpyxl
import pytest

from programs.models import YearlyBudget
from spreadsheets.models import ColumnMemory, ErrorFile, ImportJob
from tests.cast import cast
from tests.spreadsheets.hostile import ods, ods_cell
from tests.spreadsheets.import_pages import press, step_url, upload, words

pytestmark = pytest.mark.django_db

CSV = (
    "施策,年度,区分,金額（円）\r\n"
    "iter,2017,当初予算,5\r\n"
    "iter,平成32,当初予算,7\r\n"
    '"itre",2019,当初予算,"1,000"\r\n'
)
WRONG_YEAR = "「平成32」という年はありません（平成は31年まで）。2020年度のことでしょうか？"
WRONG_CODE = "施策に「itre」はありません。ITER（iter）、ＳＡＴＲＥＰ（satreps） のことでしょうか？"


def errors_of(client, job):
    response = client.get(step_url(job, "errors"), follow=True)
    assert response.status_code == 200
    return response


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "euc_jp", "utf-16"])
def test_a_csv_comes_back_as_it_was_with_a_column_of_faults(admin_client, encoding):
    cast()
    job, _page = upload(admin_client, YearlyBudget, CSV.encode(encoding), "予算.csv")
    response = errors_of(admin_client, job)
    assert response["Content-Disposition"] == (
        "attachment; filename*=UTF-8''%E4%BA%88%E7%AE%97-%E3%82%A8%E3%83%A9%E3%83%BC.csv"
    )
    assert response.content.decode(encoding) == (
        "施策,年度,区分,金額（円）,エラー\r\n"
        "iter,2017,当初予算,5,\r\n"
        f"iter,平成32,当初予算,7,B3「年度」: {WRONG_YEAR}\r\n"
        f'itre,2019,当初予算,"1,000",A4「施策」: {WRONG_CODE}\r\n'
    )


def test_a_mended_error_file_is_imported_without_a_question(admin_client):
    cast()
    job, _page = upload(admin_client, YearlyBudget, CSV.encode("cp932"))
    text = errors_of(admin_client, job).content.decode("cp932")
    mended = text.replace("平成32", "令和2").replace("itre", "iter")
    _again, page = upload(admin_client, YearlyBudget, mended.encode("cp932"))
    assert "新規 3" in words(page)


def test_a_second_error_file_has_one_column_of_faults_still(admin_client):
    cast()
    job, _page = upload(admin_client, YearlyBudget, CSV.encode())
    half = errors_of(admin_client, job).content.decode("utf-8-sig").replace("itre", "iter")
    job, _page = upload(admin_client, YearlyBudget, half.encode())
    lines = errors_of(admin_client, job).content.decode("utf-8-sig").splitlines()
    assert lines == [
        "施策,年度,区分,金額（円）,エラー",
        "iter,2017,当初予算,5,",
        f"iter,平成32,当初予算,7,B3「年度」: {WRONG_YEAR}",
        'iter,2019,当初予算,"1,000",',
    ]


def workbook(rows):
    book = openpyxl.Workbook()
    book.active.title = "予算"
    for row in rows:
        book.active.append(row)
    book.active["D2"].number_format = "#,##0"
    book.create_sheet("別表")["A1"] = "=1+1"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_comes_back_whole_with_the_cells_marked(admin_client):
    cast()
    rows = [["施策", "年度", "区分", "金額（円）"], ["iter", 2017, "当初予算", 5]]
    file = workbook([*rows, ["iter", "平成32", "当初予算", 7]])
    job, _page = upload(admin_client, YearlyBudget, file, "予算.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(errors_of(admin_client, job).content))
    sheet = book["予算"]
    assert [cell.value for cell in sheet["E"]] == ["エラー", None, f"B3「年度」: {WRONG_YEAR}"]
    assert sheet["B3"].fill.fgColor.rgb == "00FFD9D9"
    assert sheet["B2"].fill.fill_type is None
    assert (sheet["D2"].number_format, sheet["D2"].value) == ("#,##0", 5)
    assert book["別表"]["A1"].value == "=1+1"


def test_a_large_workbook_comes_back_as_values(admin_client, monkeypatch):
    cast()
    monkeypatch.setattr("spreadsheets.pages.error_file.LARGEST_MARKED_BYTES", 0)
    rows = [["施策", "年度", "区分", "金額（円）"], ["=itre", 2017, "当初予算", 5]]
    job, _page = upload(admin_client, YearlyBudget, workbook(rows), "a.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(errors_of(admin_client, job).content))
    assert book.sheetnames == ["予算"]
    assert book["予算"]["E1"].value == "エラー"
    assert book["予算"]["B2"].value == 2017


def test_a_workbook_with_a_million_merged_cells_comes_back_as_values(admin_client):
    cast()
    rows = [["施策", "年度", "区分", "金額（円）"], ["itre", 2017, "当初予算", 5]]
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A9:XFD1048576"/></mergeCells>'
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(rows))) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"</sheetData>", merged))
    job, _page = upload(admin_client, YearlyBudget, file.getvalue(), "a.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(errors_of(admin_client, job).content))
    assert book["予算"]["A2"].value == "itre"
    assert book["予算"]["E1"].value == "エラー"


def test_pasted_cells_come_back_as_a_workbook(admin_client):
    cast()
    text = "施策\t年度\t区分\t金額（円）\nitre\t2017\t当初予算\t=5"
    job, _page = upload(admin_client, YearlyBudget, text)
    response = errors_of(admin_client, job)
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet[2]][:4] == ["itre", "2017", "当初予算", "=5"]
    assert sheet["D2"].data_type == "s"
    assert "施策に「itre」はありません" in sheet["E2"].value
    assert sheet["A2"].fill.fgColor.rgb == "00FFD9D9"


def test_without_a_fault_there_is_no_error_file(admin_client):
    cast()
    sheet = "施策,年度,区分,金額（円）\niter,2017,当初予算,5\n".encode()
    job, _page = upload(admin_client, YearlyBudget, sheet)
    assert press(admin_client, job, "plan").status_code == 200
    assert admin_client.get(step_url(job, "errors")).status_code == 404


def test_the_file_comes_back_though_a_memory_of_its_heading_has_gone(admin_client):
    ColumnMemory.objects.create(resource="budgets", heading_key="謎", column="")
    cast()
    job, _page = upload(
        admin_client, YearlyBudget, CSV.replace("金額（円）", "金額（円）,謎").encode()
    )
    ColumnMemory.objects.all().delete()
    assert WRONG_YEAR in errors_of(admin_client, job).content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        (
            "[2022] 予算/執行: 府省庁の事業の全部を一枚にまとめた長い長い表",
            "_2022_ 予算_執行_ 府省庁の事業の全部を一枚にまとめた",
        ),
        ("'22年度'", "22年度"),
    ],
)
def test_a_sheet_has_a_name_that_excel_takes(admin_client, name, taken):
    cast()
    cells = ["施策,年度,区分,金額（円）", "iter,平成32,当初予算,7"]
    rows = "".join(
        f"<table:table-row>{''.join(map(ods_cell, line.split(',')))}</table:table-row>"
        for line in cells
    )
    content = ods(rows, name=name)
    job, _page = upload(admin_client, YearlyBudget, content, "予算.ods")
    book = openpyxl.load_workbook(io.BytesIO(errors_of(admin_client, job).content))
    assert book.sheetnames == [taken]


def test_the_file_belongs_to_the_plan_kept_whatever_was_asked_since(admin_client):
    """A new reading that breaks off has left its options with the job, and the old plan."""
    cast()
    job, _page = upload(admin_client, YearlyBudget, f"予算\r\n{CSV}".encode("cp932"))
    asked = {"encoding": "utf-16", "sheet": "別表", "delimiter": ";"}
    ImportJob.objects.filter(pk=job.pk).update(options=asked)
    lines = errors_of(admin_client, job).content.decode("cp932").splitlines()
    assert lines[1] == "施策,年度,区分,金額（円）,エラー"
    assert lines[3] == f"iter,平成32,当初予算,7,B4「年度」: {WRONG_YEAR}"


def test_faults_stand_to_the_left_of_blank_cells_that_are_marked(admin_client):
    cast()
    text = "エラー\t施策\t年度\t区分\t金額（円）\n\titer\t2017"
    job, _page = upload(admin_client, YearlyBudget, text)
    sheet = openpyxl.load_workbook(io.BytesIO(errors_of(admin_client, job).content)).active
    assert "D2「区分」" in sheet["A2"].value
    assert sheet["D2"].fill.fgColor.rgb == "00FFD9D9"


def test_each_sheet_and_table_is_marked_beside_its_own_rows(admin_client):
    cast()
    book = openpyxl.Workbook()
    book.active.title = "甲"
    heading = ["施策", "年度", "区分", "金額（百万円）"]
    for row in (["府省別"], heading, ["iter", 2031, "当初予算", 5], ["x", 2032, "当初予算", 5]):
        book.active.append(row)
    second = book.create_sheet("乙")
    for row in (heading, ["iter", "平成32", "当初予算", 5], ["iter", 2034, "当初予算", 5]):
        second.append(row)
    stream = io.BytesIO()
    book.save(stream)
    job, _page = upload(admin_client, YearlyBudget, stream.getvalue(), "予算.xlsx")
    press(admin_client, job, "tables", tables=["甲!A2", "乙!A1"])
    marked = openpyxl.load_workbook(io.BytesIO(errors_of(admin_client, job).content))
    first = [row[4] for row in marked["甲"].iter_rows(values_only=True)]
    assert first[:3] == [None, "エラー", None]
    assert first[3].startswith("A4「施策」: ")
    second = [row[4] for row in marked["乙"].iter_rows(values_only=True)]
    assert (second[0], second[2]) == ("エラー", None)
    assert second[1].startswith("B2「年度」: 「平成32」という年はありません")


def test_the_file_is_made_once_for_a_plan_and_a_language(admin_client):
    cast()
    job, _page = upload(admin_client, YearlyBudget, CSV.encode(), "予算.csv")
    first = errors_of(admin_client, job).content
    made = ErrorFile.objects.get().pk
    assert errors_of(admin_client, job).content == first
    assert ErrorFile.objects.get().pk == made
    english = admin_client.get(f"/en{step_url(job, 'errors')}", follow=True)
    assert english.content != first
    press(admin_client, job, "plan")
    errors_of(admin_client, job)
    assert ErrorFile.objects.get().plan == ImportJob.objects.get().understood.plan
