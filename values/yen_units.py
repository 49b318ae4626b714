"""Units of yen as headings, titles and corners of tables write them. Pure.

百万円, 100万円, 百万円単位, （単位：千円）, JPY million, in millions of yen, ¥bn: each is one of
the units that `values.money` counts in. A unit of other money or of people is none of
yen, and is told from silence: whoever finds one does not read the amounts as yen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .money import YEN_PER_UNIT, Unit
from .text_key import text_key

UNIT_NAMES: dict[Unit, str] = {
    "yen": "円",
    "thousand_yen": "千円",
    "man_yen": "万円",
    "million_yen": "百万円",
    "oku_yen": "億円",
    "billion_yen": "十億円",
    "trillion_yen": "兆円",
}
"""How this site writes each unit, from the smallest."""

_UNIT_OF_YEN = {yen: unit for unit, yen in YEN_PER_UNIT.items()}
_KANJI = {"": 1, "十": 10, "百": 100, "千": 1_000}
_MYRIADS = {"": 1, "万": 10**4, "億": 10**8, "兆": 10**12}
_JAPANESE = r"(?P<digits>1[0,]{0,15})?(?P<small>[十百千]?)(?P<large>[万億兆]?)円"
_SCALE = {
    "thousand": 10**3,
    "k": 10**3,
    "million": 10**6,
    "mil": 10**6,
    "mn": 10**6,
    "mm": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "bil": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
    "": 1,
}
_WORD = r"(?P<scale>thousand|million|mil|mn|mm|m|billion|bil|bn|b|trillion|tn|k)s?\.?"
_YEN = r"(?:japanese)?(?:yen|jpy|¥|円)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        _JAPANESE,
        rf"{_YEN}(?:in)?{_WORD}",
        rf"{_WORD}(?:of)?{_YEN}",
        rf"(?P<digits>1[0,]{{0,15}}){_YEN}",
        _YEN,
    )
)
_OTHER = re.compile(
    r"(?:千|百万|億|万|十億)?(?:ドル|ユーロ|ポンド|元|ウォン|人|件|名|社|個|か国|カ国|ヵ国|機関|課題)"
    r"|(?:us)?\$.*|.*(?:dollars?|usd|eur|euros?|gbp)|[%％]|percent|persons?|people|cases"
)
_LEAD = re.compile(r"^(?:(?:金額)?(?:単位|units?)(?:は|[:=])?)?(?:in)?")
_TAIL = re.compile(r"(?:単位|表示)$")
_WITHIN = re.compile(
    r"(?:単位|units?)\s*[:：は=＝]?\s*[（(]?\s*(?P<unit>[^（）()\]］】,、。;；]+)", re.IGNORECASE
)
_BRACKETED = re.compile(r"[（(\[［【〔<＜]([^（）()\[\]［］【】〔〕<>＜＞]*)[）)\]］】〕>＞]")
_AMOUNT = re.compile(r"1[0,]{0,15}[億兆]円")
_IN_WORDS = re.compile(
    r"(?:^|[\s,;:：、。／/])((?:in\s+)?(?:JPY|¥|yen)\s*(?:thousand|million|billion|trillion|mil|mn|bn)s?"
    r"|(?:in\s+)?(?:thousand|million|billion|trillion)s?\s*(?:of\s+)?(?:Japanese\s+)?(?:JPY|¥|yen))"
    r"(?=$|[\s,;:：、。)）])",
    re.IGNORECASE,
)
_ALONE = re.compile(r"(?:^|[\s　:：])([十百千]?[万億兆]?円)(?:単位)?\s*$")


@dataclass(frozen=True)
class UnitFound:
    """`unit` is the unit of yen, None for a unit of something else, which `text` names."""

    unit: Unit | None
    text: str


@lru_cache(maxsize=4096)
def read_unit(text: str) -> Unit | None:
    """Return the unit that `text` is and nothing else, None for all else.

    単位：百万円, JPY million and 100万円 are all "million_yen".
    """
    key = _bare(text)
    for pattern in _PATTERNS:
        if match := pattern.fullmatch(key):
            return _UNIT_OF_YEN.get(_yen(match.groupdict()))
    return None


def find_unit(text: str) -> UnitFound | None:
    """Return the unit that a heading, a title or a corner names among other words.

    The whole text, what stands in its brackets, what follows 単位 or unit, or a unit at its end:
    in this order; 「総額 10億円」 and 「新規（10億円）」 are amounts. None when it names no unit.
    """
    whole = _found(text)
    if whole:
        return whole
    for inside in reversed(_BRACKETED.findall(text)):
        found = None if _AMOUNT.fullmatch(_bare(inside)) else _found(inside)
        if found := found or _after_word(inside):
            return found
    if found := _after_word(text):
        return found
    for pattern in (_IN_WORDS, _ALONE):
        if match := pattern.search(text):
            return _found(match[1])
    return None


def _after_word(text: str) -> UnitFound | None:
    match = _WITHIN.search(text)
    if match is None:
        return None
    words = match["unit"].strip()
    first = words.split()[0] if words.split() else ""
    return _found(words) or _found(first) or (UnitFound(None, words) if first else None)


def _found(text: str) -> UnitFound | None:
    unit = read_unit(text)
    if unit:
        return UnitFound(unit, text.strip())
    return UnitFound(None, text.strip()) if _OTHER.fullmatch(_bare(text)) else None


def _bare(text: str) -> str:
    key = text_key(text).strip("()[]【】<>:")
    return _TAIL.sub("", _LEAD.sub("", key)).strip("()[]【】<>:")


def _yen(words: dict[str, str | None]) -> int:
    digits = int((words.get("digits") or "1").replace(",", ""))
    small, large = words.get("small") or "", words.get("large") or ""
    return digits * _KANJI[small] * _MYRIADS[large] * _SCALE[words.get("scale") or ""]
