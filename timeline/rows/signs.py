"""What a cell under a year of a figure says: each sign that people type is read, or is none."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from values.money import nil_mark
from values.partial_date import PartialDate, PartialDateError
from values.partial_date_text import parse
from values.text_key import numeral_key, text_key

from ..figure.vocabulary import MARK, SIGNS, FigureWords, State

SignKind = Literal["mark", "tier", "state", "none", "unknown"]

_LINES = re.compile("[─━═]")
"""Drawn lines are the bar of a figure, though they are folded like dashes, which say "none"."""
_MARKED = re.compile(rf"(?:{MARK}\(?(?P<after>[^()]+)\)?|\(?(?P<before>[^()]+)\)?{MARK})")
_MONTH = re.compile(r"(?P<month>\d{1,2})(?:月(?:(?P<day>\d{1,2})日)?|/(?P<last>\d{1,2}))", re.ASCII)


@dataclass(frozen=True)
class Sign:
    """A cell's sign, as it was typed in `text`.

    mark     an event was in the year; `month` and `day` where the cell says them, `date` with a
             year beside the mark
    tier     a programme's sum is in the tier `letter`
    state    a programme's cell is in one of the figure's other `states`
    none     a dash: nothing is said but that there is nothing
    unknown  no sign of a figure
    """

    kind: SignKind
    text: str
    letter: str = ""
    states: frozenset[State] = frozenset()
    month: int | None = None
    day: int | None = None
    date: PartialDate | None = None


@dataclass(frozen=True)
class PlacedSign:
    """A sign under a fiscal year, and the letter of its column."""

    fiscal_year: int
    column: str
    sign: Sign


class SignReader:
    """Reads cells by the letters of a scheme and by the words of a figure in its languages."""

    def __init__(self, letters: Iterable[str], languages: Iterable[FigureWords]) -> None:
        self.letters = {text_key(letter): letter for letter in letters}
        self.states: dict[str, set[State]] = {}
        for signs in (SIGNS, *(words.in_sheet for words in languages)):
            self._take(signs)
        self.states.pop("-", None)

    def _take(self, signs: Mapping[State, str]) -> None:
        for state, sign in signs.items():
            if sign:
                self.states.setdefault(numeral_key(sign), set()).add(state)

    def read(self, text: str) -> Sign:
        key = numeral_key(text)
        if letter := self.letters.get(text_key(text)):
            return Sign("tier", text, letter=letter)
        if key in self.states:
            return Sign("state", text, states=frozenset(self.states[key]))
        if MARK in key:
            return _mark(key, text)
        if _LINES.search(text):
            return Sign("unknown", text)
        said = nil_mark(text)
        if said == "unknown":
            return Sign("state", text, states=frozenset({"unknown"}))
        return Sign("none" if said else "unknown", text)


def _mark(key: str, text: str) -> Sign:
    """Read ▲, ▲（3月）, ▲3月, 3/14▲, ▲ 2022.3; ▲3 may be a minus and is no mark."""
    if key == MARK:
        return Sign("mark", text)
    beside = _MARKED.fullmatch(key)
    words = (beside["after"] or beside["before"]).strip() if beside else ""
    if month := _MONTH.fullmatch(words):
        day = month["day"] or month["last"]
        return Sign("mark", text, month=int(month["month"]), day=int(day) if day else None)
    date = _with_month(words)
    return Sign("mark", text, date=date) if date else Sign("unknown", text)


def _with_month(words: str) -> PartialDate | None:
    try:
        date = parse(words)
    except PartialDateError as refusal:
        if refusal.code != "date.decimal" or not refusal.proposal:
            return None
        date = parse(refusal.proposal)  # beside ▲ a cell is text: 2022.3 is the month
    return date if date.month else None
