"""The legend of a printed figure, as text → budget tiers. Pure.

以上 and 以下 include the number they follow, 超 and 未満 do not (公用文の用法). A range such as
50~10億円 takes what its neighbours leave; between two ranges the number belongs to the upper one.
"""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass

from values.decision import Decision
from values.messages import Message, gettext_noop
from values.money import AmountError, parse_amount
from values.tiers import TierRule

from .printed_table import Lines, TableError

_NUMBER = r"[\d０-９][\d０-９,，.．]*"
_UNIT = r"(?:兆|億|百万|千万|万|千)?円"
_BOUND = re.compile(rf"(?P<amount>{_NUMBER}\s*{_UNIT})\s*(?P<word>以上|以下|超|未満|を超える)")
_RANGE = re.compile(
    rf"(?P<one>{_NUMBER})\s*(?P<unit>{_UNIT})?\s*[~〜～∼\-－–―ー]\s*(?P<two>{_NUMBER}\s*{_UNIT})"
)
_LABEL_LIMIT = 60
_START = re.compile(r"\s*(?P<sign>[A-Z]|[^\w\s:：])?\s*[:：]\s*")
_BUDGET = re.compile(r"^(?:単年度)?(?:当初)?予算額?[がは:：]?")
_FILLING = " \t　、。"


@dataclass(frozen=True)
class _Line:
    """A legend line's bounds in yen; None is open (upper) or not stated (inclusion)."""

    number: int
    label: str
    lower: int
    lower_included: bool | None
    upper: int | None
    upper_included: bool | None


def read_legend(lines: Lines) -> tuple[TierRule, ...]:
    """Return the tiers, highest first, lettered from A; raise TableError with the line at fault."""
    found = [_read_line(number, line) for number, line in lines if line.strip()]
    found.sort(key=lambda line: line.lower, reverse=True)
    if len(found) > len(string.ascii_uppercase):
        raise _error(found[-1], gettext_noop("凡例の行が多すぎます。"))
    tiers = []
    for index, line in enumerate(found):
        above = found[index - 1] if index else None
        below = found[index + 1] if index + 1 < len(found) else None
        if line.upper != (above.lower if above else None):
            raise _error(
                line,
                gettext_noop(
                    "上の区分との間があいているか重なっています。境の金額をそろえてください。"
                ),
            )
        inclusions = (line.upper_included, above.lower_included if above else None)
        if None not in inclusions and inclusions[0] == inclusions[1]:
            raise _error(
                line,
                gettext_noop(
                    "境の金額が二つの区分に入るか、どちらにも入りません。以上と未満、超と以下を組にしてください。"
                ),
            )
        letter = string.ascii_uppercase[index]
        tiers.append(TierRule(letter, line.label, "", line.lower, _is_included(line, below)))
    return tuple(tiers)


def unread_words(lines: Lines, tiers: Sequence[TierRule]) -> list[Decision]:
    """Return what legend lines say beside their bounds: words, and letters that are not taken.

    That they speak of a year's budget is understood.
    """
    letters = {tier.label_ja: tier.letter for tier in tiers}
    found = []
    for number, text in lines:
        match = _RANGE.search(text) or _BOUND.search(text)
        start = _START.match(text)
        if match is None or start is None:
            continue
        before = _BUDGET.sub("", text[start.end() : match.start()])
        letter = start["sign"] if (start["sign"] or "").isalpha() else ""
        if letter and letter != letters.get(match[0][:_LABEL_LIMIT]):
            found.append(Decision("legend.words", number, letter))
        words = (before.strip(_FILLING), text[match.end() :].strip(_FILLING))
        found += [Decision("legend.words", number, each) for each in words if each]
    return found


def _is_included(line: _Line, below: _Line | None) -> bool:
    if line.lower_included is not None:
        return line.lower_included
    return not (below and below.upper_included)


def _read_line(number: int, text: str) -> _Line:
    if match := _RANGE.search(text):
        two = match["two"]
        unit = match["unit"] or re.sub(rf"^{_NUMBER}\s*", "", two)
        low, high = sorted((_yen(number, match["one"] + unit), _yen(number, two)))
        return _Line(number, match[0][:_LABEL_LIMIT], low, None, high, None)
    if match := _BOUND.search(text):
        yen, word = _yen(number, match["amount"]), match["word"]
        label = match[0][:_LABEL_LIMIT]
        if word in ("以下", "未満"):
            return _Line(number, label, 0, False, yen, word == "以下")
        return _Line(number, label, yen, word == "以上", None, None)
    raise TableError(
        "legend.unknown",
        number,
        text.strip(),
        reason=Message(
            gettext_noop(
                "凡例の行が読めません。「50億円以上」「50~10億円」「10億円以下」のように書いてください。"
            )
        ),
    )


def _yen(number: int, text: str) -> int:
    try:
        return parse_amount(text).yen
    except AmountError as error:
        raise TableError("legend.amount", number, text, reason=error.reason) from error


def _error(line: _Line, reason: str) -> TableError:
    return TableError("legend.bounds", line.number, line.label, reason=Message(reason))
