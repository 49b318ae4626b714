"""Whether the records still are what a plan was made from: checked where it is written."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext as _

from ..planning.keyed_records import with_parts_of
from ..planning.planned import Change, ChangedRow, DeletedRow, NewRow
from ..planning.sheet_columns import store
from ..planning.understood import StaleCell
from ..tables import current_links


class CannotApply(Exception):
    """The plan cannot be written; nothing was."""


class IsStale(CannotApply):
    def __init__(self, cells: list[StaleCell]) -> None:
        super().__init__(_("確認の後に、ほかの人が記録を変えました。"))
        self.cells = cells


class PlannedFrom:
    """The records of a model beside batches of planned rows; raises IsStale where they differ."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.fields = {field.attname: field for field in model._meta.concrete_fields}

    def refuse_stale(self, batch: list[ChangedRow]) -> None:
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

    def refuse_taken(
        self, batch: list[NewRow], columns: Sequence[str], keys: Sequence[str]
    ) -> None:
        """Look for records that somebody made after the plan under the keys of new rows."""
        positions = [columns.index(name) for name in keys]
        planned = {tuple([new.values[p] for p in positions]): new.row for new in batch}
        near = with_parts_of(self.model._base_manager.all(), keys, planned)
        stale = []
        for pk, *values in near.values_list("pk", *keys):
            key = tuple(store(self.fields[n], v) for n, v in zip(keys, values, strict=True))
            if key in planned:
                stale.append(StaleCell(planned[key], pk, keys[-1], None, key[-1], key[-1]))
        if stale:
            raise IsStale(stale)


def as_planned_from(row: DeletedRow) -> ChangedRow:
    """The row as one whose values are to stay what they were planned from."""
    values = {name: Change(value, value) for name, value in row.values.items()}
    return ChangedRow(row.row, row.pk, values, {})
