"""The steps of a job that an editor takes on a page: plan it, confirm it.

What a step stops at is kept with the job, so that the page which asks or explains may be opened
again at any time; the words of these pages stand below.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from records.progress import Progress

from .. import registry
from ..deciding.heading_memory import remember
from ..deciding.questions import MissingColumns, MissingUnit, SeveralTables, UnknownColumns
from ..importing import plan_job
from ..models import ImportJob
from ..planning.plans import AlreadyWritten
from ..planning.understood import Conflict, Question, TableChoice, Understood, UnknownHeading
from ..planning.understood_tables import in_each_language
from ..reading import ReadError
from ..writing.applying import BreaksRule, CannotApply, IsStale, apply_job
from ..writing.undoing import plan_undo
from .value_texts import ValueTexts

SHOWN_CELLS = 100

# Parts of the sentence that are changed under another name than their own.
_FIELDS = {"unused": "mapping", "sheet": "sheets"}


class PlanChanged(CannotApply):
    """The plan on the page is no longer the job's plan."""


class NotChecked(CannotApply):
    """The plan has rows that look wrong, and nobody said that they were looked at."""


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
    # A file that was not even read has the sheets that it had when it was.
    before = Understood(sheets=job.understood.sheets, encoding=job.understood.encoding)
    job.understood = replace(getattr(error, "known", before), question=question)
    job.save()


def confirm(
    job: ImportJob,
    model: type[models.Model],
    *,
    seen: str,
    user,
    now: datetime,
    good_rows_only: bool = False,
    checked: str = "",
    progress: Progress | None = None,
) -> None:
    """Write the plan that was `seen`; `checked` is the plan whose flagged rows were looked at.

    With the rows it keeps what the editor wants for later sheets: headings and other names.
    Raises PlanChanged when the job has another plan by now, NotChecked where it has flags, and
    HasErrors as apply_job does. A job that was written already stays as it is.
    """
    try:
        with transaction.atomic():
            locked = ImportJob.objects.select_for_update().get(pk=job.pk)
            if not locked.is_written:
                _refuse_unseen(locked, seen, checked)
            apply_job(
                job.pk,
                model,
                user=user,
                now=now,
                good_rows_only=good_rows_only,
                progress=progress,
            )
            if not locked.is_written:
                _keep_decisions(locked)
    except (IsStale, BreaksRule) as error:
        keep_conflict(job, error, seen=seen)
    except IntegrityError:
        # Somebody deleted a record that the plan refers to, or took a value that must be unique.
        keep_conflict(job, BreaksRule([]), seen=seen)


def _refuse_unseen(job: ImportJob, seen: str, checked: str) -> None:
    if job.understood.plan != seen:
        raise PlanChanged(_("この確認の後に、読み方が変えられました。"))
    flagged = job.counts.get("flagged", 0)
    if flagged and checked != seen:
        message = _("要注意の %(count)s 件を見て、「確かめました」に印を付けてください。")
        raise NotChecked(message % {"count": f"{flagged:,}"})


def _keep_decisions(job: ImportJob) -> None:
    """Keep headings and names for later sheets, now that the rows are written."""
    if job.options.get("remember"):
        remember(job.resource, job.options.get("mapping", {}))
    fields = registry.get(job.resource)().fields
    for column, names in job.options.get("other_names", {}).items():
        finder = fields[column].widget.finder
        for text, key in names.items():
            with suppress(ValueError):  # the record may be gone: then its rows were refused
                finder.model.objects.remember_name(finder.find(key), text)


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


def written_count(job: ImportJob) -> int:
    """How many records a plan writes, or wrote."""
    return sum(job.counts.get(kind, 0) for kind in ("new", "changed", "deleted"))


def earlier_import(job: ImportJob) -> ImportJob | None:
    """Return the import that wrote the same file before, while it is not undone."""
    if job.undo_of_id or job.is_written or not job.sha256:
        return None
    return ImportJob.objects.already_applied(job.resource, job.sha256)


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
        links = ((url, _FIELDS.get(name, name), text) for name, text in parts)
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
