"""Markdown, footnotes and mentions of one chapter → blocks of safe HTML. Pure.

`[^key]` refers to a footnote; `[words](program:code)` and `[words](event:code)` mention a record;
without words the record's name is printed, with the title "years" its name and years. Every text
is parsed once; then all records that are mentioned are looked up at once; then, in reading order,
numbers, anchors and back links are made. Every visible character that was typed is printed, or a
problem names its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import cast
from xml.etree import ElementTree as etree

from values.web_address import is_web_address

from .markdown_subset import parse, parse_heading
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
from .safe_html import UNPRINTABLE, filled, is_printed_link, joined, sanitised
from .trees import ESCAPED, ParsedBlock, TooDeep, html_of, inner_html_of, words_of
from .unread_marks import QUOTED, unread_marks

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
    opening = _Text.of(lead)
    parts = [
        (section, _Text.of(section.heading, is_heading=True), _Text.of(section.body))
        for section in sections
    ]
    texts = {key: _Text.of(note) for key, note in notes.items()}
    prose = [opening, *(text for _section, *both in parts for text in both), *texts.values()]
    mentioned = {reference for text in prose for reference in text.mentioned()}
    page = _Page({(record.kind, record.code): record for record in look_up(mentioned)}, texts)
    blocks = page.body_blocks("lead", opening)
    for section, heading, body in parts:
        blocks.append(page.heading_block(section, heading))
        blocks += page.body_blocks(section.anchor, body)
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
    """Markdown as typed, and its blocks unless it is too deep to be read."""

    source: str
    blocks: tuple[ParsedBlock, ...] | None

    @classmethod
    def of(cls, source: str, *, is_heading: bool = False) -> _Text:
        try:
            return cls(source, (parse_heading(source),) if is_heading else parse(source))
        except (TooDeep, RecursionError):
            return cls(source, None)

    def mentioned(self) -> Iterator[Reference]:
        for block in self.blocks or ():
            for link in block.element.iter("a"):
                if reference := _reference(link):
                    yield reference


@dataclass
class _Page:
    """What is counted across the parts of one chapter while it is being rendered."""

    records: Mapping[Reference, Record]
    notes: Mapping[str, _Text]
    references: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    mentions: list[MentionFound] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    place: str = ""
    footnote_key: str = ""

    def heading_block(self, section: SectionText, heading: _Text) -> Block:
        self.place = section.anchor
        html, words = filled("{}", heading.source), heading.source
        if heading.blocks is None:
            self.report("markdown.too_deep")
        else:
            (block,) = heading.blocks
            self._resolve(block)
            html, words = sanitised(inner_html_of(block.element)), words_of(block.element)
        level = section.level
        html = filled(f'<h{level} id="{{}}">{{}}</h{level}>', section.anchor, html)
        return Block(section.anchor, "heading", html, words, level)

    def body_blocks(self, anchor: str, text: _Text) -> list[Block]:
        self.place = anchor
        if text.blocks is None:
            return [self._as_typed(f"{anchor}-p1", text.source)]
        return [
            self._block(f"{anchor}-p{number}", block)
            for number, block in enumerate(text.blocks, start=1)
        ]

    def _block(self, block_id: str, block: ParsedBlock) -> Block:
        self.place = block_id
        block.element.set("id", block_id)
        self._resolve(block)
        kind = _BLOCK_KINDS.get(block.element.tag, "other")
        return Block(block_id, kind, sanitised(html_of(block.element)), words_of(block.element))

    def _as_typed(self, block_id: str, source: str) -> Block:
        """Print a text as it is that is too long or too deep to be read."""
        self.report("markdown.too_deep")
        html = filled('<p id="{}">{}</p>', block_id, UNPRINTABLE.sub("", source))
        return Block(block_id, "paragraph", html, source)

    def printed_notes(self) -> tuple[Note, ...]:
        """Render the notes referred to. A note may refer to a further one, which then follows."""
        printed: list[Note] = []
        waiting = list(self.references)
        while waiting:
            for key in waiting:
                printed.append(self._note(key))
            waiting = list(self.references)[len(printed) :]
        self.footnote_key = ""
        return tuple(replace(note, references=tuple(self.references[note.key])) for note in printed)

    def _note(self, key: str) -> Note:
        self.place, self.footnote_key = f"fn-{key}", key
        text = self.notes[key]
        if text.blocks is None:
            typed = self._as_typed(f"fn-{key}.p1", text.source)
            return Note(self.numbers[key], key, typed.html, typed.text, ())
        for block in text.blocks:
            self._resolve(block)
        elements = [block.element for block in text.blocks]
        words = "\n".join(map(words_of, elements))
        if not words.strip():
            self.report("footnote.empty", key)
        html = joined(sanitised(html_of(element)) for element in elements)
        return Note(self.numbers[key], key, html, words, ())

    def report(self, code: str, value: str = "") -> None:
        self.problems.append(Problem(code, self.place, value))

    def _resolve(self, block: ParsedBlock) -> None:
        """In reading order: footnote numbers, mentions, addresses."""
        for code, words in unread_marks(block.typed):
            self.report(code, words)
        if ESCAPED in block.typed:
            self.report("markup.escape", "\\")
        _move_marks_out_of_links(block.element)
        for element in list(block.element.iter()):
            if element.tag == "sup" and "key" in element.attrib:
                self._number(element)
            elif element.tag == "a":
                if reference := _reference(element):
                    self._mention(element, reference)
                else:
                    self._link(element)

    def _number(self, mark: etree.Element) -> None:
        key = mark.attrib.pop("key")
        if key not in self.notes:
            self.report("footnote.undefined", key)
            mark.tag, mark.text = "span", f"[^{key}]"
            mark.set("class", "footnote-undefined")
            return
        number = self.numbers.setdefault(key, len(self.numbers) + 1)
        marks = self.references.setdefault(key, [])
        # No key holds a full stop, so no other note's mark has this id.
        marks.append(f"fnref-{key}.{len(marks) + 1}" if marks else f"fnref-{key}")
        mark.set("id", marks[-1])
        link = etree.SubElement(
            mark,
            "a",
            {"href": f"#fn-{key}", "role": "doc-noteref", "aria-label": f"脚注{number}"},
        )
        link.text = str(number)

    def _mention(self, link: etree.Element, reference: Reference) -> None:
        record = self.records.get(reference)
        title = link.attrib.pop("title", "")
        if record is None:
            code = ":".join(reference)
            self.report("mention.unknown", code)
            _take_link_off(link, "mention-unknown", code)
            return
        if title not in ("", "years"):
            self.report("mention.title", title[:QUOTED])
        if not words_of(link).strip():
            if title == "years" and not record.years:
                self.report("mention.years", record.name)
            has_years = title == "years" and record.years
            link.text = f"{record.name}（{record.years}）" if has_years else record.name
        link.set("href", record.url)
        link.set("class", f"mention mention-{record.kind}")
        paragraph_id = "" if self.footnote_key else self.place
        self.mentions.append(MentionFound(record, paragraph_id, self.footnote_key, words_of(link)))

    def _link(self, link: etree.Element) -> None:
        address = link.get("href", "")
        if title := link.attrib.get("title", ""):
            self.report("link.title", title[:QUOTED])
        if not (is_web_address(address) and is_printed_link(address)):
            self.report("link.address", address[:QUOTED])
            _take_link_off(link, "link-unknown", address)
        elif not words_of(link).strip():
            link.text = address


def _take_link_off(link: etree.Element, name: str, words: str) -> None:
    """Print a link's words plain; `words` where it has none."""
    link.tag = "span"
    link.attrib = {"class": name}
    if not words_of(link).strip():
        link.text = words


