"""Merged cells: what is said of all their rows, and what counts for the first cell only. Pure."""

from collections.abc import Sequence
from typing import Any

from values.messages import Message, gettext_noop

from ..reading import Grid, Notice
from .columns import Schema
from .heading.sense import Heading

_SHOWN = 5


def rows_merged_over(grid: Grid, column: int) -> frozenset[int]:
    """Return the rows whose cell in a column is covered by one above it."""
    last = len(grid.rows)
    return frozenset(
        row
        for merge in grid.merges
        if merge.first_column == merge.last_column == column
        for row in range(merge.first_row + 1, min(merge.last_row, last) + 1)
    )


def spread_down(
    grid: Grid, column: int, rows: Sequence[int], values: Sequence[Any]
) -> Sequence[Any]:
    """Return a column's values, with that of a cell merged over rows in all of them."""
    record_of = {row: record for record, row in enumerate(rows)}
    filled = list(values)
    for merge in grid.merges:
        if merge.first_column == merge.last_column == column:
            value = grid.value(merge.first_row, column)
            for row in range(merge.first_row + 1, min(merge.last_row, len(grid.rows)) + 1):
                if row in record_of:
                    filled[record_of[row]] = value
    return filled


def says_all_rows(schema: Schema, name: str) -> bool:
    """Whether a cell of a column that is merged over rows says its value of all of them."""
    column, years = schema.column(name), schema.years
    return column.carry_down or not (column.takes_unit or (years and years.gather))


def tell_merges(
    grid: Grid,
    schema: Schema,
    headings: Sequence[Heading],
    rows: Sequence[int],
    notices: list[Notice],
) -> None:
    """Tell of merged cells in `rows` whose value counts for their first cell only."""
    told = {each.column for each in headings if each.name and says_all_rows(schema, each.name)}
    labels = {column.slides_to for column in schema.columns} - {""}
    slid = {each.column for each in headings if each.name in labels}
    columns = {each.column for each in headings}
    taken = set(rows)
    alone = [
        merge.address
        for merge in grid.merges
        if merge.first_column in columns
        and not (merge.first_column in told and merge.first_column == merge.last_column)
        and not (merge.first_column in slid and merge.first_row == merge.last_row)
        and not taken.isdisjoint(range(merge.first_row, min(merge.last_row, len(grid.rows)) + 1))
    ]
    if alone:
        shown = "、".join(alone[:_SHOWN]) + ("…" if len(alone) > _SHOWN else "")
        text = gettext_noop("結合されたセル %(shown)s の値は、左上のセルだけの値として読みました。")
        notices.append(Notice("cell.merged", Message(text, {"shown": shown})))
