"""The one way a parser says no: what was read, why it cannot be, what was probably meant. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from .language import is_english

_LONGEST_QUOTE = 40


class Refusal(ValueError):
    """A value that cannot be read as what it should be.

    code      stable name for tests and JSON: "year.era_range"
    value     the text as it was typed
    ja, en    the reason in a sentence, in Japanese and in English
    proposal  what was probably meant, ready to be typed instead; "" when nobody can tell
    """

    reasons: ClassVar[Mapping[str, tuple[str, str]]] = {}
    """Of a kind of refusal: each code with its sentences, where {value} is what was typed."""

    def __init__(self, code: str, value: str, *, ja: str, en: str, proposal: str = "") -> None:
        super().__init__(ja)
        self.code = code
        self.value = value
        self.ja = ja
        self.en = en
        self.proposal = proposal

    @classmethod
    def because(cls, code: str, value: str, *, proposal: str = "", **words: str) -> Self:
        """Return the refusal whose sentences stand in `reasons`, with `words` filled in."""
        ja, en = cls.reasons[code]
        quote = {"value": _quoted(value)} | words
        return cls(code, value, ja=ja.format(**quote), en=en.format(**quote), proposal=proposal)

    def text(self, language: str | None) -> str:
        """Return reason and proposal for an editor: Japanese unless `language` is English."""
        if is_english(language):
            return f"{self.en} Did you mean {self.proposal}?" if self.proposal else self.en
        return f"{self.ja}{self.proposal}のことでしょうか？" if self.proposal else self.ja


def _quoted(value: str) -> str:
    """Return `value` on one line, without outer spaces, cut at 40 characters."""
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + "…"
