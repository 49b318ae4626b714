"""The lines of a manuscript, one after the other → its open parts. Pure.

See chapters.manuscript for the rules. What stands here is what one line may be, given the lines
before it; what only the whole file tells is checked there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from values.messages import Message, gettext_noop

from .inline import bold_in, is_cut, is_url, joined, marks_in, plain
from .parts import BoldName, ManuscriptError

HEADING_LIMIT = 150
_TITLE = re.compile(r"#{0,6}\s*(\d{1,3})\s*[|｜]\s*(\S.*)")
_SECTION = re.compile(r"#{1,6}\s*[(（]\s*\d{1,2}\s*[)）]\s*(\S.*)")
_SUBSECTION = re.compile(r"(?:#{1,6}\s*)?■\s*(\S.*)")
_FIGURE_TITLE = re.compile(r"(?:#{1,6}\s*)?【(.+)】")
_LEGEND = re.compile(r"(?:[A-Z]|[^\w\s:：])?\s*[:：]\s*\S")
_NOTE = re.compile(r"(?:[-*+]\s+)?(\d{1,3})\s+(?!つ|[かカヶ][国所月]|年[度代間にのか、])(\S.*)")


@dataclass
class Block:
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
class OpenPart:
    """The lead (level 1) or a section being read."""

    line: int
    level: int
    heading: str
    anchor: str
    paragraphs: list[Block] = field(default_factory=list)


class Reader:
    """Takes the lines one by one and knows what the next one may be."""

    def __init__(self) -> None:
        self.parts: list[OpenPart] = []
        self.number = 0
        self.notes: dict[int, Block] = {}
        self.referenced: dict[int, int] = {}
        self.open_block: Block | None = None
        self.last_note: Block | None = None
        self.timeline_title = ""
        self.is_in_timeline = False
        self.is_in_table = False
        self.table: list[tuple[int, str]] = []
        self.legend: list[tuple[int, str]] = []

    def take(self, line: int, raw: str) -> None:
        text = raw.strip()
        if not text:
            self.open_block = None
            self.is_in_table = False
        elif not self.parts:
            self._take_title(line, text)
        elif self.is_in_timeline or raw.count("\t") > 1:
            self._take_timeline(line, raw)
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
                reason=Message(
                    gettext_noop(
                        "最初の行が章の見出しではありません。"
                        "「## 9 | 国際活動」のように始めてください。"
                    )
                ),
            )
        self.number = int(match[1])
        self.parts.append(OpenPart(line, 1, _heading(line, match[2]), ""))

    def _take_heading(self, line: int, text: str) -> bool:
        if match := _SECTION.fullmatch(text):
            count = sum(part.level == 2 for part in self.parts) + 1
            self.parts.append(OpenPart(line, 2, _heading(line, match[1]), f"s{count}"))
        elif (match := _SUBSECTION.fullmatch(text)) and not text.endswith("。"):
            above = next((part for part in reversed(self.parts) if part.level == 2), None)
            start = self.parts.index(above) if above else 0
            count = len(self.parts) - start
            anchor = f"{above.anchor if above else 's0'}-{count}"
            self.parts.append(OpenPart(line, 3, _heading(line, match[1]), anchor))
        elif re.match(r"#{1,6}\s", text):
            raise ManuscriptError(
                "heading_unmarked",
                line,
                text[:80],
                reason=Message(
                    gettext_noop(
                        "見出しに印がありません。節は「(1)」、項は「■」で始めてください。章は1ファイルに1つです。"
                    )
                ),
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
                paragraphs.append(Block(line))
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
                reason=Message(
                    gettext_noop(
                        "脚注%(number)sは%(first)s行目にもあります。番号を直してください。本文の一文なら数字の後の空白を消してください。"
                    ),
                    {"number": number, "first": first},
                ),
            )
        self.open_block = self.last_note = self.notes[number] = Block(line)

    def _take_timeline(self, line: int, raw: str) -> None:
        if not self.is_in_timeline:
            self.is_in_timeline = True
            self.timeline_title = self._taken_back_title()
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
                reason=Message(
                    gettext_noop(
                        "年表の後ろに置けるのは「: 50億円以上」のような凡例だけです。"
                        "文章は年表の前に移してください。"
                    )
                ),
            )

    def _taken_back_title(self) -> str:
        """Return the title of a table that begins: 【題】 just above it, else the chapter's."""
        paragraphs = self.parts[-1].paragraphs
        title = _FIGURE_TITLE.fullmatch(paragraphs[-1].text) if paragraphs else None
        if title is None:
            return self.parts[0].heading
        return _heading(paragraphs.pop().line, title[1])


def _heading(line: int, text: str) -> str:
    heading = plain(text)
    if marks_in(heading) or not heading or len(heading) > HEADING_LIMIT:
        raise ManuscriptError(
            "heading",
            line,
            heading[:80],
            reason=Message(
                gettext_noop(
                    "見出しは%(limit)s字までで、脚注の印は置けません。印は本文に移してください。"
                ),
                {"limit": HEADING_LIMIT},
            ),
        )
    return heading
