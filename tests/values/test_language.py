import pytest

from values.language import is_english


@pytest.mark.parametrize(
    ("language", "answer"),
    [("en", True), ("en-gb", True), ("ja", False), ("fr", False), ("enm", False), (None, False)],
)
def test_all_but_english_is_served_in_japanese(language, answer):
    assert is_english(language) is answer
