"""The cells of a sheet's used columns as values, column by column: the first half of planning."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..reading import Notice
from ..resources.cells import KEPT
from .issues import Issue
from .sheet_columns import MISSING, Refused, SheetColumn


@dataclass(frozen=True)
class SheetRows:
    """What reading and understanding hand over: used columns and data rows.

    rows    (Excel's row number, cells in the order of `columns`)
    units   for each row the unit that heading, row or sheet give its amount; empty for none
    faults  what reading already found wrong
    notices what the Resource decided of rows and cells
    place   (index of a row, column name) → letter and heading of its cell, where a column of the
            Resource is spread over several of the sheet; None when every column has one letter
    """

    columns: tuple[SheetColumn, ...]
    rows: Sequence[tuple[int, Sequence[Any]]]
    sheet: str = ""
    units: Sequence[str] = ()
    faults: Sequence[Issue] = ()
    notices: Sequence[Notice] = ()
    place: Callable[[int, str], tuple[str, str]] | None = None


# A row of a model's table before the import: (pk, values in the order of the attnames), or None.
Found = Sequence[tuple | None]


class SheetValues(dict[str, list]):
    """attname → one value a record: MISSING for a blank cell, Refused for one that is reported.

    Keys are read first. With them the records are known, and a text cell that says what its
    record says already needs no parsing and no check.
    """

    def __init__(self, sheet: SheetRows, unit_column: str, add_issue: Callable[..., None]) -> None:
        super().__init__()
        self.sheet = sheet
        self.unit_column = unit_column
        self.add_issue = add_issue
        cells = zip(*(cells for _row, cells in sheet.rows), strict=True)
        self.cells = dict(zip(sheet.columns, cells, strict=True)) if sheet.rows else {}

    def of(self, record: int) -> dict[str, Any]:
        return {attname: values[record] for attname, values in self.items()}

    def read_keys(self, attnames: Sequence[str]) -> None:
        for column in self.sheet.columns:
            if column.attname in attnames:
                self._read(column)

    def read_others(self, found: Found, positions: Mapping[str, int]) -> None:
        """Read the columns that are no keys. `positions` of attnames in the rows of `found`."""
        is_new = not any(found)
        for column in self.sheet.columns:
            if column.attname in self or column.takes_unit:
                continue
            position = positions.get(column.attname)
            if is_new or position is None:
                self._read(column)
            else:
                self._read(column, [row and row[position] for row in found])
        for column in self.sheet.columns:
            if column.takes_unit:
                self._read_amounts(column)

    def keep_blanks(self, found: Found, positions: Mapping[str, int]) -> None:
        """Let a blank cell mean what its record has, where there is a record."""
        if not any(found):
            return
        for attname, values in self.items():
            if attname in positions and MISSING in values:
                position = positions[attname]
                self[attname] = [
                    row[position] if value is MISSING and row else value
                    for value, row in zip(values, found, strict=True)
                ]

    def _read(self, column: SheetColumn, stored: Sequence[Any] = ()) -> None:
        raws = self.cells.get(column, ())
        if not stored:
            self[column.attname] = values = column.values(raws)
        else:
            values = list(raws)
            other = [
                record
                for record, (raw, known) in enumerate(zip(raws, stored, strict=True))
                if raw != known or not raw or type(raw) is not str
            ]
            for record, value in zip(
                other, column.values([raws[record] for record in other]), strict=True
            ):
                values[record] = value
            if column.has_kept:
                for record, raw in enumerate(raws):
                    if raw is KEPT and stored[record] is not None:
                        values[record] = stored[record]
            self[column.attname] = values
        if column.has_refused:
            self._report(column)

    def _read_amounts(self, column: SheetColumn) -> None:
        raws = self.cells.get(column, ())
        units = self.sheet.units or [""] * len(raws)
        pairs = [column.amount(raw, unit) for raw, unit in zip(raws, units, strict=True)]
        self[column.attname] = [value for value, _unit in pairs]
        given = [unit or MISSING for _value, unit in pairs]
        typed = self.get(self.unit_column, given)
        self[self.unit_column] = [
            unit if own is MISSING else own for own, unit in zip(typed, given, strict=True)
        ]
        if column.has_refused:
            self._report(column)

    def _report(self, column: SheetColumn) -> None:
        letter, heading = column.letter, column.heading
        for record, value in enumerate(self[column.attname]):
            if isinstance(value, Refused):
                if self.sheet.place:
                    letter, heading = self.sheet.place(record, column.name)
                row, raw = self.sheet.rows[record][0], self.cells[column][record]
                self.add_issue(row, letter, heading, raw, value.code, str(value))
