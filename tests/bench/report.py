"""What the bench prints: a line a measurement, with its goal and whether it was met."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """`is_met` None: for information, there is no goal."""

    what: str
    measured: str
    goal: str = ""
    is_met: bool | None = None


def at_most(what: str, ours: float, other: float, goal: float, unit: str = "CPU s") -> Line:
    """Ours divided by the other must not exceed the goal."""
    ratio = ours / other
    shown = f"{ratio:.2f} ({ours:.3g} / {other:.3g} {unit})"
    return Line(what, shown, f"<= {goal:g}", ratio <= goal)


def at_least(what: str, ours: float, other: float, goal: float, unit: str = "CPU s") -> Line:
    """The other divided by ours must reach the goal."""
    ratio = other / ours
    shown = f"{ratio:.1f} ({other:.3g} / {ours:.3g} {unit})"
    return Line(what, shown, f">= {goal:g}", ratio >= goal)


def bounded(what: str, value: float, limit: float, unit: str) -> Line:
    return Line(what, f"{value:.3g} {unit}", f"<= {limit:g} {unit}", value <= limit)


def show(title: str, lines: list[Line]) -> None:
    verdicts = {True: "ok", False: "MISSED", None: ""}
    rows = [(line.what, line.measured, line.goal, verdicts[line.is_met]) for line in lines]
    widths = [max(_width(row[column]) for row in rows) for column in range(3)]
    print(f"\n{title}")
    for *cells, verdict in rows:
        padded = (
            cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)
        )
        print(f"  {'  '.join(padded)}  {verdict}".rstrip(), flush=True)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)
