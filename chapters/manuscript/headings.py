"""The title and headings of a manuscript: marks give their levels, not the number of #. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from values.decision import Decision, quoted
from values.messages import gettext_noop

from .blocks import Block
from .inline import plain
from .marks import marks_in
from .parts import HEADING_LIMIT, MOST_HEADINGS, refused, too_many

_TITLE = re.compile(r"#{0,6}\s*(\d{1,3})\s*[|｜]\s*(\S.*)")
_SECTION = re.compile(r"#{1,6}\s*[(（]\s*(\d{1,2})\s*[)）]\s*(\S.*)")
_SUBSECTION = re.compile(r"(?:#{1,6}\s*)?■\s*(\S.*)")
_AS_TYPED = re.compile(
    r"</?[A-Za-z][^<>]*>|\[\^[^\]]*\]|`[^`]+`|\\[!-/:-@\[-`{-~]|\]\(|~~"
    r"|\*[^*\s]+\*|\b_[^_\s]+_\b|&(?:[A-Za-z]{2,31}|#\w{1,7});"
)
"""What would mean something in prose."""
_UNMARKED = re.compile(r"#{1,6}\s")


@dataclass
class OpenPart:
    """The lead (level 1) or a section being read."""

    line: int
    level: int
    heading: Block
    anchor: str
    paragraphs: list[Block] = field(default_factory=list)


@dataclass
class HeadingReader:
    """The parts so far; `section` counts those of level 2, number and title are the chapter's."""

    parts: list[OpenPart] = field(default_factory=list)
    section: int = 0
    number: int = 0
    title: str = ""
    decisions: list[Decision] = field(default_factory=list)
    _title_hashes: int = 0
    _subsections: int = 0

    def take_title(self, line: int, text: str) -> None:
        match = _TITLE.fullmatch(text)
        if match is None:
            raise refused(
                "no_title",
                line,
                text[:80],
                gettext_noop(
                    "最初の行が章の見出しではありません。"
                    "「## 9 | 国際活動」のように始めてください。"
                ),
            )
        self.number = int(match[1])
        self._title_hashes = _hashes(text) or 1
        self.title = self.plain_title(line, self._opened(line, text, match[2]))
        self.parts.append(OpenPart(line, 1, _block(line, self.title), ""))

    def is_heading(self, text: str) -> bool:
        return bool(
            _SECTION.fullmatch(text)
            or (_SUBSECTION.fullmatch(text) and not text.endswith("。"))
            or _UNMARKED.match(text)
        )

    def take_heading(self, line: int, text: str, *, is_amid: bool = False) -> bool:
        """Take a line if it is a heading; `is_amid` says that it stands right below prose."""
        if match := _SECTION.fullmatch(text):
            self.section += 1
            self._subsections = 0
            if int(match[1]) != self.section:
                words = quoted(text)
                self.decisions.append(Decision("section.number", line, words, str(self.section)))
            self._add(line, 2, text, match[2], f"s{self.section}")
        elif (match := _SUBSECTION.fullmatch(text)) and not text.endswith("。"):
            self._subsections += 1
            if is_amid and not text.startswith("#"):
                self.decisions.append(Decision("heading.amid", line, quoted(text)))
            self._add(line, 3, text, match[1], f"s{self.section}-{self._subsections}")
        elif _UNMARKED.match(text):
            raise refused(
                "heading_unmarked",
                line,
                text[:80],
                gettext_noop(
                    "見出しに印がありません。節は「(1)」、項は「■」で始めてください。章は1ファイルに1つです。"
                ),
            )
        else:
            return False
        return True

    def plain_title(self, line: int, text: str) -> str:
        """Return the words of a title that no Markdown is read in."""
        title = plain(text)
        if marks_in(title) or not title or len(title) > HEADING_LIMIT:
            raise refused(
                "heading",
                line,
                title[:80],
                gettext_noop(
                    "表題は%(limit)s字までで、脚注の印は置けません。印は本文に移してください。"
                ),
                limit=HEADING_LIMIT,
            )
        if title != text.strip():
            self.decisions.append(Decision("title.bold", line, quoted(text), quoted(title)))
        if _AS_TYPED.search(title):
            self.decisions.append(Decision("title.as_typed", line, quoted(title)))
        return title

    def _add(self, line: int, level: int, text: str, words: str, anchor: str) -> None:
        if len(self.parts) > MOST_HEADINGS:
            raise too_many(line, "heading", MOST_HEADINGS)
        if _hashes(text) != self._title_hashes + level - 1:
            self.decisions.append(Decision("level.set", line, quoted(text), str(level)))
        heading = self._opened(line, text, words)
        self.parts.append(OpenPart(line, level, _block(line, heading), anchor))

    def _opened(self, line: int, text: str, words: str) -> str:
        """Return a heading without the # that may close it as well."""
        without = words.rstrip("#")
        if not text.startswith("#") or without == words or without == without.rstrip():
            return words
        self.decisions.append(Decision("heading.hashes", line, quoted(text)))
        return without.rstrip()


def heading_within(line: int, heading: str) -> str:
    """Return a heading as it is stored, or raise if it is longer than its field."""
    if not heading.strip() or len(heading) > HEADING_LIMIT:
        raise refused(
            "heading",
            line,
            heading[:80],
            gettext_noop("見出しは%(limit)s字までです。短くしてください。"),
            limit=HEADING_LIMIT,
        )
    return heading


def _block(line: int, words: str) -> Block:
    block = Block(line)
    block.add(line, words)
    return block


def _hashes(text: str) -> int:
    return len(text) - len(text.lstrip("#"))
