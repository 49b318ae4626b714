"""A programme's amounts and years → the state of its cell in each fiscal year. Pure.

A programme's cell is in one state:

    amount         a sum other than zero on the chosen basis; its tier, if the scheme has one for it
    not_started    before the programme's first fiscal year
    ended          after its last fiscal year
    zero           the source says 0
    no_own_budget  inside an agency's grant: no sum can be given
    unknown        nobody has entered a sum; never drawn as zero

A sum other than zero wins over the years of the record; zero outside those years does not.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from values.tiers import TierScale

from .facts import BASES, Citation, DrawnBasis, RowFacts, SourcedAmount
from .vocabulary import Edge, FigureWords, State

Differences = tuple[tuple[DrawnBasis, str | None], ...]


_ONLY_WITH_A_SUM = ("not_started", "ended", "zero", "no_own_budget", "unknown")


class Drawing(NamedTuple):
    """What the cells of a row share; `years` are the fiscal years drawn, in order."""

    facts: RowFacts
    years: range
    scale: TierScale
    basis: DrawnBasis
    words: FigureWords


class ChartCell(NamedTuple):
    """One programme in one fiscal year. `differs` names the bases on which the tier is another.

    A tuple, and words only when asked for: one page may have a hundred thousand of them.
    """

    fiscal_year: int
    state: State
    tier: str | None
    amount_yen: int | None
    running: bool
    citation: Citation | None
    differs: Differences
    joins_previous: bool
    joins_next: bool
    drawing: Drawing

    @property
    def reason(self) -> str:
        """Why the cell is as it is, in one sentence."""
        facts = self.drawing.facts
        return self.drawing.words.reason(
            self.state,
            self.drawing.basis,
            amount_yen=self.amount_yen,
            source=self.citation.title if self.citation else "",
            start_fiscal_year=facts.start_fiscal_year,
            end_fiscal_year=facts.end_fiscal_year,
        )

    @property
    def opening(self) -> Edge:
        """How the bar begins: "" inside it, closed in its first year, continues from earlier."""
        if not self.running or self.joins_previous:
            return ""
        start = self.drawing.facts.start_fiscal_year
        if start is None:
            return "unknown"
        return "continues" if start < self.fiscal_year == self.drawing.years[0] else "closed"

    @property
    def closing(self) -> Edge:
        """How the bar ends: "" inside it, closed in its last year, ongoing, or nobody knows."""
        if not self.running or self.joins_next:
            return ""
        facts = self.drawing.facts
        if self.fiscal_year != self.drawing.years[-1]:
            return "closed" if facts.end_fiscal_year is not None else "unknown"
        if facts.end_fiscal_year is not None:
            return "continues" if facts.end_fiscal_year > self.fiscal_year else "closed"
        return "ongoing" if facts.end_state == "ongoing" else "unknown"


def draw_cells(drawing: Drawing) -> tuple[ChartCell, ...]:
    """Return a programme's cells, one for each year of the drawing."""
    facts, years, scale, basis, _ = drawing
    bounds, letters = scale
    sums = _sums(facts)
    amounts = list(map(sums.get(basis, {}).get, years))
    states = _states(facts, years, amounts)
    out = ("not_started", "ended") if facts.start_fiscal_year is not None else _ONLY_WITH_A_SUM
    running = [state not in out for state in states]
    others = [(other, sums[other]) for other in BASES if other != basis and other in sums]
    cells = []
    new = tuple.__new__  # ChartCell._make without its checks: it is called for every cell of a page
    before = False
    for year, amount, state, now, after in zip(
        years, amounts, states, running, [*running[1:], False], strict=True
    ):
        tier = amount_yen = citation = None
        differs: Differences = ()
        if amount is not None:
            amount_yen, citation = amount.amount_yen, amount.citation
            tier = letters[bisect_right(bounds, amount_yen)]
            if others:
                differs = _differs(year, scale, others, tier)
        drawn = (year, state, tier, amount_yen, now, citation, differs, now and before,
                 now and after, drawing)  # fmt: skip
        cells.append(new(ChartCell, drawn))
        before = now
    return tuple(cells)


def _states(facts: RowFacts, years: range, amounts: list[SourcedAmount | None]) -> list[State]:
    start, end = facts.start_fiscal_year, facts.end_fiscal_year
    first = years[0] if start is None else start
    last = years[-1] if end is None else end
    blank: State = "unknown" if facts.has_own_budget else "no_own_budget"
    states: list[State] = []
    for year, amount in zip(years, amounts, strict=True):
        if amount is not None and amount.amount_yen != 0:
            states.append("amount")
        elif year < first:
            states.append("not_started")
        elif year > last:
            states.append("ended")
        else:
            states.append(blank if amount is None else "zero")
    return states


def _sums(facts: RowFacts) -> dict[str, dict[int, SourcedAmount]]:
    """The row's sums by basis and year; with_supplementary where both of its parts are known."""
    sums: dict[str, dict[int, SourcedAmount]] = {}
    for (year, basis), amount in facts.amounts.items():
        sums.setdefault(basis, {})[year] = amount
    initial, supplementary = sums.get("initial"), sums.get("supplementary")
    if initial and supplementary:
        sums["with_supplementary"] = {
            year: SourcedAmount(amount.amount_yen + supplementary[year].amount_yen, amount.citation)
            for year, amount in initial.items()
            if year in supplementary
        }
    return sums


def _differs(
    year: int,
    scale: TierScale,
    others: list[tuple[DrawnBasis, dict[int, SourcedAmount]]],
    tier: str | None,
) -> Differences:
    """The other bases that know a sum whose tier is not `tier`."""
    found: Differences = ()
    bounds, letters = scale
    for other, sums in others:
        if year in sums:
            letter = letters[bisect_right(bounds, sums[year].amount_yen)]
            if letter != tier:
                found += ((other, letter),)
    return found
