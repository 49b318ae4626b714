"""The one way a parser says no: what was read, why it cannot be, what was probably meant. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from .language import is_english
from .messages import Translate, gettext_noop, in_words

_LONGEST_QUOTE = 40
_PROPOSAL = gettext_noop("%(proposal)sのことでしょうか？")


class Refusal(ValueError):
    """A value that cannot be read as what it should be.

    code        stable name for tests and JSON: "year.era_range"
    value       the text as it was typed
    parameters  what the sentence of `reasons` fills in
    proposal    what was probably meant, ready to be typed instead; "" when nobody can tell
    """

    reasons: ClassVar[Mapping[str, str | tuple[str, str]]] = {}
    """Of a kind of refusal: each code with its sentence, where %(value)s is what was typed."""

    def __init__(
        self,
        code: str,
        value: str,
        *,
        ja: str = "",
        en: str = "",
        parameters: Mapping[str, object] | None = None,
        proposal: str = "",
    ) -> None:
        super().__init__(ja)
        self.code = code
        self.value = value
        self.ja = ja
        self.en = en
        self.parameters = {"value": _quoted(value), **(parameters or {})}
        self.proposal = proposal

    @classmethod
    def because(cls, code: str, value: str, *, proposal: str = "", **words: object) -> Self:
        """Return the refusal whose sentence stands in `reasons`, with `words` filled in."""
        reason = cls.reasons[code]
        if isinstance(reason, str):
            return cls(code, value, parameters=words, proposal=proposal)
        ja, en = reason
        quote = {"value": _quoted(value)} | words
        return cls(code, value, ja=ja.format(**quote), en=en.format(**quote), proposal=proposal)

    def __str__(self) -> str:
        return self.in_words()

    def in_words(self, translate: Translate = str) -> str:
        """Return reason and proposal for an editor, in the language of `translate`.

        `translate` is Django's gettext at the edge; without it the words are Japanese.
        """
        reason = self.reasons.get(self.code, "")
        if not isinstance(reason, str) or not reason:
            return self.en if translate("はい") != "はい" else self.ja
        words = in_words(reason, self.parameters, translate)
        if not self.proposal:
            return words
        return words + in_words(_PROPOSAL, {"proposal": self.proposal}, translate)

    def text(self, language: str | None) -> str:
        """Return reason and proposal for an editor: Japanese unless `language` is English."""
        if is_english(language):
            return f"{self.en} Did you mean {self.proposal}?" if self.proposal else self.en
        return f"{self.ja}{self.proposal}のことでしょうか？" if self.proposal else self.ja


def _quoted(value: str) -> str:
    """Return `value` on one line, without outer spaces, cut at 40 characters."""
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + "…"
