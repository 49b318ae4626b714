"""What a line of prose is in itself, whatever stands before it. Pure."""

from __future__ import annotations

import re
from enum import Enum

from .source import Line

_FENCE = re.compile(r"[ \t]*(?:`{3,}[^`]*|~{3,}.*)")
_RULE = re.compile(r" {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}")
_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+)[ \t]*")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\S")
_SIGN = re.compile(
    r"[ \t　]*(?:[・･●○◎◆◇■□▶▷▽▼※①-⑳➀-➓]|[（(]\d{1,2}[）)]|\d{1,2}[）．]"
    r"|(?:注\d{0,2}|出典|資料|備考)[ 　]?[:：）)])"
)
_DELIMITER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
_GRID = re.compile(r"\+[-=+:]{2,}")
_ROW_STARTS = ("|", "｜", "│", "┃", "┌", "├", "└", "┏", "┣", "┗")
_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")


class Kind(Enum):
    PLAIN = "plain"
    PARAGRAPH = "paragraph"  # 字下げ: an ideographic space begins a paragraph
    ITEM = "item"
    QUOTE = "quote"
    ROW = "row"
    SIGN = "sign"  # an item by a sign that is none of Markdown's
    INDENTED = "indented"
    RULE = "rule"
    UNDERLINE = "underline"
    FENCE = "fence"


def kind_of(raw: str) -> Kind:
    """Return the kind of a line that is not blank."""
    text = raw.lstrip(" \t")
    if _FENCE.fullmatch(raw):
        return Kind.FENCE
    if _RULE.fullmatch(raw):
        return Kind.RULE
    if _UNDERLINE.fullmatch(raw):
        return Kind.UNDERLINE
    if text.startswith(_ROW_STARTS) or _GRID.match(text):
        return Kind.ROW
    if text.startswith(">"):
        return Kind.QUOTE
    if _ITEM.match(raw):
        return Kind.ITEM
    if _SIGN.match(raw):
        return Kind.SIGN
    if text.startswith("　"):
        return Kind.PARAGRAPH
    return Kind.INDENTED if indent_of(raw) >= 4 else Kind.PLAIN


def indent_of(raw: str) -> int:
    """Return by how many columns a line is set in; a tab goes to the next fourth."""
    column = 0
    for character in raw:
        if character == "\t":
            column += 4 - column % 4
        elif character == " ":
            column += 1
        else:
            break
    return column


def table_lines(lines: list[Line]) -> dict[int, bool]:
    """Return the lines of pipe tables, each with whether it is a table's first.

    A table is a line with bars, below it one of dashes with as many cells, and the lines with
    bars that follow.
    """
    found: dict[int, bool] = {}
    inside = False
    for (number, raw), (_below, next_raw) in zip(lines, [*lines[1:], (0, "")], strict=True):
        text = raw.strip()
        if inside and "|" in text:
            found[number] = False
            continue
        below = next_raw.strip()
        inside = "|" in text and "|" in below and _is_delimiter(below, text)
        if inside:
            found[number] = True
    return found


def _is_delimiter(below: str, above: str) -> bool:
    return bool(_DELIMITER.fullmatch(below)) and len(cells_of(below)) == len(cells_of(above))


def cells_of(row: str) -> list[str]:
    """Return the cells of a table's line, without the bars around it."""
    bars = [match.end() for match in _BAR.finditer(row)]
    cells, start = [], 0
    for end in bars:
        cells.append(row[start : end - 1].strip())
        start = end
    cells.append(row[start:].strip())
    if len(cells) > 1 and not cells[0]:
        del cells[0]
    if len(cells) > 1 and not cells[-1]:
        del cells[-1]
    return cells
