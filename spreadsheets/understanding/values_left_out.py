"""Columns that are understood and yet not read: sums, changes, ratios. Pure."""

from values.messages import Message, gettext_noop

from ..reading import Notice
from .heading.headings import TOTAL, Found

_REASONS = {
    "sum": gettext_noop(
        "「%(heading)s」（%(letter)s列）は当初と補正を足した額なので、どの区分の額としても読まず、"
        "除きました。"
    ),
    "change": gettext_noop("「%(heading)s」（%(letter)s列）は増減なので、除きました。"),
    "ratio": gettext_noop("「%(heading)s」（%(letter)s列）は比率なので、除きました。"),
    "unused": gettext_noop(
        "「%(heading)s」（%(letter)s列）の額を入れる区分はないので、除きました。"
    ),
}


def tell_left_out(found: Found, notices: list[Notice]) -> None:
    for each in found.headings:
        if each.left_out and each.left_out != TOTAL:
            words = {"heading": each.text, "letter": each.letter}
            notices.append(Notice("left_out.column", Message(_REASONS[each.left_out], words)))
