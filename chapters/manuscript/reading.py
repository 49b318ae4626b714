"""A chapter's manuscript, Markdown extracted from a printed page → its parts. Pure.

The marks decide, not the number of #: "9 | 題" is the chapter, "(1)" or "（1）" a section, "■" a
subsection. Footnotes stand where their page ended, as "1 text" or "- 1 text", a URL on the next
line; a sentence that they interrupt is joined again without a space. A table of fiscal years and
its legend end the file. Levels, joins and keys need no table of exceptions.
"""

from __future__ import annotations

import unicodedata

from values.messages import Message, gettext_noop

from .inline import is_bold_closed, to_markdown
from .lines import Block, Reader
from .parts import BoldName, Footnote, Manuscript, ManuscriptError, Section

__all__ = ["BoldName", "Footnote", "Manuscript", "ManuscriptError", "Section", "decode", "parse"]


def decode(content: bytes) -> str:
    """Return the text of UTF-8, with or without BOM. Raise ManuscriptError with line and byte."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from behind the BOM.
        at = error.start + len(content) - len(error.object)
        lines = content[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        byte = len(lines[-1]) + 1
        raise ManuscriptError(
            "encoding",
            len(lines),
            f"0x{content[at]:02X}",
            reason=Message(
                gettext_noop(
                    "UTF-8のテキストではありません（この行の%(byte)sバイト目）。Wordやzipではなく、"
                    "文章を文字コードUTF-8のテキストで保存して渡してください。"
                ),
                {"byte": byte},
            ),
        ) from error


def parse(text: str) -> Manuscript:
    """Read a whole manuscript, or raise ManuscriptError at the first line that cannot be."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reader = Reader()
    for number, line in enumerate(lines, start=1):
        _refuse_binary(number, line)
        reader.take(number, line.replace("\f", ""))
    return _assembled(reader)


def _refuse_binary(number: int, line: str) -> None:
    for character in line:
        is_control = unicodedata.category(character) in ("Cc", "Cs") and character not in "\t\f"
        if is_control or character == "\ufffd":
            raise ManuscriptError(
                "not_text",
                number,
                f"U+{ord(character):04X}",
                reason=Message(
                    gettext_noop(
                        "文章にない文字があります。WordやPDFではなく、UTF-8のテキストを渡してください。"
                    )
                ),
            )


def _assembled(reader: Reader) -> Manuscript:
    if not reader.parts:
        raise ManuscriptError(
            "empty",
            0,
            "",
            reason=Message(gettext_noop("原稿が空です。ファイルを確かめてください。")),
        )
    blocks = [block for part in reader.parts for block in part.paragraphs]
    if not blocks:
        raise ManuscriptError(
            "no_prose",
            reader.parts[0].line,
            reader.parts[0].heading,
            reason=Message(
                gettext_noop("見出しの後に本文がありません。ファイルを確かめてください。")
            ),
        )
    blocks += reader.notes.values()
    _check_footnotes(reader)
    for block in blocks:
        _refuse_open_bold(block)
    names = [name for block in blocks for name in block.bold_names()]
    lead, *sections = reader.parts
    return Manuscript(
        line=lead.line,
        number=reader.number,
        title=lead.heading,
        lead=_markdown(lead.paragraphs),
        sections=tuple(
            Section(part.line, part.level, part.heading, part.anchor, _markdown(part.paragraphs))
            for part in sections
        ),
        footnotes=tuple(
            Footnote(note.line, number, to_markdown(note.text))
            for number, note in sorted(reader.notes.items())
        ),
        bold_names=tuple(sorted(names, key=lambda name: name.line)),
        timeline_title=reader.timeline_title,
        table=tuple(reader.table),
        legend=tuple(reader.legend),
    )


def _check_footnotes(reader: Reader) -> None:
    for number, line in reader.referenced.items():
        if number not in reader.notes:
            raise ManuscriptError(
                "footnote_undefined",
                line,
                str(number),
                reason=Message(
                    gettext_noop(
                        "脚注%(number)sの文がありません。"
                        "「%(number)s 文」の行を足すか、印を消してください。"
                    ),
                    {"number": number},
                ),
            )
    for number, note in reader.notes.items():
        if number not in reader.referenced:
            raise ManuscriptError(
                "footnote_unreferenced",
                note.line,
                f"{number} {note.text[:60]}",
                reason=Message(
                    gettext_noop(
                        "脚注%(number)sの印が本文にありません。<sup>%(number)s</sup>を入れてください。"
                        "本文の一文なら数字の後の空白を消してください。"
                    ),
                    {"number": number},
                ),
            )


def _refuse_open_bold(block: Block) -> None:
    if not is_bold_closed(block.text):
        raise ManuscriptError(
            "bold_open",
            block.line,
            block.text[block.text.rindex("**") :][:60],
            reason=Message(
                gettext_noop("太字の ** が閉じていません。前後に ** を付けるか消してください。")
            ),
        )


def _markdown(blocks: list[Block]) -> tuple[str, ...]:
    return tuple(to_markdown(block.text) for block in blocks)
