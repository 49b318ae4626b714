import datetime
import io

import openpyxl
import pytest

from spreadsheets.reading import Limits, Place, ReadError, read
from spreadsheets.reading.bounded import answer
from spreadsheets.reading.workbooks.child import serve
from tests.spreadsheets import hostile
from tests.words import english

ROWS = [["コード", "名称", "年度"], ["P1", "国際", 2016], ["P2", "", 2017]]


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(rows, title="予算"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def ods_rows(rows):
    return "".join(
        f"<table:table-row>{''.join(map(hostile.ods_cell, row))}</table:table-row>" for row in rows
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (saved(workbook(ROWS)), "XLSX"),
        (hostile.zipped({"予算.xlsx": saved(workbook(ROWS))}), "XLSX"),
        (
            hostile.ods(
                ods_rows([["コード", "名称", "年度"], ["P1", "国際", 2016]])
                + "<table:table-row>"
                + hostile.ods_cell("P2")
                + "<table:table-cell/>"
                + hostile.ods_cell(2017)
                + "</table:table-row>"
            ),
            "ODS",
        ),
    ],
    ids=["xlsx", "zip of xlsx", "ods"],
)
def test_one_sheet_in_every_workbook_format_is_the_same_grid(data, kind):
    grid = read(data)

    assert (grid.kind, grid.rows) == (kind, ROWS)


def test_a_zip_that_holds_one_text_file_is_read():
    data = hostile.zipped(
        {
            "2-1_予算.csv": "コード,名称\n1,国際\n".encode("cp932"),
            "__MACOSX/._x": b"",
            ".DS_Store": b"",
        }
    )

    grid = read(data)

    assert grid.rows == [["コード", "名称"], ["1", "国際"]]
    assert (grid.kind, grid.encoding, grid.member) == ("CSV", "cp932", "2-1_予算.csv")


def test_every_type_of_cell_comes_as_its_own_type():
    book = workbook(
        [
            ["文字", "0012", 2016, 12.5, True],
            [datetime.date(2016, 4, 1), datetime.datetime(2016, 4, 1, 10, 30), "=1", -3, "▲5"],
        ]
    )
    book.active["C2"].data_type = "s"

    grid = read(saved(book))

    assert grid.rows == [
        ["文字", "0012", 2016, 12.5, True],
        [datetime.date(2016, 4, 1), datetime.datetime(2016, 4, 1, 10, 30), "=1", -3, "▲5"],
    ]
    assert [type(value) for value in grid.rows[0]] == [str, str, int, float, bool]


def test_rows_and_columns_keep_excels_numbers():
    book = openpyxl.Workbook()
    book.active["C4"] = "x"

    grid = read(saved(book))

    assert grid.value(4, 3) == "x"
    assert len(grid.rows) == 4
    assert grid.place(4, 3).in_words() == "「Sheet」C4"


def test_merged_and_hidden_cells_are_told():
    book = workbook([["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"]])
    book.active.merge_cells("A2:A3")
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True

    grid = read(saved(book))

    assert [merge.address for merge in grid.merges] == ["A2:A3"]
    assert grid.hidden_rows == {2}
    assert grid.hidden_columns == {2}


def test_error_cells_and_formulas_without_a_value_have_their_address():
    book = workbook([["a"], ["#N/A"], ["=SUM(A1:A2)"], [1234567890123456]])
    book.active["A2"].data_type = "e"

    grid = read(saved(book))

    assert [grid.fault(row, 1).code for row in (2, 3, 4)] == [
        "cell.excel_error",
        "cell.formula_no_value",
        "cell.long_number",
    ]
    assert grid.fault(1, 1) is None
    assert grid.fault(2, 1).in_words() == (
        "「予算」A2: Excel のエラー「#N/A」が入っています。"
        "Excel で式を直すか、値を入れ直してください。"
    )
    assert english(grid.fault(3, 1)) == (
        "予算!A3: The file holds no result for the formula =SUM(A1:A2). "
        "Open and save the file in Excel, or paste the cell as a value."
    )


