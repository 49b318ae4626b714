"""The files that a figure can be had as; every one is made from the same Chart. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from ...figure.chart import Chart
from .csv import write_csv
from .png import check_size, write_png
from .svg import draw_svg
from .texts import Frame
from .xlsx import write_xlsx


@dataclass(frozen=True)
class FigureFormat:
    """`is_shown` is whether a browser shows the file in its place or saves it."""

    extension: str
    label: str
    content_type: str
    write: Callable[[Chart, Frame], bytes]
    is_shown: bool = False


def _png(chart: Chart, frame: Frame) -> bytes:
    check_size(chart)
    return write_png(draw_svg(chart, frame))


FORMATS = {
    each.extension: each
    for each in (
        FigureFormat(
            "xlsx",
            "Excel (.xlsx)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write_xlsx,
        ),
        FigureFormat("csv", "CSV", "text/csv; charset=utf-8", lambda chart, _: write_csv(chart)),
        FigureFormat(
            "svg",
            "SVG",
            "image/svg+xml; charset=utf-8",
            lambda chart, frame: draw_svg(chart, frame).encode(),
            is_shown=True,
        ),
        FigureFormat(
            "png",
            "PNG",
            "image/png",
            _png,
            is_shown=True,
        ),
        FigureFormat(
            "json",
            "JSON",
            "application/json",
            lambda chart, _: json.dumps(chart.as_json(), ensure_ascii=False).encode(),
            is_shown=True,
        ),
    )
}
