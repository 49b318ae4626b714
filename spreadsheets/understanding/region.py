"""One table on a sheet, and the lines around and within it. Pure."""

import re
from dataclasses import dataclass

from ..reading import Grid, Value, cell_text
from .heading.paths import HeadingRows

_NOTE = re.compile(
    r"\s*[（(【\[［]?(?:※|\*|＊|†|[:：]|"
    r"(?:注|註|脚注|出典|出所|資料|備考|参考|凡例|注記|notes?|sources?|legend)"
    r"(?:\s*[\d０-９一二三①-⑳]*\s*(?:[:：）)\]］】.．、，,]|$)|[\s\d０-９①-⑳]))",
    re.IGNORECASE,
)
ALL_COLUMNS = 1_000_000


@dataclass(frozen=True)
class Line:
    """A line above or below the table; `row` is Excel's."""

    row: int
    text: str


def line(grid: Grid, row: int, columns: range | None = None) -> Line:
    return Line(row, " ".join(cell_text(value) for value in filled(grid, row, columns)))


@dataclass(frozen=True)
class Region:
    """Where one table stands. Rows and columns are Excel's, from 1.

    columns  of its headings; `is_last` when nothing stands to the right of it
    titles   the filled cells above it, line by line
    last     the last row before the next table, or of the grid
    again    rows that repeat the heading, and its titles with it
    captions lines between rows that say of what the rows below them are, the last one last: its
             data begins `after` them, else after the heading
    """

    heading: HeadingRows
    columns: range
    titles: tuple[Line, ...]
    last: int
    is_last: bool = True
    again: frozenset[int] = frozenset()
    captions: tuple[Line, ...] = ()

    @property
    def after(self) -> int:
        return self.captions[-1].row if self.captions else self.heading.last

    @property
    def reach(self) -> range:
        """The columns looked at: those of its headings, of the last table all to the right."""
        return range(self.columns.start, ALL_COLUMNS if self.is_last else self.columns.stop)


def is_blank(value: Value) -> bool:
    return type(value) is str and not value.strip()


def filled(grid: Grid, row: int, columns: range | None = None) -> list[Value]:
    """Return the cells of a row that hold something, in `columns` if given."""
    cells = grid.rows[row - 1]
    if columns is not None:
        cells = cells[columns.start - 1 : columns.stop - 1]
    return [value for value in cells if not is_blank(value)]


def is_note(cells: list[Value]) -> bool:
    return bool(_NOTE.match(cell_text(cells[0])))
