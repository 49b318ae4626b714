import pytest
from hypothesis import given
from hypothesis import strategies as st

from spreadsheets.reading.formula_guard import guard, unguard


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+81", "'+81"),
        ("-", "'-"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("＝1", "'＝1"),
        ("－なし", "'－なし"),
        ("'=引用", "''=引用"),
        ("''=引用", "'''=引用"),
        ("'普通", "'普通"),
        ("▲1,234", "▲1,234"),
        ("1=1", "1=1"),
        ("", ""),
    ],
)
def test_text_that_begins_like_a_formula_gets_an_apostrophe(text, cell):
    assert guard(text) == cell
    assert unguard(cell) == text


@given(st.text(alphabet="'=+-@\t\r＝＋－＠▲a1"))
def test_every_text_comes_back(text):
    assert unguard(guard(text)) == text


@given(st.text(alphabet="'=+-@\t\r＝＋－＠▲a1"))
def test_no_cell_begins_a_formula(text):
    assert not guard(text).startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"))
