"""Why a sheet has no heading to read, with the remedy. Pure."""

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
        ja=f"先頭の{searched_rows}行に、知っている見出しの行がありません（「{shown}」）。",
        en=f"None of the first {searched_rows} rows is a heading that is known ({shown}).",
        remedy_ja=f"見出しの行を選ぶか、見出しを {known} などにしてください。",
        remedy_en=f"Choose the heading row, or use headings such as {known}.",
        place=place,
    )


def one_row_left(place: Place, value: str) -> ReadError:
    """`value` is the last row, said to be the first of two."""
    shown = value[:LONGEST_SHOWN]
    return ReadError(
        "heading.one_row_left",
        value,
        ja=f"見出しを2行としましたが、「{shown}」の下に行がありません。",
        en=f"The heading was said to have two rows, but no row is below it ({shown}).",
        remedy_ja="見出しの行数を1行にするか、見出しの行を選び直してください。",
        remedy_en="Choose one heading row, or another row as the first.",
        place=place,
    )
