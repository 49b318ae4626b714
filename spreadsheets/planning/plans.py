"""A plan: the rows of a sheet by what is to happen to them, kept with its job until applied."""

import json
import secrets
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from ..models import ImportJob, PlannedRows
from ..tables import batches
from .issues import Issue
from .planned import ROW_KINDS, PlannedRow

CHUNK = 500
PAGE = 100


class AlreadyWritten(Exception):
    """The job's rows are in the records; another plan for it could write them twice."""


@dataclass
class Plan:
    """Rows by kind, in the order of the sheet.

    columns  of new rows, by attname; `keys` are those that tell records apart
    """

    columns: Sequence[str]
    keys: Sequence[str] = ()
    rows: dict[str, list[PlannedRow]] = field(default_factory=lambda: defaultdict(list))

    @property
    def issues(self) -> list[Issue]:
        return [issue for row in self.rows["refused"] for issue in row.issues]

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each kind, and how many have flags if any has."""
        kinds = (kind for kind in PlannedRows.Kind.values if kind != "deleted" or self.rows[kind])
        counts = {kind: len(self.rows[kind]) for kind in kinds}
        flagged = sum(bool(row.flags) for kind in ("new", "changed") for row in self.rows[kind])
        return counts | ({"flagged": flagged} if flagged else {})


@transaction.atomic
def save_plan(job: ImportJob, plan: Plan) -> None:
    """Store a plan with its job, in place of any earlier one; AlreadyWritten if it was applied."""
    if ImportJob.objects.select_for_update().get(pk=job.pk).is_written:
        raise AlreadyWritten(_("この取込みは、もう書き込んであります。"))
    job.planned_rows.all().delete()
    PlannedRows.objects.bulk_create(
        PlannedRows(job=job, kind=kind, number=number, count=len(chunk), rows=packed(chunk))
        for kind, rows in plan.rows.items()
        for number, chunk in enumerate(batches(rows, CHUNK))
    )
    job.counts = plan.counts()
    job.understood = job.understood.with_plan(
        stored=plan.columns, keys=plan.keys, plan=secrets.token_hex(8)
    )
    job.save()


def packed(rows: Iterable[PlannedRow]) -> bytes:
    stored = [row.stored() for row in rows]
    return zlib.compress(json.dumps(stored, ensure_ascii=False).encode(), 1)


def unpacked(kind: str, chunk: bytes) -> list[PlannedRow]:
    return list(map(ROW_KINDS[kind].from_stored, json.loads(zlib.decompress(chunk))))


def planned_rows(job: ImportJob, kind: str) -> Iterator[PlannedRow]:
    """Yield a job's rows of a kind, in the order of the sheet."""
    for chunk in job.planned_rows.filter(kind=kind).order_by("number").iterator(20):
        yield from unpacked(kind, chunk.rows)


def planned_page(job: ImportJob, kind: str, page: int) -> list[PlannedRow]:
    """Return up to 100 rows of a kind; `page` counts from 1. One query, whatever the size."""
    chunk, first = divmod((page - 1) * PAGE, CHUNK)
    found = job.planned_rows.filter(kind=kind, number=chunk).values_list("rows", flat=True).first()
    return unpacked(kind, found)[first : first + PAGE] if found else []


def planned_issues(job: ImportJob) -> Iterator[Issue]:
    """Yield what is wrong with a job's refused rows, in the order of the sheet."""
    for row in planned_rows(job, "refused"):
        yield from row.issues
