"""The one way a parser says no: what was read, why it cannot be, what was probably meant. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from .messages import Message, Translate, gettext_noop

_LONGEST_QUOTE = 40
_WITH_PROPOSAL = gettext_noop("%(reason)s%(proposal)sのことでしょうか？")


class Refusal(ValueError):
    """A value that cannot be read as what it should be.

    code      stable name for tests and JSON: "year.era_range"
    value     the text as it was typed
    reason    the reason in a sentence
    proposal  what was probably meant, ready to be typed instead; "" when nobody can tell
    """

    reasons: ClassVar[Mapping[str, str]] = {}
    """Of a kind of refusal: each code with its sentence, where %(value)s is what was typed."""
    bounds: ClassVar[Mapping[str, object]] = {}
    """Parameters that every sentence of the kind may name."""

    def __init__(self, code: str, value: str, *, reason: Message, proposal: str = "") -> None:
        super().__init__(reason.in_words())
        self.code = code
        self.value = value
        self.reason = reason
        self.proposal = proposal

    @classmethod
    def because(cls, code: str, value: str, *, proposal: str = "", **parameters: object) -> Self:
        """Return the refusal whose sentence stands in `reasons`, with `parameters` filled in."""
        filled = {"value": _quoted(value), **cls.bounds, **parameters}
        return cls(code, value, reason=Message(cls.reasons[code], filled), proposal=proposal)

    def in_words(self, translate: Translate = str) -> str:
        """Return reason and proposal for an editor, in Japanese or as `translate` has them."""
        if not self.proposal:
            return self.reason.in_words(translate)
        parts = {"reason": self.reason, "proposal": self.proposal}
        return Message(_WITH_PROPOSAL, parts).in_words(translate)


def _quoted(value: str) -> str:
    """Return `value` on one line, without outer spaces, cut at 40 characters."""
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + "…"
