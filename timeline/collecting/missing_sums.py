"""The rows of a figure with unknown cells, and where their sums could come from."""

from collections.abc import Iterable
from dataclasses import dataclass

from programs.models import Program, ProgramIdentifier, Source, YearlyBudget

from ..figure.chart import Chart

_FEWEST_FOR_RANGE = 3


@dataclass(frozen=True)
class MissingSums:
    """A programme's row with the fiscal years without a sum on the figure's basis.

    `identifiers` are the numbers others know it by, those of the years that lack a sum first;
    `sources` are where its other sums are from; `other_bases` know sums of those years.
    """

    label: str
    program: Program
    years: tuple[int, ...]
    identifiers: tuple[ProgramIdentifier, ...]
    sources: tuple[Source, ...]
    other_bases: tuple[str, ...]

    @property
    def years_text(self) -> str:
        return ", ".join(_runs(self.years))


def missing_sums(chart: Chart) -> list[MissingSums]:
    """Return the rows that lack sums, in the figure's order, in four queries."""
    wanting = {
        row.facts.code: tuple(cell.fiscal_year for cell in row.cells if cell.state == "unknown")
        for row in chart.rows
    }
    wanting = {code: years for code, years in wanting.items() if years}
    programs = Program.objects.filter(code__in=wanting).prefetch_related(
        "identifiers__source", "budgets__source"
    )
    by_code = {program.code: program for program in programs}
    return [
        _missing(row.facts.label(chart.language), by_code[row.facts.code], wanting[row.facts.code])
        for row in chart.rows
        if row.facts.code in wanting and row.facts.kind == "program"
    ]


def _missing(label: str, program: Program, years: tuple[int, ...]) -> MissingSums:
    identifiers = sorted(
        program.identifiers.all(),
        key=lambda each: (each.fiscal_year not in years, each.scheme, -(each.fiscal_year or 0)),
    )
    budgets = program.budgets.all()
    sources = {budget.source: None for budget in budgets if budget.source}
    bases = {
        str(YearlyBudget.Basis(budget.basis).label): None
        for budget in budgets
        if budget.fiscal_year in years
    }
    return MissingSums(label, program, years, tuple(identifiers), tuple(sources), tuple(bases))


def _runs(years: Iterable[int]) -> list[str]:
    """2016, 2017, 2018, 2021 → 2016–2018, 2021."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return [
        f"{run[0]}–{run[-1]}" if len(run) >= _FEWEST_FOR_RANGE else ", ".join(map(str, run))
        for run in runs
    ]
