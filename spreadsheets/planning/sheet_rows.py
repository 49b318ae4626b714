"""A Table, which knows no records, as the rows of a Resource's columns."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from ..reading.cp932_text import as_held
from ..understanding.table import Table
from .issues import Issue
from .sheet_columns import SheetColumn
from .sheet_values import SheetRows


def sheet_rows(resource, table: Table, constants: Mapping[str, str]) -> SheetRows:
    """Return a Table's records as rows of the Resource's columns."""
    names = [name for name in table.schema.names if name in table.data]
    records = list(zip(*(table.values(name) for name in names), strict=True))
    rows = list(zip(table.rows, records, strict=True))
    places = {name: _place(table, 0, name) for name in names if len(table)}
    names, rows, issues, *notices = resource.complete_rows(names, rows, constants, places)
    given = [name for name in constants if name not in names]
    names = [*names, *given]
    if given:
        tail = tuple(constants[name] for name in given)
        rows = [(row, (*cells, *tail)) for row, cells in rows]
    return SheetRows(
        columns=tuple(_column(resource, table, name) for name in names),
        rows=rows,
        sheet=table.grid.sheet,
        units=_units(resource, table) if len(rows) == len(table) else [],
        faults=[*_faults(table), *issues],
        notices=[notice for said in notices for notice in said],
        place=(lambda record, name: _place(table, record, name)) if table.year_index else None,
    )


def _column(resource, table: Table, name: str) -> SheetColumn:
    letter, heading = _place(table, 0, name) if len(table) else ("", "")
    held = as_held if table.grid.encoding == "cp932" else str
    return SheetColumn(resource, name, letter=letter, heading=heading, held=held)


def _place(table: Table, record: int, name: str) -> tuple[str, str]:
    """Return letter and heading of a record's cell; a column of its own goes before a year's."""
    own = next((each for each in table.headings if each.name == name), None)
    heading = own or table.heading_of(record, name)
    return (heading.letter, heading.text) if heading else ("", "")


def _units(resource, table: Table) -> list[str]:
    amount, _unit = resource.amount_and_unit
    return table.units(amount) if amount else []


def _faults(table: Table) -> list[Issue]:
    found = []
    for (record, name), fault in table.faults.items():
        place = table.place(record, name)
        heading = table.heading_of(record, name) if name else None
        found.append(
            Issue(
                sheet=place.sheet,
                row=place.row,
                column=place.column,
                heading=heading.text if heading else "",
                value=fault.value,
                code=fault.code,
                message=fault.reason_and_remedy.in_words(_),
            )
        )
    return found


def missing_keys(resource, rows: SheetRows) -> list[str]:
    """Which columns that tell records apart the sheet lacks."""
    given = {column.name for column in rows.columns}
    return [name for name in resource._meta.import_id_fields if name not in given]
