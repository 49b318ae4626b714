"""Tables, which know no records, as the rows of a Resource's columns."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _

from ..reading.cp932_text import as_held
from ..resources.cells import ERASED, cell_text
from ..understanding.table import Table
from .issues import Issue
from .row_numbers import row_number
from .sheet_columns import SheetColumn
from .sheet_values import SheetRows

Replacements = Mapping[str, Mapping[str, str]]
"""Column name → cell as typed → what to read instead."""


def sheet_rows(
    resource,
    tables: Sequence[Table],
    constants: Mapping[str, str],
    values: Replacements | None = None,
) -> SheetRows:
    """Return the records of tables as rows of the Resource's columns, one table after the other.

    `constants` fill columns that a table lacks and blank cells of those it has; `values` go
    before what is typed.
    """
    parts = [_Part(resource, table, constants, values or {}) for table in tables]
    if len(parts) == 1:
        return parts[0].sheet_rows()
    return _joined(parts)


class _Part:
    """The rows of one table, before they have the numbers of a plan."""

    def __init__(self, resource, table: Table, constants, values: Replacements) -> None:
        self.resource = resource
        self.table = table
        names = [name for name in table.schema.names if name in table.data]
        cells = [_replaced(table.values(name), values.get(name, {})) for name in names]
        # Without any column the rows are there still, and say nothing.
        records = list(zip(*cells, strict=True)) if cells else [()] * len(table.rows)
        rows = list(zip(table.rows, records, strict=True))
        places = {name: self.place(0, name) for name in names if len(table)}
        completed = resource.complete_rows(names, rows, constants, places)
        names, rows, self.issues, *notices = completed
        self.notices = [notice for said in notices for notice in said]
        self.names, self.rows = _with_constants(names, rows, constants)
        self.values = values

    def column(self, name: str) -> SheetColumn:
        table = self.table
        letter, heading = self.place(0, name) if len(table) else ("", "")
        held = as_held if table.grid.encoding == "cp932" else str
        return SheetColumn(self.resource, name, letter=letter, heading=heading, held=held)

    def place(self, record: int, name: str) -> tuple[str, str]:
        """Return letter and heading of a record's cell; an own column goes before a year's."""
        own = next((each for each in self.table.headings if each.name == name), None)
        heading = own or self.table.heading_of(record, name)
        return (heading.letter, heading.text) if heading else ("", "")

    @property
    def units(self) -> Sequence[str]:
        amount, _unit = self.resource.amount_and_unit
        same = amount and len(self.rows) == len(self.table)
        return self.table.units(amount) if same else []

    @property
    def faults(self) -> Iterator[Issue]:
        for (record, name), fault in self.table.faults.items():
            if fault.value in self.values.get(name, {}):
                continue
            place = self.table.place(record, name)
            heading = self.table.heading_of(record, name) if name else None
            yield Issue(
                sheet=place.sheet,
                row=place.row,
                column=place.column,
                heading=heading.text if heading else "",
                value=fault.value,
                code=fault.code,
                message=fault.reason_and_remedy.in_words(_),
            )
        yield from self.issues

    def sheet_rows(self) -> SheetRows:
        return SheetRows(
            columns=tuple(map(self.column, self.names)),
            rows=self.rows,
            sheets=(self.table.grid.sheet,),
            units=self.units,
            faults=[(issue.row, issue) for issue in self.faults],
            notices=self.notices,
            place=self.place if self.table.year_index else None,
        )


def _joined(parts: Sequence[_Part]) -> SheetRows:
    """The rows of several tables; a column that a table lacks says nothing of its rows."""
    names = list(dict.fromkeys(name for part in parts for name in part.names))
    firsts = [0, *accumulate(len(part.rows) for part in parts)]
    rows: list[tuple[int, Sequence[Any]]] = []
    absent: dict[str, list[range]] = {}
    for index, (part, first) in enumerate(zip(parts, firsts, strict=False)):
        positions = [part.names.index(name) if name in part.names else None for name in names]
        for row, cells in part.rows:
            spread = tuple(["" if at is None else cells[at] for at in positions])
            rows.append((row_number(index, row), spread))
        for name, at in zip(names, positions, strict=True):
            if at is None:
                absent.setdefault(name, []).append(range(first, first + len(part.rows)))

    def place(record: int, name: str) -> tuple[str, str]:
        index = next(i for i, first in enumerate(firsts[1:]) if record < first)
        return parts[index].place(record - firsts[index], name)

    owners = {name: next(part for part in parts if name in part.names) for name in names}
    units = [unit for part in parts for unit in part.units or [""] * len(part.rows)]
    return SheetRows(
        columns=tuple(owners[name].column(name) for name in names),
        rows=rows,
        sheets=[part.table.grid.sheet for part in parts],
        units=units if any(units) else [],
        faults=[
            (row_number(index, issue.row), issue)
            for index, part in enumerate(parts)
            for issue in part.faults
        ],
        notices=[notice for part in parts for notice in part.notices],
        place=place,
        absent=absent,
    )


def _replaced(cells: Sequence[Any], values: Mapping[str, str]) -> Sequence[Any]:
    return [values.get(cell_text(cell), cell) for cell in cells] if values else cells


def _with_constants(names: Sequence[str], rows: list, constants: Mapping[str, str]):
    """Fill in what is the same for all rows: columns that are absent, and blank cells."""
    filling = {names.index(name): constants[name] for name in constants if name in names}
    if filling:
        rows = [
            (row, tuple(_filled(cell, filling.get(at)) for at, cell in enumerate(cells)))
            for row, cells in rows
        ]
    given = [name for name in constants if name not in names]
    if given:
        tail = tuple(constants[name] for name in given)
        rows = [(row, (*cells, *tail)) for row, cells in rows]
    return [*names, *given], rows


def _filled(cell: Any, constant: str | None) -> Any:
    is_open = constant is not None and cell is not ERASED and cell_text(cell) == ""
    return constant if is_open else cell


def missing_keys(resource, tables: Sequence[Table], rows: SheetRows) -> tuple[Table, list[str]]:
    """Return the columns that tell records apart and that a table lacks, and the first such table.

    The list is empty when every table has all of them.
    """
    given = {column.name for column in rows.columns}
    keys = resource._meta.import_id_fields
    missing = [name for name in keys if name not in given or name in rows.absent]
    if not missing:
        return tables[0], []
    firsts = accumulate((len(t) for t in tables), initial=0)
    for table, first in zip(tables, firsts, strict=False):
        if any(name not in given or rows.lacks(first, name) for name in missing):
            return table, missing
    return tables[0], missing
