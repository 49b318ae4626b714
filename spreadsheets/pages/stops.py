"""Why a job cannot go on, kept with it: the page that asks may be opened again at any time."""

from django.db import transaction
from django.utils.translation import get_language

from ..importing import MissingColumns, UnknownColumns, in_each_language
from ..models import ImportJob
from ..reading import ReadError
from ..writing.applying import BreaksRule, IsStale

SHOWN_CELLS = 100


@transaction.atomic
def stop_reading(job: ImportJob, error: ReadError) -> None:
    """Keep why a job's file could not be planned; what was planned before is gone."""
    if ImportJob.objects.select_for_update().get(pk=job.pk).is_written:
        return
    job.planned_rows.all().delete()
    job.state, job.counts = ImportJob.State.REFUSED, {}
    stop = {
        "code": error.code,
        "text": in_each_language(error.in_words),
        "samples": error.samples,
    }
    if isinstance(error, UnknownColumns):
        stop["unknown"] = [[each.letter, each.text, each.key] for each in error.headings]
    if isinstance(error, MissingColumns):
        stop["missing"] = error.names
    job.understood = {"stop": stop}
    job.save()


@transaction.atomic
def stop_writing(job: ImportJob, error: IsStale | BreaksRule, *, seen: str) -> None:
    """Keep why the plan that was `seen` could not be written; a new plan takes it away.

    Nothing is kept when the job has another plan by now, or was written: the reason is not its.
    """
    locked = ImportJob.objects.select_for_update().get(pk=job.pk)
    if locked.is_written or locked.understood.get("plan", "") != seen:
        return
    if isinstance(error, IsStale):
        cells = error.cells
        shown = [
            [each.row, each.pk, each.attname, each.planned_from, each.now, each.wanted]
            for each in cells[:SHOWN_CELLS]
        ]
        hindrance = {"stale": shown, "count": len(cells)}
    else:
        issues = [issue.as_json() for issue in error.issues[:SHOWN_CELLS]]
        hindrance = {"rules": issues, "count": len(error.issues)}
    locked.understood = {**locked.understood, "hindrance": hindrance}
    locked.save(update_fields=["understood"])


def stop_text(stop: dict) -> str:
    """Return place, reason and remedy in the active language."""
    return stop["text"].get(get_language()) or stop["text"]["ja"]
