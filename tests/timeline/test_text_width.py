import pytest

from timeline.figure.text_width import width_em, wrap


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("国際活動", 4), ("ｱｲ", 1.0), ("2016", 2.44), ("が", 1), ("か\u3099", 1), ("▲", 1)],
)
def test_kanji_are_one_em_and_latin_letters_as_wide_as_a_usual_font_has_them(text, width):
    assert width_em(text) == pytest.approx(width)


def test_a_short_text_is_one_line():
    assert wrap("国際活動", 4) == ["国際活動"]


def test_no_line_is_wider_than_the_limit():
    assert wrap("地球規模課題対応国際科学技術協力プログラム", 8) == [
        "地球規模課題対応",
        "国際科学技術協力",
        "プログラム",
    ]


def test_a_line_begins_with_no_closing_bracket_or_long_vowel():
    assert wrap("大阪サミット（二〇一九）", 11) == ["大阪サミット（二〇一", "九）"]
    assert wrap("国際エネルギー", 6) == ["国際エネル", "ギー"]


def test_a_line_ends_with_no_opening_bracket():
    assert wrap("科学技術「国際戦略」", 5) == ["科学技術", "「国際戦", "略」"]


def test_a_latin_word_stays_whole():
    assert wrap("Strategic International Program", 9) == ["Strategic", "International", "Program"]


def test_a_word_longer_than_a_line_is_cut():
    assert wrap("AAAAAAAAAA", 3) == ["AAAA", "AAAA", "AA"]


def test_blank_text_is_one_empty_line():
    assert wrap("  ", 5) == [""]
