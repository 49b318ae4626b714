"""A sheet of paper with cells, merges and formats, written as .xlsx, as CSV or as text to read."""

import csv
import io
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.cell.rich_text import CellRichText
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter


@dataclass
class Cell:
    value: Any
    number_format: str = "General"
    struck: bool = False
    colour: str = ""


@dataclass
class Paper:
    """Rows and columns count from 1; `merges` are (top, left, bottom, right)."""

    name: str = "予算"
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, value: Any) -> None:
        cell = value if isinstance(value, Cell) else Cell(value)
        if cell.value is not None and cell.value != "":
            self.cells[row, column] = cell

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))

    @property
    def last_row(self) -> int:
        return max((row for row, _column in self.cells), default=0)

    @property
    def last_column(self) -> int:
        return max((column for _row, column in self.cells), default=0)

    def as_text(self) -> str:
        lines = [f"[{self.name}]"]
        for row in range(1, self.last_row + 1):
            cells = [
                f"{get_column_letter(column)}={_shown(self.cells[row, column])}"
                for column in range(1, self.last_column + 1)
                if (row, column) in self.cells
            ]
            hidden = " (hidden)" if row in self.hidden_rows else ""
            lines.append(f"{row:3}{hidden} " + " | ".join(cells))
        if self.merges:
            lines.append("merged " + " ".join(map(_range, self.merges)))
        if self.hidden_columns:
            lines.append("hidden " + " ".join(map(get_column_letter, sorted(self.hidden_columns))))
        return "\n".join(lines)

    def as_rows(self) -> list[list[str]]:
        columns = range(1, self.last_column + 1)
        empty = Cell("")
        return [
            [str(self.cells.get((row, column), empty).value) for column in columns]
            for row in range(1, self.last_row + 1)
        ]


def as_xlsx(papers: list[Paper]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for paper in papers:
        sheet = book.create_sheet(paper.name)
        for (row, column), cell in paper.cells.items():
            _write(sheet.cell(row, column), cell)
        for each in paper.merges:
            sheet.merge_cells(_range(each))
        for row in paper.hidden_rows:
            sheet.row_dimensions[row].hidden = True
        for column in paper.hidden_columns:
            sheet.column_dimensions[get_column_letter(column)].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(paper: Paper, *, encoding: str, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(paper.as_rows())
    return out.getvalue().encode(encoding)


def _write(target: Any, cell: Cell) -> None:
    target.value = cell.value
    if cell.number_format != "General":
        target.number_format = cell.number_format
    if cell.struck:
        target.font = Font(strike=True)
    if cell.colour:
        target.fill = PatternFill("solid", fgColor=cell.colour)


def _shown(cell: Cell) -> str:
    value = cell.value
    text = (
        "".join(
            each if isinstance(each, str) else f"{{{_run(each.font)}:{each.text}}}"
            for each in value
        )
        if isinstance(value, CellRichText)
        else repr(value)
    )
    marks = f"<{cell.number_format}>" if cell.number_format != "General" else ""
    return text + marks + ("~struck~" if cell.struck else "") + ("#" if cell.colour else "")


def _run(font: Any) -> str:
    return "struck" if font.strike else font.vertAlign or "plain"


def _range(merge: tuple[int, int, int, int]) -> str:
    top, left, bottom, right = merge
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
