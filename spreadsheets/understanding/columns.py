"""What an app declares of its sheets: columns, headings, units, years. Pure, and of no domain."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Column:
    """One column that a sheet may have.

    name            the app's own name of it, which is accepted as a heading too
    labels          headings in Japanese and English, the first one is shown; matched by text_key
    required        a sheet without the column is reported as lacking it
    takes_unit      its cells are amounts in the unit that heading, cell or sheet names
    is_unit         the column names the unit of its row
    carry_down      a blank cell means the cell above, as under merged cells
    blank_heading   a column without a heading, right of `slides_to`, is this one
    slides_to       the column in which the label stands when its own cell is blank
    unless          in a sheet with this column nothing is carried down to this one, nor slides
    """

    name: str
    labels: tuple[str, ...]
    required: bool = False
    takes_unit: bool = False
    is_unit: bool = False
    carry_down: bool = False
    blank_heading: bool = False
    slides_to: str = ""
    unless: str = ""


@dataclass(frozen=True)
class YearColumns:
    """One column a year may stand for two columns: `year`, from the heading, and `value`.

    year_of     heading → year, or None for a heading that names no year
    caption     the column that words above the years stand for, as in a first heading row
                「当初予算」 over 2016, 2017, …; "" for none
    gather      keep one record a row: `value` is then a tuple of (year, cell, column's letter) of
                its filled cells, and `year` is not used
    """

    value: str
    year_of: Callable[[str], int | None]
    year: str = ""
    caption: str = ""
    gather: bool = False


@dataclass(frozen=True)
class Schema:
    """All columns of one kind of sheet; `units` are the spellings of units that may be named."""

    columns: tuple[Column, ...]
    years: YearColumns | None = None
    units: tuple[str, ...] = ()

    def column(self, name: str) -> Column:
        return next(each for each in self.columns if each.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.columns)


@dataclass(frozen=True)
class Overrides:
    """What the editor changed of what was understood; None and empty mean: find out.

    encoding, sheet   for `reading.read`
    header_row        Excel's number of the first heading row
    heading_rows      1 or 2
    last_row          the last row of data; what is below are notes
    unit              of every amount that names none itself
    mapping           `UnknownColumn.key` or `MappedColumn.key` → a column's name, "" for unused
    skip_hidden       leave hidden rows out
    slide             False: a row with nothing but its `slides_to` cell has no label
    """

    encoding: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    heading_rows: int | None = None
    last_row: int | None = None
    unit: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    skip_hidden: bool = False
    slide: bool = True

    def as_dict(self) -> dict[str, Any]:
        """Return what differs from the defaults, ready for JSON; `Overrides(**d)` reads it."""
        defaults = asdict(Overrides())
        return {name: value for name, value in asdict(self).items() if value != defaults[name]}
