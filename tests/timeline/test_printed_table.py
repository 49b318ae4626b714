"""The wide year table and its legend."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapters.manuscript.reading import parse
from tests.words import english
from timeline.rows.printed_legend import read_legend, unread_words
from timeline.rows.printed_table import (
    PrintedTableRow,
    TableError,
    YearTable,
    read_table,
    unread_headings,
)
from values.decision import Decision

SHARED = Path(__file__).parents[3] / "shared" / "source"
REAL = SHARED / "000_adc4864da52d8016.txt"

HEADER = "区分\t\t2017\t2018\t2019"
ERAS = "\t\tH29\tH30\tR1"


def numbered(*lines):
    return tuple(enumerate(lines, start=10))


def table(*lines):
    return read_table(numbered(*lines))


def test_labels_stand_in_the_second_column_or_slide_to_the_first():
    assert table(
        HEADER, ERAS, "施策等\t港町会議\t\t▲\t", "\t潮の声明\t▲\t\t▲", "潮汐観測事業\t\t\t\t"
    ) == YearTable(
        (2017, 2018, 2019),
        (
            PrintedTableRow(12, "施策等", "港町会議", (2018,)),
            PrintedTableRow(13, "施策等", "潮の声明", (2017, 2019)),
            PrintedTableRow(14, "施策等", "潮汐観測事業", ()),
        ),
    )


def test_blank_group_is_that_of_the_row_above():
    rows = table(HEADER, "会議\t甲", "\t乙", "事業\t丙", "丁").rows
    assert [(row.group, row.label) for row in rows] == [
        ("会議", "甲"),
        ("会議", "乙"),
        ("事業", "丙"),
        ("事業", "丁"),
    ]


def test_one_label_column_has_no_groups():
    assert table("施策\t2018\t2019", "甲\t\t▲").rows == (PrintedTableRow(11, "", "甲", (2019,)),)


def test_blank_cells_after_the_years_do_no_harm():
    assert table("施策\t2018\t\t", "甲\t▲\t\t").fiscal_years == (2018,)


def test_tabs_cut_at_line_ends_and_blank_rows_do_no_harm():
    assert table(HEADER, "\t\t\t\t", "甲", "\t乙\t▲").rows == (
        PrintedTableRow(12, "", "甲", ()),
        PrintedTableRow(13, "", "乙", (2017,)),
    )


@pytest.mark.parametrize(
    ("lines", "code", "line", "value"),
    [
        ((), "table.empty", 1, ""),
        (("\t\t",), "table.empty", 10, ""),
        (("区分\t\t潮", "\t甲\t▲"), "table.no_years", 10, "区分\t\t潮"),
        (("2017\t2018",), "table.label_columns", 10, "2017\t2018"),
        (("区分\t\t2017\t2019",), "table.years_in_order", 10, "2019"),
        (("区分\t\t2017\t\t2018",), "table.years_in_order", 10, ""),
        ((HEADER, "\t\tH29\tH31\tR1"), "table.eras_disagree", 11, "H31"),
        ((HEADER, "\t\tH29\tH30"), "table.eras_disagree", 11, ""),
        ((HEADER, ERAS + "\tR2"), "table.eras_disagree", 11, "R2"),
        ((HEADER, ERAS, "\t\t▲"), "table.label_missing", 12, "\t\t▲"),
        ((HEADER, ERAS, "\t甲\t3"), "table.cell_unknown", 12, "3"),
        ((HEADER, ERAS, "\t甲\t\t\t\t▲"), "table.cell_unknown", 12, "▲"),
        ((HEADER, "\t" + "潮" * 201), "table.text_too_long", 11, "潮" * 201),
        ((HEADER, "潮" * 61 + "\t甲"), "table.text_too_long", 11, "潮" * 61),
    ],
)
def test_faulty_table_is_refused_with_line_and_value(lines, code, line, value):
    with pytest.raises(TableError) as caught:
        table(*lines)
    assert (caught.value.code, caught.value.line, caught.value.value) == (code, line, value)
    assert english(caught.value.reason)


def test_names_of_columns_that_the_site_has_not_are_told():
    assert unread_headings(numbered("\t", "所管\t施策名\t2018", "文部科学省\t甲\t▲")) == [
        Decision("table.column_name", 11, "所管")
    ]
    assert unread_headings(numbered(HEADER, ERAS)) == []


CELLS = st.sampled_from(["", "▲", "潮", "2017", "2018", "H29", "R1", "3", "区分"])


@given(st.lists(st.lists(CELLS | st.text(max_size=4), max_size=6).map("\t".join), max_size=6))
def test_any_lines_are_a_table_or_refused(lines):
    try:
        outcome = table(*lines)
    except TableError as error:
        outcome = error
    assert isinstance(outcome, YearTable | TableError)


def bounds(*lines):
    return [
        (tier.letter, tier.label_ja, tier.lower_bound_yen, tier.is_lower_bound_included)
        for tier in read_legend(numbered(*lines))
    ]


def test_above_and_below_include_the_number_and_a_range_takes_the_rest():
    assert bounds(
        ": 単年度予算が50億円以上", " : 単年度予算が50~10億円", ": 単年度予算が10億円以下"
    ) == [
        ("A", "50億円以上", 5_000_000_000, True),
        ("B", "50~10億円", 1_000_000_000, False),
        ("C", "10億円以下", 0, False),
    ]


def test_over_and_under_exclude_the_number():
    assert bounds("：１億円未満", "：５億円超", "：１億円～５億円") == [
        ("A", "５億円超", 500_000_000, False),
        ("B", "１億円～５億円", 100_000_000, True),
        ("C", "１億円未満", 0, False),
    ]


def test_number_between_two_ranges_belongs_to_the_upper_one():
    assert bounds(": 3億円以上", ": 3~2億円", ": 2億円～100百万円") == [
        ("A", "3億円以上", 300_000_000, True),
        ("B", "3~2億円", 200_000_000, True),
        ("C", "2億円～100百万円", 100_000_000, True),
    ]


@pytest.mark.parametrize(
    ("lines", "code", "line"),
    [
        ((": 大きい",), "legend.unknown", 10),
        ((": 1,2,3億円以上",), "legend.amount", 10),
        ((": 50億円以上", ": 10億円以下"), "legend.bounds", 11),
        ((": 10億円以下",), "legend.bounds", 10),
        ((": 10億円以上", ": 10億円以下"), "legend.bounds", 11),
        ((": 10億円超", ": 10億円未満"), "legend.bounds", 11),
        ((": 10億円以上", ": 10億円以上"), "legend.bounds", 11),
    ],
)
def test_faulty_legend_is_refused_with_its_line(lines, code, line):
    with pytest.raises(TableError) as caught:
        bounds(*lines)
    assert (caught.value.code, caught.value.line) == (code, line)


def test_legend_has_at_most_as_many_tiers_as_letters():
    with pytest.raises(TableError) as caught:
        bounds(*[f": {n}億円以上" for n in range(1, 28)])
    assert caught.value.code == "legend.bounds"


def test_words_of_a_legend_beside_its_bounds_are_told():
    lines = numbered(
        "A: 単年度予算が50億円以上",
        "C: 当初予算が50~10億円（補正を含む）",
        "●：内数を除き10億円以下。",
    )
    assert unread_words(lines, read_legend(lines)) == [
        Decision("legend.words", 11, "C"),
        Decision("legend.words", 11, "（補正を含む）"),
        Decision("legend.words", 12, "内数を除き"),
    ]


@pytest.mark.skipif(not REAL.exists(), reason="the manuscript is not on this machine")
def test_real_table_is_read_row_by_row():
    read = read_table(parse(REAL.read_text()).table)
    expected = json.loads((SHARED / "inventory.json").read_text())["timeline"]["rows"]
    assert read.fiscal_years == (2016, 2017, 2018, 2019, 2020, 2021, 2022)
    assert [(row.line, row.group, row.label, list(row.marks)) for row in read.rows] == [
        (row["line"], "施策等", row["label_raw"], [mark["column"] for mark in row["marks"]])
        for row in expected
    ]
    assert len(read.rows) == 34
    assert sum(len(row.marks) for row in read.rows) == 11
