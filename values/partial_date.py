"""A date known to the day, the month, the year, or only to the fiscal year. Pure.

2008年 stays the calendar year 2008: whether it lies in FY2007 or FY2008 is not known.
"""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from .era import FIRST_YEAR, LAST_YEAR
from .fiscal_year import FiscalYear
from .language import is_english
from .messages import gettext_noop
from .refusal import Refusal

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class PartialDateError(Refusal):
    """Text that is no date, or numbers that make none."""

    bounds = {"first": FIRST_YEAR, "last": LAST_YEAR}
    reasons = {
        "date.unknown": gettext_noop(
            "「%(value)s」を日付として読めません（例 2019-03-14、"
            "2019年3月、2019年、令和元年6月28日、2018年度）。"
        ),
        "date.no_such_day": gettext_noop("「%(value)s」という日はありません。"),
        "date.era_range": gettext_noop(
            "「%(value)s」は%(era)sの日付ではありません（%(era)sは%(span)s）。"
        ),
        "date.weekday": gettext_noop("「%(value)s」の日付と曜日が合いません。"),
        "date.lunar": gettext_noop("「%(value)s」は旧暦です。西暦（太陽暦）で書いてください。"),
        "date.out_of_range": gettext_noop(
            "「%(value)s」は%(first)s年から%(last)s年までの日付ではありません。"
        ),
        "date.no_year": gettext_noop("「%(value)s」には年がありません。年から書いてください。"),
        "date.short_year": gettext_noop(
            "「%(value)s」の年は、西暦の下2桁とも元号の年とも読めます。"
            "西暦4桁か、%(era)sのように書いてください。"
        ),
        "date.short_month": gettext_noop(
            "「%(value)s」は、西暦の下2桁からの日付とも年と月とも読めます。"
        ),
        "date.vague": gettext_noop(
            "「%(value)s」は日付として読めません。分かる年・月・日までを書いてください。"
        ),
        "date.contradiction": gettext_noop("「%(value)s」の西暦と和暦が合いません。"),
        "date.decimal": gettext_noop("「%(value)s」は小数とも月とも読めます。"),
        "date.range": gettext_noop("「%(value)s」は期間です。日付を一つだけ書いてください。"),
        "date.reversed": gettext_noop("「%(value)s」は終わりが始まりより前です。"),
        "date.ambiguous": gettext_noop(
            "「%(value)s」は終わりの年とも年数とも読めます。「まで」か「年間」を付けてください。"
        ),
    }


@dataclass(frozen=True)
class PartialDate:
    """What is known of a date. With `is_fiscal`, `year` is a fiscal year and stands alone.

    Raises PartialDateError for what is no date, as 2019-02-30, or not in the years 1868 to 2100.
    """

    year: int
    month: int | None = None
    day: int | None = None
    is_fiscal: bool = False

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise PartialDateError.because("date.out_of_range", str(self.year))
        has_a_gap = self.day is not None and self.month is None
        if has_a_gap or (self.is_fiscal and self.month is not None):
            raise ValueError(f"no partial date: {self!r}")
        try:
            datetime.date(
                self.year,
                1 if self.month is None else self.month,
                1 if self.day is None else self.day,
            )
        except ValueError:
            raise PartialDateError.because("date.no_such_day", self.label()) from None

    @property
    def stored(self) -> str:
        """2019-03-14, 2019-03, 2019 (ISO 8601), or FY2018."""
        if self.is_fiscal:
            return f"FY{self.year:04d}"
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
        if self.day is not None:
            parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @property
    def fiscal_year(self) -> int | None:
        """The fiscal year the date lies in; None when only its calendar year is known."""
        if self.is_fiscal:
            return self.year
        if self.month is None:
            return None
        return self.year if self.month >= 4 else self.year - 1

    @property
    def first_day(self) -> datetime.date:
        """The earliest day it may be."""
        if self.is_fiscal:
            return FiscalYear(self.year).first_day
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """The latest day it may be, inclusive."""
        if self.is_fiscal:
            return FiscalYear(self.year).last_day
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def label(self, language: str | None = "ja") -> str:
        """2019年3月14日, 2019年3月, 2019年, 2018年度; 14 March 2019, March 2019, 2019, FY2018."""
        if is_english(language):
            if self.is_fiscal:
                return f"FY{self.year}"
            month = MONTHS[self.month - 1] if self.month else ""
            return " ".join(str(part) for part in (self.day, month, self.year) if part)
        if self.is_fiscal:
            return f"{self.year}年度"
        label = f"{self.year}年"
        if self.month is not None:
            label += f"{self.month}月"
        if self.day is not None:
            label += f"{self.day}日"
        return label

    def __str__(self) -> str:
        return self.label()


@dataclass(frozen=True)
class Period:
    """From `start` to `end`, both inclusive. A single date has no end and is not open."""

    start: PartialDate
    end: PartialDate | None = None
    is_open: bool = False

    def label(self, language: str | None = "ja") -> str:
        """2012年～2015年, 2019年～, 2020年; with – in English."""
        mark = "–" if is_english(language) else "～"
        if self.end is None:
            return self.start.label(language) + (mark if self.is_open else "")
        return f"{self.start.label(language)}{mark}{self.end.label(language)}"

    def __str__(self) -> str:
        return self.label()


def read_stored(text: str) -> PartialDate:
    """Return the date whose `stored` is `text`."""
    if text.startswith("FY"):
        return PartialDate(int(text[2:]), is_fiscal=True)
    year, _, month_and_day = text.partition("-")
    month, _, day = month_and_day.partition("-")
    return PartialDate(int(year), int(month) if month else None, int(day) if day else None)
