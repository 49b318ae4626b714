"""The fiscal years in which something runs, as people write them in one cell. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .fiscal_year import FiscalYear, FiscalYearError, FiscalYearRange, parse_range
from .messages import Message
from .partial_date import Period
from .partial_date_text import PartialDateError, parse_period
from .text_key import numeral_key

_PLANNED = re.compile(r"\(?(?:予定|見込み?|計画)\)?$")
_GOES_ON = re.compile(r"(?:現在|継続中?|実施中|未定|\(現在\)|\(継続中?\)|\(実施中\)|\(未定\))$")
_SINCE = re.compile(r"(?:以降|以後|より|開始)$")
_YEARS_LONG = re.compile(r"\((?:全)?(?P<count>\d{1,2})(?:年度?間|か年|ヶ年|カ年)\)$", re.ASCII)
_WHOLE = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True)
class RunningYears:
    """First and last fiscal year, both inclusive; None where the text leaves the side open.

    `is_range` when the text names more than one year; `is_planned` when it calls the end planned.
    """

    first: int | None
    last: int | None
    is_range: bool
    is_planned: bool = False


def parse_running_years(text: str) -> RunningYears:
    """Return the fiscal years that a cell such as 実施期間 names.

    Reads what `parse_range` reads, years as fiscal years, and 2019年度～2023年度（予定）,
    2019年度～現在, 2019年度以降, 2019～2023年度（5年間）, 2019年4月～2024年3月, where a month
    lies in its fiscal year. Raises FiscalYearError.
    """
    key = numeral_key(text)
    if whole := _WHOLE.fullmatch(key):
        key = whole[1]
    length = _YEARS_LONG.search(key)
    key = _YEARS_LONG.sub("", key)
    is_planned = bool(_PLANNED.search(key))
    key = _PLANNED.sub("", key)
    if _SINCE.search(key):
        key = _SINCE.sub("~", key)
    elif key.rstrip("~-").endswith("から"):
        key = key.rstrip("~-").removesuffix("から") + "~"
    else:
        key = _open(key)
        key = key.removesuffix("まで") if "~" in key else key
    years = _years(key, text)
    if length and not _lasts(years, int(length["count"])):
        raise FiscalYearError.because("period.length", text)
    return RunningYears(
        years.first.year if years.first else None,
        years.last.year if years.last else None,
        years.first != years.last,
        is_planned,
    )


def _open(key: str) -> str:
    """Take 現在, 継続中 and the like off the end of a range, which is then open."""
    shortened = _GOES_ON.sub("", key)
    return shortened if shortened != key and shortened.endswith(("~", "-")) else key


def _lasts(years: FiscalYearRange, count: int) -> bool:
    return bool(years.first and years.last and years.last.year - years.first.year + 1 == count)


def _years(key: str, text: str) -> FiscalYearRange:
    try:
        return parse_range(key, calendar_year_ok=True)
    except FiscalYearError as refusal:
        if (dated := _of_dates(key)) is not None:
            return dated
        if refusal.code == "year.unknown":
            raise FiscalYearError.because("period.unknown", text) from None
        said = Message(refusal.reason.text, {**refusal.reason.parameters, "value": text.strip()})
        raise FiscalYearError(refusal.code, text, reason=said, proposal=refusal.proposal) from None


def _of_dates(key: str) -> FiscalYearRange | None:
    """Return the fiscal years of a period given by months or days, None when it is no such."""
    try:
        period: Period = parse_period(key)
    except PartialDateError:
        return None
    first = period.start.fiscal_year
    if first is None or period.start.is_fiscal:
        return None
    if period.end is None:
        return FiscalYearRange(FiscalYear(first), None) if period.is_open else None
    last = period.end.fiscal_year
    return None if last is None else FiscalYearRange(FiscalYear(first), FiscalYear(last))
