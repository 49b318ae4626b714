"""What the bounded child does, run here without its bounds: only files that it survives."""

import io

import openpyxl
import pytest

from spreadsheets.reading import Grid, Limits, ReadError
from spreadsheets.reading.bounded import InnerText, answer
from spreadsheets.reading.workbooks.child import serve
from tests.spreadsheets import hostile

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
SMALL = Limits(rows=3, columns=3, cells=8, cell_characters=10)


def answered(data, *, sheet=None, limits=None):
    out = io.BytesIO()
    serve(data, [sheet] if sheet else [], limits or Limits(), out)
    found = answer(out.getvalue(), limits or Limits())
    return found if isinstance(found, InnerText) else found[0]


def manifest(content):
    return hostile.zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": content,
        }
    )


def cells(**filled):
    book = openpyxl.Workbook()
    for address, value in filled.items():
        book.active[address] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (hostile.sparse(), "sheet.too_many_rows"),
        (hostile.xlsx('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "sheet.too_many_columns"),
        (
            hostile.xlsx('<row r="1"/><row r="9000"><c r="ZZ9000"><v>1</v></c></row>'),
            "sheet.too_many_cells",
        ),
        (hostile.xlsx(ONE, prolog="<!DOCTYPE x>"), "file.dtd"),
        (hostile.xlsx(ONE, shared='<!DOCTYPE sst [<!ENTITY a "b">]><sst/>'), "file.dtd"),
        (hostile.xlsx('<row r="1"><c r="A1"><v>1</c></row>'), "file.broken"),
        (hostile.xlsx(""), "file.empty"),
        (hostile.ods_repeated(), "sheet.too_many_rows"),
        (
            hostile.ods(
                f"<table:table-row>{hostile.ods_cell(1, number_columns_repeated=16384)}"
                "</table:table-row>"
            ),
            "sheet.too_many_columns",
        ),
        (
            hostile.ods(
                '<table:table-row table:number-rows-repeated="9000">'
                f"{hostile.ods_cell(1, number_columns_repeated=700)}</table:table-row>"
            ),
            "sheet.too_many_cells",
        ),
        (hostile.ods("", prolog="<!DOCTYPE x>"), "file.dtd"),
        (hostile.ods("<table:table-row>"), "file.broken"),
        (manifest("<manifest:encryption-data/>"), "file.password"),
        (manifest(""), "file.broken"),
        (hostile.encrypted_zip(), "file.password"),
        (hostile.zipped({}), "file.empty"),
        (hostile.zipped({"a.csv": "a", "b.csv": "b"}), "file.zip_several"),
        (hostile.zipped({"b.zip": hostile.zipped({"a.csv": "a"})}), "file.zip_nested"),
        (hostile.zipped({"[Content_Types].xml": "", "x": ""}), "file.not_a_sheet"),
        (hostile.zipped({"[Content_Types].xml": "", "xl/workbook.bin": ""}), "file.xlsb"),
        (hostile.zipped({"mimetype": "application/epub+zip"}), "file.not_a_sheet"),
        (hostile.sparse()[:900], "file.zip_broken"),
    ],
)
def test_a_refusal_travels_with_its_code(data, code):
    with pytest.raises(ReadError) as raised:
        answered(data)

    assert raised.value.code == code


def test_a_damaged_part_is_refused():
    data = hostile.zipped({"a.csv": "a,b\n" * 100})
    start = data.index(b"a.csv") + 5
    damaged = data[:start] + b"\xff\xff\xff" + data[start + 3 :]

    with pytest.raises(ReadError) as raised:
        answered(damaged)

    assert raised.value.code == "file.zip_broken"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (cells(A4=1), "sheet.too_many_rows"),
        (cells(C3=1), "sheet.too_many_cells"),
        (cells(A1="12345678901"), "cell.too_long"),
        (hostile.xlsx("<row><c><v>1</v></c></row>" * 9), "sheet.too_many_cells"),
        (hostile.xlsx("<row><c><v>1</v></c></row>" * 4), "sheet.too_many_cells"),
    ],
)
def test_limits_hold_for_filled_cells(data, code):
    with pytest.raises(ReadError) as raised:
        answered(data, limits=SMALL)

    assert raised.value.code == code


