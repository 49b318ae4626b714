"""Records + fiscal years + tiers → Chart: the only geometry, with chart_cells' states. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from values.fiscal_year import FiscalYear
from values.language import Language
from values.tiers import TierRule, TierScale

from .cells import ChartCell, Drawing, draw_cells
from .facts import Citation, DrawnBasis, RowFacts, TimelineFacts
from .vocabulary import JAPANESE, Edge, FigureWords, State

__all__ = [
    "Chart",
    "ChartCell",
    "ChartColumn",
    "ChartRow",
    "Edge",
    "Mark",
    "State",
    "draw",
]


@dataclass(frozen=True)
class ChartColumn:
    fiscal_year: int
    era: str


@dataclass(frozen=True)
class Mark:
    """An event in its fiscal year; `is_stated` when no date says so but somebody's judgement."""

    fiscal_year: int
    reason: str
    citation: Citation | None = None
    is_stated: bool = False


@dataclass(frozen=True)
class ChartRow:
    """A drawn line: a programme has a cell for each column, an event marks, a heading neither."""

    facts: RowFacts
    cells: tuple[ChartCell, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Chart:
    columns: tuple[ChartColumn, ...]
    tiers: tuple[TierRule, ...]
    basis: DrawnBasis
    words: FigureWords
    rows: tuple[ChartRow, ...]

    @property
    def language(self) -> Language:
        """The language of the records' labels."""
        return self.words.language

    def as_json(self) -> dict[str, Any]:
        """The public JSON of a timeline, as the design lists it."""
        return {
            "columns": [{"fiscal_year": c.fiscal_year, "era": c.era} for c in self.columns],
            "tiers": [
                {
                    "letter": t.letter,
                    "label": t.label(self.language),
                    "lower_bound_yen": t.lower_bound_yen,
                    "is_lower_bound_included": t.is_lower_bound_included,
                }
                for t in self.tiers
            ],
            "basis": self.basis,
            "rows": [_row_json(row, self.language) for row in self.rows],
        }


def draw(
    facts: TimelineFacts, *, basis: DrawnBasis | None = None, words: FigureWords = JAPANESE
) -> Chart:
    """Draw a figure on a basis, by default its own. Marks outside its years are left out."""
    years = range(facts.first_fiscal_year, facts.last_fiscal_year + 1)
    tiers = tuple(sorted(facts.tiers, key=lambda tier: tier.lower_bound_yen, reverse=True))
    scale = TierScale.of(tiers)
    chosen = basis or facts.basis
    return Chart(
        columns=tuple(ChartColumn(year, FiscalYear(year).era_short) for year in years),
        tiers=tiers,
        basis=chosen,
        words=words,
        rows=tuple(
            ChartRow(
                row,
                draw_cells(Drawing(row, years, scale, chosen, words))
                if row.kind == "program"
                else (),
                _marks(row, years, words) if row.marks else (),
            )
            for row in facts.rows
        ),
    )


def _marks(facts: RowFacts, years: range, words: FigureWords) -> tuple[Mark, ...]:
    return tuple(
        Mark(mark.fiscal_year, words.mark_reason(mark), mark.citation, not mark.date)
        for mark in facts.marks
        if mark.fiscal_year in years
    )


def _row_json(row: ChartRow, language: Language) -> dict[str, Any]:
    facts = row.facts
    return {
        "label": facts.label(language),
        "group": facts.group,
        "program": facts.code if facts.kind == "program" else None,
        "event": facts.code if facts.kind == "event" else None,
        "marks": [mark.fiscal_year for mark in row.marks],
        "cells": [
            {
                "fiscal_year": cell.fiscal_year,
                "state": cell.state,
                "tier": cell.tier,
                "amount_yen": cell.amount_yen,
                "running": cell.running,
                "reason": cell.reason,
                "source": _source_json(cell.citation),
            }
            for cell in row.cells
        ],
    }


def _source_json(citation: Citation | None) -> dict[str, str] | None:
    if citation is None:
        return None
    return {"title": citation.title, "url": citation.url, "locator": citation.locator}
