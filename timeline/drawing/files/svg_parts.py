"""The small parts that the SVG of a figure is put together from. Pure."""

from __future__ import annotations

import re
from html import escape

FONTS = (
    "'Hiragino Sans', 'Hiragino Kaku Gothic ProN', 'Noto Sans JP', 'Noto Sans CJK JP',"
    " 'BIZ UDPGothic', 'Yu Gothic', Meiryo, IPAexGothic, sans-serif"
)
MARGIN = 24
FONT_SIZE = 11
LEADING = 14
BAR = 14

COLOURS = {
    "ink": "#21232b",
    "soft": "#595c68",
    "rule": "#dedbd1",
    "strong": "#75747a",
    "tint": "#f1efe8",
    "seal": "#b3301c",
    "A": "#00118f",
    "B": "#4979f5",
    "C": "#e8f1fe",
}
INKS = {"A": "#fff", "B": "#000", "C": "#00118f", "no_own_budget": "#595c68", "unknown": "#595c68"}
HATCH = (
    '<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="1.4" height="5" fill="#a9c2ff"/></pattern>'
)


_NOT_IN_XML = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]")


def xml_text(words: str) -> str:
    """Return words for an element or attribute; characters that XML cannot hold are left out."""
    return escape(_NOT_IN_XML.sub("", words))


def n(length: float) -> str:
    """Return a length with at most two decimals and no trailing zeros."""
    return f"{length:.2f}".rstrip("0").rstrip(".")


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = FONT_SIZE,
    weight: int = 400,
    anchor: str = "",
    fill: str = "",
    lang: str = "",
    tail: str = "",
) -> str:
    """Return one line of text; `tail` is SVG that follows its words."""
    if not words:
        return ""
    attributes = f' font-size="{n(size)}"' if size != FONT_SIZE else ""
    attributes += f' font-weight="{weight}"' if weight != 400 else ""
    attributes += f' text-anchor="{anchor}"' if anchor else ""
    attributes += f' fill="{fill}"' if fill else ""
    attributes += f' xml:lang="{lang}"' if lang else ""
    return f'<text x="{n(x)}" y="{n(y)}"{attributes}>{xml_text(words)}{tail}</text>'


def letter(x: float, centre: float, sign: str, look: str) -> str:
    """Return the sign in the middle of a bar; on hatching it stands on plain ground."""
    weight = 700 if look in COLOURS else 400
    ground = (
        f'<rect x="{n(x - 6)}" y="{n(centre - BAR / 2)}" width="12" height="{BAR}"'
        f' fill="{COLOURS["B"]}"/>'
        if look == "B"
        else ""
    )
    ink = INKS.get(look, COLOURS["ink"])
    return ground + text(x, centre + 3.7, sign, size=10, weight=weight, anchor="middle", fill=ink)


def rule(left: float, right: float, y: float, colour: str, thickness: float) -> str:
    return (
        f'<path d="M{n(left)} {n(y)}H{n(right)}" stroke="{colour}" stroke-width="{n(thickness)}"/>'
    )


def zero_line(left: float, right: float, centre: float) -> str:
    """Return the dotted line of a year without a budget, open where its 0 will stand."""
    return (
        f'<path d="M{n(left)} {n(centre)}H{n(right)}" stroke="{COLOURS["strong"]}"'
        ' stroke-width="1.25" stroke-dasharray="1.5 2.5"/>'
        f'<circle cx="{n((left + right) / 2)}" cy="{n(centre)}" r="7" fill="#fff"/>'
    )


def mark(x: float, centre: float, *, is_stated: bool = False) -> str:
    """Return ▲ as a shape, so that it looks the same in every font; hollow when `is_stated`."""
    ink = (
        f'fill="#fff" stroke="{COLOURS["seal"]}" stroke-width="1.25" stroke-linejoin="round"'
        if is_stated
        else f'fill="{COLOURS["seal"]}"'
    )
    return f'<path d="M{n(x - 5.5)} {n(centre + 5)}h11l-5.5 -10z" {ink}/>'


def paint(look: str, area: str, edge: str) -> str:
    """Return a bar's shape as its tier or state looks: filled, hatched, outlined or dashed."""
    if look == "A":
        return f'<path d="{area}" fill="{COLOURS["A"]}"/>'
    if look == "B":
        return f'<path d="{area}" fill="{COLOURS["B"]}"/><path d="{area}" fill="url(#hatch)"/>'
    fill, stroke, dash = {
        "C": (COLOURS["C"], COLOURS["A"], ""),
        "no_own_budget": (COLOURS["tint"], COLOURS["strong"], ""),
        "unknown": ("#fff", COLOURS["strong"], ' stroke-dasharray="4 2.5"'),
    }.get(look, ("#fff", COLOURS["strong"], ""))
    return (
        f'<path d="{area}" fill="{fill}"/>'
        f'<path d="{edge}" fill="none" stroke="{stroke}" stroke-width="1.25"{dash}/>'
    )
