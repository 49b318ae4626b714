"""Records + fiscal years + tiers → Chart: the only geometry and the only cell states. Pure.

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

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from programs.fiscal_year import FiscalYear

from .chart_facts import (
    BASES,
    Amount,
    Basis,
    Citation,
    Language,
    RowFacts,
    TierRule,
    TimelineFacts,
)
from .chart_reasons import cell_reason, mark_reason

State = Literal["amount", "zero", "not_started", "ended", "no_own_budget", "unknown"]


@dataclass(frozen=True)
class Column:
    fiscal_year: int
    era: str


@dataclass(frozen=True)
class Cell:
    """One programme in one fiscal year. `differs` names the bases on which the tier is another."""

    fiscal_year: int
    state: State
    tier: str | None
    amount_yen: int | None
    running: bool
    reason: str
    citation: Citation | None = None
    differs: tuple[tuple[Basis, str | None], ...] = ()
    joins_previous: bool = False
    joins_next: bool = False


@dataclass(frozen=True)
class Mark:
    fiscal_year: int
    reason: str


@dataclass(frozen=True)
class Row:
    """A drawn line: a programme has a cell for each column, an event marks, a heading neither."""

    facts: RowFacts
    cells: tuple[Cell, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Chart:
    columns: tuple[Column, ...]
    tiers: tuple[TierRule, ...]
    basis: Basis
    language: Language
    rows: tuple[Row, ...]

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


def draw(facts: TimelineFacts, *, basis: Basis | None = None, language: Language = "ja") -> Chart:
    """Draw a figure on a basis, by default its own. Marks outside its years are left out."""
    years = range(facts.first_fiscal_year, facts.last_fiscal_year + 1)
    tiers = tuple(sorted(facts.tiers, key=lambda tier: tier.lower_bound_yen, reverse=True))
    chosen = basis or facts.basis
    return Chart(
        columns=tuple(Column(year, FiscalYear(year).era_short) for year in years),
        tiers=tiers,
        basis=chosen,
        language=language,
        rows=tuple(
            Row(row, _cells(row, years, tiers, chosen, language), _marks(row, years, language))
            for row in facts.rows
        ),
    )


def tier_of(amount_yen: int | None, tiers: Sequence[TierRule]) -> str | None:
    """Return the letter of the first rule that holds; `tiers` run from the highest down."""
    if amount_yen is None:
        return None
    return next((tier.letter for tier in tiers if tier.holds(amount_yen)), None)


def amount_on(facts: RowFacts, fiscal_year: int, basis: Basis) -> Amount | None:
    """Return the sum on a basis; with_supplementary needs both of its parts to be known."""
    amounts = facts.amounts
    if basis != "with_supplementary":
        return amounts.get((fiscal_year, basis))
    initial = amounts.get((fiscal_year, "initial"))
    supplementary = amounts.get((fiscal_year, "supplementary"))
    if initial is None or supplementary is None:
        return None
    return Amount(initial.amount_yen + supplementary.amount_yen, initial.citation)


def _state(facts: RowFacts, fiscal_year: int, amount: Amount | None) -> State:
    if amount is not None and amount.amount_yen != 0:
        return "amount"
    if facts.start_fiscal_year is not None and fiscal_year < facts.start_fiscal_year:
        return "not_started"
    if facts.end_fiscal_year is not None and fiscal_year > facts.end_fiscal_year:
        return "ended"
    if amount is not None:
        return "zero"
    return "unknown" if facts.has_own_budget else "no_own_budget"


def _cells(
    facts: RowFacts, years: range, tiers: Sequence[TierRule], basis: Basis, language: Language
) -> tuple[Cell, ...]:
    if facts.kind != "program":
        return ()
    cells = [_cell(facts, year, tiers, basis, language) for year in years]
    return tuple(
        replace(
            cell,
            joins_previous=cell.running and index > 0 and cells[index - 1].running,
            joins_next=cell.running and index + 1 < len(cells) and cells[index + 1].running,
        )
        for index, cell in enumerate(cells)
    )


def _cell(
    facts: RowFacts, year: int, tiers: Sequence[TierRule], basis: Basis, language: Language
) -> Cell:
    amount = amount_on(facts, year, basis)
    state = _state(facts, year, amount)
    amount_yen = amount.amount_yen if amount else None
    citation = amount.citation if amount else None
    tier = tier_of(amount_yen, tiers)
    return Cell(
        fiscal_year=year,
        state=state,
        tier=tier,
        amount_yen=amount_yen,
        running=state == "amount"
        or (facts.start_fiscal_year is not None and state not in ("not_started", "ended")),
        reason=cell_reason(
            state,
            basis,
            amount_yen,
            citation.title if citation else "",
            facts.start_fiscal_year,
            facts.end_fiscal_year,
            language,
        ),
        citation=citation,
        differs=_differs(facts, year, tiers, basis, tier) if amount is not None else (),
    )


def _differs(
    facts: RowFacts, year: int, tiers: Sequence[TierRule], basis: Basis, tier: str | None
) -> tuple[tuple[Basis, str | None], ...]:
    """The other bases that know a sum whose tier is not `tier`."""
    found = []
    for other in BASES:
        amount = amount_on(facts, year, other)
        if other != basis and amount is not None:
            other_tier = tier_of(amount.amount_yen, tiers)
            if other_tier != tier:
                found.append((other, other_tier))
    return tuple(found)


def _marks(facts: RowFacts, years: range, language: Language) -> tuple[Mark, ...]:
    return tuple(
        Mark(mark.fiscal_year, mark_reason(mark, language))
        for mark in facts.marks
        if mark.fiscal_year in years
    )


def _row_json(row: Row, language: Language) -> dict[str, Any]:
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
