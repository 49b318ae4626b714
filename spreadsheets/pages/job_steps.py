"""The steps of a job that an editor takes on a page: plan it, confirm it.

What a step stops at is kept with the job, so that the page which asks or explains may be opened
again at any time; the words of these pages stand below.
"""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from records.progress import Progress

from ..importing import in_each_language, plan_job
from ..models import ImportJob
from ..planning.plans import AlreadyWritten
from ..planning.understood import Conflict, Question, TableChoice, Understood, UnknownHeading
from ..questions import MissingColumns, MissingUnit, SeveralTables, UnknownColumns
from ..reading import ReadError
from ..writing.applying import BreaksRule, CannotApply, IsStale, apply_job
from ..writing.undoing import plan_undo
from .value_texts import ValueTexts

SHOWN_CELLS = 100


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
    """Plan a job, anew if need be. A written job stays as it is."""
    if job.is_written:
        return
    if job.undo_of_id:
        plan_undo(job.undo_of, model, user=user)
        return
    try:
        plan_job(job, readonly=readonly, progress=progress)
    except ReadError as error:
        keep_question(job, error)
    except AlreadyWritten:
        return


@transaction.atomic
def keep_question(job: ImportJob, error: ReadError) -> None:
    """Keep why a job's file could not be planned; what was planned before is gone."""
    if ImportJob.objects.select_for_update().get(pk=job.pk).is_written:
        return
    job.planned_rows.all().delete()
    job.state, job.counts = ImportJob.State.REFUSED, {}
    asked = {}
    if isinstance(error, UnknownColumns):
        asked["unknown"] = tuple(UnknownHeading(*each) for each in error.headings)
    elif isinstance(error, MissingColumns):
        asked["missing"] = error.names
    elif isinstance(error, SeveralTables):
        asked["tables"] = tuple(TableChoice(*each) for each in error.choices)
    elif isinstance(error, MissingUnit):
        asked["unitless"] = tuple(UnknownHeading(*each) for each in error.headings)
    question = Question(error.code, in_each_language(error.in_words), error.samples, **asked)
    job.understood = Understood(question=question)
    job.save()


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
    """Write the plan that was `seen`.

    Raises PlanChanged when the job has another plan by now, HasErrors as apply_job does. A job
    that was written already stays as it is.
    """
    try:
        with transaction.atomic():
            locked = ImportJob.objects.select_for_update().get(pk=job.pk)
            if not locked.is_written and locked.understood.plan != seen:
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
        keep_conflict(job, error, seen=seen)
    except IntegrityError:
        # Somebody deleted a record that the plan refers to, or took a value that must be unique.
        keep_conflict(job, BreaksRule([]), seen=seen)


@transaction.atomic
def keep_conflict(job: ImportJob, error: IsStale | BreaksRule, *, seen: str) -> None:
    """Keep why the plan that was `seen` could not be written; a new plan takes it away.

    Nothing is kept when the job has another plan by now, or was written: the reason is not its.
    """
    locked = ImportJob.objects.select_for_update().get(pk=job.pk)
    if locked.is_written or locked.understood.plan != seen:
        return
    if isinstance(error, IsStale):
        conflict = Conflict(len(error.cells), stale=error.cells[:SHOWN_CELLS])
    else:
        conflict = Conflict(len(error.issues), issues=error.issues[:SHOWN_CELLS])
    locked.understood = replace(locked.understood, conflict=conflict)
    locked.save(update_fields=["understood"])


# words


def question_text(question: Question) -> str:
    """Return place, reason and remedy in the active language."""
    return question.text.get(get_language()) or question.text["ja"]


def understood_text(job: ImportJob) -> str:
    """Say what was understood; each part leads to where it can be changed."""
    parts = job.understood.parts.get(get_language(), [])
    if not parts:
        return ""
    if job.is_written:
        words = format_html_join(_("、"), "{}", ((text,) for _name, text in parts))
    else:
        url = reverse("admin:spreadsheets_importjob_reading", args=[job.pk])
        links = ((url, name, text) for name, text in parts)
        words = format_html_join(_("、"), '<a href="{0}?part={1}#id_{1}">{2}</a>', links)
    return format_html(_("{}として読みました。"), words)


def shown_conflict(job: ImportJob, resource) -> dict | None:
    """Return what stopped the plan from being written, for display; None when nothing did."""
    conflict = job.understood.conflict
    if conflict is None or job.is_written:
        return None
    texts = ValueTexts(resource)
    cells = [cell for cell in conflict.stale if cell.attname in ("", *texts.fields)]
    names = texts.names_of(cell.pk for cell in cells)
    texts.preload(
        (cell.attname, value)
        for cell in cells
        if cell.attname
        for value in (cell.planned_from, cell.now, cell.wanted)
    )
    stale = [
        {
            "row": cell.row,
            "record": names[cell.pk],
            "label": texts.label(cell.attname) if cell.attname else "",
            "values": [
                texts.text(cell.attname, value)[:300]
                for value in (cell.planned_from, cell.now, cell.wanted)
            ],
        }
        for cell in cells
    ]
    rules = list(map(str, conflict.issues))
    return {"stale": stale, "rules": rules, "more": conflict.count > SHOWN_CELLS}
