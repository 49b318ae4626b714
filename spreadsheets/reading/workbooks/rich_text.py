"""Texts in several fonts within one cell, of shared and inline strings. Pure; in the child."""

import re
import zipfile
from xml.parsers import expat

from ..limits import Limits
from ..shown.runs import Run, is_special
from .archive import part_blocks, xml_parser
from .styles import is_on

SHARED = "xl/sharedStrings.xml"
SPECIAL = re.compile(rb"<(?:\w+:)?(?:strike|vertAlign)\b")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


class RunReader:
    """Handlers for expat: collects the runs of each <si> or <is>, those with special ones kept."""

    def __init__(self, *, keeps_all: bool = False) -> None:
        self.texts: dict[int, list[Run]] = {}
        self.keeps_all = keeps_all
        self.index = -1
        self.runs: list[Run] = []
        self.font: tuple[bool | None, str] = (None, "")
        self.text: list[str] = []
        self.phonetic = 0
        self.is_text = self.is_in_font = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local in ("si", "is"):
            self.index += 1
            self.runs = []
            self.font = (None, "")
        elif local == "rPh":
            self.phonetic += 1
        elif local == "r":
            self.font = (None, "")
        elif local == "rPr":
            self.font, self.is_in_font = (False, ""), True
        elif local == "strike" and self.is_in_font:
            self.font = (is_on(attributes), self.font[1])
        elif local == "vertAlign" and self.is_in_font:
            level = attributes.get("val", "")
            self.font = (self.font[0], level if level in ("superscript", "subscript") else "")
        elif local == "t" and not self.phonetic:
            self.text, self.is_text = [], True

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "rPh":
            self.phonetic -= 1
        elif local == "rPr":
            self.is_in_font = False
        elif local == "t" and self.is_text:
            self.is_text = False
            text = _unescaped("".join(self.text))
            struck, level = self.font
            self.runs.append(Run(text, struck, level))  # type: ignore[arg-type]
        elif local in ("si", "is") and self._is_kept():
            self.texts[self.index] = self.runs

    def characters(self, text: str) -> None:
        if self.is_text:
            self.text.append(text)

    def _is_kept(self) -> bool:
        if self.keeps_all:
            return is_special(self.runs)
        return any(run.is_struck or run.level for run in self.runs)


def shared_runs(parts: zipfile.ZipFile, limits: Limits, *, keeps_all: bool) -> dict[int, list[Run]]:
    """Return the shared strings with struck or raised runs, by number.

    keeps_all: those with any font of their own, which an otherwise struck cell may hold.
    """
    reader = RunReader(keeps_all=keeps_all)
    parser = _parser(reader)
    for block in part_blocks(parts, SHARED, limits.unpacked_bytes // 4):
        parser.Parse(block, False)
    parser.Parse(b"", True)
    return reader.texts


def inline_runs(content: bytes, *, keeps_all: bool) -> list[Run]:
    """Return the runs of one <is>…</is>, [] when none of them is special."""
    reader = RunReader(keeps_all=keeps_all)
    parser = _parser(reader)
    parser.Parse(b"<is>" + content + b"</is>", True)
    return reader.texts.get(0, [])


def _parser(reader: RunReader) -> expat.XMLParserType:
    parser = xml_parser()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    return parser


def _unescaped(text: str) -> str:
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")
