import csv
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spreadsheets.reading import read
from spreadsheets.reading.formula_guard import guard

TRAPS = [
    "=1+1",
    "+x",
    "-x",
    "@x",
    "＝x",
    "'",
    "'x",
    "▲5",
    "〜～−－",
    "①㈱𠮷",
    "a\tb",
    "a\nb",
    '"',
    ";",
    ",",
]
CHARACTERS = st.characters(
    min_codepoint=0x20, exclude_categories=("Cs", "Cn"), exclude_characters="\x7f\x85"
)
WORDS = st.one_of(st.sampled_from(TRAPS), st.text(CHARACTERS, max_size=8))
TEXTS = st.builds(lambda words: "".join(words), st.lists(WORDS, max_size=3))
GRIDS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(TEXTS, min_size=width, max_size=width), min_size=1, max_size=6)
)


def framed(rows):
    """Surround rows by filled cells, so that no outer row is blank and the width is known."""
    edge = ["見出し"] * max(2, len(rows[0]))
    return [edge, *([*row, *[""] * (len(edge) - len(row))] for row in rows), edge]


@settings(max_examples=150, deadline=None)
@given(GRIDS)
def test_any_text_survives_csv(rows):
    rows = framed(rows)
    for codec in ("utf-8", "utf-8-sig", "utf-16"):
        for delimiter in (",", "\t"):
            out = io.StringIO()
            csv.writer(out, delimiter=delimiter).writerows(
                [[guard(cell) for cell in row] for row in rows]
            )

            grid = read(out.getvalue().encode(codec))

            assert grid.rows == rows


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(GRIDS)
def test_any_text_survives_xlsx(rows):
    rows = framed(rows)
    book = openpyxl.Workbook()
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = book.active.cell(number, column)
            cell.value = text
            cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)

    assert read(out.getvalue()).rows == rows
