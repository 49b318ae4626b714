"""A Chart as an SVG drawing that stands alone: no script, no style sheet, nothing fetched. Pure.

Strings are built, for a document tree takes many times as long. Lengths are in px; text widths
come from `text_width`, so labels are wrapped without knowing the reader's font.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...figure.chart import Chart, ChartCell, ChartRow
from ...figure.text_width import wrap
from ...figure.vocabulary import SIGNS, STAR
from .svg_legend import legend
from .svg_parts import (
    BAR,
    COLOURS,
    FONT_SIZE,
    FONTS,
    HATCH,
    INKS,
    LEADING,
    MARGIN,
    letter,
    mark,
    n,
    paint,
    rule,
    text,
    xml_text,
    zero_line,
)
from .svg_shapes import outline
from .texts import Frame, note_lines, numbered_notes

PAGE_WIDTHS = (1188, 1320, 1450, 1580, 1700)
_PAGE_RATIO = 210 / 297
_NARROWEST_YEAR = 27
_COMFORTABLE_YEAR = 36
_HEADER = 34
_GROUP = 24
_FITTING = ' style="max-width:100%;height:auto"'
_SMALL = 9
_SMALL_LEADING = 13


@dataclass(frozen=True)
class _Layout:
    """Columns: labels from `left` to `years_left`, then years of `year_width` to `right`."""

    left: float
    years_left: float
    year_width: float
    right: float

    @classmethod
    def of(cls, chart: Chart, width: float, margin: float) -> _Layout:
        inner, count = width - 2 * margin, max(1, len(chart.columns))
        labels = max(130.0, min(inner * 0.44, inner - count * _COMFORTABLE_YEAR))
        year = max(float(_NARROWEST_YEAR), (inner - labels) / count)
        return cls(margin, margin + labels, year, margin + labels + count * year)

    def column(self, index: int) -> float:
        return self.years_left + index * self.year_width


def draw_svg(chart: Chart, frame: Frame) -> str:
    """Draw the figure with title, legend, basis and notes.

    It is as narrow, its letters thus as large, as lets it fit a landscape A4 or A3 page; a figure
    too long for one page is as narrow as possible.
    """
    for width in PAGE_WIDTHS:
        svg, height = _drawn(chart, frame, width)
        if height <= width * _PAGE_RATIO:
            return svg
    return _drawn(chart, frame, PAGE_WIDTHS[0])[0]


def _drawn(chart: Chart, frame: Frame, page_width: float) -> tuple[str, float]:
    layout = _Layout.of(chart, page_width, MARGIN)
    parts = list(_title(frame, layout))
    body, bottom = _table(chart, layout, MARGIN + 34)
    parts += body
    drawn, y = legend(chart, layout.left, layout.right, bottom + 20)
    parts += drawn
    for line in (*note_lines(chart), frame.address):
        for piece in wrap(line, (layout.right - layout.left) / _SMALL) if line else ():
            y += _SMALL_LEADING
            parts.append(text(layout.left, y, piece, size=_SMALL, fill=COLOURS["soft"]))
    height = y + MARGIN
    svg = _document(chart, frame, layout.right + MARGIN, height, parts, fitting=_FITTING)
    return svg, height


def draw_preview(chart: Chart, *, width: float, title: str) -> str:
    """Draw the table and its legend only, at least `width` px wide, to stand beside a form."""
    layout = _Layout.of(chart, width, 8)
    parts, bottom = _table(chart, layout, 8)
    drawn, y = legend(chart, layout.left, layout.right, bottom + 16)
    return _document(chart, Frame(title), layout.right + 8, y + 8, [*parts, *drawn])


def _document(
    chart: Chart, frame: Frame, width: float, height: float, parts: list[str], fitting: str = ""
) -> str:
    """Put the document together; `fitting` are attributes that fit it to its window."""
    words = chart.words.text(
        "extent",
        rows=len(chart.rows),
        first=chart.columns[0].fiscal_year,
        last=chart.columns[-1].fiscal_year,
        rule=chart.words.rule(chart.basis),
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{n(width)}" height="{n(height)}"'
        f' viewBox="0 0 {n(width)} {n(height)}" role="img" aria-labelledby="title desc"{fitting}'
        f' xml:lang="{chart.language}" font-family="{xml_text(FONTS)}" font-size="{FONT_SIZE}"'
        f' fill="{COLOURS["ink"]}">\n'
        f'<title id="title">{xml_text(frame.title)}</title>\n'
        f'<desc id="desc">{xml_text(words)}</desc>\n'
        f"<defs>{HATCH}</defs>\n"
        f'<rect width="{n(width)}" height="{n(height)}" fill="#fff"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _title(frame: Frame, layout: _Layout) -> Iterator[str]:
    yield text(layout.left, MARGIN + 14, frame.title, size=18, weight=700)
    if frame.origin:
        yield text(
            layout.right, MARGIN + 14, frame.origin, size=10, anchor="end", fill=COLOURS["soft"]
        )


def _table(chart: Chart, layout: _Layout, top: float) -> tuple[list[str], float]:
    """Return the drawing of header and rows, and where it ends."""
    notes = numbered_notes(chart)
    y, group, rows = top + _HEADER, "", []
    for index, row in enumerate(chart.rows):
        if row.facts.group != group:
            group = row.facts.group
            if group:
                y += _GROUP
                rows.append(text(layout.left, y - 7, group, size=10, weight=700, lang="ja"))
            rows.append(rule(layout.left, layout.right, y, COLOURS["ink"], 0.75))
        drawn, y = _row(row, chart, layout, y, notes.get(index))
        rows.append(drawn)
    columns = [
        f'<path d="M{n(layout.column(i))} {n(top + _HEADER)}V{n(y)}" stroke="{COLOURS["rule"]}"'
        ' stroke-width="0.5"/>'
        for i in range(len(chart.columns))
    ]
    return [*_header(chart, layout, top), *columns, *rows], y


def _header(chart: Chart, layout: _Layout, top: float) -> Iterator[str]:
    yield rule(layout.left, layout.right, top, COLOURS["ink"], 1.5)
    yield text(layout.left, top + 26, chart.words.texts["label"], size=10, weight=700)
    for index, column in enumerate(chart.columns):
        x = layout.column(index) + layout.year_width / 2
        size = 11 if layout.year_width > 34 else 10
        yield text(x, top + 15, str(column.fiscal_year), size=size, weight=700, anchor="middle")
        yield text(x, top + 28, column.era, size=9, anchor="middle", fill=COLOURS["soft"])
    yield rule(layout.left, layout.right, top + _HEADER, COLOURS["ink"], 0.75)


def _row(
    row: ChartRow, chart: Chart, layout: _Layout, top: float, note: int | None
) -> tuple[str, float]:
    facts = row.facts
    label = facts.label(chart.language)
    indent = 0 if facts.kind == "heading" else 6
    limit = (layout.years_left - layout.left - indent - 10) / FONT_SIZE
    lines = wrap(label, limit - 2 if note else limit)
    height = max(20.0, len(lines) * LEADING + 6)
    weight = 700 if facts.kind == "heading" else 400
    lang = "ja" if chart.language != "ja" and not facts.label_en else ""
    first = top + height / 2 - (len(lines) - 1) * LEADING / 2 + FONT_SIZE * 0.36
    sign = ""
    if note:
        words = chart.words.text("note_sign", number=note)
        sign = f'<tspan dx="4" dy="-3" font-size="7" fill="{COLOURS["soft"]}">{words}</tspan>'
    tails = ["" for _ in lines[1:]] + [sign]
    parts = [
        text(layout.left + indent, first + i * LEADING, line, weight=weight, lang=lang, tail=tail)
        for i, (line, tail) in enumerate(zip(lines, tails, strict=True))
    ]
    centre = top + height / 2
    if row.cells:
        parts += [
            _cell(cell, chart, layout.column(i), layout.year_width, centre)
            for i, cell in enumerate(row.cells)
        ]
    else:
        parts += _marks(row, chart, layout, centre)
    parts.append(rule(layout.left, layout.right, top + height, COLOURS["rule"], 0.5))
    return f'<g data-kind="{facts.kind}">{"".join(parts)}</g>', top + height


def _marks(row: ChartRow, chart: Chart, layout: _Layout, centre: float) -> Iterator[str]:
    years = [column.fiscal_year for column in chart.columns]
    for each in row.marks:
        x = layout.column(years.index(each.fiscal_year)) + layout.year_width / 2
        yield (
            f'<g data-fiscal-year="{each.fiscal_year}" data-mark="">'
            f"<title>{xml_text(each.reason)}</title>{mark(x, centre, is_stated=each.is_stated)}</g>"
        )


def _cell(cell: ChartCell, chart: Chart, x: float, width: float, centre: float) -> str:
    reason = cell.reason
    if cell.differs:
        reason += f" {chart.words.differs_in_text(cell.differs)}"
    tier = cell.tier or ""
    opening = (
        f'<g data-fiscal-year="{cell.fiscal_year}" data-state="{cell.state}"'
        f' data-tier="{xml_text(tier)}"><title>{xml_text(reason)}</title>'
    )
    return f"{opening}{_bar(cell, x, width, centre)}</g>"


def _bar(cell: ChartCell, x: float, width: float, centre: float) -> str:
    """Draw a cell: its bar when the programme runs, and its sign."""
    look = cell.tier if cell.tier in COLOURS else cell.state
    ink = INKS.get(look, COLOURS["ink"])
    middle = x + width / 2
    if not cell.running:
        shape = (
            f'<path d="M{n(x)} {n(centre - BAR / 2)}h{n(width)}v{n(BAR)}h{n(-width)}z"'
            ' fill="none" pointer-events="all"/>'
        )
    elif cell.state == "zero":
        shape = zero_line(x, x + width, centre)
    else:
        drawn = outline(
            x, x + width, centre - BAR / 2, centre + BAR / 2, cell.opening, cell.closing
        )
        shape = paint(look, drawn.area, drawn.edge)
    signs = letter(middle, centre, cell.tier or SIGNS[cell.state], look)
    if cell.differs:
        signs += text(middle + 5, centre + 3, STAR, size=9, fill=ink)
    return shape + signs
