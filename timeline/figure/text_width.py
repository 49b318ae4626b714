"""How wide text is, in em, and where its lines may break, without asking a font. Pure.

Nobody knows in which font a drawing will be shown: Latin letters have the advances of Noto Sans
CJK JP, the larger of its regular and bold; kanji and kana are 1 em in every font.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_ADVANCES = {
    character: width
    for width, characters in {
        0.23: " ",
        0.33: "i|jl',.:;I",
        0.38: "!-f()[]{}/\\",
        0.44: "tr",
        0.51: "s*?zc",
        0.58: 'x"J_yFLYev',
        0.61: "#$+0123456789<=>^a~gkEZ",
        0.64: "STVX`oAbdhnpqu",
        0.69: "CPBRK",
        0.77: "DG&NUHOQ",
        0.86: "Mw",
        1.01: "W%m@",
    }.items()
    for character in characters
}
_NEVER_FIRST = frozenset(
    "、。，．・：；？！ー～…‥」』】〕）｝〉》”’),.:;!?]}%々ぁぃぅぇぉっゃゅょァィゥェォッャュョヶ％"
)
_NEVER_LAST = frozenset("「『【〔（｛〈《“‘([{￥＄")
_ATOM = re.compile(r"[!-~]+ *|\s+|.", re.DOTALL)


def width_em(text: str) -> float:
    """Return the width of one line of text in em of its font size."""
    return sum(map(_advance, text))


@cache
def _advance(character: str) -> float:
    known = _ADVANCES.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character):
        return 0.0
    width = unicodedata.east_asian_width(character)
    return {"H": 0.5, "Na": 0.64, "N": 0.64}.get(width, 1.0)


def wrap(text: str, limit_em: float) -> list[str]:
    """Break text into lines of at most `limit_em`, by Japanese rules (行頭・行末禁則).

    A Latin word stays whole unless it is longer than a line by itself.
    """
    lines, line, width = [], "", 0.0
    for atom in _unbreakable(text, limit_em):
        visible = atom.rstrip()
        if line and width + width_em(visible) > limit_em:
            lines.append(line.rstrip())
            line, width = "", 0.0
        atom = atom if line else atom.lstrip()
        line += atom
        width += width_em(atom)
    if line.rstrip() or not lines:
        lines.append(line.rstrip())
    return lines


def _unbreakable(text: str, limit_em: float) -> list[str]:
    """Return the pieces of text between which a line may break."""
    atoms: list[str] = []
    for atom in _ATOM.findall(" ".join(text.split())):
        pieces = [atom] if width_em(atom.rstrip()) <= limit_em else list(atom)
        for piece in pieces:
            if atoms and (piece[0] in _NEVER_FIRST or atoms[-1][-1] in _NEVER_LAST):
                joined = atoms[-1] + piece
                if width_em(joined.rstrip()) <= limit_em:
                    atoms[-1] = joined
                    continue
            atoms.append(piece)
    return atoms
