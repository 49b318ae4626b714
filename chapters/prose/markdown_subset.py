"""The Markdown of a chapter → trees of elements, and trees → HTML. Pure.

The subset: paragraphs, emphasis, lists, quotations, tables, code, links. Raw HTML and the marks
of headings and images are printed as text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast
from xml.etree import ElementTree as etree

import markdown
from markdown.inlinepatterns import InlineProcessor

from .safe_html import UNPRINTABLE, SafeHTML, sanitised

BLOCK_END = "\x1e"
MOST_BRACKETS = 600  # a text of brackets alone takes the square of their number


class TooDeep(Exception):
    """A text that would cost the converter seconds, or its stack."""


@dataclass(frozen=True)
class Parsed:
    """A text as a tree, of which each child is a block, not yet printed.

    A footnote mark is an element <sup key="…">, a mention a link to program:code or event:code.
    """

    converter: markdown.Markdown
    root: etree.Element

    def printed(self) -> list[SafeHTML]:
        """Return the HTML of each block that `BLOCK_END` ends, sanitised. Raises TooDeep."""
        try:
            html = self.converter.serializer(self.root)
        except RecursionError as error:
            raise TooDeep from error
        html = html[html.index(">") + 1 : html.rindex("<")].strip()  # without the document's tag
        for processor in self.converter.postprocessors:
            html = processor.run(html)
        return [sanitised(part) for part in html.split(BLOCK_END) if part.strip()]


def parse(source: str) -> Parsed:
    """Read a text of the subset. Raises TooDeep."""
    if source.count("[") > MOST_BRACKETS:
        raise TooDeep
    converter = _converter()
    text = UNPRINTABLE.sub("", source)
    lines = text.split("\n") if text.strip() else []
    try:
        for preprocessor in converter.preprocessors:
            lines = preprocessor.run(lines)
        root = cast(etree.Element, converter.parser.parseDocument(lines).getroot())
        for processor in converter.treeprocessors:
            changed = processor.run(root)
            root = root if changed is None else changed
    except RecursionError as error:
        raise TooDeep from error
    return Parsed(converter, root)


def _converter() -> markdown.Markdown:
    converter = markdown.Markdown(extensions=["tables", "sane_lists"], output_format="html")
    converter.preprocessors.deregister("html_block")
    for name in ("hashheader", "setextheader"):
        converter.parser.blockprocessors.deregister(name)
    for name in ("html", "entity", "image_link", "image_reference", "short_image_ref"):
        converter.inlinePatterns.deregister(name)
    converter.inlinePatterns.register(_NoteReference(), "note_reference", 175)
    return converter


class _NoteReference(InlineProcessor):
    """[^key]: numbered later, because inline patterns do not run in reading order."""

    def __init__(self) -> None:
        super().__init__(r"\[\^([A-Za-z0-9_-]+)\]")

    def handleMatch(  # type: ignore[override]
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element, int, int]:
        mark = etree.Element("sup", {"class": "footnote-ref", "key": m[1]})
        return mark, m.start(0), m.end(0)
