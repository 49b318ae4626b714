"""A timeline's records → the facts its chart is drawn from."""

from collections.abc import Iterable

from django.db.models import Prefetch

from programs.models import Program, Source, YearlyBudget

from ..figure.facts import Citation, MarkFact, RowFacts, SourcedAmount, TimelineFacts
from ..models import Event, Timeline, TimelineRow

DRAWN_BASES = ("initial", "supplementary", "total", "executed")


def timeline_facts(timeline: Timeline) -> TimelineFacts:
    """Collect a timeline's records as they are now, in five queries at any size.

    The sums of all years are kept, so that a reader may look before and after the figure's years.
    """
    rows = (
        timeline.rows.select_related("program__lead_organization", "event__source")
        .order_by("position")
        .prefetch_related(drawn_budgets("program__budgets"), "event__organizations")
    )
    return figure_facts(timeline, rows)


def figure_facts(timeline: Timeline, rows: Iterable[TimelineRow]) -> TimelineFacts:
    """Return the facts of a timeline with these rows, saved or not, in their order.

    Their programmes have `drawn_budgets`.
    """
    return TimelineFacts(
        first_fiscal_year=timeline.first_fiscal_year,
        last_fiscal_year=timeline.last_fiscal_year,
        tiers=timeline.tier_scheme.tiers.rules(),
        basis=timeline.basis,
        rows=tuple(_row_facts(row) for row in rows),
    )


def drawn_budgets(lookup: str) -> Prefetch:
    """Prefetch what a chart draws of the budgets at `lookup` as `drawn_budgets`."""
    budgets = YearlyBudget.objects.filter(basis__in=DRAWN_BASES).select_related("source")
    return Prefetch(lookup, queryset=budgets, to_attr="drawn_budgets")


def program_facts(program: Program, **printed: str) -> RowFacts:
    """A programme with `drawn_budgets`, under its own name unless a label is printed."""
    lead = program.lead_organization
    return RowFacts(
        **{"label_ja": program.name_ja, "label_en": program.name_en, **printed},
        kind="program",
        code=program.code,
        start_fiscal_year=program.start_fiscal_year,
        end_fiscal_year=program.end_fiscal_year,
        end_state=program.end_state,
        has_own_budget=program.has_own_budget,
        amounts=_amounts(program.drawn_budgets),
        organization_ja=lead.name_ja if lead else "",
        organization_en=lead.name_en if lead else "",
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
        return program_facts(row.program, **shared)
    if row.event:
        organizations = row.event.organizations.all()
        return RowFacts(
            **shared,
            kind="event",
            code=row.event.code,
            marks=_marks(row.event),
            organization_ja="、".join(organization.name_ja for organization in organizations),
            organization_en="; ".join(filter(None, (o.name_en for o in organizations))),
        )
    return RowFacts(**shared, kind="heading")


def _amounts(budgets: Iterable[YearlyBudget]) -> dict[tuple[int, str], SourcedAmount]:
    return {
        (budget.fiscal_year, budget.basis): SourcedAmount(
            budget.amount_yen, _citation(budget.source, budget.source_locator)
        )
        for budget in budgets
    }


def _citation(source: Source | None, locator: str = "") -> Citation | None:
    return Citation(source.title, source.get_absolute_url(), locator) if source else None


def _marks(event: Event) -> tuple[MarkFact, ...]:
    if event.fiscal_year is None:
        return ()
    stated = event.stated_fiscal_year is not None
    date = "" if stated or event.date is None else event.date.stored
    citation = _citation(event.source)
    return (MarkFact(event.fiscal_year, date, event.fiscal_year_reason, citation),)
