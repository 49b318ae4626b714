"""How reading says no, or what it decided: place, value, reason, remedy. Pure."""

from dataclasses import dataclass
from typing import Any

from values.messages import Message, Translate, gettext_noop
from values.refusal import Refusal


def column_letter(column: int) -> str:
    """Return Excel's letters of a column counted from 1: 1 → A, 703 → AAA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the column, from 1, of Excel's letters: A → 1, AAA → 703."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


@dataclass(frozen=True)
class Place:
    """Where in a file, in Excel's own terms: row 0 and column "" mean all of them."""

    sheet: str = ""
    row: int = 0
    column: str = ""

    @property
    def message(self) -> Message | None:
        """「予算」C14, C14, 14行目, C列; None for the whole of a file without sheets."""
        where: Message | str = f"{self.column}{self.row}"
        if not self.column:
            where = Message(gettext_noop("%(row)s行目"), {"row": self.row})
        elif not self.row:
            where = Message(gettext_noop("%(column)s列"), {"column": self.column})
        if not self.row and not self.column:
            return (
                Message(gettext_noop("「%(sheet)s」"), {"sheet": self.sheet})
                if self.sheet
                else None
            )
        if self.sheet:
            return Message(
                gettext_noop("「%(sheet)s」%(where)s"), {"sheet": self.sheet, "where": where}
            )
        return where if isinstance(where, Message) else Message("%(where)s", {"where": where})

    def in_words(self, translate: Translate = str) -> str:
        """Return the place as `message` says it, "" for the whole of a file without sheets."""
        return self.message.in_words(translate) if self.message else ""


class ReadError(Refusal):
    """A refusal that also knows its place and the remedy; `samples` shows other encodings."""

    def __init__(
        self,
        code: str,
        value: str,
        *,
        reason: Message,
        remedy: Message,
        place: Place | None = None,
        samples: dict[str, str] | None = None,
    ) -> None:
        super().__init__(code, value, reason=reason)
        self.remedy = remedy
        self.place = place or Place()
        self.samples = samples or {}

    @property
    def reason_and_remedy(self) -> Message:
        parts = {"reason": self.reason, "remedy": self.remedy}
        return Message(gettext_noop("%(reason)s%(remedy)s"), parts)

    def in_words(self, translate: Translate = str) -> str:
        """Return place, reason and remedy, in Japanese or as `translate` has them."""
        return _placed(self.place, self.reason_and_remedy).in_words(translate)

    def as_dict(self) -> dict[str, Any]:
        """Return what the reading child writes; only its parameters' JSON comes back."""
        return {
            "code": self.code,
            "value": self.value,
            "reason": [self.reason.text, self.reason.parameters],
            "remedy": [self.remedy.text, self.remedy.parameters],
            "place": [self.place.sheet, self.place.row, self.place.column],
        }

    @classmethod
    def from_dict(cls, written: dict[str, Any]) -> "ReadError":
        return cls(
            written["code"],
            written["value"],
            reason=Message(*written["reason"]),
            remedy=Message(*written["remedy"]),
            place=Place(*written["place"]),
        )


@dataclass(frozen=True)
class Notice:
    """Something that the reader decided or left out, and that the editor should know."""

    code: str
    message: Message
    place: Place = Place()

    def in_words(self, translate: Translate = str) -> str:
        return _placed(self.place, self.message).in_words(translate)


def _placed(place: Place, message: Message) -> Message:
    if place.message is None:
        return message
    return Message("%(place)s: %(message)s", {"place": place.message, "message": message})
