import pytest
from hypothesis import given
from hypothesis import strategies as st

from values.corporate_number import CorporateNumberError, check_digit, is_corporate_number, parse


@pytest.mark.parametrize(
    "number",
    [
        "4030005012570",  # JST
        "1010005006890",  # JSPS
        "9010005023796",  # AMED
        "9012405001241",  # JAXA
        "7021005008268",  # JAMSTEC
        "8040005001619",  # QST
        "7020005004962",  # JASSO
        "4050005005267",  # KEK
        "9010005018986",  # AOTS
        "7050005005215",  # JIRCAS
        "9010005014408",  # JICA
    ],
)
def test_the_numbers_of_real_bodies_are_accepted(number):
    assert is_corporate_number(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "403000501257",
        "40300050125701",
        "4030005012571",
        "4030005012507",
        "４０３０００５０１２５７０",
        "403000501257a",
        "4030005-12570",
        "0030005012570",
        "403000501257²",
    ],
)
def test_other_text_is_no_corporate_number(text):
    assert not is_corporate_number(text)


def test_the_check_digit_of_the_ordinance_example():
    """700110005901 is the example of the National Tax Agency's explanation of the check digit."""
    assert check_digit("700110005901") == 8


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(1, 9))
def test_exactly_one_first_digit_fits(base_number, first_digit):
    fits = first_digit == check_digit(base_number)
    assert is_corporate_number(f"{first_digit}{base_number}") is fits


@pytest.mark.parametrize(
    "base_number", ["", "12345678901", "1234567890123", "12345678901x", "１" * 12]
)
def test_only_twelve_ascii_digits_have_a_check_digit(base_number):
    with pytest.raises(ValueError, match="12桁"):
        check_digit(base_number)


@pytest.mark.parametrize(
    "text",
    [
        "7010005005425",
        "７０１０００５００５４２５",
        "7 0100 0500 5425",
        "7-0100-0500-5425",
        "T7010005005425",
    ],
)
def test_a_number_is_read_as_people_write_it(text):
    assert parse(text) == "7010005005425"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7.01001E+12", "number.rounded"),
        ("7.01E+12", "number.rounded"),
        ("7010010000000", "number.rounded"),
        ("7010005005426", "number.check_digit"),
        ("701000500542", "number.length"),
        ("七〇一〇", "number.length"),
        ("7010005005425a", "number.length"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(text, code):
    with pytest.raises(CorporateNumberError) as refusal:
        parse(text)
    assert refusal.value.code == code
    assert f"「{text}」" in str(refusal.value)
