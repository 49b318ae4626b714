"""Rows and columns of totals: found, left out, and checked against their parts. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import accumulate

from values.messages import Listed, Message, gettext_noop
from values.money import YEN_PER_UNIT, AmountError, parse_amount
from values.yen_units import read_unit

from ..reading import Grid, Notice
from .columns import listed
from .heading.headings import TOTAL, Found
from .heading.parts import is_total
from .heading.sense import Heading
from .numbers import number
from .value_words import brackets_are_explained, is_bracketed

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
    columns = [
        each.column
        for each in found.headings
        if not (each.is_value or each.left_out or _holds_amounts(each))
    ]
    totals: dict[int, int] = {}
    for row in rows:
        cells = grid.rows[row - 1]
        # Most rows are told by one look at all of their cells.
        if not _may_be("\n".join([each for each in cells if type(each) is str])):
            continue
        for column in columns:
            value = cells[column - 1] if column <= len(cells) else ""
            if type(value) is str and _may_be(value) and is_total(value) and not kind_of(value):
                totals[row] = column
                break
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
    unit: str,
    lines: Callable[[], Iterable[str]],
    notices: list[Notice],
) -> None:
    """Say which totals are left out, and where they are not what their parts come to.

    `unit` is that of amounts whose heading and cell name none, `lines` the words of the sheet,
    which may say what brackets mean.
    """
    check = _Check(grid, values, unit, lines)
    wrong = list(check.rows(rows, totals)) if totals else []
    tell_total_rows(totals, notices)
    for each in found.headings:
        if each.left_out != TOTAL:
            continue
        words = {"heading": each.text, "letter": each.letter}
        notices.append(Notice("left_out.total_column", Message(_COLUMNS, words)))
        wrong += check.columns(each, [row for row in rows if row not in totals])
    if wrong:
        shown = Listed(gettext_noop("、"), wrong[:_SHOWN])
        notices.append(Notice("total.disagrees", Message(_DISAGREES, {"shown": shown})))


def tell_total_rows(totals: dict[int, int], notices: list[Notice]) -> None:
    if totals:
        words = {"count": len(totals), "rows": listed(sorted(totals))}
        notices.append(Notice("left_out.total_row", Message(_ROWS, words)))


class _Check:
    """Compares totals with sums, in the unit of their columns."""

    def __init__(
        self,
        grid: Grid,
        values: Sequence[Heading],
        unit: str,
        lines: Callable[[], Iterable[str]],
    ) -> None:
        self.grid, self.values, self.unit, self.lines = grid, values, unit, lines

    @cached_property
    def brackets_are_explained(self) -> bool:
        return brackets_are_explained(self.lines())

    def rows(self, rows: Sequence[int], totals: dict[int, int]) -> Iterator[Message]:
        """A total counts the rows up to the next total, above or below it, all rows, or totals."""
        for each in self.values:
            amounts = [self.amount(row, each) for row in rows]
            above = _sums(rows, amounts, totals)
            below = _sums(rows[::-1], amounts[::-1], totals)
            for row, total in zip(rows, amounts, strict=True):
                if row not in totals or total is None:
                    continue
                sums = [*above[row], *below[row]]
                if sums and total not in sums:
                    yield self._one(row, each.column, total, sums[0])

    def columns(self, total: Heading, rows: Sequence[int]) -> Iterator[Message]:
        """A total counts the columns that share what stands above it, or those of its kind."""
        above = {part.text for part in total.path if not part.is_total}
        parts = [v for v in self.values if above <= {part.text for part in v.path}]
        if not parts:
            return
        for row in rows:
            amount = self.amount(row, total)
            if amount is None:
                continue
            left = [self.amount(row, each) for each in parts if each.column < total.column]
            right = [self.amount(row, each) for each in parts if each.column > total.column]
            known = [each for each in (*left, *right) if each is not None]
            nearest = {
                each
                for side in (left[::-1], right)
                for each in accumulate(a for a in side if a is not None)
            }
            if known and amount not in nearest and amount != sum(known):
                yield self._one(row, total.column, amount, sum(known, Decimal(0)))

    def amount(self, row: int, heading: Heading) -> Decimal | None:
        """Return a cell in the unit of its column, None for a word or a blank."""
        value = self.grid.value(row, heading.column)
        if is_bracketed(value) and self.brackets_are_explained:
            return None
        if (plain := number(value)) is not None or type(value) is not str or not value.strip():
            return plain
        try:
            yen = Decimal(parse_amount(value).yen)
        except AmountError:
            return None
        unit = read_unit(heading.unit or self.unit)
        return yen / YEN_PER_UNIT[unit] if unit else yen

    def _one(self, row: int, column: int, total: Decimal, parts: Decimal) -> Message:
        place = self.grid.place(row, column)
        words = {"address": f"{place.column}{row}", "total": f"{total:,f}", "sum": f"{parts:,f}"}
        return Message(_ONE, words)


def _sums(
    rows: Sequence[int], amounts: Sequence[Decimal | None], totals: dict[int, int]
) -> dict[int, list[Decimal]]:
    """Return for each total the sums of what stands before it, those of nothing left out.

    First of the rows since the total before, then of all rows, of all totals, and of the nearest
    rows only, for a total may count the end of what stands before it: 当初 and 計 of one programme.
    """
    found: dict[int, list[Decimal]] = {}
    near: list[Decimal] = []
    every: Decimal | None = None
    subtotals: Decimal | None = None
    for row, amount in zip(rows, amounts, strict=True):
        if row in totals:
            nearest = list(accumulate(reversed(near)))
            sums = [nearest[-1] if nearest else None, every, subtotals, *nearest[:-1]]
            found[row] = [each for each in sums if each is not None]
            near = []
            subtotals = subtotals if amount is None else (subtotals or 0) + amount
        elif amount is not None:
            near.append(amount)
            every = (every or 0) + amount
    return found
