"""A sheet understood: records by column, where each cell stands, and what was decided. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from values.messages import Listed, Message, gettext_noop
from values.text_key import numeral_key

from ..reading import ENCODINGS, Grid, Notice, Place, ReadError, cell_text
from .columns import Schema
from .heading.sense import Heading
from .region import Line

_ONE_YEAR = gettext_noop("%(first)s年度の%(count)s列")
_SEVERAL_YEARS = gettext_noop("%(first)s〜%(last)s年度の%(count)s列")
_YEAR_AND_KINDS = gettext_noop("%(first)s年度の%(kinds)sの%(count)s列")
_YEARS_AND_KINDS = gettext_noop("%(first)s〜%(last)s年度の%(kinds)sの%(count)s列")
_KINDS = gettext_noop("%(kinds)sの%(count)s列")
_VALUES = gettext_noop("金額の%(count)s列")
_UNUSED_COLUMN = gettext_noop("「%(text)s」（%(letter)s列）")
_NOTE_LINE = gettext_noop("表の下の1行を注記")
_NOTE_LINES = gettext_noop("表の下の%(count)s行を注記")


_BARE_NUMBER = re.compile(r"[ \d,.\-+▲△()]*[1-9][ \d,.\-+▲△()]*", re.ASCII)


def is_bare_number(value: Any) -> bool:
    """Whether a cell is a number other than zero that names no unit itself."""
    if type(value) is str:
        return bool(_BARE_NUMBER.fullmatch(value if value.isascii() else numeral_key(value)))
    return type(value) in (int, float) and value != 0


def _columns_said(group: Sequence[Heading]) -> Message:
    """Say of which years and kinds columns of values are, and how many."""
    years = sorted({each.year for each in group if each.year is not None})
    kinds = [Message(kind) for kind in dict.fromkeys(each.kind for each in group) if kind]
    words: dict[str, object] = {"count": len(group), "kinds": Listed(gettext_noop("・"), kinds)}
    if not years:
        return Message(_KINDS if kinds else _VALUES, words)
    words |= {"first": years[0], "last": years[-1]}
    if kinds:
        return Message(_YEARS_AND_KINDS if len(years) > 1 else _YEAR_AND_KINDS, words)
    return Message(_SEVERAL_YEARS if len(years) > 1 else _ONE_YEAR, words)


@dataclass(frozen=True)
class Table:
    """The records of a sheet, column by column.

    A record is a row of the sheet, or a row and one of its year columns.

    rows          Excel's row number of each record
    data          name → its values, one a record, as they were read; "" is blank
    headings      one for each column of the sheet; see `columns`, `year_columns`, `unknown`
    heading_rows  Excel's numbers of the heading rows, one to four
    year_index    for each record the index of its column of values in `year_columns`; empty when
                  records are rows
    lacking       columns, as for the kind, that some columns of values leave open
    titles        the lines above the heading, and those between rows that count for it
    begins        the row in which it begins: that of its heading, or of the line above its rows
    unit          what the sheet names for all amounts, "" for nothing
    carried       name → records whose value was taken from above
    faults        (record, name) → why the cell has no value; name "" stands for the whole row
    missing       required columns that the sheet lacks
    """

    grid: Grid
    schema: Schema
    headings: tuple[Heading, ...]
    heading_rows: tuple[int, ...]
    rows: Sequence[int]
    data: Mapping[str, Sequence[Any]]
    unknown: tuple[Heading, ...] = ()
    missing: tuple[str, ...] = ()
    lacking: frozenset[str] = frozenset()
    year_index: Sequence[int] = ()
    titles: tuple[Line, ...] = ()
    begins: int = 0
    unit: str = ""
    carried: Mapping[str, frozenset[int]] = field(default_factory=dict)
    faults: Mapping[tuple[int, str], ReadError] = field(default_factory=dict)
    note_lines: tuple[Line, ...] = ()
    notices: tuple[Notice, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def columns(self) -> tuple[Heading, ...]:
        """The columns that stand for a declared one."""
        return tuple(each for each in self.headings if each.name)

    @cached_property
    def year_columns(self) -> tuple[Heading, ...]:
        """The columns of values, each of a year, a kind or both."""
        return tuple(each for each in self.headings if each.is_value)

    @property
    def key(self) -> str:
        """What names this table among those of its file: 「推移!A2」, the cell it begins in."""
        first = self.headings[0].letter if self.headings else "A"
        return f"{self.grid.sheet}!{first}{self.begins or self.heading_rows[0]}"

    @property
    def label(self) -> str:
        """Sheet and title, for somebody who is to choose."""
        title = next((line.text for line in reversed(self.titles) if line.text), "")
        place = f"{self.headings[0].letter if self.headings else 'A'}{self.begins}"
        return " ".join(filter(None, (self.grid.sheet, title[:60], place)))

    def samples(self, heading: Heading, most: int = 3) -> tuple[str, ...]:
        """Return the first filled cells of a column of the sheet, as text."""
        cells = (self.grid.value(row, heading.column) for row in dict.fromkeys(self.rows))
        return tuple(islice(filter(None, map(cell_text, cells)), most))

    def values(self, name: str) -> Sequence[Any]:
        """Return the values of a column, one a record; blanks when the sheet lacks it."""
        return self.data[name] if name in self.data else [""] * len(self.rows)

    def heading_of(self, record: int, name: str) -> Heading | None:
        """Return the sheet's column in which a value of a record stands."""
        years = self.schema.years
        if self.year_index and years and name in (years.value, years.year, years.kind):
            return self.year_columns[self.year_index[record]]
        return next((each for each in self.headings if each.name == name), None)

    def place(self, record: int, name: str = "") -> Place:
        """Return where a value stands, in Excel's terms."""
        heading = self.heading_of(record, name) if name else None
        return self.grid.place(self.rows[record], heading.column if heading else 0)

    def unit_of(self, record: int, name: str) -> str:
        """Return the unit of an amount: its row's, else its heading's, else the sheet's."""
        named = str(self._units_of_rows[record]).strip() if self._units_of_rows else ""
        heading = self.heading_of(record, name)
        return named or (heading.unit if heading else "") or self.unit

    def units(self, name: str) -> Sequence[str]:
        """Return `unit_of` for every record."""
        records = range(len(self.rows))
        if self._units_of_rows or self.year_index:
            return [self.unit_of(record, name) for record in records]
        return [self.unit_of(0, name)] * len(records) if records else []

    @cached_property
    def _units_of_rows(self) -> Sequence[Any]:
        """The cells of the units' column, () without one."""
        columns = (each.name for each in self.schema.columns if each.is_unit)
        return next((self.data[name] for name in columns if name in self.data), ())

    @cached_property
    def amounts(self) -> tuple[Heading, ...]:
        """The columns whose cells are amounts in some unit."""
        takes = {each.name for each in self.schema.columns if each.takes_unit}
        years = self.schema.years
        across = bool(years) and years.value in takes if years else False
        return tuple(e for e in self.headings if e.name in takes or (e.is_value and across))

    def unitless(self) -> list[Heading]:
        """Return the columns of amounts that nothing gives a unit, and that need one."""
        if not self.schema.units or self.unit or self._units_of_rows:
            return []
        return [each for each in self.amounts if not each.unit and self._needs_unit(each)]

    def _needs_unit(self, heading: Heading) -> bool:
        """Whether a cell below is a bare number other than zero."""
        rows = dict.fromkeys(self.rows) if self.year_index else self.rows
        return any(map(is_bare_number, (self.grid.value(row, heading.column) for row in rows)))

    def _named_units(self) -> list[str]:
        """The sheet's unit, where an amount has no other, then those of headings."""
        own = {each.unit for each in self.amounts if each.unit}
        uses_sheet = not own or any(not each.unit for each in self.amounts)
        first = [self.unit] if self.unit and uses_sheet else []
        return [*first, *sorted(own - set(first))]

    def parts(self) -> list[tuple[str, Message | Listed]]:
        """Return what was understood, each part under the name of the override that changes it."""
        found: list[tuple[str, Message | Listed]] = [
            self._file_part(),
            ("header_row", self._heading_part()),
        ]
        if self.year_columns:
            found.append(("mapping", self._values_part()))
        if units := self._named_units():
            listed = Listed(gettext_noop("・"), units)
            found.append(("unit", Message(gettext_noop("単位 %(units)s"), {"units": listed})))
        if unused := [each for each in self.headings if each.name == "" and each.text]:
            named = [Message(_UNUSED_COLUMN, {"text": e.text, "letter": e.letter}) for e in unused]
            columns = Listed(gettext_noop("、"), named)
            unused_words = Message(gettext_noop("使わない列 %(columns)s"), {"columns": columns})
            found.append(("unused", unused_words))
        if self.note_lines:
            count = len(self.note_lines)
            words = {"count": count}
            found.append(("last_row", Message(_NOTE_LINES if count > 1 else _NOTE_LINE, words)))
        return found

    @property
    def sentence(self) -> Message:
        """What was understood of the sheet, in one sentence."""
        parts = Listed(gettext_noop("、"), [message for _name, message in self.parts()])
        return Message(gettext_noop("%(parts)sとして読みました。"), {"parts": parts})

    def _heading_part(self) -> Message:
        rows = self.heading_rows
        if len(rows) == 1:
            return Message(gettext_noop("%(row)s行目を見出し"), {"row": rows[0]})
        words = {"first": rows[0], "last": rows[-1]}
        if len(rows) == 2:
            return Message(gettext_noop("%(first)s・%(last)s行目を見出し"), words)
        return Message(gettext_noop("%(first)s〜%(last)s行目を見出し"), words)

    def _values_part(self) -> Message | Listed:
        """「2021〜2022年度の当初予算・執行額の4列」; kinds of other years stand apart."""
        groups: dict[tuple[int, ...], list[Heading]] = {}
        for kind in dict.fromkeys(each.kind for each in self.year_columns):
            group = [each for each in self.year_columns if each.kind == kind]
            years = tuple(sorted({each.year for each in group if each.year is not None}))
            key = (*years, 0) if kind else years
            groups.setdefault(key, []).extend(group)
        parts = [_columns_said(group) for group in groups.values()]
        return parts[0] if len(parts) == 1 else Listed(gettext_noop("、"), parts)

    def _file_part(self) -> tuple[str, Message]:
        grid = self.grid
        if grid.sheet:
            words = {"kind": grid.kind, "sheet": grid.sheet}
            return "sheet", Message(gettext_noop("%(kind)s のシート「%(sheet)s」"), words)
        encoding = Message(ENCODINGS.get(grid.encoding, grid.encoding))
        words_of_text = {"encoding": encoding, "kind": grid.kind}
        return "encoding", Message(gettext_noop("%(encoding)s の %(kind)s"), words_of_text)
