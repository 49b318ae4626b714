"""The one place that knows that content changed.

Imports write without signals, so nothing may hang on those. Every writer of content (admin,
import, undo, command, publishing) calls `content_changed` instead, inside its transaction, and
what wants to know subscribes here.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import models, transaction


class Kind(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True)
class ContentChange:
    """Rows of one model that one write created, changed or deleted; who wrote, in which import.

    A row whose many-to-many links changed has changed. A row saved as it was may be among the
    changed ones, as it is in the history.
    """

    model: type[models.Model]
    kind: Kind
    pks: tuple[int, ...]
    user_id: int | None = None
    job_id: int | None = None


@dataclass
class _Write:
    """What a write has done so far: the kind of change of each row."""

    user_id: int | None
    job_id: int | None
    rows: dict[type[models.Model], dict[int, Kind]] = field(default_factory=dict)

    def add(self, model: type[models.Model], kind: Kind, pks: Iterable[int]) -> None:
        rows = self.rows.setdefault(model, {})
        for pk in pks:
            before = rows.pop(pk, None)
            if before is Kind.CREATED and kind is Kind.DELETED:
                continue
            if before is Kind.DELETED and kind is Kind.CREATED:
                rows[pk] = Kind.CHANGED
            else:
                rows[pk] = before if before is Kind.CREATED else kind

    def changes(self) -> Iterator[ContentChange]:
        for model, rows in self.rows.items():
            for kind in Kind:
                pks = tuple(pk for pk, happened in rows.items() if happened is kind)
                if pks:
                    yield ContentChange(model, kind, pks, self.user_id, self.job_id)


Listener = Callable[[ContentChange], None]

_listeners: list[Listener] = []
_write: ContextVar[_Write | None] = ContextVar("write", default=None)


def subscribe(listener: Listener) -> Callable[[], None]:
    """Call `listener` of every change, in its transaction. Return what ends the subscription.

    An error of a listener takes the whole write back.
    """
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


def content_changed(model: type[models.Model], kind: Kind, pks: Iterable[int]) -> None:
    """Tell that rows were created, changed or deleted: with the write around, or by itself."""
    with content_write() as write:
        write.add(model, kind, pks)


@contextmanager
def content_write(*, user_id: int | None = None, job_id: int | None = None) -> Iterator[_Write]:
    """Gather what is told inside; at its end tell it once for each model and kind.

    Belongs into a transaction; nothing is told of one that fails or is to be rolled back. Inside
    another it adds to that one, unless it says by whom or in which import. Raises
    TransactionManagementError outside of a transaction, before anything is written.
    """
    transaction.get_rollback()
    around = _write.get()
    if around is not None and user_id is None and job_id is None:
        yield around
        return
    write = _Write(user_id, job_id)
    token = _write.set(write)
    try:
        yield write
    finally:
        _write.reset(token)
    if not transaction.get_rollback():
        for change in write.changes():
            for listener in _listeners:
                listener(change)
