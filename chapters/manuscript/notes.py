"""Which note each mark of a manuscript means, and under which key it is kept. Pure.

A note has a label: the number or the word between the brackets of [^…]. Where numbers begin anew
in each section, a label has several notes; a mark means the one that stands in its own part or,
failing that, in its own section.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from values.decision import Decision, quoted
from values.messages import gettext_noop

from .blocks import Block
from .marks import Before, FoundMark, marks_in
from .parts import ManuscriptError, refused

_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")
_KEY_LIMIT = 60


@dataclass(eq=False)
class Note:
    """A footnote's text and where it stands: its part and section by their numbers in the file."""

    label: str
    block: Block
    part: int
    section: int
    anchor: str
    key: str = ""
    is_referenced: bool = False

    @property
    def line(self) -> int:
        return self.block.line

    @property
    def number(self) -> int:
        return int(self.label) if is_number(self.label) else 0


@dataclass
class PlacedMark:
    """A mark, the block that it stands in, and the notes it means."""

    found: FoundMark
    block: Block
    line: int
    part: int
    section: int
    is_exponent: bool = False
    notes: list[Note] = field(default_factory=list)


def is_number(label: str) -> bool:
    return re.fullmatch(r"\d{1,3}", label) is not None


def placed_marks(block: Block, part: int, section: int) -> list[PlacedMark]:
    return [
        PlacedMark(found, block, block.line_at(found.start), part, section)
        for found in marks_in(block.text)
    ]


def paired(marks: list[PlacedMark], notes: list[Note]) -> list[Decision]:
    """Give each mark its notes and each note its key, or raise ManuscriptError at the first fault.

    `marks` and `notes` stand in the order of the file.
    """
    notes_of: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        notes_of[note.label].append(note)
    for several in notes_of.values():
        _refuse_twice(several)
    decisions = _set_exponents_aside(marks, notes_of.keys())
    for mark in marks:
        if not mark.is_exponent:
            mark.notes = [
                _meant(mark, label, notes_of.get(label, [])) for label in mark.found.labels
            ]
        for note in mark.notes:
            note.is_referenced = True
    for note in notes:
        if not note.is_referenced:
            raise _unreferenced(note)
    return decisions + _give_keys(notes)


def _refuse_twice(notes: list[Note]) -> None:
    """Several notes of one label stand in parts of their own, or nobody can tell them apart."""
    for first, second in pairwise(notes):
        if first.part == second.part:
            raise _twice(first, second)


def _set_exponents_aside(marks: list[PlacedMark], labels: Iterable[str]) -> list[Decision]:
    """Tell numbers set high that are exponents from marks, and name those that may be either.

    A number behind 10 or m is an exponent. Behind another number it is one if no note has it, or
    if the note has a mark elsewhere; behind one or two Latin letters if no note has it.
    """
    noted = set(labels)
    plainly = {
        label
        for mark in marks
        if mark.found.before in (Before.WORDS, Before.LATIN, Before.SYMBOL)
        for label in mark.found.labels
    }
    decisions = []
    for mark in marks:
        number, before = mark.found.number, mark.found.before
        mark.is_exponent = before is Before.POWER or (
            (number not in noted and before in (Before.DIGIT, Before.SYMBOL))
            or (before is Before.DIGIT and number in plainly)
        )
        if mark.is_exponent:
            is_sure = before is Before.POWER and number not in noted
            code = "superscript.exponent" if is_sure else "superscript.perhaps_exponent"
            decisions.append(Decision(code, mark.line, quoted(mark.found.words), number))
        elif before is Before.DIGIT:
            words = quoted(mark.found.words)
            decisions.append(Decision("superscript.perhaps_mark", mark.line, words, number))
    return decisions


def _meant(mark: PlacedMark, label: str, notes: list[Note]) -> Note:
    """Return the note of a label that a mark means; raise if there is none, or no telling which."""
    if not notes:
        raise _undefined(mark, label)
    at = bisect_left(notes, mark.line, key=lambda note: note.line)
    if at == 0 or at == len(notes):
        return notes[min(at, len(notes) - 1)]
    before, after = notes[at - 1], notes[at]
    for place in ("part", "section"):
        near = [n for n in (before, after) if getattr(n, place) == getattr(mark, place)]
        if len(near) == 1:
            return near[0]
    raise _unclear(mark, label, before, after)


def _give_keys(notes: list[Note]) -> list[Decision]:
    """Numbers first: n1, then s2-n1 where they begin anew; then words, as typed if they can be."""
    taken: set[str] = set()
    decisions = []
    seen: set[str] = set()
    number = max((note.number for note in notes), default=0)
    for note in sorted(notes, key=lambda note: not note.number):
        if note.number:
            wanted = f"n{note.number}"
        elif _KEY.fullmatch(note.label):
            wanted = note.label
        else:
            number += 1
            wanted = f"n{number}"
        if note.label in seen:
            wanted = f"{note.anchor}-{wanted}"
        note.key = _free(wanted[:_KEY_LIMIT], taken)
        taken.add(note.key)
        if note.label in seen:
            decisions.append(Decision("note.restarted", note.line, note.label, note.key))
        elif not note.number and note.key != note.label:
            decisions.append(Decision("note.key", note.line, note.label, note.key))
        seen.add(note.label)
    return decisions


def _free(key: str, taken: set[str]) -> str:
    tried, number = key, 1
    while tried in taken:
        number += 1
        tried = f"{key[: _KEY_LIMIT - 5]}-{number}"
    return tried


def _shown(label: str) -> str:
    return label if is_number(label) else f"[^{label}]"


def _undefined(mark: PlacedMark, label: str) -> ManuscriptError:
    sentence = gettext_noop(
        "脚注%(number)sの文がありません。「%(number)s 文」の行を足すか、印を消してください。"
    )
    if not mark.found.words.endswith(">"):
        sentence = gettext_noop(
            "脚注%(number)sの文がありません。"
            "「[^%(number)s]: 文」の行を足すか、印を消してください。"
        )
    return refused("footnote_undefined", mark.line, label, sentence, number=label)


def _unreferenced(note: Note) -> ManuscriptError:
    sentence = gettext_noop(
        "脚注%(number)sの印が本文にありません。<sup>%(number)s</sup>を入れてください。"
        "本文の一文なら数字の後の空白を消してください。"
    )
    if not note.number:
        sentence = gettext_noop(
            "脚注%(number)sの印が本文にありません。[^%(number)s]を入れるか、この脚注を消してください。"
        )
    return refused(
        "footnote_unreferenced",
        note.line,
        f"{_shown(note.label)} {note.block.text[:60]}",
        sentence,
        number=note.label,
    )


def _twice(first: Note, second: Note) -> ManuscriptError:
    return refused(
        "footnote_twice",
        second.line,
        f"{_shown(second.label)} {second.block.text[:60]}",
        gettext_noop(
            "脚注%(number)sは%(first)s行目にもあります。番号を直してください。本文の一文なら数字の後の空白を消してください。"
        ),
        number=second.label,
        first=first.line,
    )


def _unclear(mark: PlacedMark, label: str, before: Note, after: Note) -> ManuscriptError:
    return refused(
        "footnote_unclear",
        mark.line,
        quoted(mark.found.words),
        gettext_noop(
            "脚注%(number)sは%(first)s行目と%(second)s行目にあり、どちらの印か分かりません。番号を通しにしてください。"
        ),
        number=label,
        first=before.line,
        second=after.line,
    )
