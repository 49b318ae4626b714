"""Undoing an import: a plan made from the values that were there before, to be confirmed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property

from django.db import models, transaction
from django.utils.translation import gettext as _

from ..models import ImportJob
from ..planning.issues import Issue
from ..planning.planned import Change, ChangedRow, DeletedRow, RefusedRow
from ..planning.plans import Plan, planned_rows, save_plan
from ..planning.row_rules import RowRules
from ..planning.sheet_columns import store
from ..planning.uniqueness import Claim, UniqueValues
from ..tables import batches, current_links


@transaction.atomic
def plan_undo(job: ImportJob, model: type[models.Model], *, user) -> ImportJob:
    """Return the job whose plan takes `job` back; the one made earlier if it was not applied.

    Refused in the plan, with the reason: rows edited since, new rows that others refer to, and
    rows whose former values would break a rule, repeat a unique value or refer to nothing now.
    """
    job = ImportJob.objects.select_for_update().get(pk=job.pk)
    if job.state != ImportJob.State.APPLIED or job.undo_of_id:
        raise ValueError(_("取り消せるのは、取込み済みのものだけです。"))
    undo, _created = ImportJob.objects.get_or_create(
        undo_of=job,
        defaults={"resource": job.resource, "owner": user, "filename": job.filename},
    )
    save_plan(undo, _Undoing(job, model).plan())
    return undo


class _Undoing:
    def __init__(self, job: ImportJob, model: type[models.Model]) -> None:
        self.job = job
        self.model = model
        self.fields = {field.attname: field for field in model._meta.concrete_fields}
        self.rules = RowRules(model)
        self.unique = UniqueValues(self.rules, job.understood.keys)
        fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
        self.relations = {f.attname: f.related_model for f in fields if f.is_relation}
        self.returning: list[tuple[Claim, ChangedRow]] = []
        self.leaving: dict[int, DeletedRow] = {}
        self.used_here: dict[int, set[tuple[int, str]]] = defaultdict(set)
        self.result = Plan(columns=list(self.fields))

    def plan(self) -> Plan:
        for batch in batches(planned_rows(self.job, "changed")):
            self._take_back(batch)
        for batch in batches(self._created_rows()):
            self._remove(batch)
        self._settle()
        return self.result

    def _take_back(self, batch: list[ChangedRow]) -> None:
        rows = [
            ChangedRow(
                row.row,
                row.pk,
                self._not_derived(self._as_written(row)),
                self._not_derived(row.written_links),
            )
            for row in batch
        ]
        current = self._current([row.pk for row in rows])
        linked = {
            name: current_links(self.model._meta.get_field(name), list(current))
            for name in {name for row in rows for name in row.links}
        }
        gone = self._gone(rows)
        for row in rows:
            if row.pk not in current:
                self._refuse(row.row, row.pk, "row.gone", _("この記録は、その後に削除されました。"))
                continue
            now = current[row.pk] | {name: linked[name].get(row.pk, []) for name in row.links}
            then = self._then(now, row.changes)
            if obstacle := self._obstacle(now, then, {**row.changes, **row.links}, gone):
                self._refuse(row.row, row.pk, *obstacle)
                continue
            back = self._back(now, then)
            links = {name: Change(after, before) for name, (before, after) in row.links.items()}
            if back or links:
                claim = Claim(row.pk, row.pk, back.keys(), then if self.unique.sets else {})
                self.returning.append((claim, ChangedRow(row.row, row.pk, back, links)))

    def _as_written(self, row: ChangedRow) -> dict[str, Change]:
        """The changes with the keys that new rows of the same sheet were given."""
        keys = {name: self._keys_of_rows[at] for name, at in row.refers.items()}
        return {
            name: each._replace(after=keys.get(name, each.after))
            for name, each in row.written.items()
        }

    @cached_property
    def _keys_of_rows(self) -> dict[int, int]:
        """Row of the sheet → key of the record it made: both stand in one order."""
        rows = (new.row for new in planned_rows(self.job, "new"))
        return dict(zip(rows, (pk for pk, _written in self._created_rows()), strict=True))

    def _obstacle(self, now: dict, then: dict, changes: dict, gone: dict) -> tuple[str, str] | None:
        """Return (code, message) of why a row by itself cannot be as it was before `changes`."""
        if labels := self._edited(now, changes):
            message = _("「%(labels)s」は、その後に変えられたので元に戻しません。")
            return "row.edited", message % {"labels": labels}
        lost = (name for name, (before, _after) in changes.items() if gone[name] & _targets(before))
        if labels := self._labels(lost):
            message = _("「%(labels)s」の元の相手は、その後に削除されたので元に戻しません。")
            return "row.target_gone", message % {"labels": labels}
        if broken := self.rules.broken_by(then):
            reasons = " ".join(str(each.get_violation_error_message()) for each in broken)
            return "row.rule", _("元に戻せません。%(reasons)s") % {"reasons": reasons}
        return None

    def _edited(self, now: dict, changes: dict) -> str:
        """Which columns and links no longer are as the import wrote them."""
        return self._labels(
            name
            for name, (_before, after) in changes.items()
            if (store(self.fields[name], now[name]) if name in self.fields else now[name]) != after
        )

    def _labels(self, names: Iterable[str]) -> str:
        return "・".join(str(self.model._meta.get_field(name).verbose_name) for name in names)

    def _settle(self) -> None:
        """Let the rows go back whose former values no record will have that stays as it is.

        A row that stays keeps what it refers to, and that its own values: until nothing changes.
        """
        clashes = True
        while clashes:
            self._keep_used()
            claims = [claim for claim, _row in self.returning]
            found = self.unique.clashes(claims, scan=_records_with, deleted=self.leaving.keys())
            clashes = {clash.row: clash for clash in found}
            for claim, row in self.returning:
                if clash := clashes.get(claim.row):
                    message = _(
                        "「%(labels)s」の元の値「%(value)s」は、"
                        "ほかの記録が使っているので元に戻しません。"
                    )
                    words = {"labels": self._labels(clash.attnames), "value": clash.shown}
                    self._refuse(row.row, row.pk, "value.repeated", message % words)
            self.returning = [each for each in self.returning if each[0].row not in clashes]
        self.result.rows["changed"] += [row for _claim, row in self.returning]
        self.result.rows["deleted"] += self.leaving.values()

    def _keep_used(self) -> None:
        """Refuse to delete what rows of the same model refer to that stay as they are."""
        back = {row.pk: row.changes.keys() for _claim, row in self.returning}
        while used := [
            pk
            for pk in self.leaving
            if any(
                user not in self.leaving and name not in back.get(user, ())
                for user, name in self.used_here[pk]
            )
        ]:
            for pk in used:
                del self.leaving[pk]
                self._refuse_used(pk, str(self.model._meta.verbose_name))

    def _refuse_used(self, pk: int, model: str) -> None:
        message = _("「%(model)s」から使われているので削除しません。")
        self._refuse(0, pk, "row.used", message % {"model": model})

    def _gone(self, rows: list[ChangedRow]) -> dict[str, set]:
        """Return {column: primary keys} the rows referred to that are deleted. A query a column."""
        pks: dict[str, set] = defaultdict(set)
        for row in rows:
            for name, (before, _after) in {**row.changes, **row.links}.items():
                if name in self.relations:
                    pks[name] |= _targets(before)
        for name, wanted in pks.items():
            found = self.relations[name]._base_manager.filter(pk__any_of=wanted)
            wanted.difference_update(found.values_list("pk", flat=True))
        return pks

    def _not_derived(self, changes: dict[str, Change]) -> dict[str, Change]:
        """The changes but those of derived columns, which follow from the others."""
        derived = {field.attname for field in self.rules.derived_fields}
        return {name: change for name, change in changes.items() if name not in derived}

    def _then(self, now: dict, changes: dict) -> dict:
        """The row as it will be, with its derived columns."""
        before = {name: self.fields[name].to_python(pair[0]) for name, pair in changes.items()}
        return now | before | self.rules.derived(now | before)

    def _back(self, now: dict, then: dict) -> dict[str, Change]:
        return {
            name: Change(store(field, now[name]), store(field, then[name]))
            for name, field in self.fields.items()
            if now[name] != then[name]
        }

    def _created_rows(self) -> Iterator[tuple[int, dict]]:
        """Yield the rows the job created, (pk, tracked values as it wrote them)."""
        history = self.model.history.model
        pk_name = self.model._meta.pk.attname
        names = [f.attname for f in history.tracked_fields if f.attname != pk_name]
        written = history.objects.filter(import_job_id=self.job.pk, history_type="+")
        for pk, *values in written.order_by(pk_name).values_list(pk_name, *names):
            pairs = zip(names, values, strict=True)
            yield pk, {name: store(self.fields[name], value) for name, value in pairs}

    def _remove(self, batch: list[tuple[int, dict]]) -> None:
        pks = [pk for pk, _written in batch]
        current = self._current(pks)
        used = self._referred_to(pks)
        relinked = self._relinked(pks)
        for pk, written in batch:
            if pk not in current:
                continue
            is_edited = any(store(self.fields[n], current[pk][n]) != v for n, v in written.items())
            if is_edited or pk in relinked:
                self._refuse(0, pk, "row.edited", _("その後に変えられたので削除しません。"))
            elif pk in used:
                self._refuse_used(pk, used[pk])
            else:
                self.leaving[pk] = DeletedRow(0, pk, written)

    def _relinked(self, pks: list[int]) -> set[int]:
        """Which of the rows the job created have other many-to-many links than it gave them."""
        found = set()
        for field in self.model._meta.many_to_many:
            names = [field.m2m_field_name(), field.m2m_reverse_field_name()]
            history = getattr(self.model.history.model, field.name).model
            pairs = history.objects.filter(
                history__import_job_id=self.job.pk,
                history__history_type="+",
                **{f"{names[0]}__any_of": pks},
            )
            given: dict[int, list[int]] = {}
            for pk, target in pairs.order_by(*names).values_list(*names):
                given.setdefault(pk, []).append(target)
            now = current_links(field, pks)
            found |= {pk for pk in pks if now.get(pk) != given.get(pk)}
        return found

    def _current(self, pks: list[int]) -> dict[int, dict]:
        """Return {pk: {attname: value}} of the rows that are still there."""
        rows = self.model._base_manager.filter(pk__in=pks).values_list("pk", *self.fields)
        return {row[0]: dict(zip(self.fields, row[1:], strict=True)) for row in rows}

    def _referred_to(self, pks: Iterable[int]) -> dict[int, str]:
        """Which of the rows another row refers to, and what kind of row that is.

        Rows of the same model may go as well: they are kept in `used_here` until that is settled.
        """
        own_links = {field.remote_field.through for field in self.model._meta.many_to_many}
        used = {}
        for relation in self.model._meta.get_fields(include_hidden=True):
            if relation.concrete or not (relation.one_to_many or relation.one_to_one):
                continue
            other, name = relation.related_model, relation.field.name
            if other in own_links or hasattr(other, "history_id"):
                continue
            found = other._base_manager.filter(**{f"{name}__in": pks}).values_list(name, flat=True)
            if other is self.model:
                for target, pk in found.values_list(name, "pk"):
                    self.used_here[target].add((pk, relation.field.attname))
                continue
            used |= dict.fromkeys(found, str(other._meta.verbose_name))
        return used

    def _refuse(self, row: int, pk: int, code: str, message: str) -> None:
        instance = self.model._base_manager.filter(pk=pk).first()
        issue = Issue("", row, "", "", str(instance or pk), code, message)
        self.result.rows["refused"].append(RefusedRow(row, (issue,)))


def _targets(value) -> set:
    """The primary keys that a foreign key or a list of links names."""
    return set(value) if isinstance(value, list) else {value} - {None}


def _records_with(queryset, name: str, values: set) -> Iterator[tuple]:
    return queryset.filter(**{f"{name}__any_of": values}).iterator()
