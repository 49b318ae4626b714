"""Why a sheet has no heading to read, with the remedy. Pure."""

from values.messages import Message, gettext_noop

from ...reading import Place, ReadError
from ..columns import Schema

LONGEST_SHOWN = 60


def no_heading(place: Place, value: str, *, schema: Schema, searched_rows: int) -> ReadError:
    """`value` is the first filled row, which is none."""
    known = "、".join(each.labels[0] for each in schema.columns if each.labels)
    shown = value[:LONGEST_SHOWN]
    return ReadError(
        "heading.not_found",
        value,
        reason=Message(
            gettext_noop(
                "先頭の%(searched)s行に、知っている見出しの行がありません（「%(shown)s」）。"
            ),
            {"searched": searched_rows, "shown": shown},
        ),
        remedy=Message(
            gettext_noop("見出しの行を選ぶか、見出しを %(known)s などにしてください。"),
            {"known": known},
        ),
        place=place,
    )


def rows_left(place: Place, value: str, count: int) -> ReadError:
    """`value` is a row said to be the first of `count`, below which there are fewer."""
    shown = value[:LONGEST_SHOWN]
    return ReadError(
        "heading.one_row_left",
        value,
        reason=Message(
            gettext_noop("見出しを%(count)s行としましたが、「%(shown)s」の下に行が足りません。"),
            {"shown": shown, "count": count},
        ),
        remedy=Message(gettext_noop("見出しの行数を減らすか、見出しの行を選び直してください。")),
        place=place,
    )


def years_disagree(place: Place, over: str, under: str, year: int) -> ReadError:
    return ReadError(
        "heading.years_disagree",
        under,
        reason=Message(
            gettext_noop("見出し「%(over)s」の下の「%(under)s」は別の年度（%(year)s）です。"),
            {"over": over, "under": under, "year": year},
        ),
        remedy=Message(gettext_noop("2行の見出しの年度をそろえてください。")),
        place=place,
    )


def twice(
    place: Place, label: str, *, before: tuple[str, str], again: tuple[str, str]
) -> ReadError:
    """Two columns, each (letter, heading), that are both `label`."""
    return ReadError(
        "heading.duplicate",
        again[1],
        reason=Message(
            gettext_noop(
                "%(before_letter)s列の「%(before_text)s」と%(letter)s列の「%(text)s」は、"
                "どちらも「%(label)s」です。"
            ),
            {
                "before_letter": before[0],
                "before_text": before[1],
                "letter": again[0],
                "text": again[1],
                "label": label,
            },
        ),
        remedy=Message(gettext_noop("使わない方の列を消すか、見出しを変えてください。")),
        place=place,
    )
