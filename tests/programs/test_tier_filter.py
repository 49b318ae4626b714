import pytest

from programs.filters import ProgramFilter
from programs.models import Program, Tier, TierScheme, YearlyBudget
from tests.cast import cast


@pytest.fixture(autouse=True)
def people(db):
    people = cast()
    Tier.objects.create(scheme=people.scheme, letter="C", label_ja="10億円以下", lower_bound_yen=0)
    return people


def found(**query):
    programs = ProgramFilter(query, Program.objects.all()).qs
    return set(programs.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("amount_yen", "letter"),
    [
        (5_000_000_000, "A"),
        (4_999_999_999, "B"),
        (1_000_000_001, "B"),
        (1_000_000_000, "C"),
        (1, "C"),
    ],
)
def test_bounds_follow_the_words_of_the_legend(people, amount_yen, letter):
    YearlyBudget.objects.create(
        program=people.sicorp, fiscal_year=2018, basis="initial", amount_yen=amount_yen
    )

    assert [each for each in "ABC" if "sicorp" in found(tier=each)] == [letter]


def test_zero_is_in_no_tier(people):
    YearlyBudget.objects.create(
        program=people.sicorp, fiscal_year=2018, basis="initial", amount_yen=0
    )

    assert [each for each in "ABC" if "sicorp" in found(tier=each)] == []


def test_tier_looks_at_initial_budgets_only(people):
    YearlyBudget.objects.create(
        program=people.sicorp, fiscal_year=2018, basis="executed", amount_yen=9_000_000_000
    )

    assert found(tier="A") == {"iter"}


def test_tier_is_that_of_the_year_asked_for():
    assert found(tier="A", fiscal_year="H28") == {"iter"}
    assert found(tier="A", fiscal_year="H29") == set()


def test_tiers_are_those_of_the_first_scheme():
    other = TierScheme.objects.create(code="another", name_ja="別の区分")
    Tier.objects.create(scheme=other, letter="Z", label_ja="全部", lower_bound_yen=0)

    tiers = ProgramFilter({}, Program.objects.all()).form.fields["tier"].queryset

    assert [tier.letter for tier in tiers] == ["A", "B", "C"]
