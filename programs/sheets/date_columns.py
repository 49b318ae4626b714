"""Columns of dates as sheets have them: serial numbers, times of day, a span in one cell."""

import datetime
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from spreadsheets.reading import Notice
from spreadsheets.resources.cells import KEPT, ParsedCell, cell_text
from values.messages import Message, gettext_noop
from values.partial_date_text import PartialDateError, parse, parse_period
from values.text_key import numeral_key

_DAY_ZERO = datetime.date(1899, 12, 30)
_SERIALS = range(20_000, 73_416)
"""1954-10-03 to 2100-12-31: a number cell that nobody gave the format of a date."""
_CLOCK = (
    r"(?:午前|午後|am|pm)?\s*\d{1,2}(?:[:：]\d{2}(?:[:：]\d{2}(?:\.\d+)?)?|時(?:\d{1,2}分|半)?)"
)
_TIME = re.compile(
    rf"(?:[\s\u3000T]+|(?<=[日)）])){_CLOCK}\s*(?:am|pm)?(?:\s*[~〜～–-]\s*{_CLOCK})?$",
    re.IGNORECASE,
)
_SHOWN = 5

Rows = Sequence[tuple[int, Sequence[Any]]]


class DayCell(ParsedCell):
    """A whole date, in any notation of dates; a month or a year alone is no day."""

    accepts = "日付。2019-03-14、2019/3/14、2019年3月14日、平成31年3月14日 のどれでも読めます。"

    def __init__(self):
        super().__init__(read_day, write=lambda day: day)


def read_day(text):
    """Return the day that `text` names; ValueError for a month or a year, Refusal for no date."""
    date = parse(text)
    if date.day is None:
        raise ValueError(
            _("「%(value)s」は日までの日付ではありません。日まで書くか、空欄にしてください。")
            % {"value": text}
        )
    return date.first_day


class DateColumns:
    """Makes plain dates of what stands in some columns; `notices` say what was made of what."""

    def __init__(self, places: Mapping[str, tuple[str, str]]) -> None:
        self.places = places
        self.serials: list[str] = []
        self.times: list[str] = []
        self.spans: list[str] = []

    def settled(self, name: str, row: int, cell: Any) -> Any:
        """Return a cell with its serial number as a date, and without its time of day."""
        if day := _day_of_serial(cell):
            self.serials.append(self._said(name, row, f"{cell_text(cell)} → {day}"))
            return day
        if isinstance(cell, datetime.datetime):
            if cell.time() != datetime.time():
                self.times.append(self._said(name, row))
            return cell.date()
        text = cell_text(cell)
        date = _TIME.sub("", text)
        if date == text or not _is_date(date) or _is_date(text):
            return cell
        self.times.append(self._said(name, row))
        return date

    def split(self, start: str, row: int, cell: Any) -> tuple[Any, Any]:
        """Return the first and the last day of a span in one cell; KEPT for a date alone."""
        text = cell_text(cell)
        if not text or _is_date(text):
            return cell, KEPT
        try:
            period = parse_period(text)
        except PartialDateError:
            return cell, KEPT
        if period.end is None:
            return cell, KEPT
        self.spans.append(self._said(start, row))
        return period.start.stored, period.end.stored

    def _said(self, name: str, row: int, words: str = "") -> str:
        letter, _heading = self.places.get(name, ("", ""))
        return f"{letter}{row}" + (f": {words}" if words else "")

    @property
    def notices(self) -> list[Notice]:
        found = []
        for code, said, places in (
            (
                "date.serial",
                gettext_noop(
                    "%(count)s 個のセルの数は、Excel の通し日数として読みました（%(shown)s）。"
                ),
                self.serials,
            ),
            (
                "left_out.time",
                gettext_noop("%(count)s 個のセルの時刻は除き、日付だけを読みました（%(shown)s）。"),
                self.times,
            ),
            (
                "date.span",
                gettext_noop("%(count)s 個のセルの期間は、日付と最終日に分けました（%(shown)s）。"),
                self.spans,
            ),
        ):
            if places:
                shown = ", ".join(places[:_SHOWN]) + ("…" if len(places) > _SHOWN else "")
                message = Message(said, {"count": len(places), "shown": shown})
                found.append(Notice(code, message))
        return found


def settle_dates(
    names: Sequence[str], rows: Rows, columns: Sequence[str], dates: DateColumns
) -> Rows:
    """Return the rows with `columns` settled; those that need nothing are the same objects."""
    places = [(names.index(name), name) for name in columns if name in names]
    if not places:
        return rows
    changed: dict[int, dict[int, Any]] = defaultdict(dict)
    for index, (row, cells) in enumerate(rows):
        for at, name in places:
            settled = dates.settled(name, row, cells[at])
            if settled is not cells[at]:
                changed[index][at] = settled
    return [
        (row, tuple(changed[index].get(at, cell) for at, cell in enumerate(cells)))
        if index in changed
        else (row, cells)
        for index, (row, cells) in enumerate(rows)
    ]


def split_spans(
    names: Sequence[str], rows: Rows, *, start: str, end: str, dates: DateColumns
) -> tuple[Sequence[str], Rows]:
    """Return names and rows with spans in `start` parted where the row has no `end`."""
    if start not in names:
        return names, rows
    at = names.index(start)
    end_at = names.index(end) if end in names else None
    split = []
    for row, cells in rows:
        has_end = end_at is not None and bool(cell_text(cells[end_at]))
        first, last = (cells[at], KEPT) if has_end else dates.split(start, row, cells[at])
        parted = list(cells)
        parted[at] = first
        if end_at is None:
            parted.append(last)
        elif last is not KEPT:
            parted[end_at] = last
        split.append((row, tuple(parted)))
    if not dates.spans:
        return names, rows
    return ([*names, end] if end_at is None else names), split


def _day_of_serial(cell: Any) -> datetime.date | None:
    if isinstance(cell, bool | datetime.date):
        return None
    if isinstance(cell, int | float):
        return _DAY_ZERO + datetime.timedelta(int(cell)) if int(cell) in _SERIALS else None
    text = numeral_key(cell_text(cell))
    if len(text) == 5 and text.isascii() and text.isdigit() and int(text) in _SERIALS:
        return _DAY_ZERO + datetime.timedelta(int(text))
    return None


@lru_cache(maxsize=4096)
def _is_date(text: str) -> bool:
    try:
        parse(text)
    except PartialDateError:
        return False
    return True
