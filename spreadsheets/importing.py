"""From a file's bytes to a planned job: read, understand, plan. The way in for every import."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from records.progress import Progress
from values.messages import Listed, Message, gettext_noop
from values.text_key import text_key
from values.yen_units import UNIT_NAMES, read_unit

from . import registry
from .heading_memory import remembered
from .models import ImportFile, ImportJob
from .planning.planner import plan_rows
from .planning.plans import Plan, save_plan
from .planning.sheet_rows import missing_keys, sheet_rows
from .planning.understood import Understood, UsedHeading
from .questions import MissingColumns, MissingUnit, SeveralTables, UnknownColumns
from .reading import Grid, Limits, Notice, ReadError, cell_text, collector_paused, read_sheets
from .resources.sheet_schema import schema_of
from .understanding.columns import Overrides
from .understanding.heading.sense import Heading
from .understanding.layout import understand_all
from .understanding.table import Table

_OTHER_SHEETS = gettext_noop("シート %(others)s は読んでいません。")

# The column added to a file that is given back with its faults; nobody has to delete it.
ERROR_HEADING = "エラー"


@transaction.atomic
def start_job(
    resource_name: str,
    content: bytes,
    *,
    filename: str = "",
    user=None,
    options: Mapping[str, Any] | None = None,
) -> ImportJob:
    """Keep an uploaded file as a job that nothing is planned for yet."""
    job = ImportJob.objects.create(
        resource=resource_name,
        owner=user,
        filename=filename[:255],
        sha256=hashlib.sha256(content).hexdigest(),
        options=dict(options or {}),
    )
    ImportFile.objects.create(job=job, content=content)
    return job


def plan_job(
    job: ImportJob,
    *,
    readonly: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> ImportJob:
    """Plan the job's file with its options and store the plan; safe to run again."""
    how = {"readonly": readonly, "progress": progress}
    found, plan = plan_file(job.resource, bytes(job.file.content), job.options, **how)
    job.state, job.understood = ImportJob.State.PLANNED, found
    save_plan(job, plan)
    return job


