"""A drawn figure as a PNG at print size, without a browser. Pure."""

from __future__ import annotations

import struct
import zlib
from functools import cache, lru_cache

import resvg_py

from values.messages import gettext_noop
from values.refusal import Refusal

from .svg_parts import FONTS

WIDTH = 3508
"""px across: a landscape A4 page (297 mm) at 300 dpi."""

_PIXELS_PER_METRE = 11_811
_AFTER_HEADER = 33  # signature (8) + the IHDR chunk (25), before which nothing may stand


class NoJapaneseFont(Refusal):
    """This machine has no font that can write a kanji."""

    reasons = {
        "figure.no_font": gettext_noop(
            "このサーバーには日本語のフォントがないため、PNGを作れません。"
            "Noto Sans CJK JP などを入れてから、サーバーを再起動してください。SVGは使えます。"
        )
    }


@lru_cache(maxsize=16)
def write_png(svg: str) -> bytes:
    """Return the drawing WIDTH px wide, 300 dpi; raises NoJapaneseFont.

    It takes a second of computing, so the latest drawings are kept.
    """
    if not has_japanese_font():
        raise NoJapaneseFont.because("figure.no_font", "")
    png = resvg_py.svg_to_bytes(svg_string=svg, width=WIDTH, languages=["ja", "en"])
    return png[:_AFTER_HEADER] + _resolution() + png[_AFTER_HEADER:]


@cache
def has_japanese_font() -> bool:
    """Say whether two kanji look different here: without a font both are blank or the same box."""
    return _drawn("年") != _drawn("国")


def _drawn(character: str) -> bytes:
    return resvg_py.svg_to_bytes(
        svg_string='<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32">'
        f'<text x="2" y="28" font-size="26" font-family="{FONTS}">{character}</text></svg>'
    )


def _resolution() -> bytes:
    """Return the pHYs chunk that tells a word processor how large to place the picture."""
    body = b"pHYs" + struct.pack(">IIB", _PIXELS_PER_METRE, _PIXELS_PER_METRE, 1)
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
