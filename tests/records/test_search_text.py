import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from records.search_text import SearchTextField


def refused(text):
    with pytest.raises(ValidationError) as error:
        SearchTextField(required=False).clean(text)
    return error.value.messages


@pytest.mark.parametrize("text", ["", "地球規模", "研" * 200, "あ い う え お か き く け こ"])
def test_up_to_ten_words_in_two_hundred_characters_are_taken_as_they_are(text):
    assert SearchTextField(required=False).clean(text) == text


def test_what_is_too_long_is_refused_with_the_bound_and_its_own_length():
    assert refused("研" * 3_500) == [
        "検索の言葉は200字までです（いまは3,500字）。短くしてください。"
    ]


@pytest.mark.parametrize("blank", [" ", "\u3000", "\n"])
def test_too_many_words_are_refused_whatever_stands_between_them(blank):
    assert refused(blank.join("あいうえおかきくけこさ")) == [
        "一度に探せるのは10語までです（いまは11語）。減らしてください。"
    ]


def test_a_nul_is_refused():
    assert len(refused("研\x00究")) == 1


def test_a_browser_is_not_told_to_cut_what_is_pasted():
    assert SearchTextField().widget.attrs == {"autocomplete": "off"}


def test_the_bounds_are_said_in_english():
    with override("en"):
        assert "200" in refused("研" * 201)[0]
        assert "10" in refused("a " * 11)[0]
