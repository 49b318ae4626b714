"""A chapter's manuscript, Markdown extracted from a printed page → its parts. Pure.

The marks decide, not the number of #: "9 | 題" is the chapter, "(1)" or "（1）" a section, "■" a
subsection. Footnotes stand where their page ended, as "1 text" or "- 1 text", a URL on the next
line; a sentence that they interrupt is joined again without a space. A table of fiscal years and
its legend end the file. Levels, joins and keys need no table of exceptions.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from spreadsheets.refusal import Refusal

from .manuscript_text import (
    bold_in,
    is_bold_closed,
    is_cut,
    is_url,
    joined,
    marks_in,
    plain,
    to_markdown,
)

HEADING_LIMIT = 150
_TITLE = re.compile(r"#{0,6}\s*(\d{1,3})\s*[|｜]\s*(\S.*)")
_SECTION = re.compile(r"#{1,6}\s*[(（]\s*\d{1,2}\s*[)）]\s*(\S.*)")
_SUBSECTION = re.compile(r"(?:#{1,6}\s*)?■\s*(\S.*)")
_FIGURE_TITLE = re.compile(r"(?:#{1,6}\s*)?【(.+)】")
_LEGEND = re.compile(r"(?:[A-Z]|[^\w\s:：])?\s*[:：]\s*\S")
_NOTE = re.compile(r"(?:[-*+]\s+)?(\d{1,3})\s+(?!つ|[かカヶ][国所月]|年[度代間にのか、])(\S.*)")


class ManuscriptError(Refusal):
    """No such manuscript; `line` counts from 1 in the file, 0 for the file as a whole."""

    def __init__(self, code: str, line: int, value: str, *, ja: str, en: str) -> None:
        super().__init__(f"manuscript.{code}", value, ja=ja, en=en)
        self.line = line


@dataclass(frozen=True)
class Section:
    """A heading, level 2 "(1)" or 3 "■", and the Markdown paragraphs below it.

    Anchors count: s1, s2, s2-1, s2-2; a subsection before the first section is s0-1.
    """

    line: int
    level: int
    heading: str
    anchor: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Footnote:
    line: int
    number: int
    text: str

    @property
    def key(self) -> str:
        return f"n{self.number}"


@dataclass(frozen=True)
class BoldName:
    """A name printed bold, as often as it is printed, in the order of the file."""

    line: int
    name: str


@dataclass(frozen=True)
class Manuscript:
    """A chapter as its file says it. Lines of table and legend carry their numbers, from 1."""

    number: int
    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    bold_names: tuple[BoldName, ...]
    timeline_title: str
    table: tuple[tuple[int, str], ...]
    legend: tuple[tuple[int, str], ...]

    @property
    def paragraph_count(self) -> int:
        return len(self.lead) + sum(len(section.paragraphs) for section in self.sections)


def decode(content: bytes) -> str:
    """Return a file's text: UTF-8, with or without BOM. Raise ManuscriptError with the line."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ManuscriptError(
            "encoding",
            content[: error.start].count(b"\n") + 1,
            repr(content[error.start : error.start + 8]),
            ja="UTF-8の文書として読めません。文字コードUTF-8のテキストで保存し直してください。",
            en="This is not UTF-8 text. Save the file as text in UTF-8 and try again.",
        ) from error


