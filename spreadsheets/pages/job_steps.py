"""The two steps of a job that an editor takes on a page: plan it, confirm it."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from ..importing import plan_job
from ..models import ImportJob
from ..planning.plans import AlreadyWritten
from ..reading import ReadError
from ..writing.applying import BreaksRule, CannotApply, IsStale, apply_job
from ..writing.undoing import plan_undo
from .stops import stop_reading, stop_writing

Progress = Callable[[int, int], None]


class PlanChanged(CannotApply):
    """The plan on the page is no longer the job's plan."""


def plan(
    job: ImportJob,
    model: type[models.Model],
    *,
    user,
    readonly: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> None:
    """Plan a job, anew if need be; what stops it is kept with it. A written job stays as it is."""
    if job.is_written:
        return
    if job.undo_of_id:
        plan_undo(job.undo_of, model, user=user)
        return
    try:
        plan_job(job, readonly=readonly, progress=progress)
    except ReadError as error:
        stop_reading(job, error)
    except AlreadyWritten:
        return


def confirm(
    job: ImportJob,
    model: type[models.Model],
    *,
    seen: str,
    user,
    now: datetime,
    good_rows_only: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write the plan that was `seen`; what hinders it is kept with the job.

    Raises PlanChanged when the job has another plan by now, HasErrors as apply_job does. A job
    that was written already stays as it is.
    """
    try:
        with transaction.atomic():
            locked = ImportJob.objects.select_for_update().get(pk=job.pk)
            if not locked.is_written and locked.understood.get("plan", "") != seen:
                raise PlanChanged(_("この確認の後に、読み方が変えられました。"))
            apply_job(
                job.pk,
                model,
                user=user,
                now=now,
                good_rows_only=good_rows_only,
                progress=progress,
            )
    except (IsStale, BreaksRule) as error:
        stop_writing(job, error, seen=seen)
    except IntegrityError:
        # Somebody deleted a record that the plan refers to, or took a value that must be unique.
        stop_writing(job, BreaksRule([]), seen=seen)
