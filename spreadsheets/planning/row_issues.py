"""What is wrong with the rows of a sheet that is being planned, gathered row by row."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from ..resources.cells import cell_text
from .issues import Issue
from .row_numbers import parted
from .sheet_columns import SheetColumn
from .sheet_values import SheetRows


class RowIssues(dict[int, list[Issue]]):
    """The number of a row → its faults, each once. Places are said as the sheet has them."""

    def __init__(self, sheet: SheetRows) -> None:
        super().__init__()
        self.sheet = sheet
        for row, issue in sheet.faults:
            self._keep(row, issue)

    def refuse(
        self,
        row: int,
        column: SheetColumn | None,
        raw: Any,
        code: str,
        message: str,
        *,
        record: int | None = None,
        near: tuple[tuple[str, str], ...] = (),
    ) -> None:
        """Refuse a row for one of its columns, or as a whole when `column` is None."""
        letter, heading = self._place(row, record, column) if column else ("", "")
        table, excel_row = parted(row)
        sheet = self.sheet.sheets[table]
        issue = Issue(sheet, excel_row, letter, heading, cell_text(raw), code, message, near)
        self._keep(row, issue)

    def said(self, row: int | None) -> str:
        """Return a row's number for a sentence, with its sheet where there are several tables."""
        if row is None:
            return ""
        table, excel_row = parted(row)
        if len(set(self.sheet.sheets)) == 1:
            return str(excel_row)
        words = {"sheet": self.sheet.sheets[table], "row": excel_row}
        return _("シート「%(sheet)s」の%(row)s") % words

    def _keep(self, row: int, issue: Issue) -> None:
        issues = self.setdefault(row, [])
        if issue not in issues:
            issues.append(issue)

    def _place(self, row: int, record: int | None, column: SheetColumn) -> tuple[str, str]:
        if self.sheet.place is None:
            return column.letter, column.heading
        record = self._first_records.get(row, 0) if record is None else record
        return self.sheet.place(record, column.name)

    @cached_property
    def _first_records(self) -> dict[int, int]:
        numbered = enumerate(self.sheet.rows)
        found: dict[int, int] = {}
        for record, (row, _cells) in numbered:
            found.setdefault(row, record)
        return found
