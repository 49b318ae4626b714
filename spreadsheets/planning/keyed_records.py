"""The rows of a sheet by the keys that tell records apart, and the records that have them."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from values.text_key import text_key

from ..tables import current_links
from .row_issues import RowIssues
from .sheet_columns import MISSING, SheetColumn
from .sheet_values import SheetRows

BATCH = 5_000


class KeyedRecords:
    """`keys` are the attnames that tell records apart, `attnames` all of the model's columns."""

    def __init__(
        self,
        model: type[models.Model],
        keys: Sequence[str],
        attnames: Sequence[str],
        issues: RowIssues,
    ) -> None:
        self.model = model
        self.keys = keys
        self.attnames = attnames
        self.issues = issues

    def rows_by_key(
        self, sheet: SheetRows, values: Mapping[str, Sequence[Any]]
    ) -> list[tuple[tuple, int]]:
        """Leave out rows without a key and refuse those whose key stands twice in the sheet."""
        columns = {column.attname: column for column in sheet.columns}
        first_rows: dict[tuple, int] = {}
        keyed = []
        cells = [self._key_values(name, values, len(sheet.rows)) for name in self.keys]
        for record, ((row, _cells), *key) in enumerate(zip(sheet.rows, *cells, strict=True)):
            if row in self.issues:
                continue
            if MISSING in key:
                for name, value in zip(self.keys, key, strict=True):
                    if value is MISSING:
                        message = _("行を見分ける値がありません。")
                        column = columns.get(name)
                        self.issues.refuse(row, column, "", "key.blank", message, record=record)
                continue
            folded = tuple([text_key(v) if isinstance(v, str) else v for v in key])
            if folded in first_rows:
                self._refuse_twice(row, first_rows[folded], columns)
                continue
            first_rows[folded] = row
            keyed.append((tuple(key), record))
        return keyed

    def _refuse_twice(self, row: int, first: int, columns: Mapping[str, SheetColumn]) -> None:
        headings = "・".join(columns[n].heading for n in self.keys if n in columns)
        if row == first:
            message = _(
                "この行には、「%(headings)s」が同じ値が二つ以上あります（府省ごとの額など）。"
                "一つにまとめてください。"
            )
            words = {"headings": headings}
            self.issues.refuse(row, None, "", "key.duplicate", message % words)
            return
        for place, other in ((row, first), (first, row)):
            message = _("%(other)s行目と同じ「%(headings)s」です。どちらかを消してください。")
            words = {"other": self.issues.said(other), "headings": headings}
            self.issues.refuse(place, None, "", "key.duplicate", message % words)

    def _key_values(self, name: str, values: Mapping[str, Sequence[Any]], count: int):
        """Return a key column's values; a blank is a value where the field may be null."""
        typed = values.get(name, [MISSING] * count)
        if not next(f for f in self.model._meta.concrete_fields if f.attname == name).null:
            return typed
        return [None if value is MISSING else value for value in typed]

    def existing(self, keys: Sequence[tuple]) -> dict[tuple, tuple]:
        """Return {key: (pk, *values in attname order)} for the keys that exist."""
        key_of = picker([self.attnames.index(name) + 1 for name in self.keys])
        manager = self.model._base_manager.values_list("pk", *self.attnames)
        manager = with_parts_of(manager, self.keys[1:], [key[1:] for key in keys])
        rows = self.scan(manager, self.keys[0], {key[0] for key in keys})
        return {key_of(row): row for row in rows}

    def scan(self, queryset, name: str, wanted: set) -> Iterator[tuple]:
        """Yield the rows that have one of many values: looked up, or all read for a large share."""
        if len(wanted) > BATCH and len(wanted) * 3 > self.model._base_manager.count():
            return queryset.iterator(BATCH)
        return queryset.filter(**{f"{name}__any_of": wanted}).iterator(BATCH)


def with_parts_of(
    queryset: models.QuerySet, names: Sequence[str], keys: Collection[Sequence[Any]]
) -> models.QuerySet:
    """Leave out the records that have no part of some keys: thousands of one programme, say.

    What is left may have the parts of different keys. A part that may be null filters nothing.
    """
    for name, parts in zip(names, zip(*keys, strict=True), strict=False):
        wanted = set(parts)
        if None not in wanted:
            queryset = queryset.filter(**{f"{name}__any_of": wanted})
    return queryset


def existing_links(
    columns: Sequence[SheetColumn], pks: list[int]
) -> dict[str, dict[int, tuple[int, ...]]]:
    """Return {link: {pk: sorted target pks}} of many-to-many columns."""
    links: dict[str, dict[int, tuple[int, ...]]] = {}
    for column in columns:
        found = current_links(column.field, pks)
        links[column.name] = {pk: tuple(linked) for pk, linked in found.items()}
    return links


def picker(positions: Sequence[int]) -> Callable[[tuple], tuple]:
    """Return what takes the values at `positions` out of a row, as a tuple of any length."""
    if len(positions) == 1:
        return lambda row: (row[positions[0]],)
    return itemgetter(*positions)
