import datetime

import pytest

from values.era import ERAS, era_of, find_era, without_kanji_numerals


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (datetime.date(1868, 1, 25), "明治"),
        (datetime.date(1912, 7, 29), "明治"),
        (datetime.date(1912, 7, 30), "大正"),
        (datetime.date(1926, 12, 24), "大正"),
        (datetime.date(1926, 12, 25), "昭和"),
        (datetime.date(1989, 1, 7), "昭和"),
        (datetime.date(1989, 1, 8), "平成"),
        (datetime.date(2019, 4, 30), "平成"),
        (datetime.date(2019, 5, 1), "令和"),
    ],
)
def test_an_era_begins_on_its_day(day, name):
    assert era_of(day).name == name


def test_no_era_is_known_before_meiji():
    with pytest.raises(ValueError, match="明治より前"):
        era_of(datetime.date(1868, 1, 24))


def test_the_last_numbers_of_the_eras():
    assert [era.last_number() for era in ERAS] == [45, 15, 64, 31, None]


@pytest.mark.parametrize("written", ["平成", "平", "h"])
def test_an_era_is_found_by_name_kanji_and_letter(written):
    assert find_era(written).name == "平成"


def test_an_unknown_era_is_no_era():
    with pytest.raises(KeyError):
        find_era("慶応")


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("平成二十八年", "平成28年"),
        ("十年", "10年"),
        ("二十年", "20年"),
        ("十二月", "12月"),
        ("二〇一六年", "2016年"),
        ("九十九", "99"),
        ("二十十", "二十十"),
        ("一二十三", "一二十三"),
        ("元年", "元年"),
    ],
)
def test_simple_kanji_numerals_become_digits(text, digits):
    assert without_kanji_numerals(text) == digits
