import datetime
import io
import zipfile

import openpyxl
import pytest
import python_calamine

from spreadsheets.exporting.formats.out_table import Kind, OutColumn, OutTable
from spreadsheets.exporting.formats.xlsx_stream import write_xlsx
from spreadsheets.reading import read

COLUMNS = (
    OutColumn("コード", Kind.TEXT, 12),
    OutColumn("区分", Kind.TEXT, 12, ("当初予算", "補正予算")),
    OutColumn("金額（円）", Kind.AMOUNT, 20),
    OutColumn("公表日", Kind.DATE, 12),
    OutColumn("備考", Kind.PROSE, 50),
)
ROWS = [
    ["0123", "当初予算", -1234, datetime.date(2019, 3, 14), "一\n二"],
    ["=1+1", None, 0, None, "a & b <c> ]]>"],
    ["2019-03", "", 999_999_999_999_999, datetime.date(1900, 3, 1), "𠮷㈱①～"],
]


def workbook(rows=ROWS, columns=COLUMNS):
    return b"".join(write_xlsx([OutTable("表 & 例", columns, lambda: rows)]))


def sheet_of(content):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_openpyxl_reads_every_cell_in_its_type():
    rows = list(sheet_of(workbook()).iter_rows(min_row=2, values_only=True))
    assert rows == [
        ("0123", "当初予算", -1234, datetime.datetime(2019, 3, 14), "一\n二"),
        ("=1+1", None, 0, None, "a & b <c> ]]>"),
        ("2019-03", None, 999_999_999_999_999, datetime.datetime(1900, 3, 1), "𠮷㈱①～"),
    ]


def test_calamine_reads_the_same_cells():
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook()))
    assert book.sheet_names == ["表 & 例"]
    assert book.get_sheet_by_index(0).to_python() == [
        ["コード", "区分", "金額（円）", "公表日", "備考"],
        ["0123", "当初予算", -1234.0, datetime.date(2019, 3, 14), "一\n二"],
        ["=1+1", "", 0.0, "", "a & b <c> ]]>"],
        ["2019-03", "", 999_999_999_999_999.0, datetime.date(1900, 3, 1), "𠮷㈱①～"],
    ]


def test_no_cell_is_a_formula():
    sheet = sheet_of(workbook([["=HYPERLINK(1)", "+1", None, None, "@x"]]))
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n", "n", "s"]
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    "text", ["\x01\x1f", "_x0041_", "_x005F_", "_x005f_x0041_", "__x000A__", "a\tb", "]]>&amp;"]
)
def test_what_xml_cannot_hold_comes_back_from_our_reader(text):
    grid = read(workbook([["a", None, None, None, f"<{text}>"]]))
    assert grid.rows[1][4] == f"<{text}>"


def test_what_a_number_cannot_hold_is_text():
    rows = [["a", None, 10**15, datetime.date(1868, 4, 1), None]]
    assert [cell.value for cell in sheet_of(workbook(rows))[2]][2:4] == [
        "1000000000000000",
        "1868-04-01",
    ]


def test_the_heading_is_bold_and_stays_in_sight():
    sheet = sheet_of(workbook())
    assert sheet.freeze_panes == "A2"
    assert {cell.font.bold for cell in sheet[1]} == {True}
    assert {cell.font.bold for cell in sheet[2]} == {False}
    assert [sheet.column_dimensions[letter].width for letter in "ABCDE"] == [12, 12, 20, 12, 50]


def test_cells_typed_later_keep_leading_zeros_and_choose_from_the_list():
    sheet = sheet_of(workbook())
    assert sheet["A2"].number_format == "@"
    assert sheet["C2"].number_format == "#,##0"
    (validation,) = sheet.data_validations.dataValidation
    assert (str(validation.sqref), validation.formula1) == ("B2:B1048576", '"当初予算,補正予算"')


def test_a_list_too_long_for_excel_is_left_out():
    column = OutColumn("区分", Kind.TEXT, 12, tuple(f"選択肢その{number}" for number in range(50)))
    assert sheet_of(workbook([["a"]], (column,))).data_validations.dataValidation == []


def test_rows_are_sent_before_all_are_read():
    read_rows = []

    def rows():
        for number in range(5_000):
            read_rows.append(number)
            yield [str(number)]

    pieces = iter(write_xlsx([OutTable("表", COLUMNS[:1], rows)]))
    assert next(pieces)[:4] == b"PK\x03\x04"
    next(pieces)
    next(pieces)
    assert len(read_rows) <= 1_000


def test_the_same_rows_give_the_same_bytes():
    assert workbook() == workbook()
