"""What a release keeps besides its HTML, as a typed document and as the JSON that is stored.

A document is written here only, and read here whatever its age: until November 2026 documents
also held the figure's cells ("timeline") and the HTML of each block and note, which nothing reads.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from timeline.figure.facts import TimelineFacts
from values.language import is_english

from ..prose.rendered import Rendered


@dataclass(frozen=True)
class Titled:
    """Something with a Japanese title and, where there is one, an English one."""

    title_ja: str
    title_en: str

    def title(self, language: str | None) -> str:
        return (self.title_en if is_english(language) else "") or self.title_ja


@dataclass(frozen=True)
class ReleasedEdition(Titled):
    code: str


@dataclass(frozen=True)
class ReleasedBlock:
    """A paragraph, list, table or heading: `id` is its fragment, `text` its words without marks."""

    id: str
    kind: str
    level: int
    text: str


@dataclass(frozen=True)
class ReleasedNote:
    """A footnote: its number from 1, and the ids of the marks that refer to it."""

    number: int
    key: str
    text: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class ReleaseDocument(Titled):
    """`facts` are what the figure is drawn from on any basis; None without a timeline."""

    edition: ReleasedEdition
    number: int
    blocks: tuple[ReleasedBlock, ...]
    footnotes: tuple[ReleasedNote, ...]
    facts: TimelineFacts | None

    @property
    def headings(self) -> tuple[ReleasedBlock, ...]:
        return tuple(block for block in self.blocks if block.kind == "heading")

    def as_json(self) -> dict[str, Any]:
        """Return the document as it is stored; `from_json` reads it back."""
        return {
            "edition": asdict(self.edition),
            "number": self.number,
            "title_ja": self.title_ja,
            "title_en": self.title_en,
            "blocks": [asdict(block) for block in self.blocks],
            "footnotes": [
                asdict(note) | {"references": list(note.references)} for note in self.footnotes
            ],
            "timeline_facts": self.facts.as_json() if self.facts else None,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "ReleaseDocument":
        """Read a stored document of any age."""
        facts = stored["timeline_facts"]
        return cls(
            title_ja=stored["title_ja"],
            title_en=stored["title_en"],
            edition=ReleasedEdition(**stored["edition"]),
            number=stored["number"],
            blocks=blocks_from_json(stored["blocks"]),
            footnotes=footnotes_from_json(stored["footnotes"]),
            facts=TimelineFacts.from_json(facts) if facts else None,
        )


def blocks_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[ReleasedBlock, ...]:
    return tuple(ReleasedBlock(b["id"], b["kind"], b["level"], b["text"]) for b in stored)


def footnotes_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[ReleasedNote, ...]:
    return tuple(
        ReleasedNote(n["number"], n["key"], n["text"], tuple(n["references"])) for n in stored
    )


def released_prose(
    rendered: Rendered,
) -> tuple[tuple[ReleasedBlock, ...], tuple[ReleasedNote, ...]]:
    """Return the blocks and footnotes of rendered prose as a release keeps them."""
    blocks = tuple(ReleasedBlock(b.id, b.kind, b.level, b.text) for b in rendered.blocks)
    notes = tuple(ReleasedNote(n.number, n.key, n.text, n.references) for n in rendered.notes)
    return blocks, notes
