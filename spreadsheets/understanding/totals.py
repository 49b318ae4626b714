"""Rows and columns of totals: found, left out, and checked against their parts. Pure."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from values.messages import Listed, Message, gettext_noop
from values.text_key import numeral_key

from ..reading import Grid, Notice, Value, cell_text
from .columns import listed
from .headings import TOTAL, Found, Heading
from .parts import is_total

_ROWS = gettext_noop("合計の行 %(count)s 行を除きました（%(rows)s行目）。")
_COLUMNS = gettext_noop("合計の列「%(heading)s」（%(letter)s列）を除きました。")
_DISAGREES = gettext_noop(
    "合計が内訳の和と合いません: %(shown)s。どちらが正しいか、元の表を確かめてください。"
)
_ONE = gettext_noop("%(address)s は %(total)s、内訳の和は %(sum)s")
_SHOWN = 5

Word = Callable[[str], str | None]


def find_total_rows(grid: Grid, rows: Sequence[int], found: Found, kind_of: Word) -> dict[int, int]:
    """Return {row: column} of the rows in which a cell beside the values says 合計, 小計, 計, 総計.

    A word that is a kind, as 予算計, is none.
    """
    totals: dict[int, int] = {}
    for each in found.headings:
        if each.is_value or each.left_out or _holds_amounts(each):
            continue
        index = each.column - 1
        for row in rows:
            cells = grid.rows[row - 1]
            value = cells[index] if index < len(cells) else ""
            if type(value) is str and _may_be(value) and is_total(value) and not kind_of(value):
                totals.setdefault(row, each.column)
    return totals


def _holds_amounts(heading: Heading) -> bool:
    return any(part.is_value for part in heading.path)


def _may_be(text: str) -> bool:
    return "計" in text or "otal" in text or "OTAL" in text


def tell_totals(
    grid: Grid,
    found: Found,
    values: Sequence[Heading],
    rows: Sequence[int],
    totals: dict[int, int],
    notices: list[Notice],
) -> None:
    """Say which totals are left out, and where they are not what their parts come to."""
    wrong = list(_wrong_rows(grid, values, rows, totals)) if totals else []
    if totals:
        words = {"count": len(totals), "rows": listed(sorted(totals))}
        notices.append(Notice("left_out.total_row", Message(_ROWS, words)))
    for each in found.headings:
        if each.left_out != TOTAL:
            continue
        words = {"heading": each.text, "letter": each.letter}
        notices.append(Notice("left_out.total_column", Message(_COLUMNS, words)))
        wrong += _wrong_columns(grid, each, values, [row for row in rows if row not in totals])
    if wrong:
        shown = Listed(gettext_noop("、"), wrong[:_SHOWN])
        notices.append(Notice("total.disagrees", Message(_DISAGREES, {"shown": shown})))


def _wrong_rows(
    grid: Grid, values: Sequence[Heading], rows: Sequence[int], totals: dict[int, int]
) -> Iterator[Message]:
    """A total counts the rows since the total above it, all rows, or all totals above it."""
    for each in values:
        since = whole = subtotals = Decimal(0)
        parts = 0
        for row in rows:
            amount = number(grid.value(row, each.column))
            if row not in totals:
                since, whole = since + (amount or 0), whole + (amount or 0)
                parts += amount is not None
                continue
            if amount is not None and parts and amount not in (since, whole, subtotals):
                yield _one(grid, row, each.column, amount, since if since else whole)
            subtotals += amount or 0
            since = Decimal(0)


def _wrong_columns(
    grid: Grid, total: Heading, values: Sequence[Heading], rows: Sequence[int]
) -> Iterator[Message]:
    """A total counts the columns that share what stands above it, or those of its kind."""
    above = {part.text for part in total.path if not part.is_total}
    parts = [v for v in values if above <= {part.text for part in v.path}]
    if not parts:
        return
    for row in rows:
        amount = number(grid.value(row, total.column))
        found = [number(grid.value(row, each.column)) for each in parts]
        known = [each for each in found if each is not None]
        if amount is not None and known and sum(known) != amount:
            yield _one(grid, row, total.column, amount, sum(known, Decimal(0)))


def _one(grid: Grid, row: int, column: int, total: Decimal, parts: Decimal) -> Message:
    place = grid.place(row, column)
    words = {"address": f"{place.column}{row}", "total": f"{total:,f}", "sum": f"{parts:,f}"}
    return Message(_ONE, words)


def number(value: Value) -> Decimal | None:
    """Return a cell as a plain number, None for a word, a blank or a number with its unit."""
    if type(value) in (int, float):
        return Decimal(repr(value))
    if type(value) is not str or not value.strip():
        return None
    key = numeral_key(cell_text(value)).replace(",", "").replace("▲", "-").replace("△", "-")
    try:
        found = Decimal(key)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
