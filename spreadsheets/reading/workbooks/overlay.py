"""What stands in place of cells' values, laid over a sheet row by row. Pure; in the child."""

import datetime
from collections.abc import MutableSequence
from dataclasses import dataclass, field
from typing import Any

from ..findings import Findings
from ..refusals import column_letter
from ..shown import NumberFormat

MAX_CELLS_TOLD = 100_000


@dataclass
class Overlay:
    """Rows and columns count from 1.

    values    row → (column, what is read there)
    texts     row → (column, the format that its text is shown by)
    struck    row → columns struck through; afterwards `left_out` has those that held something
    """

    values: dict[int, list[tuple[int, str | datetime.date]]] = field(default_factory=dict)
    texts: dict[int, list[tuple[int, NumberFormat]]] = field(default_factory=dict)
    struck: dict[int, list[int]] = field(default_factory=dict)
    coloured: set[tuple[int, int]] = field(default_factory=set)
    faults: list[tuple[int, int, str, str]] = field(default_factory=list)
    left_out: set[tuple[int, int]] = field(default_factory=set)
    findings: Findings = field(default_factory=Findings)

    def put(self, place: tuple[int, int], value: object) -> None:
        self.values.setdefault(place[0], []).append((place[1], value))  # type: ignore[arg-type]

    def tell(self, code: str, place: tuple[int, int], first: str, second: str) -> None:
        row, column = place
        if column not in self.struck.get(row, ()):
            self.findings.add(code, f"{column_letter(column)}{row}", first, second)

    def lay_over(self, row: int, cells: MutableSequence[Any]) -> None:
        """Change the cells of a row to what is shown."""
        width = len(cells)
        for column, value in self.values.get(row, ()):
            if column <= width:
                cells[column - 1] = value
        for column, text_format in self.texts.get(row, ()):
            if column <= width and type(cells[column - 1]) is str and cells[column - 1]:
                self._as_text(row, column, text_format, cells)
        if row in self.struck:
            self._strike(row, cells)

    def _as_text(
        self, row: int, column: int, text_format: NumberFormat, cells: MutableSequence[Any]
    ) -> None:
        stored = cells[column - 1]
        shown = text_format.shown_text(stored)
        if shown is not None:
            cells[column - 1] = shown
            if not shown:
                self.tell("cell.shown", (row, column), shown, stored)

    def _strike(self, row: int, cells: MutableSequence[Any]) -> None:
        out = {}
        for column in self.struck[row]:
            if column <= len(cells) and cells[column - 1] != "":
                out[column] = cells[column - 1]
                cells[column - 1] = ""
        if not out:
            return
        if len(self.left_out) < MAX_CELLS_TOLD:
            self.left_out.update((row, column) for column in out)
        if not any(cell != "" for cell in cells):
            self.findings.add("row.struck", str(row))
            return
        for column, value in out.items():
            self.findings.add("cell.struck", f"{column_letter(column)}{row}", str(value))
