"""Whether two sheets tell the same past: a sheet of year n reports n-3 to n. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from ..tables.review_sheet import BASES, Amounts, ReviewSheet

INITIAL = BASES.index("initial")
_ALIKE = (INITIAL, BASES.index("supplementary"), BASES.index("executed"))
COMPARED = (*_ALIKE, BASES.index("total"))
_COARSEST_YEN = 1_000_000


def same_amount(first: int, second: int) -> bool:
    """Whether two amounts in yen may be one, rounded to different places, at most to 百万円.

    Sheets cut as well as round: 450,424 and 450 千円 agree, 450 and 451 do not.
    """
    if first == second:
        return True
    return abs(first - second) < max(_place(first), _place(second))


def _place(yen: int) -> int:
    """Return the value of the last place in which `yen` is given: 10,000 for 12,340,000."""
    place = 1
    while place < _COARSEST_YEN and yen % (place * 10) == 0:
        place *= 10
    return place


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many different amounts other than 0 two sheets share, and in how many they differ."""

    shared: int
    differing: int

    @property
    def score(self) -> int:
        return self.shared - 2 * self.differing


def agreement(first: ReviewSheet, second: ReviewSheet) -> Agreement:
    """Compare what two sheets say of the years that both report.

    Of its own year a sheet knows only the initial budget for good. RSシステム prints the total
    before what is carried out, the sheets up to 2023 after it: these two are not compared.
    """
    bases = COMPARED if first.scheme == second.scheme else _ALIKE
    written = min(first.year, second.year)
    shared: set[tuple[int, int]] = set()
    differing = 0
    for fiscal_year in first.amounts.keys() & second.amounts.keys():
        ours, theirs = first.amounts[fiscal_year], second.amounts[fiscal_year]
        for basis in bases if fiscal_year < written else (INITIAL,):
            one, other = ours[basis], theirs[basis]
            if one is None or other is None or not (one or other):
                continue
            if same_amount(one, other):
                shared.add((fiscal_year, round(one / _COARSEST_YEN)))
            else:
                differing += 1
    return Agreement(len(shared), differing)


def traces(amounts_by_year: dict[int, Amounts]) -> set[tuple[int, int, int]]:
    """Return (fiscal year, basis, 百万円) of each compared amount of half a 百万円 or more."""
    return {
        (fiscal_year, basis, round(yen / _COARSEST_YEN))
        for fiscal_year, amounts in amounts_by_year.items()
        for basis in COMPARED
        if (yen := amounts[basis]) is not None and abs(yen) >= _COARSEST_YEN // 2
    }


def name_likeness(first: str, second: str) -> float:
    """Return the share of neighbouring letters that two name keys have in common, 0 to 1."""
    if first == second:
        return 1.0
    ours, theirs = _pairs(first), _pairs(second)
    if not ours or not theirs:
        return 0.0
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


def _pairs(key: str) -> set[str]:
    return {key[place : place + 2] for place in range(len(key) - 1)}
