import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.text_key import numeral_key, split_range, text_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ＩＴＥＲ", "iter"),
        ("I T E R", "iter"),
        ("Ｉ Ｔ Ｅ Ｒ（国際）", "iter(国際)"),
        ("e-ASIA", "e-asia"),
        ("ｅ－ＡＳＩＡ", "e-asia"),
        ("e‐ASIA", "e-asia"),
        ("e−ASIA", "e-asia"),
        ("e—ASIA", "e-asia"),
        ("e―ASIA", "e-asia"),
        ("e─ASIA", "e-asia"),
        ("2016～2020", "2016~2020"),
        ("2016〜2020", "2016~2020"),
        ("データベース", "データベース"),
        ("ﾃﾞｰﾀﾍﾞｰｽ", "データベース"),
        ("科学　技術", "科学技術"),
        ("科学\n技術", "科学技術"),
        ("〔国際〕", "(国際)"),
        ("Japan’s", "japan's"),
        ("“Horizon”", '"horizon"'),
        ("葛\U000e0100飾", "葛飾"),
        ("国\u200b際", "国際"),
        ("㈱", "(株)"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_width_case_dash_and_space_do_not_part_a_name(text, key):
    assert text_key(text) == key


@given(st.text())
def test_a_key_is_its_own_key(text):
    key = text_key(text)
    assert text_key(key) == key


@given(st.text())
def test_a_key_holds_no_space(text):
    assert not any(character.isspace() for character in text_key(text))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ｈ２８ 年度", "h28年度"),
        ("㍻28", "平成28"),
        ("㋿元", "令和元"),
        (" ＦＹ　２０１６ ", "fy2016"),
        ("１，２３４．５", "1,234.5"),
        ("2016ー2020", "2016-2020"),
        ("2016ｰ2020", "2016-2020"),
        ("2016−2020", "2016-2020"),
        ("2016〜2020", "2016~2020"),
        ("⽉⽇", "月日"),
        ("令\ufe00和", "令和"),
        ("\uf9a8和", "令和"),
    ],
)
def test_numerals_are_read_in_any_width(text, key):
    assert numeral_key(text) == key


@pytest.mark.parametrize(("text", "key"), [("500¹", "500¹"), ("①", "①"), ("2016②", "2016②")])
def test_a_footnote_mark_never_becomes_a_digit(text, key):
    assert numeral_key(text) == key


def test_digits_parted_by_spaces_stay_two_numbers():
    assert numeral_key("１２　 ３４ 円") == "12 34円"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("2012年~15年", ("2012年", "15年")),
        ("2019~", ("2019", "")),
        ("~2019", ("", "2019")),
        ("2016-2020", ("2016", "2020")),
        ("2016-", ("2016", "")),
        ("2021年から2027年まで", ("2021年", "2027年")),
        ("2021年から2027年", ("2021年", "2027年")),
        ("2021年から", ("2021年", "")),
        ("2027年まで", ("", "2027年")),
        ("-2020", None),
        ("2019-03-14", None),
        ("1~2~3", None),
        ("~", None),
        ("2019", None),
        ("", None),
    ],
)
def test_a_range_parts_into_start_and_end(key, words):
    assert split_range(key) == words
