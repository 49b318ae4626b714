import pytest

from programs.models import YearlyBudget
from values.budget_words import (
    BASIS_NAMES,
    is_amount,
    is_ministry,
    not_stored,
    read_basis,
    word_of_amount,
)


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("当初", "initial"),
        ("当初予算額", "initial"),
        ("当初予算案", "initial"),
        ("Initial budget", "initial"),
        ("補正", "supplementary"),
        ("補正予算（第2号）", "supplementary"),
        ("第２次補正予算額", "supplementary"),
        ("前年度からの繰越し", "carried_in"),
        ("前年度繰越額", "carried_in"),
        ("翌年度への繰越し", "carried_out"),
        ("翌年度繰越額", "carried_out"),
        ("予備費", "reserve"),
        ("予算計", "total"),
        ("予算現額", "total"),
        ("歳出予算現額", "total"),
        ("執行額", "executed"),
        ("決算額", "executed"),
        ("（要求）", "request"),
        ("概算要求額", "request"),
        ("carried_out", "carried_out"),
        ("total", "total"),
    ],
)
def test_a_basis_by_its_names(text, basis):
    assert read_basis(text) == basis


@pytest.mark.parametrize(
    "text",
    [
        "予算額",
        "繰越額",
        "計",
        "Total",
        "補正後",
        "当初・補正",
        "執行率",
        "要求の考え方",
        "前年度予算額",
    ],
)
def test_words_that_say_no_basis(text):
    assert read_basis(text) is None


@pytest.mark.parametrize(
    "text", ["予算額", "予算", "予算案", "政府案", "概算決定額", "Budget", "金額"]
)
def test_an_amount_whose_basis_stands_elsewhere(text):
    assert is_amount(text)
    assert read_basis(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("補正後", "sum"),
        ("補正後予算額", "sum"),
        ("当初＋補正", "sum"),
        ("増減", "change"),
        ("対前年度増△減額", "change"),
        ("執行率（%）", "ratio"),
        ("前年度比", "ratio"),
        ("不用額", "unused"),
        ("当初予算", None),
        ("予算額", None),
    ],
)
def test_what_is_no_amount_of_one_basis(text, reason):
    assert not_stored(text) == reason


@pytest.mark.parametrize(
    "text",
    [
        "内数",
        "1,802の内数",
        "運営費交付金の内数",
        "皆増",
        "皆減",
        "*",
        "＊",
        "×",
        "事項要求",
        "未定",
    ],
)
def test_words_in_place_of_an_amount(text):
    assert word_of_amount(text) == text


@pytest.mark.parametrize("text", ["1,802", "12億円", "－", "なし", "", "1,234*", "(500)"])
def test_amounts_and_marks_are_no_words(text):
    assert word_of_amount(text) is None


@pytest.mark.parametrize("text", ["文部科学省", "外務省", "内閣府", "文化庁", "MEXT", "内閣官房"])
def test_a_ministry(text):
    assert is_ministry(text)


@pytest.mark.parametrize(
    "text", ["府省", "所管省庁", "担当省庁", "各省庁", "年度", "京都府", "備考"]
)
def test_what_is_no_ministry(text):
    assert not is_ministry(text)


def test_the_site_has_one_name_for_each_basis():
    labels = {value: str(label) for value, label in YearlyBudget.Basis.choices}

    assert labels == BASIS_NAMES
