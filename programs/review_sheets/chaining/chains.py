"""Sheets of one programme over the years → one chain. Pure.

A chain holds at most one sheet of a year and belongs to at most one known programme. The evidence
is used from the strongest to the weakest, so a weak link never keeps a strong one out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..tables.notices import RunNotices
from ..tables.review_sheet import ReviewSheet


class Chains:
    """Disjoint sets of sheets (union-find with a guard); sheets are named by their place."""

    def __init__(self, sheets: Sequence[ReviewSheet], notices: RunNotices) -> None:
        self.sheets = sheets
        self._notices = notices
        self._parent = list(range(len(sheets)))
        self._years = [{sheet.year: place} for place, sheet in enumerate(sheets)]
        self._program = [sheet.program for sheet in sheets]
        self._join_known()

    def chain_of(self, place: int) -> int:
        """Return the place that stands for the chain of the sheet at `place`."""
        parent = self._parent
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    def program_of(self, place: int) -> int | None:
        return self._program[self.chain_of(place)]

    def years_of(self, place: int) -> dict[int, int]:
        """Return the years of a chain and where the sheet of each is."""
        return self._years[self.chain_of(place)]

    def may_join(self, first: int, second: int) -> bool:
        one, other = self.chain_of(first), self.chain_of(second)
        programs = {self._program[one], self._program[other]} - {None}
        return len(programs) < 2 and not self._years[one].keys() & self._years[other].keys()

    def join(self, first: int, second: int) -> bool:
        """Join two chains unless that would break the guard. Return whether they are one now."""
        if self.chain_of(first) == self.chain_of(second):
            return True
        if not self.may_join(first, second):
            return False
        self._unite(first, second)
        return True

    def join_or_note(self, first: int, second: int) -> bool:
        """Join, or note that strong evidence contradicts itself."""
        is_joined = self.join(first, second)
        if not is_joined:
            self._notices.add("same_year", f"{self.sheets[first]} ／ {self.sheets[second]}")
        return is_joined

    def all(self) -> Iterator[list[int]]:
        """Yield the places of each chain, oldest sheet first, in the order of the oldest."""
        members: dict[int, list[int]] = {}
        for place in range(len(self.sheets)):
            members.setdefault(self.chain_of(place), []).append(place)
        for chain in members.values():
            chain.sort(key=lambda place: self.sheets[place].order)
        yield from sorted(members.values(), key=lambda chain: self.sheets[chain[0]].order)

    def _join_known(self) -> None:
        """What the database holds is one programme, even with two sheets of a year."""
        first_of: dict[int, int] = {}
        for place, sheet in enumerate(self.sheets):
            if sheet.program is None:
                continue
            first = first_of.setdefault(sheet.program, place)
            if first != place:
                if sheet.year in self.years_of(first):
                    self._notices.add("program.two_sheets", str(sheet))
                self._unite(first, place)

    def _unite(self, first: int, second: int) -> None:
        one, other = self.chain_of(first), self.chain_of(second)
        if len(self._years[one]) < len(self._years[other]):
            one, other = other, one
        self._parent[other] = one
        self._years[one] = self._years[other] | self._years[one]
        if self._program[one] is None:
            self._program[one] = self._program[other]
