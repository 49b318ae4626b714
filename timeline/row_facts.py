"""A timeline's records → the facts its chart is drawn from."""

from collections.abc import Iterable

from django.db.models import Prefetch

from programs.models import YearlyBudget

from .chart_facts import Amount, Citation, MarkFact, RowFacts, TierRule, TimelineFacts
from .models import Event, Timeline, TimelineRow

DRAWN_BASES = ("initial", "supplementary", "total", "executed")


def timeline_facts(timeline: Timeline) -> TimelineFacts:
    """Collect a timeline's records as they are now, in four queries at any size."""
    budgets = YearlyBudget.objects.filter(
        fiscal_year__range=(timeline.first_fiscal_year, timeline.last_fiscal_year),
        basis__in=DRAWN_BASES,
    ).select_related("source")
    rows = (
        timeline.rows.select_related("program", "event")
        .order_by("position")
        .prefetch_related(Prefetch("program__budgets", queryset=budgets, to_attr="drawn_budgets"))
    )
    return TimelineFacts(
        first_fiscal_year=timeline.first_fiscal_year,
        last_fiscal_year=timeline.last_fiscal_year,
        tiers=tuple(
            TierRule(
                tier.letter,
                tier.label_ja,
                tier.label_en,
                tier.lower_bound_yen,
                tier.is_lower_bound_included,
            )
            for tier in timeline.tier_scheme.tiers.all()
        ),
        basis=timeline.basis,
        rows=tuple(_row_facts(row) for row in rows),
    )


def _row_facts(row: TimelineRow) -> RowFacts:
    record = row.program or row.event
    shared = {
        "label_ja": row.printed_label or (record.name_ja if record else ""),
        "label_en": record.name_en if record else "",
        "group": row.group,
        "note": row.note,
    }
    if row.program:
        program = row.program
        return RowFacts(
            **shared,
            kind="program",
            code=program.code,
            start_fiscal_year=program.start_fiscal_year,
            end_fiscal_year=program.end_fiscal_year,
            end_state=program.end_state,
            has_own_budget=program.has_own_budget,
            amounts=_amounts(program.drawn_budgets),
        )
    if row.event:
        return RowFacts(
            **shared,
            kind="event",
            code=row.event.code,
            marks=_marks(row.event),
        )
    return RowFacts(**shared, kind="heading")


def _amounts(budgets: Iterable[YearlyBudget]) -> dict[tuple[int, str], Amount]:
    return {
        (budget.fiscal_year, budget.basis): Amount(
            budget.amount_yen,
            Citation(budget.source.title, budget.source.get_absolute_url(), budget.source_locator)
            if budget.source
            else None,
        )
        for budget in budgets
    }


def _marks(event: Event) -> tuple[MarkFact, ...]:
    if event.fiscal_year is None:
        return ()
    stated = event.stated_fiscal_year is not None
    date = "" if stated or event.date is None else event.date.stored
    return (MarkFact(event.fiscal_year, date, event.fiscal_year_reason),)
