import pytest
from django.apps import apps
from django.db.models import CheckConstraint, F, Q, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.models import (
    Lineage,
    Organization,
    Program,
    ProgramIdentifier,
    ProgramName,
    YearlyBudget,
)
from spreadsheets.planning.row_rules import RowRules, holds
from timeline.models import Event, Timeline, TimelineRow
from values.partial_date_text import PartialDate

OUR_MODELS = [
    model
    for label in ("programs", "timeline", "chapters", "spreadsheets")
    for model in apps.get_app_config(label).get_models()
]
CHECKED = [
    (model, check)
    for model in OUR_MODELS
    for check in model._meta.constraints
    if isinstance(check, CheckConstraint)
]


def program(**fields):
    years = {"start_fiscal_year": 2010, "end_fiscal_year": None, "end_state": "ongoing"}
    return {**years, **fields}


def names_of(checks):
    return sorted(check.name for check in checks)


@pytest.mark.parametrize(
    ("model", "row", "broken"),
    [
        (Program, program(), []),
        (Program, program(start_fiscal_year=None), []),
        (Program, program(end_fiscal_year=2012, end_state="known"), []),
        (Program, program(end_fiscal_year=2010, end_state="known"), []),
        (
            Program,
            program(end_fiscal_year=2009, end_state="known"),
            ["program_end_not_before_start"],
        ),
        (
            Program,
            program(end_fiscal_year=2012),
            ["program_end_state_agrees_with_end_year"],
        ),
        (Program, program(end_state="known"), ["program_end_state_agrees_with_end_year"]),
        (
            Program,
            program(end_fiscal_year=2009),
            ["program_end_not_before_start", "program_end_state_agrees_with_end_year"],
        ),
        (Organization, {"id": 1, "parent_id": 1}, ["organization_not_its_own_parent"]),
        (Organization, {"id": 1, "parent_id": 2}, []),
        (Organization, {"id": None, "parent_id": None}, []),
        (
            TimelineRow,
            {"printed_label": "", "program_id": None, "event_id": None},
            ["timeline_row_says_something"],
        ),
        (
            TimelineRow,
            {"printed_label": "x", "program_id": 1, "event_id": 2},
            ["timeline_row_has_one_record"],
        ),
        (TimelineRow, {"printed_label": "", "program_id": 1, "event_id": None}, []),
        (
            Timeline,
            {"first_fiscal_year": 2017, "last_fiscal_year": 2016},
            ["timeline_years_in_order"],
        ),
    ],
)
def test_a_row_breaks_the_constraints_it_would_break_in_the_database(model, row, broken):
    rules = RowRules(model)
    read = set(rules.names_read)
    complete = {name: row.get(name, 2000) for name in read}
    assert names_of(rules.broken_by(complete)) == broken
    assert names_of(rules.broken_by(complete)) == broken


YEAR = {"start_fiscal_year": 2010, "end_fiscal_year": None, "end_state": "ongoing"}


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (Q(end_state="ongoing"), True),
        (Q(end_state__exact="known"), False),
        (Q(end_state__in=["known", "ongoing"]), True),
        (Q(start_fiscal_year__gt=2010), False),
        (Q(start_fiscal_year__gte=2010), True),
        (Q(start_fiscal_year__lt=2010), False),
        (Q(start_fiscal_year__lte=2010), True),
        (Q(end_fiscal_year__isnull=True), True),
        (Q(end_fiscal_year__isnull=False), False),
        (Q(start_fiscal_year__isnull=False), True),
        (Q(end_fiscal_year=2010), None),
        (Q(start_fiscal_year=F("end_fiscal_year")), None),
        (~Q(end_fiscal_year=2010), None),
        (~Q(end_state="known"), True),
        (Q(end_fiscal_year=2010) | Q(end_state="ongoing"), True),
        (Q(end_fiscal_year=2010) | Q(end_state="known"), None),
        (Q(end_fiscal_year=2010) & Q(end_state="known"), False),
        (Q(end_fiscal_year=2010) & Q(end_state="ongoing"), None),
        (Q(end_state="ongoing") ^ Q(start_fiscal_year=2010), False),
        (Q(end_state="ongoing") ^ Q(start_fiscal_year=2011), True),
        (Q(end_state="ongoing") ^ Q(end_fiscal_year=2010), None),
        (Q(end_state="ongoing", start_fiscal_year=2010), True),
        (~Q(end_state="ongoing", start_fiscal_year=2011), True),
    ],
)
def test_conditions_are_evaluated_in_three_valued_logic(condition, found):
    assert holds(condition, YEAR, Program) is found


