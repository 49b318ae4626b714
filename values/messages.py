"""Sentences that modules without Django carry until somebody prints them. Pure.

A sentence is written in Japanese and marked by `gettext_noop`, so that `make messages` collects
it. Whoever prints it hands over `gettext`, once, at the edge: `message.in_words(gettext)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
        filled = {name: _worded(value, translate) for name, value in self.parameters.items()}
        return translate(self.text) % filled


@dataclass(frozen=True)
class Listed:
    """Parts one after the other, with a separator that is translated as well."""

    separator: str
    parts: Sequence[object]

    def in_words(self, translate: Translate = str) -> str:
        return translate(self.separator).join(str(_worded(part, translate)) for part in self.parts)


def _worded(value: object, translate: Translate) -> object:
    return value.in_words(translate) if isinstance(value, Message | Listed) else value
