"""The path of cells above each column of a heading. Pure."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Protocol

from values.heading_years import year_beside

from .parts import BLANK, Part


class Cells(Protocol):
    """What the cells of a sheet say. `values` are the columns that words over values may name."""

    @property
    def values(self) -> Set[str]: ...

    @property
    def merge_ends(self) -> Mapping[tuple[int, int], int]: ...

    def parts(self, row: int) -> list[Part]: ...

    def is_lone_unit(self, row: int) -> bool: ...


@dataclass(frozen=True)
class HeadingRows:
    """first and last are Excel's rows, inclusive."""

    first: int
    last: int


class Paths:
    """The cells above each column of a heading, from top to bottom."""

    def __init__(self, finder: Cells, rows: HeadingRows) -> None:
        self.finder = finder
        every = range(rows.first, rows.last + 1)
        self.rows = [row for row in every if not finder.is_lone_unit(row)] or list(every)
        self.width = max(len(finder.parts(row)) for row in self.rows)
        self.beside = {row: self._with_years(finder.parts(row)) for row in self.rows}

    def _with_years(self, parts: Sequence[Part]) -> list[Part]:
        """Give 28年度 the era of the year before it."""
        found: list[Part] = []
        before: int | None = None
        for part in parts:
            if part.short and part.year is None and before is not None:
                part = replace(part, year=year_beside(part.short, before))
            before = part.year if part.year is not None else before
            found.append(part)
        return found

    def part(self, row: int, column: int) -> Part:
        parts = self.beside[row]
        return parts[column - 1] if column <= len(parts) else BLANK

    def own(self, column: int) -> list[Part]:
        return [self.part(row, column) for row in self.rows]

    def spread(self, row: int, column: int, *, assume_filled: bool = False) -> Part:
        """Return the cell over a column in a row: its own, or one to the left that spans it.

        A merged cell spans what it is merged over; another one the blank cells to its right that
        have something below them, until a row above it begins something else.
        """
        own = self.part(row, column)
        if own.text:
            return own
        if not assume_filled and not any(self.part(r, column).text for r in self.rows if r > row):
            return BLANK
        for left in range(column - 1, 0, -1):
            part = self.part(row, left)
            if part.text:
                end = self.finder.merge_ends.get((row, left))
                spans = end is None or end >= column
                is_field = bool(part.name) and part.name not in self.finder.values
                return part if spans and not (is_field and end is None) else BLANK
            above = [r for r in self.rows if r < row]
            if any(self.part(r, left + 1).text for r in above):
                return BLANK
        return BLANK

    def path(self, column: int) -> tuple[Part, ...]:
        """Return the cells above a column, each text once, a name that stands alone unspread."""
        found: list[Part] = []
        for row in self.rows:
            part = self.spread(row, column)
            if part.text and part.text not in [each.text for each in found]:
                found.append(part)
        return tuple(found)

    def heads_values(self, column: int) -> bool:
        return any(
            part.heads_values or part.is_total or part.not_stored or part.is_part
            for part in self.path(column)
        )

    def may_head_values(self, column: int) -> bool:
        """Whether a column heads values, or would with words over it: letters, a unit."""
        path = self.path(column)
        if not path or not path[-1].is_known:
            return False
        marks = all(part.is_marker or part.is_unit for part in path)
        return marks or self.heads_values(column)

    def columns(self) -> Iterator[tuple[int, tuple[Part, ...]]]:
        for column in range(1, self.width + 1):
            yield column, self.path(column)
