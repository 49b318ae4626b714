"""Japanese eras, 明治 to 令和: from an era's year to a Western year and back. Pure.

Sources: 元号法 (1979) and the edicts and orders of the changes: Taishō from 1912-07-30, Shōwa from
1926-12-25, Heisei from 1989-01-08, Reiwa from 2019-05-01. The day of the first two changes
belongs to both eras. Japan counts by the Western calendar since 1873 (明治6年).
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

FIRST_YEAR = 1868
LAST_YEAR = 2100


@dataclass(frozen=True)
class Era:
    """An era with its first and last day, both inclusive; the last is None for today's era."""

    name: str
    letter: str
    first_day: datetime.date
    last_day: datetime.date | None

    def last_number(self) -> int | None:
        """Return the number of the era's last year: 31 for 平成. None for today's era."""
        return None if self.last_day is None else self.last_day.year - self.first_day.year + 1

    def western(self, number: int) -> int:
        """Return the Western year of this era's year `number`, also past the era's end."""
        return self.first_day.year + number - 1

    def number(self, western: int) -> str:
        """Return the year as written after the era's name: 元 for the first, else digits."""
        number = western - self.first_day.year + 1
        return "元" if number == 1 else str(number)

    def has(self, number: int) -> bool:
        last_number = self.last_number()
        return number >= 1 and (last_number is None or number <= last_number)

    def overlaps(self, first: datetime.date, last: datetime.date) -> bool:
        """Whether a day from `first` to `last`, both inclusive, lies in this era."""
        return last >= self.first_day and (self.last_day is None or first <= self.last_day)


ERAS = (
    Era("明治", "M", datetime.date(1868, 1, 25), datetime.date(1912, 7, 30)),
    Era("大正", "T", datetime.date(1912, 7, 30), datetime.date(1926, 12, 25)),
    Era("昭和", "S", datetime.date(1926, 12, 25), datetime.date(1989, 1, 7)),
    Era("平成", "H", datetime.date(1989, 1, 8), datetime.date(2019, 4, 30)),
    Era("令和", "R", datetime.date(2019, 5, 1), None),
)

ERA_YEAR_PATTERN = r"(?P<era>明治?|大正?|昭和?|平成?|令和?|[mtshr])\.?(?P<number>元|\d{1,3})"
"""Matches 平成28, 平28, h28, h.28, 令和元 in a numeral_key."""


def find_era(written: str) -> Era:
    """Return the era written as 平成, 平 or h; KeyError for anything else."""
    for era in ERAS:
        if written in (era.name, era.name[0], era.letter.casefold()):
            return era
    raise KeyError(written)


def era_of(day: datetime.date) -> Era:
    """Return the era of `day`, the newer one on a day that belongs to two.

    Raises ValueError before 明治.
    """
    for era in reversed(ERAS):
        if era.first_day <= day:
            return era
    raise ValueError(f"明治より前の日付です: {day}")


_KANJI_NUMERAL = re.compile("[〇一二三四五六七八九十]+")
_KANJI_DIGITS = {kanji: str(digit) for digit, kanji in enumerate("〇一二三四五六七八九")}


def without_kanji_numerals(text: str) -> str:
    """Return `text` with numbers as 二十八 (to 99) and 二〇一六 written in digits.

    What is neither, as 二十十, stays.
    """
    return _KANJI_NUMERAL.sub(lambda match: _digits(match.group()), text)


def _digits(kanji: str) -> str:
    if "十" not in kanji:
        return "".join(_KANJI_DIGITS[each] for each in kanji)
    tens, _, ones = kanji.partition("十")
    if len(tens) > 1 or len(ones) > 1 or ones == "十":
        return kanji
    return str(10 * int(_KANJI_DIGITS.get(tens, "1")) + int(_KANJI_DIGITS.get(ones, "0")))
