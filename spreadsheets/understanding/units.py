"""Units in headings, and the one unit that the lines above a table name. Pure."""

import re
from collections.abc import Iterable, Sequence

from values.messages import Message, gettext_noop
from values.yen_units import UNIT_NAMES, find_unit, read_unit

from ..reading import Grid, Notice, ReadError

_LONGEST = 300
_AT_END = re.compile(
    r"^(.*?)[\s　]*[（(\[［【〔]([^（(\[［【〔）)\]］】〕]*)[）)\]］】〕]\s*$", re.DOTALL
)
_LAST_WORD = re.compile(r"^(.*\S)[\s　、,:：]+(\S+(?:\s+of\s+yen|\s+yen|円)?)$", re.DOTALL)
_ENGLISH_END = re.compile(
    r"^(.*?)[\s,:(\[]+((?:in\s+)?(?:JPY|¥|yen)\s*\w+|(?:in\s+)?\w+\s+(?:of\s+)?(?:yen|JPY))[)\]]?\s*$",
    re.IGNORECASE | re.DOTALL,
)


def split_unit(text: str) -> tuple[str, str]:
    """Split 「2016年度（百万円）」 into 2016年度 and the unit's name, "" when it names none.

    Also without brackets: 「当初予算額 百万円」, "Budget, JPY million"; a unit alone leaves "".
    """
    if len(text) > _LONGEST:
        return text, ""
    if whole := read_unit(text):
        return "", UNIT_NAMES[whole]
    for pattern in (_AT_END, _ENGLISH_END, _LAST_WORD):
        if (match := pattern.match(text)) and (unit := read_unit(match[2])):
            return match[1].strip(), UNIT_NAMES[unit]
    return text, ""


def last_unit(texts: Iterable[str]) -> str:
    """Return the unit that the lowest of some headings names behind other words, "" for none."""
    return next(filter(None, (split_unit(text)[1] for text in reversed(list(texts)))), "")


def unit_named(text: str) -> str:
    """Return the name of the unit of yen that a line names, "" for none."""
    found = find_unit(text)
    return UNIT_NAMES[found.unit] if found and found.unit else ""


def table_unit(grid: Grid, texts: Sequence[tuple[int, str]], notices: list[Notice]) -> str:
    """Return the unit that title lines and corners, (row, text), name; "" for none.

    A unit of something else than yen is told. ReadError when they name two units.
    """
    found: dict[str, int] = {}
    for row, text in texts:
        unit = find_unit(text)
        if unit is None:
            continue
        if unit.unit:
            found.setdefault(UNIT_NAMES[unit.unit], row)
            continue
        notices.append(
            Notice(
                "unit.unknown",
                Message(
                    gettext_noop(
                        "単位「%(unread)s」は知らない単位です。金額の単位としては使いません。"
                    ),
                    {"unread": unit.text},
                ),
                grid.place(row),
            )
        )
    if len(found) > 1:
        first, second, *_rest = found
        raise ReadError(
            "unit.conflict",
            "、".join(found),
            reason=Message(
                gettext_noop("表の単位が「%(first)s」とも「%(second)s」とも書かれています。"),
                {"first": first, "second": second},
            ),
            remedy=Message(
                gettext_noop("どちらか一方にするか、取り込むときに単位を選んでください。")
            ),
            place=grid.place(found[second]),
        )
    return next(iter(found), "")
