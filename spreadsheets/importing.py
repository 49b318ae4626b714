"""From a file's bytes to a planned job: read, understand, plan. The way in for every import."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from records.progress import Progress
from values.messages import Message, gettext_noop
from values.text_key import text_key

from . import registry
from .models import ColumnMemory, ImportFile, ImportJob
from .planning.planner import plan_rows
from .planning.plans import save_plan
from .planning.sheet_rows import missing_keys, sheet_rows
from .planning.understood import Understood, UsedHeading
from .reading import Limits, Notice, Place, ReadError, collector_paused, read
from .resources.sheet_schema import schema_of
from .understanding.columns import Overrides
from .understanding.layout import understand
from .understanding.table import Table

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
    resource, options = registry.get(job.resource)(), job.options
    table = read_table(resource, bytes(job.file.content), options)
    rows = sheet_rows(resource, table, options.get("constants", {}))
    if missing := missing_keys(resource, rows):
        raise MissingColumns(table, missing, [resource.fields[n].column_name for n in missing])
    erase_blanks = options.get("blank") == "erase"
    plan = plan_rows(
        resource, rows, erase_blanks=erase_blanks, readonly=readonly, progress=progress
    )
    job.state = ImportJob.State.PLANNED
    job.understood = understood(table, options, rows.notices)
    save_plan(job, plan)
    return job


def read_table(resource, content: bytes, options: Mapping[str, Any]) -> Table:
    """Read a file's cells and understand them; UnknownColumns until every heading is decided."""
    limits = Limits.of(getattr(settings, "SPREADSHEETS", {}))
    grid = read(content, **reading_options(options), limits=limits)
    table = understand(grid, schema_of(resource), overrides(resource, options))
    if table.unknown:
        raise UnknownColumns(table)
    return table


def overrides(resource, options: Mapping[str, Any]) -> Overrides:
    """Return what is known before understanding: options, and what is remembered of headings."""
    given = {name: options[name] for name in Overrides().__dict__ if options.get(name) is not None}
    own = {text_key(ERROR_HEADING): ""}
    mapping = own | remembered(resource.sheet_name) | options.get("mapping", {})
    return Overrides(**{**given, "mapping": mapping})


def understood(
    table: Table, options: Mapping[str, Any], notices: Sequence[Notice] = ()
) -> Understood:
    """Return what is kept of a Table with its job, and the notices of its rows."""
    return Understood(
        sentence=in_each_language(table.sentence.in_words),
        parts=in_each_language(
            lambda translate: [(name, part.in_words(translate)) for name, part in table.parts()]
        ),
        columns=tuple(
            UsedHeading(each.letter, each.text, each.name, each.key)
            for each in table.headings
            if each.name is not None
        ),
        heading_row=table.heading_rows[0],
        read_as=reading_options(options),
        notices=[notice.in_words(_) for notice in (*table.notices, *notices)],
        encoding=table.grid.encoding,
        sheets=[sheet.name for sheet in table.grid.sheets],
    )


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


def in_each_language(say: Callable[[Callable[[str], str]], Any]) -> dict[str, Any]:
    """Return {language: what `say` returns of its gettext}, for words that are kept with a job."""
    words = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            words[language] = say(_)
    return words
