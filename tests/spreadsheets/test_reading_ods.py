"""An .ods holds what a cell shows beside its value: what is shown is read."""

import datetime

import pytest

from spreadsheets.reading import read
from tests.spreadsheets import hostile
from tests.spreadsheets.same_process import read_in_this_process

STYLES = (
    "<office:automatic-styles>"
    '<style:style style:name="ce1" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="ce2" style:family="table-cell">'
    '<style:table-cell-properties fo:background-color="#ffff00"/></style:style>'
    '<style:style style:name="ce3" style:family="table-cell">'
    '<style:table-cell-properties fo:background-color="transparent"/></style:style>'
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="T2" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="T3" style:family="text">'
    '<style:text-properties style:text-line-through-style="none"/></style:style>'
    "</office:automatic-styles>"
)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    read_in_this_process(monkeypatch)


def row_of(*cells):
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def sheet(*rows):
    return read(hostile.ods("".join(rows), styles=STYLES))


def number(value, shown, kind="float", style=""):
    named = f' table:style-name="{style}"' if style else ""
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value}"{named}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def day(value, shown):
    return (
        f'<table:table-cell office:value-type="date" office:date-value="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def text(words, style=""):
    named = f' table:style-name="{style}"' if style else ""
    return (
        f'<table:table-cell office:value-type="string"{named}><text:p>{words}</text:p>'
        "</table:table-cell>"
    )


@pytest.mark.parametrize(
    ("cell", "read_as", "codes"),
    [
        (number(1234, "1,234"), 1234, []),
        (number(-1234, "▲1,234"), -1234, []),
        (number(1234000000, "1,234"), "1,234", ["cell.shown"]),
        (number(1234, "1,234百万円"), "1,234百万円", []),
        (number(0.5, "50%", "percentage"), "50%", []),
        (number(1234.56, "1,235"), "1,235", ["cell.shown"]),
        (number(0, "－"), "－", ["cell.shown"]),
        (number(1234, "¥1,234", "currency"), "¥1,234", []),
        (number(1234, "###"), 1234, []),
        (day("2019-03-01", "2019年3月1日"), datetime.date(2019, 3, 1), []),
        (day("2019-03-01", "平成31年3月1日"), datetime.date(2019, 3, 1), []),
        (day("2019-03-01", "01/03/19"), datetime.date(2019, 3, 1), []),
        (day("2019-03-01", "1. Mar 2019"), datetime.date(2019, 3, 1), []),
        (day("2019-03-03", "2019年3月"), "2019年3月", []),
        (day("2019-03-01", "Mar 19"), "2019年3月", []),
        (day("2019-03-01", "2019年"), "2019年", []),
        (day("2019-03-01", "3月1日"), "3月1日", []),
        (text('<text:span text:style-name="T1">12</text:span>34'), "34", ["cell.struck_part"]),
        (text('研究<text:span text:style-name="T2">1)</text:span>'), "研究", ["cell.raised_mark"]),
        (
            text('旧<text:span text:style-name="T3">新</text:span>', "ce1"),
            "新",
            ["cell.struck_part"],
        ),
        (text('a<text:s text:c="2"/>b'), "a  b", []),
    ],
)
def test_a_cell_of_an_ods_is_read_as_it_is_shown(cell, read_as, codes):
    grid = sheet(row_of(cell, text("隣")))

    assert list(grid.rows[0]) == [read_as, "隣"]
    assert [notice.code for notice in grid.notices] == codes


def test_struck_cells_of_an_ods_are_left_out():
    grid = sheet(
        row_of(number(5, "5", style="ce1"), text("隣")),
        row_of(text("行", "ce1")),
        row_of(text("x")),
    )

    assert [row[0] for row in grid.rows] == ["", "", "x"]
    assert grid.struck == {(1, 1), (2, 1)}
    assert [notice.code for notice in grid.notices] == ["cell.struck", "row.struck"]


def test_fills_of_an_ods_are_known_of_repeated_blank_cells_too():
    blank = '<table:table-cell table:style-name="ce2" table:number-columns-repeated="2"/>'
    white = '<table:table-cell table:style-name="ce3"/>'

    assert sheet(row_of(text("a"), blank, white)).coloured == {(1, 2), (1, 3)}
