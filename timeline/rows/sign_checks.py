"""The signs of a figure's rows against the records: none is ignored, none contradicts them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programs.models import Program
from spreadsheets.planning.issues import Issue
from values.fiscal_year import FiscalYear
from values.tiers import TierRule, TierScale

from ..collecting.programs import program_rows
from ..drawing.words import figure_words
from ..figure.cells import ChartCell, Drawing, draw_cells
from ..figure.facts import BASES, DrawnBasis
from ..figure.vocabulary import MARK
from ..models import Event
from .signs import PlacedSign, Sign

Cells = Mapping[tuple[str, int], ChartCell]


class ProgramSigns(NamedTuple):
    """The signs of a programme's row, which stand for its amounts."""

    row: int
    code: str
    signs: tuple[PlacedSign, ...]


def sign_issue(row: int, placed: PlacedSign, code: str, message: str) -> Issue:
    heading = FiscalYear(placed.fiscal_year).label(get_language())
    return Issue("", row, placed.column, heading, placed.sign.text, code, message)


def unknown_sign(row: int, placed: PlacedSign, letters: Iterable[str]) -> Issue:
    message = _(
        "「%(sign)s」は年表の記号ではありません。出来事の年度なら %(mark)s、"
        "施策の予算の区分なら %(letters)s を入れるか、空欄にしてください。"
    )
    words = {"sign": placed.sign.text, "mark": MARK, "letters": "・".join(letters)}
    return sign_issue(row, placed, "sign.unknown", message % words)


def event_faults(row: int, event: Event, signs: Iterable[PlacedSign]) -> Iterator[Issue]:
    """Yield what the signs in an event's row say otherwise than its record."""
    for placed in signs:
        sign = placed.sign
        words = {"sign": sign.text, "event": event.name_ja, "mark": MARK}
        if sign.kind in ("tier", "state"):
            message = _(
                "「%(sign)s」は施策の記号ですが、「%(event)s」は出来事です。"
                "%(mark)s を入れるか、空欄にしてください。"
            )
            yield sign_issue(row, placed, "sign.of_event", message % words)
        elif sign.kind == "mark" and event.fiscal_year is None:
            message = _("「%(event)s」の年度が記録にありません。出来事の日付を入れてください。")
            yield sign_issue(row, placed, "mark.no_year", message % words)
        elif sign.kind == "mark" and event.fiscal_year != placed.fiscal_year:
            message = _("▲は%(marked)s年度ですが、「%(event)s」は%(recorded)s年度です。")
            words |= {"marked": placed.fiscal_year, "recorded": event.fiscal_year}
            yield sign_issue(row, placed, "mark.contradicts", message % words)
        elif sign.kind == "mark" and not _agrees(sign, event):
            message = _(
                "「%(sign)s」ですが、「%(event)s」の日付は記録では%(date)sです。"
                "どちらかを直してください。"
            )
            date = event.date.label(get_language()) if event.date else _("不明")
            yield sign_issue(row, placed, "mark.contradicts", message % (words | {"date": date}))


def _agrees(sign: Sign, event: Event) -> bool:
    """Whether the date beside a mark lies within the event's days, as far as it goes."""
    year = sign.date.year if sign.date else None
    month = sign.date.month if sign.date else sign.month
    day = sign.date.day if sign.date else sign.day
    if month is None:
        return True
    if event.date is None or event.date.month is None:
        return False
    first, last = event.date.first_day, (event.end_date or event.date).last_day
    if year is None:
        year = first.year if month >= first.month else last.year
    wanted = (year, month, day) if day and event.date.day else (year, month)
    size = len(wanted)
    return _parts(first)[:size] <= wanted <= _parts(last)[:size]


def _parts(day) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def program_faults(
    rows: list[ProgramSigns], tiers: tuple[TierRule, ...], basis: DrawnBasis, *, is_whole: bool
) -> tuple[list[Issue], DrawnBasis]:
    """Return where signs contradict the amounts, and the basis that they were compared on.

    A figure of this site is taken out on any basis: where `is_whole` says that every programme
    has a sign in every year, another basis is taken if all of them, letters too, agree on it.
    """
    years = {placed.fiscal_year for each in rows for placed in each.signs}
    if not years:
        return [], basis
    span = range(min(years), max(years) + 1)
    programs = Program.objects.filter(code__any_of={each.code for each in rows})
    facts = program_rows(programs, span)
    scale, words = TierScale.of(tiers), figure_words()
    has_letters = any(placed.sign.kind == "tier" for each in rows for placed in each.signs)
    others = [other for other in BASES if other != basis] if is_whole and has_letters else []
    first: list[tuple[int, PlacedSign, ChartCell]] = []
    for tried in (basis, *others):
        cells = {
            (each.code, cell.fiscal_year): cell
            for each in facts
            for cell in draw_cells(Drawing(each, span, scale, tried, words))
        }
        different = list(_different(rows, cells))
        if not different:
            return [], tried
        first = first or different
    return [_contradiction(*each) for each in first], basis


def _different(
    rows: Iterable[ProgramSigns], cells: Cells
) -> Iterator[tuple[int, PlacedSign, ChartCell]]:
    for each in rows:
        for placed in each.signs:
            cell = cells[each.code, placed.fiscal_year]
            if not _says(placed.sign, cell):
                yield each.row, placed, cell


def _says(sign: Sign, cell: ChartCell) -> bool:
    if sign.kind == "tier":
        return cell.tier == sign.letter
    if sign.kind == "state":
        return cell.tier is None and cell.state in sign.states
    return cell.state != "amount"


def _contradiction(row: int, placed: PlacedSign, cell: ChartCell) -> Issue:
    words = {
        "sign": placed.sign.text,
        "recorded": cell.tier or cell.drawing.words.in_sheet[cell.state],
        "reason": cell.reason,
    }
    if cell.state == "unknown":
        message = _(
            "「%(sign)s」とありますが、%(reason)sです。予算の表で額を入れるか、空欄にしてください。"
        )
        return sign_issue(row, placed, "sign.unconfirmed", message % words)
    message = _(
        "「%(sign)s」とありますが、記録では「%(recorded)s」（%(reason)s）です。"
        "記録か図のどちらかを直してください。"
    )
    return sign_issue(row, placed, "sign.contradicts", message % words)
