import pytest

from values.refusal import Refusal


class ColourError(Refusal):
    reasons = {
        "colour.unknown": ("「{value}」は{kind}ではありません。", "“{value}” is no {kind_en}.")
    }


@pytest.fixture
def refusal():
    return Refusal(
        "year.era_range",
        "平成32",
        ja="「平成32」という年はありません（平成は31年まで）。",
        en="There is no year “平成32”.",
        proposal="2020年度",
    )


def test_the_reason_comes_with_the_proposal_in_japanese(refusal):
    assert refusal.text("ja") == (
        "「平成32」という年はありません（平成は31年まで）。2020年度のことでしょうか？"
    )


@pytest.mark.parametrize("language", ["en", "en-gb"])
def test_english_is_given_to_english(refusal, language):
    assert refusal.text(language) == "There is no year “平成32”. Did you mean 2020年度?"


@pytest.mark.parametrize("language", [None, "fr"])
def test_any_other_language_gets_japanese(refusal, language):
    assert refusal.text(language).startswith("「平成32」")


def test_without_a_proposal_only_the_reason_is_said():
    refusal = Refusal("x", "9", ja="だめです。", en="No.")
    assert (refusal.text("ja"), refusal.text("en")) == ("だめです。", "No.")


def test_a_refusal_is_a_value_error_with_its_code_and_value(refusal):
    assert isinstance(refusal, ValueError)
    assert (refusal.code, refusal.value, refusal.proposal) == (
        "year.era_range",
        "平成32",
        "2020年度",
    )
    assert str(refusal) == "「平成32」という年はありません（平成は31年まで）。"


def test_the_sentences_of_a_kind_are_filled_in():
    error = ColourError.because("colour.unknown", " {赤}\n ", kind="色", kind_en="colour")
    assert type(error) is ColourError
    assert error.value == " {赤}\n "
    assert error.ja == "「{赤}」は色ではありません。"
    assert error.en == "“{赤}” is no colour."


def test_a_long_value_is_quoted_cut():
    error = ColourError.because("colour.unknown", "あ" * 41, kind="色", kind_en="colour")
    assert error.ja == "「" + "あ" * 40 + "…」は色ではありません。"
    assert error.value == "あ" * 41
