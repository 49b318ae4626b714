"""From a file's bytes to a planned job: read, understand, plan. The way in for every import."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from records.progress import Progress

from . import registry
from .deciding.file_tables import column_labels, read_tables
from .deciding.questions import MissingColumns
from .models import ImportFile, ImportJob
from .planning.planner import plan_rows
from .planning.plans import Plan, save_plan
from .planning.sheet_rows import missing_keys, sheet_rows
from .planning.understood import Understood
from .planning.understood_tables import understood
from .reading import collector_paused


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
        error = MissingColumns(table, missing, column_labels(resource, missing))
        error.known = understood(tables, options)
        raise error
    erase = options.get("blank") == "erase"
    plan = plan_rows(resource, rows, erase_blanks=erase, readonly=readonly, progress=progress)
    return understood(tables, options, rows.notices), plan
