"""Why a row of a table cannot be read as it stands, with the remedy. Pure."""

import re
from collections.abc import Sequence
from itertools import pairwise

from values.messages import Message, gettext_noop

from ..reading import Place, ReadError

_HEAD = re.compile(r"[+\-−▲△]?[0-9０-９]{1,3}")
_THOUSANDS = re.compile(r"[0-9０-９]{3}(?:\.\d+)?")
_LONGEST_SHOWN = 40


def parted_number(cells: Sequence[str]) -> str:
    """Return a number that its own bare separators part into cells, as 1,790; "" for none."""
    found = (
        f"{head},{tail}"
        for head, tail in pairwise(cells)
        if _HEAD.fullmatch(head) and _THOUSANDS.fullmatch(tail)
    )
    return next(found, "")


def bare_thousands(place: Place, cells: Sequence[str]) -> ReadError:
    value = parted_number(cells)
    return ReadError(
        "row.bare_thousands",
        value,
        reason=Message(
            gettext_noop(
                "見出しより多くのセルがあり、桁区切りのコンマで一つの数（%(value)s）が"
                "分かれたものと見られます。"
            ),
            {"value": value},
        ),
        remedy=Message(
            gettext_noop(
                '数を "%(value)s" のように引用符で囲むか、桁区切りをやめるか、'
                ".xlsx で保存し直してください。"
            ),
            {"value": value},
        ),
        place=place,
    )


def ragged(place: Place, cells: Sequence[str], width: int) -> ReadError:
    """A row with more cells than there are headings; `width` is how many there are."""
    value = cells[width]
    return ReadError(
        "row.ragged",
        value,
        reason=Message(
            gettext_noop(
                "見出しは%(width)s列ですが、この行には%(count)s個のセルがあります（「%(value)s」）。"
            ),
            {"width": width, "count": len(cells), "value": value[:_LONGEST_SHOWN]},
        ),
        remedy=Message(
            gettext_noop('セルの中の区切り文字を " で囲むか、余分なセルを消してください。')
        ),
        place=place,
    )


def nameless(place: Place, cells: Sequence[str]) -> ReadError:
    """A row of values without a word on what they are of."""
    shown = next(filter(None, cells), "")
    return ReadError(
        "row.nameless",
        shown,
        reason=Message(
            gettext_noop("値（「%(value)s」など）だけの行で、何の値か書かれていません。"),
            {"value": shown[:_LONGEST_SHOWN]},
        ),
        remedy=Message(gettext_noop("名を書いてください。合計の行なら「合計」と書くと除きます。")),
        place=place,
    )


def ditto_first(place: Place, value: str) -> ReadError:
    return ReadError(
        "cell.ditto_first",
        value,
        reason=Message(
            gettext_noop("「%(value)s」の上に、同じとする値がありません。"), {"value": value}
        ),
        remedy=Message(gettext_noop("値そのものを入れてください。")),
        place=place,
    )
