"""The cells of review sheets: years, amounts, flags, pointers to past sheets. Pure."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

from values.money import LARGEST_YEN

from .refusals import ReviewSheetError
from .review_sheet import Pointer

_YEAR = re.compile(r"(?:18|19|20)\d\d", re.ASCII)
_POINTER = re.compile(r"(\d+):([^:]+):([^:]+)", re.ASCII)
_OLD_NUMBER = re.compile(r"(20\d\d)-?([^\d\s-]+?)-?(新?\d\d)-?(\d{4}(?:-\d+)?)")
_DASHES = re.compile(r"[\s‐‑–—−－ｰ-]+")
_FIRST_YEAR, _LAST_YEAR = 1868, 2100


def one_line(text: str) -> str:
    """Return `text` as typed, but with line breaks and runs of spaces as one space."""
    return " ".join(text.split())


def read_year(text: str) -> int:
    if not _YEAR.fullmatch(text):
        raise ReviewSheetError.because("cell.year", text)
    return int(text)


def possible_year(text: str) -> int | None:
    """Return the year from 1868 to 2100 that `text` is, None if it is anything else."""
    if not text.isascii() or not text.isdigit() or not _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        return None
    return int(text)


def read_flag(text: str) -> bool:
    if text not in ("TRUE", "FALSE"):
        raise ReviewSheetError.because("cell.flag", text)
    return text == "TRUE"


class AmountReader:
    """Reads amounts of one unit, each spelling once.

    The extract writes binary floats (4.300000000000001): a fraction of a yen is rounded to the
    yen, half to even, and `was_rounded` says so.
    """

    def __init__(self, yen_per_unit: int) -> None:
        self._factor = Decimal(yen_per_unit)
        self._known: dict[str, tuple[int | None, bool]] = {"": (None, False)}

    def read(self, text: str) -> int | None:
        return self._known[text][0] if text in self._known else self._parsed(text)

    def was_rounded(self, text: str) -> bool:
        """Whether a text that was read held more than a float's error below one yen."""
        return self._known[text][1]

    def _parsed(self, text: str) -> int:
        try:
            exact = Decimal(text) * self._factor
        except InvalidOperation:
            raise ReviewSheetError.because("cell.amount", text) from None
        if not exact.is_finite() or abs(exact) > LARGEST_YEN:
            raise ReviewSheetError.because("cell.amount", text)
        yen = exact.to_integral_value(ROUND_HALF_EVEN)
        is_rounded = abs(exact - yen) > Decimal("0.001")
        self._known[text] = int(yen), is_rounded
        return int(yen)


def read_pointers(text: str) -> tuple[tuple[Pointer, ...], list[str]]:
    """Read 「2018:文部科学省:0137；2017:外務省:0139」; also return the parts that name no sheet.

    A year of two digits is one of Heisei, 27 for 2015.
    """
    pointers, unreadable = [], []
    for part in filter(None, text.split("；")):
        match = _POINTER.fullmatch(part.strip())
        if match is None:
            unreadable.append(part)
            continue
        year = int(match[1])
        pointers.append(Pointer(year + 1988 if year < 100 else year, match[2], match[3]))
    return tuple(pointers), unreadable


def read_old_numbers(text: str, ministry: str) -> tuple[Pointer, ...]:
    """Find numbers of past sheets, 「2023 - 文科 - 22 - 0130」, in a cell filled by hand."""
    tight = _DASHES.sub("-", text)
    return tuple(
        Pointer(int(year), ministry, f"{year}-{short}-{group}-{number}")
        for year, short, group, number in _OLD_NUMBER.findall(tight)
    )
