"""A plan: the rows of a sheet by what is to happen to them, kept with its job until applied."""

import json
import secrets
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import ImportJob, PlannedRows
from ..writing.tables import batches
from .issues import Issue

CHUNK = 500
PAGE = 100


class AlreadyWritten(Exception):
    """The job's rows are in the records; another plan for it could write them twice."""


@dataclass
class Plan:
    """Rows by kind, as JSON stores them; attnames in `stored` order for new rows.

    `keys` are the attnames that tell records apart.

    new        [row, [values], {link: [pks]}]
    changed    [row, pk, {attname: [before, after]}, {link: [before, after]}, [withheld attnames]]
    unchanged  [row, pk]
    refused    [row, [issues as JSON]]
    """

    stored: list[str]
    keys: list[str] = field(default_factory=list)
    rows: dict[str, list[list]] = field(default_factory=lambda: defaultdict(list))
    issues: list[Issue] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        kinds = (kind for kind in PlannedRows.Kind.values if kind != "deleted" or self.rows[kind])
        return {kind: len(self.rows[kind]) for kind in kinds}


@transaction.atomic
def save_plan(job: ImportJob, plan: Plan) -> None:
    """Store a plan with its job, in place of any earlier one; AlreadyWritten if it was applied.

    `understood["plan"]` tells this plan from every other one the job had.
    """
    if ImportJob.objects.select_for_update().get(pk=job.pk).is_written:
        raise AlreadyWritten(_("この取込みは、もう書き込んであります。"))
    job.planned_rows.all().delete()
    chunks = []
    for kind, rows in plan.rows.items():
        for number, chunk in enumerate(batches(rows, CHUNK)):
            chunks.append(
                PlannedRows(job=job, kind=kind, number=number, count=len(chunk), rows=packed(chunk))
            )
    PlannedRows.objects.bulk_create(chunks)
    job.counts = plan.counts()
    understood = {name: value for name, value in job.understood.items() if name != "hindrance"}
    made = {"stored": plan.stored, "keys": plan.keys, "plan": secrets.token_hex(8)}
    job.understood = {**understood, **made}
    job.save()


def packed(rows: list) -> bytes:
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode(), 1)


def planned_rows(job: ImportJob, kind: str) -> Iterator[list]:
    """Yield a job's rows of a kind, in the order of the sheet."""
    for chunk in job.planned_rows.filter(kind=kind).order_by("number").iterator(20):
        yield from json.loads(zlib.decompress(chunk.rows))


def planned_page(job: ImportJob, kind: str, page: int) -> list[list]:
    """Return up to 100 rows of a kind; `page` counts from 1. One query, whatever the size."""
    chunk, first = divmod((page - 1) * PAGE, CHUNK)
    found = job.planned_rows.filter(kind=kind, number=chunk).values_list("rows", flat=True).first()
    return json.loads(zlib.decompress(found))[first : first + PAGE] if found else []


def planned_issues(job: ImportJob) -> Iterator[Issue]:
    """Yield what is wrong with a job's refused rows, in the order of the sheet."""
    for _row, issues in planned_rows(job, "refused"):
        for issue in issues:
            yield Issue(**issue)
