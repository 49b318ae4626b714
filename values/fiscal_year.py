"""The Japanese fiscal year: 1 April to 31 March (財政法第11条). Pure.

An era's year n names the fiscal year that begins in the era's n-th calendar year. So 平成31年度 and
昭和64年度, as papers drafted before the change of era say, are FY2019 and FY1989.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from .era import (
    ERA_YEAR_PATTERN,
    ERAS,
    FIRST_YEAR,
    LAST_YEAR,
    Era,
    era_of,
    find_era,
    without_kanji_numerals,
)
from .language import is_english
from .messages import Message, gettext_noop
from .refusal import Refusal
from .text_key import numeral_key, split_range

LONGEST_YEAR = 40
"""Characters of a fiscal year as people type it."""

_REIWA = ERAS[-1]
_UNTIL = gettext_noop("%(number)s年まで")
_FROM_FIRST = gettext_noop("元年から")


class FiscalYearError(Refusal):
    """Text that is no fiscal year."""

    bounds = {"first": FIRST_YEAR, "last": LAST_YEAR}
    reasons = {
        "year.unknown": gettext_noop(
            "「%(value)s」を年度として読めません（例 2016、2016年度、平成28年度、H28）。"
        ),
        "year.era_range": gettext_noop("「%(year)s」という年はありません（%(era)sは%(limit)s）。"),
        "year.out_of_range": gettext_noop(
            "「%(value)s」は%(first)s年度から%(last)s年度までの年ではありません。"
        ),
        "year.fraction": gettext_noop("「%(value)s」は小数なので、年度ではありません。"),
        "year.calendar": gettext_noop("「%(value)s」は暦年です。年度で書いてください。"),
        "year.date": gettext_noop("「%(value)s」は日付と読めます。年度を書いてください。"),
        "year.range": gettext_noop("「%(value)s」は期間です。年度を一つだけ書いてください。"),
        "year.reversed": gettext_noop("「%(value)s」は終わりが始まりより前です。"),
        "year.contradiction": gettext_noop("「%(value)s」の西暦と和暦が合いません。"),
        "period.unknown": gettext_noop(
            "「%(value)s」を期間として読めません（例 2012年度～2015年度、2008年度～）。"
        ),
        "period.contradicts": gettext_noop(
            "「%(value)s」は、同じ行の開始年度・終了年度と合いません。"
        ),
        "period.length": gettext_noop("「%(value)s」の年度と年数が合いません。"),
    }


@dataclass(frozen=True, order=True)
class FiscalYear:
    """Fiscal year n runs from 1 April n to 31 March n+1, both inclusive. n is 1868 to 2100."""

    year: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise FiscalYearError.because("year.out_of_range", str(self.year))

    @classmethod
    def of(cls, day: datetime.date) -> FiscalYear:
        return cls(day.year if day.month >= 4 else day.year - 1)

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, 4, 1)

    @property
    def last_day(self) -> datetime.date:
        return datetime.date(self.year + 1, 3, 31)

    @property
    def era(self) -> Era:
        """The era that names the year: that of its first day, and 令和 for FY2019.

        FY2019 is 令和元年度 as a whole by the ministries' agreement of 2019-04-01
        (改元に伴う元号による年表示の取扱いについて). FY1989 is 平成元年度, FY1926 大正15年度.
        """
        return _REIWA if self.year == _REIWA.first_day.year else era_of(self.first_day)

    @property
    def western(self) -> str:
        """2019"""
        return str(self.year)

    @property
    def era_short(self) -> str:
        """R1"""
        return f"{self.era.letter}{self.year - self.era.first_day.year + 1}"

    @property
    def combined(self) -> str:
        """2019（令和元）"""
        return f"{self.year}（{self.era.name}{self.era.number(self.year)}）"

    def label(self, language: str | None = "ja") -> str:
        """2019年度, or FY2019 in English."""
        return f"FY{self.year}" if is_english(language) else f"{self.year}年度"

    def __str__(self) -> str:
        return self.label()


@dataclass(frozen=True)
class FiscalYearRange:
    """First and last fiscal year, both inclusive; None where the text leaves the side open."""

    first: FiscalYear | None
    last: FiscalYear | None

    @property
    def is_open(self) -> bool:
        """Whether the range goes on: 2019年度～."""
        return self.last is None

    def __str__(self) -> str:
        if self.first == self.last:
            return str(self.first)
        return f"{self.first or ''}～{self.last or ''}"


_YEAR = re.compile(
    rf"(?:(?P<fy>fy)?(?P<western>\d+)(?P<fraction>\.\d+)?|{ERA_YEAR_PATTERN})"
    r"(?P<suffix>(?:会計)?年度|年)?",
    re.ASCII,
)
_BOTH_CALENDARS = re.compile(r"([^()]+)\(([^()]+)\)((?:会計)?年度|年)?")
_SHORT_END = re.compile(r"(\d{1,2})((?:会計)?年度|年)?", re.ASCII)
_DATE = re.compile(
    rf"(?:(?P<western>\d{{4}})|{ERA_YEAR_PATTERN})(?:年|[-/.])(?P<month>0?[1-9]|1[0-2])"
    r"(?:(?:月|[-/.])(?:\d{1,2}日?)?)?(?:[ t][\d:.]+)?",
    re.ASCII,
)


def parse(text: str, *, calendar_year_ok: bool = False) -> FiscalYear:
    """Return the fiscal year that a cell or a column heading names.

    Reads 2016, FY2016, 2016年度, 2016.0, H28, 平成28, 平成二十八年度, R元, 令和元年度 and both
    calendars as in 2019（令和元）, in any width. 2008年 is a calendar year and refused, unless
    `calendar_year_ok` says that the column is known to hold fiscal years. Raises FiscalYearError.
    """
    key = without_kanji_numerals(numeral_key(text))
    try:
        fiscal_year, is_calendar = _read(key, text)
    except FiscalYearError as error:
        raise _better_reason(key, text, error) from None
    if is_calendar and not calendar_year_ok:
        raise FiscalYearError.because("year.calendar", text, proposal=str(fiscal_year))
    return fiscal_year


def parse_range(text: str, *, calendar_year_ok: bool = False) -> FiscalYearRange:
    """Return the fiscal years from … to … that `text` names; one year is a range of one.

    Reads 2016年度～2019年度, 2016-2020, 平成28～30年度, 2019年度～ and ～2019, any wave or dash.
    A short end takes the start's century or era: 2012年度～15年度. Raises FiscalYearError.
    """
    key = without_kanji_numerals(numeral_key(text))
    words = None if _DATE.fullmatch(key) else split_range(key)
    if words is None:
        only = parse(text, calendar_year_ok=calendar_year_ok)
        return FiscalYearRange(only, only)
    start_word, end_word = words
    full_end_word = _lengthened(start_word, end_word)
    first, first_is_calendar = _read(start_word, text) if start_word else (None, False)
    last, last_is_calendar = _read(full_end_word, text) if full_end_word else (None, False)
    if first and last and last < first:
        is_short = full_end_word != end_word
        raise FiscalYearError.because(
            "year.reversed", text, proposal=_in_order(first, last, is_short)
        )
    years = FiscalYearRange(first, last)
    if (first_is_calendar or last_is_calendar) and not calendar_year_ok:
        raise FiscalYearError.because("year.calendar", text, proposal=str(years))
    return years


def _read(key: str, text: str) -> tuple[FiscalYear, bool]:
    """Return the year that `key` names and whether it is written as a calendar year (年)."""
    if both := _BOTH_CALENDARS.fullmatch(key):
        outer, inner, suffix = both.groups("")
        fiscal_year, is_calendar = _read(outer + suffix, text)
        if _read(inner, text)[0] != fiscal_year:
            raise FiscalYearError.because("year.contradiction", text)
        return fiscal_year, is_calendar
    match = _YEAR.fullmatch(key)
    if match is None or (match["western"] and len(match["western"]) < 3):
        raise FiscalYearError.because("year.unknown", text)
    is_calendar = match["suffix"] == "年" and not match["fy"]
    if match["era"]:
        return FiscalYear(_era_year(match, text)), is_calendar
    if match["fraction"] and match["fraction"].strip(".0"):
        raise FiscalYearError.because("year.fraction", text)
    if len(match["western"]) != 4 or not FIRST_YEAR <= int(match["western"]) <= LAST_YEAR:
        raise FiscalYearError.because("year.out_of_range", text)
    return FiscalYear(int(match["western"])), is_calendar


def _era_year(match: re.Match[str], text: str) -> int:
    era = find_era(match["era"])
    number = 1 if match["number"] == "元" else int(match["number"])
    year = era.western(number)
    if number and year > LAST_YEAR:
        raise FiscalYearError.because("year.out_of_range", text)
    if not era.has(number):
        last_number = era.last_number()
        raise FiscalYearError.because(
            "year.era_range",
            text,
            proposal=f"{year}年度" if number else "",
            year=f"{match['era'].upper()}{match['number']}",
            era=era.name,
            limit=Message(_UNTIL, {"number": last_number}) if number else Message(_FROM_FIRST),
        )
    return year


def _lengthened(start_word: str, end_word: str) -> str:
    """Give a short end what it shares with the start: 15年度 after 2012年度 is 2015年度."""
    start, end = _YEAR.fullmatch(start_word), _SHORT_END.fullmatch(end_word)
    if start is None or end is None:
        return end_word
    if start["era"]:
        return start["era"] + end_word
    return start["western"][:2] + end_word if len(end[1]) == 2 else end_word


def _in_order(first: FiscalYear, last: FiscalYear, is_short: bool) -> str:
    """Return what a range that ends before it starts should have been, "" if nothing fits."""
    if not is_short:
        return str(FiscalYearRange(last, first))
    next_century = last.year + 100
    if next_century > LAST_YEAR:
        return ""
    return str(FiscalYearRange(first, FiscalYear(next_century)))


def _better_reason(key: str, text: str, error: FiscalYearError) -> FiscalYearError:
    """Say that `text` is a date or a range where that is why it is no year."""
    if error.code != "year.unknown":
        return error
    if date := _DATE.fullmatch(key):
        year = int(date["western"]) if date["western"] else _era_year(date, text)
        fiscal_year = year if int(date["month"]) >= 4 else year - 1
        return FiscalYearError.because("year.date", text, proposal=f"{fiscal_year}年度")
    if split_range(key) is None:
        return error
    try:
        parse_range(text, calendar_year_ok=True)
    except FiscalYearError as range_error:
        return range_error
    return FiscalYearError.because("year.range", text)
