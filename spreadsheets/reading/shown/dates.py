"""A section of a date format and a day number → the text that is shown. Pure.

A text that names a month or a year is one that `values.partial_date_text` reads as just that.
"""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from values.era import era_of
from values.partial_date import MONTHS, PartialDate, PartialDateError
from values.partial_date_text import parse

from .sections import Part, Section

_DIGITS = re.compile("[0-9]+")
_LAST_DAY = 2_958_465
_FIRST_TRUE_DAY = 61
_WEEKDAYS = "月火水木金土日"
_ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_1904 = 1_462


def moment(serial: float, is_1904: bool) -> datetime.datetime | None:
    """Return the instant, to the second, of Excel's day number; None where Excel shows ####.

    Day 60, which Excel has as 1900-02-29, is 1900-02-28.
    """
    if is_1904:
        serial += _1904
    if not 0 <= serial < _LAST_DAY + 1:
        return None
    if serial < _FIRST_TRUE_DAY - 1:
        serial += 1
    seconds = round(serial * 86_400)
    return datetime.datetime(1899, 12, 30) + datetime.timedelta(seconds=seconds)


def fields_of(section: Section) -> set[str]:
    """Return what of a date is shown: of "year", "month", "day", "time"."""
    found = set()
    for part, is_minute in _with_minutes(section.parts):
        letter = part.text[:1].lower()
        if part.kind == "literal":
            continue
        if part.kind in ("half", "elapsed") or is_minute or letter in "hs":
            found.add("time")
        elif letter in "yerb":
            found.add("year")
        elif letter == "m":
            found.add("month")
        elif letter == "d" and len(part.text) < 3:
            found.add("day")
    return found


def date_shown(section: Section, at: datetime.datetime) -> str:
    """Return what a section that is no full date shows, months and years written out."""
    text = _written(section, at)
    fields = fields_of(section)
    if fields == {"year", "month"} and not _says(text, at, with_month=True):
        return f"{at.year}年{at.month}月"
    if fields == {"year"} and "年度" not in text and not _says(text, at, with_month=False):
        return f"{at.year}年"
    return text


def elapsed_shown(section: Section, serial: float) -> str:
    seconds = round(abs(serial) * 86_400)
    shown = []
    for part, is_minute in _with_minutes(section.parts):
        letter, width = part.text[:1].lower(), len(part.text)
        if part.kind == "elapsed":
            each = {"h": 3600, "m": 60, "s": 1}[letter]
            shown.append(f"{seconds // each:0{width}}")
        elif part.kind == "date":
            of_hour = seconds // 60 % 60 if is_minute else seconds % 60
            shown.append(f"{of_hour:0{width}}")
        else:
            shown.append(part.text)
    return "".join(shown)


def _says(text: str, at: datetime.datetime, *, with_month: bool) -> bool:
    try:
        said = parse(text)
    except PartialDateError:
        return False
    return said == PartialDate(at.year, at.month if with_month else None)


def _with_minutes(parts: Sequence[Part]) -> list[tuple[Part, bool]]:
    """Pair every part of a date with whether it is minutes: an m after hours, before seconds."""
    dates = [part for part in parts if part.kind in ("date", "elapsed")]
    minutes = set()
    for first, second in pairwise(dates):
        if first.text[:1].lower() == "h" and second.text[:1].lower() == "m":
            minutes.add(id(second))
        if second.text[:1].lower() == "s" and first.text[:1].lower() == "m":
            minutes.add(id(first))
    kinds = ("date", "elapsed", "half", "literal")
    return [(part, id(part) in minutes) for part in parts if part.kind in kinds]


def _written(section: Section, at: datetime.datetime) -> str:
    is_half = section.has("half")
    letters = {part.text[0].lower() for part in section.parts if part.kind == "date"}
    without_era = not letters & {"g", "r"}
    return "".join(
        part.text
        if part.kind == "literal"
        else _era_piece("r", 2, at)
        if part.text[0] in "eE" and without_era
        else _piece(part, at, is_minute, is_half)
        for part, is_minute in _with_minutes(section.parts)
    )


def _piece(part: Part, at: datetime.datetime, is_minute: bool, is_half: bool) -> str:
    letter, width = part.text[0].lower(), len(part.text)
    if part.kind == "half":
        return "AM" if at.hour < 12 else "PM"
    if is_minute:
        return f"{at.minute:0{min(width, 2)}}"
    if letter == "h":
        hour = (at.hour + 11) % 12 + 1 if is_half else at.hour
        return f"{hour:0{min(width, 2)}}"
    if letter == "s":
        return f"{at.second:0{min(width, 2)}}"
    if letter == "y":
        return f"{at.year:04}" if width > 2 else f"{at.year % 100:02}"
    if letter in "ger":
        return _era_piece(letter, width, at)
    if letter == "m":
        return _month(at.month, width)
    if letter == "d":
        english = _ENGLISH_WEEKDAYS[at.weekday()]
        return f"{at.day:0{width}}" if width < 3 else english[:3] if width == 3 else english
    if letter == "a":
        return _WEEKDAYS[at.weekday()] + ("曜日" if width > 3 else "")
    return str(at.year + 543)


def _month(month: int, width: int) -> str:
    if width < 3:
        return f"{month:0{width}}"
    name = MONTHS[month - 1]
    return name[:3] if width == 3 else name[:1] if width == 5 else name


def _era_piece(letter: str, width: int, at: datetime.datetime) -> str:
    try:
        era = era_of(at.date())
    except ValueError:
        return str(at.year)
    name = era.letter if width == 1 else era.name[:1] if width == 2 else era.name
    number = str(at.year - era.first_day.year + 1)
    if letter == "g":
        return name
    return (era.name + number) if letter == "r" and width > 1 else number


def says_the_day(text: str, at: datetime.datetime) -> bool:
    """Return whether a date as shown, in whatever form, names its year, month and day."""
    groups = _DIGITS.findall(unicodedata.normalize("NFKC", text).replace("元", "1"))
    if f"{at:%Y%m%d}" in groups:
        return True
    has_month_word = any(name[:3] in text for name in MONTHS)
    if len(groups) < (2 if has_month_word else 3):
        return False
    numbers = [int(group) for group in groups]
    years = {at.year, at.year % 100, *_era_years(at)}
    return at.day in numbers and any(
        at.day in numbers[:i] + numbers[i + 1 :]
        for i, number in enumerate(numbers)
        if number in years
    )


def with_its_precision(text: str, at: datetime.datetime) -> str:
    """Return a month as one reads it without doubt: "Mar 19" is 2019年3月; else the text."""
    try:
        parse(text)
    except PartialDateError:
        numbers = [int(group) for group in _DIGITS.findall(text)]
        has_year = any(number in (at.year, at.year % 100) for number in numbers)
        has_month = at.month in numbers or MONTHS[at.month - 1][:3] in text
        if has_year and has_month and len(numbers) < 3:
            return f"{at.year}年{at.month}月"
    return text


def _era_years(at: datetime.datetime) -> list[int]:
    try:
        return [at.year - era_of(at.date()).first_day.year + 1]
    except ValueError:
        return []
