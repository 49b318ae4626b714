"""Finds the heading of a table, one row or two, and what each column is. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from values.messages import Message, gettext_noop
from values.text_key import text_key

from ..reading import Grid, ReadError, Value, cell_text, column_letter
from .columns import Column, Overrides, Schema
from .heading_faults import no_heading, one_row_left
from .units import split_unit

SEARCHED_ROWS = 30
LONGEST = 200

_MARKS = re.compile(r"(?:[*＊※]+\d*|[（(](?:必須|任意|required|optional)[）)])$", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """The heading of one column, from 1. `key` is under what an editor's choice is remembered.

    name is the declared column, "" for an unused one, None for one that nobody knows.
    """

    column: int
    text: str
    key: str
    name: str | None = None
    year: int | None = None
    caption: str = ""
    unit: str = ""

    @property
    def letter(self) -> str:
        return column_letter(self.column)


@dataclass(frozen=True)
class Found:
    """first_row and last_row are Excel's, inclusive."""

    first_row: int
    last_row: int
    headings: tuple[Heading, ...]


class Labels:
    """Knows which heading text is which declared column, and which is a year."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.names: dict[str, str] = {}
        self.known: dict[str, str | None] = {}
        for column in schema.columns:
            for label in (column.name, *column.labels):
                self.names.setdefault(text_key(label), column.name)

    def name(self, text: str) -> str | None:
        if text not in self.known:
            self.known[text] = self._name(text)
        return self.known[text]

    def _name(self, text: str) -> str | None:
        label = split_unit(text, self.schema.units)[0]
        for each in (text, label, _MARKS.sub("", text), _MARKS.sub("", label)):
            if text_key(each) in self.names:
                return self.names[text_key(each)]
        return None

    def year(self, text: str) -> int | None:
        if self.schema.years is None or not text:
            return None
        return self.schema.years.year_of(split_unit(text, self.schema.units)[0])

    def score(self, row: Sequence[str]) -> int:
        """Weigh how much of a heading a row is: a name counts 2, a year 1.

        Years count less, for they stand in rows of data too; a single one alone does not count.
        """
        years = {year for text in row if (year := self.year(text)) is not None}
        names = {name for text in row if text and (name := self.name(text))}
        return 2 * len(names) + (len(years) if len(years) > 1 or names else 0)


def find_headings(grid: Grid, schema: Schema, overrides: Overrides) -> Found:
    """Find the heading rows and map their columns; ReadError when there are none."""
    labels = Labels(schema)
    first, last = _heading_rows(grid, labels, overrides)
    bottom = heading_texts(grid, last)
    top = heading_texts(grid, first) if first < last else [""] * len(bottom)
    width = max(len(top), len(bottom))
    top += [""] * (width - len(top))
    bottom += [""] * (width - len(bottom))
    headings = _combined(_spread(top, bottom), bottom, labels)
    if first < last:
        _check_years(grid, last, top, bottom, labels)
    return Found(first, last, _mapped(grid, last, headings, schema, overrides))


def heading_texts(grid: Grid, row: int) -> list[str]:
    """Return a row, by Excel's number, as heading texts: no outer spaces, 200 characters."""
    if not 0 < row <= len(grid.rows):
        return []
    return [_heading_text(value) for value in grid.rows[row - 1]]


def _heading_text(value: Value) -> str:
    return "" if isinstance(value, float) else cell_text(value)[:LONGEST].replace("\n", "")


def _heading_rows(grid: Grid, labels: Labels, overrides: Overrides) -> tuple[int, int]:
    first = overrides.header_row
    if first is None:
        rows = range(1, min(len(grid.rows), SEARCHED_ROWS) + 1)
        scores = {row: _score(grid, row, labels) for row in rows}
        first = max(scores, key=lambda row: scores[row])
        filled = sum(map(bool, heading_texts(grid, first)))
        if scores[first] < 3 and not 0 < 2 * filled == scores[first]:
            raise _no_heading(grid, labels.schema)
    elif not any(heading_texts(grid, first)):
        raise _no_heading(grid, labels.schema)
    has_two = overrides.heading_rows == 2
    if overrides.heading_rows is None:
        has_two = _is_first_of_two(grid, first, labels)
    if first + has_two > len(grid.rows):
        raise one_row_left(grid.place(first), _shown(grid, first))
    return first, first + has_two


def _score(grid: Grid, row: int, labels: Labels) -> int:
    own = labels.score(heading_texts(grid, row))
    if own and _is_first_of_two(grid, row, labels):
        return own + labels.score(heading_texts(grid, row + 1))
    return own


def _is_first_of_two(grid: Grid, row: int, labels: Labels) -> bool:
    return _continues(heading_texts(grid, row), heading_texts(grid, row + 1), labels)


def _continues(top: list[str], bottom: list[str], labels: Labels) -> bool:
    """Say whether `bottom` is the second row of a heading: nothing but years or known headings.

    A year must stand under the same year (2016 over H28), under a caption or under nothing.
    """
    width = max(len(top), len(bottom))
    top = top + [""] * (width - len(top))
    bottom = bottom + [""] * (width - len(bottom))
    years = agreeing = names = 0
    for own, over, text in zip(top, _spread(top, bottom), bottom, strict=True):
        if not text:
            continue
        year = labels.year(text)
        if year is not None:
            wide = labels.schema.years
            if labels.name(over) not in (None, wide and wide.value):
                return False
            over_year = labels.year(over)
            years += 1
            agreeing += over_year in (None, year)
        elif labels.name(text) and not labels.name(own):
            names += 1
        else:
            return False
    return names > 0 or (years > 1 and agreeing * 2 > years)


