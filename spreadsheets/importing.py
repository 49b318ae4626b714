"""From a file's bytes to a planned job: read, understand, plan. The way in for every import."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from values.messages import Message, gettext_noop
from values.text_key import text_key

from . import registry
from .models import ColumnMemory, ImportFile, ImportJob
from .planning.issues import Issue
from .planning.planner import plan_rows
from .planning.plans import save_plan
from .planning.sheet_columns import SheetColumn
from .planning.sheet_values import SheetRows
from .reading import Limits, Place, ReadError, collector_paused, read
from .reading.cp932_text import as_held
from .resources.sheet_schema import schema_of
from .understanding.columns import Overrides
from .understanding.layout import understand
from .understanding.table import Table

Progress = Callable[[int, int], None]

# The column added to a file that is given back with its faults; nobody has to delete it.
ERROR_HEADING = "エラー"


class UnknownColumns(ReadError):
    """Headings nobody knows: the sheet stops here until it is said what they are."""

    def __init__(self, table: Table) -> None:
        headings = "」「".join(each.text or each.letter for each in table.unknown)
        super().__init__(
            "column.unknown",
            headings,
            reason=Message(
                gettext_noop("見出し「%(headings)s」は、どの列か分かりません。"),
                {"headings": headings},
            ),
            remedy=Message(
                gettext_noop("どの列かを選ぶか「使わない」としてください。次からは覚えています。")
            ),
            place=Place(table.grid.sheet, table.heading_rows[0], table.unknown[0].letter),
        )
        self.headings = table.unknown


class MissingColumns(ReadError):
    """Columns that tell rows apart are absent; one value for all rows may be given instead."""

    def __init__(self, table: Table, names: list[str], labels: list[str]) -> None:
        shown = "」「".join(labels)
        super().__init__(
            "column.missing",
            shown,
            reason=Message(
                gettext_noop("行を見分ける列「%(shown)s」がありません。"), {"shown": shown}
            ),
            remedy=Message(gettext_noop("列を加えるか、すべての行に共通の値を指定してください。")),
            place=Place(table.grid.sheet, table.heading_rows[0]),
        )
        self.names = names


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


@collector_paused()
def plan_job(
    job: ImportJob,
    *,
    readonly: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> ImportJob:
    """Read the job's file with its options and store the plan; safe to run again.

    Only storing is a transaction: a large sheet takes seconds, in which others may save.

    Options: encoding, sheet, delimiter, header_row, heading_rows, last_row, unit, skip_hidden,
    slide (see Overrides), mapping (heading key → column name, "" for unused), constants (column
    name → value for all rows), blank ("keep" or "erase"). Raises ReadError, of which
    UnknownColumns and MissingColumns can be answered by options.
    """
    resource = registry.get(job.resource)()
    options = job.options
    table = read_table(resource, bytes(job.file.content), options)
    plan = plan_rows(
        resource,
        sheet_rows(resource, table, options.get("constants", {})),
        erase_blanks=options.get("blank") == "erase",
        readonly=readonly,
        progress=progress,
    )
    job.state = ImportJob.State.PLANNED
    job.understood = {
        "sentence": in_each_language(table.sentence.in_words),
        "parts": in_each_language(
            lambda translate: [[name, part.in_words(translate)] for name, part in table.parts()]
        ),
        "columns": [
            [each.letter, each.text, each.name, each.key]
            for each in table.headings
            if each.name is not None
        ],
        "heading_row": table.heading_rows[0],
        "read_as": reading_options(options),
        "notices": [notice.in_words(_) for notice in table.notices],
        "encoding": table.grid.encoding,
        "sheets": [sheet.name for sheet in table.grid.sheets],
    }
    save_plan(job, plan)
    return job


def read_table(resource, content: bytes, options: Mapping[str, Any]) -> Table:
    """Read and understand a file; raises UnknownColumns until every heading is decided."""
    limits = Limits.of(getattr(settings, "SPREADSHEETS", {}))
    grid = read(content, **reading_options(options), limits=limits)
    changed = {
        name: options[name] for name in Overrides().__dict__ if options.get(name) is not None
    }
    changed["mapping"] = {
        text_key(ERROR_HEADING): "",
        **remembered(resource.sheet_name),
        **options.get("mapping", {}),
    }
    table = understand(grid, schema_of(resource), Overrides(**changed))
    if table.unknown:
        raise UnknownColumns(table)
    return table


def reading_options(options: Mapping[str, Any]) -> dict[str, str | None]:
    """Return those options that say how bytes become cells, None for what is to be found out."""
    return {name: options.get(name) for name in ("encoding", "sheet", "delimiter")}


def remembered(resource_name: str) -> dict[str, str]:
    rows = ColumnMemory.objects.filter(resource=resource_name)
    return dict(rows.values_list("heading_key", "column"))


def remember(resource_name: str, mapping: Mapping[str, str]) -> None:
    """Keep what an editor decided about unknown headings, for every later sheet.

    A key with "@" names a column without a heading by its letter, which is another column in
    another sheet: it is not kept.
    """
    for key, column in mapping.items():
        if "@" in key:
            continue
        ColumnMemory.objects.update_or_create(
            resource=resource_name, heading_key=key[:200], defaults={"column": column}
        )


def sheet_rows(resource, table: Table, constants: Mapping[str, str]) -> SheetRows:
    """Return a Table's records as rows of the Resource's columns."""
    names = [name for name in table.schema.names if name in table.data]
    records = list(zip(*(table.values(name) for name in names), strict=True))
    rows = list(zip(table.rows, records, strict=True))
    names, rows, issues = resource.complete_rows(names, rows, constants)
    given = [name for name in constants if name not in names]
    names = [*names, *given]
    if given:
        tail = tuple(constants[name] for name in given)
        rows = [(row, (*cells, *tail)) for row, cells in rows]
    missing = [name for name in resource._meta.import_id_fields if name not in names]
    if missing:
        raise MissingColumns(table, missing, [resource.fields[n].column_name for n in missing])
    return SheetRows(
        columns=tuple(_column(resource, table, name) for name in names),
        rows=rows,
        sheet=table.grid.sheet,
        units=_units(resource, table) if len(rows) == len(table) else [],
        faults=[*_faults(table), *issues],
        place=(lambda record, name: _place(table, record, name)) if table.year_index else None,
    )


def _column(resource, table: Table, name: str) -> SheetColumn:
    letter, heading = _place(table, 0, name) if len(table) else ("", "")
    held = as_held if table.grid.encoding == "cp932" else str
    return SheetColumn(resource, name, letter=letter, heading=heading, held=held)


def _place(table: Table, record: int, name: str) -> tuple[str, str]:
    """Return letter and heading of a record's cell; a column of its own goes before a year's."""
    own = next((each for each in table.headings if each.name == name), None)
    heading = own or table.heading_of(record, name)
    return (heading.letter, heading.text) if heading else ("", "")


def _units(resource, table: Table) -> list[str]:
    amount, _unit = resource.amount_and_unit
    return table.units(amount) if amount else []


def _faults(table: Table) -> list[Issue]:
    found = []
    for (record, name), fault in table.faults.items():
        place = table.place(record, name)
        heading = table.heading_of(record, name) if name else None
        found.append(
            Issue(
                sheet=place.sheet,
                row=place.row,
                column=place.column,
                heading=heading.text if heading else "",
                value=fault.value,
                code=fault.code,
                message=fault.reason_and_remedy.in_words(_),
            )
        )
    return found


def in_each_language(say: Callable[[Callable[[str], str]], Any]) -> dict[str, Any]:
    """Return {language: what `say` returns of its gettext}, for words that are kept with a job."""
    words = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            words[language] = say(_)
    return words
