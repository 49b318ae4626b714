"""What of budgets looks wrong: passed-over tiers, amounts beside those of other years."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.models import Tier, TierScheme
from programs.sheets.budget_flags import budget_flags
from spreadsheets.planning.flags import AmountChange
from tests.cast import cast

pytestmark = pytest.mark.django_db

OKU = 100_000_000


@pytest.fixture
def program():
    """A programme without budgets, beside the default tiers."""
    who = cast()
    scheme = TierScheme.objects.get()
    scheme.tiers.all().delete()
    for letter, bound, is_included in (
        ("A", 50 * OKU, True),
        ("B", 10 * OKU, False),
        ("C", 0, False),
    ):
        Tier.objects.create(
            scheme=scheme, letter=letter, lower_bound_yen=bound, is_lower_bound_included=is_included
        )
    who.iter.budgets.all().delete()
    return who.iter


def budget(program, amount, *, year=2020, basis="initial"):
    return {
        "program_id": program.pk,
        "fiscal_year": year,
        "basis": basis,
        "amount_yen": amount,
    }


@pytest.mark.parametrize(
    ("before", "after", "letters"),
    [
        (9 * OKU, 50 * OKU, {"before": "C", "after": "A"}),
        (60 * OKU, 10 * OKU, {"before": "A", "after": "C"}),
        (60 * OKU, 20 * OKU, None),
        (60 * OKU, 0, None),
    ],
)
def test_a_change_that_passes_over_a_tier_is_flagged(program, before, after, letters):
    change = AmountChange(budget(program, before), budget(program, after))
    assert budget_flags([change]) == ({0: [["class.jump", letters]]} if letters else {})


def test_only_initial_budgets_have_tiers(program):
    change = AmountChange(
        budget(program, OKU, basis="executed"), budget(program, 60 * OKU, basis="executed")
    )
    assert budget_flags([change]) == {}


def test_a_new_amount_is_compared_with_the_year_beside_it_on_the_same_basis(program):
    program.budgets.create(fiscal_year=2019, basis="initial", amount_yen=17 * OKU)
    program.budgets.create(fiscal_year=2019, basis="executed", amount_yen=17 * OKU)
    new = [
        AmountChange(None, budget(program, 1_700_000)),
        AmountChange(None, budget(program, 16 * OKU, basis="executed")),
    ]
    words = {"factor": 1_000, "before": 17 * OKU, "after": 1_700_000, "fiscal_year": 2019}
    assert budget_flags(new) == {0: [["amount.beside_divided", words]]}


def test_new_amounts_of_one_sheet_are_compared_with_each_other(program):
    years = {2020: 17 * OKU, 2021: 17 * OKU, 2022: 17 * OKU * 1_000}
    new = [AmountChange(None, budget(program, amount, year=year)) for year, amount in years.items()]
    assert list(budget_flags(new)) == [2]


def test_queries_do_not_grow_with_the_sheet(program):
    counts = []
    for size in (1, 50):
        new = [AmountChange(None, budget(program, OKU, year=1950 + n)) for n in range(size)]
        changed = [
            AmountChange(budget(program, OKU, year=1950 + n), budget(program, OKU, year=1950 + n))
            for n in range(size)
        ]
        with CaptureQueriesContext(connection) as queries:
            budget_flags([*new, *changed])
        counts.append(len(queries))
    assert counts == [2, 2]
