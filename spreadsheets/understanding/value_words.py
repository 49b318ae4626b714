"""Words where a value would stand: 内数, 皆増, *; and brackets that mean something. Pure."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from values.messages import Listed, Message, gettext_noop

from ..reading import Notice
from .body import Body
from .columns import YearColumns

_HAS_WORD = re.compile(r"[^\d\s,.\-+▲△()（）円]")
_BRACKETED = re.compile(r"^\s*[（(].*[）)]\s*$")
_STATED = re.compile(
    r"[（(][\s　]*[）)]|(?:括弧|カッコ|かっこ)(?:内|書き?)?(?:は|の)|in (?:brackets|parenthes)",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"負|マイナス|減額|▲|△|negative", re.IGNORECASE)
_SHOWN = 5

_WORDS = gettext_noop("値の代わりに書かれた語は額として読みませんでした: %(shown)s。")
_WORD = gettext_noop("%(address)s「%(word)s」")
_BRACKETS = gettext_noop(
    "（ ）の中の値 %(count)s 個（%(shown)s）は、（ ）の意味が表に書かれているので、"
    "負の額とせず、除きました。"
)


def brackets_are_explained(lines: Iterable[str]) -> bool:
    """Whether some line says what （ ） means, and not that it is a minus."""
    return any(_STATED.search(line) and not _NEGATIVE.search(line) for line in lines)


def is_bracketed(value: object) -> bool:
    return isinstance(value, str) and bool(_BRACKETED.match(value))


def take_out_words(
    body: Body, years: YearColumns, lines: Callable[[], Iterable[str]], notices: list[Notice]
) -> None:
    """Blank the cells of values that hold a word or a bracketed value, and say so.

    （ ） is a minus unless some line of the sheet says what it means. A negative number may be
    shown in brackets by its format: where brackets mean something it is left out too.
    """
    stated: bool | None = None
    words: dict[str, list[str]] = defaultdict(list)
    bracketed: list[str] = []
    for heading in body.headings:
        if not (heading.is_value or heading.name == years.value):
            continue
        taken: list[int] = []
        for record, value in enumerate(body.columns[heading.column - 1]):
            is_text = type(value) is str
            if not value or not (is_text or (type(value) in (int, float) and value < 0)):
                continue
            address = f"{heading.letter}{body.rows[record]}"
            if not is_text or _BRACKETED.match(value):
                if stated is None:
                    stated = brackets_are_explained(lines())
                if not stated:
                    continue
                bracketed.append(address)
            elif _HAS_WORD.search(value) and (word := years.word_of(value)):
                words[word].append(address)
            else:
                continue
            taken.append(record)
        if taken:
            body.without(heading.column, taken)
    if words:
        shown = [
            Message(_WORD, {"address": "・".join(where[:_SHOWN]), "word": word})
            for word, where in words.items()
        ]
        listed = Listed(gettext_noop("、"), shown[: 2 * _SHOWN])
        notices.append(Notice("left_out.word", Message(_WORDS, {"shown": listed})))
    if bracketed:
        found = {"count": len(bracketed), "shown": ", ".join(bracketed[:_SHOWN])}
        notices.append(Notice("left_out.bracketed", Message(_BRACKETS, found)))
