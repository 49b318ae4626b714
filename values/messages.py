"""Sentences that modules without Django carry until somebody prints them. Pure.

A sentence is written in Japanese and marked by `gettext_noop`, so that `make messages` collects
it. Whoever prints it hands over `gettext`, once, at the edge: `message.in_words(gettext)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Translate = Callable[[str], str]
_AFTER_CONTEXT = "\x04"  # gettext's own separator


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation and return it as it is, as Django's function does."""
    return message


def pgettext_noop(context: str, message: str) -> str:
    """Mark a sentence that has a translation of its own in a context.

    It is imported as `pgettext`, the name by which `make messages` finds it.
    """
    return f"{context}{_AFTER_CONTEXT}{message}"


def translated(text: str, translate: Translate) -> str:
    """Return what `translate` makes of a marked sentence: without its context if it has none."""
    return translate(text).rpartition(_AFTER_CONTEXT)[2]


@dataclass(frozen=True)
class Message:
    """A sentence with %(name)s for its parameters, of which one may be a Message itself."""

    text: str
    parameters: Mapping[str, object] = field(default_factory=dict)

    def in_words(self, translate: Translate = str) -> str:
        """Return the sentence in the language of `translate`; in Japanese without it."""
        filled = {name: _worded(value, translate) for name, value in self.parameters.items()}
        return translated(self.text, translate) % filled


@dataclass(frozen=True)
class Listed:
    """Parts one after the other, with a separator that is translated as well."""

    separator: str
    parts: Sequence[object]

    def in_words(self, translate: Translate = str) -> str:
        return translated(self.separator, translate).join(
            str(_worded(part, translate)) for part in self.parts
        )


def _worded(value: object, translate: Translate) -> object:
    return value.in_words(translate) if isinstance(value, Message | Listed) else value
