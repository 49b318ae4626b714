import pytest

from timeline.figure.choice import read_choice
from values.refusal import Refusal

OWN, KNOWN = range(2016, 2023), range(2010, 2026)


def choice(**query):
    return read_choice(query, basis="initial", own_years=OWN, known_years=KNOWN)


def test_without_a_question_the_figure_is_as_it_is():
    chosen = choice()
    assert (chosen.basis, chosen.first_fiscal_year, chosen.last_fiscal_year) == (
        "initial",
        2016,
        2022,
    )
    assert chosen.shows_own_years
    assert not chosen.shows_known_years
    assert chosen.has_more_years


@pytest.mark.parametrize("basis", ["initial", "with_supplementary", "total", "executed"])
def test_every_basis_can_be_chosen(basis):
    assert choice(basis=basis).basis == basis


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("2012", "2025", (2012, 2025)),
        ("H24", "令和7年度", (2012, 2025)),
        ("", "2025", (2016, 2025)),
        ("2022", "2022", (2022, 2022)),
        ("1950", "2049", (1950, 2049)),
    ],
)
def test_years_are_read_in_any_form_and_blank_is_the_figures_own(first, last, years):
    chosen = choice(**{"from": first, "to": last})
    assert (chosen.first_fiscal_year, chosen.last_fiscal_year) == years


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"basis": "request"}, "choice.basis"),
        ({"basis": "x" * 500}, "choice.basis"),
        ({"from": "2023"}, "choice.years"),
        ({"from": "1922"}, "choice.years"),
        ({"to": "来年"}, "year.unknown"),
        ({"to": "99999"}, "year.out_of_range"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_reason(query, code):
    with pytest.raises(Refusal) as refusal:
        choice(**query)
    assert refusal.value.code == code
    assert len(refusal.value.in_words()) < 200
