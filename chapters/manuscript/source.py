"""A manuscript's file → its lines, without what is no text of it. Pure.

Line ends of every system are read, and a form feed, where a page ended, ends a line. A comment is
not for readers: it is left out, and named.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from values.decision import Decision
from values.messages import gettext_noop
from values.text_length import MOST_CHARACTERS

from .parts import MOST_BYTES, MOST_LINES, ManuscriptError, refused, too_long, too_many

Line = tuple[int, str]
"""A line and its number, from 1, in the file."""

_INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff"
_NOTHING = dict.fromkeys(map(ord, _INVISIBLE))
_TEXT_CONTROLS = "\t\f"


def decode(content: bytes) -> str:
    """Return the text of UTF-8, with or without BOM. Raise ManuscriptError with line and byte."""
    if len(content) > MOST_BYTES:
        raise _too_large(len(content))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from behind the BOM.
        at = error.start + len(content) - len(error.object)
        lines = content[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        byte = len(lines[-1]) + 1
        raise refused(
            "encoding",
            len(lines),
            f"0x{content[at]:02X}",
            gettext_noop(
                "UTF-8のテキストではありません（この行の%(byte)sバイト目）。Wordやzipではなく、"
                "文章を文字コードUTF-8のテキストで保存して渡してください。"
            ),
            byte=byte,
        ) from error


def lines_of(text: str) -> tuple[list[Line], list[Decision]]:
    """Return the lines of a text, and what was left out of them."""
    if len(text) > MOST_BYTES:
        raise _too_large(len(text))
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    decisions: list[Decision] = []
    cleaned = []
    for number, line in enumerate(lines, start=1):
        _refuse_binary(number, line)
        if len(line) > MOST_CHARACTERS:
            raise too_long(number, line)
        cleaned.append((number, _without_invisible(number, line, decisions)))
    pages = [page for line in _without_comments(cleaned, decisions) for page in _pages(*line)]
    if len(pages) > MOST_LINES:
        raise too_many(pages[MOST_LINES][0], "line", MOST_LINES)
    return pages, decisions


def _too_large(size: int) -> ManuscriptError:
    return refused(
        "too_large",
        0,
        f"{size:,}",
        gettext_noop("ファイルは%(limit)sバイトまでです。1ファイルに1章だけを入れてください。"),
        limit=f"{MOST_BYTES:,}",
    )


def _refuse_binary(number: int, line: str) -> None:
    if line.isascii() and line.isprintable():
        return
    for character in line:
        is_control = unicodedata.category(character) in ("Cc", "Cs")
        if (is_control and character not in _TEXT_CONTROLS) or character == "\ufffd":
            raise refused(
                "not_text",
                number,
                f"U+{ord(character):04X}",
                gettext_noop(
                    "文章にない文字があります。WordやPDFではなく、UTF-8のテキストを渡してください。"
                ),
            )


def _without_invisible(number: int, line: str, decisions: list[Decision]) -> str:
    """At the edges of a line such a character would hide a heading or a note; inside it stays."""
    if not any(character in line for character in _INVISIBLE):
        return line
    inner = line.strip(_INVISIBLE + " \t")
    start = line.index(inner)
    edges = (line[:start], line[start + len(inner) :])
    codes = dict.fromkeys(each for edge in edges for each in edge if each in _INVISIBLE)
    if codes:
        words = " ".join(f"U+{ord(each):04X}" for each in codes)
        decisions.append(Decision("characters.removed", number, words))
    before, after = (edge.translate(_NOTHING) for edge in edges)
    return before + inner + after


def _without_comments(lines: list[Line], decisions: list[Decision]) -> Iterator[Line]:
    """A line that held nothing but (a part of) a comment is left out, as if it were not there."""
    open_line, hidden = 0, ""
    for number, line in lines:
        shown, had_comment = "", bool(open_line)
        rest = line
        while rest:
            if open_line:
                comment, end, rest = rest.partition("-->")
                hidden += comment + end
                if end:
                    decisions.append(Decision("comment.dropped", open_line, hidden))
                    open_line, hidden = 0, ""
            else:
                before, start, rest = rest.partition("<!--")
                shown += before
                if start:
                    open_line, hidden, had_comment = number, start, True
        hidden += "\n" if open_line else ""
        if shown.strip() or not had_comment:
            yield number, shown
    if open_line:
        raise refused(
            "comment_open",
            open_line,
            hidden[:80].strip(),
            gettext_noop("コメント <!-- が閉じていません。--> で閉じるか、消してください。"),
        )


def _pages(number: int, line: str) -> Iterator[Line]:
    pages = [page for page in line.split("\f") if page.strip()]
    yield from ((number, page) for page in pages or [""])
