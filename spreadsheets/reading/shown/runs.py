"""A cell's text in runs, as one would read it: struck-through words gone, raised marks apart.

Pure. What is struck through is no text; a raised note mark is no digit of what it stands at.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .written import number_written

Level = Literal["", "superscript", "subscript"]

_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_MARK = re.compile(r"[0-9０-９①-⑳*＊※†‡§¶#＃注（）()〔〕［］\[\],，、.・~～\-－ 　a-zａ-ｚ]+")
_BARE_DIGITS = re.compile(r"[0-9０-９]+")
_LETTERS = re.compile(r"[a-z ]+")
_LATIN_WORD = re.compile(r"[A-Za-z]+\Z")
_LENGTH = re.compile(r"(?:\A|[^A-Za-z])[kcmμ]?m\Z")
_LONGEST_SYMBOL = 2
_AFTER_A_MARK = "（(［[〔「\n"


@dataclass(frozen=True)
class Run:
    """A stretch of text in one font; is_struck None: as the cell itself."""

    text: str
    is_struck: bool | None = None
    level: Level = ""


@dataclass(frozen=True)
class ReadText:
    """`struck` and `marks` are what was left out of `text`; is_all_struck: nothing stands."""

    text: str
    struck: str = ""
    marks: str = ""
    is_all_struck: bool = False


def is_special(runs: Sequence[Run]) -> bool:
    return any(run.is_struck is not None or run.level for run in runs)


def read_runs(runs: Sequence[Run], *, cell_is_struck: bool = False) -> ReadText:
    """Return the text that stands in the cell."""
    settled = [
        replace(run, is_struck=cell_is_struck) if run.is_struck is None else run for run in runs
    ]
    struck = "".join(run.text for run in settled if run.is_struck)
    standing = _joined([run for run in settled if not run.is_struck and run.text])
    if struck.strip() and not "".join(run.text for run in standing).strip():
        return ReadText("", struck, is_all_struck=True)
    text, marks = "", []
    for index, run in enumerate(standing):
        after = "".join(each.text for each in standing[index + 1 :])
        if run.level and text.strip() and _is_mark(run, text, after):
            marks.append(run.text.strip())
        elif run.level and text.strip():
            text += run.text.translate(_RAISED if run.level == "superscript" else _LOWERED)
        else:
            text += run.text
    return ReadText(text, struck.strip(), "、".join(marks))


def _joined(runs: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1].level == run.level:
            joined[-1] = replace(run, text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return joined


def _is_mark(run: Run, before: str, after: str) -> bool:
    """Whether a raised or lowered run is the mark of a note, not a power or part of a formula."""
    text = run.text.strip()
    ends = not after.strip() or after.lstrip(" 　")[:1] in _AFTER_A_MARK or after[:1] == "\n"
    if number_written(before) is not None and not after.strip():
        return True
    if not _MARK.fullmatch(text) or _LETTERS.fullmatch(text):
        return False
    if not _BARE_DIGITS.fullmatch(text):
        return True
    symbol = _LATIN_WORD.search(before)
    is_in_symbol = symbol is not None and len(symbol[0]) <= _LONGEST_SYMBOL
    if run.level == "subscript":
        return symbol is None and (ends or not before[-1:].isdecimal())
    if _LENGTH.search(before):
        return False
    if ends:
        return not (is_in_symbol and after.strip())
    return not is_in_symbol and not before[-1:].isdecimal()
