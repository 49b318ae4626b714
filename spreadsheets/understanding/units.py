"""Units in headings and lines: 「2016年度（百万円）」, 「単位：億円」. Pure."""

import re
from collections.abc import Sequence
from functools import lru_cache

from values.text_key import text_key

_IN_BRACKETS = re.compile(
    r"^(.*?)[（(\[［【〔]([^（(\[［【〔）)\]］】〕]*)[）)\]］】〕]\s*$", re.DOTALL
)
_UNIT_WORD = re.compile(r"^(?:単位|units?|in)(?=[\s:：は]|[^a-zA-Z])\s*[:：は]?\s*", re.IGNORECASE)
_UNIT_CELL = re.compile(
    r"(?:単位|units?\s*[:：])\s*[:：は]?\s*([^\s（）()\]］【】,、。]+)", re.IGNORECASE
)


def split_unit(text: str, units: Sequence[str]) -> tuple[str, str]:
    """Split 「2016年度（百万円）」 into 2016年度 and the unit, "" when it names none."""
    match = _IN_BRACKETS.match(text)
    if match:
        unit = known_unit(_UNIT_WORD.sub("", match[2].strip()), units)
        if unit:
            return match[1].strip(), unit
    return text, ""


def known_unit(text: str, units: Sequence[str]) -> str:
    """Return the spelling in `units` that equals the text under text_key, else ""."""
    return _by_key(tuple(units)).get(text_key(text), "")


@lru_cache
def _by_key(units: tuple[str, ...]) -> dict[str, str]:
    return {text_key(unit): unit for unit in reversed(units)}


def unit_in(text: str, units: Sequence[str]) -> tuple[str, str]:
    """Find a unit that a line names: 「単位：億円」, 「（単位 百万円）」, 「(千円)」.

    Returns (unit, "") or, when it says 単位 but names no known one, ("", what it says).
    """
    bare = text.strip().strip("（）()[]［］【】").strip()
    unit = known_unit(_UNIT_WORD.sub("", bare), units)
    if unit:
        return unit, ""
    match = _UNIT_CELL.search(text)
    if match is None:
        return split_unit(text, units)[1], ""
    unit = known_unit(match[1], units)
    return (unit, "") if unit else ("", match[1])
