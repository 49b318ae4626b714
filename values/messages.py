"""Sentences that modules without Django carry until somebody prints them. Pure.

A sentence is written in Japanese and marked by `gettext_noop`, so that `make messages` collects
it. Whoever prints it hands over `gettext`, once, at the edge: `message.in_words(gettext)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Translate = Callable[[str], str]


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation and return it as it is, as Django's function does."""
    return message


@dataclass(frozen=True)
class Message:
    """A sentence with %(name)s for its parameters, of which one may be a Message itself."""

    text: str
    parameters: Mapping[str, object] = field(default_factory=dict)

    def in_words(self, translate: Translate = str) -> str:
        """Return the sentence in the language of `translate`; in Japanese without it."""
        return in_words(self.text, self.parameters, translate)


def in_words(text: str, parameters: Mapping[str, object], translate: Translate = str) -> str:
    """Translate a sentence and fill its parameters in."""
    filled = {
        name: value.in_words(translate) if isinstance(value, Message) else value
        for name, value in parameters.items()
    }
    return translate(text) % filled
