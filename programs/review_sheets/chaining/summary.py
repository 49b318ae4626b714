"""What the sheets of one chain say together: the latest sheet wins. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from values.text_key import text_key

from ..tables.notices import RunNotices
from ..tables.review_sheet import BASES, EndState, ReviewSheet, latest_first
from .agreement import INITIAL, same_amount


@dataclass(frozen=True, slots=True)
class UsedName:
    """A name, and the first and last year of the sheets that bear it, both inclusive."""

    name: str
    name_key: str
    first: int
    last: int

    @classmethod
    def of(cls, name: str, first: int, last: int) -> UsedName:
        return cls(name, text_key(name), first, last)


@dataclass
class Summary:
    """A programme as the sheets of a file tell it; `sheets` are latest first.

    amounts  (fiscal year, place in BASES) → yen and the sheet that says so
    """

    program: int | None
    sheets: list[ReviewSheet]
    names: list[UsedName]
    start: int | None
    end: int | None
    end_state: EndState
    amounts: dict[tuple[int, int], tuple[int, ReviewSheet]] = field(default_factory=dict)

    @property
    def latest(self) -> ReviewSheet:
        return self.sheets[0]

    @property
    def first(self) -> ReviewSheet:
        return self.sheets[-1]


def summarize(sheets: Sequence[ReviewSheet], program: int | None, notices: RunNotices) -> Summary:
    """Sum up the sheets of one chain, of which at least one comes from the file.

    The first year is that of the latest sheet that gives one. A last year that would lie before
    it, and was said by another sheet, is left out.
    """
    ordered = latest_first(sheets)
    latest = ordered[0]
    start = next((sheet.start for sheet in ordered if sheet.start is not None), None)
    end, end_state = latest.end, latest.end_state
    if start is not None and end is not None and end < start:
        notices.add("year.impossible", f"{latest} {start}～{end}")
        end, end_state = None, "unknown"
    summary = Summary(program, ordered, _names(ordered), start, end, end_state)
    for sheet in ordered:
        _take_amounts(summary, sheet, notices)
    return summary


def _names(ordered: Sequence[ReviewSheet]) -> list[UsedName]:
    """Return each name once, latest first, spelled as in the latest sheet that bears it."""
    bearing: dict[str, list[ReviewSheet]] = {}
    for sheet in ordered:
        bearing.setdefault(sheet.name_key, []).append(sheet)
    return [
        UsedName(sheets[0].name, key, sheets[-1].year, sheets[0].year)
        for key, sheets in bearing.items()
    ]


def _take_amounts(summary: Summary, sheet: ReviewSheet, notices: RunNotices) -> None:
    """Take the amounts that no later sheet has given.

    A sheet is written in mid-year: of its own year only the initial budget can contradict a later
    sheet.
    """
    for fiscal_year, amounts in sheet.amounts.items():
        for basis, yen in enumerate(amounts):
            if yen is None:
                continue
            taken, by = summary.amounts.setdefault((fiscal_year, basis), (yen, sheet))
            is_final = fiscal_year < sheet.year or basis == INITIAL
            if by is not sheet and is_final and not same_amount(taken, yen):
                notices.add(
                    "amount.differs",
                    f"{fiscal_year} {BASES[basis]}: {by} {taken:,} ／ {sheet} {yen:,}",
                )
