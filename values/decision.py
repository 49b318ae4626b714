"""What a reader decided on somebody's behalf, and where, so that it can be shown to them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Decision:
    """Something that was mended, taken in one of several senses, or left out.

    code     stable name: "level.set"
    line     counts from 1 in the file, 0 for the file as a whole
    words    what was typed there, on one line unless it was left out
    outcome  what became of it, in no language: a key, a number, a record's reference
    """

    code: str
    line: int
    words: str
    outcome: str = ""

    def as_json(self) -> dict[str, object]:
        return {
            "code": self.code,
            "line": self.line,
            "words": self.words,
            "outcome": self.outcome,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, object]) -> Decision:
        line = stored["line"]
        assert isinstance(line, int)
        return cls(str(stored["code"]), line, str(stored["words"]), str(stored["outcome"]))


def quoted(words: str) -> str:
    """Return words on one line, cut at 60 characters."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + "…"
