"""A chapter's manuscript, Markdown extracted from a printed page or typed → its parts. Pure.

The marks decide, not the number of #: "9 | 題" is the chapter, "(1)" or "（1）" a section, "■" a
subsection. Footnotes stand where their page ended, as "1 text" or "- 1 text", a URL on the next
line; a sentence that they interrupt is joined again without a space. Or they are Markdown's,
[^1] and "[^1]: text", wherever they stand. A table of fiscal years and its legend end the file.
Whatever else prose may hold stays as it was typed. Levels, joins and keys need no table of
exceptions; what was decided is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, repeat

from values.decision import Decision
from values.messages import gettext_noop

from .blocks import Block
from .headings import heading_within
from .inline import bold_in, bold_name, is_bold_closed
from .line_kinds import Kind, table_lines
from .lines import Reader
from .notes import paired, placed_marks
from .parts import BoldName, Footnote, Manuscript, ManuscriptError, Section, refused
from .prose import decisions_on, markdown_of
from .source import decode, lines_of

__all__ = ["BoldName", "Footnote", "Manuscript", "ManuscriptError", "Section", "decode", "parse"]


def parse(text: str) -> Manuscript:
    """Read a whole manuscript, or raise ManuscriptError at the first line that cannot be."""
    lines, decisions = lines_of(text)
    reader = Reader(table_lines(lines))
    for number, line in lines:
        reader.take(number, line)
    _refuse_empty(reader)
    return _assembled(reader, decisions)


def _refuse_empty(reader: Reader) -> None:
    if not reader.parts:
        raise refused("empty", 0, "", gettext_noop("原稿が空です。ファイルを確かめてください。"))
    if not any(part.paragraphs for part in reader.parts):
        raise refused(
            "no_prose",
            reader.parts[0].line,
            reader.headings.title,
            gettext_noop("見出しの後に本文がありません。ファイルを確かめてください。"),
        )
    for note in reader.notes:
        if not note.block.text.strip():
            raise refused(
                "footnote_empty",
                note.line,
                note.label,
                gettext_noop("脚注%(number)sに文がありません。文を足すか、消してください。"),
                number=note.label,
            )


def _assembled(reader: Reader, decisions: list[Decision]) -> Manuscript:
    placed = sorted(_placed_blocks(reader), key=lambda each: each[0].line)
    marks = {id(block): placed_marks(block, *place) for block, *place in placed}
    in_order = sorted((m for found in marks.values() for m in found), key=lambda m: m.line)
    decisions = [*decisions, *reader.decisions, *reader.headings.decisions]
    decisions += paired(in_order, reader.notes)
    texts: dict[int, str] = {}
    names: list[BoldName] = []
    headings = {id(part.heading) for part in reader.parts}
    for block, *_place in placed:
        _refuse_open_bold(block)
        texts[id(block)] = text = markdown_of(block, marks[id(block)])
        decisions += decisions_on(block, marks[id(block)])
        if id(block) not in headings:
            names += _bold_names(block, text)
    lead, *sections = reader.parts
    timeline = reader.timeline
    return Manuscript(
        line=lead.line,
        number=reader.headings.number,
        title=reader.headings.title,
        lead=tuple(texts[id(block)] for block in lead.paragraphs),
        sections=tuple(
            Section(
                part.line,
                part.level,
                heading_within(part.line, texts[id(part.heading)]),
                part.anchor,
                tuple(texts[id(block)] for block in part.paragraphs),
            )
            for part in sections
        ),
        footnotes=tuple(
            Footnote(note.line, note.number, texts[id(note.block)].strip(), note.key)
            for note in reader.notes
        ),
        bold_names=tuple(sorted(names, key=lambda name: name.line)),
        timeline_title=timeline.title if timeline else "",
        table=tuple(timeline.table) if timeline else (),
        legend=tuple(timeline.legend) if timeline else (),
        decisions=tuple(sorted(decisions, key=lambda each: each.line)),
    )


def _placed_blocks(reader: Reader) -> Iterator[tuple[Block, int, int]]:
    """Yield each heading, paragraph and note with the numbers of its part and section."""
    section = 0
    for index, part in enumerate(reader.parts):
        section += part.level == 2
        for block in (part.heading, *part.paragraphs) if index else part.paragraphs:
            yield block, index, section
    for note in reader.notes:
        yield note.block, note.part, note.section


def _bold_names(block: Block, text: str) -> Iterator[BoldName]:
    lines = (block.line_at(start) for start, _end in bold_in(block.text))
    for (start, end), line in zip(bold_in(text), chain(lines, repeat(block.line)), strict=False):
        if name := bold_name(text[start:end]):
            yield BoldName(line, name)


def _refuse_open_bold(block: Block) -> None:
    text = block.text
    if block.kind is not Kind.RULE and not is_bold_closed(text):
        raise refused(
            "bold_open",
            block.line_at(text.rindex("**")),
            text[text.rindex("**") :][:60],
            gettext_noop("太字の ** が閉じていません。前後に ** を付けるか消してください。"),
        )
