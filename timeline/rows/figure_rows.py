"""The rows of a figure's sheet, and what is said of them that is no fault."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from programs.names import Match
from spreadsheets.reading import Notice
from values.messages import Listed, Message, gettext_noop

from ..models import Event
from .printed_rows import PrintedRow
from .signs import PlacedSign

_SHOWN = 5


@dataclass(frozen=True)
class FigureRow:
    """A row of the sheet and what it stands for; `known` is the timeline's row of its label."""

    row: int
    cells: list[Any]
    label: str
    slug: str
    position: str
    signs: tuple[PlacedSign, ...]
    known: PrintedRow | None
    found: Match

    @property
    def marked_years(self) -> list[int]:
        return [each.fiscal_year for each in self.signs if each.sign.kind == "mark"]

    @property
    def says_something(self) -> bool:
        """Whether a cell says that the row is of a record: a blank and a dash do not."""
        return any(each.sign.kind in ("mark", "tier", "state") for each in self.signs)

    @property
    def has_unknown_sign(self) -> bool:
        return any(each.sign.kind == "unknown" for each in self.signs)

    @property
    def becomes_a_heading(self) -> bool:
        """Whether a label that names nothing is taken for a heading that was none before."""
        was_one = self.known is not None and self.known.is_heading
        is_bare = not self.says_something and not self.has_unknown_sign
        return bool(self.label) and not self.found.records and is_bare and not was_one

    def lacks_its_mark(self, years: Set[int]) -> bool:
        """Whether it is of an event in one of these years, and no mark says so."""
        event = self.found.record
        return isinstance(event, Event) and not self.marked_years and event.fiscal_year in years


def said_of_rows(rows: Sequence[FigureRow], numbers: Mapping[str, Set[str]]) -> Iterator[Notice]:
    """Yield what an editor should know; `numbers` are those of each timeline's rows as it is."""
    headings = [each for each in rows if each.becomes_a_heading]
    if headings:
        said = gettext_noop(
            "%(count)s 行は、施策でも出来事でもない見出しの行として読みました（%(shown)s）。"
        )
        yield _said("row.heading", said, headings)
    years = {placed.fiscal_year for each in rows for placed in each.signs}
    unmarked = [each for each in rows if each.lacks_its_mark(years)]
    if unmarked:
        said = gettext_noop("%(count)s 行は、出来事ですが年度に ▲ がありません（%(shown)s）。")
        yield _said("row.unmarked", said, unmarked)
    given = defaultdict(set)
    for each in rows:
        given[each.slug].add(each.position)
    kept = sum(len(numbers[slug] - given[slug]) for slug in numbers)
    if kept:
        said = gettext_noop("年表には、この表にない行が %(count)s 行あり、そのまま残ります。")
        yield Notice("row.kept", Message(said, {"count": kept}))


def rows_replaced(labels: Sequence[str]) -> Notice:
    """Say which rows of a timeline give way to those of the sheet that have their numbers."""
    shown = Listed(gettext_noop("、"), [*labels[:_SHOWN], *(["…"] if len(labels) > _SHOWN else [])])
    said = gettext_noop(
        "年表の %(count)s 行（%(shown)s）は、この表の行に置き換わります。"
        "置き換えないときは「順」の列を付けてください。"
    )
    return Notice("row.replaced", Message(said, {"count": len(labels), "shown": shown}))


def _said(code: str, said: str, rows: Sequence[FigureRow]) -> Notice:
    place = gettext_noop("%(row)s行目「%(label)s」")
    shown = [Message(place, {"row": r.row, "label": r.label}) for r in rows[:_SHOWN]]
    parts = Listed(gettext_noop("、"), [*shown, *(["…"] if len(rows) > _SHOWN else [])])
    return Notice(code, Message(said, {"count": len(rows), "shown": parts}))
