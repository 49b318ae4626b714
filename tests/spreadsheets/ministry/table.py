"""A table as columns with the paths of their headings, laid down on a sheet of paper."""

from dataclasses import dataclass, field
from typing import Literal

from .amounts import Look
from .case import Key
from .paper import Cell, Paper

Role = Literal["label", "amount", "unknown", "total"]
Spread = Literal["merge", "blank", "repeat"]
"""How a heading over several columns stands: merged, once with blanks to its right, in each."""


@dataclass
class Column:
    """`path` is its heading from top to bottom, as long as the table's heading is deep."""

    role: Role
    path: tuple[str | Cell, ...]
    cells: list[Cell] = field(default_factory=list)
    merges: list[tuple[int, int]] = field(default_factory=list)
    """Rows, from the first of the data, whose cells are one: (first, last), from 0."""
    look: Look | None = None
    yen: list[tuple[Key, int] | None] = field(default_factory=list)
    """The record that each cell of amounts is, None for none."""
    own_units: bool = False


@dataclass
class Table:
    columns: list[Column]
    spread: Spread = "merge"
    label_at: Literal["merge", "top", "bottom"] = "merge"
    again_before: int = 0
    """The row of data before which the heading stands once more, 0 for none."""
    gap_before: int = 0
    """The row of data before which a blank row stands, 0 for none."""
    across: list[tuple[int, int, int]] = field(default_factory=list)
    """Cells of one row that are one: (row, first column, last column), from 0."""
    rows_at: dict[int, int] = field(default_factory=dict)
    """Where each row of data was laid on the paper."""

    @property
    def depth(self) -> int:
        return len(self.columns[0].path)

    @property
    def count(self) -> int:
        return len(self.columns[0].cells)

    @property
    def amounts(self) -> list[Column]:
        return [column for column in self.columns if column.role == "amount"]

    @property
    def records(self) -> dict[Key, int]:
        found = [each for column in self.amounts for each in column.yen]
        return dict(each for each in found if each is not None)

    @property
    def has_own_units(self) -> bool:
        """Whether cells of the table may count in another unit than their column."""
        return any(column.own_units for column in self.amounts)

    def insert_row(self, at: int, cells: dict[int, Cell]) -> None:
        """Insert a row with these cells by their column, which is no record."""
        for index, column in enumerate(self.columns):
            column.cells.insert(at, cells.get(index, Cell("")))
            column.merges = [
                (first + (first >= at), last + (first >= at)) for first, last in column.merges
            ]
            if column.role == "amount":
                column.yen.insert(at, None)
        self.across = [(row + (row >= at), first, last) for row, first, last in self.across]
        self.again_before += at <= self.again_before and self.again_before > 0
        self.gap_before += at <= self.gap_before and self.gap_before > 0

    def lay(self, paper: Paper, top: int, left: int) -> int:
        """Write the table with its upper left corner at a cell; return the last row."""
        self._lay_heading(paper, top, left)
        at = top + self.depth
        for row in range(self.count):
            if row and row == self.again_before:
                self._lay_heading(paper, at, left)
                at += self.depth
            if row and row == self.gap_before:
                at += 1
            self.rows_at[row] = at
            for index, column in enumerate(self.columns):
                paper.put(at, left + index, column.cells[row])
            at += 1
        self._merge(paper, self.rows_at, left)
        return at - 1

    def _merge(self, paper: Paper, rows: dict[int, int], left: int) -> None:
        if self.spread != "merge":
            return
        for index, column in enumerate(self.columns):
            for first, last in column.merges:
                if rows[last] - rows[first] == last - first:
                    paper.merge(rows[first], left + index, rows[last], left + index)
        for row, first, last in self.across:
            paper.merge(rows[row], left + first, rows[row], left + last)

    def _lay_heading(self, paper: Paper, top: int, left: int) -> None:
        for index, column in enumerate(self.columns):
            if column.role in ("label", "unknown") or not any(column.path[1:]):
                self._lay_lone(paper, column, top, left + index)
        for level in range(self.depth):
            start = 0
            while start < len(self.columns):
                start = self._lay_run(paper, level, start, top, left)

    def _lay_lone(self, paper: Paper, column: Column, top: int, at: int) -> None:
        row = top + (self.depth - 1 if self.label_at == "bottom" else 0)
        paper.put(row, at, column.path[0])
        if self.label_at == "merge" and self.spread == "merge":
            paper.merge(top, at, top + self.depth - 1, at)

    def _lay_run(self, paper: Paper, level: int, start: int, top: int, left: int) -> int:
        """Write one heading and the columns that it stands over; return where the next begins."""
        first = self.columns[start]
        if first.role in ("label", "unknown") or not any(first.path[1:]):
            return start + 1
        end = start + 1
        is_last = level == self.depth - 1
        while not is_last and end < len(self.columns) and self._goes_on(first, end, level):
            end += 1
        for index in range(start, end):
            if index == start or self.spread == "repeat":
                paper.put(top + level, left + index, first.path[level])
        if self.spread == "merge" and first.path[level]:
            paper.merge(top + level, left + start, top + level, left + end - 1)
        return end

    def _goes_on(self, first: Column, index: int, level: int) -> bool:
        other = self.columns[index]
        lone = other.role in ("label", "unknown") or not any(other.path[1:])
        return not lone and other.path[: level + 1] == first.path[: level + 1]
