"""What a file holds, cell by cell, before anything is understood. Pure."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .reasons import cell_fault
from .refusals import Notice, Place, ReadError, column_letter

Value = str | int | float | bool | datetime.date | datetime.datetime
Row = Sequence[Value]


def cell_text(value: Value) -> str:
    """Return a cell as one would type it: no outer spaces, dates as 2019-03-14."""
    if type(value) is str:
        return value.strip()
    if isinstance(value, float):
        return repr(value)
    return str(value)


@dataclass(frozen=True)
class Sheet:
    """is_read: it was looked at; a hidden one is when asked for, one past the limits never."""

    name: str
    visible: bool
    is_read: bool = True


@dataclass(frozen=True)
class Merge:
    """Cells merged into one, from 1; all ends are inclusive."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def address(self) -> str:
        first = f"{column_letter(self.first_column)}{self.first_row}"
        return f"{first}:{column_letter(self.last_column)}{self.last_row}"


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet; `rows[0]` is Excel's row 1, `rows[0][0]` its cell A1.

    A blank cell is "", whatever the format. Whole numbers are int. Line breaks within a cell are
    LF. Rows may differ in length; blank rows at the end are gone. Rows and columns count from 1
    everywhere else, as Excel does. Where a cell shows something else than its value, as 1,235 for
    1234.56, the text that is shown stands here, and a notice tells.

    kind            "CSV", "TSV", "XLSX" or "ODS"
    encoding        a name in `ENCODINGS` for text, else ""
    sheet, sheets   the sheet that was read, and all there are; "" and () for text
    member          the file's name in the zip that held it, else ""
    struck          (row, column) of cells struck through as a whole: "" here
    coloured        (row, column) of cells, blank ones too, with a fill that is not white
    cell_faults     (row, column) → (code, value) of cells that hold no readable value
    """

    rows: Sequence[Row]
    kind: str
    encoding: str = ""
    sheet: str = ""
    sheets: tuple[Sheet, ...] = ()
    member: str = ""
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    coloured: frozenset[tuple[int, int]] = frozenset()
    cell_faults: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether every cell is a str."""
        return self.kind in ("CSV", "TSV")

    def place(self, row: int = 0, column: int = 0) -> Place:
        return Place(self.sheet, row, column_letter(column) if column else "")

    def value(self, row: int, column: int) -> Value:
        """Return a cell by Excel's numbers, "" outside of what the file holds."""
        if row > len(self.rows) or column > len(self.rows[row - 1]):
            return ""
        return self.rows[row - 1][column - 1]

    def fault(self, row: int, column: int) -> ReadError | None:
        """Return why the cell has no readable value, or None when it has one."""
        found = self.cell_faults.get((row, column))
        return cell_fault(found[0], found[1], self.place(row, column)) if found else None