def test_more_text_than_the_bound_is_refused():
    text = "x" * 40
    data = hostile.xlsx(
        "".join(
            f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 2_000)
        ),
        shared=f"<sst><si><t>{text}</t></si></sst>",
    )

    with pytest.raises(ReadError) as raised:
        answered(data, limits=Limits(unpacked_bytes=150_000))

    assert raised.value.code == "file.too_heavy"


def test_an_unknown_sheet_is_refused():
    with pytest.raises(ReadError, match="あるのは 表 です"):
        answered(hostile.xlsx(ONE), sheet="外")


def test_a_text_in_a_zip_comes_back_as_it_is():
    data = hostile.zipped({"予算.csv": "表\n".encode("cp932"), "__MACOSX/x": ""})

    assert answered(data) == InnerText("予算.csv", "表\n".encode("cp932"))


def test_a_name_written_by_japanese_windows_is_read():
    data = hostile.zipped({"AA.csv": "x"}).replace(b"AA.csv", "表.csv".encode("cp932"))

    assert answered(data) == InnerText("表.csv", b"x")


def test_errors_formulas_hidden_cells_and_macros_travel():
    data = hostile.xlsx(
        '<row r="1" hidden="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1"><f>A1&amp;1</f></c>'
        "<c><v>1</v></c></row>"
        '<row r="2"><c r="A2"><v>1234567890123456</v></c></row>',
        before='<cols><col min="2" max="3" hidden="1"/></cols>',
        after='<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>',
        extra={"xl/vbaProject.bin": b""},
    )

    grid = answered(data)

    assert isinstance(grid, Grid)
    assert grid.cell_faults == {
        (1, 1): ("cell.excel_error", "#REF!"),
        (1, 2): ("cell.formula_no_value", "=A1&1"),
        (2, 1): ("cell.long_number", "1234567890123456"),
    }
    assert grid.hidden_rows == {1}
    assert grid.hidden_columns == {2, 3}
    assert [merge.address for merge in grid.merges] == ["A1:A2"]
    assert [notice.code for notice in grid.notices] == ["file.macros"]


def test_an_ods_travels_with_what_is_merged_hidden_and_broken():
    rows = (
        f"<table:table-row>{hostile.ods_cell('a', number_columns_spanned=2)}"
        "<table:covered-table-cell/></table:table-row>"
        '<table:table-row table:visibility="collapse"><table:table-cell '
        'office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p>'
        f"</table:table-cell>{hostile.ods_cell(2)}</table:table-row>"
    )

    grid = answered(hostile.ods(rows, columns='<table:table-column table:visibility="filter"/>'))

    assert isinstance(grid, Grid)
    assert grid.cell_faults == {(2, 1): ("cell.excel_error", "#N/A")}
    assert (grid.hidden_rows, grid.hidden_columns) == ({2}, {1})
    assert [merge.address for merge in grid.merges] == ["A1:B1"]


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize(
    ("styles", "found"),
    [
        ("<a>" * 100_000, "file.broken"),
        (
            f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" '
            f'formatCode="{"0" * 10**6}"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs>'
            "</styleSheet>",
            "cell.format_unread",
        ),
        (
            f'<styleSheet xmlns="{MAIN}"><fills><fill><patternFill patternType="solid">'
            '<fgColor theme="0" tint="x"/></patternFill></fill></fills>'
            '<cellXfs><xf fillId="0"/></cellXfs></styleSheet>',
            "",
        ),
    ],
    ids=["deep", "long", "no number"],
)
def test_hostile_styles_cost_little(styles, found):
    data = hostile.xlsx(ONE, extra={"xl/styles.xml": styles})

    try:
        fault = answered(data).fault(1, 1)
    except ReadError as error:
        fault = error

    assert (fault.code if fault else "") == found
