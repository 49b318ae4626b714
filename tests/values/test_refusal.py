import pytest

from tests.words import english
from values.messages import Listed, Message
from values.refusal import Refusal


class ColourError(Refusal):
    reasons = {"colour.unknown": "「%(value)s」は%(kind)sではありません（%(most)s色まで）。"}
    bounds = {"most": 7}


@pytest.fixture
def refusal():
    return Refusal(
        "year.range",
        "平成31～32",
        reason=Message("「%(value)s」は期間です。年度を一つだけ書いてください。", {"value": "H"}),
        proposal="2020年度",
    )


def test_the_reason_comes_with_the_proposal_in_japanese(refusal):
    assert refusal.in_words() == (
        "「H」は期間です。年度を一つだけ書いてください。2020年度のことでしょうか？"
    )


def test_the_edge_puts_both_into_its_language(refusal):
    assert english(refusal) == "“H” is a range; write one fiscal year. Did you mean 2020年度?"


def test_a_sentence_without_translation_stays_japanese():
    refusal = Refusal("x", "9", reason=Message("だめです。"))
    assert (refusal.in_words(), english(refusal)) == ("だめです。", "だめです。")


def test_a_refusal_is_a_value_error_with_its_code_and_value(refusal):
    assert isinstance(refusal, ValueError)
    assert (refusal.code, refusal.value, refusal.proposal) == (
        "year.range",
        "平成31～32",
        "2020年度",
    )
    assert str(refusal) == "「H」は期間です。年度を一つだけ書いてください。"


def test_the_sentences_of_a_kind_are_filled_in():
    error = ColourError.because("colour.unknown", " {赤}%\n ", kind="色")
    assert type(error) is ColourError
    assert error.value == " {赤}%\n "
    assert error.in_words() == "「{赤}%」は色ではありません（7色まで）。"


def test_a_long_value_is_quoted_cut():
    error = ColourError.because("colour.unknown", "あ" * 41, kind="色")
    assert error.in_words() == "「" + "あ" * 40 + "…」は色ではありません（7色まで）。"
    assert error.value == "あ" * 41


def test_parts_of_a_sentence_are_translated_with_it():
    message = Message(
        "%(parts)sとして読みました。",
        {"parts": Listed("、", [Message("%(row)s行目を見出し", {"row": 3}), "CSV"])},
    )
    assert message.in_words() == "3行目を見出し、CSVとして読みました。"
    assert english(message) == "Read row 3 as the heading, CSV."
