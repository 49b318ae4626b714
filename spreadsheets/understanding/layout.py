"""Grid → Table: where the table begins and ends, what its columns are, one record a row. Pure."""

import re
from collections.abc import Sequence

from values.messages import Message, gettext_noop

from ..reading import Grid, Notice, ReadError, Value, cell_text, collector_paused
from .body import Body, is_blank, listed
from .columns import Overrides, Schema
from .headings import LONGEST, Found, find_headings
from .table import Line, Table
from .units import unit_in

_NOTE = re.compile(
    r"\s*[（(【\[［]?(?:※|\*|＊|†|[:：]|"
    r"(?:注|註|脚注|出典|出所|資料|備考|凡例|注記|notes?|sources?|legend)"
    r"(?:\s*[\d０-９一二三①-⑳]*\s*(?:[:：）)\]］】.．、，,]|$)|[\s\d０-９①-⑳]))",
    re.IGNORECASE,
)

_HIDDEN_LEFT_OUT = gettext_noop("非表示の行が %(count)s 行あります（%(rows)s行目）。除きました。")
_HIDDEN_TAKEN = gettext_noop("非表示の行が %(count)s 行あります（%(rows)s行目）。取り込みます。")


@collector_paused()
def understand(grid: Grid, schema: Schema, overrides: Overrides | None = None) -> Table:
    """Understand a sheet; nothing is left out unsaid.

    Raises ReadError when there is no heading, when two columns are the same, or when units
    contradict each other. Columns that nobody declared are in `unknown`: the caller asks once and
    passes the answer as `overrides.mapping`.
    """
    overrides = overrides or Overrides()
    found = find_headings(grid, schema, overrides)
    last, notes = _table_end(grid, found.last_row, overrides)
    titles = [_line(grid, row) for row in range(1, found.first_row)]
    title_lines = tuple(line for line in titles if line.text)
    notices = list(grid.notices)
    rows = _data_rows(grid, found, last, overrides, notices)
    body = Body(grid, schema, found, rows, notices)
    _tell_hidden_columns(grid, found, notices)
    unknown = [
        each
        for each in found.headings
        if each.name is None and each.year is None and (each.text or body.is_filled(each))
    ]
    unit_cells = [
        each
        for each in unknown
        if not body.is_filled(each) and any(unit_in(each.text, schema.units))
    ]
    texts = [Line(found.last_row, each.text) for each in unit_cells]
    for line in (*title_lines, *notes):
        texts += [Line(line.row, cell_text(value)[:LONGEST]) for value in _filled(grid, line.row)]
    unit = overrides.unit or _sheet_unit(grid, texts, schema, notices)
    body.check_merges(found.last_row, last)
    body.fill(slide=overrides.slide)
    body.collect_faults()
    if body.years:
        body.spread_years()
    names = {each.name for each in found.headings} | (body.year_names() if body.years else set())
    return Table(
        grid=grid,
        schema=schema,
        headings=found.headings,
        heading_rows=tuple(range(found.first_row, found.last_row + 1)),
        rows=body.rows,
        data=body.data,
        unknown=(*(each for each in unknown if each not in unit_cells), *body.beyond),
        missing=tuple(
            each.name for each in schema.columns if each.required and each.name not in names
        ),
        year_index=body.year_index,
        unit=unit,
        carried={name: frozenset(records) for name, records in body.carried.items() if records},
        faults=body.faults,
        note_lines=notes,
        notices=tuple(notices),
    )


def _filled(grid: Grid, row: int) -> list[Value]:
    return [value for value in grid.rows[row - 1] if not is_blank(value)]


def _line(grid: Grid, row: int) -> Line:
    return Line(row, " ".join(cell_text(value) for value in _filled(grid, row)))


def _table_end(grid: Grid, heading: int, overrides: Overrides) -> tuple[int, tuple[Line, ...]]:
    """Return the last row of data and the notes below it.

    Notes are single cells at the end that begin with 注, 出典, ※ and the like. Single cells below
    such a mark belong to it when a full row stands above the mark, and so does a whole block of
    single cells below a blank row when it has a mark.
    """
    end = overrides.last_row
    if end is None:
        end = _last_data_row(grid, heading)
    lines = (_line(grid, row) for row in range(max(end, heading) + 1, len(grid.rows) + 1))
    return end, tuple(line for line in lines if line.text)