def _spread(top: list[str], bottom: list[str]) -> list[str]:
    """Let a heading that spans several columns stand over each filled cell below it."""
    spread, last = [], ""
    for over, under in zip(top, bottom, strict=True):
        last = over or last
        spread.append(last if under else over)
    return spread


def _combined(top: list[str], bottom: list[str], labels: Labels) -> list[Heading]:
    headings = []
    units = labels.schema.units
    for column, (over, under) in enumerate(zip(top, bottom, strict=True), 1):
        text = f"{over} {under}" if over and under else over or under
        year = labels.year(under)
        year = labels.year(over) if year is None else year
        name = None
        if year is None:
            matches = (labels.name(each) for each in (under, over + under, over) if each)
            name = next(filter(None, matches), None)
        caption = split_unit(over, units)[0] if year is not None and over != under else ""
        if labels.year(caption) is not None or labels.name(caption):
            caption = ""
        unit = split_unit(under, units)[1] or split_unit(over, units)[1]
        headings.append(Heading(column, text, text_key(text), name, year, caption, unit))
    return headings


def _check_years(grid: Grid, row: int, top: list[str], bottom: list[str], labels: Labels) -> None:
    for column, (over, under) in enumerate(zip(top, bottom, strict=True), 1):
        years = labels.year(over), labels.year(under)
        if None not in years and years[0] != years[1]:
            raise ReadError(
                "heading.years_disagree",
                under,
                reason=Message(
                    gettext_noop(
                        "見出し「%(over)s」の下の「%(under)s」は別の年度（%(year)s）です。"
                    ),
                    {"over": over, "under": under, "year": years[1]},
                ),
                remedy=Message(gettext_noop("2行の見出しの年度をそろえてください。")),
                place=grid.place(row, column),
            )


def _mapped(
    grid: Grid, last: int, headings: list[Heading], schema: Schema, overrides: Overrides
) -> tuple[Heading, ...]:
    for name in overrides.mapping.values():
        if name and name not in schema.names:
            raise ValueError(f"the schema has no column {name}")
    seen: set[str] = set()
    keyed = []
    for each in headings:
        key = each.key if each.key and each.key not in seen else f"{each.key}@{each.letter}"
        seen.add(key)
        if key in overrides.mapping:
            each = replace(each, name=overrides.mapping[key], year=None)
        keyed.append(replace(each, key=key))
    keyed = _without_years(keyed, schema)
    keyed = [_unheaded(each, keyed, schema) for each in keyed]
    _check_twice(grid, last, keyed, schema)
    return tuple(keyed)


def _without_years(headings: list[Heading], schema: Schema) -> list[Heading]:
    """Beside a column for the year, columns headed by years are unknown."""
    year = schema.years.year if schema.years else ""
    if year and year in {each.name for each in headings}:
        return [replace(each, year=None) for each in headings]
    return headings


def _unheaded(heading: Heading, headings: list[Heading], schema: Schema) -> Heading:
    if heading.text or heading.name is not None:
        return heading
    names = {each.name for each in headings}
    left = headings[heading.column - 2].name if heading.column > 1 else None
    for column in schema.columns:
        if column.blank_heading and column.slides_to == left and column.name not in names:
            return replace(heading, name=column.name)
    return heading


def _check_twice(grid: Grid, row: int, headings: list[Heading], schema: Schema) -> None:
    first: dict[object, Heading] = {}
    for each in headings:
        meaning = each.name or ((each.year, each.caption) if each.year is not None else None)
        if not meaning:
            continue
        if meaning in first:
            before = first[meaning]
            column = _named(schema, each.name)
            label = column.labels[0] if column and column.labels else str(each.year)
            raise ReadError(
                "heading.duplicate",
                each.text,
                reason=Message(
                    gettext_noop(
                        "%(before_letter)s列の「%(before_text)s」と%(letter)s列の「%(text)s」は、"
                        "どちらも「%(label)s」です。"
                    ),
                    {
                        "before_letter": before.letter,
                        "before_text": before.text,
                        "letter": each.letter,
                        "text": each.text,
                        "label": label,
                    },
                ),
                remedy=Message(gettext_noop("使わない方の列を消すか、見出しを変えてください。")),
                place=grid.place(row, each.column),
            )
        first[meaning] = each


def _named(schema: Schema, name: str | None) -> Column | None:
    return schema.column(name) if name else None


def _no_heading(grid: Grid, schema: Schema) -> ReadError:
    start = next((i for i, row in enumerate(grid.rows, 1) if any(row)), 1)
    return no_heading(
        grid.place(start), _shown(grid, start), schema=schema, searched_rows=SEARCHED_ROWS
    )


def _shown(grid: Grid, row: int) -> str:
    return " | ".join(filter(None, heading_texts(grid, row)))
