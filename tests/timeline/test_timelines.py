import pytest

from programs.models import Program, YearlyBudget
from tests.cast import cast
from timeline.collecting.timelines import timeline_facts
from timeline.figure.facts import Citation, MarkFact, RowFacts, SourcedAmount
from timeline.models import Event, Timeline, TimelineRow
from values.partial_date_text import PartialDate
from values.tiers import TierRule

pytestmark = pytest.mark.django_db


def row_facts(timeline, position):
    return timeline_facts(timeline).rows[position - 1]


def event_row(timeline, **fields):
    event = Event.objects.create(code="extra", name_ja="追加", **fields)
    TimelineRow.objects.create(timeline=timeline, position=4, event=event)
    return row_facts(timeline, 4)


def test_a_timeline_gives_its_years_tiers_and_basis():
    who = cast()
    facts = timeline_facts(who.timeline)
    assert (facts.first_fiscal_year, facts.last_fiscal_year, facts.basis) == (2016, 2022, "initial")
    assert facts.tiers == (
        TierRule("A", "50億円以上", "", 5_000_000_000, True),
        TierRule("B", "10億円超50億円未満", "", 1_000_000_000, False),
    )


def test_a_row_without_record_is_a_heading():
    assert row_facts(cast().timeline, 1) == RowFacts(kind="heading", label_ja="施策等")


def test_a_programme_row_keeps_the_printed_label_and_the_sources_of_its_amounts():
    who = cast()
    assert row_facts(who.timeline, 2) == RowFacts(
        kind="program",
        label_ja="ITER計画",
        label_en="ITER Project",
        group="施策等",
        code="iter",
        start_fiscal_year=2007,
        end_state="ongoing",
        amounts={
            (2016, "initial"): SourcedAmount(
                22_384_000_000,
                Citation(
                    "行政事業レビューシート 平成28年度",
                    f"/sources/{who.review.pk}/",
                    "シート0281",
                ),
            )
        },
        organization_ja="文部科学省",
        organization_en="Ministry of Education, Culture, Sports, Science and Technology",
    )


def test_amounts_of_every_year_are_kept_and_those_on_other_bases_left_out():
    who = cast()
    for fiscal_year, basis in [(2010, "initial"), (2024, "total"), (2017, "request")]:
        YearlyBudget.objects.create(
            program=who.iter, fiscal_year=fiscal_year, basis=basis, amount_yen=1
        )
    YearlyBudget.objects.create(
        program=who.iter, fiscal_year=2022, basis="supplementary", amount_yen=2
    )
    amounts = row_facts(who.timeline, 2).amounts
    assert set(amounts) == {
        (2010, "initial"),
        (2016, "initial"),
        (2022, "supplementary"),
        (2024, "total"),
    }
    assert amounts[(2022, "supplementary")] == SourcedAmount(2, None)


def test_a_mark_names_the_source_of_the_event():
    who = cast()
    row = event_row(who.timeline, date=PartialDate(2019, 6, 28), source=who.review)
    assert row.marks[0].citation == Citation(
        "行政事業レビューシート 平成28年度", f"/sources/{who.review.pk}/"
    )


def test_a_blank_label_prints_the_records_name_and_march_belongs_to_the_year_before():
    assert row_facts(cast().timeline, 3) == RowFacts(
        kind="event",
        label_ja="TICAD7に向けた提言",
        group="出来事",
        code="ticad7-proposal",
        marks=(MarkFact(2018, "2019-03"),),
        note="提言は2019年3月。\u3000年度では2018年度。",
    )


@pytest.mark.parametrize(
    ("date", "fiscal_year"),
    [
        (PartialDate(2019, 3, 14), 2018),
        (PartialDate(2019, 3, 31), 2018),
        (PartialDate(2019, 4, 1), 2019),
        (PartialDate(2022, 1), 2021),
    ],
)
def test_an_event_is_marked_in_the_fiscal_year_of_its_date(date, fiscal_year):
    assert [m.fiscal_year for m in event_row(cast().timeline, date=date).marks] == [fiscal_year]


def test_a_year_stated_by_hand_is_marked_with_its_reason():
    row = event_row(
        cast().timeline,
        date=PartialDate(2015),
        stated_fiscal_year=2015,
        fiscal_year_reason="任命は9月と報じられた。",
    )
    assert row.marks == (MarkFact(2015, "", "任命は9月と報じられた。"),)


@pytest.mark.parametrize("date", [None, PartialDate(2015)])
def test_an_event_whose_fiscal_year_is_unknown_has_no_mark(date):
    assert event_row(cast().timeline, date=date).marks == ()


def test_queries_stay_the_same_for_fifty_rows(django_assert_num_queries):
    who = cast()
    timeline = Timeline.objects.get()
    with django_assert_num_queries(5):
        timeline_facts(timeline)
    for position in range(10, 60):
        program = Program.objects.create(code=f"p{position}", name_ja=f"施策{position}")
        YearlyBudget.objects.create(
            program=program, fiscal_year=2016, basis="initial", amount_yen=1, source=who.review
        )
        TimelineRow.objects.create(timeline=who.timeline, position=position, program=program)
    timeline = Timeline.objects.get()
    with django_assert_num_queries(5):
        timeline_facts(timeline)
