"""A Chart as HTML tables. Builds escaped strings: a template takes twenty times as long.

A chapter's figure is one table in detail. Many programmes are tables of signs alone: a row's
reasons are a page of their own, fetched when asked.
"""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby, pairwise

from django.utils.safestring import SafeString, mark_safe

from programs.templatetags.program_text import script_lang

from ..figure.chart import Chart, ChartRow
from .html_rows import DetailedRows, Rows

ROWS_IN_A_BLOCK = 50


def timeline_table(chart: Chart, *, caption: str) -> SafeString:
    """Return the whole <table> of a figure in detail."""
    return mark_safe(_table(DetailedRows(chart), chart.rows, "timeline-table", caption))


def timeline_blocks(chart: Chart, *, caption: str, first: int = 1) -> SafeString:
    """Return tables of about ROWS_IN_A_BLOCK rows, signs alone, each in a box of its own.

    A browser lays out only the boxes in sight (content-visibility); one table of 10,000 rows
    scrolls at 5 frames a second. The last takes what would be less than half a table more.
    `first` is the number of the first row, for the captions.
    """
    writer, count = Rows(chart), len(chart.rows)
    starts = range(0, max(count - ROWS_IN_A_BLOCK // 2, 1), ROWS_IN_A_BLOCK)
    if len(starts) == 1:
        return mark_safe(_block(writer, chart.rows, caption))
    blocks = []
    for start, end in pairwise((*starts, count)):
        numbered = f"{caption} {first + start:,}–{first + end - 1:,}"
        blocks.append(_block(writer, chart.rows[start:end], numbered, "timeline-block is-one-of"))
    return mark_safe("\n".join(blocks))


def _block(
    writer: Rows, rows: Sequence[ChartRow], caption: str, box_class: str = "timeline-block"
) -> str:
    table = _table(writer, rows, "timeline-table is-block", caption)
    return f'<div class="{box_class}" data-years="{len(writer.chart.columns)}">{table}</div>'


def row_reasons(chart: Chart, row: ChartRow) -> SafeString:
    """Return the list of a row's reasons, one for each cell or mark, with their sources."""
    writer = DetailedRows(chart)
    return mark_safe(writer.reason_list(writer.reasons(row)))


def _table(writer: Rows, rows: Iterable[ChartRow], table_class: str, caption: str) -> str:
    """Return two header rows and one <tbody> for each run of a group's rows."""
    parts = [f'<table class="{table_class}"><caption>{escape(caption)}</caption>{writer.head}']
    for group, members in groupby(rows, key=lambda row: row.facts.group):
        parts.append('<tbody class="timeline-group">')
        if group:
            parts.append(
                f'<tr class="timeline-group-name"><th scope="rowgroup" lang="{script_lang(group)}" '
                f'colspan="{writer.width}"><span>{escape(group)}</span>'
            )
        parts.extend(map(writer.row, members))
    parts.append("</table>")
    return "".join(parts)
