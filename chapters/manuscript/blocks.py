"""A paragraph, list, table, heading or footnote while it is being read. Pure."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from values.text_length import MOST_CHARACTERS

from .line_kinds import Kind
from .parts import too_long

_URL = re.compile(r"[<\[]?https?://")
_LONE_URL = re.compile(r"[<\[]?https?://\S+")
_MARKS = re.compile(r"<sup>[^<]{0,40}</sup>|\[\^[^\]]{0,60}\]", re.IGNORECASE)
_DIGITS_PARTED = re.compile(r"\d[,.] \d$")
_SENTENCE_END = tuple("。．.！？!?：:")
_CLOSERS = "」』）)】〕”’\"'*　 "
_TAIL = 120
_RUNNING_PROSE = 60  # characters: a shorter line without a full stop may be a title or a caption
_OWN_LINES = {Kind.ITEM, Kind.QUOTE, Kind.ROW, Kind.SIGN, Kind.RULE}
"""Lines of these kinds stay on lines of their own."""


@dataclass
class Block:
    """What one block of Markdown is made of.

    `starts` are (offset, line) of its pieces, `joins` (code, line, words) of what was decided where
    two lines met.
    """

    line: int
    kind: Kind = Kind.PLAIN
    is_table: bool = False
    is_in_list: bool = False
    has_own_lines: bool = False
    pieces: list[str] = field(default_factory=list)
    starts: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0
    joins: list[tuple[str, int, str]] = field(default_factory=list)
    trailing: str = ""

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    @property
    def keeps_indent(self) -> bool:
        return self.is_in_list or self.kind is Kind.INDENTED

    def add(self, line: int, raw: str, kind: Kind = Kind.PLAIN, *, is_seam: bool = False) -> None:
        """Take a line, in the way that its kind and the line before it want."""
        piece = raw.rstrip(" \t")
        self.has_own_lines |= self.is_table or kind in _OWN_LINES
        if self.pieces:
            before = self._tail()
            glue = self._glue(before, piece, kind, is_seam=is_seam)
            if glue in ("", " "):
                piece = piece.lstrip(" \t")
            words = f"{_MARKS.sub('', before)[-12:]}|{piece[:12]}"
            if is_seam:
                is_prose = self.length >= _RUNNING_PROSE or "。" in self.text
                code = "seam.joined" if is_prose else "seam.perhaps"
                self.joins.append((code, line, words))
            elif _are_rows(before, piece):
                if not any(code == "table.unruled" for code, *_place in self.joins):
                    self.joins.append(("table.unruled", line, words))
            elif not glue and before[-1:].isdigit() and piece[:1].isdigit():
                self.joins.append(("digits.joined", line, words))
            elif _DIGITS_PARTED.search(f"{before}{glue}{piece[:1]}"):
                self.joins.append(("digits.parted", line, words))
            self._append(glue)
        self.starts.append((self.length, line))
        self._append(piece)
        self.trailing = raw[len(raw.rstrip(" \t")) :]
        self._refuse_too_long(line, raw)

    def add_paragraph(self, line: int, raw: str) -> None:
        """Take a line that begins a further paragraph of a footnote."""
        self._append("\n\n")
        self.starts.append((self.length, line))
        self._append(raw.rstrip(" \t"))
        self.trailing = ""
        self._refuse_too_long(line, raw)

    def _refuse_too_long(self, line: int, raw: str) -> None:
        if self.length > MOST_CHARACTERS:
            raise too_long(line, raw.strip())

    def line_at(self, offset: int) -> int:
        return self.starts[max(0, bisect_right(self.starts, (offset, 1 << 40)) - 1)][1]

    def _append(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def _tail(self) -> str:
        tail = ""
        for piece in reversed(self.pieces):
            tail = piece + tail
            if len(tail) >= _TAIL:
                break
        return tail[-_TAIL:]

    def _glue(self, before: str, after: str, kind: Kind, *, is_seam: bool) -> str:
        if kind in _OWN_LINES or self.is_table or self.kind is Kind.INDENTED:
            return "\n"
        if is_seam:
            return " " if is_latin_seam(before, after) else ""
        if _are_rows(before, after):
            return "\n"
        after = after.lstrip(" \t")
        if is_url(after):
            return " "
        if self.trailing.endswith("  "):
            return f"{self.trailing}\n"
        if before.endswith("\\") and (len(before) - len(before.rstrip("\\"))) % 2:
            return "\n"
        return " " if is_latin_seam(before, after) else ""

    def is_cut(self) -> bool:
        """Tell whether a paragraph stops before its sentence does."""
        if self.kind not in (Kind.PLAIN, Kind.PARAGRAPH) or self.has_own_lines:
            return False
        last = self._tail().rsplit("\n", 1)[-1]
        if last.startswith("【") and last.endswith("】"):
            return False
        return not _MARKS.sub("", last).rstrip(_CLOSERS).endswith(_SENTENCE_END)

    def places(self, found: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """Turn (offset, words) into (line, words), each pair once."""
        yield from dict.fromkeys((self.line_at(offset), words) for offset, words in found)


def is_url(text: str) -> bool:
    return _URL.match(text) is not None


def is_lone_url(text: str) -> bool:
    return _LONE_URL.fullmatch(text) is not None


def is_latin_seam(before: str, after: str) -> bool:
    """Tell whether words meet that a blank parts: Latin ones, or a Latin one and a number.

    A number is parted from another by a blank where a sign of punctuation ends the first.
    """
    words = _MARKS.sub("", before).rstrip("*_`")
    last = words.rstrip(",.;:!?)\"'’”%")[-1:]
    first = after.lstrip("*_`[")[:1]
    if first in tuple("(\"'“‘"):
        return _is_latin(last)
    if not words.endswith(last):
        return _is_latin_or_digit(last) and _is_latin_or_digit(first)
    return (_is_latin(last) and _is_latin_or_digit(first)) or (
        _is_latin_or_digit(last) and _is_latin(first)
    )


def _is_latin(character: str) -> bool:
    """Whether it is a letter of a script that parts its words by blanks."""
    return character.isalpha() and unicodedata.east_asian_width(character) not in "WFH"


def _is_latin_or_digit(character: str) -> bool:
    return _is_latin(character) or (character.isdigit() and character.isascii())


def _are_rows(before: str, after: str) -> bool:
    """Tell whether two lines are rows of a table that tabs divide, as Excel pastes them."""
    return "\t" in before.rsplit("\n", 1)[-1].strip() and "\t" in after.strip()
