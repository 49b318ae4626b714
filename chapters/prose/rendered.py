"""What a rendered chapter consists of: blocks, notes, mentions. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

RecordKind = Literal["program", "event"]

PAGE_IDS = frozenset({"main", "toc-title", "timeline", "footnotes", "lead"})
"""Ids of a chapter's page that are not its prose's: no section may be anchored there."""


class SafeHTML(str):
    """HTML that has been through the sanitiser; templates print it as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True)
class Record:
    """What a mention can lead to. `years` is printed on request: 2008年度～."""

    kind: RecordKind
    code: str
    name: str
    url: str
    years: str = ""


@dataclass(frozen=True)
class SectionText:
    anchor: str
    level: int
    heading: str
    body: str


@dataclass(frozen=True)
class Block:
    """One paragraph, list, table or heading. `id` is the fragment it can be linked to by."""

    id: str
    kind: str
    html: SafeHTML
    text: str
    level: int = 0


@dataclass(frozen=True)
class Note:
    """A footnote as printed: its number from 1 and the ids of the marks that refer to it."""

    number: int
    key: str
    html: SafeHTML
    text: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class MentionFound:
    """A record named in a paragraph or in a footnote: one of the two is empty."""

    kind: RecordKind
    code: str
    paragraph_id: str
    footnote_key: str
    printed_words: str


@dataclass(frozen=True)
class Problem:
    """What an editor should mend before publishing.

    code   footnote.undefined, footnote.unused, mention.unknown, anchor.taken or markdown.too_deep
    place  a paragraph id or "[^key]"
    """

    code: str
    place: str
    value: str


@dataclass(frozen=True)
class Rendered:
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    mentions: tuple[MentionFound, ...]
    problems: tuple[Problem, ...]

    @property
    def headings(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind == "heading")

    @property
    def html(self) -> SafeHTML:
        """The whole prose with its footnotes, one string."""
        return SafeHTML(
            "\n".join([*(block.html for block in self.blocks), _notes_html(self.notes)])
        )


def _notes_html(notes: Iterable[Note]) -> str:
    items = []
    for note in notes:
        links = " ".join(
            f'<a class="footnote-back" href="#{mark}" role="doc-backlink" '
            f'aria-label="脚注{note.number}の本文{_which(index, note)}へ戻る">↩</a>'
            for index, mark in enumerate(note.references, start=1)
        )
        items.append(f'<li id="fn-{note.key}" class="footnote">{note.html}\u00a0{links}</li>')
    if not items:
        return ""
    return (
        '<section class="footnotes" role="doc-endnotes" aria-labelledby="footnotes">\n'
        '<h2 id="footnotes">脚注</h2>\n<ol>\n' + "\n".join(items) + "\n</ol>\n</section>"
    )


def _which(index: int, note: Note) -> str:
    return f"（{index}か所目）" if len(note.references) > 1 else ""
