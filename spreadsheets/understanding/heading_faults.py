"""Why a sheet has no heading to read, with the remedy. Pure."""

from values.messages import Message, gettext_noop

from ..reading import Place, ReadError
from .columns import Schema

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


def one_row_left(place: Place, value: str) -> ReadError:
    """`value` is the last row, said to be the first of two."""
    shown = value[:LONGEST_SHOWN]
    return ReadError(
        "heading.one_row_left",
        value,
        reason=Message(
            gettext_noop("見出しを2行としましたが、「%(shown)s」の下に行がありません。"),
            {"shown": shown},
        ),
        remedy=Message(gettext_noop("見出しの行数を1行にするか、見出しの行を選び直してください。")),
        place=place,
    )
