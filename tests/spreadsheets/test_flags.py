"""Amounts that look wrong are flagged, not refused."""

import pytest
from django.utils import translation

from spreadsheets.planning.flags import factor_between, flag_text
from spreadsheets.planning.plans import planned_rows
from tests.cast import cast
from tests.spreadsheets.sheets import apply, plan

pytestmark = pytest.mark.django_db

HEADINGS = ["施策", "年度", "区分", "金額（円）"]


def flags(job, kind="changed"):
    return [list(map(list, row.flags)) for row in planned_rows(job, kind)]


@pytest.mark.parametrize(
    ("before", "after", "factor"),
    [
        (5, 5_000, 1_000),
        (5_000, 5, -1_000),
        (1_790, 1_799_000, 1_000),
        (100, 1_000_000, 10_000),
        (-3, 3_200_000, 1_000_000),
        (2, 200_000_000, 100_000_000),
        (100, 112_000, 0),
        (5, 500, 0),
        (0, 1_000, 0),
        (1_000, 0, 0),
    ],
)
def test_a_factor_is_found_within_a_tenth(before, after, factor):
    assert factor_between(before, after) == factor


def test_a_change_by_a_thousand_is_flagged_counted_and_written():
    cast()
    job = plan("budgets", HEADINGS, ["iter", 2016, "当初予算", "22384000"])
    assert job.counts == {"new": 0, "changed": 1, "unchanged": 0, "refused": 0, "flagged": 1}
    words = {"factor": 1_000, "before": 22_384_000_000, "after": 22_384_000}
    assert flags(job)[0][0] == ["amount.divided", words]
    assert apply(job).state == "applied"


def test_an_ordinary_change_has_no_flag():
    cast()
    job = plan("budgets", HEADINGS, ["iter", 2016, "当初予算", "22000000000"])
    assert job.counts == {"new": 0, "changed": 1, "unchanged": 0, "refused": 0}


def test_an_amount_above_the_bound_of_the_settings_is_flagged(settings):
    cast()
    body = ["iter", 2041, "当初予算", "10000000000001"]
    assert flags(plan("budgets", HEADINGS, body), "new") == [
        [["amount.large", {"after": 10_000_000_000_001, "bound": 10_000_000_000_000}]]
    ]
    settings.SPREADSHEETS = {"amount": 20_000_000_000_000}
    assert "flagged" not in plan("budgets", HEADINGS, body).counts


def test_a_cut_is_as_large_as_its_digits():
    cast()
    job = plan("budgets", HEADINGS, ["iter", 2041, "補正予算", "▲20000000000000"])
    assert flags(job, "new")[0][0][0] == "amount.large"


def test_a_refused_row_is_not_counted_among_the_flagged():
    cast()
    job = plan(
        "budgets", HEADINGS, ["iter", 2016, "当初予算", "22384000"], ["iter", 2016, "当初予算", "1"]
    )
    assert "flagged" not in job.counts


@pytest.mark.parametrize(
    ("flag", "japanese", "english"),
    [
        (
            ["amount.multiplied", {"factor": 1000, "before": 5_000, "after": 5_000_000}],
            "金額が今の約1,000倍になります（5,000円 → 500万円）。"
            "単位が違っていないか確かめてください。",
            "multiplied",
        ),
        (
            ["class.jump", {"before": "C", "after": "A"}],
            "予算の階級がCからAへ、間を飛ばして変わります。金額を確かめてください。",
            "",
        ),
    ],
)
def test_a_flag_says_what_to_check(flag, japanese, english):
    assert flag_text(*flag) == japanese
    with translation.override("en"):
        assert flag_text(*flag)
