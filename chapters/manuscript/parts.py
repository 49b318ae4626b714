"""What a manuscript consists of once it is read, its bounds, and how one is refused. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from values.decision import Decision
from values.messages import Message, gettext_noop
from values.refusal import Refusal
from values.text_length import MOST_CHARACTERS

MOST_BYTES = 1_000_000
MOST_LINES = 20_000
HEADING_LIMIT = 150
MOST_HEADINGS = 500
MOST_NOTES = 1_000
MOST_MARKS = 10_000
MOST_ROWS = 500


class ManuscriptError(Refusal):
    """No such manuscript; `line` counts from 1 in the file, 0 for the file as a whole."""

    def __init__(self, code: str, line: int, value: str, *, reason: Message) -> None:
        super().__init__(f"manuscript.{code}", value, reason=reason)
        self.line = line


def refused(
    code: str, line: int, value: str, sentence: str, /, **parameters: object
) -> ManuscriptError:
    return ManuscriptError(code, line, value, reason=Message(sentence, parameters))


def too_many(line: int, what: str, limit: int) -> ManuscriptError:
    """Return the refusal of a file that has more of something than `limit`."""
    sentences = {
        "heading": gettext_noop("見出しは%(limit)s個までです。ファイルを分けてください。"),
        "note": gettext_noop("脚注は%(limit)s個までです。ファイルを分けてください。"),
        "line": gettext_noop("行は%(limit)s行までです。1ファイルに1章だけを入れてください。"),
        "mark": gettext_noop("脚注の印は%(limit)s個までです。ファイルを分けてください。"),
        "row": gettext_noop("年表は%(limit)s行までです。行を減らしてください。"),
    }
    return refused("too_many", line, what, sentences[what], limit=f"{limit:,}")


def too_long(line: int, text: str) -> ManuscriptError:
    """Return the refusal of a body or a note that its field does not hold."""
    return refused(
        "too_long",
        line,
        text[:80],
        gettext_noop(
            "ここまでの本文か脚注が%(limit)s字を超えます。見出しを足して分けるか、短くしてください。"
        ),
        limit=f"{MOST_CHARACTERS:,}",
    )


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
    """A note; `number` is what its mark says, 0 if that is a word. Prose refers to it as [^key]."""

    line: int
    number: int
    text: str
    key: str


@dataclass(frozen=True)
class BoldName:
    """A name printed bold, as often as it is printed, in the order of the file."""

    line: int
    name: str


@dataclass(frozen=True)
class Manuscript:
    """A chapter as its file says it. Lines of table and legend carry their numbers, from 1.

    `decisions` tell, in the order of the file, what was mended, chosen or left out.
    """

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
    decisions: tuple[Decision, ...]

    @property
    def paragraph_count(self) -> int:
        return len(self.lead) + sum(len(section.paragraphs) for section in self.sections)
