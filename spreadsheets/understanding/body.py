"""The rows below a heading on their way to records, column by column. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from values.messages import Message, gettext_noop

from ..reading import Grid, Notice, Place, ReadError, Value, cell_text
from .columns import Column, Schema, listed
from .ditto import DITTO, DITTO_OR_QUOTED, unquoted
from .heading.headings import Found
from .heading.sense import Heading
from .merges import rows_merged_over, says_all_rows, spread_down
from .numbers import number
from .region import is_blank
from .row_faults import bare_thousands, ditto_first, nameless, parted_number, ragged


class Body:
    """`cuts` names for a column the rows below which nothing is taken over from above."""

    def __init__(
        self,
        grid: Grid,
        schema: Schema,
        found: Found,
        rows: list[int],
        notices: list[Notice],
        *,
        is_last: bool = True,
        cuts: Mapping[int, int] | None = None,
    ) -> None:
        self.grid, self.schema, self.headings = grid, schema, found.headings
        self.rows: Sequence[int] = rows
        self.notices = notices
        self.cuts = dict(cuts or {})
        named = [each.column for each in found.headings if each.text or each.is_known]
        self.width = max(named, default=0)
        last = max((each.column for each in found.headings), default=0)
        self.columns = _transposed([grid.rows[i - 1] for i in rows], last)
        self.data: dict[str, Sequence[Any]] = {
            each.name: self.columns[each.column - 1] for each in found.headings if each.name
        }
        self.values = [each for each in found.headings if each.is_value]
        self.year_index: Sequence[int] = ()
        self.carried: dict[str, set[int]] = {}
        self.faults: dict[tuple[int, str], ReadError] = {}
        self.beyond = self._beyond(self.width) if is_last else ()

    def is_filled(self, heading: Heading) -> bool:
        return any(True for _value in self._filled(heading))

    def _filled(self, heading: Heading) -> Iterator[Value]:
        return (value for value in self.columns[heading.column - 1] if not is_blank(value))

    def _beyond(self, width: int) -> tuple[Heading, ...]:
        """Look at cells right of the last heading: a column without one, or rows gone awry."""
        unknown = []
        for column in range(width + 1, len(self.columns) + 1):
            records = [i for i, v in enumerate(self.columns[column - 1]) if not is_blank(v)]
            heading = Heading(column, "", "")
            parted = [i for i in records if self.grid.is_text and parted_number(self._cells(i))]
            for record in parted:
                self.faults.setdefault((record, ""), self._fault_of(record, bare_thousands))
            if self.grid.is_text and (parted or len(records) * 2 < len(self.rows)):
                for record in records:
                    self.faults.setdefault((record, ""), self._ragged(record, width))
            elif records:
                unknown.append(Heading(column, "", f"@{heading.letter}"))
        return tuple(unknown)

    def _at(self, name: str) -> int:
        return next(each.column for each in self.headings if each.name == name)

    def _cells(self, record: int) -> list[str]:
        return [cell_text(value) for value in self.grid.rows[self.rows[record] - 1]]

    def _fault_of(self, record: int, fault: Callable[[Place, list[str]], ReadError]) -> ReadError:
        return fault(self.grid.place(self.rows[record]), self._cells(record))

    def _ragged(self, record: int, width: int) -> ReadError:
        place = self.grid.place(self.rows[record], width + 1)
        return ragged(place, self._cells(record), width)

    def fill(self, *, slide: bool) -> None:
        """Slide labels to their column, then take over what blank cells and 〃 stand for."""
        columns = [
            replace(column, carry_down=False, slides_to="")
            if column.unless in self.data
            else column
            for column in self.schema.columns
            if column.name in self.data
        ]
        if self.grid.merges:
            for column in columns:
                if says_all_rows(self.schema, column.name) and not column.carry_down:
                    at = self._at(column.name)
                    self.data[column.name] = spread_down(
                        self.grid, at, self.rows, self.data[column.name]
                    )
        for column in columns:
            if slide and column.slides_to in self.data:
                self._slide(column)
        if self.schema.years and not self.schema.years.gather:
            self._refuse_nameless([column for column in columns if column.carry_down])
        for column in columns:
            self._carry(column)

    def _slide(self, column: Column) -> None:
        own, other = self.data[column.name], self.data[column.slides_to]
        slid = [
            record
            for record, (label, group) in enumerate(zip(own, other, strict=True))
            if is_blank(label) and not is_blank(group)
        ]
        if not slid:
            return
        labels, groups = list(own), list(other)
        for record in slid:
            labels[record], groups[record] = groups[record], ""
        self.data[column.name], self.data[column.slides_to] = labels, groups
        label = column.labels[0]
        group = self.schema.column(column.slides_to).labels[0]
        shown_rows = listed([self.rows[record] for record in slid])
        self.notices.append(
            Notice(
                "row.label_slid",
                Message(
                    gettext_noop(
                        "%(count)s 行（%(rows)s行目）は"
                        "「%(label)s」が「%(group)s」の列にあるものとして読みました。"
                    ),
                    {"count": len(slid), "rows": shown_rows, "label": label, "group": group},
                ),
            )
        )

    def _refuse_nameless(self, carried: Sequence[Column]) -> None:
        """A row of values and nothing else belongs to the row above only within a merged cell."""
        if not carried:
            return
        amount = self.schema.years.value if self.schema.years else ""
        labels = [each for each in self.headings if each.name and each.name != amount]
        merged = [rows_merged_over(self.grid, self._at(column.name)) for column in carried]
        for record, value in enumerate(self.data[carried[0].name]):
            if not is_blank(value) or any(self.rows[record] in rows for rows in merged):
                continue
            if all(is_blank(self.columns[each.column - 1][record]) for each in labels):
                self.faults.setdefault((record, ""), self._fault_of(record, nameless))

    def _carry(self, column: Column) -> None:
        values = self.data[column.name]
        if not column.carry_down and DITTO_OR_QUOTED.isdisjoint(values):
            return
        at = self._at(column.name)
        filled, carried = list(values), set()
        kept_apart = self._apart(at)
        cuts = sorted(row for row, cut in self.cuts.items() if cut <= at)
        groups = self._beginning_groups(at) if column.carry_down else frozenset()
        for record, value in enumerate(values):
            if record in kept_apart:
                continue
            is_ditto = type(value) is str and value.strip() in DITTO
            if not is_ditto and not (column.carry_down and is_blank(value)):
                if value in DITTO_OR_QUOTED:
                    filled[record] = unquoted(value)
                continue
            is_cut = self._is_cut(record, cuts) or (not is_ditto and record in groups)
            if record and not is_blank(filled[record - 1]) and not is_cut:
                filled[record] = filled[record - 1]
                carried.add(record)
            elif is_ditto:
                place = self.grid.place(self.rows[record], at)
                self.faults[record, column.name] = ditto_first(place, str(value))
        self.data[column.name] = filled
        self.carried[column.name] = carried

    def _beginning_groups(self, column: int) -> frozenset[int]:
        """Return the records in which a column without a name, left of this one, says something.

        What it says begins something else: a name is not taken over into it, but within a merge.
        A column of nothing but numbers counts the rows.
        """
        years = self.schema.years
        if years is None or years.gather:
            return frozenset()
        left = [
            each
            for each in self.headings
            if each.column < column
            and not (each.name or each.is_value)
            and any(number(value) is None for value in self._filled(each))
        ]
        merged = rows_merged_over(self.grid, column)
        return frozenset(
            record
            for each in left
            for record, value in enumerate(self.columns[each.column - 1])
            if not is_blank(value) and self.rows[record] not in merged
        )

    def _is_cut(self, record: int, cuts: Sequence[int]) -> bool:
        return bool(cuts) and any(self.rows[record - 1] < cut < self.rows[record] for cut in cuts)

    def _apart(self, column: int) -> set[int]:
        """Return the records whose cell only looks blank: faulty, struck out, merged leftwards."""
        last = len(self.grid.rows)
        rows = {row for row, faulty in self.grid.cell_faults if faulty == column}
        rows |= {row for row, struck in self.grid.struck if struck == column}
        for merge in self.grid.merges:
            if merge.first_column < column <= merge.last_column:
                rows |= set(range(merge.first_row, min(merge.last_row, last) + 1))
        if not rows:
            return set()
        return {record for record, row in enumerate(self.rows) if row in rows}

    def collect_faults(self) -> None:
        """Bring the cells that hold no readable value to their records."""
        if not self.grid.cell_faults:
            return
        record_of = {row: record for record, row in enumerate(self.rows)}
        names = {each.column: each.name for each in self.headings if each.name}
        names |= {each.column: f"@{each.column}" for each in self.values}
        for row, column in self.grid.cell_faults:
            fault = self.grid.fault(row, column)
            if row in record_of and column in names and fault:
                self.faults[record_of[row], names[column] or ""] = fault

    def without(self, column: int, records: Iterable[int]) -> None:
        """Blank cells of a column of the sheet that say a word in place of a value."""
        cells = list(self.columns[column - 1])
        for record in records:
            cells[record] = ""
        self.columns[column - 1] = cells
        for each in self.headings:
            if each.name and each.column == column:
                self.data[each.name] = cells


def _transposed(rows: list[Sequence[Value]], width: int) -> list[Sequence[Any]]:
    """Return the columns of `rows`, at least `width`, short rows filled with blanks."""
    if not rows:
        return [()] * width
    widest = max(map(len, rows))
    if min(map(len, rows)) < widest:
        rows = [[*row, *[""] * (widest - len(row))] for row in rows]
    columns: list[Sequence[Any]] = [list(map(itemgetter(i), rows)) for i in range(widest)]
    blank = [""] * len(rows)
    return columns + [blank] * (width - widest)
