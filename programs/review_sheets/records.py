"""What the database knows of programmes and their sheets before an import."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from spreadsheets.models import ImportJob
from values.text_key import text_key

from ..models import (
    Lineage,
    Organization,
    Program,
    ProgramIdentifier,
    ProgramName,
    Source,
    YearlyBudget,
)
from .chaining.agreement import COMPARED
from .tables.review_sheet import BASES, ReviewSheet

RESOURCE = "review-sheets"
SHEET_SOURCE = "rs-"
_REMEMBERED_YEARS = 3
_SHEET_NAMES = [ProgramName.Kind.FORMER, ProgramName.Kind.POPULAR, ProgramName.Kind.MISPRINT]


@dataclass
class KnownName:
    pk: int
    kind: str
    name: str
    name_key: str
    first: int | None
    last: int | None


@dataclass
class KnownProgram:
    """A programme; `is_kept` says that this import created it and nobody else has written it.

    sheet_name   the name that this import last gave it, whatever an editor made of it
    sheet_years  the years of its sheets, of the file or not
    """

    pk: int
    code: str
    name_ja: str
    lead_organization_id: int | None
    start_fiscal_year: int | None
    end_fiscal_year: int | None
    end_state: str
    source_id: int | None
    is_kept: bool
    sheet_name: str
    names: list[KnownName] = field(default_factory=list)
    sheet_years: set[int] = field(default_factory=set)

    @property
    def name_keys(self) -> set[str]:
        """Return the keys of all names that a sheet may bear."""
        return {text_key(self.name_ja)} | {
            known.name_key for known in self.names if known.kind in _SHEET_NAMES
        }

    def name_in(self, year: int) -> str:
        """Return the name that it bore in `year`."""
        for known in self.names:
            is_former = known.kind == ProgramName.Kind.FORMER and known.first and known.last
            if is_former and known.first <= year <= known.last:
                return known.name
        return self.sheet_name


@dataclass
class Records:
    """identifiers: (scheme, value, year) → programme; organizations: name → primary key.

    without_english  the names of the organizations that have no English name
    """

    programs: dict[int, KnownProgram]
    identifiers: dict[tuple[str, str, int | None], int]
    organizations: dict[str, int]
    organization_codes: dict[str, str]
    without_english: set[str]
    sources: dict[str, int]
    lineages: set[tuple[int, int]]

    @property
    def source_years(self) -> dict[int, int]:
        """Return the year of sheets for the primary key of each source of sheets."""
        return {
            pk: int(code.removeprefix(SHEET_SOURCE))
            for code, pk in self.sources.items()
            if code.startswith(SHEET_SOURCE) and code.removeprefix(SHEET_SOURCE).isdigit()
        }


def load_records() -> Records:
    organizations = list(Organization.objects.values_list("name_ja", "pk", "code", "name_en"))
    records = Records(
        programs=_programs(),
        identifiers={},
        organizations={name: pk for name, pk, _, _ in organizations},
        organization_codes={name: code for name, _, code, _ in organizations},
        without_english={name for name, _, _, english in organizations if not english},
        sources=dict(Source.objects.values_list("code", "pk")),
        lineages=set(Lineage.objects.values_list("from_program_id", "to_program_id")),
    )
    for row in ProgramName.objects.values_list(
        "program_id", "pk", "kind", "name", "name_key", "first_fiscal_year", "last_fiscal_year"
    ):
        records.programs[row[0]].names.append(KnownName(*row[1:]))
    source_years = records.source_years
    for scheme, value, year, program, source in ProgramIdentifier.objects.filter(
        scheme__in=["review_sheet", "rs_system"]
    ).values_list("scheme", "value", "fiscal_year", "program_id", "source_id"):
        records.identifiers[scheme, value, year] = program
        if known_year := year or source_years.get(source):
            records.programs[program].sheet_years.add(known_year)
    return records


def _programs() -> dict[int, KnownProgram]:
    """This import keeps what it created, until the history shows another hand."""
    jobs = list(ImportJob.objects.filter(resource=RESOURCE).values_list("pk", flat=True))
    history = Program.history.order_by("history_id")
    written = history.filter(import_job__in=jobs)
    created = set(written.filter(history_type="+").values_list("id", flat=True))
    touched = set(history.exclude(import_job__in=jobs).values_list("id", flat=True))
    sheet_names = dict(written.values_list("id", "name_ja"))
    return {
        row[0]: KnownProgram(
            *row,
            is_kept=row[0] in created and row[0] not in touched,
            sheet_name=sheet_names.get(row[0], row[2]),
        )
        for row in Program.objects.order_by("pk").values_list(
            "pk",
            "code",
            "name_ja",
            "lead_organization_id",
            "start_fiscal_year",
            "end_fiscal_year",
            "end_state",
            "source_id",
        )
    }


def remembered_sheets(records: Records, sheets: Iterable[ReviewSheet]) -> list[ReviewSheet]:
    """Return the sheets that the file does not hold but whose years its sheets report on."""
    in_file = {sheet.identifier for sheet in sheets}
    years = {sheet.year for sheet in sheets}
    near = range(min(years) - _REMEMBERED_YEARS, max(years) + _REMEMBERED_YEARS + 1)
    ministries = {pk: name for name, pk in records.organizations.items()}
    found = []
    for identifier, pk in sorted(records.identifiers.items(), key=str):
        scheme, value, fiscal_year = identifier
        program = records.programs[pk]
        ministry, _, number = value.rpartition("/")
        year = fiscal_year or max(program.sheet_years, default=0)
        ministry = ministry or ministries.get(program.lead_organization_id, "")
        if identifier not in in_file and year in near and ministry:
            found.append((pk, year, ministry, number, scheme))
    amounts = _amounts({pk for pk, *_ in found})
    return [
        ReviewSheet(
            year=year,
            ministry=ministry,
            number=number,
            name=records.programs[pk].name_in(year),
            scheme=scheme,
            start=records.programs[pk].start_fiscal_year,
            amounts={
                fiscal_year: row
                for fiscal_year, row in amounts[pk].items()
                if year - _REMEMBERED_YEARS <= fiscal_year <= year
            },
            program=pk,
        )
        for pk, year, ministry, number, scheme in found
    ]


def _amounts(programs: set[int]) -> dict[int, dict[int, tuple[int | None, ...]]]:
    """Return the compared amounts of each programme by fiscal year, in the order of BASES."""
    found: dict = defaultdict(lambda: defaultdict(lambda: [None] * len(BASES)))
    if programs:
        rows = YearlyBudget.objects.filter(basis__in=[BASES[place] for place in COMPARED])
        for program, fiscal_year, basis, yen in rows.values_list(
            "program_id", "fiscal_year", "basis", "amount_yen"
        ).iterator(chunk_size=5_000):
            if program in programs:
                found[program][fiscal_year][BASES.index(basis)] = yen
    return {
        pk: {fiscal_year: tuple(row) for fiscal_year, row in found[pk].items()} for pk in programs
    }
