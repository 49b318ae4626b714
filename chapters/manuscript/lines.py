"""The lines of a manuscript, one after the other → its open parts. Pure.

See chapters.manuscript.reading for the rules. What stands here is what one line may be, given the
lines before it; what only the whole file tells is checked there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from values.decision import Decision, quoted
from values.messages import gettext_noop
from values.text_length import MOST_CHARACTERS

from .blocks import Block, is_lone_url
from .headings import HeadingReader, OpenPart
from .line_kinds import Kind, indent_of, kind_of
from .marks import Before, label, marks_in
from .notes import Note, is_number
from .parts import MOST_MARKS, MOST_NOTES, refused, too_long, too_many
from .timeline_lines import TimelineLines, begins_timeline

_NOTE = re.compile(r"(?:[-*+]\s+)?(\d{1,3})\s+(?!つ|[かカヶ][国所月]|年[度代間にのか、])(\S.*)")
_DEFINITION = re.compile(r"\[\^([^\]\[\s^]{1,100})\][:：][ \t]*(.*)")
_FIGURE_TITLE = re.compile(r"(?:#{1,6}\s*)?【(.+)】")
_CONTINUATION = 2
"""By how many columns the further paragraphs of a [^note]: are set in, at least."""


@dataclass
class Reader:
    """Takes the lines one by one and knows what the next one may be."""

    table_lines: Mapping[int, bool]
    headings: HeadingReader = field(default_factory=HeadingReader)
    notes: list[Note] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    referenced: set[str] = field(default_factory=set)
    decisions: list[Decision] = field(default_factory=list)
    timeline: TimelineLines | None = None
    open_block: Block | None = None
    last_note: Note | None = None
    is_definition_open: bool = False
    highest_number: int = 0
    size: int = 0
    mark_count: int = 0

    @property
    def parts(self) -> list[OpenPart]:
        return self.headings.parts

    def take(self, line: int, raw: str) -> None:
        text = raw.strip()
        if not text:
            self.open_block = None
            if self.timeline:
                self.timeline.end_table()
        elif not self.parts:
            self.headings.take_title(line, text)
        elif self.timeline is None and begins_timeline(line, raw):
            self.timeline = TimelineLines(self._timeline_title())
            self.timeline.take(line, raw)
            self._close()
        elif self.timeline and self.timeline.wants(raw):
            self.timeline.take(line, raw)
            self._close()
        elif self._take_note(line, raw, text):
            pass
        elif self.timeline:
            self.timeline.take(line, raw)
        elif self.headings.take_heading(line, text, is_amid=self._is_amid()):
            self._refer(line, text)
            self._close()
            self.size = 0
        else:
            self._take_prose(line, raw)

    def _is_amid(self) -> bool:
        return self.open_block is not None and self.last_note is None

    def _close(self) -> None:
        self.open_block = self.last_note = None
        self.is_definition_open = False

    def _take_note(self, line: int, raw: str, text: str) -> bool:
        """Take a line that begins or goes on with a footnote."""
        if definition := _DEFINITION.fullmatch(text):
            self._open_note(line, label(definition[1]), definition[2])
            self.is_definition_open = True
        elif (note := _NOTE.fullmatch(text)) and self._is_note(line, raw, label(note[1])):
            self._open_note(line, label(note[1]), note[2])
            self.is_definition_open = False
        elif self.last_note is None:
            return False
        elif self.open_block is self.last_note.block:
            if not self.timeline and self.headings.is_heading(text):
                return False
            self._go_on_with_note(line, raw)
        elif self._is_set_in(raw):
            _refuse_unreadable(line, raw, kind_of(raw), None)
            self.open_block = self.last_note.block
            self.open_block.add_paragraph(line, _set_out(raw))
        elif self.open_block is None and is_lone_url(text):
            self.open_block = self.last_note.block
            self.open_block.add(line, text)
            self.decisions.append(Decision("note.address", line, quoted(text)))
        else:
            return False
        self._refer(line, text)
        return True

    def _is_set_in(self, raw: str) -> bool:
        """Whether a line after a blank one is a further paragraph of a [^note]:."""
        return (
            self.is_definition_open and self.open_block is None and indent_of(raw) >= _CONTINUATION
        )

    def _go_on_with_note(self, line: int, raw: str) -> None:
        assert self.open_block is not None
        kind = Kind.ROW if line in self.table_lines else kind_of(raw)
        _refuse_unreadable(line, raw, kind, self.open_block)
        self.open_block.add(line, _set_out(raw) if self.is_definition_open else raw, kind)

    def _is_note(self, line: int, raw: str, number: str) -> bool:
        """Whether a line that begins with a number is the note that a mark asks for."""
        block = self.open_block
        is_nested = block is not None and block.is_in_list and indent_of(raw) > 1
        if is_nested or line in self.table_lines or self._is_set_in(raw):
            return False
        return (
            number in self.referenced
            or number in self.labels
            or int(number) == self.highest_number + 1
        )

    def _open_note(self, line: int, name: str, text: str) -> None:
        if len(self.notes) == MOST_NOTES:
            raise too_many(line, "note", MOST_NOTES)
        part = self.parts[-1]
        note = Note(name, Block(line), len(self.parts) - 1, self.headings.section, part.anchor)
        note.block.add(line, text)
        self.notes.append(note)
        self.labels.add(name)
        if is_number(name):
            self.highest_number = max(self.highest_number, int(name))
        self.last_note, self.open_block = note, note.block

    def _take_prose(self, line: int, raw: str) -> None:
        self.size += len(raw) + 2
        if self.size > MOST_CHARACTERS:
            raise too_long(line, raw.strip())
        kind = kind_of(raw)
        is_first_of_table = self.table_lines.get(line)
        is_table = is_first_of_table is not None
        block = self.open_block
        _refuse_unreadable(line, raw, kind, block)
        if block and not (is_first_of_table or _begins_block(block, kind, is_table=is_table)):
            block.add(line, raw, kind)
        elif block is None and kind is Kind.PLAIN and not is_table and self._is_interrupted():
            self.open_block = block = self.parts[-1].paragraphs[-1]
            block.add(line, raw, is_seam=True)
        else:
            self._open_paragraph(line, raw, kind, is_table=is_table)
        self.last_note = None
        self._refer(line, raw)

    def _is_interrupted(self) -> bool:
        """Whether notes where a page ended stand within a sentence."""
        paragraphs = self.parts[-1].paragraphs
        return (
            self.last_note is not None
            and not self.is_definition_open
            and bool(paragraphs)
            and paragraphs[-1].is_cut()
        )

    def _open_paragraph(self, line: int, raw: str, kind: Kind, *, is_table: bool) -> None:
        paragraphs = self.parts[-1].paragraphs
        goes_on = bool(paragraphs) and paragraphs[-1].is_in_list and indent_of(raw) >= _CONTINUATION
        block = Block(line, kind, is_table=is_table, is_in_list=kind is Kind.ITEM or goes_on)
        paragraphs.append(block)
        self.open_block = block
        block.add(line, raw if block.keeps_indent else raw.lstrip(" \t"), kind)

    def _refer(self, line: int, text: str) -> None:
        """Remember the numbers of marks: a line that begins with one is then a note."""
        marks = marks_in(text)
        self.mark_count += len(marks)
        if self.mark_count > MOST_MARKS:
            raise too_many(line, "mark", MOST_MARKS)
        for mark in marks:
            if mark.before is not Before.POWER:
                self.referenced.update(mark.labels)

    def _timeline_title(self) -> str:
        """Return the title of a table that begins: 【題】 just above it, else the chapter's."""
        paragraphs = self.parts[-1].paragraphs
        title = _FIGURE_TITLE.fullmatch(paragraphs[-1].text) if paragraphs else None
        if title is None:
            return self.headings.title
        return self.headings.plain_title(paragraphs.pop().line, title[1])


