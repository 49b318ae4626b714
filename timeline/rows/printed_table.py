"""The wide year table of a printed chapter, as text, and the legend below it. Pure.

Cells are separated by tabs. The first line names the columns: 区分, an unnamed or named label
column, then fiscal years in Gregorian numbers; a second line may repeat them as eras. The label
of a row may slide to the first column; its years stay in place. ▲ under a year marks an event.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from values import fiscal_year
from values.decision import Decision
from values.messages import Message, gettext_noop
from values.refusal import Refusal

from ..figure.vocabulary import MARK

Lines = Sequence[tuple[int, str]]
"""Lines with the number, from 1, that each has in its file."""

LABEL_LIMIT = 200
GROUP_LIMIT = 60
_COLUMN_LIMIT = 100
_USUAL_HEADINGS = {"区分", "施策", "施策等", "施策名", "事業", "事業名", "名称", "項目"}


class TableError(Refusal):
    """A line of the table or legend that cannot be read; `line` counts from 1 in the file."""

    def __init__(self, code: str, line: int, value: str, *, reason: Message) -> None:
        super().__init__(code, value, reason=reason)
        self.line = line


@dataclass(frozen=True)
class PrintedTableRow:
    """One printed row; `marks` are the fiscal years with ▲, ascending."""

    line: int
    group: str
    label: str
    marks: tuple[int, ...]


@dataclass(frozen=True)
class YearTable:
    """Fiscal years without gaps, ascending, and the rows in printed order."""

    fiscal_years: tuple[int, ...]
    rows: tuple[PrintedTableRow, ...]


def read_table(lines: Lines) -> YearTable:
    """Read a table from its lines, header first; raise TableError with the line at fault."""
    split = [(number, [cell.strip() for cell in line.split("\t")]) for number, line in lines]
    split = [(number, cells) for number, cells in split if any(cells)]
    if not split:
        raise TableError(
            "table.empty",
            lines[0][0] if lines else 1,
            "",
            reason=Message(
                gettext_noop("年表に行がありません。西暦の見出し行から始めてください。")
            ),
        )
    (number, header), body = split[0], split[1:]
    first, years = _read_years(number, header)
    if body and _is_era_header(body[0][1], first):
        _check_eras(*body[0], first, years)
        body = body[1:]
    rows: list[PrintedTableRow] = []
    for number, cells in body:
        group = rows[-1].group if rows else ""
        rows.append(_read_row(number, cells, first, years, group))
    return YearTable(years, tuple(rows))


def unread_headings(lines: Lines) -> list[Decision]:
    """Return the names of the columns before the years, if they say more than 区分 and 施策."""
    for number, line in lines:
        cells = [cell.strip() for cell in line.split("\t")]
        if any(cells):
            years = [at for at, cell in enumerate(cells) if _year_or_none(cell) is not None]
            named = [cell for cell in cells[: years[0] if years else 0] if cell]
            return [
                Decision("table.column_name", number, cell)
                for cell in named
                if cell not in _USUAL_HEADINGS
            ]
    return []


def _read_years(line: int, cells: list[str]) -> tuple[int, tuple[int, ...]]:
    """Return the index of the first year column and the fiscal years of the header line."""
    years = [_year_or_none(cell) for cell in cells]
    first = next((index for index, year in enumerate(years) if year is not None), None)
    if first is None:
        raise TableError(
            "table.no_years",
            line,
            "\t".join(cells),
            reason=Message(
                gettext_noop(
                    "年表の最初の行に年度がありません。"
                    "「区分」の行に 2016 のような西暦を並べてください。"
                )
            ),
        )
    if first not in (1, 2):
        raise TableError(
            "table.label_columns",
            line,
            "\t".join(cells),
            reason=Message(
                gettext_noop(
                    "年度の列の左に%(first)s列あります。区分と施策名の1列か2列にしてください。"
                ),
                {"first": first},
            ),
        )
    named = cells[first:]
    while named and not named[-1]:
        named.pop()
    found: list[int] = []
    for cell in named:
        year = _year_or_none(cell)
        if year is None or (found and year != found[-1] + 1) or len(found) == _COLUMN_LIMIT:
            raise TableError(
                "table.years_in_order",
                line,
                cell,
                reason=Message(
                    gettext_noop(
                        "見出しの「%(cell)s」は前の列の次の年度ではありません。年度を順に並べてください。"
                    ),
                    {"cell": cell},
                ),
            )
        found.append(year)
    return first, tuple(found)


def _year_or_none(cell: str) -> int | None:
    try:
        return fiscal_year.parse(cell).year if cell else None
    except Refusal:
        return None


def _is_era_header(cells: list[str], first: int) -> bool:
    return not any(cells[:first]) and any(_year_or_none(cell) for cell in cells[first:])


def _check_eras(line: int, cells: list[str], first: int, years: tuple[int, ...]) -> None:
    pairs = itertools.zip_longest(cells[first:], years, fillvalue=None)
    for cell, year in pairs:
        if (cell or year is not None) and _year_or_none(cell or "") != year:
            raise TableError(
                "table.eras_disagree",
                line,
                cell or "",
                reason=Message(
                    gettext_noop(
                        "和暦「%(era)s」が上の西暦「%(year)s」と合いません。どちらかを直してください。"
                    ),
                    {"era": cell or "", "year": year or ""},
                ),
            )


def _read_row(
    line: int, cells: list[str], first: int, years: tuple[int, ...], group: str
) -> PrintedTableRow:
    named = [cell for cell in cells[:first] if cell]
    if not named:
        raise TableError(
            "table.label_missing",
            line,
            "\t".join(cells),
            reason=Message(
                gettext_noop("年度の列に印がありますが、名称がありません。名称を入れてください。")
            ),
        )
    label = named[-1]
    if len(named) == 2:
        group = named[0]
    for text, limit in ((label, LABEL_LIMIT), (group, GROUP_LIMIT)):
        if len(text) > limit:
            raise text_too_long(line, text, limit)
    marks: list[int] = []
    for cell, year in itertools.zip_longest(cells[first:], years, fillvalue=None):
        if cell == MARK and year is not None:
            marks.append(year)
        elif cell:
            raise TableError(
                "table.cell_unknown",
                line,
                cell,
                reason=Message(
                    gettext_noop(
                        "セル「%(cell)s」は読めません。年度の下には %(mark)s だけを置けます。"
                    ),
                    {"cell": cell, "mark": MARK},
                ),
            )
    return PrintedTableRow(line, group, label, tuple(marks))


def text_too_long(line: int, text: str, limit: int) -> TableError:
    """Return the refusal of a text that its field does not hold."""
    return TableError(
        "table.text_too_long",
        line,
        text,
        reason=Message(
            gettext_noop("%(count)s字あります。%(limit)s字までにしてください。"),
            {"count": len(text), "limit": limit},
        ),
    )
