"""The rows below a heading on their way to records, column by column. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from values.messages import Message, gettext_noop

from ..reading import Grid, Notice, ReadError, Value, cell_text
from .columns import Column, Schema
from .ditto import DITTO, DITTO_OR_QUOTED, unquoted
from .headings import Found, Heading

_SHOWN = 5


def is_blank(value: Value) -> bool:
    return type(value) is str and not value.strip()


def listed(rows: Sequence[int]) -> str:
    shown = ", ".join(map(str, rows[:_SHOWN]))
    return shown + "…" if len(rows) > _SHOWN else shown


class Body:
    def __init__(
        self, grid: Grid, schema: Schema, found: Found, rows: list[int], notices: list[Notice]
    ) -> None:
        self.grid, self.schema, self.headings = grid, schema, found.headings
        self.rows: Sequence[int] = rows
        self.notices = notices
        self.columns = _transposed([grid.rows[i - 1] for i in rows], len(found.headings))
        self.data: dict[str, Sequence[Any]] = {
            each.name: self.columns[each.column - 1] for each in found.headings if each.name
        }
        self.years = [each for each in found.headings if each.year is not None]
        self.year_index: Sequence[int] = ()
        self.carried: dict[str, set[int]] = {}
        self.faults: dict[tuple[int, str], ReadError] = {}
        self.beyond = self._beyond()

    def is_filled(self, heading: Heading) -> bool:
        return any(not is_blank(value) for value in self.columns[heading.column - 1])

    def _beyond(self) -> tuple[Heading, ...]:
        """Look at cells right of the last heading: a column without one, or rows gone awry."""
        unknown = []
        for column in range(len(self.headings) + 1, len(self.columns) + 1):
            records = [i for i, v in enumerate(self.columns[column - 1]) if not is_blank(v)]
            heading = Heading(column, "", "")
            if self.grid.is_text and len(records) * 2 < len(self.rows):
                for record in records:
                    self.faults.setdefault((record, ""), self._ragged(record))
            elif records:
                unknown.append(Heading(column, "", f"@{heading.letter}"))
        return tuple(unknown)

    def _ragged(self, record: int) -> ReadError:
        row = self.rows[record]
        count, width = len(self.grid.rows[row - 1]), len(self.headings)
        value = cell_text(self.grid.value(row, width + 1))
        return ReadError(
            "row.ragged",
            value,
            reason=Message(
                gettext_noop(
                    "見出しは%(width)s列ですが、この行には%(count)s個のセルがあります（「%(value)s」）。"
                ),
                {"width": width, "count": count, "value": value[:40]},
            ),
            remedy=Message(
                gettext_noop('セルの中の区切り文字を " で囲むか、余分なセルを消してください。')
            ),
            place=self.grid.place(row, width + 1),
        )

    def check_merges(self, first: int, last: int) -> None:
        """Tell of merged cells whose value counts for their first cell only."""
        carried = {
            each.column
            for each in self.headings
            if each.name and self.schema.column(each.name).carry_down
        }
        labels = {column.slides_to for column in self.schema.columns} - {""}
        slid = {each.column for each in self.headings if each.name in labels}
        uncarried = [
            merge.address
            for merge in self.grid.merges
            if first < merge.first_row <= last
            and not (merge.first_column in carried and merge.first_column == merge.last_column)
            and not (merge.first_column in slid and merge.first_row == merge.last_row)
        ]
        if uncarried:
            shown = "、".join(uncarried[:_SHOWN]) + ("…" if len(uncarried) > _SHOWN else "")
            self.notices.append(
                Notice(
                    "cell.merged",
                    Message(
                        gettext_noop(
                            "結合されたセル %(shown)s の値は、左上のセルだけの値として読みました。"
                        ),
                        {"shown": shown},
                    ),
                )
            )

    def fill(self, *, slide: bool) -> None:
        """Slide labels to their column, then take over what blank cells and 〃 stand for."""
        columns = [
            replace(column, carry_down=False, slides_to="")
            if column.unless in self.data
            else column
            for column in self.schema.columns
            if column.name in self.data
        ]
        for column in columns:
            if slide and column.slides_to in self.data:
                self._slide(column)
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

    def _carry(self, column: Column) -> None:
        values = self.data[column.name]
        if not column.carry_down and DITTO_OR_QUOTED.isdisjoint(values):
            return
        filled, carried = list(values), set()
        faulty = self._faulty_records(column)
        for record, value in enumerate(values):
            if record in faulty:
                continue
            is_ditto = type(value) is str and value.strip() in DITTO
            if not is_ditto and not (column.carry_down and is_blank(value)):
                if value in DITTO_OR_QUOTED:
                    filled[record] = unquoted(value)
                continue
            if record and not is_blank(filled[record - 1]):
                filled[record] = filled[record - 1]
                carried.add(record)
            elif is_ditto:
                self.faults[record, column.name] = self._nothing_above(record, column, value)
        self.data[column.name] = filled
        self.carried[column.name] = carried

    def _faulty_records(self, column: Column) -> set[int]:
        """Return the records whose cell holds an error: it is not blank, though it looks so."""
        if not self.grid.cell_faults:
            return set()
        number = next(each.column for each in self.headings if each.name == column.name)
        rows = {row for row, faulty in self.grid.cell_faults if faulty == number}
        return {record for record, row in enumerate(self.rows) if row in rows}

    def _nothing_above(self, record: int, column: Column, value: Value) -> ReadError:
        heading = next(each for each in self.headings if each.name == column.name)
        return ReadError(
            "cell.ditto_first",
            str(value),
            reason=Message(
                gettext_noop("「%(value)s」の上に、同じとする値がありません。"), {"value": value}
            ),
            remedy=Message(gettext_noop("値そのものを入れてください。")),
            place=self.grid.place(self.rows[record], heading.column),
        )

    def collect_faults(self) -> None:
        """Bring the cells that hold no readable value to their records."""
        if not self.grid.cell_faults:
            return
        record_of = {row: record for record, row in enumerate(self.rows)}
        names = {each.column: each.name for each in self.headings if each.name}
        names |= {each.column: f"@{each.column}" for each in self.years}
        for row, column in self.grid.cell_faults:
            fault = self.grid.fault(row, column)
            if row in record_of and column in names and fault:
                self.faults[record_of[row], names[column] or ""] = fault

    def year_names(self) -> set[str | None]:
        years = self.schema.years
        return {years.value, years.year, years.caption} if years else set()

    def spread_years(self) -> None:
        """Make a record of each filled year cell, or gather those of a row in one value."""
        years = self.schema.years
        assert years is not None
        columns = [self.columns[each.column - 1] for each in self.years]
        faulty = {key for key in self.faults if key[1].startswith("@")}
        cells = [
            [
                (index, column[record])
                for index, column in enumerate(columns)
                if not is_blank(column[record])
                or (faulty and (record, f"@{self.years[index].column}") in faulty)
            ]
            for record in range(len(self.rows))
        ]
        if years.gather:
            places = [(each.year, each.letter) for each in self.years]
            self.data[years.value] = [
                tuple((places[index][0], value, places[index][1]) for index, value in filled)
                for filled in cells
            ]
            self.faults = {
                (record, years.value if name.startswith("@") else name): fault
                for (record, name), fault in self.faults.items()
            }
            return
        self._unpivot(cells)

    def _unpivot(self, cells: list[list[tuple[int, Any]]]) -> None:
        years = self.schema.years
        assert years is not None
        sources = [record for record, filled in enumerate(cells) for _cell in filled]
        self.year_index = [index for filled in cells for index, _value in filled]
        without = [self.rows[record] for record, filled in enumerate(cells) if not filled]
        self.data = {
            name: [values[record] for record in sources] for name, values in self.data.items()
        }
        self.data[years.value] = [value for filled in cells for _index, value in filled]
        if years.year:
            self.data[years.year] = [self.years[index].year for index in self.year_index]
        captioned = any(each.caption for each in self.years)
        if years.caption and captioned and years.caption not in self.data:
            self.data[years.caption] = [self.years[index].caption for index in self.year_index]
        old_carried, old_faults = self.carried, self.faults
        self.carried = {
            name: {i for i, record in enumerate(sources) if record in records}
            for name, records in old_carried.items()
        }
        self.faults = {}
        if old_faults:
            for i, record in enumerate(sources):
                for name in ("", *self.data):
                    if (record, name) in old_faults:
                        self.faults[i, name] = old_faults[record, name]
                own = (record, f"@{self.years[self.year_index[i]].column}")
                if own in old_faults:
                    self.faults[i, years.value] = old_faults[own]
        self.rows = [self.rows[record] for record in sources]
        if without:
            self.notices.append(
                Notice(
                    "row.no_year",
                    Message(
                        gettext_noop(
                            "%(count)s 行（%(rows)s行目）には、どの年度の値もありません。"
                        ),
                        {"count": len(without), "rows": listed(without)},
                    ),
                )
            )


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
