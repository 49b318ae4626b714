"""Text to PartialDate: a date as people write it, or a period. Pure."""

from __future__ import annotations

import contextlib
import datetime
import re

from .era import ERA_YEAR_PATTERN, ERAS, era_of, find_era, without_kanji_numerals
from .fiscal_year import FiscalYearError
from .fiscal_year import parse as parse_fiscal_year
from .messages import Message, gettext_noop
from .partial_date import MONTHS, PartialDate, PartialDateError, Period, read_stored
from .text_key import numeral_key, split_range

__all__ = ["PartialDate", "PartialDateError", "Period", "parse", "parse_period", "read_stored"]

_FIRST_SOLAR_YEAR = 1873
_SHOWA, _HEISEI = ERAS[2:4]
_MONTH_WORD = "|".join(f"{name[:3]}(?:{name[3:]})?".casefold() for name in MONTHS)
_MONTH_STARTS = [name[:3].casefold() for name in MONTHS]
_YEAR = rf"(?:(?P<western>\d{{4}})|{ERA_YEAR_PATTERN})"
_FISCAL = re.compile(rf"(?:fy\d{{4}}|{_YEAR}(?:会計)?年度)", re.ASCII)
_DECIMAL = re.compile(r"(\d{4})\.(\d{1,2})", re.ASCII)
_WEEKDAY = r"(?: ?\(?(?P<weekday>[月火水木金土日])(?:曜日?)?\)?)?"
_CALENDAR = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"{_YEAR}(?:[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}){_WEEKDAY})?)?"
        r"(?:[ t]00:00(?::00(?:\.0+)?)?)?",
        rf"{_YEAR}年(?:(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日{_WEEKDAY})?)?",
        r"(?P<western>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
        rf"(?P<day>\d{{1,2}})?(?P<month_word>{_MONTH_WORD})\.?,?(?P<western>\d{{4}})",
        rf"(?P<month_word>{_MONTH_WORD})\.?(?P<day>\d{{1,2}})[, ](?P<western>\d{{4}})",
    )
)
_YEAR_AND_MONTH = re.compile(r"(\d{4})(0[1-9]|1[0-2])", re.ASCII)
_ANY_YEAR = rf"\d{{4}}|{re.sub(r'[?]P<[a-z]+>', '?:', ERA_YEAR_PATTERN)}"
_BOTH_CALENDARS = re.compile(
    rf"({_ANY_YEAR})年?\(({_ANY_YEAR})年?\)(?:年(?!度))?((?:度|\d{{1,2}}月.*)?|年度)", re.ASCII
)
_WITHOUT_YEAR = re.compile(r"(?:\d{1,2}月(?:\d{1,2}日)?|\d{1,2}/\d{1,2})(?:\(.\))?", re.ASCII)
_SHORT_DATE = re.compile(r"(\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
_VAGUE = re.compile(r"(.+?)の?(?:[春夏秋冬]|[上中下初]旬|半ば|末|頃|ごろ|前半|後半|[上下]半期)+")
_DURATION = re.compile(r"(.+)から(\d{1,2})年(間?)", re.ASCII)
_BRACKETED = re.compile(r"\(([^()]+)\)")
_SHORT_YEAR = re.compile(r"(\d\d|元)年.*", re.ASCII)
_SHORT_MONTH = re.compile(r"\d{1,2}月(\d{1,2}日)?", re.ASCII)
_SHORT_DAY = re.compile(r"\d{1,2}日", re.ASCII)

_SPAN = gettext_noop("%(first)sから%(last)sまで")
_SINCE = gettext_noop("%(first)sから")


def parse(text: str) -> PartialDate:
    """Return the date that `text` names, as precisely as it says.

    Reads 2019-03-14, 2019/3/14, 2019.3.14, 2019年3月14日（木）, H31.3.14, 令和元年6月28日,
    2019年3月, 201903, 2019, 2018年度, FY2018, March 2019, 2019（令和元）年6月 in any width. 2019
    and H31 are calendar years.
    A time of day must be midnight. Raises PartialDateError.
    """
    key = without_kanji_numerals(numeral_key(text))
    read = _read(key, text)
    if read is not None:
        return read
    if split_range(key) is not None:
        parse_period(text)
        raise PartialDateError.because("date.range", text)
    raise _no_date(key, text)


def parse_period(text: str) -> Period:
    """Return the period that `text` names; a single date is one without an end.

    Reads 2012年～15年, 1996年～2001年, （2019年～）, 2021年から2027年まで, 2019年6月28日～29日
    with any wave or dash; a short end takes what it lacks from the start. 2013年から10年 lasts
    ten years, to 2022. Raises PartialDateError.
    """
    key = without_kanji_numerals(numeral_key(text))
    if bracketed := _BRACKETED.fullmatch(key):
        key = bracketed[1]
    only = _read(key, text)
    if only is not None:
        return Period(only)
    if duration := _DURATION.fullmatch(key):
        return _lasting(duration, text)
    start_word, end_word = split_range(key) or ("", "")
    start = _read(start_word, text)
    if start is None:
        raise PartialDateError.because("date.unknown", text)
    if not end_word:
        return Period(start, is_open=True)
    end = _read(_lengthened(start, start_word, end_word), text)
    if end is None:
        raise PartialDateError.because("date.unknown", text)
    if end.last_day < start.first_day:
        raise PartialDateError.because("date.reversed", text)
    return Period(start, end)


def _read(key: str, text: str) -> PartialDate | None:
    """Return the date that `key` is, None when it has the form of no date."""
    if _FISCAL.fullmatch(key):
        try:
            return PartialDate(parse_fiscal_year(key).year, is_fiscal=True)
        except FiscalYearError as error:
            raise PartialDateError(
                error.code, text, reason=error.reason, proposal=error.proposal
            ) from None
    if decimal := _DECIMAL.fullmatch(key):
        return _read_decimal(decimal, text)
    if month := _YEAR_AND_MONTH.fullmatch(key):
        return _read_year_and_month(month, text)
    if both := _BOTH_CALENDARS.fullmatch(key):
        return _read_both(both, text)
    for pattern in _CALENDAR:
        if match := pattern.fullmatch(key):
            return _read_calendar(match.groupdict(), text)
    return None


def _read_year_and_month(match: re.Match[str], text: str) -> PartialDate:
    """Read 201804; refuse 201104, which may as well be 2020-11-04 without its century."""
    year, month = map(int, match.groups())
    short = match[0]
    try:
        datetime.date(2000 + int(short[:2]), int(short[2:4]), int(short[4:]))
    except ValueError:
        return _made(year, month, None, text)
    raise PartialDateError.because("date.short_month", text, proposal=f"{year}年{month}月")


def _read_both(match: re.Match[str], text: str) -> PartialDate | None:
    """Read 2022年（令和4年）3月30日, 令和4（2022）年度: both years must be the same."""
    first, second, rest = match.groups()
    rest = rest if rest.startswith("年") else f"年{rest}"
    dates = [_read(f"{year}{rest}", text) for year in (first, second)]
    if None not in dates and dates[0] != dates[1]:
        raise PartialDateError.because("date.contradiction", text)
    return dates[0]


def _no_date(key: str, text: str) -> PartialDateError:
    """Say why `text` is no date, as far as can be told."""
    if _WITHOUT_YEAR.fullmatch(key):
        return PartialDateError.because("date.no_year", text)
    if short := _SHORT_DATE.fullmatch(key):
        with contextlib.suppress(ValueError):
            return _of_short_year(*map(int, short.groups()), text=text)
    vague = _VAGUE.fullmatch(key)
    if vague and (known := _read(vague[1], text)):
        return PartialDateError.because("date.vague", text, proposal=known.label())
    return PartialDateError.because("date.unknown", text)


def _read_decimal(match: re.Match[str], text: str) -> PartialDate:
    """Read 2019.0, as a number cell says 2019; refuse 2019.1, which October may become there."""
    year, fraction = match.groups()
    if not fraction.strip("0"):
        return _made(int(year), None, None, text)
    is_month = fraction != "1" and 1 <= int(fraction) <= 12
    proposal = f"{year}年{int(fraction)}月" if is_month else ""
    raise PartialDateError.because("date.decimal", text, proposal=proposal)


def _of_short_year(year: int, month: int, day: int, *, text: str) -> PartialDateError:
    """Refuse 22.3.30, which is 2022-03-30 or 平成22年3月30日; ValueError for what is no day."""
    date = datetime.date(year + (2000 if year < 50 else 1900), month, day)
    era = next((each for each in (_HEISEI, _SHOWA) if each.has(year)), None)
    if era is None:
        era = era_of(date)
        year = date.year - era.first_day.year + 1
    written = f"{era.name}{year}年{month}月{day}日"
    return PartialDateError.because("date.short_year", text, proposal=date.isoformat(), era=written)


def _read_calendar(words: dict[str, str | None], text: str) -> PartialDate:
    month = _number(words.get("month"))
    if month_word := words.get("month_word"):
        month = 1 + _MONTH_STARTS.index(month_word[:3])
    day = _number(words.get("day"))
    if western := words.get("western"):
        date = _made(int(western), month, day, text)
    else:
        date = _read_era(words["era"] or "", words["number"] or "", month, day, text)
    weekday = words.get("weekday")
    if weekday and weekday != "月火水木金土日"[date.first_day.weekday()]:
        raise PartialDateError.because("date.weekday", text)
    return date


def _read_era(
    era_word: str, number_word: str, month: int | None, day: int | None, text: str
) -> PartialDate:
    era = find_era(era_word)
    number = 1 if number_word == "元" else int(number_word)
    if number == 0:
        raise PartialDateError.because("date.unknown", text)
    date = _made(era.western(number), month, day, text)
    if month and date.year < _FIRST_SOLAR_YEAR:
        raise PartialDateError.because("date.lunar", text)
    if era.has(number) and era.overlaps(date.first_day, date.last_day):
        return date
    true_era = era_of(date.last_day)
    first, last = era.first_day, era.last_day
    raise PartialDateError.because(
        "date.era_range",
        text,
        proposal=str(date).replace(f"{date.year}", true_era.name + true_era.number(date.year), 1),
        era=era.name,
        span=Message(_SPAN, {"first": _day(first), "last": _day(last)})
        if last
        else Message(_SINCE, {"first": _day(first)}),
    )


def _day(day: datetime.date) -> Message:
    parts = {"year": day.year, "month": day.month, "day": day.day}
    return Message(gettext_noop("%(year)d年%(month)d月%(day)d日"), parts)


def _number(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _made(
    year: int, month: int | None, day: int | None, text: str, *, is_fiscal: bool = False
) -> PartialDate:
    try:
        return PartialDate(year, month, day, is_fiscal)
    except PartialDateError as error:
        raise PartialDateError.because(error.code, text) from None


def _lasting(duration: re.Match[str], text: str) -> Period:
    """Read 2013年から10年. 2012年から15年 may also mean 2015 and is refused; 15年間 is clear."""
    start = _read(duration[1], text)
    count = int(duration[2])
    if start is None or start.month is not None or count == 0:
        raise PartialDateError.because("date.unknown", text)
    if not duration[3] and count >= start.year % 100:
        end_year = start.year - start.year % 100 + count
        end = _made(end_year, None, None, text, is_fiscal=start.is_fiscal)
        raise PartialDateError.because("date.ambiguous", text, proposal=Period(start, end).label())
    end = _made(start.year + count - 1, None, None, text, is_fiscal=start.is_fiscal)
    return Period(start, end)


def _lengthened(start: PartialDate, start_word: str, end_word: str) -> str:
    """Give a short end what it shares with the start: 15年 after 2012年 is 2015年."""
    if _SHORT_YEAR.fullmatch(end_word):
        era = re.match(ERA_YEAR_PATTERN, start_word, re.ASCII)
        return (era["era"] if era else str(start.year)[:2]) + end_word
    if _SHORT_MONTH.fullmatch(end_word) and start.month:
        return f"{start.year}年{end_word}"
    if _SHORT_DAY.fullmatch(end_word) and start.day:
        return f"{start.year}年{start.month}月{end_word}"
    return end_word
