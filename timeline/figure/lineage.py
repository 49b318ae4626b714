"""Programmes and what became of them → a drawing over fiscal years (系統図). Pure.

A row is a programme: a bar over its years, and above it each of its names from the year in which
it was taken. Predecessors stand above successors, parts below their whole. Lengths are px.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .text_width import width_em
from .vocabulary import Edge

WIDTH = 960.0
FONT_SIZE = 13.0
NAME_LINE = 19.0
BAR_HEIGHT = 14.0
ROW_GAP = 24.0
AXIS_HEIGHT = 26.0
NARROWEST_TICK = 52.0
STEPS = (1, 2, 5, 10, 20, 50)


@dataclass(frozen=True)
class NameSpan:
    """A name and the fiscal year from which it was borne; None is from the beginning."""

    name: str
    first_fiscal_year: int | None


@dataclass(frozen=True)
class LineageProgram:
    """Years are fiscal, both inclusive; `names` are in the order of time, the present one last."""

    code: str
    names: tuple[NameSpan, ...]
    start_fiscal_year: int | None
    end_fiscal_year: int | None
    end_state: str


@dataclass(frozen=True)
class LineageLink:
    from_code: str
    to_code: str
    kind: str
    fiscal_year: int | None


@dataclass(frozen=True)
class Tick:
    x: float
    fiscal_year: int


@dataclass(frozen=True)
class NameText:
    """A name on its line; `stem` is where it was taken, None for the only name of a bar."""

    x: float
    y: float
    name: str
    stem: float | None

    @property
    def stem_top(self) -> float:
        return self.y - FONT_SIZE


@dataclass(frozen=True)
class Bar:
    code: str
    x: float
    y: float
    width: float
    opening: Edge
    closing: Edge
    names: tuple[NameText, ...]

    @property
    def bottom(self) -> float:
        return self.y + BAR_HEIGHT

    @property
    def outline(self) -> str:
        """The bar as an SVG path; one that goes on ends in a point."""
        left, right = f"{self.x:g}", f"{self.x + self.width:g}"
        if self.closing != "ongoing":
            return f"M{left} {self.y:g}H{right}V{self.bottom:g}H{left}z"
        shoulder = f"{self.x + self.width - BAR_HEIGHT / 2:g}"
        middle = f"{self.y + BAR_HEIGHT / 2:g}"
        return f"M{left} {self.y:g}H{shoulder}L{right} {middle}L{shoulder} {self.bottom:g}H{left}z"

    @property
    def fade(self) -> str:
        """Which ends nobody knows: "", in, out, both."""
        unknown = (self.opening == "unknown", self.closing == "unknown")
        return {(True, True): "both", (True, False): "in", (False, True): "out"}.get(unknown, "")


@dataclass(frozen=True)
class Arrow:
    """From a bar to another: right to `x`, then up or down. The year may not be known."""

    kind: str
    from_x: float
    from_y: float
    x: float
    to_y: float
    has_year: bool


@dataclass(frozen=True)
class LineageChart:
    width: float
    height: float
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    arrows: tuple[Arrow, ...]


def draw_lineage(
    programs: Sequence[LineageProgram], links: Sequence[LineageLink], *, this_year: int
) -> LineageChart | None:
    """Draw programmes and the links between them; None when no year at all is known.

    Bars that go on, and those whose end nobody knows, are drawn to `this_year`.
    """
    known = _known_years(programs, links)
    if not known:
        return None
    years = range(min(known), max(*known, this_year) + 1)
    per_year = WIDTH / len(years)
    bars: list[Bar] = []
    y = AXIS_HEIGHT
    for program in in_order(programs, links):
        bar = _bar(program, links, years, per_year, y)
        bars.append(bar)
        y = bar.y + BAR_HEIGHT + ROW_GAP
    by_code = {bar.code: bar for bar in bars}
    step = next((s for s in STEPS if s * per_year >= NARROWEST_TICK), STEPS[-1])
    return LineageChart(
        width=WIDTH,
        height=y - ROW_GAP + 8,
        ticks=tuple(Tick((n - years[0]) * per_year, n) for n in years if n % step == 0),
        bars=tuple(bars),
        arrows=tuple(
            _arrow(link, by_code[link.from_code], by_code[link.to_code], years, per_year)
            for link in links
        ),
    )


def in_order(
    programs: Sequence[LineageProgram], links: Sequence[LineageLink]
) -> list[LineageProgram]:
    """Return what came before above what came after, and parts below their whole.

    Rounds are as many as programmes, so that even a circle, which no record can make, ends.
    """
    layers = {program.code: 0 for program in programs}
    for _ in programs:
        for link in links:
            before, after = link.from_code, link.to_code
            if link.kind == "part_of":
                before, after = after, before
            layers[after] = min(max(layers[after], layers[before] + 1), len(programs))
    return sorted(
        programs,
        key=lambda program: (
            layers[program.code],
            program.start_fiscal_year is None,
            program.start_fiscal_year or 0,
            program.code,
        ),
    )


def _known_years(programs: Sequence[LineageProgram], links: Sequence[LineageLink]) -> set[int]:
    years = {link.fiscal_year for link in links}
    for program in programs:
        years |= {program.start_fiscal_year, program.end_fiscal_year}
        years |= {name.first_fiscal_year for name in program.names}
    return {year for year in years if year is not None}


def _bar(
    program: LineageProgram,
    links: Sequence[LineageLink],
    years: range,
    per_year: float,
    y: float,
) -> Bar:
    first, last = program.start_fiscal_year, program.end_fiscal_year
    if first is None:
        became = [
            link.fiscal_year
            for link in links
            if link.to_code == program.code and link.kind != "part_of" and link.fiscal_year
        ]
        hints = became + [
            name.first_fiscal_year for name in program.names if name.first_fiscal_year
        ]
        drawn_first = min(hints, default=years[0])
    else:
        drawn_first = first
    drawn_last = max(last if last is not None else years[-1], drawn_first)
    x = (drawn_first - years[0]) * per_year
    names = []
    for index, span in enumerate(program.names):
        taken = max(span.first_fiscal_year or drawn_first, drawn_first)
        at = (taken - years[0]) * per_year
        fits_from = max(0.0, WIDTH - width_em(span.name) * FONT_SIZE)
        line_y = y + index * NAME_LINE + FONT_SIZE
        stem = at if len(program.names) > 1 else None
        names.append(NameText(min(at + (6 if stem else 0), fits_from), line_y, span.name, stem))
    closing: Edge = "ongoing" if program.end_state == "ongoing" else "unknown"
    return Bar(
        code=program.code,
        x=x,
        y=y + len(program.names) * NAME_LINE,
        width=(drawn_last + 1 - drawn_first) * per_year,
        opening="unknown" if first is None else "closed",
        closing="closed" if last is not None else closing,
        names=tuple(names),
    )


def _arrow(link: LineageLink, source: Bar, target: Bar, years: range, per_year: float) -> Arrow:
    middle = source.y + BAR_HEIGHT / 2
    is_down = target.y > source.y
    to_y = target.y if is_down else target.y + BAR_HEIGHT
    if link.kind == "part_of":
        x = max(source.x, target.x) + 4
        return Arrow(link.kind, x, source.y, x, target.y + BAR_HEIGHT, True)
    if link.fiscal_year is not None:
        x = (link.fiscal_year - years[0]) * per_year
    elif target.opening == "closed":
        x = target.x
    else:
        x = source.x + source.width
    x = min(max(x, target.x), target.x + target.width) + (4 if x <= target.x else 0)
    from_x = min(source.x + source.width, x)
    return Arrow(link.kind, from_x, middle, x, to_y, link.fiscal_year is not None)
