"""What a figure's legend has to explain: only what is drawn. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from .chart import Chart
from .vocabulary import Edge, State


@dataclass(frozen=True)
class Legend:
    """What stands in a figure besides its tiers.

    states      of cells without a tier
    opens       how bars begin; closes how they end
    has_stars   some tier differs by basis
    marks       of events: whether each kind that stands there is stated, dated ones first
    """

    states: frozenset[State]
    opens: frozenset[Edge]
    closes: frozenset[Edge]
    has_stars: bool
    marks: tuple[bool, ...]


def legend_of(chart: Chart) -> Legend:
    states: set[State] = set()
    opens: set[Edge] = set()
    closes: set[Edge] = set()
    has_stars = False
    for row in chart.rows:
        for cell in row.cells:
            if not cell.tier:
                states.add(cell.state)
            has_stars = has_stars or bool(cell.differs)
            if cell.running and not (cell.joins_previous and cell.joins_next):
                opens.add(cell.opening)
                closes.add(cell.closing)
    marks = {mark.is_stated for row in chart.rows for mark in row.marks}
    return Legend(
        frozenset(states), frozenset(opens), frozenset(closes), has_stars, tuple(sorted(marks))
    )
