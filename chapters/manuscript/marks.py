"""The footnote marks in a text: <sup>1</sup> and [^key]; and what only looks like one. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

_CODE_TICKS = re.compile(r"`+")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_MARK = re.compile(
    r"<sup>\s*(?P<numbers>\d{1,3}(?:\s*[,、，・]\s*\d{1,3})*)\s*</sup>"
    r"|\[\^(?P<label>[^\]\[\s^\0]{1,100})\]",
    re.IGNORECASE,
)
_POWER = re.compile(r"(?:(?<![\d.０-９．])(?:10|１０)|[\d０-９][ 　]?(?:[kcmnμµ]?m|㎞|㎝|㎜))$")
_DIGIT = re.compile(r"[\d０-９]$")
_LATIN = re.compile(r"[A-Za-z]+$")
_LONGEST_SYMBOL = 2
_HIDDEN = "\0"


class Before(Enum):
    """What stands before a number set high."""

    WORDS = "words"
    POWER = "power"  # 10, or a unit of length after a number: the number is no mark
    DIGIT = "digit"
    SYMBOL = "symbol"  # one or two Latin letters
    LATIN = "latin"


@dataclass(frozen=True)
class FoundMark:
    """A mark in a text from `start` to `end`, the labels it refers to, what stands before it."""

    start: int
    end: int
    labels: tuple[str, ...]
    before: Before
    words: str

    @property
    def number(self) -> str:
        """The label, if this may be an exponent."""
        return self.labels[0] if self.before is not Before.WORDS else ""


def masked(text: str) -> str:
    """Return `text` with `code` and backslash escapes hidden, each character in its place."""
    text = _ESCAPE.sub(_HIDDEN * 2, text)
    ticks = list(_CODE_TICKS.finditer(text))
    closing: dict[int, list[int]] = {}
    for at in range(len(ticks) - 1, -1, -1):
        closing.setdefault(len(ticks[at][0]), []).append(at)
    pieces, kept, at = [], 0, 0
    while at < len(ticks):
        ends = closing[len(ticks[at][0])]
        while ends and ends[-1] <= at:
            ends.pop()
        if not ends:
            at += 1
            continue
        start, stop = ticks[at].start(), ticks[ends[-1]].end()
        pieces += [text[kept:start], _HIDDEN * (stop - start)]
        kept, at = stop, ends[-1] + 1
    return "".join([*pieces, text[kept:]])


def substituted(
    pattern: re.Pattern[str], text: str, replacement: Callable[[int, int], str | None]
) -> str:
    """Replace what `pattern` finds outside of code; None leaves it as it is."""
    pieces, kept = [], 0
    for match in pattern.finditer(masked(text)):
        new = replacement(match.start(), match.end())
        if new is not None:
            pieces += [text[kept : match.start()], new]
            kept = match.end()
    return "".join([*pieces, text[kept:]])


def marks_in(text: str) -> list[FoundMark]:
    """Return the marks of a text in reading order, exponents among them."""
    if "<" not in text and "[^" not in text:
        return []
    found = []
    for match in _MARK.finditer(masked(text)):
        labels = [label(each) for each in re.findall(r"\d+", match["numbers"] or "")]
        before = Before.WORDS
        if len(labels) == 1:
            before = _before(text[max(0, match.start() - 40) : match.start()])
        found.append(
            FoundMark(
                match.start(),
                match.end(),
                tuple(labels) or (label(match["label"]),),
                before,
                text[max(0, match.start() - 8) : match.end()],
            )
        )
    return found


def label(text: str) -> str:
    """Return what a mark and its note have in common: a number in any width, or a word."""
    return str(int(text)) if re.fullmatch(r"\d{1,3}", text) else text


def _before(text: str) -> Before:
    if _POWER.search(text):
        return Before.POWER
    if _DIGIT.search(text):
        return Before.DIGIT
    if letters := _LATIN.search(text):
        return Before.SYMBOL if len(letters[0]) <= _LONGEST_SYMBOL else Before.LATIN
    return Before.WORDS
