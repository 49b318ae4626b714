"""The cells of a sheet's used columns as values, column by column: the first half of planning."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..reading import Notice
from ..resources.cells import KEPT
from .issues import Issue
from .sheet_columns import MISSING, Refused, SheetColumn


@dataclass(frozen=True)
class SheetRows:
    """What reading and understanding hand over: used columns and data rows.

    rows    (row number, cells in the order of `columns`); see `row_numbers` for its number
    sheets  the name of each table's sheet
    units   for each row the unit that heading, row or sheet give its amount; empty for none
    faults  (row number, what reading already found wrong)
    notices what the Resource decided of rows and cells
    place   (index of a row, column name) → letter and heading of its cell, where a column of the
            Resource is spread over several of the sheet; None when every column has one letter
    absent  column name → indexes of rows whose table lacks the column
    """

    columns: tuple[SheetColumn, ...]
    rows: Sequence[tuple[int, Sequence[Any]]]
    sheets: Sequence[str] = ("",)
    units: Sequence[str] = ()
    faults: Sequence[tuple[int, Issue]] = ()
    notices: Sequence[Notice] = ()
    place: Callable[[int, str], tuple[str, str]] | None = None
    absent: Mapping[str, Sequence[range]] = field(default_factory=dict)

    def lacks(self, record: int, name: str) -> bool:
        """Whether the table of a row lacks a column that another table has."""
        return any(record in records for records in self.absent.get(name, ()))


# A row of a model's table before the import: (pk, values in the order of the attnames), or None.
Found = Sequence[tuple | None]


class SheetValues(dict[str, list]):
    """attname → one value a record: MISSING for a blank cell, Refused for one that is reported.

    Keys are read first. With them the records are known, and a text cell that says what its
    record says already needs no parsing and no check. `found_here` looks among the rows of the
    sheet for what a column that refers to the model itself did not find among the records.
    """

    def __init__(
        self,
        sheet: SheetRows,
        unit_column: str,
        refuse: Callable[..., None],
        found_here: Callable[[SheetColumn, list, Found], list],
    ) -> None:
        super().__init__()
        self.sheet = sheet
        self.unit_column = unit_column
        self.refuse = refuse
        self.found_here = found_here
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
                self._read(column, found=found)
            else:
                self._read(column, [row and row[position] for row in found], found)
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

    def _read(self, column: SheetColumn, stored: Sequence[Any] = (), found: Found = ()) -> None:
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
            if column.refers_to_own_model and found:
                self[column.attname] = self.found_here(column, values, found)
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
        for record, value in enumerate(self[column.attname]):
            if isinstance(value, Refused):
                row, raw = self.sheet.rows[record][0], self.cells[column][record]
                where = {"record": record, "near": value.near}
                self.refuse(row, column, raw, value.code, str(value), **where)
