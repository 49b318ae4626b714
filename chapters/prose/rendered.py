"""What a rendered chapter consists of: blocks, notes, mentions. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .safe_html import SafeHTML, filled, joined

RecordKind = Literal["program", "event"]

PAGE_IDS = frozenset({"main", "toc-title", "timeline", "footnotes", "lead"})
"""Ids of a chapter's page that are not its prose's: no section may be anchored there."""


@dataclass(frozen=True)
class Record:
    """What a mention can lead to. `years` is printed on request: 2008年度～."""

    kind: RecordKind
    code: str
    pk: int
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

    record: Record
    paragraph_id: str
    footnote_key: str
    printed_words: str


FINDINGS = frozenset(
    {
        "footnote.unused",
        "mention.years",
        "link.title",
        "markup.html",
        "markup.entity",
        "markup.heading",
        "markup.escape",
        "markup.link",
        "markup.quote",
    }
)
"""Problems that an editor should know of and a chapter may be published with."""


@dataclass(frozen=True)
class Problem:
    """What an editor should mend before publishing, or with a code of FINDINGS look at.

    code   what it is: chapters/releasing/problems.py has the sentence for each
    place  the id of a paragraph, a section or a footnote (fn-key), as the page has it; "[^key]" of
           a footnote that the page has not; "title" for the chapter's title
    value  the key, code, anchor, address or words at fault
    """

    code: str
    place: str
    value: str

    @property
    def is_serious(self) -> bool:
        return self.code not in FINDINGS


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
        return joined([*(block.html for block in self.blocks), _notes_html(self.notes)], "\n")


def _notes_html(notes: Iterable[Note]) -> SafeHTML:
    items = joined(map(_note_html, notes), "\n")
    if not items:
        return items
    return filled(
        '<section class="footnotes" role="doc-endnotes" aria-labelledby="footnotes">\n'
        '<h2 id="footnotes">脚注</h2>\n<ol>\n{}\n</ol>\n</section>',
        items,
    )


def _note_html(note: Note) -> SafeHTML:
    several = len(note.references) > 1
    links = joined(
        (
            filled(
                '<a class="footnote-back" href="#{}" role="doc-backlink" '
                'aria-label="脚注{}の本文{}へ戻る">↩</a>',
                mark,
                note.number,
                f"（{index}か所目）" if several else "",
            )
            for index, mark in enumerate(note.references, start=1)
        ),
        " ",
    )
    return filled('<li id="fn-{}" class="footnote">{}\u00a0{}</li>', note.key, note.html, links)