def _last_data_row(grid: Grid, heading: int) -> int:
    """Walk up from the end through blocks of single cells that blank rows divide."""
    end = row = len(grid.rows)
    notes = others = 0
    is_note = False
    while row > heading:
        filled = _filled(grid, row)
        if len(filled) > 2 or (len(filled) == 2 and not _is_note(filled)):
            return row if is_note else end
        is_note = bool(filled) and _is_note(filled)
        if filled:
            notes, others = notes + is_note, others + (not is_note)
            if not others:
                end = row - 1
        else:
            if others and not notes:
                return end
            if notes:
                end = row
            notes = others = 0
        row -= 1
    return end


def _is_note(filled: list[Value]) -> bool:
    return bool(_NOTE.match(cell_text(filled[0])))


def _sheet_unit(grid: Grid, texts: Sequence[Line], schema: Schema, notices: list[Notice]) -> str:
    if not schema.units:
        return ""
    found: dict[str, int] = {}
    for line in texts:
        unit, unread = unit_in(line.text, schema.units)
        if unit:
            found.setdefault(unit, line.row)
        elif unread:
            notices.append(
                Notice(
                    "unit.unknown",
                    Message(
                        gettext_noop(
                            "単位「%(unread)s」は知らない単位です。金額の単位としては使いません。"
                        ),
                        {"unread": unread},
                    ),
                    grid.place(line.row),
                )
            )
    if len(found) > 1:
        units = list(found)
        raise ReadError(
            "unit.conflict",
            "、".join(units),
            reason=Message(
                gettext_noop("表の単位が「%(first)s」とも「%(second)s」とも書かれています。"),
                {"first": units[0], "second": units[1]},
            ),
            remedy=Message(
                gettext_noop("どちらか一方にするか、取り込むときに単位を選んでください。")
            ),
            place=grid.place(found[units[1]]),
        )
    return next(iter(found), "")


def _tell_hidden_columns(grid: Grid, found: Found, notices: list[Notice]) -> None:
    hidden = [each.letter for each in found.headings if each.column in grid.hidden_columns]
    if hidden:
        letters = ", ".join(hidden)
        notices.append(
            Notice(
                "column.hidden",
                Message(
                    gettext_noop("非表示の列があります（%(letters)s列）。取り込みます。"),
                    {"letters": letters},
                ),
            )
        )


def _data_rows(
    grid: Grid, found: Found, last: int, overrides: Overrides, notices: list[Notice]
) -> list[int]:
    """Return the Excel numbers of the rows that hold data."""
    first = found.last_row
    body = grid.rows[first:last]
    if grid.is_text:
        rows = [i for i, row in enumerate(body, first + 1) if any(map(str.strip, row))]  # type: ignore[arg-type]
    else:
        faulty = {row for row, _column in grid.cell_faults}
        rows = [
            i
            for i, row in enumerate(body, first + 1)
            if i in faulty or not all(is_blank(value) for value in row)
        ]
    heading = grid.rows[found.last_row - 1]
    repeated = [i for i, row in enumerate(body, first + 1) if row == heading]
    hidden = [i for i in rows if i in grid.hidden_rows] if grid.hidden_rows else []
    if repeated:
        shown = listed(repeated)
        notices.append(
            Notice(
                "row.heading_again",
                Message(
                    gettext_noop("%(shown)s行目は見出しの繰返しなので除きました。"),
                    {"shown": shown},
                ),
            )
        )
    if hidden:
        words = _HIDDEN_LEFT_OUT if overrides.skip_hidden else _HIDDEN_TAKEN
        parameters = {"count": len(hidden), "rows": listed(hidden)}
        notices.append(Notice("row.hidden", Message(words, parameters)))
    dropped = {*repeated, *(hidden if overrides.skip_hidden else ())}
    return [i for i in rows if i not in dropped] if dropped else rows