def test_a_formula_that_gives_empty_text_is_a_blank_cell():
    data = hostile.xlsx(
        '<row r="1"><c r="A1"><v>1</v></c>'
        '<c r="B1" t="str"><f>IF(A1="","",C1)</f><v></v></c>'
        '<c r="C1"><f>A1+1</f><v>2</v></c></row>'
    )

    grid = read(data)

    assert grid.rows == [[1, "", 2]]
    assert not grid.cell_faults


def test_the_first_visible_sheet_with_values_is_read():
    book = workbook([["隠れた表"]], "控え")
    book.active.sheet_state = "hidden"
    book.create_sheet("表紙")
    book.create_sheet("予算").append(["x"])

    grid = read(saved(book))

    assert (grid.sheet, grid.rows) == ("予算", [["x"]])
    assert [(sheet.name, sheet.visible) for sheet in grid.sheets] == [
        ("控え", False),
        ("表紙", True),
        ("予算", True),
    ]


def test_another_sheet_can_be_asked_for():
    book = workbook([["x"]])
    book.create_sheet("控え").append(["y"])

    assert read(saved(book), sheet="控え").rows == [["y"]]
    with pytest.raises(
        ReadError, match="シート「外」はありません。あるのは 予算、控え です"
    ) as raised:
        read(saved(book), sheet="外")
    assert (raised.value.code, raised.value.value) == ("sheet.unknown", "外")


def test_a_workbook_with_macros_is_read_as_values_only():
    data = hostile.xlsx(
        '<row r="1"><c r="A1"><v>1</v></c></row>', extra={"xl/vbaProject.bin": b"macro"}
    )

    grid = read(data)

    assert grid.rows == [[1]]
    assert [notice.code for notice in grid.notices] == ["file.macros"]


def test_formatted_blank_rows_to_the_end_of_the_sheet_do_not_count():
    blank = '<row r="1048576"><c r="A1048576" s="0"/></row>'

    assert read(hostile.xlsx('<row r="1"><c r="A1"><v>1</v></c></row>' + blank)).rows == [[1]]


def test_an_ods_tells_merged_hidden_and_error_cells():
    rows = (
        "<table:table-row>"
        + hostile.ods_cell("a", number_rows_spanned=2)
        + hostile.ods_cell("b")
        + '</table:table-row><table:table-row table:visibility="collapse"><table:table-cell '
        'office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
        "</table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )

    grid = read(hostile.ods(rows, columns='<table:table-column table:visibility="collapse"/>'))

    assert [merge.address for merge in grid.merges] == ["A1:A2"]
    assert grid.hidden_rows == {2}
    assert grid.hidden_columns == {1}
    assert grid.fault(2, 1).code == "cell.excel_error"
    assert grid.rows[0] == ["a", "b"]


SMALL = Limits(rows=3, columns=3, cells=8, cell_characters=10)


@pytest.mark.parametrize(
    ("cells", "code", "place"),
    [
        ({"A4": 1}, "sheet.too_many_rows", Place("予算", 4, "A")),
        ({"D1": 1}, "sheet.too_many_columns", Place("予算", 1, "D")),
        ({"C3": 1}, "sheet.too_many_cells", Place("予算", 3, "C")),
        ({"A1": "12345678901"}, "cell.too_long", Place("予算", 1, "A")),
        ({}, "file.empty", Place()),
    ],
)
def test_a_workbook_beyond_the_limits_is_refused_with_its_place(cells, code, place):
    book = workbook([])
    for address, value in cells.items():
        book.active[address] = value

    with pytest.raises(ReadError) as raised:
        read(saved(book), limits=SMALL)

    assert (raised.value.code, raised.value.place) == (code, place)


def test_the_child_writes_what_the_parent_reads():
    out = io.BytesIO()

    serve(saved(workbook(ROWS)), [], Limits(), out)

    assert answer(out.getvalue(), Limits())[0].rows == ROWS


def test_an_answer_that_stops_short_is_a_dead_child():
    out = io.BytesIO()
    serve(saved(workbook(ROWS)), [], Limits(), out)
    lines = out.getvalue().splitlines(keepends=True)

    for short in (b"".join(lines[:-1]), b"".join(lines[:1]), lines[0][:20], b""):
        with pytest.raises(ReadError) as raised:
            answer(short, Limits())
        assert raised.value.code == "file.too_heavy"
