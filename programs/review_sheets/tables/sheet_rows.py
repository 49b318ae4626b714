"""One row of a published table of sheets → a ReviewSheet. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from .cells import one_line, possible_year, read_flag, read_old_numbers, read_pointers, read_year
from .layouts import OFFICIAL, Layout
from .notices import RunNotices
from .refusals import ReviewSheetError
from .review_sheet import EndState, Pointer, ReviewSheet

LONGEST_NAME = 200
_LONGEST_NUMBER = 60
_ADVANCE_YEARS = 3

T = TypeVar("T")


class SheetRow:
    """One row of the table of sheets: each cell is read with its heading at hand."""

    def __init__(self, file: str, layout: Layout, line: int, cells: dict[str, str]) -> None:
        self.file, self.layout, self.line, self.cells = file, layout, line, cells

    def sheet(self, notices: RunNotices) -> ReviewSheet:
        year = self._read("year", read_year)
        ministry = self._text("ministry", LONGEST_NAME)
        is_official = self.layout is OFFICIAL
        start, end, end_state = self._period(year, notices)
        return ReviewSheet(
            year=year,
            ministry=ministry,
            number=self._text("number", _LONGEST_NUMBER),
            name=self._text("name", LONGEST_NAME),
            scheme="rs_system" if is_official else "review_sheet",
            judgit_id=self.cells.get("judgit_id", ""),
            start=start,
            end=end,
            end_state=end_state,
            pointers=self._pointers(ministry, notices),
            unit=self.layout.unit,
            line=self.line,
        )

    def _period(self, year: int, notices: RunNotices) -> tuple[int | None, int | None, EndState]:
        start = self._year_or_none("start", year + _ADVANCE_YEARS, notices)
        end = self._year_or_none("end", None, notices)
        if start and end and end < start:
            notices.add("year.impossible", f"{self.file} {self.line}行目 {start}～{end}")
            end = None
        has_no_end = False
        if self.layout is OFFICIAL:
            if self._read("has_no_start", read_flag):
                start = None
            has_no_end = self._read("has_no_end", read_flag)
        if end is None:
            return start, None, "ongoing" if has_no_end else "unknown"
        if has_no_end:
            notices.add("end.contradiction", f"{self.file} {self.line}行目 {end}")
        return start, end, "known"

    def _year_or_none(self, name: str, latest: int | None, notices: RunNotices) -> int | None:
        text = self.cells[name]
        year = possible_year(text)
        if text and (year is None or (latest is not None and year > latest)):
            notices.add("year.impossible", f"{self.file} {self.line}行目 {text}")
            return None
        return year

    def _pointers(self, ministry: str, notices: RunNotices) -> tuple[Pointer, ...]:
        text = self.cells["pointers"]
        if self.layout is OFFICIAL:
            return read_old_numbers(text, ministry)
        pointers, unreadable = read_pointers(text)
        for part in unreadable:
            notices.add("pointer.unreadable", f"{self.file} {self.line}行目 {part}")
        return pointers

    def _text(self, name: str, longest: int) -> str:
        text = one_line(self.cells[name])
        if not text:
            raise self._placed(ReviewSheetError.because("cell.blank", ""), name)
        if len(text) > longest:
            raise self._placed(
                ReviewSheetError.because("cell.too_long", text, limit=str(longest)), name
            )
        return text

    def _read(self, name: str, read: Callable[[str], T]) -> T:
        try:
            return read(self.cells[name])
        except ReviewSheetError as error:
            raise self._placed(error, name) from None

    def _placed(self, error: ReviewSheetError, name: str) -> ReviewSheetError:
        return error.at(file=self.file, line=self.line, heading=self.layout.sheets[name])
