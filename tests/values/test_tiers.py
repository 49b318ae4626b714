import pytest

from values.tiers import TierRule, TierScale

SCALE = TierScale.of(
    [
        TierRule("C", "10億円以下", "", 0, False),
        TierRule("A", "50億円以上", "", 5_000_000_000, True),
        TierRule("B", "10億円超50億円未満", "", 1_000_000_000, False),
    ]
)


@pytest.mark.parametrize(
    ("yen", "letter"),
    [
        (1_000_000_000_000, "A"),
        (5_000_000_000, "A"),
        (4_999_999_999, "B"),
        (1_000_000_001, "B"),
        (1_000_000_000, "C"),
        (1, "C"),
        (0, None),
        (-1, None),
    ],
)
def test_a_lower_bound_belongs_to_its_tier_only_when_it_is_included(yen, letter):
    assert SCALE.letter(yen) == letter


@pytest.mark.parametrize(
    ("letter", "amounts"),
    [
        ("A", (5_000_000_000, None)),
        ("B", (1_000_000_001, 5_000_000_000)),
        ("C", (1, 1_000_000_001)),
    ],
)
def test_a_tier_reaches_up_to_the_first_yen_of_the_next(letter, amounts):
    assert SCALE.amounts(letter) == amounts


@pytest.mark.parametrize("letter", ["D", "", None])
def test_a_letter_that_the_scale_does_not_have_has_no_amounts(letter):
    with pytest.raises(KeyError):
        SCALE.amounts(letter)


def test_without_tiers_no_amount_has_a_letter():
    assert TierScale.of([]).letter(5_000_000_000) is None
