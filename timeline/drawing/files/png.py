"""A drawn figure as a PNG at print size, without a browser. Pure."""

from __future__ import annotations

import re
import struct
import zlib
from functools import cache, lru_cache

import resvg_py

from values.messages import gettext_noop
from values.refusal import Refusal

from ...figure.chart import Chart
from .svg_parts import FONTS

WIDTH = 3508
"""px across: a landscape A4 page (297 mm) at 300 dpi."""

MOST_PIXELS = 3508 * 2480
"""Of that page: a figure of many rows is drawn with fewer to the inch, and prints as wide."""

MOST_PNG_CELLS = 1_000
"""Rows x years; beyond them letters are small, and a second of computing does not do."""

_PIXELS_PER_METRE = 11_811
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')
_AFTER_HEADER = 33  # signature (8) + the IHDR chunk (25), before which nothing may stand


class NoJapaneseFont(Refusal):
    """This machine has no font that can write a kanji."""

    reasons = {
        "figure.no_font": gettext_noop(
            "このサーバーには日本語のフォントがないため、PNGを作れません。"
            "Noto Sans CJK JP などを入れてから、サーバーを再起動してください。SVGは使えます。"
        )
    }


class TooLargeForPng(Refusal):
    """More rows and years than a picture at print size shows."""

    bounds = {"most": f"{MOST_PNG_CELLS:,}"}
    reasons = {
        "figure.too_large_for_png": gettext_noop(
            "PNGにできるのは%(most)sマス（行×年度）までです（この図は%(value)sマス）。"
            "年度を狭めるか、SVGを使ってください。"
        )
    }


def check_size(chart: Chart) -> None:
    """Raise TooLargeForPng for a figure of more than MOST_PNG_CELLS."""
    cells = len(chart.rows) * len(chart.columns)
    if cells > MOST_PNG_CELLS:
        raise TooLargeForPng.because("figure.too_large_for_png", f"{cells:,}")


@lru_cache(maxsize=16)
def write_png(svg: str) -> bytes:
    """Return the drawing WIDTH px wide, 300 dpi, or of MOST_PIXELS; raises NoJapaneseFont.

    It takes most of a second of computing, so the latest drawings are kept.
    """
    if not has_japanese_font():
        raise NoJapaneseFont.because("figure.no_font", "")
    width = _width(svg)
    png = resvg_py.svg_to_bytes(svg_string=svg, width=width, languages=["ja", "en"])
    return png[:_AFTER_HEADER] + _resolution(width) + png[_AFTER_HEADER:]


def _width(svg: str) -> int:
    """Return how many px across a drawing has on a page, of at most MOST_PIXELS in all."""
    size = _SIZE.match(svg)
    if size is None:
        return WIDTH
    width, height = map(float, size.groups())
    return min(WIDTH, int((MOST_PIXELS * width / height) ** 0.5))


@cache
def has_japanese_font() -> bool:
    """Say whether two kanji look different here: without a font both are blank or the same box."""
    return _drawn("年") != _drawn("国")


def _drawn(character: str) -> bytes:
    return resvg_py.svg_to_bytes(
        svg_string='<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">'
        f'<text x="2" y="28" font-size="26" font-family="{FONTS}">{character}</text></svg>'
    )


def _resolution(width: int) -> bytes:
    """Return the pHYs chunk that tells a word processor how large to place the picture."""
    pixels_per_metre = round(_PIXELS_PER_METRE * width / WIDTH)
    body = b"pHYs" + struct.pack(">IIB", pixels_per_metre, pixels_per_metre, 1)
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