def _begins_block(block: Block, kind: Kind, *, is_table: bool) -> bool:
    """Tell whether a line begins a block although no blank line stands before it."""
    if block.is_table:
        return not is_table
    if Kind.RULE in (kind, block.kind):
        return True
    if block.kind is Kind.ROW:
        return kind is not Kind.ROW
    return kind is Kind.PARAGRAPH and not block.is_in_list


def _refuse_unreadable(line: int, raw: str, kind: Kind, block: Block | None) -> None:
    """Refuse a fence, and a line of - or = below words: it may be a heading or a rule."""
    if kind is Kind.FENCE:
        raise refused(
            "code_block",
            line,
            raw.strip()[:80],
            gettext_noop(
                "プログラムの囲み（``` や ~~~）は使えません。"
                "囲みを消すか、語を `…` で囲んでください。"
            ),
        )
    is_dashes = kind is Kind.RULE and not raw.strip().strip("-")
    stands_apart = block is not None and (block.is_in_list or block.has_own_lines)
    is_rule = block is None or block.kind is Kind.RULE or (is_dashes and stands_apart)
    if not is_rule and (is_dashes or kind is Kind.UNDERLINE):
        raise refused(
            "heading_underlined",
            line,
            raw.strip()[:80],
            gettext_noop(
                "文のすぐ下の線は、見出しの下線か区切り線か分かりません。"
                "見出しなら「### (1) 題」と書き、区切り線なら前に空行を入れてください。"
            ),
        )


def _set_out(raw: str) -> str:
    """Return a line of a [^note]: without the indentation that makes it one."""
    column, at = 0, 0
    while at < len(raw) and raw[at] in " \t" and column < 4:
        column += 4 if raw[at] == "\t" else 1
        at += 1
    return raw[at:]