def _reference(link: etree.Element) -> Reference | None:
    """What record a link mentions; None for a link to an address."""
    kind, _, code = link.get("href", "").partition(":")
    return (cast(RecordKind, kind), code) if kind in ("program", "event") else None


def _move_marks_out_of_links(block: etree.Element) -> None:
    """Put the footnote marks among a link's words behind the link: links do not nest."""
    for parent in list(block.iter()):
        if parent.find("a") is None:
            continue
        children: list[etree.Element] = []
        for child in parent:
            children.append(child)
            marks = _marks_in(child) if child.tag == "a" else []
            for holder, mark in marks:
                _detach(holder, mark)
            for _holder, mark in marks:
                mark.tail, children[-1].tail = children[-1].tail, None
                children.append(mark)
        parent[:] = children


def _marks_in(link: etree.Element) -> list[tuple[etree.Element, etree.Element]]:
    return [
        (holder, mark)
        for holder in link.iter()
        for mark in holder.findall("sup")
        if "key" in mark.attrib
    ]


def _detach(parent: etree.Element, child: etree.Element) -> None:
    """Remove a child but keep the words that follow it."""
    place = list(parent).index(child)
    if place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + (child.tail or "")
    else:
        parent.text = (parent.text or "") + (child.tail or "")
    parent.remove(child)
