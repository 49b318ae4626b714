"""Summaries against the records: what would be new, what changed, what stays."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from django.db.models import OuterRef, Q, Subquery

from spreadsheets.models import ImportJob
from values.text_key import text_key

from ..models import EndState, ProgramName, YearlyBudget
from .chaining.agreement import same_amount
from .chaining.codes import program_code
from .chaining.summary import Summary, UsedName
from .records import RESOURCE, KnownName, KnownProgram, Records
from .tables.ministries import MINISTRIES
from .tables.notices import RunNotices
from .tables.refusals import ReviewSheetError
from .tables.review_sheet import BASES, ReviewSheet

YearAndBasisAmount = tuple[int, int, int, ReviewSheet]
"""Fiscal year, place in BASES, yen, the sheet that says so."""


@dataclass
class ProgramPlan:
    """What one programme needs. `pk` is None until a new programme has its primary key.

    values           columns to write, all of them for a new programme; "ministry" and "sheet"
                     stand for the organization and the source, which may be new themselves
    widened_names    (primary key, first year, last year)
    changed_budgets  (primary key, yen, sheet)
    """

    pk: int | None
    values: dict[str, object] = field(default_factory=dict)
    names: list[UsedName] = field(default_factory=list)
    widened_names: list[tuple[int, int, int]] = field(default_factory=list)
    identifiers: list[ReviewSheet] = field(default_factory=list)
    budgets: list[YearAndBasisAmount] = field(default_factory=list)
    changed_budgets: list[tuple[int, int, ReviewSheet]] = field(default_factory=list)
    is_new: bool = False


class Planner:
    """Makes the plan of each summary. `unchanged` counts the records that need nothing."""

    def __init__(self, records: Records, notices: RunNotices) -> None:
        self.records = records
        self.notices = notices
        self.unchanged: Counter[str] = Counter()
        self._codes = {program.code for program in records.programs.values()}
        self._source_years = records.source_years
        self._edited = _edited_budgets()

    def plans(self, summaries: Sequence[Summary], progress: Callable) -> list[ProgramPlan]:
        """Return one plan for each summary, in their order."""
        plans = [self._plan(summary) for summary in summaries]
        wanted = {
            plan.pk: (plan, summary)
            for plan, summary in zip(plans, summaries, strict=True)
            if plan.pk is not None
        }
        for count, (pk, rows) in enumerate(_budgets_by_program(), start=1):
            if pk in wanted:
                self._compare_budgets(*wanted.pop(pk), rows)
            progress("compare", count)
        for plan, summary in [*wanted.values(), *self._new(plans, summaries)]:
            self._compare_budgets(plan, summary, ())
        return plans

    def _new(self, plans, summaries) -> Iterator[tuple[ProgramPlan, Summary]]:
        return (pair for pair in zip(plans, summaries, strict=True) if pair[0].pk is None)

    def _plan(self, summary: Summary) -> ProgramPlan:
        if summary.program is None:
            return self._new_program(summary)
        known = self.records.programs[summary.program]
        plan = ProgramPlan(pk=known.pk)
        later = known.sheet_years - {sheet.year for sheet in summary.sheets}
        is_latest = summary.latest.year >= max(later, default=0)
        if known.is_kept and is_latest:
            plan.values = self._differences(known, summary)
        else:
            plan.values = self._blanks_filled(known, summary)
        self.unchanged["programs"] += not plan.values
        self._plan_names(plan, known, summary)
        self._plan_identifiers(plan, summary)
        return plan

    def _new_program(self, summary: Summary) -> ProgramPlan:
        code = program_code(summary.first, self._ministry_code(summary.first.ministry), self._codes)
        self._codes.add(code)
        return ProgramPlan(
            pk=None,
            values={"code": code} | _facts(summary),
            names=summary.names[1:],
            identifiers=summary.sheets,
            is_new=True,
        )

    def _ministry_code(self, ministry: str) -> str:
        if ministry in self.records.organization_codes:
            return self.records.organization_codes[ministry]
        if ministry in MINISTRIES:
            return MINISTRIES[ministry].code
        raise ReviewSheetError.because("ministry.unknown", ministry)

    def _differences(self, known: KnownProgram, summary: Summary) -> dict[str, object]:
        facts = _facts(summary)
        if summary.start is None:
            facts["start_fiscal_year"] = start = known.start_fiscal_year
            if start and summary.end and summary.end < start:
                facts |= {"end_fiscal_year": None, "end_state": EndState.UNKNOWN.value}
        now = {
            "name_ja": known.name_ja,
            "start_fiscal_year": known.start_fiscal_year,
            "end_fiscal_year": known.end_fiscal_year,
            "end_state": known.end_state,
        }
        changed = {name: facts[name] for name in now if facts[name] != now[name]}
        if self.records.organizations.get(summary.latest.ministry) != known.lead_organization_id:
            changed["ministry"] = summary.latest.ministry
        if self._source_years.get(known.source_id) != summary.latest.year:
            changed["sheet"] = summary.latest
        return changed

    def _blanks_filled(self, known: KnownProgram, summary: Summary) -> dict[str, object]:
        """What an editor wrote stays; blanks are filled where that breaks no rule."""
        filled: dict[str, object] = {}
        if known.lead_organization_id is None:
            filled["ministry"] = summary.latest.ministry
        start, end = known.start_fiscal_year, known.end_fiscal_year
        if start is None and summary.start and (end is None or summary.start <= end):
            start = filled["start_fiscal_year"] = summary.start
        is_open = known.end_state == EndState.UNKNOWN
        if is_open and summary.end and (start is None or start <= summary.end):
            filled |= {"end_fiscal_year": summary.end, "end_state": EndState.KNOWN.value}
        elif is_open and summary.end_state == EndState.ONGOING:
            filled["end_state"] = EndState.ONGOING.value
        return filled

    def _plan_names(self, plan: ProgramPlan, known: KnownProgram, summary: Summary) -> None:
        """Other names become former names; a name that anyone recorded stays as it is."""
        present_key = text_key(plan.values.get("name_ja", known.name_ja))
        recorded = {name.name_key: name for name in known.names}
        for used in summary.names:
            if used.name_key in recorded:
                self._widen(plan, recorded[used.name_key], used, known.is_kept)
            elif used.name_key != present_key:
                plan.names.append(used)
        if "name_ja" in plan.values:
            self._keep_old_name(plan, known, present_key)

    def _widen(self, plan, name: KnownName, used: UsedName, is_kept: bool) -> None:
        is_former = name.kind == ProgramName.Kind.FORMER and name.first and name.last
        if is_kept and is_former and not name.first <= used.first <= used.last <= name.last:
            plan.widened_names.append(
                (name.pk, min(name.first, used.first), max(name.last, used.last))
            )
        else:
            self.unchanged["names"] += 1

    def _keep_old_name(self, plan: ProgramPlan, known: KnownProgram, present_key: str) -> None:
        """The name that gives way to a later sheet's is former from now on."""
        old = UsedName.of(known.name_ja, *self._years_of_present_name(known))
        others = {used.name_key for used in plan.names} | {name.name_key for name in known.names}
        if old.name_key not in others | {present_key}:
            plan.names.append(old)

    def _years_of_present_name(self, known: KnownProgram) -> tuple[int, int]:
        years = sorted(known.sheet_years)
        after = max((name.last for name in known.names if name.last), default=0)
        later = [year for year in years if year > after] or years[-1:]
        return later[0], later[-1]

    def _plan_identifiers(self, plan: ProgramPlan, summary: Summary) -> None:
        new = [s for s in summary.sheets if s.identifier not in self.records.identifiers]
        plan.identifiers = new
        self.unchanged["identifiers"] += len(summary.sheets) - len(new)

    def _compare_budgets(self, plan: ProgramPlan, summary: Summary, rows) -> None:
        """An amount gives way to a later sheet's, never to an older one's or to none."""
        wanted = dict(summary.amounts)
        for pk, _program, fiscal_year, basis, yen, source in rows:
            place = BASES.index(basis)
            if (fiscal_year, place) not in wanted:
                continue
            new_yen, sheet = wanted.pop((fiscal_year, place))
            known_year = self._source_years.get(source)
            if known_year is not None and known_year < sheet.year and pk not in self._edited:
                plan.changed_budgets.append((pk, new_yen, sheet))
                continue
            self.unchanged["budgets"] += 1
            if not same_amount(yen, new_yen):
                self.notices.add(
                    "amount.kept", f"{fiscal_year} {basis}: {yen:,} ／ {sheet} {new_yen:,}"
                )
        plan.budgets = [
            (*key, yen, sheet) for key, (yen, sheet) in sorted(wanted.items(), key=itemgetter(0))
        ]


def _edited_budgets() -> frozenset[int]:
    """Amounts that somebody else wrote after, or instead of, an import of review sheets."""
    of_one = YearlyBudget.history.filter(id=OuterRef("id")).order_by("-history_id")
    newest = Subquery(of_one.values("history_id")[:1])
    jobs = ImportJob.objects.filter(resource=RESOURCE)
    others = YearlyBudget.history.filter(
        Q(import_job__isnull=True) | ~Q(import_job__in=jobs.values("pk"))
    )
    return frozenset(others.filter(history_id=newest).values_list("id", flat=True))


def _facts(summary: Summary) -> dict[str, object]:
    return {
        "name_ja": summary.latest.name,
        "start_fiscal_year": summary.start,
        "end_fiscal_year": summary.end,
        "end_state": summary.end_state,
        "ministry": summary.latest.ministry,
        "sheet": summary.latest,
    }


def _budgets_by_program() -> Iterator[tuple[int, Iterator]]:
    rows = (
        YearlyBudget.objects.order_by("program_id")
        .values_list("pk", "program_id", "fiscal_year", "basis", "amount_yen", "source_id")
        .iterator(chunk_size=5_000)
    )
    return groupby(rows, key=itemgetter(1))
