"""A plan becomes records: in one transaction, once, and only if nothing changed meanwhile."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from records.changes import content_write

from ..models import ImportJob
from ..planning.issues import Issue
from ..planning.plans import planned_rows
from ..planning.row_rules import RowRules
from ..planning.sheet_columns import store
from ..planning.uniqueness import free_value, movable_columns
from ..reading import collector_paused
from .tables import (
    Authorship,
    batches,
    current_links,
    delete_rows,
    insert_links,
    insert_rows,
    replace_links,
    reserve_ids,
    update_rows,
    write_history,
)

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class StaleCell:
    """A cell somebody changed after the plan was made: as planned from, as it is now, as wanted."""

    row: int
    pk: int
    attname: str
    planned_from: object
    now: object
    wanted: object


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
        self.report = progress or (lambda done, total: None)
        self.fields = {field.attname: field for field in model._meta.concrete_fields}
        self.movable = movable_columns(RowRules(model))
        self.sheet_rows: dict[int, int] = {}

    def write(self) -> None:
        self.report(0, self.total)
        self._delete()
        self._update()
        self._insert()
        self._check_rules()

    def _planned(self, kind: str) -> Iterator[list]:
        return batches(planned_rows(self.job, kind)) if self.job.counts.get(kind) else iter(())

    def _advance(self, count: int) -> None:
        self.written += count
        self.report(self.written, self.total)

    def _insert(self) -> None:
        if not self.job.counts.get("new"):
            return
        columns = self.job.understood["stored"]
        names = [self.model._meta.pk.attname, *columns]
        reserved = reserve_ids(self.model, self.job.counts["new"])
        pks = iter(reserved)
        linked_fields = set()
        for batch in self._planned("new"):
            self._refuse_taken(batch, columns)
            created = dict(zip(islice(pks, len(batch)), batch, strict=True))
            rows = ([pk, *values] for pk, (_row, values, _links) in created.items())
            insert_rows(self.model, names, rows)
            links = defaultdict(dict)
            for pk, (row, _values, linked) in created.items():
                self.sheet_rows[pk] = row
                for name, targets in linked.items():
                    links[name][pk] = targets
            for name, targets in links.items():
                insert_links(self.model._meta.get_field(name), targets)
            linked_fields |= links.keys()
            self._advance(len(batch))
        write_history(self.model, reserved, "+", self.authorship, have_links=bool(linked_fields))

    def _update(self) -> None:
        for batch in self._planned("changed"):
            self._refuse_stale(batch)
            self._make_room(batch)
        for batch in self._planned("changed"):
            groups: dict[tuple[str, ...], list[list]] = defaultdict(list)
            links = defaultdict(dict)
            touched = []
            for row, pk, changes, linked, withheld in batch:
                names = tuple(name for name in changes if name not in withheld)
                if names:
                    groups[names].append([*(changes[name][1] for name in names), pk])
                written = {name: pair for name, pair in linked.items() if name not in withheld}
                for name, (_before, after) in written.items():
                    links[name][pk] = after
                if names or written:
                    touched.append(pk)
                    self.sheet_rows[pk] = row
            for names, rows in groups.items():
                update_rows(self.model, names, rows)
            self._replace_links(links)
            write_history(self.model, touched, "~", self.authorship)
            self._advance(len(batch))

    def _make_room(self, batch) -> None:
        """Free the unique values that change: another row may get one before its own row moves."""
        groups: dict[tuple[str, ...], list[list]] = defaultdict(list)
        for _row, pk, changes, _links, withheld in batch:
            names = tuple(n for n in changes if n in self.movable and n not in withheld)
            if names:
                groups[names].append([*(free_value(self.fields[n], pk) for n in names), pk])
        for names, rows in groups.items():
            update_rows(self.model, names, rows)

    def _delete(self) -> None:
        for batch in self._planned("deleted"):
            self._refuse_stale([[row, pk, changes, {}, []] for row, pk, changes in batch])
            pks = [pk for _row, pk, _changes in batch]
            write_history(self.model, pks, "-", self.authorship)
            delete_rows(self.model, pks)
            self._advance(len(batch))

    def _replace_links(self, links) -> None:
        for name, targets in links.items():
            replace_links(self.model._meta.get_field(name), targets)

    def _refuse_stale(self, batch) -> None:
        """Compare what the plan was made from with the records, locked, as they are now."""
        names = sorted({name for _row, _pk, changes, *_rest in batch for name in changes})
        pks = [pk for _row, pk, *_rest in batch]
        locked = self.model._base_manager.select_for_update().filter(pk__any_of=pks)
        current = {row[0]: row[1:] for row in locked.values_list("pk", *names)}
        stale = []
        for row, pk, changes, *_rest in batch:
            if pk not in current:
                stale.append(StaleCell(row, pk, "", None, None, None))
                continue
            values = dict(zip(names, current[pk], strict=True))
            for name, (before, after) in changes.items():
                now = store(self.fields[name], values[name])
                if now != before:
                    stale.append(StaleCell(row, pk, name, before, now, after))
        stale += self._stale_links(batch)
        if stale:
            raise IsStale(stale)

    def _stale_links(self, batch) -> list[StaleCell]:
        stale = []
        for name in sorted({name for _row, _pk, _changes, links, _w in batch for name in links}):
            planned = {pk: (row, links[name]) for row, pk, _c, links, _w in batch if name in links}
            current = current_links(self.model._meta.get_field(name), list(planned))
            for pk, (row, (before, after)) in planned.items():
                now = current.get(pk, [])
                if now != before:
                    stale.append(StaleCell(row, pk, name, before, now, after))
        return stale

    def _refuse_taken(self, batch, columns: list[str]) -> None:
        """Look for records that somebody made after the plan under the keys of new rows."""
        keys = self.job.understood["keys"]
        positions = [columns.index(name) for name in keys]
        planned = {tuple([values[p] for p in positions]): row for row, values, _links in batch}
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