@collector_paused()
def plan_file(
    resource_name: str,
    content: bytes,
    options: Mapping[str, Any],
    *,
    readonly: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> tuple[Understood, Plan]:
    """Read a file with its options and plan it; writes nothing.

    No transaction is held: a large sheet takes seconds, in which others may save. What was read
    of the records is checked again when the plan is applied.

    Options: encoding, delimiter, sheets and tables (lists), header_row, heading_rows, last_row,
    unit, skip_hidden, slide, unused_rest and mapping (see Overrides), constants (column name →
    value for all rows), values (column name → {cell as typed: what to read}), blank ("keep" or
    "erase"). Raises ReadError, of which those in `questions` can be answered by options.
    """
    resource = registry.get(resource_name)()
    tables = read_tables(resource, content, options)
    rows = sheet_rows(resource, tables, options.get("constants", {}), options.get("values", {}))
    table, missing = missing_keys(resource, tables, rows)
    if missing:
        error = MissingColumns(table, missing, _labels(resource, missing))
        error.known = understood(tables, options)
        raise error
    erase = options.get("blank") == "erase"
    plan = plan_rows(resource, rows, erase_blanks=erase, readonly=readonly, progress=progress)
    return understood(tables, options, rows.notices), plan


def headings_of(resource, content: bytes, options: Mapping[str, Any]) -> list[Heading]:
    """Return the headings of all tables of a file, known or not, so that somebody can name them."""
    tables = _tables(resource, read_grids(content, options), options)
    return [heading for table in tables for heading in table.headings]


def read_tables(resource, content: bytes, options: Mapping[str, Any]) -> tuple[Table, ...]:
    """Read the tables of a file that are to be imported, in their order.

    Raises ReadError; of its kinds those in `questions` can be answered by options. Sheets without
    such a table are passed over and told. Several tables are read as they are when they stand on
    one sheet and each says all that its amounts need, or when they were chosen.
    """
    grids = read_grids(content, options)
    tables: tuple[Table, ...] = ()
    try:
        tables = chosen_tables(_tables(resource, grids, options), options)
        tables = _with_other_sheets(tables, grids)
        _refuse_open(resource, tables, options)
    except ReadError as error:
        error.known = _known(grids, tables, options)
        raise
    return tables


def _known(grids: Sequence[Grid], tables: Sequence[Table], options: Mapping[str, Any]):
    """Return what is understood already and stands beside a question."""
    if tables:
        return understood(tables, options)
    sheets = [sheet.name for sheet in grids[0].sheets]
    return Understood(read_as=reading_options(options), encoding=grids[0].encoding, sheets=sheets)


def _refuse_open(resource, tables: Sequence[Table], options: Mapping[str, Any]) -> None:
    """Ask what the tables leave open."""
    if any(table.unknown for table in tables):
        raise UnknownColumns(tables)
    if unitless := [(table, each) for table in tables for each in table.unitless()]:
        raise MissingUnit(unitless)
    missing = {name for table in tables for name in table.lacking}
    if missing := sorted(missing - options.get("constants", {}).keys()):
        table = next(each for each in tables if each.lacking.intersection(missing))
        raise MissingColumns(table, missing, _labels(resource, missing))


def _labels(resource, names: Sequence[str]) -> list[str]:
    return [resource.fields[name].column_name for name in names]


def read_grids(content: bytes, options: Mapping[str, Any]) -> tuple[Grid, ...]:
    limits = Limits.of(getattr(settings, "SPREADSHEETS", {}))
    return read_sheets(content, **reading_options(options), limits=limits)


def _tables(resource, grids: Sequence[Grid], options: Mapping[str, Any]) -> list[Table]:
    schema, chosen = schema_of(resource), overrides(resource, options)
    tables: list[Table] = []
    refusals: list[ReadError] = []
    for grid in grids:
        try:
            tables += understand_all(grid, schema, chosen)
        except ReadError as error:
            if error.code not in ("heading.not_found", "heading.one_row_left"):
                raise
            refusals.append(error)
    tables = _those_meant(tables) if len(grids) > 1 else tables
    if not tables:
        raise refusals[0]
    return tables


def _those_meant(tables: Sequence[Table]) -> list[Table]:
    """Leave out sheets in which a chosen row is no heading, and blank forms beside filled ones."""
    known = [each for each in tables if any(heading.is_known for heading in each.headings)]
    return [each for each in known if each.rows] or known


def chosen_tables(tables: Sequence[Table], options: Mapping[str, Any]) -> tuple[Table, ...]:
    """Return the tables that were chosen; SeveralTables where nobody said which."""
    if keys := options.get("tables"):
        found = tuple(each for each in tables if each.key in keys)
        return found or _several(tables)
    sheets = {table.grid.sheet for table in tables}
    is_chosen = bool(options.get("sheets"))
    if len(tables) == 1 or ((is_chosen or len(sheets) == 1) and _is_complete(tables)):
        return tuple(tables)
    return _several(tables)


def _is_complete(tables: Sequence[Table]) -> bool:
    """Whether no sheet has two tables of which one leaves open what the other says."""
    by_sheet: dict[str, list[Table]] = {}
    for table in tables:
        by_sheet.setdefault(table.grid.sheet, []).append(table)
    return all(
        len(each) == 1 or not any(table.lacking or table.unitless() for table in each)
        for each in by_sheet.values()
    )


def _several(tables: Sequence[Table]) -> tuple[Table, ...]:
    raise SeveralTables([(table.key, table.label, _sample(table)) for table in tables])


def _sample(table: Table) -> list[list[str]]:
    """Return the heading and the first two rows of a table, as text."""
    rows = [table.heading_rows[-1], *list(dict.fromkeys(table.rows))[:2]]
    columns = [each.column for each in table.headings][:6]
    return [[cell_text(table.grid.value(row, column))[:30] for column in columns] for row in rows]


def _with_other_sheets(tables: tuple[Table, ...], grids: Sequence[Grid]) -> tuple[Table, ...]:
    """Say with the first table which sheets were passed over, or hidden and not looked at."""
    used = {table.grid.sheet for table in tables}
    others = [sheet.name for sheet in grids[0].sheets if sheet.name not in used]
    if not others:
        return tables
    words = {"others": Listed(gettext_noop("、"), others)}
    told = Notice("left_out.sheet", Message(_OTHER_SHEETS, words))
    first, *rest = tables
    return replace(first, notices=(told, *first.notices)), *rest


def overrides(resource, options: Mapping[str, Any]) -> Overrides:
    """Return what is known before understanding: options, and what is remembered of headings."""
    given = {name: options[name] for name in Overrides().__dict__ if options.get(name) is not None}
    if unit := read_unit(given.get("unit", "")):
        given["unit"] = UNIT_NAMES[unit]
    own = {text_key(ERROR_HEADING): ""}
    known = own | remembered(resource.sheet_name)
    return Overrides(**{**given, "remembered": known})


def understood(
    tables: Sequence[Table], options: Mapping[str, Any], of_rows: Sequence[Notice] = ()
) -> Understood:
    """Return what is kept of tables with their job; `of_rows` are notices of their Resource."""
    first = tables[0]
    notices = [*(notice for table in tables for notice in table.notices), *of_rows]
    return Understood(
        sentence=in_each_language(lambda translate: _sentences(tables, translate)),
        parts=in_each_language(lambda translate: _parts(tables, translate)),
        columns=tuple(
            dict.fromkeys(
                UsedHeading(each.letter, each.text, each.name, each.key)
                for table in tables
                for each in table.headings
                if each.name is not None
            )
        ),
        heading_row=first.heading_rows[0],
        headed_at=[(table.grid.sheet, table.heading_rows[0]) for table in tables],
        read_as=reading_options(options),
        notices=list(dict.fromkeys(notice.in_words(_) for notice in notices)),
        left_out=list(dict.fromkeys(n.in_words(_) for n in notices if is_left_out(n))),
        encoding=first.grid.encoding,
        sheets=[sheet.name for sheet in first.grid.sheets],
        tables=[table.label for table in tables],
    )


def _parts(tables: Sequence[Table], translate: Callable[[str], str]) -> list[tuple[str, str]]:
    if len(tables) == 1:
        return [(name, part.in_words(translate)) for name, part in tables[0].parts()]
    return [
        (
            "tables",
            f"{each.label}: "
            + translate("、").join(part.in_words(translate) for _, part in each.parts()[1:]),
        )
        for each in tables
    ]


def _sentences(tables: Sequence[Table], translate: Callable[[str], str]) -> str:
    if len(tables) == 1:
        return tables[0].sentence.in_words(translate)
    return " ".join(f"[{each.label}] {each.sentence.in_words(translate)}" for each in tables)


def is_left_out(notice: Notice) -> bool:
    return notice.code.startswith("left_out.")


def reading_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return those options that say how bytes become cells, None for what is to be found out."""
    sheets = [name for name in options.get("sheets") or () if name]
    return {
        "encoding": options.get("encoding"),
        "sheets": sheets,
        "delimiter": options.get("delimiter"),
    }


def in_each_language(say: Callable[[Callable[[str], str]], Any]) -> dict[str, Any]:
    """Return {language: what `say` returns of its gettext}, for words that are kept with a job."""
    words = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            words[language] = say(_)
    return words
