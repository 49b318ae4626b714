"""A plan becomes records: in one transaction, once, and only if nothing changed meanwhile."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from records.changes import content_write
from records.fields import derived_fields
from records.progress import Progress, no_progress
from records.saving import lock_rows

from ..models import ImportJob
from ..planning.issues import Issue
from ..planning.planned import ChangedRow, NewRow
from ..planning.plans import planned_rows
from ..planning.row_numbers import parted
from ..planning.row_rules import RowRules
from ..planning.same_sheet import refers_to_itself
from ..planning.uniqueness import free_value, movable_columns
from ..reading import collector_paused
from ..tables import (
    Authorship,
    batches,
    delete_rows,
    insert_links,
    insert_rows,
    refresh_derived,
    replace_links,
    reserve_ids,
    update_rows,
    write_history,
)
from .staleness import CannotApply, IsStale, PlannedFrom, as_planned_from

__all__ = ["BreaksRule", "CannotApply", "HasErrors", "IsStale", "apply_job"]


class HasErrors(CannotApply):
    """Some rows are refused and the rest was not asked for by itself."""


class BreaksRule(CannotApply):
    """A rule across rows (Model.clean) does not hold of the rows as written."""

    def __init__(self, issues: list[Issue]) -> None:
        super().__init__(" ".join(map(str, issues)))
        self.issues = issues


@collector_paused()
@transaction.atomic
def apply_job(
    job_id: int,
    model: type[models.Model],
    *,
    user,
    now: datetime,
    good_rows_only: bool = False,
    progress: Progress | None = None,
) -> ImportJob:
    """Write a planned job and return it. A job that was applied already is returned as it is.

    Raises HasErrors, IsStale or BreaksRule; then nothing is written.
    """
    job = ImportJob.objects.select_for_update().get(pk=job_id)
    if job.is_written:
        return job
    if job.state != ImportJob.State.PLANNED or not job.counts:
        raise CannotApply(_("この取込みには、書き込む予定がありません。"))
    if job.counts.get("refused") and not good_rows_only:
        raise HasErrors(_("誤りのある行があります。"))
    authorship = Authorship(job.pk, user.pk if user else None, now)
    writer = _Writer(job, model, authorship, progress)
    with content_write(user_id=authorship.user_id, job_id=job.pk):
        writer.write()
    job.state, job.applied_at = ImportJob.State.APPLIED, now
    job.save(update_fields=["state", "applied_at"])
    if job.undo_of_id:
        ImportJob.objects.filter(pk=job.undo_of_id).update(state=ImportJob.State.UNDONE)
    if user and writer.written:
        _log(job, model, user)
    return job


class _Writer:
    def __init__(self, job, model, authorship, progress) -> None:
        self.job = job
        self.model = model
        self.authorship = authorship
        counts = job.counts
        self.total = sum(counts.get(kind, 0) for kind in ("new", "changed", "deleted"))
        self.written = 0
        self.report = progress or no_progress
        self.records = PlannedFrom(model)
        self.fields = {field.attname: field for field in model._meta.concrete_fields}
        self.movable = movable_columns(RowRules(model))
        self.sheet_rows: dict[int, int] = {}
        self.reserved: list[int] = []
        self.keys_of_rows: dict[int, int] = {}
        # A plan may wait while the site gets a derived column that it does not know.
        known = job.understood.stored
        self.unplanned = [f.attname for f in derived_fields(model) if f.attname not in known]

    def write(self) -> None:
        self.report(0, self.total)
        self._lock()
        self._reserve()
        self._delete()
        self._update()
        self._insert()
        self._check_rules()

    def _planned(self, kind: str) -> Iterator[list[Any]]:
        return batches(planned_rows(self.job, kind)) if self.job.counts.get(kind) else iter(())

    def _lock(self) -> None:
        """Lock the planned records by their keys, as forms do: a sheet has them in any order."""
        if connection.features.has_select_for_update:
            planned = (row for kind in ("deleted", "changed") for row in self._rows(kind))
            for pks in batches(sorted(row.pk for row in planned)):
                lock_rows(self.model, pk__any_of=pks)

    def _reserve(self) -> None:
        """Take the keys of new rows, which rows of the same sheet may refer to before they are."""
        count = self.job.counts.get("new")
        self.reserved = reserve_ids(self.model, count) if count else []
        if refers_to_itself(self.model):
            numbered = zip(self._rows("new"), self.reserved, strict=True)
            self.keys_of_rows = {new.row: pk for new, pk in numbered}

    def _rows(self, kind: str) -> Iterator[Any]:
        return chain.from_iterable(self._planned(kind))

    def _advance(self, count: int) -> None:
        self.written += count
        self.report(self.written, self.total)

    def _insert(self) -> None:
        if not self.job.counts.get("new"):
            return
        columns = self.job.understood.stored
        names = [self.model._meta.pk.attname, *columns]
        pks = iter(self.reserved)
        linked_fields = set()
        for batch in self._planned("new"):
            self.records.refuse_taken(batch, columns, self.job.understood.keys)
            created = dict(zip(islice(pks, len(batch)), batch, strict=True))
            rows = ([pk, *self._values(new, columns)] for pk, new in created.items())
            insert_rows(self.model, names, rows)
            links = defaultdict(dict)
            for pk, new in created.items():
                self.sheet_rows[pk] = new.row
                for name, targets in new.links.items():
                    links[name][pk] = targets
            for name, targets in links.items():
                insert_links(self.model._meta.get_field(name), targets)
            linked_fields |= links.keys()
            self._refresh(list(created))
            self._advance(len(batch))
        have_links = bool(linked_fields)
        write_history(self.model, self.reserved, "+", self.authorship, have_links=have_links)

    def _values(self, new: NewRow, columns: Sequence[str]) -> Sequence[Any]:
        """The values of a new row, with the keys of the new rows it refers to."""
        if not new.refers:
            return new.values
        keys = {name: self.keys_of_rows[row] for name, row in new.refers.items()}
        pairs = zip(columns, new.values, strict=True)
        return [keys.get(name, value) for name, value in pairs]

    def _update(self) -> None:
        for batch in self._planned("changed"):
            self.records.refuse_stale(batch)
            if self.movable:
                self._make_room(batch)
        for batch in self._planned("changed"):
            groups: dict[tuple[str, ...], list[list]] = defaultdict(list)
            links = defaultdict(dict)
            touched = []
            for row in batch:
                written, linked = row.written, row.written_links
                if written:
                    refers = {name: self.keys_of_rows[at] for name, at in row.refers.items()}
                    values = [refers.get(name, each.after) for name, each in written.items()]
                    groups[tuple(written)].append([*values, row.pk])
                for name, change in linked.items():
                    links[name][row.pk] = change.after
                if written or linked:
                    touched.append(row.pk)
                    self.sheet_rows[row.pk] = row.row
            for names, rows in groups.items():
                update_rows(self.model, names, rows)
            self._replace_links(links)
            self._refresh(touched)
            write_history(self.model, touched, "~", self.authorship)
            self._advance(len(batch))

    def _make_room(self, batch: list[ChangedRow]) -> None:
        """Free the unique values that change: another row may get one before its own row moves."""
        groups: dict[tuple[str, ...], list[list]] = defaultdict(list)
        for row in batch:
            names = tuple(name for name in row.written if name in self.movable)
            if names:
                free = [free_value(self.fields[name], row.pk) for name in names]
                groups[names].append([*free, row.pk])
        for names, rows in groups.items():
            update_rows(self.model, names, rows)

    def _refresh(self, pks: list[int]) -> None:
        if self.unplanned:
            refresh_derived(self.model, self.unplanned, pks)

    def _delete(self) -> None:
        for batch in self._planned("deleted"):
            self.records.refuse_stale([as_planned_from(row) for row in batch])
            pks = [row.pk for row in batch]
            write_history(self.model, pks, "-", self.authorship)
            delete_rows(self.model, pks)
            self._advance(len(batch))

    def _replace_links(self, links) -> None:
        for name, targets in links.items():
            replace_links(self.model._meta.get_field(name), targets)

    def _check_rules(self) -> None:
        if self.model.clean is models.Model.clean:
            return
        issues = []
        tables = self.job.understood.tables
        for batch in batches(self.sheet_rows):
            for instance in self.model._base_manager.filter(pk__any_of=batch):
                try:
                    instance.clean()
                except ValidationError as error:
                    table, row = parted(self.sheet_rows[instance.pk])
                    sheet = tables[table] if len(tables) > 1 else ""
                    message = " ".join(error.messages)
                    issues.append(Issue(sheet, row, "", "", str(instance), "row.rule", message))
        if issues:
            raise BreaksRule(issues)


def _log(job: ImportJob, model: type[models.Model], user) -> None:
    """One entry in the admin's log for the whole job."""
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(ImportJob),
        object_id=str(job.pk),
        object_repr=str(job)[:200],
        action_flag=CHANGE,
        change_message=_("%(model)s: %(counts)s")
        % {"model": model._meta.verbose_name, "counts": job.counts},
    )
