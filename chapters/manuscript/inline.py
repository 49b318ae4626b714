"""What stands within a text: bold names, addresses, markup that prose has not. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from .marks import Edit, edited, marks_in, masked, substituted

_BOLD = re.compile(r"(?<!\*)\*\*(?!\*)(.+?)(?<!\*)\*\*(?!\*)", re.DOTALL)
_REFERENCE = re.compile(r"\[\^[A-Za-z0-9_-]{1,60}\]")
_OWN_LINK = re.compile(r"\[(https?://[^\]\s*`]+)\]\((https?://[^)\s*`]+)\)")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]*`\0]+")
_LINKED = re.compile(f"{_OWN_LINK.pattern}|{_ADDRESS.pattern}")
_ESCAPED_UNDERSCORE = re.compile(r"(?<=[A-Za-z0-9])\\+_(?=[A-Za-z0-9])")
_FOREIGN = re.compile(
    r"</?(?!https?:|mailto:|su[pb]>)[A-Za-z][^<>\n@]{0,300}+>"
    r"|&(?:[A-Za-z]{2,31}|#\d{1,7}|#[Xx][0-9A-Fa-f]{1,6});"
    r"|!\[[^\]\n]{0,300}+\](?:\([^)\n]{0,500}+\)|\[[^\]\n]{0,300}+\])"
    r"|~~[^~\n]{1,300}~~"
    r"|\^\[[^\]\n]{0,300}+\]"
    r"|\[\^[^\]\n]{0,300}+\]"
    r"|^\[[^\]\n^]{1,300}\]:[ \t]*(?:<|https?:)\S*",
    re.IGNORECASE | re.MULTILINE,
)
_HIGH = re.compile(
    r"<sup>\s*(?:[*※注＊(（]{1,3}\s?\d{1,3}\s?[)）]?|\d{1,3}\s?[)）])\s*</sup>", re.IGNORECASE
)


def bold_in(text: str) -> list[tuple[int, int]]:
    """Return from where to where each pair of ** reaches, the marks included."""
    return [match.span() for match in _BOLD.finditer(masked(text))]


def bold_name(bold: str) -> str:
    """Return the name between a pair of **; "" if there is none that is printed bold."""
    name = bold[2:-2]
    return name if name == name.strip() and _REFERENCE.sub("", name) else ""


def is_bold_closed(text: str) -> bool:
    return masked(text).count("**") % 2 == 0


def plain(text: str) -> str:
    """Return a title's words without bold marks."""
    return text.replace("**", "").strip()


def heading_words(markdown: str) -> str:
    """Return a heading's words without bold and marks, by which it is known again."""
    return plain(_REFERENCE.sub("", markdown))


def marks_outside(text: str, marks: list[Edit]) -> list[Edit]:
    """Return `marks`, each mark's place and its keys, so that those in a bold name go behind it.

    They stay where they are if all else would then be read in another way: a mark between two
    ticks or brackets parts them.
    """
    inside = []
    for start, end in bold_in(text) if marks else ():
        first = bisect_left(marks, start, key=lambda mark: mark[0])
        last = bisect_left(marks, end, key=lambda mark: mark[0])
        if first < last and text[start + 2 : end - 2] == text[start + 2 : end - 2].strip():
            inside.append((start, end, marks[first:last]))
    if not inside:
        return marks
    edits = _moved(text, inside, marks)
    hidden, moved = masked(text), edited(text, edits)
    keys = sum(words.count("[^") for _start, _end, words in marks)
    is_read_alike = (
        masked(moved) == edited(hidden, _moved(hidden, inside, marks))
        and masked(moved).count("**") == hidden.count("**")
        and len(marks_in(moved)) == len(marks_in(text)) - len(marks) + keys
    )
    return edits if is_read_alike else marks


def _moved(text: str, inside: list[tuple[int, int, list[Edit]]], marks: list[Edit]) -> list[Edit]:
    edits = {mark[0]: mark for mark in marks}
    for start, end, within in inside:
        cut = [(mark[0] - start - 2, mark[1] - start - 2, "") for mark in within]
        if name := edited(text[start + 2 : end - 2], cut).strip():
            for mark in within:
                del edits[mark[0]]
            edits[start] = (start, end, f"**{name}**{''.join(mark[2] for mark in within)}")
    return sorted(edits.values())


def to_markdown(text: str) -> str:
    """Return the chapter's own Markdown: addresses as they are, own URLs as autolinks."""
    text = substituted(
        _ADDRESS, text, lambda start, end: _ESCAPED_UNDERSCORE.sub("_", text[start:end])
    )
    links = text
    return substituted(_OWN_LINK, links, lambda start, end: _autolink(links[start:end]))


def with_mentions(markdown: str, reference: Callable[[str], str | None]) -> str:
    """Turn bold names into mentions of the record that `reference` names (program:code)."""

    def mention(start: int, end: int) -> str | None:
        name = markdown[start + 2 : end - 2]
        target = None if re.search(r"[\[\]\\]", name) else reference(name)
        return f"[{name}]({target})" if target else None

    return substituted(_BOLD, markdown, mention)


def foreign_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, words) of markup that is printed as it was typed: HTML, images, …"""
    if not re.search(r"[<&!~^\]]", text):
        return
    for match in _FOREIGN.finditer(masked(text)):
        yield match.start(), text[match.start() : match.end()]


def spaced_bold_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, words) of ** with a blank inside at an edge: they are printed as typed."""
    for start, end in bold_in(text):
        if text[start + 2 : end - 2] != text[start + 2 : end - 2].strip():
            yield start, text[start:end]


def high_numbers_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, words) of numbers set high in a way in which no mark is written."""
    for match in _HIGH.finditer(masked(text)):
        yield match.start(), match[0]


def mended_addresses_in(text: str) -> Iterator[tuple[int, str]]:
    """Yield (offset, words) of addresses that stand twice in a link, or with \\_ for _."""
    for match in _LINKED.finditer(masked(text)):
        words = text[match.start() : match.end()]
        mended = _ESCAPED_UNDERSCORE.sub("_", words)
        if mended != words or (words.startswith("[") and _autolink(mended)):
            yield match.start(), words


def _autolink(link: str) -> str | None:
    words, _, address = link[1:-1].partition("](")
    return f"<{address}>" if words == address else None
