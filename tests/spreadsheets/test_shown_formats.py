"""What a number format makes of a stored number: literals as Excel shows them."""

import datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreadsheets.reading.shown import NumberFormat, Shown, UnreadFormatError, number_written
from spreadsheets.reading.shown.builtin import BUILTIN_FORMATS

ACCOUNTING = BUILTIN_FORMATS[41]


@pytest.mark.parametrize(
    ("code", "stored", "text"),
    [
        ("#,##0,", "1234567", "1,235"),
        ("#,##0,,", "1234000000", "1,234"),
        ("#,##0.0,", "1234567", "1,234.6"),
        ('0.0,,"M"', "12345678", "12.3M"),
        ("#,##0", "1234.56", "1,235"),
        ("#,##0", "0.5", "1"),
        ("#,##0", "-0.5", "-1"),
        ("0.0", "12.25", "12.3"),
        ("0.00", "1.005", "1.01"),
        ("0.0%", "0.1234", "12.3%"),
        ('#,##0;▲#,##0;"－"', "0", "－"),
        (ACCOUNTING, "0", "-"),
        ("#,###", "0", ""),
        ("#,##0;-#,##0;", "0", ""),
        (";;;", "5", ""),
        ('[>=1000000]#,##0,,"百万円";#,##0"円"', "12000000", "12百万円"),
        ("(#,##0)", "5", "(5)"),
        ("0.5", "3", "3.5"),
    ],
)
def test_a_format_that_shows_another_number_is_told(code, stored, text):
    assert NumberFormat(code).shown(stored) == Shown(text, is_other=True)


@pytest.mark.parametrize(
    ("code", "stored", "text"),
    [
        ('#,##0"百万円"', "1234", "1,234百万円"),
        ('0.0"億円"', "12.5", "12.5億円"),
        ('#,##0"千円"', "-5", "-5千円"),
        ('0"年度"', "2016", "2016年度"),
        ('"FY"0', "2016", "FY2016"),
        ('General"年度"', "2016", "2016年度"),
        ('"¥"#,##0', "1234", "¥1,234"),
        ("[$¥-411]#,##0", "1234", "¥1,234"),
        ('_ "¥"* #,##0_ ', "1234", "¥1,234"),
        ("#,##0円", "1234", "1,234円"),
        ("#,##0!円", "1234", "1,234円"),
        ('[>=1000000]#,##0,,"百万円";#,##0"円"', "-12", "-12円"),
        ('[<0]"▲"#,##0"円";#,##0"円"', "-12", "▲12円"),
        ("0%", "0.5", "50%"),
        ("0000", "12", "0012"),
        ("000-0000", "1234567", "123-4567"),
        ('00"億"0000"万円"', "123456", "12億3456万円"),
    ],
)
def test_words_and_zeros_of_a_format_are_part_of_the_text(code, stored, text):
    assert NumberFormat(code).shown(stored) == Shown(text)


@pytest.mark.parametrize(
    ("code", "stored"),
    [
        ("General", "1234.56"),
        ("G/標準", "5"),
        ("@", "5"),
        ("#,##0", "1234567"),
        ("#,##0", "-1234567"),
        ("#,##0;▲#,##0", "-1234"),
        ("#,##0_);[Red]\\(#,##0\\)", "-1234"),
        ("[Red]#,##0", "1"),
        (ACCOUNTING, "-1234"),
        ("#,##0.00", "1234.5"),
        ("#,##0.00", "1234.5600000000001"),
        ("0.0", "0"),
        ("# ?/?", "3"),
        ("0.00E+00", "1230"),
        ("##0.0E+0", "1200"),
    ],
)
def test_a_format_that_says_the_same_number_leaves_it(code, stored):
    assert NumberFormat(code).shown(stored) is None


