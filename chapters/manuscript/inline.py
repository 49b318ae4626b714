"""The inline marks of a manuscript: footnote marks, bold names, links, and joining lines. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

_MARKS = re.compile(r"<sup>\s*(\d{1,3}(?:\s*[,、，・]\s*\d{1,3})*)\s*</sup>", re.IGNORECASE)
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_OWN_LINK = re.compile(r"\[(https?://[^\]\s]+)\]\((https?://[^)\s]+)\)")
_ESCAPED_UNDERSCORE = re.compile(r"(?<=[A-Za-z0-9])\\+_(?=[A-Za-z0-9])")
_LIST_ITEM = re.compile(r"[-*+]\s|\d{1,3}\.\s|>")
_URL = re.compile(r"[<\[]?https?://")
_SENTENCE_END = tuple("。．.！？!?：:")
_CLOSERS = "」』）)】〕”’\"'*　 "


def marks_in(text: str) -> list[int]:
    """Return the footnote numbers that `<sup>` marks refer to, in reading order."""
    return [
        int(number) for match in _MARKS.finditer(text) for number in re.findall(r"\d+", match[1])
    ]


def bold_in(text: str) -> list[tuple[int, str]]:
    """Return (offset, name) of each bold name, without the footnote marks inside it."""
    found = [(match.start(), _MARKS.sub("", match[1]).strip()) for match in _BOLD.finditer(text)]
    return [(offset, name) for offset, name in found if name]


def is_bold_closed(text: str) -> bool:
    return text.count("**") % 2 == 0


def plain(text: str) -> str:
    """Return a heading's or title's words without bold marks."""
    return text.replace("**", "").strip()


def is_url(text: str) -> bool:
    return _URL.match(text) is not None


def joined(before: str, after: str) -> str:
    """Join two lines of one block: Japanese without a space, Latin words and URLs with one."""
    if not before:
        return after
    if _LIST_ITEM.match(after):
        return f"{before}\n{after}"
    is_latin = re.search(r"[A-Za-z][,.;:!?)]?$", before) and re.match(r"[A-Za-z(]", after)
    return f"{before} {after}" if is_latin or is_url(after) else before + after


def is_cut(text: str) -> bool:
    """Tell whether a paragraph stops before its sentence does."""
    last = text.rsplit("\n", 1)[-1]
    if _LIST_ITEM.match(last):
        return False
    return not _MARKS.sub("", last).rstrip(_CLOSERS).endswith(_SENTENCE_END)


def to_markdown(text: str) -> str:
    """Return the chapter's own Markdown: marks as [^n1], outside bold; own URLs as autolinks."""
    text = _ESCAPED_UNDERSCORE.sub("_", text)
    text = _BOLD.sub(_marks_outside, text)
    text = _OWN_LINK.sub(lambda match: f"<{match[1]}>" if match[1] == match[2] else match[0], text)
    return _MARKS.sub(lambda match: "".join(f"[^n{n}]" for n in marks_in(match[0])), text)


def with_mentions(markdown: str, reference: Callable[[str], str | None]) -> str:
    """Turn bold names into mentions of the record that `reference` names (program:code)."""

    def mention(match: re.Match[str]) -> str:
        target = None if re.search(r"[\[\]\\]", match[1]) else reference(match[1])
        return f"[{match[1]}]({target})" if target else match[0]

    return _BOLD.sub(mention, markdown)


def _marks_outside(match: re.Match[str]) -> str:
    name = _MARKS.sub("", match[1]).strip()
    marks = "".join(found[0] for found in _MARKS.finditer(match[1]))
    return f"**{name}**{marks}" if name else marks
