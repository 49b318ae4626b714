"""Plans into tables: set by set, each row with its history. Runs inside a transaction."""

from collections.abc import Callable, Iterable, Sequence

from django.db import connection, models

from records.fields import derived_fields
from spreadsheets.tables import (
    Authorship,
    batches,
    insert_rows,
    reserve_ids,
    update_rows,
    write_history,
)

from ..models import (
    Lineage,
    Organization,
    Program,
    ProgramIdentifier,
    ProgramName,
    Source,
    YearlyBudget,
)
from .planning import ProgramPlan
from .records import SHEET_SOURCE, Records
from .tables.ministries import MINISTRIES
from .tables.review_sheet import BASES, ReviewSheet

_CHUNK = 50_000
_BUDGET_COLUMNS = [
    "program_id",
    "fiscal_year",
    "basis",
    "amount_yen",
    "reported_unit",
    "source_id",
    "source_locator",
]
_CHANGED_BUDGET_COLUMNS = ["amount_yen", "reported_unit", "source_id", "source_locator"]


class Store:
    """Writes what plans ask for; new organizations and sources come first."""

    def __init__(self, records: Records, authorship: Authorship, progress: Callable) -> None:
        self.records = records
        self.authorship = authorship
        self.progress = progress

    def write(
        self,
        plans: Sequence[ProgramPlan],
        lineages: Iterable[tuple[ProgramPlan, ProgramPlan, str, ReviewSheet]],
        ministries: Iterable[str],
        unnamed: Iterable[str],
        sheet_sources: Iterable[tuple[str, dict]],
    ) -> None:
        for name in ministries:
            ministry = MINISTRIES[name]
            code = _free(ministry.code, set(self.records.organization_codes.values()))
            row = Organization(code=code, name_ja=name, name_en=ministry.name_en)
            self.records.organizations[name] = self._insert(Organization, [row])[0]
            self.records.organization_codes[name] = code
        self._name_in_english(unnamed)
        for code, facts in sheet_sources:
            row = Source(code=code, **facts)
            self.records.sources[code] = self._insert(Source, [row])[0]
        self._write_programs(plans)
        self._write_names(plans)
        self._write_identifiers(plans)
        self._insert(
            Lineage,
            [
                Lineage(
                    from_program_id=origin.pk,
                    to_program_id=result.pk,
                    kind=kind,
                    fiscal_year=sheet.year,
                    source_id=self._source(sheet),
                )
                for origin, result, kind, sheet in lineages
            ],
        )
        self._write_budgets(plans)

    def _name_in_english(self, ministries: Iterable[str]) -> None:
        """Give known ministries the English names that they lack."""
        rows = Organization.objects.filter(name_ja__in=list(ministries))
        for row in rows:
            row.name_en = MINISTRIES[row.name_ja].name_en
        if rows:
            self._update(Organization, ["name_en", *_derived(Organization)], rows)

    def _write_programs(self, plans: Sequence[ProgramPlan]) -> None:
        new = [plan for plan in plans if plan.pk is None]
        pks = self._insert(Program, [Program(**self._columns(plan.values)) for plan in new])
        for plan, pk in zip(new, pks, strict=True):
            plan.pk = pk
        changed = [plan for plan in plans if not plan.is_new and plan.values]
        programs = Program.objects.in_bulk([plan.pk for plan in changed])
        columns: dict[str, None] = {}
        for plan in changed:
            values = self._columns(plan.values)
            columns |= dict.fromkeys(values)
            for name, value in values.items():
                setattr(programs[plan.pk], name, value)
        if changed:
            self._update(Program, [*columns, *_derived(Program)], programs.values())

    def _columns(self, values: dict) -> dict:
        """Put the keys of organization and source for the ministry and the sheet."""
        columns = dict(values)
        if "ministry" in columns:
            columns["lead_organization_id"] = self.records.organizations[columns.pop("ministry")]
        if "sheet" in columns:
            columns["source_id"] = self._source(columns.pop("sheet"))
        return columns

    def _source(self, sheet: ReviewSheet) -> int:
        return self.records.sources[source_code(sheet.year)]

    def _write_names(self, plans: Sequence[ProgramPlan]) -> None:
        """A former name's source is the last sheet that bears it."""
        self._insert(
            ProgramName,
            [
                ProgramName(
                    program_id=plan.pk,
                    name=used.name,
                    kind=ProgramName.Kind.FORMER,
                    first_fiscal_year=used.first,
                    last_fiscal_year=used.last,
                    source_id=self.records.sources.get(source_code(used.last)),
                )
                for plan in plans
                for used in plan.names
            ],
        )
        widened = {pk: years for plan in plans for pk, *years in plan.widened_names}
        names = ProgramName.objects.in_bulk(list(widened))
        for pk, (first, last) in widened.items():
            names[pk].first_fiscal_year, names[pk].last_fiscal_year = first, last
        if names:
            self._update(ProgramName, ["first_fiscal_year", "last_fiscal_year"], names.values())

    def _write_identifiers(self, plans: Sequence[ProgramPlan]) -> None:
        rows = []
        for plan in plans:
            for sheet in plan.identifiers:
                scheme, value, fiscal_year = sheet.identifier
                rows.append(
                    ProgramIdentifier(
                        program_id=plan.pk,
                        scheme=scheme,
                        value=value,
                        fiscal_year=fiscal_year,
                        source_id=self._source(sheet),
                    )
                )
        self._insert(ProgramIdentifier, rows)

    def _write_budgets(self, plans: Sequence[ProgramPlan]) -> None:
        new = (
            (plan.pk, fiscal_year, BASES[basis], *self._amount(yen, sheet))
            for plan in plans
            for fiscal_year, basis, yen, sheet in plan.budgets
        )
        done = 0
        for rows in batches(new, _CHUNK):
            self._insert_rows(YearlyBudget, _BUDGET_COLUMNS, rows)
            done += len(rows)
            self.progress("write", done)
        changed = (
            (*self._amount(yen, sheet), pk)
            for plan in plans
            for pk, yen, sheet in plan.changed_budgets
        )
        for rows in batches(changed, _CHUNK):
            update_rows(YearlyBudget, _CHANGED_BUDGET_COLUMNS, rows)
            write_history(YearlyBudget, [row[-1] for row in rows], "~", self.authorship)
            done += len(rows)
            self.progress("write", done)

    def _amount(self, yen: int, sheet: ReviewSheet) -> tuple[int, str, int, str]:
        return yen, sheet.unit, self._source(sheet), sheet.locator

    def _insert(self, model: type[models.Model], rows: Sequence[models.Model]) -> list[int]:
        columns = [f.attname for f in model._meta.concrete_fields if not f.primary_key]
        return self._insert_rows(model, columns, [_values(row, columns) for row in rows])

    def _insert_rows(self, model, columns: Sequence[str], rows: Sequence[tuple]) -> list[int]:
        if not rows:
            return []
        pks = reserve_ids(model, len(rows))
        insert_rows(
            model,
            [model._meta.pk.attname, *columns],
            ((pk, *row) for pk, row in zip(pks, rows, strict=True)),
        )
        write_history(model, pks, "+", self.authorship)
        return pks

    def _update(self, model, columns: Sequence[str], rows: Iterable[models.Model]) -> None:
        rows = list(rows)
        update_rows(model, columns, [(*_values(row, columns), row.pk) for row in rows])
        write_history(model, [row.pk for row in rows], "~", self.authorship)


def source_code(year: int) -> str:
    return f"{SHEET_SOURCE}{year}"


def _derived(model: type[models.Model]) -> list[str]:
    return [field.attname for field in derived_fields(model)]


def _values(row: models.Model, columns: Sequence[str]) -> tuple:
    fields = {field.attname: field for field in row._meta.concrete_fields}
    return tuple(fields[name].get_db_prep_save(getattr(row, name), connection) for name in columns)


def _free(code: str, taken: set[str]) -> str:
    return code if code not in taken else f"{code}-ministry"
