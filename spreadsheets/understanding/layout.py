"""Grid → tables: where each begins and ends, what its columns are, one record a row. Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial

from values.messages import Message, gettext_noop

from ..reading import Grid, Notice, cell_text, collector_paused
from .body import Body
from .columns import Overrides, Schema, YearColumns, listed
from .heading.finder import HeadingFinder
from .heading.headings import Found, read_headings
from .heading.parts import LONGEST, Labels, is_total
from .heading.sense import Heading
from .merges import tell_merges
from .region import Line, Region, filled, is_blank
from .regions import find_regions
from .rows import Rows, sort_rows
from .spreading import spread
from .table import Table
from .table_ends import table_end
from .titles import title_words
from .totals import tell_totals
from .units import table_unit, unit_named
from .value_words import take_out_words
from .values_left_out import tell_left_out


@collector_paused()
def understand(grid: Grid, schema: Schema, overrides: Overrides | None = None) -> Table:
    """Understand the first table of a sheet; `understand_all` tells what is raised."""
    return understand_all(grid, schema, overrides)[0]


@collector_paused()
def understand_all(
    grid: Grid, schema: Schema, overrides: Overrides | None = None
) -> tuple[Table, ...]:
    """Understand every table of a sheet; nothing is left out unsaid.

    Raises ReadError when there is no heading, when two columns are the same, or when units
    contradict each other. Columns that nobody declared are in `unknown`: the caller asks once and
    passes the answer as `overrides.mapping`.
    """
    overrides = overrides or Overrides()
    finder = HeadingFinder(grid, Labels(schema))
    regions = find_regions(finder, overrides)
    tables = tuple(_Understanding(finder, each, overrides).table() for each in regions)
    filled_ones = tuple(each for each in tables if each.rows)
    return filled_ones if any(region.captions for region in regions) and filled_ones else tables


class _Understanding:
    def __init__(self, finder: HeadingFinder, region: Region, overrides: Overrides) -> None:
        self.finder, self.region, self.overrides = finder, region, overrides
        self.grid, self.schema = finder.grid, finder.labels.schema
        self.notices: list[Notice] = list(self.grid.notices)

    def table(self) -> Table:
        grid, schema, overrides, region = self.grid, self.schema, self.overrides, self.region
        found = read_headings(self.finder, region.heading, overrides, region.columns)
        last, notes = table_end(grid, region, overrides)
        rows = sort_rows(grid, schema, found, region, last, overrides, self.notices)
        found = self._with_lone_labels(self._with_kinds(found, rows), rows)
        body = Body(
            grid,
            schema,
            found,
            rows.data,
            self.notices,
            is_last=region.is_last,
            cuts=rows.cuts,
        )
        unknown, corners = self._unknown(found, body)
        title = self._title()
        unit = self._unit(corners)
        self._tell(found, rows, body, last, unit)
        if schema.years and not schema.years.gather:
            take_out_words(body, schema.years, lambda: self._lines(found, rows), self.notices)
        body.fill(slide=overrides.slide)
        body.collect_faults()
        lacking = self._spread(body, title)
        names = {each.name for each in found.headings} | body.data.keys()
        return Table(
            grid=grid,
            schema=schema,
            headings=_unused(found.headings, unknown if overrides.unused_rest else ()),
            heading_rows=tuple(range(found.first_row, found.last_row + 1)),
            rows=body.rows,
            data=body.data,
            unknown=() if overrides.unused_rest else (*unknown, *body.beyond),
            missing=tuple(
                each.name for each in schema.columns if each.required and each.name not in names
            ),
            lacking=frozenset(lacking),
            year_index=body.year_index,
            unit=unit,
            titles=(*region.titles, *region.captions),
            begins=region.captions[-1].row if region.captions else found.first_row,
            carried={name: frozenset(records) for name, records in body.carried.items() if records},
            faults=body.faults,
            note_lines=notes,
            notices=tuple(self.notices),
        )

    def _lines(self, found: Found, rows: Rows) -> Iterator[str]:
        """Yield what the sheet says in words: its headings, and every line of a single cell."""
        yield from (each.text for each in found.headings)
        taken = set(rows.data)
        for row in range(1, len(self.grid.rows) + 1):
            cells = filled(self.grid, row)
            if row not in taken or len(cells) == 1:
                yield from map(cell_text, cells)

    def _with_kinds(self, found: Found, rows: Rows) -> Found:
        """A column whose heading says nothing and whose cells are all kinds is that of kinds."""
        years = self.schema.years
        if years is None or not years.kind or years.gather:
            return found
        names = {each.name for each in found.headings}
        if years.kind in names or any(each.kind for each in found.headings if each.is_value):
            return found
        for each in found.headings:
            if each.is_known or each.key in self.overrides.mapping:
                continue
            cells = [self.grid.value(row, each.column) for row in rows.data]
            texts = {cell_text(value) for value in cells if not is_blank(value)}
            if texts and all(years.kind_of(t) or is_total(t) for t in texts):
                kinds = replace(each, name=years.kind)
                headings = tuple(kinds if e is each else e for e in found.headings)
                return replace(found, headings=headings)
        return found

    def _with_lone_labels(self, found: Found, rows: Rows) -> Found:
        """Where rows hold a name and nothing else, amounts are read as those of years are.

        Such a row has no amount; it names what stands below it, or is a line between groups.
        """
        years = self.schema.years
        if years is None or years.gather:
            return found
        amount = next((e for e in found.headings if e.name == years.value), None)
        reach = self.region.reach
        if amount and any(len(filled(self.grid, row, reach)) == 1 for row in rows.data):
            values = replace(amount, name=None, is_value=True)
            return replace(
                found, headings=tuple(values if e is amount else e for e in found.headings)
            )
        return found

    def _unknown(self, found: Found, body: Body) -> tuple[list[Heading], list[Heading]]:
        """Return the columns nobody knows, and those whose heading is the unit of the table."""
        unknown = [
            each
            for each in found.headings
            if not each.is_known
            and (each.text or (each.column < body.width and body.is_filled(each)))
        ]
        units = [each for each in unknown if unit_named(each.text) and not body.is_filled(each)]
        return [each for each in unknown if each not in units], units

    def _title(self) -> tuple[int | None, str]:
        years = self.schema.years
        if years is None or years.gather:
            return None, ""
        cells = [cell for line in self.region.titles for cell in self._cells(line)]
        year, kind = title_words(cells, years)
        for caption in self.region.captions:
            said = title_words(self._cells(caption), years)
            year, kind = said[0] if said[0] is not None else year, said[1] or kind
        sheet = title_words([self.grid.sheet], years) if self.grid.sheet else (None, "")
        return year if year is not None else sheet[0], kind or sheet[1]

    def _unit(self, corners: Sequence[Heading]) -> str:
        if not self.schema.units:
            return ""
        if self.overrides.unit:
            return self.overrides.unit
        for caption in reversed(self.region.captions):
            for unit in filter(None, map(unit_named, self._cells(caption))):
                return unit
        texts = [(self.region.heading.last, each.text) for each in corners]
        heading = range(self.region.heading.first, self.region.heading.last + 1)
        lone = [row for row in heading if self.finder.is_lone_unit(row)]
        texts += [(row, text) for row in lone for text in self.finder.texts(row) if text]
        for line in self.region.titles:
            texts += [(line.row, cell) for cell in self._cells(line)]
        return table_unit(self.grid, texts, self.notices)

    def _tell(self, found: Found, rows: Rows, body: Body, last: int, unit: str) -> None:
        """Say what is hidden, merged, coloured, and what is left out."""
        self._tell_hidden_columns(found)
        tell_merges(self.grid, self.schema, found.headings, rows.data, self.notices)
        values = [each for each in found.headings if self._holds_values(each)]
        every = sorted([*rows.data, *rows.totals])
        words = partial(self._lines, found, rows)
        tell_totals(self.grid, found, values, every, rows.totals, unit, words, self.notices)
        tell_left_out(found, self.notices)
        self._tell_colours(found, every)
        self._tell_unit()

    def _tell_colours(self, found: Found, rows: Sequence[int]) -> None:
        """Colours of cells of values may mean something to people; they are not read."""
        if not self.grid.coloured:
            return
        values = [each for each in found.headings if each.is_value]
        cells = [
            f"{each.letter}{row}"
            for row in rows
            for each in values
            if (row, each.column) in self.grid.coloured
        ]
        if cells:
            text = gettext_noop("色の付いたセル %(count)s 個（%(shown)s）の色は読みません。")
            words = {"count": len(cells), "shown": listed(cells)}
            self.notices.append(Notice("left_out.colour", Message(text, words)))

    def _tell_unit(self) -> None:
        """Say when a unit was chosen against what the title says."""
        if not self.overrides.unit or not self.schema.units:
            return
        lines = [self._cells(line) for line in self.region.titles]
        found = {unit for cells in lines for cell in cells if (unit := unit_named(cell))}
        if found and found != {self.overrides.unit}:
            text = gettext_noop(
                "表の上には単位「%(written)s」とありますが、選ばれた「%(chosen)s」で読みました。"
            )
            words = {"written": "、".join(sorted(found)), "chosen": self.overrides.unit}
            self.notices.append(Notice("unit.chosen", Message(text, words)))

    def _cells(self, line: Line) -> list[str]:
        cells = filled(self.grid, line.row, self.region.reach)
        return [cell_text(value)[:LONGEST] for value in cells]

    def _holds_values(self, heading: Heading) -> bool:
        takes_unit = bool(heading.name) and self.schema.column(heading.name or "").takes_unit
        return heading.is_value or takes_unit

    def _tell_hidden_columns(self, found: Found) -> None:
        hidden = [e.letter for e in found.headings if e.column in self.grid.hidden_columns]
        if hidden:
            text = gettext_noop("非表示の列があります（%(letters)s列）。取り込みます。")
            message = Message(text, {"letters": ", ".join(hidden)})
            self.notices.append(Notice("column.hidden", message))

    def _spread(self, body: Body, title: tuple[int | None, str]) -> set[str]:
        years: YearColumns | None = self.schema.years
        if years is None:
            return set()
        if body.values:
            return spread(body, years, title)
        if years.value not in body.data:
            return set()
        for name, said in ((years.year, title[0]), (years.kind, title[1])):
            if name and said and name not in body.data:
                body.data[name] = [said] * len(body.rows)
        return {name for name in (years.year, years.kind) if name and name not in body.data}


def _unused(headings: Sequence[Heading], rest: Collection[Heading]) -> tuple[Heading, ...]:
    """Say of the rest of the headings that nobody uses their columns."""
    return tuple(replace(each, name="") if each in rest else each for each in headings)
