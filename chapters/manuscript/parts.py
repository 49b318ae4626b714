"""What a manuscript consists of once it is read, and how one is refused. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from values.messages import Message
from values.refusal import Refusal


class ManuscriptError(Refusal):
    """No such manuscript; `line` counts from 1 in the file, 0 for the file as a whole."""

    def __init__(self, code: str, line: int, value: str, *, reason: Message) -> None:
        super().__init__(f"manuscript.{code}", value, reason=reason)
        self.line = line


@dataclass(frozen=True)
class Section:
    """A heading, level 2 "(1)" or 3 "■", and the Markdown paragraphs below it.

    Anchors count: s1, s2, s2-1, s2-2; a subsection before the first section is s0-1.
    """

    line: int
    level: int
    heading: str
    anchor: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Footnote:
    line: int
    number: int
    text: str

    @property
    def key(self) -> str:
        return f"n{self.number}"


@dataclass(frozen=True)
class BoldName:
    """A name printed bold, as often as it is printed, in the order of the file."""

    line: int
    name: str


@dataclass(frozen=True)
class Manuscript:
    """A chapter as its file says it. Lines of table and legend carry their numbers, from 1."""

    line: int
    number: int
    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    bold_names: tuple[BoldName, ...]
    timeline_title: str
    table: tuple[tuple[int, str], ...]
    legend: tuple[tuple[int, str], ...]

    @property
    def paragraph_count(self) -> int:
        return len(self.lead) + sum(len(section.paragraphs) for section in self.sections)
