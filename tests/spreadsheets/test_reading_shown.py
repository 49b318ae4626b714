"""What is seen in a workbook is what is read: formats, strikes, raised marks, fills, sheets."""

import datetime
import io

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from spreadsheets.reading import Limits, ReadError, read, read_sheets
from tests.spreadsheets import hostile
from tests.spreadsheets.same_process import read_in_this_process

STRUCK = InlineFont(strike=True)
PLAIN = InlineFont()
RAISED = InlineFont(vertAlign="superscript")
LOWERED = InlineFont(vertAlign="subscript")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    read_in_this_process(monkeypatch)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book_of(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return book


def formatted(value, code):
    book = book_of(["金額"], [value])
    book.active["A2"].number_format = code
    return read(saved(book))


def rich(*parts):
    book = openpyxl.Workbook()
    book.active["A1"] = CellRichText(*parts)
    return read(saved(book))


def codes(grid):
    return [notice.code for notice in grid.notices]


@pytest.mark.parametrize(
    ("value", "code", "read_as"),
    [
        (1234000000, "#,##0,,", "1,234"),
        (1234, '#,##0"千円"', "1,234千円"),
        (12.5, '0.0"億円"', "12.5億円"),
        (0.5, "0%", "50%"),
        (1234.56, "#,##0", "1,235"),
        (1234, "#,##0", 1234),
        (-1234, "#,##0;▲#,##0", -1234),
        (12.5, "0.0", 12.5),
        (0, '#,##0;▲#,##0;"－"', "－"),
        (2016, '0"年度"', "2016年度"),
        (datetime.date(2019, 3, 1), 'yyyy"年"m"月"', "2019年3月"),
        (datetime.date(2019, 3, 1), "mmm-yy", "2019年3月"),
        (datetime.date(2019, 3, 1), '[$-411]ggge"年"m"月"d"日"', datetime.date(2019, 3, 1)),
        (datetime.date(2019, 3, 1), "m/d", "3/1"),
        (
            datetime.datetime(2022, 3, 30, 9, 30),
            "yyyy/m/d h:mm",
            datetime.datetime(2022, 3, 30, 9, 30),
        ),
        ("機密", ";;;", ""),
    ],
)
def test_a_cell_is_read_as_it_is_shown(value, code, read_as):
    found = formatted(value, code).value(2, 1) if read_as != "" else formatted(value, code).rows

    assert found == (read_as if read_as != "" else [["金額"]])


def test_a_number_shown_otherwise_is_told_with_address_and_both_values():
    grid = formatted(1234.56, "#,##0")

    assert [notice.in_words() for notice in grid.notices] == [
        "「Sheet」: 表示と値が違うセルが 1 個あります（A2: 表示「1,235」、値 1234.56）。"
        "表示のとおりに読みました。"
    ]


def test_five_places_are_named_and_the_others_counted():
    book = book_of(*[[number + 0.5] for number in range(1, 13)])
    for row in range(1, 13):
        book.active.cell(row, 1).number_format = "0"

    words = read(saved(book)).notices[0].in_words()

    assert "12 個" in words
    assert "A5:" in words
    assert "A6:" not in words
    assert words.endswith("値 5.5；…）。表示のとおりに読みました。")


@pytest.mark.parametrize("code", ['#,##0"千円"', "#,##0", '0"年度"'])
def test_a_unit_or_a_separator_needs_no_notice(code):
    assert codes(formatted(1234, code)) == []


def test_a_format_that_cannot_be_followed_is_a_fault_of_its_cell():
    grid = formatted(0.5, "# ?/?")

    assert grid.fault(2, 1).in_words() == (
        "「Sheet」A2: 表示形式「# ?/?」のため、見えている値が分かりません。"
        "セルの表示形式を「標準」にするか、見えているとおりに入れ直してください。"
    )


def test_fifteen_digits_of_a_number_count_as_in_excel():
    data = hostile.xlsx(
        '<row r="1"><c r="A1"><v>1234.5600000000001</v></c>'
        '<c r="B1"><v>3.0000000000000004</v></c></row>'
    )

    assert read(data).rows == [[1234.56, 3]]


def test_an_error_that_a_formula_gives_as_text_is_an_error():
    data = hostile.xlsx(
        '<row r="1"><c r="A1" t="str"><f>VLOOKUP(B1,C:D,2)</f><v>#N/A</v></c>'
        '<c r="B1"><v>1</v></c></row>'
    )

    assert read(data).fault(1, 1).code == "cell.excel_error"


STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
    'formatCode="#,##0&quot;千円&quot;"/></numFmts><fonts count="3"><font/>'
    '<font><strike/></font><font><strike val="0"/></font></fonts>'
    '<fills count="5"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFFFFFFF"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="4"/></patternFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="0"/></patternFill></fill></fills>'
    '<cellXfs count="8"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="0" fontId="1"/>'
    '<xf numFmtId="0" fontId="2"/><xf numFmtId="0" fillId="2"/><xf numFmtId="0" fillId="3"/>'
    '<xf numFmtId="55"/><xf numFmtId="0" fillId="4"/></cellXfs>'
    '<dxfs count="1"><dxf><font><strike/></font></dxf></dxfs></styleSheet>'
)