ROWS = st.fixed_dictionaries(
    {
        "start_fiscal_year": st.sampled_from([None, 2010, 2011]),
        "end_fiscal_year": st.sampled_from([None, 2010, 2011]),
        "end_state": st.sampled_from(["known", "ongoing"]),
    }
)
SIMPLE = st.sampled_from(
    [
        Q(end_state="known"),
        Q(end_state__in=["known", "unknown"]),
        Q(start_fiscal_year=2010),
        Q(start_fiscal_year__gt=2010),
        Q(end_fiscal_year__lte=2010),
        Q(end_fiscal_year__isnull=True),
        Q(end_fiscal_year__gte=F("start_fiscal_year")),
    ]
)
CONDITIONS = st.recursive(
    SIMPLE | SIMPLE.map(lambda condition: ~condition),
    lambda inner: st.one_of(
        st.builds(lambda a, b: a & b, inner, inner),
        st.builds(lambda a, b: a | b, inner, inner),
    ),
    max_leaves=5,
)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(condition=CONDITIONS, row=ROWS)
def test_the_database_decides_the_same(condition, row):
    values = {
        name: Value(value, output_field=Program._meta.get_field(name))
        for name, value in row.items()
    }
    assert (holds(condition, row, Program) is not False) == condition.check(values)


@pytest.mark.parametrize(("model", "check"), CHECKED, ids=[check.name for _, check in CHECKED])
def test_every_constraint_of_our_models_can_be_evaluated(model, check):
    row = {field.attname: None for field in model._meta.concrete_fields}
    assert holds(check.condition, row, model) in (True, False, None)


@pytest.mark.parametrize(
    ("model", "sets"),
    [
        (Program, [("code",)]),
        (YearlyBudget, [("program", "fiscal_year", "basis")]),
        (ProgramName, [("program", "kind", "name")]),
        (ProgramIdentifier, [("scheme", "value", "fiscal_year"), ("scheme", "value")]),
    ],
)
def test_the_columns_that_are_unique_together_are_known(model, sets):
    assert [names for names, _ in RowRules(model).unique_sets] == sets


def test_a_conditional_uniqueness_keeps_its_condition():
    conditions = dict(RowRules(ProgramIdentifier).unique_sets)
    assert conditions[("scheme", "value", "fiscal_year")] is None
    assert conditions[("scheme", "value")] == Q(fiscal_year__isnull=True)


def test_derived_columns_are_worked_out_for_a_row_that_is_not_saved():
    row = {"name_ja": "ＩＴＥＲ計画", "name_en": "", "abbreviation": "ITER"}
    assert RowRules(Program).derived(row) == {
        "search_key": "iter計画 iter",
        "name_ja_key": "iter計画",
        "name_en_key": "",
        "abbreviation_key": "iter",
    }
    event = {
        "name_ja": "提言",
        "name_en": "",
        "date": PartialDate(2019, 3, 14),
        "stated_fiscal_year": None,
    }
    assert RowRules(Event).derived(event) == {
        "fiscal_year": 2018,
        "search_key": "提言",
        "name_ja_key": "提言",
        "name_en_key": "",
    }
    assert RowRules(Lineage).derived({}) == {}
