"""What an app declares of its sheets: columns, headings, units, years. Pure, and of no domain."""

from collections.abc import Callable, Mapping, Sequence
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


def nothing(_text: str) -> None:
    """What a sheet's words say where an app declares no reader of them."""


@dataclass(frozen=True)
class YearColumns:
    """Columns of values may be headed by a fiscal year, a kind, or both, in one cell or several.

    value        the column that their cells belong to
    year         the column for the year of a heading
    kind         the column for the kind of a heading, as 当初予算; "" where there are no kinds
    kind_of      text → what to read in the column of kinds, None where it is no kind
    is_value     whether text is a heading of values that says neither: 予算額
    not_stored   text → why a column of values is left out: a sum, a change; None where it is not
    is_part      whether a heading names one of those among whom values are divided: a ministry
    word_of      cell → what a word in place of a value says: 内数; None for all that is read
    gather       keep one record a row: `value` is then a tuple of (year, cell, column letter) of
                 its filled cells, and `year` and `kind` are not used
    """

    value: str
    year: str = ""
    kind: str = ""
    kind_of: Callable[[str], str | None] = nothing
    is_value: Callable[[str], bool | None] = nothing
    not_stored: Callable[[str], str | None] = nothing
    word_of: Callable[[str], str | None] = nothing
    is_part: Callable[[str], bool | None] = nothing
    gather: bool = False


@dataclass(frozen=True)
class Schema:
    """All columns of one kind of sheet; `units` are the spellings of units that may be chosen.

    A sheet whose amounts have no unit anywhere is read only when `units` is empty.
    """

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

    header_row    Excel's number of the first heading row
    heading_rows  how many there are, 1 to 4
    last_row      the last row of data; what is below are notes
    unit          of every amount whose heading and cell name none
    mapping       `Heading.key` → a column's name, "" for unused, or "value/kind" for a column of
                  values of that kind
    remembered    the same for headings nobody knows, from earlier sheets
    unused_rest   every heading that is still unknown is unused
    skip_hidden   leave hidden rows out
    slide         False: a row with nothing but its `slides_to` cell has no label
    """

    header_row: int | None = None
    heading_rows: int | None = None
    last_row: int | None = None
    unit: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)
    unused_rest: bool = False
    skip_hidden: bool = False
    slide: bool = True

    def as_dict(self) -> dict[str, Any]:
        """Return what differs from the defaults, ready for JSON; `Overrides(**d)` reads it."""
        defaults = asdict(Overrides())
        return {name: value for name, value in asdict(self).items() if value != defaults[name]}


def listed(items: Sequence[object], most: int = 5) -> str:
    """Return the first items of a list of rows or addresses for a sentence."""
    shown = ", ".join(map(str, items[:most]))
    return shown + "…" if len(items) > most else shown
