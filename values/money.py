"""Amounts of yen as budgets print them: 億円, 百万円, 千円, ▲ and △ for minus. Pure.

Amounts are whole yen and never pass through a binary float.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from typing import Literal

from .language import is_english
from .messages import gettext_noop
from .refusal import Refusal
from .text_key import numeral_key

Unit = Literal[
    "yen", "thousand_yen", "man_yen", "million_yen", "oku_yen", "billion_yen", "trillion_yen"
]
LARGEST_YEN = 2**63 - 1

YEN_PER_UNIT: dict[Unit, int] = {
    "yen": 1,
    "thousand_yen": 10**3,
    "man_yen": 10**4,
    "million_yen": 10**6,
    "oku_yen": 10**8,
    "billion_yen": 10**9,
    "trillion_yen": 10**12,
}
_UNIT_WORDS: dict[str, tuple[int, Unit]] = {
    "兆": (10**12, "oku_yen"),
    "億": (10**8, "oku_yen"),
    "十億": (10**9, "billion_yen"),
    "千万": (10**7, "million_yen"),
    "百万": (10**6, "million_yen"),
    "万": (10**4, "thousand_yen"),
    "千": (10**3, "thousand_yen"),
    "": (1, "yen"),
}
_ENGLISH_WORDS: dict[str, tuple[int, Unit]] = {
    "trillion": (10**12, "oku_yen"),
    "billion": (10**9, "oku_yen"),
    "million": (10**6, "million_yen"),
    "thousand": (10**3, "thousand_yen"),
    "": (1, "yen"),
}


class AmountError(Refusal):
    """Text that is no amount."""

    reasons = {
        "amount.unknown": gettext_noop(
            "「%(value)s」を金額として読めません（例 1,234、▲1,234、12.5億円、1億2,000万円）。"
        ),
        "amount.bare_mark": gettext_noop(
            "「%(value)s」だけでは、負の金額か出来事の印か分かりません。"
            "金額なら ▲1,234 のように数字を続け、金額がなければ空欄にしてください。"
        ),
        "amount.fraction": gettext_noop(
            "「%(value)s」は1円に満たない端数になります。単位を確かめてください。"
        ),
        "amount.out_of_range": gettext_noop("「%(value)s」は大きすぎます（約922京円まで）。"),
    }


@dataclass(frozen=True)
class Amount:
    """Whole yen, and the unit in which they were given, which tells how finely they are known."""

    yen: int
    unit: Unit


_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SIGNED = re.compile(r"(?P<minus>[▲△-])?\+?(?P<plain>[^()▲△+-]+)|\((?P<bracketed>[^()▲△+-]+)\)")
_PLAIN = re.compile(rf"({_DIGITS})", re.ASCII)
_ONE_UNIT = re.compile(rf"({_DIGITS})(?:(兆|十億|億|百万|万|千|)円|(兆|億))", re.ASCII)
_MIXED = re.compile(
    rf"(?:({_DIGITS})兆)?(?:({_DIGITS})億)?(?:({_DIGITS})千万)?(?:({_DIGITS})万)?(?:({_DIGITS})千)?({_DIGITS})?(円?)",
    re.ASCII,
)
_ENGLISH = re.compile(rf"¥({_DIGITS})(trillion|billion|million|thousand|)", re.ASCII)

_NIL_MARKS: dict[str, Literal["none", "unknown"]] = {
    **dict.fromkeys(["-", "--", "なし", "無し", "無", "該当なし", "none", "nil"], "none"),
    **dict.fromkeys(["不明", "不詳", "未詳", "…", "...", "……", "unknown"], "unknown"),
}


def nil_mark(text: str) -> Literal["none", "unknown"] | None:
    """Return what a mark in place of an amount says: there is none, or it is not known.

    Any dash and なし are none; 不明 and … are unknown, as in the government's statistical tables.
    None for all else; also for an empty cell, which says nothing.
    """
    return _NIL_MARKS.get(numeral_key(text))


def parse_amount(text: str, unit: Unit | None = None) -> Amount:
    """Return the amount that `text` names; `unit` is its column's, used when `text` has none.

    Reads 1,234, 12.5億円, 1億2,000万円, ¥1.007 billion in any width; ▲ △ - and brackets are a
    minus. Without any unit the digits are yen. Raises AmountError, also for a fraction of a yen
    and for the nil marks, which are no amounts.
    """
    key = numeral_key(text)
    if key in ("▲", "△"):
        raise AmountError.because("amount.bare_mark", text)
    match = _SIGNED.fullmatch(key)
    if match is None:
        raise AmountError.because("amount.unknown", text)
    read = _parts(match["plain"] or match["bracketed"], unit or "yen")
    if read is None:
        raise AmountError.because("amount.unknown", text)
    parts, reported_unit = read
    yen = sum(_whole_yen(digits, factor, text) for digits, factor in parts)
    if yen > LARGEST_YEN:
        raise AmountError.because("amount.out_of_range", text)
    is_negative = bool(match["minus"] or match["bracketed"])
    return Amount(-yen if is_negative else yen, reported_unit)


def _parts(key: str, column_unit: Unit) -> tuple[list[tuple[str, int]], Unit] | None:
    """Return the digits of `key` with the yen that each is counted in, and the finest unit."""
    if match := _PLAIN.fullmatch(key):
        return [(match[1], YEN_PER_UNIT[column_unit])], column_unit
    if match := _ONE_UNIT.fullmatch(key):
        factor, unit = _UNIT_WORDS[match[2] if match[3] is None else match[3]]
        return [(match[1], factor)], unit
    if match := _ENGLISH.fullmatch(key):
        factor, unit = _ENGLISH_WORDS[match[2]]
        return [(match[1], factor)], unit
    match = _MIXED.fullmatch(key)
    if match is None or not (match[1] or match[2] or match[7]):
        return None
    words = ("兆", "億", "千万", "万", "千", "")
    present = [
        (digits, _UNIT_WORDS[word])
        for digits, word in zip(match.groups()[:6], words, strict=True)
        if digits
    ]
    is_fraction_inside = any("." in digits for digits, _ in present[:-1])
    if not present or is_fraction_inside or (match[6] and not match[7]):
        return None
    return [(digits, factor) for digits, (factor, _) in present], present[-1][1][1]


def _whole_yen(digits: str, factor: int, text: str) -> int:
    """Return `digits` times `factor`, exactly.

    A number with more than the 15 digits that a spreadsheet's binary number holds, such as
    4.300000000000001, is first read exactly and then, if that is no whole yen, to 15 digits.
    """
    number = Decimal(digits.replace(",", ""))
    if number.adjusted() > 19:
        raise AmountError.because("amount.out_of_range", text)
    with localcontext(Context(prec=len(digits) + 20)):
        yen = number * factor
        if yen % 1 and len(number.as_tuple().digits) > 15:
            yen = Context(prec=15).plus(number) * factor
        if yen % 1:
            raise AmountError.because("amount.fraction", text)
        return int(yen)


_SHORT_JAPANESE = ((10**12, 2, "兆円"), (10**8, 2, "億円"), (10**4, 0, "万円"), (1, 0, "円"))
_SHORT_ENGLISH = (
    (10**12, 3, " trillion"),
    (10**9, 3, " billion"),
    (10**6, 2, " million"),
    (1, 0, ""),
)


def format_short(yen: int, language: str | None = "ja") -> str:
    """Return the amount for a reader: 10.07億円, 8,400万円, 0円; ¥1.007 billion, ¥84 million.

    Rounded to a few digits, half to even; 約 or "about" says so when digits were lost.
    """
    in_english = is_english(language)
    digits, is_exact, word = _shortened(abs(yen), _SHORT_ENGLISH if in_english else _SHORT_JAPANESE)
    if in_english:
        return f"{'' if is_exact else 'about '}{_minus(yen)}¥{digits}{word}"
    return f"{'' if is_exact else '約'}{_minus(yen)}{digits}{word}"


def _shortened(yen: int, steps: tuple[tuple[int, int, str], ...]) -> tuple[str, bool, str]:
    """Return `yen` in the largest of `steps` (yen, decimal places, word) that it reaches.

    As digits, whether they are all, and the word. A sum that is rounded up to the next larger
    step is written in that.
    """
    position = next(i for i, step in enumerate(steps) if yen >= step[0] or step[0] == 1)
    factor, places, word = steps[position]
    smallest = factor // 10**places
    count, rest = divmod(yen, smallest)
    count += 2 * rest > smallest or (2 * rest == smallest and count % 2)
    if position and count * smallest >= steps[position - 1][0]:
        return "1", not rest, steps[position - 1][2]
    whole, part = divmod(count, 10**places)
    decimals = f".{part:0{places}d}".rstrip("0") if part else ""
    return f"{whole:,}{decimals}", not rest, word


def _minus(yen: int) -> str:
    return "−" if yen < 0 else ""
