"""What the command says of a plan besides its errors and what was left out."""

import hashlib
from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .. import registry
from ..models import ImportJob
from ..planning.flags import flag_text
from ..planning.plans import Plan
from ..planning.row_numbers import parted
from ..planning.understood import Understood

MOST_FLAGS = 100


def all_warnings(resource: str, content: bytes, understood: Understood, plan: Plan) -> list[str]:
    """Return the warnings of a plan: on the file, its reading, its amounts, its sources."""
    left_out = set(understood.left_out)
    return [
        *_applied_before(resource, content),
        *(notice for notice in understood.notices if notice not in left_out),
        *_flags(understood, plan),
        *_sourceless(resource, plan),
    ]


def _applied_before(resource: str, content: bytes) -> Iterator[str]:
    sha256 = hashlib.sha256(content).hexdigest()
    if job := ImportJob.objects.already_applied(resource, sha256):
        words = {
            "when": date_format(timezone.localtime(job.applied_at), "Y-m-d H:i"),
            "job": job.pk,
            "owner": job.owner,
        }
        yield (
            _("このファイルは %(when)s に %(owner)s が取り込んであります（取込み #%(job)s）。")
            if job.owner
            else _("このファイルは %(when)s に取り込んであります（取込み #%(job)s）。")
        ) % words


def _flags(understood: Understood, plan: Plan) -> Iterator[str]:
    flagged = [row for kind in ("new", "changed") for row in plan.rows[kind] if row.flags]
    for row in sorted(flagged, key=lambda each: each.row)[:MOST_FLAGS]:
        table, number = parted(row.row)
        words = {"row": number, "flags": " ".join(flag_text(*flag) for flag in row.flags)}
        if len(understood.tables) > 1:
            words["row"] = f"{understood.tables[table]} {number}"
        yield _("%(row)s行目: %(flags)s") % words
    if len(flagged) > MOST_FLAGS:
        count = len(flagged) - MOST_FLAGS
        yield _("確かめたほうがよい金額が、ほかに%(count)s行あります。") % {"count": count}


def _sourceless(resource: str, plan: Plan) -> Iterator[str]:
    """New rows that name no source, of a sheet that may name one."""
    if "source" not in registry.get(resource)().fields or "source_id" not in plan.columns:
        return
    position = list(plan.columns).index("source_id")
    count = sum(new.values[position] is None for new in plan.rows["new"])
    if count:
        words = {"count": count}
        yield _("出典のない新しい行が%(count)s行あります。--source で付けられます。") % words
