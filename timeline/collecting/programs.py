"""Any set of programmes as a figure: grouped by lead organisation, over the years with sums.

Reads rows of values, not model objects: 10,000 programmes are one page.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F, Max, Min
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programs.models import Program, ProgramQuerySet, Tier, YearlyBudget

from ..figure.choice import read_choice
from ..figure.facts import RowFacts, SourcedAmount, TimelineFacts
from .timelines import DRAWN_BASES, program_facts

YEARS_SHOWN = 12
DEFAULT_FIRST_YEAR = 2001
"""Of a row without any sum or start: that of today's ministries."""


@dataclass(frozen=True)
class Years:
    """Fiscal years in which the programmes have sums, and the latest of them that are drawn."""

    known: range
    shown: range


def in_groups(programs: ProgramQuerySet) -> ProgramQuerySet:
    """Order programmes by their lead organisation's name; those without one come last."""
    return programs.order_by(
        F("lead_organization__name_ja").asc(nulls_last=True),
        "lead_organization",
        "name_ja",
        "code",
    )


def years_of(programs: ProgramQuerySet, *, this_year: int) -> Years:
    """Return the years of the sums of `programs`; without any the years up to this one."""
    found = YearlyBudget.objects.filter(
        program__in=programs.order_by().values("pk"), basis__in=DRAWN_BASES
    ).aggregate(first=Min("fiscal_year"), last=Max("fiscal_year"))
    last = found["last"] or this_year
    first = found["first"] or last - YEARS_SHOWN + 1
    return Years(range(first, last + 1), range(max(first, last - YEARS_SHOWN + 1), last + 1))


def program_rows(programs: ProgramQuerySet, years: range) -> tuple[RowFacts, ...]:
    """Return the facts of `programs` in their order, with the sums of `years`, in two queries.

    Sources are left out: the reasons of a row are read with the row.
    """
    budgets = YearlyBudget.objects.filter(
        program__in=programs.values("pk"),
        fiscal_year__range=(years[0], years[-1]),
        basis__in=DRAWN_BASES,
    ).values_list("program_id", "fiscal_year", "basis", "amount_yen")
    amounts: dict[int, dict[tuple[int, str], SourcedAmount]] = {}
    for program, fiscal_year, basis, amount_yen in budgets.order_by().iterator(chunk_size=10_000):
        amounts.setdefault(program, {})[(fiscal_year, basis)] = SourcedAmount(amount_yen)
    in_english = get_language() == "en"
    no_organization = _("所管不明")
    return tuple(
        RowFacts(
            kind="program",
            label_ja=name_ja,
            label_en=name_en,
            group=(in_english and organization_en) or organization_ja or no_organization,
            code=code,
            start_fiscal_year=start,
            end_fiscal_year=end,
            end_state=end_state,
            has_own_budget=has_own_budget,
            amounts=amounts.get(pk, {}),
        )
        for (
            pk,
            code,
            name_ja,
            name_en,
            start,
            end,
            end_state,
            has_own_budget,
            organization_ja,
            organization_en,
        ) in programs.values_list(
            "pk",
            "code",
            "name_ja",
            "name_en",
            "start_fiscal_year",
            "end_fiscal_year",
            "end_state",
            "has_own_budget",
            "lead_organization__name_ja",
            "lead_organization__name_en",
        )
    )


def program_figure(
    programs: ProgramQuerySet, *, first: int, last: int, basis: str
) -> TimelineFacts:
    """Return the figure of `programs` over fiscal years `first` to `last`, both inclusive."""
    rows = program_rows(programs, range(first, last + 1))
    return TimelineFacts(first, last, Tier.objects.default().rules(), basis, rows)


def row_figure(program: Program, query: Mapping[str, str]) -> TimelineFacts:
    """Return the figure of a programme with `drawn_budgets`, over its known years unless asked.

    Raises Refusal for what cannot be chosen.
    """
    row = program_facts(program)
    years = {year for year, _ in row.amounts} or {program.start_fiscal_year or DEFAULT_FIRST_YEAR}
    known = range(min(years), max(years) + 1)
    choice = read_choice(query, basis="initial", own_years=known, known_years=known)
    return TimelineFacts(
        choice.first_fiscal_year,
        choice.last_fiscal_year,
        Tier.objects.default().rules(),
        choice.basis,
        (row,),
    )
