"""Rows that name another row of their own sheet, as an organisation its parent, in either order.

The other row may be new as well. It has no key yet then, so the plan keeps its row's number, and
writing fills in the key.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext as _

from values.text_key import text_key

from ..resources.cells import cell_text
from .row_issues import RowIssues
from .sheet_columns import Refused, SheetColumn
from .sheet_values import Found, SheetRows


class NewRecord(NamedTuple):
    """Stands for the key that a new row will have."""

    row: int


def refers_to_itself(model: type[models.Model]) -> bool:
    """Whether rows of a model can refer to others of it."""
    return any(f.many_to_one and f.related_model is model for f in model._meta.concrete_fields)


class SameSheet:
    """Finds the rows of a sheet by what a cell of it may call them: key, name, abbreviation."""

    def __init__(self, resource, sheet: SheetRows, issues: RowIssues) -> None:
        self.sheet = sheet
        self.issues = issues
        self.columns = [column for column in sheet.columns if column.refers_to_own_model]
        objects = resource._meta.model.objects.all()
        abbreviation = getattr(objects, "abbreviation", "")
        self.names = [*getattr(objects, "own_names", ()), *filter(None, [abbreviation])]

    def found_here(self, column: SheetColumn, values: Sequence[Any], found: Found) -> list[Any]:
        """Return values in which rows of the sheet stand for what was not among the records."""
        raws = self._cells(column.name)
        return [
            self._value(raw, value, found) if isinstance(value, Refused) else value
            for raw, value in zip(raws, values, strict=True)
        ]

    def _value(self, raw: Any, refused: Refused, found: Found) -> Any:
        text = cell_text(raw)
        records = self._bearers(self.columns[0].widget.finder.lookups, text)
        if len(records) > 1:
            rows = "、".join(self.issues.said(self.sheet.rows[each][0]) for each in records)
            message = _("「%(value)s」は%(rows)s行目のどれか分かりません。コードで書いてください。")
            return Refused(message % {"value": text, "rows": rows})
        if not records:
            return refused
        before = found[records[0]]
        return before[0] if before else NewRecord(self.sheet.rows[records[0]][0])

    def _bearers(self, keys: Sequence[str], text: str) -> list[int]:
        """Return the rows that bear a name at its best rank: a key, a full name, a short one."""
        wanted = text_key(text)
        for name in (*keys, *self.names):
            if records := self._by_name[name].get(wanted):
                return records
        return []

    @cached_property
    def _by_name(self) -> Mapping[str, dict[str, list[int]]]:
        found: dict[str, dict[str, list[int]]] = defaultdict(dict)
        for column in self.sheet.columns:
            for record, raw in enumerate(self._cells(column.name)):
                if key := text_key(cell_text(raw)):
                    found[column.name].setdefault(key, []).append(record)
        return found

    def _cells(self, name: str) -> Iterator[Any]:
        at = next(at for at, each in enumerate(self.sheet.columns) if each.name == name)
        return (cells[at] for _row, cells in self.sheet.rows)

    def refuse_circles(self, values: Mapping[str, Sequence[Any]], found: Found) -> None:
        """Refuse the rows that come back to themselves through others, of which one is new.

        A row that refers to itself is for the model's own rule.
        """
        if not self.columns:
            return
        rows = {row: record for record, (row, _cells) in enumerate(self.sheet.rows)}
        pks = {before[0]: record for record, before in enumerate(found) if before}
        for column in self.columns:
            named = values[column.attname]

            def following(record: int, named: Sequence[Any] = named) -> int | None:
                value = named[record]
                at, key = (rows, value.row) if isinstance(value, NewRecord) else (pks, value)
                return at.get(key)

            for record, value in enumerate(named):
                if isinstance(value, NewRecord) and _returns(record, following):
                    row, raw = self.sheet.rows[record][0], list(self._cells(column.name))[record]
                    message = _("「%(heading)s」をたどると元に戻ります。")
                    message %= {"heading": column.heading}
                    self.issues.refuse(row, column, raw, "row.circle", message, record=record)

    def refuse_followers(self, planned: Iterable[Any]) -> bool:
        """Refuse the rows that refer to a new row which is refused; say whether there are any."""
        waiting = [each for each in planned if each.refers and each.row not in self.issues]
        columns = {column.attname: column for column in self.columns}
        is_any = False
        while refused := [
            (each, name, row)
            for each in waiting
            for name, row in each.refers.items()
            if row in self.issues
        ]:
            is_any = True
            for each, name, row in refused:
                message = _(
                    "「%(heading)s」は%(row)s行目の新しい行です。"
                    "先に%(row)s行目の誤りを直してください。"
                )
                words = {"heading": columns[name].heading, "row": self.issues.said(row)}
                self.issues.refuse(each.row, columns[name], "", "row.follows", message % words)
            waiting = [each for each in waiting if each.row not in self.issues]
        return is_any


def _returns(start: int, following) -> bool:
    record, seen = following(start), set()
    if record == start:
        return False
    while record is not None and record not in seen:
        if record == start:
            return True
        seen.add(record)
        record = following(record)
    return False
