"""The legend of a drawn figure: only what the figure shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from ...figure.chart import Chart
from ...figure.legend import legend_of
from ...figure.text_width import width_em
from ...figure.vocabulary import SIGNS, Edge
from .svg_parts import BAR, letter, mark, n, paint, text, zero_line
from .svg_shapes import INSET, outline

_SIZE = 10
_LEADING = 20
_SWATCH = 30
_GAP = 22


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
    words, found = chart.words, legend_of(chart)
    for tier in chart.tiers:
        yield _bar(tier.letter, tier.letter, "closed", "closed"), tier.label(chart.language)
    for state, name in words.drawn_states.items():
        if state == "zero" and state in found.states:
            yield zero_line(0, _SWATCH, 0) + letter(_SWATCH / 2, 0, "0", state), name
        elif state in found.states:
            yield _bar(state, SIGNS[state], "closed", "closed"), name
    for edge, name in words.drawn_edges.items():
        if edge in found.opens | found.closes:
            yield _bar("end", "", "", edge), name
    for is_stated in found.marks:
        yield mark(_SWATCH / 2, 0, is_stated=is_stated), words.marks[is_stated]


def _bar(look: str, sign: str, opening: Edge, closing: Edge) -> str:
    shape = outline(0, _SWATCH, -BAR / 2, BAR / 2, opening, closing)
    return paint(look, shape.area, shape.edge) + letter(_SWATCH / 2, 0, sign, look)
