"""How reading says no, or what it decided: place, value, reason, remedy. Pure."""

from dataclasses import dataclass
from typing import Any

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


def is_english(language: str | None) -> bool:
    return language is not None and language.split("-")[0] == "en"


@dataclass(frozen=True)
class Place:
    """Where in a file, in Excel's own terms: row 0 and column "" mean all of them."""

    sheet: str = ""
    row: int = 0
    column: str = ""

    def text(self, language: str | None = None) -> str:
        """Return 「予算」C14, C14, 14行目, C列, or "" for the whole of a file without sheets."""
        sheet = f"「{self.sheet}」" if self.sheet else ""
        if is_english(language):
            sheet = f"{self.sheet}!" if self.sheet else ""
            where = f"row {self.row}" if self.row else f"column {self.column}"
        else:
            where = f"{self.row}行目" if self.row else f"{self.column}列"
        if self.row and self.column:
            where = f"{self.column}{self.row}"
        if not self.row and not self.column:
            return sheet.rstrip("!")
        return sheet + where


class ReadError(Refusal):
    """A refusal that also knows its place and the remedy; `samples` shows other encodings."""

    def __init__(
        self,
        code: str,
        value: str,
        *,
        ja: str,
        en: str,
        remedy_ja: str,
        remedy_en: str,
        place: Place | None = None,
        samples: dict[str, str] | None = None,
    ) -> None:
        super().__init__(code, value, ja=ja, en=en)
        self.remedy_ja = remedy_ja
        self.remedy_en = remedy_en
        self.place = place or Place()
        self.samples = samples or {}

    def text(self, language: str | None = None) -> str:
        """Return place, reason and remedy; Japanese unless `language` is English."""
        where = self.place.text(language)
        if is_english(language):
            return (
                f"{where}: {self.en} {self.remedy_en}" if where else f"{self.en} {self.remedy_en}"
            )
        return f"{where}: {self.ja}{self.remedy_ja}" if where else f"{self.ja}{self.remedy_ja}"

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "value": self.value,
            "ja": self.ja,
            "en": self.en,
            "remedy_ja": self.remedy_ja,
            "remedy_en": self.remedy_en,
            "place": [self.place.sheet, self.place.row, self.place.column],
        }

    @classmethod
    def from_dict(cls, written: dict[str, Any]) -> "ReadError":
        code, value, place = written.pop("code"), written.pop("value"), written.pop("place")
        return cls(code, value, place=Place(*place), **written)


@dataclass(frozen=True)
class Notice:
    """Something that the reader decided or left out, and that the editor should know."""

    code: str
    ja: str
    en: str
    place: Place = Place()

    def text(self, language: str | None = None) -> str:
        where = self.place.text(language)
        words = self.en if is_english(language) else self.ja
        return f"{where}: {words}" if where else words
