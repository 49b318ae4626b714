"""The Markdown of a chapter → blocks as trees of elements. Pure.

The subset: paragraphs, emphasis, lists, quotations, tables, `code`, links, <sup>, <sub>, footnote
marks [^key] and rules. What is not of it is printed as it was typed: CommonMark's link
definitions, headings, HTML, images, entities and code blocks would drop or change what was typed.
"""

from __future__ import annotations

import re
from functools import cache
from types import SimpleNamespace

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.rules_block.list import list_block
from markdown_it.rules_block.state_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, getLine, table
from markdown_it.rules_inline import StateInline, emphasis, link
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from values.text_length import MOST_CHARACTERS

from .safe_html import UNPRINTABLE
from .trees import ParsedBlock, TooDeep, block_trees, heading_tree

MOST_DEPTH = 20
"""How deep lists, quotations and brackets may lie in each other."""

MOST_CELLS = 20_000
"""Of a table: the converter fills short rows up, so that a small text can ask for any number."""

MOST_LINES = 3_000
MOST_BRACKETS = 2_000
"""Of one text. Blocks cost most of what a text costs, and each bracket looks for its end."""

_TABLE_RULE = re.compile(r"^[|\-: \t>]*\|[|\-: \t>]*$", re.MULTILINE)
_NOTE = re.compile(r"\[\^([A-Za-z0-9_-]{1,60})\]")
_COLON = re.compile(r"[ \t]*[:：]")
_SCRIPT = re.compile(r"<(su[pb])>", re.IGNORECASE)
_SCRIPT_ENDS = {tag: re.compile(f"</{tag}>", re.IGNORECASE) for tag in ("sup", "sub")}
_LONGEST_SCRIPT = 300
_LONG_NUMBER = re.compile(r"\d{4}")


def parse(source: str) -> tuple[ParsedBlock, ...]:
    """Read a text of the subset. Raises TooDeep."""
    return block_trees(_tokens(source, _converter()), most_depth=MOST_DEPTH)


def parse_heading(source: str) -> ParsedBlock:
    """Read the words of a heading, in which only marks within a line mean anything."""
    return heading_tree(_tokens(source, _converter(), is_line=True), most_depth=MOST_DEPTH)


def _tokens(source: str, converter: MarkdownIt, *, is_line: bool = False) -> list[Token]:
    if (
        len(source) > MOST_CHARACTERS
        or source.count("\n") > MOST_LINES
        or source.count("[") > MOST_BRACKETS
        or _most_cells(source) > MOST_CELLS
    ):
        raise TooDeep
    text = UNPRINTABLE.sub("", source)
    tokens = converter.parseInline(text) if is_line else converter.parse(text)
    # What lies deeper than its bound the converter leaves out.
    if any(token.level >= converter.options.maxNesting - 1 for token in tokens):
        raise TooDeep
    return tokens


def _most_cells(source: str) -> int:
    """Return a bound on the cells of the tables of a text: those of its widest in every line."""
    widest = max((rule[0].count("|") for rule in _TABLE_RULE.finditer(source)), default=0)
    return widest * (source.count("\n") + 1)


@cache
def _converter() -> MarkdownIt:
    converter = MarkdownIt("zero", {"maxNesting": 2 * MOST_DEPTH})
    converter.enable(["table", "blockquote", "hr", "list"])
    converter.enable(["newline", "escape", "backticks", "emphasis", "link", "autolink"])
    converter.disable(["text_join"])  # what was escaped is not looked at for marks
    converter.block.ruler.at("table", _whole_table, {"alt": ["paragraph"]})
    converter.block.ruler.at("list", _list, {"alt": ["paragraph", "blockquote"]})
    converter.inline.ruler.before("link", "note", _note)
    converter.inline.ruler.before("link", "script", _script)
    converter.inline.ruler.at("emphasis", _emphasis)
    converter.inline.ruler.at("link", _link)
    converter.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkLabel=_link_label,
        parseLinkDestination=parseLinkDestination,
        parseLinkTitle=parseLinkTitle,
    )
    # An address stays as typed, and is judged where it is printed.
    converter.validateLink = lambda url: True  # type: ignore[method-assign]
    converter.normalizeLink = lambda url: url  # type: ignore[method-assign]
    converter.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    return converter