@pytest.mark.parametrize(
    ("code", "stored"),
    [
        ("# ?/?", "0.5"),
        ("0.00E+00", "1234.5"),
        ("[DBNum1]0", "12"),
        ("[>100]0", "5"),
        ("yyyy/m", "-1"),
    ],
)
def test_what_is_not_worked_out_is_refused(code, stored):
    with pytest.raises(UnreadFormatError):
        NumberFormat(code).shown(stored)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ('yyyy"年"m"月"', "2019年3月"),
        ('yyyy"年"', "2019年"),
        ("yyyy/mm", "2019/03"),
        ("mmm-yy", "2019年3月"),
        ("mm/yyyy", "2019年3月"),
        ('[$-411]ggge"年"m"月"', "平成31年3月"),
        ("ge.m", "H31.3"),
        ('yyyy"年度"', "2019年度"),
        ('ggge"年度"', "平成31年度"),
        ('e"年度"', "平成31年度"),
        ("yy", "2019年"),
        ('m"月"d"日"', "3月1日"),
        ("m/d", "3/1"),
        ("aaa", "金"),
        ("h:mm", "0:00"),
        ("[h]:mm", "1044600:00"),
    ],
)
def test_a_date_has_the_precision_that_is_shown(code, text):
    assert NumberFormat(code).shown("43525") == Shown(text)


@pytest.mark.parametrize(
    "code",
    [
        "yyyy/m/d",
        '[$-411]ggge"年"m"月"d"日"',
        "[$-411]ge.m.d;@",
        "d-mmm-yy",
        'yyyy"年"m"月"d"日"(aaa)',
    ],
)
def test_a_format_with_year_month_and_day_is_a_date(code):
    assert NumberFormat(code).shown("43525") == datetime.date(2019, 3, 1)


def test_a_time_of_day_that_is_shown_stays_with_its_date():
    at = NumberFormat("yyyy/m/d h:mm").shown("44650.3958333333")

    assert at == datetime.datetime(2022, 3, 30, 9, 30)


def test_days_count_from_1904_where_the_workbook_says_so():
    assert NumberFormat("yyyy/m/d", is_1904=True).shown("42063") == datetime.date(2019, 3, 1)


@pytest.mark.parametrize("number", [27, 28, 31, 36, 50, 57])
def test_the_builtin_formats_of_japanese_excel_are_days(number):
    assert NumberFormat(BUILTIN_FORMATS[number]).is_day


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        (";;;", "秘密", ""),
        ('@"様"', "外務省", "外務省様"),
        ("General", "外務省", None),
        (ACCOUNTING, "なし", None),
        ("0.0;-0.0;0;@", "なし", None),
    ],
)
def test_text_is_shown_by_the_fourth_section(code, text, shown):
    assert NumberFormat(code).shown_text(text) == shown


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234", "1234"),
        ("▲1,234", "-1234"),
        ("(5)", "-5"),
        ("0.5", "0.5"),
        ("0012", None),
        ("12,34", None),
        ("5円", None),
        ("", None),
    ],
)
def test_a_bare_number_is_read_whatever_its_writing(text, number):
    assert number_written(text) == (None if number is None else Decimal(number))


NUMBERS = st.integers(-(10**12), 10**12).map(lambda n: Decimal(n) / 1000)


def said(shown, stored):
    """Return the number that stands in the cell."""
    if shown is None:
        return Decimal(stored)
    return Decimal(shown.text.replace(",", ""))


@given(NUMBERS)
def test_rounding_is_half_away_from_zero_as_in_excel(number):
    stored = f"{number:f}"
    for code, step in (("#,##0", "1"), ("0.0", "0.1"), ("#,##0.00", "0.01")):
        expected = number.quantize(Decimal(step), ROUND_HALF_UP)

        assert said(NumberFormat(code).shown(stored), stored) == expected


@given(NUMBERS)
def test_a_comma_at_the_end_divides_by_a_thousand(number):
    stored = f"{number:f}"
    for code, factor in (("#,##0,", 1000), ("#,##0,,", 1_000_000)):
        expected = (number / factor).quantize(Decimal(1), ROUND_HALF_UP)

        assert said(NumberFormat(code).shown(stored), stored) == expected


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_stay_numbers_under_a_plain_format(number):
    for code in ("#,##0", "0", "#,##0.0", "#,##0_);(#,##0)", "#,##0;▲#,##0"):
        assert NumberFormat(code).shown(str(number)) is None


@given(st.text('0#?,.%"[]$-_*\\;@gyemdhsGEe+円 年/!<>=1', max_size=40), NUMBERS)
def test_no_format_makes_the_reader_fail(code, number):
    try:
        NumberFormat(code).shown(f"{number:f}")
        NumberFormat(code).shown_text("名")
    except UnreadFormatError:
        pass
