"""What a sheet shows otherwise than it stores, or strikes out: counted, and said with places.

Pure. The child counts (`Findings`), the parent says it (`notices_of`): a sheet may hold a million
of such cells, of which the first few are named.
"""

from collections.abc import Mapping
from typing import Any

from values.messages import Listed, Message, gettext_noop

from .reasons import shortened
from .refusals import Notice, Place

_NAMED = 5
_ROWS_NAMED = 20

_SENTENCES = {
    "cell.shown": (
        gettext_noop(
            "表示と値が違うセルが %(count)s 個あります（%(examples)s）。表示のとおりに読みました。"
        ),
        gettext_noop("%(address)s: 表示「%(first)s」、値 %(second)s"),
    ),
    "cell.struck": (
        gettext_noop(
            "取消線のセルが %(count)s 個あります（%(examples)s）。除いて、空欄として読みました。"
        ),
        gettext_noop("%(address)s「%(first)s」"),
    ),
    "row.struck": (
        gettext_noop("取消線の行が %(count)s 行あります（%(examples)s行目）。除きました。"),
        "%(address)s",
    ),
    "cell.struck_part": (
        gettext_noop("取消線の文字があるセルが %(count)s 個あります（%(examples)s）。"),
        gettext_noop("%(address)s:「%(first)s」を除き「%(second)s」と読みました"),
    ),
    "cell.raised_mark": (
        gettext_noop("上付き・下付きの注番号があるセルが %(count)s 個あります（%(examples)s）。"),
        gettext_noop("%(address)s:「%(first)s」を除き「%(second)s」と読みました"),
    ),
}
_SEPARATORS = {"row.struck": gettext_noop("、")}


class Findings:
    """Counts by code, with the first few places of each."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.examples: dict[str, list[tuple[str, str, str]]] = {}

    def add(self, code: str, address: str, first: str = "", second: str = "") -> None:
        self.counts[code] = self.counts.get(code, 0) + 1
        examples = self.examples.setdefault(code, [])
        if len(examples) < (_ROWS_NAMED if code == "row.struck" else _NAMED):
            examples.append((address, shortened(first), shortened(second)))

    def as_dict(self) -> dict[str, Any]:
        return {code: [self.counts[code], self.examples[code]] for code in self.counts}


def notices_of(written: Mapping[str, Any], sheet: str) -> tuple[Notice, ...]:
    """Return a sentence for each code, in a fixed order."""
    return tuple(
        _notice(code, written[code], Place(sheet)) for code in _SENTENCES if code in written
    )


def _notice(code: str, written: tuple[int, list[tuple[str, str, str]]], place: Place) -> Notice:
    (sentence, example), (count, examples) = _SENTENCES[code], written
    parts: list[object] = [
        Message(example, {"address": address, "first": first, "second": second})
        for address, first, second in examples
    ]
    if count > len(parts):
        parts.append("…")
    separator = _SEPARATORS.get(code, gettext_noop("；"))
    listed = Listed(separator, parts)
    return Notice(code, Message(sentence, {"count": f"{count:,}", "examples": listed}), place)
