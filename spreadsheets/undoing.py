"""Undoing an import: a plan made from the values that were there before, to be confirmed."""

from collections.abc import Iterable, Iterator

from django.db import models, transaction
from django.utils.translation import gettext as _

from .issues import Issue
from .models import ImportJob
from .planning.plans import Plan, planned_rows, save_plan
from .planning.row_rules import RowRules
from .planning.sheet_columns import store
from .writing import batches, current_links


@transaction.atomic
def plan_undo(job: ImportJob, model: type[models.Model], *, user) -> ImportJob:
    """Return the job whose plan takes `job` back; the one made earlier if it was not applied.

    Rows edited since and new rows that others refer to are refused in the plan, with the reason.
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
        self.result = Plan(stored=[])

    def plan(self) -> Plan:
        for batch in batches(planned_rows(self.job, "changed")):
            self._take_back(batch)
        for batch in batches(self._created_rows()):
            self._remove(batch)
        return self.result

    def _take_back(self, batch: list) -> None:
        rows = [
            (row, pk, self._written(changes, withheld), self._written(links, withheld))
            for row, pk, changes, links, withheld in batch
        ]
        current = self._current([pk for _row, pk, *_rest in rows])
        linked = {
            name: current_links(self.model._meta.get_field(name), list(current))
            for name in {name for *_row, links in rows for name in links}
        }
        for row, pk, changes, links in rows:
            if pk not in current:
                self._refuse(row, pk, "row.gone", _("この記録は、その後に削除されました。"))
                continue
            now = current[pk]
            edited = [
                str(self.fields[name].verbose_name)
                for name, (_before, after) in changes.items()
                if store(self.fields[name], now[name]) != after
            ]
            edited += [
                str(self.model._meta.get_field(name).verbose_name)
                for name, (_before, after) in links.items()
                if linked[name].get(pk, []) != after
            ]
            if edited:
                message = _("「%(labels)s」は、その後に変えられたので元に戻しません。")
                self._refuse(row, pk, "row.edited", message % {"labels": "・".join(edited)})
                continue
            back = self._back(now, changes)
            links_back = {name: [after, before] for name, (before, after) in links.items()}
            if back or links_back:
                self.result.rows["changed"].append([row, pk, back, links_back, []])

    def _written(self, changes: dict, withheld: list[str]) -> dict:
        """The changes that were written, but for derived columns, which follow from the others."""
        left_out = {field.attname for field in self.rules.derived_fields} | set(withheld)
        return {name: pair for name, pair in changes.items() if name not in left_out}

    def _back(self, now: dict, changes: dict) -> dict[str, list]:
        """The way back, with the derived columns of the row as it will be."""
        then = {
            **now,
            **{name: self.fields[name].to_python(pair[0]) for name, pair in changes.items()},
        }
        then |= self.rules.derived(then)
        return {
            name: [store(field, now[name]), store(field, then[name])]
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
                message = _("「%(model)s」から使われているので削除しません。")
                self._refuse(0, pk, "row.used", message % {"model": used[pk]})
            else:
                changes = {name: [value, value] for name, value in written.items()}
                self.result.rows["deleted"].append([0, pk, changes])

    def _relinked(self, pks: list[int]) -> set[int]:
        """Which of the rows the job created have other many-to-many links than it gave them."""
        found = set()
        for field in self.model._meta.many_to_many:
            names = [field.m2m_field_name(), field.m2m_reverse_field_name()]
            history = getattr(self.model.history.model, field.name).model
            pairs = history.objects.filter(
                history__import_job_id=self.job.pk,
                history__history_type="+",
                **{f"{names[0]}__among": pks},
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
        """Which of the rows another row refers to, and what kind of row that is."""
        own_links = {field.remote_field.through for field in self.model._meta.many_to_many}
        used = {}
        for relation in self.model._meta.get_fields(include_hidden=True):
            if relation.concrete or not (relation.one_to_many or relation.one_to_one):
                continue
            other, name = relation.related_model, relation.field.name
            if other in own_links or hasattr(other, "history_id"):
                continue
            found = other._base_manager.filter(**{f"{name}__in": pks}).values_list(name, flat=True)
            used |= dict.fromkeys(found, str(other._meta.verbose_name))
        return used

    def _refuse(self, row: int, pk: int, code: str, message: str) -> None:
        instance = self.model._base_manager.filter(pk=pk).first()
        issue = Issue("", row, "", "", str(instance or pk), code, message)
        self.result.issues.append(issue)
        self.result.rows["refused"].append([row, [issue.as_json()]])
