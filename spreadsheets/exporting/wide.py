"""Amounts with one column a fiscal year, one row for what the rest of the key names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Case, F, Max, Min, Value, When

from .formats.out_table import Cell, Kind, OutColumn, OutTable
from .long import BATCH, ExportColumn, renderer, sheet_name


@dataclass(frozen=True)
class WideForm:
    """How a Resource's sheet is written wide. Its other columns are left out, and so kept.

    across    the field whose values become columns: a part of the key
    value     the field whose whole numbers fill them
    heading   "{year}年度（{unit}）"
    units     unit → how much it is of `value`, the largest first; the last one is 1
    """

    across: str
    value: str
    heading: str
    units: Mapping[str, int]


def wide_table(resource, queryset, *, years: tuple[int, int] | None = None) -> OutTable:
    """Return a row for each key without its year, and every year from the first to the last.

    `years`, both inclusive, stand where there are no records. The unit is the largest of which
    every amount is a whole multiple, so that nothing is rounded.
    """
    form: WideForm = resource.wide
    names = [name for name in resource._meta.import_id_fields if name != form.across]
    columns = [ExportColumn(resource, name) for name in names]
    ends = queryset.order_by().aggregate(first=Min(form.across), last=Max(form.across))
    first, last = (ends["first"], ends["last"]) if ends["first"] is not None else years or (0, -1)
    unit, factor = _unit_of_all(form, queryset)
    across = tuple(
        OutColumn(form.heading.format(year=year, unit=unit), Kind.AMOUNT, 18)
        for year in range(first, last + 1)
    )
    return OutTable(
        name=sheet_name(resource),
        columns=(*(column.column for column in columns), *across),
        rows=lambda: _wide_rows(form, columns, queryset, first, len(across), factor),
        key=tuple(range(len(columns))),
    )


def _unit_of_all(form: WideForm, queryset) -> tuple[str, int]:
    for unit, factor in form.units.items():
        odd = queryset.order_by().annotate(rest=F(form.value) % factor).exclude(rest=0)
        if factor == 1 or not odd.exists():
            return unit, factor
    raise ValueError("the last unit of a WideForm is 1")


def _wide_rows(
    form: WideForm, columns: list[ExportColumn], queryset, first: int, count: int, factor: int
) -> Iterator[list[Cell]]:
    keys = [column.expression for column in columns]
    ordered = queryset.order_by(*map(_order, columns), form.across)
    values = ordered.values_list(*keys, form.across, form.value).iterator(BATCH)
    rendered = renderer([column.render for column in columns])
    width = len(columns)
    for key, rows in groupby(values, key=lambda row: row[:width]):
        cells: list[Cell] = [None] * count
        for row in rows:
            cells[row[-2] - first] = row[-1] // factor
        yield [*rendered(key), *cells]


def _order(column: ExportColumn):
    """Order related records by their key and choices as they are declared."""
    if not column.field.choices:
        return column.expression
    order = [value for value, _label in column.field.choices]
    return Case(*(When(**{column.field.name: v}, then=Value(i)) for i, v in enumerate(order)))
