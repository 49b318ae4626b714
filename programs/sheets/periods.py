"""A programme's first and last fiscal year where a sheet has them in one cell."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from spreadsheets.planning.issues import Issue
from spreadsheets.reading import Notice
from spreadsheets.resources.cells import ERASED, KEPT, cell_text
from spreadsheets.understanding.columns import Column
from values import money
from values.fiscal_year import FiscalYearError, parse
from values.messages import Message, gettext_noop
from values.running_years import RunningYears, parse_running_years

from ..models.program import EndState

PERIOD = Column(
    "period",
    (
        *("期間", "実施期間", "事業期間", "事業実施期間", "実施年度", "年度（期間）"),
        *("期間（年度）", "実施期間（年度）", "事業期間（年度）", "period"),
    ),
)
_YEARS = ("start_fiscal_year", "end_fiscal_year", "end_state")

Rows = Sequence[tuple[int, Sequence[Any]]]


def split_periods(
    names: Sequence[str],
    rows: Rows,
    constants: Mapping[str, str],
    places: Mapping[str, tuple[str, str]],
) -> tuple[Sequence[str], Rows, list[Issue], list[Notice]]:
    """Return names and rows with a period's years in columns of their own.

    A period stands in `period`, or in the column of the start where the end has no cell. One that
    goes on erases an end the record had, and is ongoing unless the sheet has an end state.
    """
    has_column = PERIOD.name in names
    if not has_column and not any(_period_of_start(names, cells) for _row, cells in rows):
        return names, rows, [], []
    added = [name for name in _YEARS if name not in names]
    plain = [name for name in names if name != PERIOD.name]
    issues, planned, split = [], [], []
    for row, cells in rows:
        typed = dict.fromkeys(added, KEPT) | dict(zip(names, cells, strict=True))
        try:
            years = _period(typed) if has_column else _period_of_start(names, cells)
            _take(typed, years, constants)
        except FiscalYearError as refusal:
            value = cell_text(typed[PERIOD.name])
            message = refusal.in_words(_)
            issues.append(Issue("", row, *places[PERIOD.name], value, refusal.code, message))
            years = None
        if years and years.is_planned:
            planned.append(row)
        split.append((row, tuple(typed[name] for name in (*plain, *added))))
    return [*plain, *added], split, issues, _said(planned)


def _period_of_start(names: Sequence[str], cells: Sequence[Any]) -> RunningYears | None:
    """Return the period that stands where the start should, None when it names no range."""
    typed = dict(zip(names, cells, strict=True))
    text = cell_text(typed.get("start_fiscal_year", ""))
    if not text or text.isdigit() or cell_text(typed.get("end_fiscal_year", "")):
        return None
    try:
        years = parse_running_years(text)
    except FiscalYearError:
        return None  # whoever reads the cell says what is wrong with it
    return years if years.is_range else None


def _period(typed: Mapping[str, Any]) -> RunningYears | None:
    text = cell_text(typed[PERIOD.name])
    return None if not text or money.nil_mark(text) else parse_running_years(text)


def _take(typed: dict[str, Any], years: RunningYears | None, constants: Mapping[str, str]) -> None:
    """Fill the cells of start, end and end state; FiscalYearError where one says otherwise."""
    if years is None:
        return
    if PERIOD.name not in typed:  # the start itself held the period
        typed["start_fiscal_year"] = ""
    for name, year in zip(_YEARS, (years.first, years.last), strict=False):
        if _contradicts(cell_text(typed[name]), year, is_start=name == "start_fiscal_year"):
            raise FiscalYearError.because("period.contradicts", cell_text(typed[PERIOD.name]))
        if year is not None:
            typed[name] = year
    if years.last is None:
        typed["end_fiscal_year"] = ERASED
    if not cell_text(typed["end_state"]) and "end_state" not in constants:
        state = EndState.ONGOING if years.last is None else EndState.KNOWN
        typed["end_state"] = state.value


def _contradicts(text: str, year: int | None, *, is_start: bool) -> bool:
    """Whether a year's own cell says otherwise; an open start says nothing, an open end does."""
    if not text or money.nil_mark(text) or (is_start and year is None):
        return False
    return parse(text, calendar_year_ok=True).year != year


def _said(planned: Sequence[int]) -> list[Notice]:
    if not planned:
        return []
    said = gettext_noop("%(count)s 行（%(rows)s行目）の期間の「予定」は、年度だけを読みました。")
    shown = ", ".join(map(str, planned[:5])) + ("…" if len(planned) > 5 else "")
    return [Notice("period.planned", Message(said, {"count": len(planned), "rows": shown}))]