def styled(rows, **others):
    extra = {"xl/styles.xml": STYLES, **others.pop("extra", {})}
    return read(hostile.xlsx(rows, extra=extra, **others))


def test_cells_without_an_address_are_read_as_they_are_shown():
    rows = '<row><c s="1"><v>5</v></c><c><v>6</v></c></row><row><c s="1"><v>7</v></c></row>'

    assert [list(row[:2]) for row in styled(rows).rows] == [["5千円", 6], ["7千円", ""]]


def test_attributes_in_another_order_and_a_prefix_do_not_matter():
    rows = "<row r='1'><c s='1' r='A1' t='n'><f>1+4</f><v>5</v></c></row>"

    assert styled(rows).rows == [["5千円"]]


def test_a_builtin_japanese_format_shows_a_month():
    assert styled('<row r="1"><c r="A1" s="6"><v>43525</v></c></row>').rows == [["2019年3月"]]


def test_struck_cells_are_left_out_and_told():
    rows = (
        '<row r="1"><c r="A1" s="2"><v>5</v></c><c r="B1" s="3"><v>6</v></c></row>'
        '<row r="2"><c r="A2" s="2"><v>7</v></c></row>'
        '<row r="3"><c r="A3" s="2" t="e"><v>#N/A</v></c><c r="B3"><v>8</v></c></row>'
    )

    grid = styled(rows)

    assert [list(row) for row in grid.rows] == [["", 6], ["", ""], ["", 8]]
    assert grid.struck >= {(1, 1), (2, 1)}
    assert grid.fault(3, 1) is None
    words = [notice.in_words() for notice in grid.notices]
    assert "「表」: 取消線の行が 1 行あります（2行目）。除きました。" in words
    assert any("A1「5」" in each for each in words)


def test_fills_other_than_white_are_known_of_blank_cells_too():
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="4"/><c r="C1" s="5"/>'
        '<c r="D1" s="7"/><c r="E1" s="5"><v>2</v></c></row>'
    )

    assert styled(rows).coloured == {(1, 3), (1, 5)}


def test_days_count_from_1904_where_the_workbook_says_so():
    book = book_of([42063])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"].number_format = 'yyyy"年"m"月"'

    assert read(saved(book)).rows == [["2019年3月"]]


@pytest.mark.parametrize(
    ("parts", "text", "code"),
    [
        ([TextBlock(STRUCK, "12"), TextBlock(PLAIN, "34")], "34", "cell.struck_part"),
        (["事業名", TextBlock(STRUCK, "（旧）")], "事業名", "cell.struck_part"),
        (["1,234", TextBlock(RAISED, "1")], "1,234", "cell.raised_mark"),
        (["1,234", TextBlock(LOWERED, "注")], "1,234", "cell.raised_mark"),
        (["研究インテグリティ", TextBlock(RAISED, "1)")], "研究インテグリティ", "cell.raised_mark"),
        (["予算額", TextBlock(RAISED, "※2"), "（百万円）"], "予算額（百万円）", "cell.raised_mark"),
        (["SATREPS", TextBlock(RAISED, "1、2")], "SATREPS", "cell.raised_mark"),
    ],
)
def test_struck_words_and_raised_marks_are_no_text(parts, text, code):
    grid = rich(*parts)

    assert grid.rows == [[text]]
    assert codes(grid) == [code]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["CO", TextBlock(LOWERED, "2"), "削減"], "CO₂削減"),
        (["面積（m", TextBlock(RAISED, "2"), "）"], "面積（m²）"),
        (["10", TextBlock(RAISED, "3"), "個"], "10³個"),
        (["H", TextBlock(LOWERED, "2")], "H₂"),
    ],
)
def test_powers_and_formulas_have_their_own_characters(parts, text):
    grid = rich(*parts)

    assert grid.rows == [[text]]
    assert codes(grid) == []


