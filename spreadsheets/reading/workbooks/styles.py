"""xl/styles.xml → what of a cell's style changes how its value is read. Pure; runs in the child."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

from ..limits import Limits
from ..shown import NumberFormat
from ..shown.builtin import BUILTIN_FORMATS
from .archive import part_blocks, xml_parser

_PART = "xl/styles.xml"
_KNOWN_DAYS = (14, 15, 22)
_FIRST_OWN = 164
_WHITE_INDEXES = ("1", "9", "65")


@dataclass
class Styles:
    """Style numbers, as a cell's s="…" names them, by what they ask of the reader.

    formats    styles whose numbers may show something else, with their format
    wholes     of these, the styles that show every whole number, 0 too, as it is
    texts      styles that change text, or hide it
    struck     styles in a struck-through font        coloured   with a fill that is not white
    """

    formats: dict[int, NumberFormat] = field(default_factory=dict)
    wholes: set[int] = field(default_factory=set)
    texts: dict[int, NumberFormat] = field(default_factory=dict)
    struck: set[int] = field(default_factory=set)
    coloured: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.formats or self.texts or self.struck or self.coloured)


def read_styles(parts: zipfile.ZipFile, limits: Limits, *, is_1904: bool) -> Styles:
    if _PART not in parts.namelist():
        return Styles()
    found = _StyleParts()
    parser = xml_parser()
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    for block in part_blocks(parts, _PART, limits.unpacked_bytes // 4):
        parser.Parse(block, False)
    parser.Parse(b"", True)
    return _sorted_out(found, is_1904)


class _StyleParts:
    """Number formats, fonts and fills in their order, and the styles that name them."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.is_conditional = False
        self.codes: dict[int, str] = {}
        self.fonts: list[bool] = []
        self.fills: list[bool] = []
        self.styles: list[tuple[int, int, int]] = []
        self.by_parent: dict[str, Callable[[str, dict[str, str]], None]] = {
            "numFmts": self._format,
            "fonts": self._font,
            "font": self._of_font,
            "fills": self._fill,
            "fill": self._of_fill,
            "patternFill": self._of_pattern,
            "cellXfs": self._style,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        parent = self.path[-1] if self.path else ""
        if not self.is_conditional and (handler := self.by_parent.get(parent)):
            handler(local, attributes)
        self.is_conditional = self.is_conditional or local == "dxfs"
        self.path.append(local)

    def end(self, _name: str) -> None:
        if self.path.pop() == "dxfs":
            self.is_conditional = False

    def _format(self, _name: str, attributes: dict[str, str]) -> None:
        self.codes[_number(attributes, "numFmtId")] = attributes.get("formatCode", "")

    def _font(self, _name: str, _attributes: dict[str, str]) -> None:
        self.fonts.append(False)

    def _of_font(self, name: str, attributes: dict[str, str]) -> None:
        if name == "strike" and self.fonts:
            self.fonts[-1] = is_on(attributes)

    def _fill(self, _name: str, _attributes: dict[str, str]) -> None:
        self.fills.append(False)

    def _of_fill(self, name: str, attributes: dict[str, str]) -> None:
        if self.fills:
            pattern = attributes.get("patternType", "none")
            self.fills[-1] = name == "gradientFill" or pattern != "none"

    def _of_pattern(self, name: str, attributes: dict[str, str]) -> None:
        if name == "fgColor" and self.fills and _is_white(attributes):
            self.fills[-1] = False

    def _style(self, name: str, attributes: dict[str, str]) -> None:
        if name == "xf":
            ids = ("numFmtId", "fontId", "fillId")
            number, font, fill = (_number(attributes, each) for each in ids)
            self.styles.append((number, font, fill))


def is_on(attributes: dict[str, str]) -> bool:
    """Return whether <strike val="…"/> says so; without a value it does."""
    return attributes.get("val", "1").lower() not in ("0", "false", "off")


def _is_white(attributes: dict[str, str]) -> bool:
    if "rgb" in attributes:
        return attributes["rgb"][-6:].upper() == "FFFFFF"
    if "theme" in attributes:
        return attributes["theme"] == "0" and not attributes.get("tint", "").strip("0.-")
    return attributes.get("indexed") in _WHITE_INDEXES


def _number(attributes: dict[str, str], name: str) -> int:
    written = attributes.get(name, "0")
    return int(written) if written.isdecimal() and len(written) < 9 else 0


def _sorted_out(found: _StyleParts, is_1904: bool) -> Styles:
    styles = Styles()
    formats: dict[int, NumberFormat] = {}
    for style, (number, font, fill) in enumerate(found.styles):
        if font < len(found.fonts) and found.fonts[font]:
            styles.struck.add(style)
        if fill < len(found.fills) and found.fills[fill]:
            styles.coloured.add(style)
        if number not in formats:
            code = found.codes.get(number) or BUILTIN_FORMATS.get(number, "General")
            formats[number] = NumberFormat(code, is_1904=is_1904)
        each = formats[number]
        if not each.keeps_text:
            styles.texts[style] = each
        if each.keeps_numbers or _is_left_to_the_reader(number, each):
            continue
        styles.formats[style] = each
        if each.keeps_whole_numbers and each.keeps_zero:
            styles.wholes.add(style)
    return styles


def _is_left_to_the_reader(number: int, each: NumberFormat) -> bool:
    """Whether the workbook reader itself makes days of the numbers: not of every builtin one."""
    return each.is_day and (number in _KNOWN_DAYS or number >= _FIRST_OWN)
