import pytest
from django.utils.translation import override

from programs.filters import ProgramFilter
from programs.models import Program
from tests.cast import cast


@pytest.fixture(autouse=True)
def people(db):
    return cast()


def found(**query):
    return set(ProgramFilter(query, Program.objects.all()).qs.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("地球規模", {"satreps"}),
        ("ｓａｔｒｅｐｓ", {"satreps"}),
        ("イーター", {"iter"}),
        ("戦略的　研究", {"sicorp"}),
        ("戦略的 国際", {"sicorp", "bilateral"}),
        ("100%", set()),
        ("  ", {"satreps", "iter", "sicorp", "bilateral"}),
    ],
)
def test_text_finds_every_word_in_any_name_in_any_width(text, codes):
    assert found(q=text) == codes


def test_organization_finds_those_it_leads_and_those_it_takes_part_in():
    assert found(organization="mext") == {"iter", "satreps"}
    assert found(organization="jst") == {"satreps", "sicorp", "bilateral"}


def test_organizations_to_choose_from_are_those_with_a_programme(people):
    people.satreps.organizations.set([people.jst])
    people.iter.lead_organization = None
    people.iter.save()

    choices = ProgramFilter({}, Program.objects.all()).form.fields["organization"].queryset

    assert [organization.code for organization in choices] == ["jst"]


@pytest.mark.parametrize("year", ["2014", "H26", "平成26年度", "２０１４", "FY2014"])
def test_fiscal_year_is_read_in_either_calendar_and_both_ends_count(year):
    assert found(fiscal_year=year) == {"satreps", "iter", "sicorp", "bilateral"}


def test_a_programme_does_not_run_after_its_last_fiscal_year():
    assert found(fiscal_year="H27") == {"satreps", "iter", "sicorp"}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_year_that_cannot_be_is_refused_in_the_readers_language(language):
    with override(language):
        errors = ProgramFilter({"fiscal_year": "平成32"}, Program.objects.all()).form.errors

    assert "平成32" in errors["fiscal_year"][0]
    assert ("year" in errors["fiscal_year"][0]) == (language == "en")