def test_what_was_left_out_and_what_was_read_is_told():
    words = rich(TextBlock(STRUCK, "1,200"), TextBlock(PLAIN, "1,340")).notices[0].in_words()

    assert words == (
        "「Sheet」: 取消線の文字があるセルが 1 個あります"
        "（A1:「1,200」を除き「1,340」と読みました）。"
    )


def test_a_cell_whose_words_are_all_struck_is_blank():
    book = openpyxl.Workbook()
    book.active["A1"] = CellRichText(TextBlock(STRUCK, "旧"), TextBlock(STRUCK, "名"))
    book.active["B1"] = "新名"

    grid = read(saved(book))

    assert grid.rows == [["", "新名"]]
    assert grid.struck == {(1, 1)}


def test_words_in_a_font_of_their_own_stand_in_a_struck_cell():
    book = openpyxl.Workbook()
    book.active["A1"] = CellRichText("旧名", TextBlock(InlineFont(b=True), "新名"))
    book.active["A1"].font = Font(strike=True)

    assert read(saved(book)).rows == [["新名"]]


def test_shared_strings_have_struck_words_too():
    shared = (
        f'<sst xmlns="{MAIN}"><si><t>そのまま</t></si><si><r><rPr><strike val="1"/></rPr>'
        "<t>12</t></r><r><rPr><sz/></rPr><t>34</t></r><rPh><t>ヨミ</t></rPh></si></sst>"
    )
    rows = '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>'

    assert read(hostile.xlsx(rows, shared=shared)).rows == [["34", "そのまま"]]


def test_rows_hidden_by_a_filter_are_told():
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'
    )
    grid = read(hostile.xlsx(rows, after='<autoFilter ref="A1:A2"/>'))

    assert grid.hidden_rows == {2}


def three_sheets():
    book = book_of(["表紙"])
    book.create_sheet("甲").append([1])
    book.create_sheet("空")
    book.create_sheet("乙").append([2])
    book.create_sheet("控え").append([3])
    book["控え"].sheet_state = "hidden"
    return book


def test_every_visible_sheet_with_values_is_read():
    grids = read_sheets(saved(three_sheets()))

    assert [(grid.sheet, grid.rows) for grid in grids] == [
        ("Sheet", [["表紙"]]),
        ("甲", [[1]]),
        ("乙", [[2]]),
    ]
    assert [(each.name, each.is_read) for each in grids[0].sheets][-1] == ("控え", False)


def test_sheets_that_are_named_come_in_the_workbooks_order_hidden_ones_too():
    grids = read_sheets(saved(three_sheets()), sheets=["控え", "", "甲"])

    assert [grid.sheet for grid in grids] == ["甲", "控え"]


@pytest.mark.parametrize("name", ["", None])
def test_an_empty_name_of_a_sheet_counts_for_none(name):
    assert read(saved(three_sheets()), sheet=name).sheet == "Sheet"
    assert len(read_sheets(saved(three_sheets()), sheets=[name])) == 3


def test_every_sheet_that_there_is_not_is_named():
    with pytest.raises(ReadError) as raised:
        read_sheets(saved(three_sheets()), sheets=["丙", "甲", "丁"])

    assert raised.value.in_words() == (
        "シート「丙」「丁」はありません。あるのは Sheet、甲、空、乙、控え です。"
        "シートを選び直してください。"
    )


def large_second_sheet():
    book = book_of([1])
    book.create_sheet("大").append([1, 2, 3, 4, 5, 6, 7])
    book.create_sheet("後").append([9])
    return saved(book)


def test_a_sheet_past_the_limits_is_left_out_and_known():
    grids = read_sheets(large_second_sheet(), limits=Limits(cells=5))

    assert [grid.sheet for grid in grids] == ["Sheet", "後"]
    assert [each.name for each in grids[0].sheets if not each.is_read] == ["大"]


@pytest.mark.parametrize("sheets", [["大"], ["Sheet", "大"]])
def test_a_sheet_past_the_limits_is_refused_where_it_was_named(sheets):
    with pytest.raises(ReadError) as raised:
        read_sheets(large_second_sheet(), sheets=sheets, limits=Limits(cells=5))

    assert (raised.value.code, raised.value.place.sheet) == ("sheet.too_many_cells", "大")


def test_the_bound_on_cells_holds_for_the_sum_of_sheets():
    grids = read_sheets(large_second_sheet(), limits=Limits(cells=8))

    assert [grid.sheet for grid in grids] == ["Sheet", "大"]


def test_a_text_is_one_grid():
    assert [grid.rows for grid in read_sheets(b"a,b\n1,2\n", sheets=["x"])] == [
        [["a", "b"], ["1", "2"]]
    ]
