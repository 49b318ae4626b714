import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programs.models import Organization, YearlyBudget
from tests.cast import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("lookup", "values", "found"),
    [
        ("code__any_of", ["jst", "none"], ["jst"]),
        ("code__any_of", [], []),
        ("code__any_of", [f"code{n}" for n in range(5_000)] + ["mext"], ["mext"]),
        ("code__any_of", ["j'st", '"jst"', "%s"], []),
    ],
)
def test_any_of_finds_the_rows_with_any_of_the_values(lookup, values, found):
    cast()
    assert list(Organization.objects.filter(**{lookup: values}).values_list("code", flat=True)) == (
        found
    )


def test_any_of_takes_keys_and_related_keys():
    who = cast()
    assert set(Organization.objects.filter(pk__any_of=[who.jst.pk, 0])) == {who.jst}
    assert YearlyBudget.objects.filter(program__any_of={who.iter.pk}).count() == 2
    assert not YearlyBudget.objects.filter(program_id__any_of=[who.satreps.pk]).exists()


def test_any_of_is_one_parameter_whatever_the_number_of_values():
    with CaptureQueriesContext(
        connection,
    ) as captured:
        list(Organization.objects.filter(pk__any_of=range(100_000)))
    assert len(captured) == 1


def test_any_of_takes_dates():
    who = cast()
    days = [who.review.published_on, "2016-09-30"]
    assert type(who.review).objects.filter(published_on__any_of=days).count() == 1
