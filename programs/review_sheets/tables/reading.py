"""Two published tables → the sheets they hold, each with its amounts by fiscal year. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from values.money import YEN_PER_UNIT

from .cells import AmountReader, read_year
from .layouts import EXTRACT, OFFICIAL, Layout, columns, layout_of, not_read
from .notices import RunNotices
from .refusals import LISTED, ReviewSheetError, ReviewSheetsRefused
from .review_sheet import BASES, Amounts, ReviewSheet
from .sheet_rows import SheetRow
from .table_file import TableFile

NOTHING: Amounts = (None,) * len(BASES)
_EXECUTED, _CARRIED_OUT = BASES.index("executed"), BASES.index("carried_out")

Key = tuple[str, ...]
StepProgress = Callable[[str, int], None]
"""Told what is being done and how many rows of it are."""


@dataclass
class Reading:
    """What two tables say. `rows` counts their rows below the headings."""

    layout: Layout
    sheets: list[ReviewSheet]
    notices: RunNotices
    rows: dict[str, int] = field(default_factory=dict)


def read_review_sheets(
    sheets_table: TableFile, budgets_table: TableFile, progress: StepProgress
) -> Reading:
    """Read all sheets in the order of the file. Raises ReviewSheetsRefused with every fault."""
    faults = _Faults()
    try:
        layout = layout_of(sheets_table, budgets_table)
    except ReviewSheetError as error:
        raise ReviewSheetsRefused([error]) from error
    reading = Reading(layout, [], RunNotices())
    _note_columns(sheets_table, set(layout.sheets.values()), reading.notices)
    _note_columns(budgets_table, layout.budget_headings, reading.notices)
    by_key = _read_sheets(sheets_table, reading, faults, progress)
    _read_budgets(budgets_table, reading, by_key, faults, progress)
    if not by_key:
        faults.add(ReviewSheetError.because("file.empty", "").at(file=sheets_table.name))
    faults.raise_any()
    reading.sheets = list(by_key.values())
    return reading


class _Faults:
    """Collects faults until there are as many as a person will read."""

    def __init__(self) -> None:
        self.errors: list[ReviewSheetError] = []

    def add(self, error: ReviewSheetError) -> None:
        self.errors.append(error)
        if len(self.errors) >= LISTED:
            self.raise_any()

    def raise_any(self) -> None:
        if self.errors:
            raise ReviewSheetsRefused(self.errors)


def _note_columns(table: TableFile, wanted: set[str], notices: RunNotices) -> None:
    for heading in not_read(table.headings, wanted):
        notices.add("column.not_read", f"{table.name}「{heading}」")


def _rows(
    table: TableFile, faults: _Faults, step: str, progress: StepProgress
) -> Iterator[tuple[int, list[str]]]:
    count = 0
    try:
        for count, (line, cells) in enumerate(table.rows(), start=1):
            if not count % 1_000:
                progress(step, count)
            yield line, cells
    except ReviewSheetError as error:
        faults.add(error)
    progress(step, count)


def _read_sheets(
    table: TableFile, reading: Reading, faults: _Faults, progress: StepProgress
) -> dict[Key, ReviewSheet]:
    layout = reading.layout
    at = columns(table.headings, layout.sheets)
    found: dict[Key, ReviewSheet] = {}
    for line, cells in _rows(table, faults, "sheets", progress):
        reading.rows["sheets"] = reading.rows.get("sheets", 0) + 1
        row = SheetRow(table.name, layout, line, {name: cells[place] for name, place in at.items()})
        try:
            sheet = row.sheet(reading.notices)
        except ReviewSheetError as error:
            faults.add(error)
            continue
        first = found.setdefault(_key(layout, sheet), sheet)
        if first is not sheet and not (layout is OFFICIAL and first.name == sheet.name):
            faults.add(
                ReviewSheetError.because(
                    "sheet.duplicate", sheet.locator, first=str(first.line)
                ).at(file=table.name, line=line, heading=layout.sheets["number"])
            )
    return found


def _key(layout: Layout, sheet: ReviewSheet) -> Key:
    """An official number is unique in its year; the extract's is so within a ministry."""
    if layout is OFFICIAL:
        return str(sheet.year), sheet.number
    return str(sheet.year), sheet.ministry, sheet.number


