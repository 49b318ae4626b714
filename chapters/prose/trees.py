"""A converter's tokens → one tree of elements a block, and a tree's words and HTML. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as etree

from markdown_it.token import Token

_HIDDEN = "\x00"  # in the place of code and marks
QUOTED_FROM = "\x02"  # where a quotation begins
ESCAPED = "\x01"  # in the place of what \\ said to be no mark
_LINES = frozenset({"p", "li", "ul", "ol", "tr", "table", "blockquote", "thead", "tbody"})
_CELLS = frozenset({"td", "th"})
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


class TooDeep(Exception):
    """A text too long or too deep to be read."""


@dataclass(frozen=True)
class ParsedBlock:
    """A block as a tree, not yet printed; `typed` are its words without code, as typed.

    A footnote mark is an element <sup key="…">, a mention a link to program:code or event:code.
    """

    element: etree.Element
    typed: str


def block_trees(tokens: Iterable[Token], *, most_depth: int) -> tuple[ParsedBlock, ...]:
    """Return the blocks of a document. Raises TooDeep where elements lie deeper than that."""
    root = etree.Element("div")
    typed = _Builder(root, most_depth).build(tokens)
    blocks = zip(root, typed, strict=True)
    return tuple(ParsedBlock(block, words) for block, words in blocks if not _is_blank(block))


def _is_blank(block: etree.Element) -> bool:
    return block.tag == "p" and not len(block) and not (block.text or "").strip()


def heading_tree(tokens: Iterable[Token], *, most_depth: int) -> ParsedBlock:
    """Return a heading's words as the content of one element. Raises TooDeep."""
    root = etree.Element("div")
    element = etree.SubElement(root, "span")
    builder = _Builder(root, most_depth)
    builder.open.append(element)
    return ParsedBlock(element, "".join(builder.build(tokens)))


class _Builder:
    """Takes tokens in order; `open` are the elements that are not closed yet."""

    def __init__(self, root: etree.Element, most_depth: int) -> None:
        self.open = [root]
        self.most_depth = most_depth
        self.number = ""
        self.typed: list[str] = []

    def build(self, tokens: Iterable[Token]) -> list[str]:
        """Return the typed words of each block that was built."""
        blocks = []
        for token in tokens:
            self.take(token)
            if token.level == 0 and token.nesting < 1:
                blocks.append("".join(self.typed))
                self.typed = []
        return blocks

    def take(self, token: Token) -> None:
        if token.type == "inline":
            self.typed.append("\n")
            for child in token.children or ():
                self.take_inline(child)
        elif token.hidden:
            self.print_number()
        elif token.nesting < 0:
            self.print_number()
            self.open.pop()
        else:
            if token.type != "paragraph_open":
                self.print_number()
            if token.type == "blockquote_open":
                self.typed.append(QUOTED_FROM)
            is_marked = token.type.endswith("list_open") and token.markup != "-"
            kind = {"class": "numbered"} if is_marked else _alignment(token)
            self.start(token.tag, kind, is_open=token.nesting > 0)
            self.print_number()
            if token.type == "list_item_open" and token.markup != "-":
                self.number = f"{token.info}{token.markup}"

    def take_inline(self, token: Token) -> None:
        if token.type in ("text", "text_special"):
            self.add_text(token.content)
            self.typed.append(token.content if token.type == "text" else _escaped(token))
        elif token.type == "softbreak":
            self.add_text("\n")
            self.typed.append("\n")
        elif token.type == "code_inline":
            self.start("code", {}, is_open=False).text = token.content
            self.typed.append(_HIDDEN)
        elif token.type == "note":
            self.start("sup", {"class": "footnote-ref", "key": token.meta["key"]}, is_open=False)
            self.typed.append(_HIDDEN)
        elif token.nesting < 0:
            self.open.pop()
        else:
            attributes = {name: str(value) for name, value in token.attrs.items()}
            self.start(token.tag, attributes, is_open=token.nesting > 0)
            self.typed.append("\n" if token.type == "hardbreak" else "")

    def start(self, tag: str, attributes: dict[str, str], *, is_open: bool) -> etree.Element:
        element = etree.SubElement(self.open[-1], tag, attributes)
        if is_open:
            self.open.append(element)
            if len(self.open) > self.most_depth:
                raise TooDeep
        return element

    def add_text(self, text: str) -> None:
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text

    def print_number(self) -> None:
        """Print the number, the * or + of a list's entry as it was typed, before its words."""
        if self.number:
            mark = self.start("span", {"class": "list-number"}, is_open=False)
            mark.text, mark.tail, self.number = self.number, " ", ""


def _alignment(token: Token) -> dict[str, str]:
    """The class of a cell whose column is aligned, by the colons below its head."""
    side = str(token.attrs.get("style", "")).rpartition(":")[2]
    return {"class": f"cell-{side}"} if side in ("right", "center") else {}


def _escaped(token: Token) -> str:
    """A \\ that stands before no mark is printed itself: nothing was escaped."""
    return token.content if token.content == token.markup else ESCAPED


def html_of(element: etree.Element) -> str:
    """Return the markup of an element, escaped, not yet sanitised; attributes in their order."""
    for each in element.iter():
        each.attrib = dict(sorted(each.attrib.items()))
    tail, element.tail = element.tail, None
    html = etree.tostring(element, encoding="unicode", method="html")
    element.tail = tail
    return html


def inner_html_of(element: etree.Element) -> str:
    html = html_of(element)
    return html[html.index(">") + 1 : html.rindex("<")]


def words_of(element: etree.Element) -> str:
    """Return the words of an element as they are read: a line a paragraph, row or entry, a tab
    between cells, raised digits as such (10³), footnote numbers left out.
    """
    lines = "".join(_parts(element))
    return re.sub(r"[ \t]*\n[\n \t]*", "\n", lines).strip("\n\t ")


def _parts(element: etree.Element) -> Sequence[str]:
    if element.get("class") == "footnote-ref":
        return ()
    if element.tag == "br":
        return ("\n",)
    parts = [element.text or ""]
    for child in element:
        parts += [*_parts(child), child.tail or ""]
    if element.tag == "sup":
        return ("".join(parts).translate(_RAISED),)
    if element.tag in _LINES:
        return ("\n", *parts, "\n")
    return (*parts, "\t") if element.tag in _CELLS else parts
