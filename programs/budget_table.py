"""A programme's amounts as a page shows them: bars by year, and a table year by basis."""

from dataclasses import dataclass

from .models import Source, YearlyBudget

BAR_BASES = (
    YearlyBudget.Basis.INITIAL,
    YearlyBudget.Basis.TOTAL,
    YearlyBudget.Basis.EXECUTED,
    YearlyBudget.Basis.REQUEST,
)


@dataclass(frozen=True)
class BudgetBar:
    """One fiscal year. Widths and offset are percentages of the longest bar, as SVG takes them.

    An amount that nobody states is None, which is not the same as 0.
    """

    fiscal_year: int
    amount_yen: int | None
    width: str
    supplementary_yen: int | None
    supplementary_offset: str
    supplementary_width: str


@dataclass(frozen=True)
class BarChart:
    basis_label: str
    bars: list[BudgetBar]

    @property
    def has_supplementary(self) -> bool:
        return any(bar.supplementary_yen for bar in self.bars)


@dataclass(frozen=True)
class CitedSource:
    """A source with its number on this page, counted from 1."""

    number: int
    source: Source


@dataclass(frozen=True)
class ShownAmount:
    yen: int
    cited: CitedSource | None


@dataclass(frozen=True)
class YearRow:
    """The amounts of a year in the order of the table's bases; None where none is stated.

    `cited` is the one source of the whole row, or None when the amounts differ in it.
    """

    fiscal_year: int
    amounts: list[ShownAmount | None]
    cited: CitedSource | None
    locators: list[str]


@dataclass(frozen=True)
class BudgetTable:
    bases: list[YearlyBudget.Basis]
    rows: list[YearRow]
    sources: list[CitedSource]


def years_covered(budgets):
    """Every fiscal year from the first amount to the last, so that a gap shows as a gap."""
    years = [budget.fiscal_year for budget in budgets]
    return range(min(years), max(years) + 1) if years else []


def percentage(part, whole):
    return f"{max(part, 0) * 100 / whole:.2f}%" if whole > 0 else "0%"


def budget_bars(budgets):
    """Return a BarChart of the first of BAR_BASES that any amount has, or None without any.

    Supplementary budgets are added to initial ones, and to nothing else.
    """
    amounts = {(budget.fiscal_year, budget.basis): budget.amount_yen for budget in budgets}
    bases = {basis for _, basis in amounts}
    basis = next((basis for basis in BAR_BASES if basis in bases), None)
    if basis is None:
        return None
    main_and_extra = {
        year: (
            amounts.get((year, basis)),
            amounts.get((year, YearlyBudget.Basis.SUPPLEMENTARY))
            if basis == YearlyBudget.Basis.INITIAL
            else None,
        )
        for year in years_covered(budgets)
    }
    longest = max(max(main or 0, 0) + max(extra or 0, 0) for main, extra in main_and_extra.values())
    bars = [
        BudgetBar(
            fiscal_year=year,
            amount_yen=main,
            width=percentage(main or 0, longest),
            supplementary_yen=extra,
            supplementary_offset=percentage(main or 0, longest),
            supplementary_width=percentage(extra or 0, longest),
        )
        for year, (main, extra) in main_and_extra.items()
    ]
    return BarChart(basis_label=basis.label, bars=bars)


def budget_table(budgets):
    """Return the BudgetTable of a programme's amounts, newest year first, or None without any."""
    if not budgets:
        return None
    ordered = sorted(budgets, key=lambda budget: (-budget.fiscal_year, budget.basis))
    distinct = dict.fromkeys(budget.source for budget in ordered if budget.source)
    cited = {source: CitedSource(number, source) for number, source in enumerate(distinct, start=1)}
    bases = [
        basis for basis in YearlyBudget.Basis if any(budget.basis == basis for budget in budgets)
    ]
    rows = [
        year_row(year, bases, [b for b in ordered if b.fiscal_year == year], cited)
        for year in reversed(years_covered(budgets))
    ]
    return BudgetTable(bases=bases, rows=rows, sources=list(cited.values()))


def year_row(fiscal_year, bases, budgets, cited):
    by_basis = {
        budget.basis: ShownAmount(budget.amount_yen, cited.get(budget.source)) for budget in budgets
    }
    sources = {budget.source for budget in budgets}
    locators = dict.fromkeys(budget.source_locator for budget in budgets if budget.source_locator)
    return YearRow(
        fiscal_year=fiscal_year,
        amounts=[by_basis.get(basis) for basis in bases],
        cited=cited.get(sources.pop()) if len(sources) == 1 else None,
        locators=list(locators),
    )