def _read_budgets(
    table: TableFile,
    reading: Reading,
    by_key: dict[Key, ReviewSheet],
    faults: _Faults,
    progress: StepProgress,
) -> None:
    """Give each sheet its amounts. Official rows without totals tell of accounts: not read."""
    layout = reading.layout
    columns_read = _BudgetColumns(table, layout)
    seen: dict[tuple[Key, str], int] = {}
    for line, cells in _rows(table, faults, "budgets", progress):
        reading.rows["budgets"] = reading.rows.get("budgets", 0) + 1
        key, year = columns_read.key(cells), cells[columns_read.fiscal_year]
        if layout is OFFICIAL and not columns_read.has_totals(cells):
            continue
        heading = layout.budgets["number"]
        try:
            sheet = by_key.get(key)
            if sheet is None:
                raise ReviewSheetError.because("budget.without_sheet", "/".join([*key, year]))
            first = seen.setdefault((key, year), line)
            if first != line:
                raise ReviewSheetError.because(
                    "budget.duplicate", "/".join([*key, year]), first=str(first)
                )
            heading = layout.budgets["fiscal_year"]
            fiscal_year = read_year(year)
            amounts = columns_read.amounts(cells, line, reading.notices)
        except ReviewSheetError as error:
            faults.add(error.at(file=table.name, line=line, heading=error.heading or heading))
            continue
        _give(sheet, fiscal_year, amounts, layout)


class _BudgetColumns:
    """Where the cells of a table of budgets stand, and how its amounts are read."""

    def __init__(self, table: TableFile, layout: Layout) -> None:
        at = columns(table.headings, layout.budgets)
        self.file = table.name
        self.fiscal_year = at.pop("fiscal_year")
        self._key = list(at.values())
        self._totals = [(heading, table.headings.index(heading)) for heading in layout.totals]
        self._reader = AmountReader(YEN_PER_UNIT[layout.unit])

    def key(self, cells: list[str]) -> Key:
        return tuple(cells[place].strip() for place in self._key)

    def has_totals(self, cells: list[str]) -> bool:
        return any(cells[place] for _, place in self._totals)

    def amounts(self, cells: list[str], line: int, notices: RunNotices) -> list[int | None]:
        """Return the amounts of a row in yen, in the order of BASES."""
        amounts = []
        for heading, place in self._totals:
            text = cells[place]
            try:
                amounts.append(self._reader.read(text))
            except ReviewSheetError as error:
                raise error.at(file=self.file, line=line, heading=heading) from None
            if self._reader.was_rounded(text):
                notices.add("amount.below_yen", f"{self.file} {line}行目 {text}")
        return amounts


def _give(sheet: ReviewSheet, fiscal_year: int, amounts: list[int | None], layout: Layout) -> None:
    """Put a row's amounts under the years they are of.

    The official request stands in the row of the year in which it was made, one year early. What
    a sheet says of its own year is written in mid-year: an executed 0 is no amount yet. What is
    carried out is printed without the minus that the records and the older sheets give it.
    """
    if layout is EXTRACT:
        sheet.amounts[fiscal_year] = tuple(amounts)
        return
    *own, request = amounts
    if fiscal_year >= sheet.year:
        own[_EXECUTED] = None
    if (carried_out := own[_CARRIED_OUT]) is not None:
        own[_CARRIED_OUT] = -carried_out
    _merge(sheet, fiscal_year, (*own, None))
    _merge(sheet, fiscal_year + 1, (*NOTHING[:-1], request))


def _merge(sheet: ReviewSheet, fiscal_year: int, amounts: Amounts) -> None:
    present = sheet.amounts.get(fiscal_year, NOTHING)
    sheet.amounts[fiscal_year] = tuple(
        old if new is None else new for old, new in zip(present, amounts, strict=True)
    )
