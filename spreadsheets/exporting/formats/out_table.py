"""A sheet on its way out: columns with their kinds, and rows that are made while they are sent.

Pure. Cells are str, int, datetime.date, or None for blank. Text has no outer spaces and LF line
ends, as reading a sheet gives it back.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum

Cell = str | int | datetime.date | None


class Kind(Enum):
    """How a spreadsheet treats the cells of a column."""

    TEXT = "text"
    PROSE = "prose"
    NUMBER = "number"
    AMOUNT = "amount"
    DATE = "date"


@dataclass(frozen=True)
class OutColumn:
    """`width` is in half-width characters; `choices` are the only words a cell may hold, if any."""

    heading: str
    kind: Kind = Kind.TEXT
    width: int = 20
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class OutTable:
    """One heading row and the rows below it. Each call of `rows` reads the records again.

    `key` are the indexes of the columns that tell rows apart.
    """

    name: str
    columns: tuple[OutColumn, ...]
    rows: Callable[[], Iterable[list[Cell]]]
    key: tuple[int, ...] = (0,)

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]
