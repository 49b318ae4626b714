"""A date known to the day, the month, the year, or only to the fiscal year. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spreadsheets.refusal import Refusal


class PartialDateError(Refusal):
    pass


@dataclass(frozen=True)
class PartialDate:
    year: int
    month: int | None = None
    day: int | None = None
    is_fiscal: bool = False

    @property
    def stored(self) -> str:
        if self.is_fiscal:
            return f"FY{self.year:04d}"
        parts = [f"{self.year:04d}"]
        if self.month:
            parts.append(f"{self.month:02d}")
        if self.day:
            parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @property
    def fiscal_year(self) -> int | None:
        if self.is_fiscal:
            return self.year
        if self.month is None:
            return None
        return self.year if self.month >= 4 else self.year - 1

    def __str__(self) -> str:
        return self.stored


def read_stored(text: str) -> PartialDate:
    if text.startswith("FY"):
        return PartialDate(int(text[2:]), is_fiscal=True)
    return PartialDate(*map(int, text.split("-")))


def parse(text: str) -> PartialDate:
    if not re.fullmatch(r"(FY\d{4}|\d{4}(-\d\d){0,2})", text):
        raise PartialDateError("date.unknown", text, ja="", en="")
    return read_stored(text)