def _whole_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table, with the cells that its rows have beyond those of its head."""
    first = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    columns, tokens = 0, []
    for token in state.tokens[first:]:
        if token.type == "tr_open" and token.map:
            cells = _cells(getLine(state, token.map[0]))
            columns = columns or len(cells)
        elif token.type == "tr_close":
            tokens += _cell_tokens(cells[columns:], token.level)
        tokens.append(token)
    state.tokens[first:] = tokens
    return True


def _cells(line: str) -> list[str]:
    cells = escapedSplit(mdTrim(line))
    return cells[not cells[0] :][: -1 if len(cells) > 1 and not cells[-1] else None]


def _cell_tokens(cells: list[str], level: int) -> list[Token]:
    tokens = []
    for cell in cells:
        words = Token("inline", "", 0, level=level + 2, content=mdTrim(cell), children=[])
        tokens += [
            Token("td_open", "td", 1, level=level + 1),
            words,
            Token("td_close", "td", -1, level=level + 1),
        ]
    return tokens


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A list; a line that begins with a year and a full stop begins none."""
    if _LONG_NUMBER.match(state.src, state.bMarks[start] + state.tShift[start]):
        return False
    return list_block(state, start, end, silent)


def _note(state: StateInline, silent: bool) -> bool:
    """[^key], unless it begins a line as the definition [^key]: would, which nothing here reads."""
    match = _NOTE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    line = state.src[state.src.rfind("\n", 0, state.pos) + 1 : state.pos]
    if not line.strip() and _COLON.match(state.src, match.end()):
        return False
    if not silent:
        state.push("note", "sup", 0).meta = {"key": match[1]}
    state.pos = match.end()
    return True


def _script(state: StateInline, silent: bool) -> bool:
    """<sup>…</sup> and <sub>…</sub>."""
    match = _SCRIPT.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    tag = match[1].lower()
    end = min(match.end() + _LONGEST_SCRIPT, state.posMax)
    close = _SCRIPT_ENDS[tag].search(state.src, match.end(), end)
    if close is None:
        return False
    if not silent:
        state.push(f"{tag}_open", tag, 1)
        end, state.pos, state.posMax = state.posMax, match.end(), close.start()
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push(f"{tag}_close", tag, -1)
    state.pos = close.end()
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    """`*` opens before what is no blank and closes behind it: CommonMark asks for more than that,
    and so loses **「bold」**と beside Japanese punctuation. One alone between figures or Latin
    letters multiplies: 5*3*2. `_` is CommonMark's.
    """
    if state.src[state.pos] != "*":
        return emphasis.tokenize(state, silent)
    if silent:
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == "*":
        end += 1
    length = end - state.pos
    before = state.src[state.pos - 1] if state.pos else " "
    after = state.src[end] if end < state.posMax else " "
    is_factor = length == 1 and before.isascii() and after.isascii()
    may_open = not after.isspace() and not (is_factor and (before.isalnum() or before == ")"))
    may_close = not before.isspace() and not (is_factor and (after.isalnum() or after == "("))
    for _ in range(length):
        state.push("text", "", 0).content = "*"
        state.delimiters.append(
            Delimiter(
                marker=ord("*"),
                length=length,
                token=len(state.tokens) - 1,
                end=-1,
                open=may_open,
                close=may_close,
            )
        )
    state.pos = end
    return True


def _link(state: StateInline, silent: bool) -> bool:
    """[words](address), unless ! before it says that it is a picture."""
    is_picture = state.pos > 0 and state.src[state.pos - 1] == "!"
    return not is_picture and link(state, silent)


def _link_label(state: StateInline, start: int, disableNested: bool = False) -> int:
    """Return where the words of a link end, -1 if nowhere. They may hold footnote marks."""
    before, level = state.pos, 1
    state.pos = start + 1
    found = -1
    while state.pos < state.posMax:
        marker, at = state.src[state.pos], state.pos
        if marker == "]":
            level -= 1
            if level == 0:
                found = at
                break
        state.md.inline.skipToken(state)
        if marker == "[":
            if state.pos == at + 1:
                level += 1
            elif disableNested and not _NOTE.match(state.src, at):
                break
    state.pos = before
    return found
