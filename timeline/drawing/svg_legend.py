"""The legend of a drawn figure: only what the figure shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ..figure.chart import Chart, Edge
from ..figure.text_width import width_em
from .svg_parts import BAR, letter, mark, n, paint, text, zero_line
from .svg_shapes import INSET, outline
from .text import END_LABELS, MARK_LABELS, SIGNS, STATE_LABELS

_SIZE = 10
_LEADING = 20
_SWATCH = 30
_GAP = 22
_EXPLAINED_ENDS: tuple[Edge, ...] = ("ongoing", "continues", "unknown")


def legend(chart: Chart, left: float, right: float, top: float) -> tuple[list[str], float]:
    """Return the legend's parts in as many lines as it needs, and where it ends."""
    parts, x, y = [], left, top
    for swatch, words in _entries(chart):
        width = _SWATCH + 3 + width_em(words) * _SIZE
        if x > left and x + width > right:
            x, y = left, y + _LEADING
        parts.append(f'<g transform="translate({n(x - INSET)} {n(y)})">{swatch}</g>')
        parts.append(text(x + _SWATCH + 3, y + 3.6, words, size=_SIZE))
        x += width + _GAP
    return parts, y + _LEADING / 2


def _entries(chart: Chart) -> Iterator[tuple[str, str]]:
    cells = [cell for row in chart.rows for cell in row.cells]
    states = {cell.state for cell in cells if not cell.tier}
    for tier in chart.tiers:
        yield _bar(tier.letter, tier.letter, "closed", "closed"), tier.label(chart.language)
    for state, words in STATE_LABELS[chart.language].items():
        if state == "zero" and state in states:
            yield zero_line(0, _SWATCH, 0) + letter(_SWATCH / 2, 0, "0", state), words
        elif state in states:
            yield _bar(state, SIGNS[state], "closed", "closed"), words
    ends = {cell.closing for cell in cells} | {cell.opening for cell in cells}
    for edge in _EXPLAINED_ENDS:
        if edge in ends:
            yield _bar("end", "", "", edge), END_LABELS[chart.language][edge]
    stated = {mark.is_stated for row in chart.rows for mark in row.marks}
    for is_stated in sorted(stated):
        words = MARK_LABELS[chart.language][is_stated]
        yield mark(_SWATCH / 2, 0, is_stated=is_stated), words


def _bar(look: str, sign: str, opening: Edge, closing: Edge) -> str:
    shape = outline(0, _SWATCH, -BAR / 2, BAR / 2, opening, closing)
    return paint(look, shape.area, shape.edge) + letter(_SWATCH / 2, 0, sign, look)
