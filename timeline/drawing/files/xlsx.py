"""A Chart as the workbook that staff keep: coloured cells, letters, ▲, both heading rows.

One sheet: title, headings (西暦 over 和暦), rows, then notes. Reading it as a sheet of timeline
rows changes nothing.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from ...figure.chart import Chart, ChartCell, ChartRow
from ...figure.text_width import wrap
from ...figure.vocabulary import MARK
from .svg_parts import COLOURS
from .texts import (
    Frame,
    cell_text,
    group_texts,
    heading_texts,
    note_lines,
    numbered_notes,
)

_FONT = "游ゴシック"
_TITLE_ROW, _HEADING_ROW, _FIRST_ROW = 1, 2, 4
_FIRST_YEAR = 3
_GROUP_WIDTH, _LABEL_WIDTH, _YEAR_WIDTH = 9, 58, 8
_EM_IN_LABEL = _LABEL_WIDTH / 2
_LINE_POINTS = 14
_EPOCH = datetime(2000, 1, 1)
_MODIFIED = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def _colour(name: str) -> str:
    value = COLOURS[name][1:]
    return "FF" + (value if len(value) == 6 else "".join(2 * each for each in value)).upper()


_FILLS = {
    "A": PatternFill("solid", fgColor=_colour("A")),
    "B": PatternFill("lightUp", fgColor="FFA9C2FF", bgColor=_colour("B")),
    "C": PatternFill("solid", fgColor=_colour("C")),
    "no_own_budget": PatternFill("solid", fgColor=_colour("tint")),
}
_INKS = {"A": "FFFFFFFF", "B": "FF000000", "C": _colour("A")}
_HAIR = Side("hair", color=_colour("strong"))
_THIN = Side("thin", color=_colour("ink"))
_EDGES = {
    "C": Side("medium", color=_colour("A")),
    "no_own_budget": Side("thin", color=_colour("strong")),
    "unknown": Side("dashed", color=_colour("strong")),
    "zero": Side("dotted", color=_colour("strong")),
    "amount": Side("thin", color=_colour("strong")),
}
_CENTRE = Alignment(horizontal="center", vertical="center")
_WRAPPED = Alignment(vertical="center", wrap_text=True)


def write_xlsx(chart: Chart, frame: Frame) -> bytes:
    """Return the workbook: always the same bytes for the same figure."""
    book = Workbook()
    sheet = book.active
    sheet.title = chart.words.texts["sheet_name"]
    last = _FIRST_YEAR + len(chart.columns) - 1
    _put(sheet, _TITLE_ROW, 1, frame.title, font=Font(_FONT, 14, bold=True))
    _write_headings(sheet, chart)
    groups, above = group_texts(chart), None
    noted = numbered_notes(chart)
    for index, (row, group) in enumerate(zip(chart.rows, groups, strict=True)):
        number = _FIRST_ROW + index
        is_first = group != above
        above = group
        _write_row(sheet, number, row, chart, group if is_first else "", noted.get(index))
        if is_first:
            for column in range(1, last + 1):
                cell = sheet.cell(number, column)
                if cell.border.top is None or not cell.border.top.style:
                    cell.border = _over(cell.border, _THIN)
    _write_notes(sheet, chart, frame, _FIRST_ROW + len(chart.rows), last)
    _set_up(sheet, last)
    return _settled(book)


def _write_headings(sheet: Any, chart: Chart) -> None:
    for number, texts in enumerate(heading_texts(chart), start=_HEADING_ROW):
        for column, words in enumerate(texts, start=1):
            is_year, is_top = column >= _FIRST_YEAR, number == _HEADING_ROW
            _put(
                sheet,
                number,
                column,
                words,
                font=Font(_FONT, 10 if is_top else 9, bold=is_top),
                alignment=_CENTRE if is_year else Alignment(vertical="center"),
                border=Border(top=_THIN if is_top else None, bottom=None if is_top else _THIN),
            )


def _write_row(
    sheet: Any, number: int, row: ChartRow, chart: Chart, group: str, note: int | None
) -> None:
    label = row.facts.label(chart.language)
    bold = row.facts.kind == "heading"
    _put(sheet, number, 1, group, font=Font(_FONT, 10, bold=True), alignment=_WRAPPED)
    cell = _put(sheet, number, 2, label, font=Font(_FONT, 10, bold=bold), alignment=_WRAPPED)
    cell.border = Border(bottom=_HAIR)
    if note:
        cell.comment = _comment(row.facts.note)
    sheet.row_dimensions[number].height = 4 + _LINE_POINTS * len(wrap(label, _EM_IN_LABEL))
    for column, each in enumerate(row.cells, start=_FIRST_YEAR):
        _write_cell(sheet, number, column, each, chart)
    if not row.cells:
        marked = {mark.fiscal_year: mark for mark in row.marks}
        for column, year in enumerate(chart.columns, start=_FIRST_YEAR):
            is_marked = year.fiscal_year in marked
            font = Font(_FONT, 11, color=_colour("seal"))
            cell = _put(sheet, number, column, MARK if is_marked else "", font=font)
            cell.alignment, cell.border = _CENTRE, Border(bottom=_HAIR)


def _write_cell(sheet: Any, number: int, column: int, each: ChartCell, chart: Chart) -> None:
    look = each.tier if each.tier in _FILLS else each.state
    is_out = not each.running and each.state in ("not_started", "ended")
    font = Font(
        _FONT,
        11 if each.tier else 8,
        bold=bool(each.tier),
        color=_INKS.get(look, "FFB0B0B4" if is_out else _colour("soft")),
    )
    cell = _put(sheet, number, column, cell_text(each, chart.words), font=font)
    cell.alignment = _CENTRE
    if look in _FILLS:
        cell.fill = _FILLS[look]
    edge = _EDGES.get(look) if each.running else None
    cell.border = Border(
        top=edge,
        bottom=edge or _HAIR,
        left=edge if each.opening in ("closed", "unknown") else None,
        right=edge if each.closing in ("closed", "unknown", "ongoing") else None,
    )
    if each.differs:
        cell.comment = _comment(f"{each.reason}\n{chart.words.differs_in_text(each.differs)}")


def _write_notes(sheet: Any, chart: Chart, frame: Frame, number: int, last: int) -> None:
    words = chart.words
    tiers = "、".join(f"{tier.letter} {tier.label(chart.language)}" for tier in chart.tiers)
    lines = [
        words.text("sheet_legend", tiers=tiers, mark=MARK),
        *note_lines(chart, numbered=False),
    ]
    if where := " ".join(filter(None, [frame.origin, frame.address])):
        lines.append(words.text("source", source=where))
    width = (_GROUP_WIDTH + _LABEL_WIDTH + (last - 2) * _YEAR_WIDTH) / 1.9
    for line in lines:
        _put(sheet, number, 1, line, font=Font(_FONT, 9), alignment=_WRAPPED)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=last)
        sheet.row_dimensions[number].height = 2 + 12 * len(wrap(line, width))
        number += 1


def _set_up(sheet: Any, last: int) -> None:
    sheet.freeze_panes = f"{get_column_letter(_FIRST_YEAR)}{_FIRST_ROW}"
    sheet.sheet_view.showGridLines = False
    widths = [_GROUP_WIDTH, _LABEL_WIDTH, *[_YEAR_WIDTH] * (last - 2)]
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[_TITLE_ROW].height = 26
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = 0.4
    margins.bottom, margins.footer = 0.6, 0.3
    sheet.oddFooter.center.text = "&P / &N"


def _put(sheet: Any, row: int, column: int, value: str | int, **style: Any) -> Any:
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) or None
        cell.data_type = "s"  # whatever it begins with, it is no formula
    else:
        cell.value = value
    for name, setting in style.items():
        setattr(cell, name, setting)
    return cell


def _comment(words: str) -> Comment:
    comment = Comment(words, "stipolicy")
    comment.width, comment.height = (
        320,
        24 + 18 * sum(len(wrap(each, 22)) for each in words.split("\n")),
    )
    return comment


def _over(border: Border, side: Side) -> Border:
    return Border(left=border.left, right=border.right, top=side, bottom=border.bottom)


def _settled(book: Workbook) -> bytes:
    """Save without the time of saving, so that a figure's workbook has one strong ETag."""
    book.properties.created = book.properties.modified = _EPOCH
    saved, settled = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with (
        zipfile.ZipFile(saved) as source,
        zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(_EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), content)
            part = zipfile.ZipInfo(name)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, content)
    return settled.getvalue()
