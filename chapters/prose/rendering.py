"""Markdown, footnotes and mentions of one chapter → blocks of safe HTML. Pure.

The subset: paragraphs, emphasis, lists, quotations, tables, code, links. `[^key]` refers to a
footnote; `[words](program:code)` and `[words](event:code)` mention a record; without words the
record's name is printed, with the title "years" its name and years. Raw HTML and the marks of
headings and images are printed as text, and what remains passes one sanitiser. Numbers, anchors
and back links are made here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape, unescape
from xml.etree import ElementTree as etree

import markdown
import nh3
from markdown import util
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from .rendered import (
    PAGE_IDS,
    Block,
    MentionFound,
    Note,
    Problem,
    Record,
    Rendered,
    SafeHTML,
    SectionText,
)

_BLOCK_END = "\x1e"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
MOST_BRACKETS = 600  # a text of brackets alone takes the square of their number
_ALLOWED_TAGS = frozenset(
    {"p", "strong", "em", "a", "sup", "ul", "ol", "li", "blockquote", "code", "pre", "br", "hr"}
    | {"table", "thead", "tbody", "tr", "th", "td", "span"}
)
_ALLOWED_ATTRIBUTES = {
    "*": {"id", "class", "lang"},
    "a": {"href", "role", "aria-label", "title"},
    "th": {"scope"},
    "ol": {"start"},
}
_BLOCK_KINDS = {"p": "paragraph", "ul": "list", "ol": "list", "blockquote": "quotation"}


def render(
    *,
    lead: str,
    sections: Iterable[SectionText],
    notes: Mapping[str, str],
    records: Iterable[Record],
) -> Rendered:
    """Render a chapter. Footnotes are numbered from 1 in the order of their first reference.

    `notes` maps footnote keys to Markdown. Whatever refers to nothing is listed in `problems`
    and printed as plain words; nothing raises.
    """
    page = _Page({(record.kind, record.code): record for record in records}, notes)
    blocks = page.body_blocks("lead", lead)
    for section in sections:
        heading = (
            f'<h{section.level} id="{escape(section.anchor)}">'
            f"{escape(section.heading)}</h{section.level}>"
        )
        blocks.append(
            Block(section.anchor, "heading", SafeHTML(heading), section.heading, section.level)
        )
        blocks += page.body_blocks(section.anchor, section.body)
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


@dataclass
class _Page:
    """What is counted across the parts of one chapter while it is being rendered."""

    records: dict[tuple[str, str], Record]
    notes: Mapping[str, str]
    references: dict[str, list[str]] = field(default_factory=dict)
    mentions: list[MentionFound] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    block_ids: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    place: str = ""
    footnote_key: str = ""

    def body_blocks(self, anchor: str, source: str) -> list[Block]:
        self.place, self.block_ids, self.texts = anchor, [], []
        parts = self._converted(source)
        blocks = []
        for block_id, text, html in zip(self.block_ids, self.texts, parts, strict=True):
            match = re.match(r"<(\w+)", html)
            kind = _BLOCK_KINDS.get(match[1] if match else "", "other")
            blocks.append(Block(block_id, kind, html, text))
        return blocks

    def printed_notes(self) -> tuple[Note, ...]:
        """Render the notes referred to. A note may refer to a further one, which then follows."""
        printed: list[Note] = []
        while len(printed) < len(self.references):
            key = list(self.references)[len(printed)]
            self.place, self.block_ids, self.texts = f"fn-{key}", [], []
            self.footnote_key = key
            html = SafeHTML("".join(self._converted(self.notes[key])))
            self.footnote_key = ""
            printed.append(Note(len(printed) + 1, key, html, "\n".join(self.texts), ()))
        return tuple(replace(note, references=tuple(self.references[note.key])) for note in printed)

    def _converted(self, source: str) -> list[SafeHTML]:
        if source.count("[") > MOST_BRACKETS:
            return self._as_typed(source)
        place = self.place
        try:
            return self._from_markdown(source)
        except RecursionError:
            self.place = place
            return self._as_typed(source)

    def _as_typed(self, source: str) -> list[SafeHTML]:
        """Print a text as it is that would cost the converter seconds, or its stack."""
        block_id = f"{self.place}-p1"
        self.problems.append(Problem("markdown.too_deep", self.place, ""))
        self.block_ids, self.texts = [block_id], [source]
        return [SafeHTML(f'<p id="{block_id}">{escape(_UNPRINTABLE.sub("", source))}</p>')]

    def _from_markdown(self, source: str) -> list[SafeHTML]:
        converter = markdown.Markdown(extensions=["tables", "sane_lists"], output_format="html")
        converter.preprocessors.deregister("html_block")
        for name in ("hashheader", "setextheader"):
            converter.parser.blockprocessors.deregister(name)
        for name in ("html", "entity", "image_link", "image_reference", "short_image_ref"):
            converter.inlinePatterns.deregister(name)
        converter.inlinePatterns.register(_NoteReference(), "note_reference", 175)
        converter.treeprocessors.register(_Resolver(self), "resolver", -1)
        parts = converter.convert(_UNPRINTABLE.sub("", source)).split(_BLOCK_END)
        return [_sanitised(part) for part in parts if part.strip()]

    def take_reference(self, key: str) -> tuple[int, str] | None:
        """Count a reference; return the note's number and the mark's id, None if undefined."""
        if key not in self.notes:
            self.problems.append(Problem("footnote.undefined", self.place, key))
            return None
        marks = self.references.setdefault(key, [])
        mark_id = f"fnref-{key}" if not marks else f"fnref-{key}-{len(marks) + 1}"
        marks.append(mark_id)
        return list(self.references).index(key) + 1, mark_id


class _NoteReference(InlineProcessor):
    """[^key]: numbered later, because inline patterns do not run in reading order."""

    def __init__(self) -> None:
        super().__init__(r"\[\^([A-Za-z0-9_-]+)\]")

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element, int, int]:
        mark = etree.Element("sup", {"class": "footnote-ref", "key": m[1]})
        return mark, m.start(0), m.end(0)


class _Resolver(Treeprocessor):
    """In reading order: block ids, footnote numbers, mentions."""

    def __init__(self, page: _Page) -> None:
        super().__init__()
        self.page = page

    def run(self, root: etree.Element) -> None:
        page, anchor = self.page, self.page.place
        for index, block in enumerate(root, start=1):
            block_id = f"{anchor}-p{index}"
            if not page.footnote_key:
                page.place = block_id
                block.set("id", block_id)
            _move_marks_out_of_links(block)
            for element in list(block.iter()):
                if element.tag == "sup" and "key" in element.attrib:
                    self._number(element)
                elif element.tag == "a":
                    self._resolve(element)
            page.block_ids.append(block_id)
            page.texts.append(_plain_text(block))
            block.tail = _BLOCK_END
        page.place = anchor

    def _number(self, mark: etree.Element) -> None:
        key = mark.attrib.pop("key")
        taken = self.page.take_reference(key)
        if taken is None:
            mark.tag, mark.text = "span", f"[^{key}]"
            mark.set("class", "footnote-undefined")
            return
        number, mark_id = taken
        mark.set("id", mark_id)
        link = etree.SubElement(
            mark,
            "a",
            {"href": f"#fn-{key}", "role": "doc-noteref", "aria-label": f"脚注{number}"},
        )
        link.text = str(number)

    def _resolve(self, link: etree.Element) -> None:
        scheme, _, code = link.get("href", "").partition(":")
        if scheme not in ("program", "event"):
            return
        record = self.page.records.get((scheme, code))
        if record is None:
            self.page.problems.append(
                Problem("mention.unknown", self.page.place, f"{scheme}:{code}")
            )
            link.tag = "span"
            link.attrib = {"class": "mention-unknown"}
            link.text = link.text or ("" if len(link) else f"{scheme}:{code}")
            return
        has_years = link.attrib.pop("title", "") == "years" and bool(record.years)
        if not "".join(link.itertext()).strip():
            link.text = f"{record.name}（{record.years}）" if has_years else record.name
        link.set("href", record.url)
        link.set("class", f"mention mention-{scheme}")
        self.page.mentions.append(
            MentionFound(
                record.kind,
                code,
                "" if self.page.footnote_key else self.page.place,
                self.page.footnote_key,
                _plain_text(link),
            )
        )


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
    return "".join(parts).strip("\n" + _BLOCK_END)


def _sanitised(html: str) -> SafeHTML:
    clean = nh3.clean(
        html.strip(),
        tags=set(_ALLOWED_TAGS),
        attributes=_ALLOWED_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    return SafeHTML(_UNPRINTABLE.sub("", clean))
