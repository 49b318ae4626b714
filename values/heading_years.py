"""The fiscal year that a heading or a title names among other words: 平成28年度予算額. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .era import ERA_YEAR_PATTERN, ERAS, without_kanji_numerals
from .fiscal_year import FiscalYearError, parse
from .text_key import numeral_key

_SUFFIX = r"(?:(?:会計)?年度|年)?+"
_YEAR = re.compile(
    rf"(?<![0-9a-z.,])(?:(?:fy|西暦)?(?:19|20)\d\d{_SUFFIX}|{ERA_YEAR_PATTERN}{_SUFFIX})(?![0-9a-z])",
    re.ASCII,
)
_SHORT = re.compile(r"(?<![\d.,])(?P<number>元|\d{1,2})(?:会計)?年度", re.ASCII)
_FISCAL_SHORT = re.compile(r"(?<![0-9a-z])fy'?(?P<number>\d\d)(?![\d])", re.ASCII)
_DATE_FOLLOWS = re.compile(r"\s*(?:\d{1,2}月|[-/.]\d)")
_RANGE_FOLLOWS = re.compile(r"\s*[~\-～から]+\s*(?:\d|[a-z]\d|平成|令和|昭和|$)")
_EMPTY = re.compile(r"[()\[\]【】:・,、。_/\-~\s]*")
_EDGES = "・:,、。_/ \t-"
_MOST_CALENDARS = 2


@dataclass(frozen=True)
class HeadingYear:
    """`year` is the fiscal year, or None with `short`: the number of an era that is not named.

    `rest` are the other words of the heading, as a numeral_key, "" for none.
    """

    year: int | None
    rest: str
    short: int = 0


@lru_cache(maxsize=4096)
def split_year(text: str) -> HeadingYear | None:
    """Return the one fiscal year that `text` names, and what else it says.

    A year in both calendars is one; two years, a range and a date are none. In a heading 2008年 is
    the fiscal year too. 28年度 names no era: whoever knows the heading beside it can tell.
    """
    key = without_kanji_numerals(numeral_key(text))
    spaced = without_kanji_numerals(" ".join(map(numeral_key, text.split())))
    return _split(key) or (_split(spaced) if spaced != key else None)


def _split(key: str) -> HeadingYear | None:
    matches = list(_YEAR.finditer(key))
    if not matches:
        return _short(key)
    if len(matches) > _MOST_CALENDARS or any(_goes_on(key, match) for match in matches):
        return None
    try:
        years = {parse(match.group(), calendar_year_ok=True).year for match in matches}
    except FiscalYearError:
        return None
    if len(years) > 1:
        return None
    return HeadingYear(years.pop(), _rest(key, matches))


def _goes_on(key: str, match: re.Match[str]) -> bool:
    after = key[match.end() :]
    return bool(_DATE_FOLLOWS.match(after) or _RANGE_FOLLOWS.match(after))


def _short(key: str) -> HeadingYear | None:
    matches = [*_SHORT.finditer(key), *_FISCAL_SHORT.finditer(key)]
    if len(matches) != 1 or _goes_on(key, matches[0]):
        return None
    if matches[0].group().startswith("fy"):
        return HeadingYear(2000 + int(matches[0]["number"]), _rest(key, matches))
    number = matches[0]["number"]
    return HeadingYear(None, _rest(key, matches), 1 if number == "元" else int(number))


def _rest(key: str, matches: list[re.Match[str]]) -> str:
    rest = key
    for match in reversed(matches):
        rest = rest[: match.start()] + " " + rest[match.end() :]
    if _EMPTY.fullmatch(rest):
        return ""
    rest = re.sub(r"\(\s*\)|\[\s*\]|【\s*】|<\s*>|〈\s*〉|《\s*》", " ", rest).strip(_EDGES)
    return " ".join(rest.split())


def year_beside(short: int, before: int) -> int | None:
    """Return the fiscal year that a number of an unnamed era is, beside the year `before` it.

    The one that follows within five years: 28年度 after 2015 is 2016, 2年度 after 2019 is 2020.
    """
    years = {era.western(short) for era in ERAS if era.has(short)}
    near = [year for year in years if before < year <= before + 5]
    return near[0] if len(near) == 1 else None
