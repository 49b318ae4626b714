"""A block as it was read → the chapter's Markdown, and what was decided on the way. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from values.decision import Decision, quoted

from .blocks import Block
from .inline import (
    foreign_in,
    high_numbers_in,
    marks_outside,
    mended_addresses_in,
    spaced_bold_in,
    to_markdown,
)
from .line_kinds import Kind, cells_of
from .marks import Edit, edited
from .notes import PlacedMark
from .timeline_lines import years_in

_MARK = "▲"


def markdown_of(block: Block, marks: list[PlacedMark]) -> str:
    """Return a block's Markdown: each mark that means notes as their keys, exponents as typed."""
    resolved = edited(block.text, marks_outside(block.text, _keys(marks)))
    return resolved if block.kind is Kind.RULE else to_markdown(resolved)


def _keys(marks: list[PlacedMark]) -> list[Edit]:
    return [
        (mark.found.start, mark.found.end, "".join(f"[^{note.key}]" for note in mark.notes))
        for mark in marks
        if mark.notes
    ]


def decisions_on(block: Block, marks: list[PlacedMark]) -> Iterator[Decision]:
    """Yield what was decided on the words of a block."""
    text = block.text
    meant = {mark.found.start for mark in marks}
    foreign = (found for found in foreign_in(text) if found[0] not in meant)
    for code, found in (
        ("markup.kept", foreign),
        ("superscript.kept", high_numbers_in(text)),
        ("bold.spaced", spaced_bold_in(text)),
        ("mark.moved", _marks_moved(text, marks)),
        ("address.mended", mended_addresses_in(text)),
        ("table.unruled", _unruled(block, text)),
        ("table.of_years", _table_of_years(block, text)),
    ):
        for line, words in block.places(found):
            yield Decision(code, line, quoted(words))
    for code, line, words in block.joins:
        yield Decision(code, line, quoted(words))


def _marks_moved(text: str, marks: list[PlacedMark]) -> Iterator[tuple[int, str]]:
    """Marks that went over words of a bold name, and so stand behind other ones."""
    keys = _keys(marks)
    in_place = {start for start, _end, _words in keys}
    for start, end, _words in marks_outside(text, keys):
        if start not in in_place:
            inside = [key for key in keys if start < key[0] < end]
            between = [text[one[1] : two[0]] for one, two in pairwise(inside)]
            if "".join([*between, text[inside[-1][1] : end - 2]]).strip():
                yield start, text[start:end]


def _unruled(block: Block, text: str) -> Iterator[tuple[int, str]]:
    if block.kind is Kind.ROW and not block.is_table:
        yield 0, text.split("\n", 1)[0]


def _table_of_years(block: Block, text: str) -> Iterator[tuple[int, str]]:
    if block.is_table and _MARK in text:
        head, _rule, *rows = text.split("\n")
        cells = [cell for row in rows for cell in cells_of(row)[2:]]
        if len(years_in(cells_of(head))) > 1 and all(cell in ("", _MARK) for cell in cells):
            yield 0, head
