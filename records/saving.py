"""Writing single records: what changed is saved, what is deleted takes along what hangs on it.

Both tell that content changed.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import connection, models, router, transaction
from django.db.models.deletion import Collector

from .changes import Kind, content_changed, content_write


def save_changed(instance, **values):
    """Set `values`; save if the record is new or one of them differs. Return whether it wrote.

    An unchanged record gets no history row.
    """
    is_new = instance._state.adding
    changed = [name for name in values if is_new or getattr(instance, name) != values[name]]
    for name in changed:
        setattr(instance, name, values[name])
    if is_new or changed:
        with content_write():
            instance.save()
            kind = Kind.CREATED if is_new else Kind.CHANGED
            content_changed(type(instance), kind, [instance.pk])
    return bool(is_new or changed)


def lock_rows(model: type[models.Model], **which) -> None:
    """Keep rows from being changed until the transaction ends, where the database locks rows.

    Everyone locks a parent before its parts, and rows of one model by their keys: so nobody waits
    for somebody who waits for them.
    """
    if connection.in_atomic_block and connection.features.has_select_for_update:
        with suppress(ValueError, ValidationError):
            rows = model._base_manager.filter(**which).order_by("pk")
            list(rows.select_for_update(no_key=True).values_list("pk"))


@transaction.atomic(savepoint=False)
@content_write()
def delete_records(records: Iterable[models.Model]) -> None:
    """Delete records of one model as Django does, with all rows that go with them.

    Raises ProtectedError when a row that stays refers to one of them.
    """
    records = list(records)
    if not records:
        return
    collector = Collector(using=router.db_for_write(type(records[0])), origin=records[0])
    collector.collect(records)
    for model, kind, pks in list(_consequences(collector)):
        content_changed(model, kind, pks)
    collector.delete()


def _consequences(collector: Collector) -> Iterator[tuple[type[models.Model], Kind, list[int]]]:
    """Yield the rows to be emptied of a reference, to lose a link, and to be deleted."""
    for (column, _value), groups in collector.field_updates.items():
        for rows in groups:
            yield column.model, Kind.CHANGED, [row.pk for row in rows]
    gone = [*collector.data.items(), *((rows.model, rows) for rows in collector.fast_deletes)]
    for model, rows in gone:
        if owner := model._meta.auto_created:
            links = [f.attname for f in model._meta.fields if f.related_model is owner]
            yield owner, Kind.CHANGED, [getattr(row, links[0]) for row in rows]
    for model, rows in gone:
        if not model._meta.auto_created:
            yield model, Kind.DELETED, [row.pk for row in rows]
