"""The cells of an .xlsx sheet that show something else than their value. Pure; in the child.

Only cells are looked at whose style, or whose shared string, gives a reason to.
"""

import re
from dataclasses import dataclass, field
from functools import cache

from ..refusals import column_letter, column_number
from ..shown import NumberFormat, Shown, UnreadFormatError
from ..shown.runs import Run, read_runs
from .overlay import MAX_CELLS_TOLD, Overlay
from .rich_text import inline_runs
from .styles import Styles

_USUAL = re.compile(rb' r="([A-Z]+)([0-9]+)" s="([0-9]+)"(?: t="(\w+)")?')
_TYPE = re.compile(rb"""\st=["'](\w+)["']""")
_STYLE = re.compile(rb"""\ss=["']([0-9]+)["']""")
_ADDRESS = re.compile(rb"""\sr=["']([A-Z]+)([0-9]+)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)")
_FRACTION = re.compile(rb"v>(-?[0-9]*[.eE][^<]*)</")
_INLINE = re.compile(rb"<(?:\w+:)?is>(.*?)</(?:\w+:)?is>", re.DOTALL)
_CELL_PREFIX = re.compile(rb"<((?:\w+:)?)c(?=[\s/>])")
_WITHOUT_ADDRESS = re.compile(rb"<(?:\w+:)?c(?=[\s/>])(?![^>]*\sr=)")
_ROW_OR_CELL = re.compile(rb"<((?:\w+:)?)(row|c)(?=[\s/>])([^>]*)")
_TEXT_CELL = re.compile(rb"""<(?:\w+:)?c\b([^>]*?\st=["']s["'][^>]*)>\s*<(?:\w+:)?v>([0-9]+)</""")
_INLINE_CELL = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*?\st=["']inlineStr["'][^>]*)>(.*?)</(?:\w+:)?c>""", re.DOTALL
)
_MEMO = 200_000


@dataclass
class XlsxCells:
    """Fills an Overlay block by block; `strings` are the shared strings with special runs."""

    styles: Styles
    strings: dict[int, list[Run]]
    overlay: Overlay = field(default_factory=Overlay)

    def __post_init__(self) -> None:
        found = self.styles
        self.searched = (set(found.formats) - found.wholes) | set(found.texts) | found.struck
        self.whole_cells: re.Pattern[bytes] | None = None
        self.fraction_styles = found.wholes - self.searched
        self.prefix: bytes | None = None
        self.memo: dict[tuple[int, bytes], object] = {}
        self.row = self.column = 0

    def addressed(self, block: bytes) -> bytes:
        """Give every cell the address that it has by its place, where a writer left it out."""
        if not (self.styles or self.strings) or not _WITHOUT_ADDRESS.search(block):
            return block
        return _ROW_OR_CELL.sub(self._with_address, block)

    def search(self, block: bytes) -> None:
        if self.prefix is None:
            self._compile(block)
        if self.whole_cells:
            for match in self.whole_cells.finditer(block):
                self._styled(match[1], match[2])
        if self.fraction_styles and self.prefix is not None:
            self._search_fractions(block, b"<" + self.prefix + b"c ")
        if self.strings:
            for attributes, index in _TEXT_CELL.findall(block):
                if runs := self.strings.get(int(index)):
                    self._rich(attributes, runs)
        if b"inlineStr" in block:
            self._search_inline(block)

    def _search_inline(self, block: bytes) -> None:
        keeps_all = bool(self.styles.struck)
        words = (b"rPr",) if keeps_all else (b"strike", b"vertAlign")
        if not any(word in block for word in words):
            return
        for attributes, content in _INLINE_CELL.findall(block):
            if any(word in content for word in words) and (found := _INLINE.search(content)):
                self._rich(attributes, inline_runs(found[1], keeps_all=keeps_all))

    def _compile(self, block: bytes) -> None:
        """Search for <c or <x:c, whichever this writer's cells are."""
        found = _CELL_PREFIX.search(block)
        if found is None:
            return
        self.prefix = found[1]
        self.whole_cells = _cells_of(self.searched | self.styles.coloured, self.prefix)

    def _with_address(self, match: re.Match[bytes]) -> bytes:
        prefix, name, attributes = match[1], match[2], match[3]
        if name == b"row":
            number = re.search(rb"""\sr=["']([0-9]+)""", attributes)
            self.row = int(number[1]) if number else self.row + 1
            self.column = 0
            own = b"" if number else b' r="%d"' % self.row
            return b"<" + prefix + b"row" + own + attributes
        address = _ADDRESS.search(attributes)
        self.column = column_number(address[1].decode()) if address else self.column + 1
        if address:
            return match[0]
        own = f' r="{column_letter(self.column)}{self.row}"'.encode()
        return b"<" + prefix + b"c" + own + attributes

    def _styled(self, attributes: bytes, content: bytes) -> None:
        style, kind, place = _read_attributes(attributes)
        if place is None:
            return
        row, column = place
        if style in self.styles.coloured and len(self.overlay.coloured) < MAX_CELLS_TOLD:
            self.overlay.coloured.add(place)
        if not content:
            return
        if style in self.styles.struck:
            self.overlay.struck.setdefault(row, []).append(column)
        if kind == b"n":
            if style in self.styles.formats:
                self._shown(place, style, _value(content))
        elif style in self.styles.texts and kind in (b"s", b"str", b"inlineStr"):
            self.overlay.texts.setdefault(row, []).append((column, self.styles.texts[style]))

    def _search_fractions(self, block: bytes, cell: bytes) -> None:
        """Look back from every number that is not whole: sheets have few, or none at all."""
        for match in _FRACTION.finditer(block):
            start = block.rfind(cell, 0, match.start())
            if start < 0:
                continue
            attributes = block[start + len(cell) - 1 : block.index(b">", start)]
            style, kind, place = _read_attributes(attributes)
            if place is not None and kind == b"n" and style in self.fraction_styles:
                self._shown(place, style, match[1])

    def _shown(self, place: tuple[int, int], style: int, stored: bytes) -> None:
        if not stored:
            return
        key = style, stored
        if key not in self.memo:
            if len(self.memo) > _MEMO:
                self.memo.clear()
            self.memo[key] = _result(self.styles.formats[style], stored)
        result = self.memo[key]
        if result is None:
            return
        if isinstance(result, UnreadFormatError):
            self.overlay.faults.append((*place, "cell.format_unread", str(result)))
        elif isinstance(result, Shown):
            self.overlay.put(place, result.text)
            if result.is_other:
                self.overlay.tell("cell.shown", place, result.text, stored.decode())
        else:
            self.overlay.put(place, result)

    def _rich(self, attributes: bytes, runs: list[Run]) -> None:
        place = _place(attributes)
        if place is None or not runs:
            return
        row, column = place
        is_struck = _style(attributes) in self.styles.struck
        if is_struck:
            self.overlay.struck[row] = [
                each for each in self.overlay.struck.get(row, ()) if each != column
            ]
        read = read_runs(runs, cell_is_struck=is_struck)
        if read.is_all_struck:
            self.overlay.struck.setdefault(row, []).append(column)
            return
        self.overlay.put(place, read.text)
        if read.struck:
            self.overlay.tell("cell.struck_part", place, read.struck, read.text)
        if read.marks:
            self.overlay.tell("cell.raised_mark", place, read.marks, read.text)


def _result(shown_by: NumberFormat, stored: bytes) -> object:
    try:
        return shown_by.shown(stored.decode())
    except UnreadFormatError as error:
        return error
    except ValueError:
        return None


def _read_attributes(attributes: bytes) -> tuple[int, bytes, tuple[int, int] | None]:
    """Return a cell's style, type and place."""
    usual = _USUAL.fullmatch(attributes)
    if usual:
        return int(usual[3]), usual[4] or b"n", (int(usual[2]), _column(usual[1]))
    kind = _TYPE.search(attributes)
    return _style(attributes), kind[1] if kind else b"n", _place(attributes)


def _value(content: bytes) -> bytes:
    if content.startswith(b"<v>"):
        return content[3 : content.index(b"<", 3)]
    value = _VALUE.search(content)
    return value[1] if value else b""


@cache
def _column(letters: bytes) -> int:
    return column_number(letters.decode())


def _place(attributes: bytes) -> tuple[int, int] | None:
    address = _ADDRESS.search(attributes)
    return (int(address[2]), _column(address[1])) if address else None


def _style(attributes: bytes) -> int:
    found = _STYLE.search(attributes)
    return int(found[1]) if found else 0


def _named(styles: set[int]) -> bytes:
    """Match the attributes of a cell of these styles; style 0 need not be named."""
    names = b"|".join(b"%d" % each for each in sorted(styles))
    named = rb"""[^>]*?\ss=["'](?:""" + names + rb""")["'][^>]*?"""
    return rb"(" + named + (rb"|(?![^>]*\ss=)[^>]*?)" if 0 in styles else rb")")


def _cells_of(styles: set[int], prefix: bytes) -> re.Pattern[bytes] | None:
    if not styles:
        return None
    rest = rb"(?:/>|>(.*?)</" + prefix + rb"c>)"
    return re.compile(rb"<" + prefix + rb"c(?=[\s/>])" + _named(styles) + rest, re.DOTALL)
