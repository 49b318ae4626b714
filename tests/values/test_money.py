import contextlib
from decimal import Context, Decimal, localcontext

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.words import english
from values.money import Amount, AmountError, format_short, nil_mark, parse_amount

UNITS = ["yen", "thousand_yen", "million_yen", "oku_yen"]
amounts_yen = st.integers(-(2**63 - 1), 2**63 - 1)


@pytest.mark.parametrize(
    ("text", "column_unit", "yen", "unit"),
    [
        ("1234", None, 1_234, "yen"),
        ("1,234", "yen", 1_234, "yen"),
        ("1，234", "yen", 1_234, "yen"),
        ("１，２３４", "yen", 1_234, "yen"),
        ("1,234円", None, 1_234, "yen"),
        ("¥1,234", None, 1_234, "yen"),
        ("￥１，２３４", None, 1_234, "yen"),
        ("0", "million_yen", 0, "million_yen"),
        ("0.0", "million_yen", 0, "million_yen"),
        ("-0", "yen", 0, "yen"),
        ("+5", "yen", 5, "yen"),
        ("12.5", "thousand_yen", 12_500, "thousand_yen"),
        ("１２．５", "thousand_yen", 12_500, "thousand_yen"),
        ("1,007", "million_yen", 1_007_000_000, "million_yen"),
        ("450.424", "million_yen", 450_424_000, "million_yen"),
        ("10.07", "oku_yen", 1_007_000_000, "oku_yen"),
        ("0.5", "oku_yen", 50_000_000, "oku_yen"),
        ("500千円", None, 500_000, "thousand_yen"),
        ("1,007百万円", None, 1_007_000_000, "million_yen"),
        ("1,007 百万円", None, 1_007_000_000, "million_yen"),
        ("2千万円", None, 20_000_000, "million_yen"),
        ("2,000万円", None, 20_000_000, "thousand_yen"),
        ("12億円", None, 1_200_000_000, "oku_yen"),
        ("12億", None, 1_200_000_000, "oku_yen"),
        ("10.07億円", "million_yen", 1_007_000_000, "oku_yen"),
        ("3兆円", None, 3_000_000_000_000, "oku_yen"),
        ("1.5兆", None, 1_500_000_000_000, "oku_yen"),
        ("1億2,000万円", None, 120_000_000, "thousand_yen"),
        ("１億２，０００万円", "million_yen", 120_000_000, "thousand_yen"),
        ("1億2000万", None, 120_000_000, "thousand_yen"),
        ("1億2千万円", None, 120_000_000, "million_yen"),
        ("1兆2,345億円", None, 1_234_500_000_000, "oku_yen"),
        ("2万5千円", None, 25_000, "thousand_yen"),
        ("3億5円", None, 300_000_005, "yen"),
        ("▲1,234", "yen", -1_234, "yen"),
        ("▲ 1,234", "million_yen", -1_234_000_000, "million_yen"),
        ("△500", "yen", -500, "yen"),
        ("−500", "yen", -500, "yen"),
        ("－500", "yen", -500, "yen"),
        ("-500", "yen", -500, "yen"),
        ("–500", "yen", -500, "yen"),
        ("(500)", "yen", -500, "yen"),
        ("（５００）", "yen", -500, "yen"),
        ("▲12億円", None, -1_200_000_000, "oku_yen"),
        ("（１億２，０００万円）", None, -120_000_000, "thousand_yen"),
        ("¥1.007 billion", None, 1_007_000_000, "oku_yen"),
        ("¥84 million", None, 84_000_000, "million_yen"),
        ("¥1.2 trillion", None, 1_200_000_000_000, "oku_yen"),
        ("−¥12 thousand", None, -12_000, "thousand_yen"),
        ("9223372036854775807", "yen", 9_223_372_036_854_775_807, "yen"),
        ("▲9223372036854775807", "yen", -9_223_372_036_854_775_807, "yen"),
    ],
)
def test_an_amount_is_read_exactly_in_every_notation(text, column_unit, yen, unit):
    assert parse_amount(text, column_unit) == Amount(yen, unit)


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("4.300000000000001", 4_300_000),
        ("4642.215999999999", 4_642_216_000),
        ("270.61300000000006", 270_613_000),
        ("796.3587500000001", 796_358_750),
        ("-0.30000000000000004", -300_000),
    ],
)
def test_the_printout_of_a_binary_number_is_read_to_fifteen_digits(text, yen):
    assert parse_amount(text, "million_yen").yen == yen


