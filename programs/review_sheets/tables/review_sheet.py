"""One review sheet: what a programme said of itself in one year. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from values.budget_words import BASIS_NAMES
from values.money import Unit
from values.text_key import text_key

BASES = tuple(BASIS_NAMES)
EndState = Literal["known", "ongoing", "unknown"]

Amounts = tuple[int | None, ...]
"""Whole yen in the order of BASES; None where the sheet is blank."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """The earlier sheet that a sheet says it continues."""

    year: int
    ministry: str
    number: str


@dataclass(frozen=True, slots=True, eq=False)
class ReviewSheet:
    """A programme as published in `year`, or as the database knows it from that year.

    number    事業番号, new every year; 予算事業ID where `scheme` is rs_system
    judgit_id 事業ID, which the extract of 2015-2022 gives until 2020; "" if none
    amounts   by fiscal year
    program   primary key of the programme that is known to own this sheet
    line      of the file; 0 for a sheet that the database remembers
    """

    year: int
    ministry: str
    number: str
    name: str
    scheme: Literal["review_sheet", "rs_system"] = "review_sheet"
    judgit_id: str = ""
    start: int | None = None
    end: int | None = None
    end_state: EndState = "unknown"
    pointers: tuple[Pointer, ...] = ()
    amounts: dict[int, Amounts] = field(default_factory=dict)
    unit: Unit = "million_yen"
    program: int | None = None
    line: int = 0
    name_key: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name_key", text_key(self.name))

    @property
    def is_remembered(self) -> bool:
        """Whether it stands for what the database says of a year that the file does not hold."""
        return self.line == 0

    @property
    def locator(self) -> str:
        """文部科学省/0132"""
        return f"{self.ministry}/{self.number}"

    @property
    def identifier(self) -> tuple[str, str, int | None]:
        """Scheme, value and year of its ProgramIdentifier."""
        if self.scheme == "rs_system":
            return self.scheme, self.number, None
        return self.scheme, self.locator, self.year

    def of_program(self, program: int) -> ReviewSheet:
        """Return the sheet as one that the database knows to be the programme's."""
        return replace(self, program=program)

    @property
    def order(self) -> tuple[int, str, str]:
        return self.year, self.ministry, self.number

    def __str__(self) -> str:
        return f"{self.year} {self.locator}「{self.name}」"


def latest_first(sheets: Sequence[ReviewSheet]) -> list[ReviewSheet]:
    return sorted(sheets, key=lambda sheet: sheet.order, reverse=True)
