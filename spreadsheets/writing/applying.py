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
from ..planning.planned import Change, ChangedRow, DeletedRow, NewRow
from ..planning.plans import planned_rows
from ..planning.row_rules import RowRules
from ..planning.sheet_columns import store
from ..planning.understood import StaleCell
from ..planning.uniqueness import free_value, movable_columns
from ..reading import collector_paused
from ..tables import (
    Authorship,
    batches,
    current_links,
    delete_rows,
    insert_links,
    insert_rows,
    refresh_derived,
    replace_links,
    reserve_ids,
    update_rows,
    write_history,
)


class CannotApply(Exception):
    """The plan cannot be written; nothing was."""


class HasErrors(CannotApply):
    """Some rows are refused and the rest was not asked for by itself."""


class IsStale(CannotApply):
    def __init__(self, cells: list[StaleCell]) -> None:
        super().__init__(_("確認の後に、ほかの人が記録を変えました。"))
        self.cells = cells


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
        self.fields = {field.attname: field for field in model._meta.concrete_fields}
        self.movable = movable_columns(RowRules(model))
        self.sheet_rows: dict[int, int] = {}
        # A plan may wait while the site gets a derived column that it does not know.
        known = job.understood.stored
        self.unplanned = [f.attname for f in derived_fields(model) if f.attname not in known]

    def write(self) -> None:
        self.report(0, self.total)
        self._lock()
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
        reserved = reserve_ids(self.model, self.job.counts["new"])
        pks = iter(reserved)
        linked_fields = set()
        for batch in self._planned("new"):
            self._refuse_taken(batch, columns)
            created = dict(zip(islice(pks, len(batch)), batch, strict=True))
            insert_rows(self.model, names, ([pk, *new.values] for pk, new in created.items()))
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
        write_history(self.model, reserved, "+", self.authorship, have_links=bool(linked_fields))

    def _update(self) -> None:
        for batch in self._planned("changed"):
            self._refuse_stale(batch)
            if self.movable:
                self._make_room(batch)
        for batch in self._planned("changed"):
            groups: dict[tuple[str, ...], list[list]] = defaultdict(list)
            links = defaultdict(dict)
            touched = []
            for row in batch:
                written, linked = row.written, row.written_links
                if written:
                    values = [change.after for change in written.values()]
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
            self._refuse_stale([_as_planned_from(row) for row in batch])
            pks = [row.pk for row in batch]
            write_history(self.model, pks, "-", self.authorship)
            delete_rows(self.model, pks)
            self._advance(len(batch))

    def _replace_links(self, links) -> None:
        for name, targets in links.items():
            replace_links(self.model._meta.get_field(name), targets)

    def _refuse_stale(self, batch: list[ChangedRow]) -> None:
        """Compare what the plan was made from with the records, locked, as they are now."""
        names = sorted({name for row in batch for name in row.changes})
        pks = [row.pk for row in batch]
        records = self.model._base_manager.filter(pk__any_of=pks)
        current = {found[0]: found[1:] for found in records.values_list("pk", *names)}
        stale = []
        for row in batch:
            if row.pk not in current:
                stale.append(StaleCell(row.row, row.pk, "", None, None, None))
                continue
            values = dict(zip(names, current[row.pk], strict=True))
            for name, (before, after) in row.changes.items():
                now = store(self.fields[name], values[name])
                if now != before:
                    stale.append(StaleCell(row.row, row.pk, name, before, now, after))
        stale += self._stale_links(batch)
        if stale:
            raise IsStale(stale)

    def _stale_links(self, batch: list[ChangedRow]) -> list[StaleCell]:
        stale = []
        for name in sorted({name for row in batch for name in row.links}):
            planned = {row.pk: row for row in batch if name in row.links}
            current = current_links(self.model._meta.get_field(name), list(planned))
            for pk, row in planned.items():
                before, after = row.links[name]
                now = current.get(pk, [])
                if now != before:
                    stale.append(StaleCell(row.row, pk, name, before, now, after))
        return stale

    def _refuse_taken(self, batch: list[NewRow], columns: Sequence[str]) -> None:
        """Look for records that somebody made after the plan under the keys of new rows."""
        keys = self.job.understood.keys
        positions = [columns.index(name) for name in keys]
        planned = {tuple([new.values[p] for p in positions]): new.row for new in batch}
        firsts = {key[0] for key in planned}
        near = self.model._base_manager.filter(**{f"{keys[0]}__any_of": firsts})
        stale = []
        for pk, *values in near.values_list("pk", *keys):
            key = tuple(store(self.fields[n], v) for n, v in zip(keys, values, strict=True))
            if key in planned:
                stale.append(StaleCell(planned[key], pk, keys[-1], None, key[-1], key[-1]))
        if stale:
            raise IsStale(stale)

    def _check_rules(self) -> None:
        if self.model.clean is models.Model.clean:
            return
        issues = []
        for batch in batches(self.sheet_rows):
            for instance in self.model._base_manager.filter(pk__any_of=batch):
                try:
                    instance.clean()
                except ValidationError as error:
                    row = self.sheet_rows[instance.pk]
                    message = " ".join(error.messages)
                    issues.append(Issue("", row, "", "", str(instance), "row.rule", message))
        if issues:
            raise BreaksRule(issues)


def _as_planned_from(row: DeletedRow) -> ChangedRow:
    """The row as one whose values are to stay what they were planned from."""
    values = {name: Change(value, value) for name, value in row.values.items()}
    return ChangedRow(row.row, row.pk, values, {})


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
