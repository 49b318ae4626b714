"""The outline of one year of a bar: closed, open, pointed or torn at its ends. Pure."""

from __future__ import annotations

from typing import NamedTuple

from ...figure.chart import Edge
from .svg_parts import n

INSET = 4.0
_TIP = 7.0
_TOOTH = 2.5
_TEETH = 4

Point = tuple[float, float]


class Outline(NamedTuple):
    """SVG paths in px: the area, and its edge without the sides where the bar goes on."""

    area: str
    edge: str


def outline(
    left: float, right: float, top: float, bottom: float, opening: Edge, closing: Edge
) -> Outline:
    """Return the shape of a bar between a column's lines.

    "" joins the next year and "continues" runs on out of the figure: open, up to the line. The
    other ends stand back from it: closed is straight, ongoing an arrow's tip, unknown torn.
    """
    start = _start(left, top, bottom, opening)
    end = _end(right, top, bottom, closing)
    area = "M" + "L".join(map(_xy, [*start, *end])) + "Z"
    open_start, open_end = opening in ("", "continues"), closing in ("", "continues")
    if not open_start and not open_end:
        return Outline(area, area)
    if open_start and open_end:
        edge = _line([start[-1], end[0]]) + _line([end[-1], start[0]])
    elif open_start:
        edge = _line([start[-1], *end, start[0]])
    else:
        edge = _line([end[-1], *start, end[0]])
    return Outline(area, edge)


def _start(x: float, top: float, bottom: float, opening: Edge) -> list[Point]:
    """From bottom to top."""
    if opening in ("", "continues"):
        return [(x, bottom), (x, top)]
    x += INSET
    return (
        list(reversed(_torn(x, top, bottom))) if opening == "unknown" else [(x, bottom), (x, top)]
    )


def _end(x: float, top: float, bottom: float, closing: Edge) -> list[Point]:
    """From top to bottom."""
    if closing in ("", "continues"):
        return [(x, top), (x, bottom)]
    x -= INSET
    if closing == "ongoing":
        tip = x + INSET - 1
        return [(tip - _TIP, top), (tip, (top + bottom) / 2), (tip - _TIP, bottom)]
    return _torn(x, top, bottom) if closing == "unknown" else [(x, top), (x, bottom)]


def _torn(x: float, top: float, bottom: float) -> list[Point]:
    step = (bottom - top) / (2 * _TEETH)
    return [
        (x + (_TOOTH if number % 2 else -_TOOTH), top + number * step)
        for number in range(2 * _TEETH + 1)
    ]


def _line(points: list[Point]) -> str:
    return "M" + "L".join(map(_xy, points))


def _xy(point: Point) -> str:
    return f"{n(point[0])} {n(point[1])}"
