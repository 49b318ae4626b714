"""A cell under a year: each sign that people type is read, and what is none is told apart."""

import pytest

from timeline.figure.vocabulary import JAPANESE
from timeline.rows.signs import SignReader
from values.partial_date import PartialDate


def read(text):
    return SignReader("ABC", [JAPANESE]).read(text)


@pytest.mark.parametrize("text", ["A", "Ａ", "a", " A "])
def test_a_letter_of_the_scheme_is_its_tier_in_any_width(text):
    assert (read(text).kind, read(text).letter) == ("tier", "A")


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("0", "zero"),
        ("０", "zero"),
        ("?", "unknown"),
        ("？", "unknown"),
        ("不明", "unknown"),
        ("…", "unknown"),
        ("内数", "no_own_budget"),
        ("開始前", "not_started"),
        ("終了後", "ended"),
        ("区分外", "amount"),
    ],
)
def test_a_word_of_the_figure_is_its_state(text, state):
    assert (read(text).kind, read(text).states) == ("state", {state})


@pytest.mark.parametrize("text", ["−", "-", "－", "ー", "―", "なし"])
def test_a_dash_says_that_there_is_nothing(text):
    assert read(text).kind == "none"


@pytest.mark.parametrize(
    ("text", "month", "day"),
    [
        ("▲", None, None),
        ("▲（3月）", 3, None),
        ("▲3月", 3, None),
        ("３月▲", 3, None),
        ("▲（3月14日）", 3, 14),
        ("▲ 3/14", 3, 14),
    ],
)
def test_a_mark_may_say_its_month(text, month, day):
    sign = read(text)
    assert (sign.kind, sign.month, sign.day) == ("mark", month, day)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("▲ 2022.3", PartialDate(2022, 3)),
        ("▲2022年3月", PartialDate(2022, 3)),
        ("▲（R4.3.30）", PartialDate(2022, 3, 30)),
    ],
)
def test_a_mark_may_say_its_date(text, date):
    assert (read(text).kind, read(text).date) == ("mark", date)


@pytest.mark.parametrize(
    "text",
    ["●", "○", "◎", "△", "★", "■", "→", "━", "──", "▲▲", "▲3", "▲1,234", "D", "AB", "17.9", "3月"],
)
def test_what_is_no_sign_of_a_figure_is_told_apart(text):
    assert read(text).kind == "unknown"
