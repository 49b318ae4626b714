"""A Resource's records as a long table to send: one record a row. The wide form builds on it.

Rows are read in batches of values; no model instance is made. What is read is constant in memory.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Concat
from django.utils.translation import override

from ..resources.cells import ChoiceCell, TextCell, cell_text
from ..tables import batches
from ..understanding.ditto import quoted
from .formats.out_table import Cell, Kind, OutColumn, OutTable

BATCH = 2_000
_WIDEST = 50


class ExportColumn:
    """One column of a Resource: what to ask of the database, and how that becomes a cell."""

    def __init__(self, resource, name: str) -> None:
        field = resource.fields[name]
        self.field = resource._meta.model._meta.get_field(field.attribute)
        self.widget = field.widget
        self.heading = field.column_name

    @property
    def is_link(self) -> bool:
        return self.field.many_to_many

    @property
    def expression(self):
        """What values_list takes: a related record is its natural key, joined by "/"."""
        name = self.field.name
        if self.is_link:
            return Value(None, output_field=models.CharField())
        if not self.field.is_relation:
            return F(name)
        paths = [F(f"{name}__{lookup}") for lookup in self.widget.finder.lookups]
        if len(paths) == 1:
            return paths[0]
        parts = [part for path in paths for part in (Value("/"), path)][1:]
        joined = Concat(*parts, output_field=models.CharField())
        return Case(When(**{f"{name}__isnull": False}, then=joined))

    @property
    def render(self) -> Callable[[Any], Cell] | None:
        """How a value becomes a cell; None when it is one already.

        Columns of few distinct values are rendered once a value.
        """
        is_number = isinstance(self.field, models.IntegerField) and not self.field.choices
        if self.is_link or self.field.is_relation or is_number:
            return None
        if isinstance(self.field, models.DateField):
            return None
        if type(self.widget) is TextCell:
            return _text_cell
        return _Rendered(self.widget.render).__getitem__

    @property
    def column(self) -> OutColumn:
        kind = self.kind
        width = {Kind.DATE: 12, Kind.NUMBER: 10, Kind.AMOUNT: 20, Kind.PROSE: _WIDEST}.get(kind)
        if width is None:
            width = min(_WIDEST, max(12, (self.field.max_length or 60) // 2))
        width = max(width, 2 * len(self.heading) + 2)
        return OutColumn(self.heading, kind, width, self.choices)

    @property
    def kind(self) -> Kind:
        if self.field.is_relation or self.field.choices:
            return Kind.TEXT
        if isinstance(self.field, models.DateField):
            return Kind.DATE
        if isinstance(self.field, models.BigIntegerField):
            return Kind.AMOUNT
        if isinstance(self.field, models.IntegerField):
            return Kind.NUMBER
        return Kind.PROSE if isinstance(self.field, models.TextField) else Kind.TEXT

    @property
    def choices(self) -> tuple[str, ...]:
        if isinstance(self.widget, ChoiceCell):
            return tuple(self.widget.labels("ja").values())
        return ("はい", "いいえ") if isinstance(self.field, models.BooleanField) else ()


class _Rendered(dict):
    """value → its cell, worked out once."""

    def __init__(self, render: Callable[[Any], Cell]) -> None:
        super().__init__()
        self.of = render

    def __missing__(self, value: Any) -> Cell:
        self[value] = cell = self.of(value)
        return cell


def _text_cell(value: str | None) -> str | None:
    return None if value is None else quoted(cell_text(value))


def export_columns(resource) -> list[ExportColumn]:
    names = {field: name for name, field in resource.fields.items()}
    return [ExportColumn(resource, names[field]) for field in resource.get_export_fields()]


def sheet_name(resource) -> str:
    with override("ja"):
        return str(resource._meta.model._meta.verbose_name)


def long_table(resource, queryset) -> OutTable:
    """Return the records of `queryset`, in its order, under the headings that import reads."""
    columns = export_columns(resource)
    attributes = [column.field.name for column in columns]
    key = (attributes.index(resource.fields[n].attribute) for n in resource._meta.import_id_fields)
    return OutTable(
        name=sheet_name(resource),
        columns=tuple(column.column for column in columns),
        rows=lambda: _long_rows(columns, queryset),
        key=tuple(key),
    )


def _long_rows(columns: list[ExportColumn], queryset) -> Iterator[list[Cell]]:
    links = [(index, column) for index, column in enumerate(columns) if column.is_link]
    values = queryset.values_list("pk", *(column.expression for column in columns))
    rendered = renderer([None, *(column.render for column in columns)])
    for rows in batches(values.iterator(BATCH), BATCH):
        cells = [rendered(row) for row in rows]
        for index, column in links:
            codes = _linked_codes(column, [row[0] for row in rows])
            for row in cells:
                row[index + 1] = codes.get(row[0])
        for row in cells:
            del row[0]
            yield row


def renderer(renders: list[Callable[[Any], Cell] | None]) -> Callable[[tuple], list[Cell]]:
    steps = [(index, render) for index, render in enumerate(renders) if render is not None]

    def rendered(values: tuple) -> list[Cell]:
        cells = list(values)
        for index, render in steps:
            cells[index] = render(cells[index])
        return cells

    return rendered


def _linked_codes(column: ExportColumn, pks: list[int]) -> dict[int, str]:
    """Return {pk: "a; b"} for the records that have links, in one query."""
    field = column.field
    owner, target = field.m2m_field_name(), field.m2m_reverse_field_name()
    pairs = field.remote_field.through._base_manager.filter(**{f"{owner}__in": pks})
    (lookup,) = column.widget.finder.lookups
    codes: dict[int, list[str]] = {}
    for pk, code in pairs.values_list(owner, f"{target}__{lookup}"):
        codes.setdefault(pk, []).append(code)
    return {pk: "; ".join(sorted(linked)) for pk, linked in codes.items()}