def parse(text: str) -> Manuscript:
    """Read a whole manuscript, or raise ManuscriptError at the first line that cannot be."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    reader = _Reader()
    for number, line in enumerate(lines, start=1):
        _refuse_binary(number, line)
        following = next((later for later in lines[number:] if later.strip()), "")
        reader.take(number, line.replace("\f", ""), following)
    return reader.finished()


def _refuse_binary(number: int, line: str) -> None:
    for character in line:
        is_control = unicodedata.category(character) in ("Cc", "Cs") and character not in "\t\f"
        if is_control or character == "\ufffd":
            raise ManuscriptError(
                "not_text",
                number,
                f"U+{ord(character):04X}",
                ja="文章にない文字があります。WordやPDFではなく、UTF-8のテキストを渡してください。",
                en="There is a character no text has. Give text in UTF-8, not a Word or PDF file.",
            )


@dataclass
class _Block:
    """A paragraph or a footnote being read; `starts` are (offset, line) of its pieces."""

    line: int
    text: str = ""
    starts: list[tuple[int, int]] = field(default_factory=list)

    def add(self, line: int, piece: str) -> None:
        self.text = joined(self.text, piece)
        self.starts.append((len(self.text) - len(piece), line))

    def bold_names(self) -> list[BoldName]:
        return [
            BoldName(max(line for start, line in self.starts if start <= offset), name)
            for offset, name in bold_in(self.text)
        ]


@dataclass
class _Part:
    """The lead (level 1) or a section being read."""

    line: int
    level: int
    heading: str
    anchor: str
    paragraphs: list[_Block] = field(default_factory=list)


class _Reader:
    """Takes the lines one by one and knows what the next one may be."""

    def __init__(self) -> None:
        self.parts: list[_Part] = []
        self.number = 0
        self.notes: dict[int, _Block] = {}
        self.referenced: dict[int, int] = {}
        self.open_block: _Block | None = None
        self.last_note: _Block | None = None
        self.timeline_title = ""
        self.is_in_timeline = False
        self.is_in_table = False
        self.table: list[tuple[int, str]] = []
        self.legend: list[tuple[int, str]] = []

    def take(self, line: int, raw: str, following: str) -> None:
        text = raw.strip()
        if not text:
            self.open_block = None
            self.is_in_table = False
        elif not self.parts:
            self._take_title(line, text)
        elif self.is_in_timeline or raw.count("\t") > 1:
            self._take_timeline(line, raw)
        elif (title := _FIGURE_TITLE.fullmatch(text)) and following.count("\t") > 1:
            self.is_in_timeline = True
            self.timeline_title = _heading(line, title[1])
        elif self._take_heading(line, text):
            self.open_block = self.last_note = None
        else:
            self._take_prose(line, text.replace("\t", " "))

    def _take_title(self, line: int, text: str) -> None:
        match = _TITLE.fullmatch(text)
        if match is None:
            raise ManuscriptError(
                "no_title",
                line,
                text[:80],
                ja="最初の行が章の見出しではありません。「## 9 | 国際活動」のように始めてください。",
                en="The first line is no chapter heading. Begin with a line such as “## 9 | 国際活動”.",
            )
        self.number = int(match[1])
        self.parts.append(_Part(line, 1, _heading(line, match[2]), ""))

    def _take_heading(self, line: int, text: str) -> bool:
        if match := _SECTION.fullmatch(text):
            count = sum(part.level == 2 for part in self.parts) + 1
            self.parts.append(_Part(line, 2, _heading(line, match[1]), f"s{count}"))
        elif (match := _SUBSECTION.fullmatch(text)) and not text.endswith("。"):
            above = next((part for part in reversed(self.parts) if part.level == 2), None)
            start = self.parts.index(above) if above else 0
            count = len(self.parts) - start
            anchor = f"{above.anchor if above else 's0'}-{count}"
            self.parts.append(_Part(line, 3, _heading(line, match[1]), anchor))
        elif re.match(r"#{1,6}\s", text):
            raise ManuscriptError(
                "heading_unmarked",
                line,
                text[:80],
                ja="見出しに印がありません。節は「(1)」、項は「■」で始めてください。章は1ファイルに1つです。",
                en="This heading has no mark. Begin sections with (1), subsections with ■; "
                "one chapter a file.",
            )
        else:
            return False
        return True

    def _take_prose(self, line: int, text: str) -> None:
        note = _NOTE.fullmatch(text)
        if note and self._is_note(int(note[1])):
            self._open_note(line, int(note[1]), note[2])
            text = note[2]
        elif self.open_block is None and self.last_note is not None and is_url(text):
            self.open_block = self.last_note
        elif self.open_block is None:
            paragraphs = self.parts[-1].paragraphs
            if not (self.last_note and paragraphs and is_cut(paragraphs[-1].text)):
                paragraphs.append(_Block(line))
            self.open_block = paragraphs[-1]
            self.last_note = None
        assert self.open_block is not None
        self.open_block.add(line, text)
        for number in marks_in(text):
            self.referenced.setdefault(number, line)

    def _is_note(self, number: int) -> bool:
        return (
            number in self.referenced
            or number in self.notes
            or number == max(self.notes, default=0) + 1
        )

    def _open_note(self, line: int, number: int, text: str) -> None:
        if number in self.notes:
            first = self.notes[number].line
            raise ManuscriptError(
                "footnote_twice",
                line,
                f"{number} {text[:60]}",
                ja=f"脚注{number}は{first}行目にもあります。番号を直してください。"
                "本文の一文なら数字の後の空白を消してください。",
                en=f"Footnote {number} is also on line {first}. Mend the number; if this is prose, "
                "remove the space after it.",
            )
        self.open_block = self.last_note = self.notes[number] = _Block(line)

    def _take_timeline(self, line: int, raw: str) -> None:
        self.is_in_timeline = True
        if not self.legend and ("\t" in raw or self.is_in_table):
            self.is_in_table = True
            self.table.append((line, raw))
        elif _LEGEND.match(raw.strip()):
            self.legend.append((line, raw.strip()))
        else:
            raise ManuscriptError(
                "after_timeline",
                line,
                raw.strip()[:80],
                ja="年表の後ろに置けるのは「: 50億円以上」のような凡例だけです。"
                "文章は年表の前に移してください。",
                en="Only legend lines such as “: 50億円以上” may follow the table. "
                "Move prose before it.",
            )

    def finished(self) -> Manuscript:
        if not self.parts:
            raise ManuscriptError(
                "empty", 0, "", ja="原稿が空です。ファイルを確かめてください。",
                en="The manuscript is empty. Check the file.",
            )
        blocks = [block for part in self.parts for block in part.paragraphs]
        if not blocks:
            raise ManuscriptError(
                "no_prose", self.parts[0].line, self.parts[0].heading,
                ja="見出しの後に本文がありません。ファイルを確かめてください。",
                en="There is no prose below the headings. Check the file.",
            )
        blocks += self.notes.values()
        self._check_footnotes()
        for block in blocks:
            _refuse_open_bold(block)
        names = [name for block in blocks for name in block.bold_names()]
        lead, *sections = self.parts
        return Manuscript(
            number=self.number,
            title=lead.heading,
            lead=_markdown(lead.paragraphs),
            sections=tuple(
                Section(part.line, part.level, part.heading, part.anchor, _markdown(part.paragraphs))
                for part in sections
            ),
            footnotes=tuple(
                Footnote(note.line, number, to_markdown(note.text))
                for number, note in sorted(self.notes.items())
            ),
            bold_names=tuple(sorted(names, key=lambda name: name.line)),
            timeline_title=self.timeline_title or lead.heading,
            table=tuple(self.table),
            legend=tuple(self.legend),
        )

    def _check_footnotes(self) -> None:
        for number, line in self.referenced.items():
            if number not in self.notes:
                raise ManuscriptError(
                    "footnote_undefined", line, str(number),
                    ja=f"脚注{number}の文がありません。「{number} 文」の行を足すか、印を消してください。",
                    en=f"Footnote {number} has no text. Add a line “{number} text” or remove "
                    "the mark.",
                )
        for number, note in self.notes.items():
            if number not in self.referenced:
                raise ManuscriptError(
                    "footnote_unreferenced", note.line, f"{number} {note.text[:60]}",
                    ja=f"脚注{number}の印が本文にありません。<sup>{number}</sup>を入れてください。"
                    "本文の一文なら数字の後の空白を消してください。",
                    en=f"No mark refers to footnote {number}. Put <sup>{number}</sup> into the "
                    "prose; if this is prose, remove the space after the number.",
                )


def _heading(line: int, text: str) -> str:
    heading = plain(text)
    if marks_in(heading) or not heading or len(heading) > HEADING_LIMIT:
        raise ManuscriptError(
            "heading", line, heading[:80],
            ja=f"見出しは{HEADING_LIMIT}字までで、脚注の印は置けません。印は本文に移してください。",
            en=f"A heading has at most {HEADING_LIMIT} characters and no footnote mark. "
            "Move the mark into the prose.",
        )
    return heading


def _refuse_open_bold(block: _Block) -> None:
    if not is_bold_closed(block.text):
        raise ManuscriptError(
            "bold_open", block.line, block.text[block.text.rindex("**") :][:60],
            ja="太字の ** が閉じていません。前後に ** を付けるか消してください。",
            en="A bold ** is not closed. Put ** on both sides or remove it.",
        )


def _markdown(blocks: list[_Block]) -> tuple[str, ...]:
    return tuple(to_markdown(block.text) for block in blocks)
