"""What the headings of a table are, seen beside each other. Pure."""

from dataclasses import dataclass, replace

from ...reading import column_letter
from ..columns import Schema
from .parts import Part


@dataclass(frozen=True)
class Heading:
    """The heading of one column, from 1. `key` is under what an editor's choice is remembered.

    name      is the declared column, "" for an unused one, None for one that nobody knows or that
              holds values
    is_value  its cells are values; `year` and `kind` say of what, None and "" where the heading
              does not
    is_part   its values are those of one of several, as of a ministry
    left_out  why its cells are not read, though the heading is understood: "total", or what the
              schema's `not_stored` says; "" otherwise
    path      the cells above the column
    """

    column: int
    text: str
    key: str
    name: str | None = None
    year: int | None = None
    kind: str = ""
    unit: str = ""
    is_value: bool = False
    is_part: bool = False
    left_out: str = ""
    path: tuple[Part, ...] = ()

    @property
    def letter(self) -> str:
        return column_letter(self.column)

    @property
    def is_known(self) -> bool:
        return self.name is not None or self.is_value or bool(self.left_out)

    @property
    def is_across(self) -> bool:
        """Whether it heads values and says itself of which year, kind or part."""
        return self.is_value and (self.year is not None or bool(self.kind) or self.is_part)


def without_lone_part(headings: list[Heading]) -> list[Heading]:
    """A ministry divides values only where there are others, or a year or kind beside its name."""
    parts = [each for each in headings if each.is_part]
    if len(parts) > 1:
        return headings
    return [
        replace(
            each, is_part=False, is_value=each.is_value and (bool(each.kind) or bool(each.year))
        )
        if each.is_part
        else each
        for each in headings
    ]


def without_years(headings: list[Heading], schema: Schema) -> list[Heading]:
    """Beside a column for the year, columns headed by years are unknown; so are kinds.

    A column of kinds is unknown itself where every column of values names its kind.
    """
    years = schema.years
    if years is None:
        return headings
    names = {each.name for each in headings}
    values = [each for each in headings if each.is_value]
    if years.year and years.year in names:
        headings = [
            replace(each, is_value=False) if each.is_value and each.year is not None else each
            for each in headings
        ]
    if years.kind and years.kind in names and any(each.kind for each in values):
        if all(each.kind for each in values):
            return [replace(e, name=None) if e.name == years.kind else e for e in headings]
        return [
            replace(each, is_value=False) if each.is_value and each.kind else each
            for each in headings
        ]
    return headings


def plain_value(headings: list[Heading], schema: Schema) -> list[Heading]:
    """One column of values that says neither year nor kind is a column like others."""
    values = [each for each in headings if each.is_value]
    if len(values) != 1 or values[0].is_across or schema.years is None:
        return headings
    name = schema.years.value
    return [replace(e, name=name, is_value=False) if e.is_value else e for e in headings]


def unheaded(heading: Heading, headings: list[Heading], schema: Schema) -> Heading:
    if heading.text or heading.is_known:
        return heading
    names = {each.name for each in headings}
    by_column = {each.column: each.name for each in headings}
    left = by_column.get(heading.column - 1)
    for column in schema.columns:
        if column.blank_heading and column.slides_to == left and column.name not in names:
            return replace(heading, name=column.name)
    return heading
