"""The footnote marks in a text: <sup>1</sup> and [^key]; and what only looks like one. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

_TICKS = re.compile(r"`+")
_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
_TICKS_OR_ESCAPE = re.compile(f"{_TICKS.pattern}|{_ESCAPE.pattern}")
_MARK = re.compile(
    r"<sup>\s*(?P<numbers>\d{1,3}(?:\s*[,、，・]\s*\d{1,3})*)\s*</sup>"
    r"|\[\^(?P<label>[^\]\[\s^\0\1]{1,100})\]",
    re.IGNORECASE,
)
_POWER = re.compile(r"(?:(?<![\d.０-９．])(?:10|１０)|[\d０-９][ 　]?(?:[kcmnμµ]?m|㎞|㎝|㎜))$")
_DIGIT = re.compile(r"[\d０-９]$")
_LATIN = re.compile(r"[A-Za-z]+$")
_WORD = re.compile(
    r"<(su[pb])>[^<>]{0,20}</\1>|<[^<>]{0,20}>|\[[^\[\]]{0,40}\]|[A-Za-z0-9０-９.,]+|.",
    re.DOTALL | re.IGNORECASE,
)
_QUOTED = 8
_LONGEST_SYMBOL = 2
_CODE = "\0"
_ESCAPED = "\1"

Edit = tuple[int, int, str]
"""From where to where a text is replaced, and by which words."""


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


@lru_cache(maxsize=16)
def masked(text: str) -> str:
    """Return `text` with code (as \\0) and backslash escapes (\\1) hidden, each sign in its place.

    A run of ticks begins code that the next run of as many ends; within it nothing is escaped.
    """
    if "`" not in text:
        return _ESCAPE.sub(_ESCAPED * 2, text) if "\\" in text else text
    closing: dict[int, list[int]] = defaultdict(list)
    for match in _TICKS.finditer(text):
        closing[len(match[0])].append(match.start())
    pieces, at = [], 0
    while opening := _TICKS_OR_ESCAPE.search(text, at):
        pieces.append(text[at : opening.start()])
        at = opening.end()
        length = at - opening.start()
        ends = closing[length] if opening[0][0] == "`" else []
        end = bisect_left(ends, at)
        if opening[0][0] == "\\":
            pieces.append(_ESCAPED * 2)
        elif end < len(ends):
            pieces.append(_CODE * (ends[end] + length - opening.start()))
            at = ends[end] + length
        else:
            pieces.append(opening[0])
    return "".join([*pieces, text[at:]])


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Put each edit's words in place of what stands from its start to its end."""
    pieces, kept = [], 0
    for start, end, words in edits:
        pieces += [text[kept:start], words]
        kept = end
    return "".join([*pieces, text[kept:]])


def substituted(
    pattern: re.Pattern[str], text: str, replacement: Callable[[int, int], str | None]
) -> str:
    """Replace what `pattern` finds outside of code; None leaves it as it is."""
    return edited(
        text,
        [
            (*match.span(), new)
            for match in pattern.finditer(masked(text))
            if (new := replacement(*match.span())) is not None
        ],
    )


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
                _last_words(text[max(0, match.start() - 60) : match.start()]) + match[0],
            )
        )
    return found


def label(text: str) -> str:
    """Return what a mark and its note have in common: a number in any width, or a word."""
    return str(int(text)) if re.fullmatch(r"\d{1,3}", text) else text


def _last_words(text: str) -> str:
    """Return the end of a text, some eight characters, without cutting a word or a tag."""
    words = [match[0] for match in _WORD.finditer(text)]
    length, first = 0, len(words)
    while first and length < _QUOTED:
        first -= 1
        length += len(words[first])
    return "".join(words[first:])


def _before(text: str) -> Before:
    if _POWER.search(text):
        return Before.POWER
    if _DIGIT.search(text):
        return Before.DIGIT
    if letters := _LATIN.search(text):
        return Before.SYMBOL if len(letters[0]) <= _LONGEST_SYMBOL else Before.LATIN
    return Before.WORDS
