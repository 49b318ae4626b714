"""Markdown, footnotes and mentions of one chapter → blocks of safe HTML. Pure.

`[^key]` refers to a footnote; `[words](program:code)` and `[words](event:code)` mention a record;
without words the record's name is printed, with the title "years" its name and years. Every text
is parsed once; then all records that are mentioned are looked up at once; then, in reading order,
numbers, anchors and back links are made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from html import unescape
from typing import cast
from xml.etree import ElementTree as etree

from markdown import util

from .markdown_subset import BLOCK_END, Parsed, TooDeep, parse
from .rendered import (
    PAGE_IDS,
    Block,
    MentionFound,
    Note,
    Problem,
    Record,
    RecordKind,
    Rendered,
    SectionText,
)
from .safe_html import UNPRINTABLE, SafeHTML, filled, joined

Reference = tuple[RecordKind, str]
LookUp = Callable[[Set[Reference]], Iterable[Record]]
"""Given (kind, code) of all records that are mentioned: those that exist."""

_BLOCK_KINDS = {"p": "paragraph", "ul": "list", "ol": "list", "blockquote": "quotation"}


def render(
    *, lead: str, sections: Iterable[SectionText], notes: Mapping[str, str], look_up: LookUp
) -> Rendered:
    """Render a chapter. Footnotes are numbered from 1 in the order of their first reference.

    `notes` maps footnote keys to Markdown. Whatever refers to nothing is listed in `problems`
    and printed as plain words; nothing raises.
    """
    bodies = [(section, _Text.of(section.body)) for section in sections]
    opening = _Text.of(lead)
    texts = {key: _Text.of(note) for key, note in notes.items()}
    mentioned = {
        reference
        for text in (opening, *(text for _section, text in bodies), *texts.values())
        for reference in text.mentioned()
    }
    records = {(record.kind, record.code): record for record in look_up(mentioned)}
    page = _Page(records, texts)
    blocks = page.body_blocks("lead", opening)
    for section, text in bodies:
        heading = filled(
            f'<h{section.level} id="{{}}">{{}}</h{section.level}>', section.anchor, section.heading
        )
        blocks.append(Block(section.anchor, "heading", heading, section.heading, section.level))
        blocks += page.body_blocks(section.anchor, text)
    printed = page.printed_notes()
    page.problems += [
        Problem("footnote.unused", f"[^{key}]", key) for key in notes if key not in page.references
    ]
    page.problems += _taken_anchors(blocks, page.references)
    return Rendered(tuple(blocks), printed, tuple(page.mentions), tuple(page.problems))


def _taken_anchors(
    blocks: Iterable[Block], references: Mapping[str, Iterable[str]]
) -> Iterator[Problem]:
    """Blocks whose id something before them on the page has."""
    seen = set(PAGE_IDS)
    seen.update(f"fn-{key}" for key in references)
    seen.update(mark for marks in references.values() for mark in marks)
    for block in blocks:
        if block.id in seen:
            yield Problem("anchor.taken", block.id, block.id)
        seen.add(block.id)


@dataclass(frozen=True)
class _Text:
    """Markdown as typed, and parsed unless it is too deep for that."""

    source: str
    parsed: Parsed | None

    @classmethod
    def of(cls, source: str) -> _Text:
        try:
            return cls(source, parse(source))
        except TooDeep:
            return cls(source, None)

    def mentioned(self) -> Iterator[Reference]:
        for link in self.parsed.root.iter("a") if self.parsed else ():
            if reference := _reference(link):
                yield reference


@dataclass
class _Page:
    """What is counted across the parts of one chapter while it is being rendered."""

    records: Mapping[Reference, Record]
    notes: Mapping[str, _Text]
    references: dict[str, list[str]] = field(default_factory=dict)
    mentions: list[MentionFound] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    block_ids: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    place: str = ""
    footnote_key: str = ""

    def body_blocks(self, anchor: str, text: _Text) -> list[Block]:
        self.place, self.block_ids, self.texts = anchor, [], []
        parts = self._printed(text)
        blocks = []
        for block_id, words, html in zip(self.block_ids, self.texts, parts, strict=True):
            match = re.match(r"<(\w+)", html)
            kind = _BLOCK_KINDS.get(match[1] if match else "", "other")
            blocks.append(Block(block_id, kind, html, words))
        return blocks

    def printed_notes(self) -> tuple[Note, ...]:
        """Render the notes referred to. A note may refer to a further one, which then follows."""
        printed: list[Note] = []
        while len(printed) < len(self.references):
            key = list(self.references)[len(printed)]
            self.place, self.block_ids, self.texts = f"fn-{key}", [], []
            self.footnote_key = key
            html = joined(self._printed(self.notes[key]))
            self.footnote_key = ""
            printed.append(Note(len(printed) + 1, key, html, "\n".join(self.texts), ()))
        return tuple(replace(note, references=tuple(self.references[note.key])) for note in printed)

    def _printed(self, text: _Text) -> list[SafeHTML]:
        if text.parsed is None:
            return self._as_typed(text.source)
        place = self.place
        try:
            self._resolve(text.parsed.root)
            return text.parsed.printed()
        except (RecursionError, TooDeep):
            self.place = place
            return self._as_typed(text.source)

    def _as_typed(self, source: str) -> list[SafeHTML]:
        """Print a text as it is that would cost the converter seconds, or its stack."""
        block_id = f"{self.place}-p1"
        self.problems.append(Problem("markdown.too_deep", self.place, ""))
        self.block_ids, self.texts = [block_id], [source]
        return [filled('<p id="{}">{}</p>', block_id, UNPRINTABLE.sub("", source))]

    def _resolve(self, root: etree.Element) -> None:
        """In reading order: block ids, footnote numbers, mentions."""
        anchor = self.place
        for index, block in enumerate(root, start=1):
            block_id = f"{anchor}-p{index}"
            if not self.footnote_key:
                self.place = block_id
                block.set("id", block_id)
            _move_marks_out_of_links(block)
            for element in list(block.iter()):
                if element.tag == "sup" and "key" in element.attrib:
                    self._number(element)
                elif element.tag == "a" and (reference := _reference(element)):
                    self._link(element, reference)
            self.block_ids.append(block_id)
            self.texts.append(_plain_text(block))
            block.tail = BLOCK_END
        self.place = anchor

    def _number(self, mark: etree.Element) -> None:
        key = mark.attrib.pop("key")
        if key not in self.notes:
            self.problems.append(Problem("footnote.undefined", self.place, key))
            mark.tag, mark.text = "span", f"[^{key}]"
            mark.set("class", "footnote-undefined")
            return
        marks = self.references.setdefault(key, [])
        marks.append(f"fnref-{key}" if not marks else f"fnref-{key}-{len(marks) + 1}")
        mark.set("id", marks[-1])
        number = list(self.references).index(key) + 1
        link = etree.SubElement(
            mark,
            "a",
            {"href": f"#fn-{key}", "role": "doc-noteref", "aria-label": f"脚注{number}"},
        )
        link.text = str(number)

    def _link(self, link: etree.Element, reference: Reference) -> None:
        record = self.records.get(reference)
        if record is None:
            code = ":".join(reference)
            self.problems.append(Problem("mention.unknown", self.place, code))
            link.tag = "span"
            link.attrib = {"class": "mention-unknown"}
            link.text = link.text or ("" if len(link) else code)
            return
        has_years = link.attrib.pop("title", "") == "years" and bool(record.years)
        if not "".join(link.itertext()).strip():
            link.text = f"{record.name}（{record.years}）" if has_years else record.name
        link.set("href", record.url)
        link.set("class", f"mention mention-{record.kind}")
        paragraph_id = "" if self.footnote_key else self.place
        self.mentions.append(
            MentionFound(record, paragraph_id, self.footnote_key, _plain_text(link))
        )


def _reference(link: etree.Element) -> Reference | None:
    """What record a link mentions; None for a link to an address."""
    kind, _, code = link.get("href", "").partition(":")
    return (cast(RecordKind, kind), code) if kind in ("program", "event") else None


def _move_marks_out_of_links(block: etree.Element) -> None:
    """Put the footnote marks among a link's words behind the link: links do not nest."""
    for parent in list(block.iter()):
        for link in parent.findall("a"):
            marks = [(holder, mark) for holder in link.iter() for mark in holder.findall("sup")]
            for holder, mark in reversed(marks):
                _detach(holder, mark)
                mark.tail, link.tail = link.tail, None
                parent.insert(list(parent).index(link) + 1, mark)


def _detach(parent: etree.Element, child: etree.Element) -> None:
    """Remove a child but keep the words that follow it."""
    place = list(parent).index(child)
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
    parent.remove(child)


def _plain_text(element: etree.Element) -> str:
    """The words of an element without its footnote numbers."""
    return unescape(_words(element).replace(util.AMP_SUBSTITUTE, "&"))


def _words(element: etree.Element) -> str:
    """The text of an element as it stands in the tree, where & may begin an entity."""
    if element.tag == "sup":
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [_words(child), child.tail or ""]
    return "".join(parts).strip("\n" + BLOCK_END)