@pytest.mark.parametrize(
    ("text", "column_unit", "code"),
    [
        ("0.5", "yen", "amount.fraction"),
        ("12.34", "yen", "amount.fraction"),
        ("12.5円", None, "amount.fraction"),
        ("12.3456", "thousand_yen", "amount.fraction"),
        ("0.123456789", "oku_yen", "amount.fraction"),
        ("0." + "1" * 5000, "oku_yen", "amount.fraction"),
        ("▲", "yen", "amount.bare_mark"),
        (" △ ", "million_yen", "amount.bare_mark"),
        ("9223372036854775808", "yen", "amount.out_of_range"),
        ("92233720368.54775808億円", None, "amount.out_of_range"),
        ("100,000,000兆円", None, "amount.out_of_range"),
        ("9" * 5000, "yen", "amount.out_of_range"),
        ("", "yen", "amount.unknown"),
        ("－", "yen", "amount.unknown"),
        ("なし", "yen", "amount.unknown"),
        ("不明", "yen", "amount.unknown"),
        ("円", None, "amount.unknown"),
        ("億円", None, "amount.unknown"),
        ("()", None, "amount.unknown"),
        ("1,23", "yen", "amount.unknown"),
        ("1,2345", "yen", "amount.unknown"),
        ("12 34", "yen", "amount.unknown"),
        ("1e3", "yen", "amount.unknown"),
        (".5", "yen", "amount.unknown"),
        ("5.", "yen", "amount.unknown"),
        ("500¹", "yen", "amount.unknown"),
        ("①", "yen", "amount.unknown"),
        ("▲(500)", "yen", "amount.unknown"),
        ("▲▲500", "yen", "amount.unknown"),
        ("500▲", "yen", "amount.unknown"),
        ("2,000万", None, "amount.unknown"),
        ("5千", "million_yen", "amount.unknown"),
        ("1億500", None, "amount.unknown"),
        ("1.5億2,000万円", None, "amount.unknown"),
        ("1億円2,000万円", None, "amount.unknown"),
        ("約5億円", None, "amount.unknown"),
        ("10～20億円", None, "amount.unknown"),
        ("五億円", None, "amount.unknown"),
        ("٥٠٠", "yen", "amount.unknown"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(text, column_unit, code):
    with pytest.raises(AmountError) as caught:
        parse_amount(text, column_unit)
    assert caught.value.code == code
    assert caught.value.value == text


def test_a_bare_triangle_asks_which_is_meant_in_both_languages():
    with pytest.raises(AmountError) as caught:
        parse_amount("▲")
    assert caught.value.in_words() == (
        "「▲」だけでは、負の金額か出来事の印か分かりません。"
        "金額なら ▲1,234 のように数字を続け、金額がなければ空欄にしてください。"
    )
    assert english(caught.value) == (
        "“▲” alone may be a minus or the mark of an event. "
        "Add the digits, as in ▲1,234, or leave the cell empty."
    )


@given(st.text())
@example("1" * 10_000)
def test_any_text_is_an_amount_or_a_refusal(text):
    with contextlib.suppress(AmountError):
        assert isinstance(parse_amount(text, "oku_yen"), Amount)


@pytest.mark.parametrize(
    "text", ["－", "-", "—", "―", "–", "ー", "−", "‐", " － ", "--", "なし", "該当なし"]
)
def test_a_dash_and_nashi_say_that_there_is_none(text):
    assert nil_mark(text) == "none"


@pytest.mark.parametrize("text", ["不明", " 不明 ", "…", "...", "……", "不詳"])
def test_fumei_and_an_ellipsis_say_that_it_is_unknown(text):
    assert nil_mark(text) == "unknown"


@pytest.mark.parametrize("text", ["", " ", "0", "０", "▲", "-500", "予定"])
def test_nothing_else_is_a_nil_mark(text):
    assert nil_mark(text) is None


WRITTEN = {
    ("yen", "ja"): (1, "", "円"),
    ("thousand_yen", "ja"): (10**3, "", "千円"),
    ("million_yen", "ja"): (10**6, "", "百万円"),
    ("oku_yen", "ja"): (10**8, "", "億円"),
    ("yen", "en"): (1, "¥", ""),
    ("thousand_yen", "en"): (10**3, "¥", " thousand"),
    ("million_yen", "en"): (10**6, "¥", " million"),
    ("oku_yen", "en"): (10**9, "¥", " billion"),
}


@given(amounts_yen, st.sampled_from(sorted(WRITTEN)))
@example(-69_000_000, ("million_yen", "ja"))
@example(1_007_000_000, ("oku_yen", "en"))
@example(2**63 - 1, ("oku_yen", "ja"))
def test_an_amount_written_exactly_in_a_unit_is_read_back(yen, unit_and_language):
    factor, sign, word = WRITTEN[unit_and_language]
    with localcontext(Context(prec=40)):
        digits = f"{Decimal(abs(yen)) / factor:,f}"
    text = f"{'−' if yen < 0 else ''}{sign}{digits}{word}"

    assert parse_amount(text) == Amount(yen, unit_and_language[0])


@pytest.mark.parametrize(
    ("yen", "ja", "en"),
    [
        (1_234_500_000, "約12.34億円", "about ¥1.234 billion"),
        (1_235_500_000, "約12.36億円", "about ¥1.236 billion"),
        (1_234_500_001, "約12.35億円", "about ¥1.235 billion"),
        (15_000, "約2万円", "¥15,000"),
        (25_000, "約2万円", "¥25,000"),
        (-25_000, "約−2万円", "−¥25,000"),
        (25_001, "約3万円", "¥25,001"),
        (1_000_500_000, "約10億円", "about ¥1 billion"),
        (1_001_500_000, "約10.02億円", "about ¥1.002 billion"),
        (10_005_000, "約1,000万円", "about ¥10 million"),
        (10_015_000, "約1,002万円", "about ¥10.02 million"),
    ],
)
def test_what_lies_just_between_is_rounded_to_the_even_digit(yen, ja, en):
    assert format_short(yen) == ja
    assert format_short(yen, "en") == en


@pytest.mark.parametrize(
    ("yen", "ja", "en"),
    [
        (1_007_000_000, "10.07億円", "¥1.007 billion"),
        (84_000_000, "8,400万円", "¥84 million"),
        (24_800_000, "2,480万円", "¥24.8 million"),
        (50_050_000_000, "500.5億円", "¥50.05 billion"),
        (0, "0円", "¥0"),
        (9_800, "9,800円", "¥9,800"),
        (-500, "−500円", "−¥500"),
        (-69_000_000, "−6,900万円", "−¥69 million"),
        (450_424_000, "約4.5億円", "about ¥450.42 million"),
        (16_009_123_000, "約160.09億円", "about ¥16.009 billion"),
        (12_345, "約1万円", "¥12,345"),
        (99_999_999, "約1億円", "about ¥100 million"),
        (999_999_999, "約10億円", "about ¥1 billion"),
        (999_999_999_999, "約1兆円", "about ¥1 trillion"),
        (1_000_000_000_000, "1兆円", "¥1 trillion"),
        (4_999_999_999, "約50億円", "about ¥5 billion"),
        (5_000_000_000, "50億円", "¥5 billion"),
    ],
)
def test_a_reader_gets_few_digits_and_is_told_when_they_are_rounded(yen, ja, en):
    assert format_short(yen) == ja
    assert format_short(yen, "en") == en
