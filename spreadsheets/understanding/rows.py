"""Every row below a heading has a role: data, total, banner, heading again, hidden. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from values.messages import Message, gettext_noop

from ..reading import Grid, Notice, cell_text
from .columns import Overrides, Schema, listed, nothing
from .heading.headings import Found
from .region import Region, is_blank
from .totals import find_total_rows, tell_total_rows

_HIDDEN_LEFT_OUT = gettext_noop("非表示の行が %(count)s 行あります（%(rows)s行目）。除きました。")
_HIDDEN_TAKEN = gettext_noop("非表示の行が %(count)s 行あります（%(rows)s行目）。取り込みます。")
_AGAIN = gettext_noop("%(shown)s行目は見出しの繰返しなので除きました。")
_BANNER = gettext_noop("区切りの行 %(count)s 行を除きました（%(rows)s行目「%(words)s」など）。")


@dataclass(frozen=True)
class Rows:
    """Excel's numbers of rows by role.

    totals  {row: the column in which it says that it is a total}
    cuts    {row: column}: below it nothing is taken over in this column or right of it
    """

    data: list[int]
    totals: dict[int, int] = field(default_factory=dict)
    cuts: dict[int, int] = field(default_factory=dict)


def sort_rows(
    grid: Grid,
    schema: Schema,
    found: Found,
    region: Region,
    last: int,
    overrides: Overrides,
    notices: list[Notice],
) -> Rows:
    rows = _filled_rows(grid, found, region, last)
    again = [row for row in rows if row in region.again]
    if again:
        notices.append(Notice("left_out.heading_again", Message(_AGAIN, {"shown": listed(again)})))
        rows = [row for row in rows if row not in region.again]
    hidden = [row for row in rows if row in grid.hidden_rows] if grid.hidden_rows else []
    if hidden:
        is_out = overrides.skip_hidden
        words = {"count": len(hidden), "rows": listed(hidden)}
        code = "left_out.hidden_row" if is_out else "row.hidden"
        notices.append(Notice(code, Message(_HIDDEN_LEFT_OUT if is_out else _HIDDEN_TAKEN, words)))
        rows = [row for row in rows if row not in grid.hidden_rows] if is_out else rows
    if not _has_amounts(schema):
        return _without_totals(grid, schema, found, rows, notices)
    kind_of = schema.years.kind_of if schema.years else nothing
    totals = find_total_rows(grid, rows, found, kind_of)
    banners = _banners(grid, found, [row for row in rows if row not in totals])
    if banners:
        first = next(cell_text(v) for v in grid.rows[banners[0] - 1] if not is_blank(v))
        words = {"count": len(banners), "rows": listed(banners), "words": first[:40]}
        notices.append(Notice("left_out.banner", Message(_BANNER, words)))
    dropped = {*totals, *banners}
    cuts = totals | dict.fromkeys(banners, 0)
    return Rows([row for row in rows if row not in dropped], totals, cuts)


def _without_totals(
    grid: Grid, schema: Schema, found: Found, rows: list[int], notices: list[Notice]
) -> Rows:
    """Leave the totals out of a list: 合計, 計 3機関. A row with a code of its own is a record."""
    if schema.years is not None:
        return Rows(rows)
    totals = find_total_rows(grid, rows, found, nothing)
    codes = [each.column for each in found.headings if each.name == "code"]
    totals = {
        row: column
        for row, column in totals.items()
        if all(is_blank(grid.value(row, code)) for code in codes)
    }
    tell_total_rows(totals, notices)
    return Rows([row for row in rows if row not in totals], totals, totals)


def _has_amounts(schema: Schema) -> bool:
    takes_unit = any(column.takes_unit for column in schema.columns)
    return takes_unit or bool(schema.years and not schema.years.gather)


def _filled_rows(grid: Grid, found: Found, region: Region, last: int) -> list[int]:
    first = region.after
    body = grid.rows[first:last]
    if not region.is_last or region.columns.start > 1:
        columns = slice(region.reach.start - 1, region.reach.stop - 1)
        body = [row[columns] for row in body]
    if grid.is_text:
        return [i for i, row in enumerate(body, first + 1) if any(map(str.strip, row))]  # type: ignore[arg-type]
    faulty = {row for row, _column in grid.cell_faults}
    return [
        i
        for i, row in enumerate(body, first + 1)
        if i in faulty or not all(is_blank(value) for value in row)
    ]


def _banners(grid: Grid, found: Found, rows: Sequence[int]) -> list[int]:
    """Return the rows whose one filled cell is merged over others: a line between groups."""
    wide = {
        merge.first_row
        for merge in grid.merges
        if merge.last_column > merge.first_column and merge.first_row == merge.last_row
    }
    columns = [each.column for each in found.headings]
    banners = []
    for row in wide.intersection(rows) if wide else ():
        filled = [c for c in columns if not is_blank(grid.value(row, c))]
        if len(filled) == 1:
            banners.append(row)
    return sorted(banners)
