import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from programs.models import Tier, TierScheme
from tests.cast import cast
from tests.programs.test_models import assert_refused
from timeline.models import Event, EventName, Timeline, TimelineRow
from values.partial_date_text import PartialDate

pytestmark = pytest.mark.django_db


def test_fiscal_year_by_hand_needs_a_reason():
    assert_refused(
        Event(code="x", name_ja="出来事", kind="other", stated_fiscal_year=2015),
        "年度を手で入れるときは、理由も入れてください。",
    )


def test_fiscal_year_by_hand_may_not_contradict_the_date():
    event = Event(
        code="x",
        name_ja="出来事",
        kind="other",
        date=PartialDate(2019, 3),
        stated_fiscal_year=2019,
        fiscal_year_reason="誤り",
    )
    with pytest.raises(ValidationError) as refusal:
        event.full_clean()
    assert list(refusal.value.message_dict) == ["stated_fiscal_year"]
    assert "2018年度" in refusal.value.messages[0]


def test_event_ends_on_or_after_its_date():
    event = Event(
        code="x",
        name_ja="出来事",
        kind="other",
        date=PartialDate(2019, 6, 29),
        end_date=PartialDate(2019, 6, 28),
    )
    with pytest.raises(ValidationError) as refusal:
        event.full_clean()
    assert refusal.value.message_dict == {"end_date": ["最終日が日付より前です。"]}


@pytest.mark.parametrize(
    ("date", "stated", "fiscal_year"),
    [
        (PartialDate(2019, 3), None, 2018),
        (PartialDate(2022, 3, 30), None, 2021),
        (PartialDate(2019, 4, 1), None, 2019),
        (PartialDate(2018, is_fiscal=True), None, 2018),
        (PartialDate(2015), None, None),
        (PartialDate(2015), 2015, 2015),
        (None, 2014, 2014),
        (None, None, None),
    ],
)
def test_fiscal_year_follows_from_the_date_or_is_stated(date, stated, fiscal_year):
    Event.objects.bulk_create(
        [
            Event(
                code="x",
                name_ja="出来事",
                kind="other",
                date=date,
                stated_fiscal_year=stated,
                fiscal_year_reason="資料による",
            )
        ]
    )
    assert Event.objects.values_list("fiscal_year", "date").get() == (fiscal_year, date)


def test_event_has_a_name_once():
    who = cast()
    assert_refused(
        EventName(event=who.g20, name="大阪G20"), "この出来事には同じ別名がすでにあります。"
    )


def test_letter_of_a_tier_is_used_once():
    who = cast()
    assert_refused(
        Tier(scheme=who.scheme, letter="A", label_ja="別", lower_bound_yen=1),
        "この記号はすでに使われています。",
    )


def test_two_tiers_do_not_start_at_the_same_amount():
    who = cast()
    assert_refused(
        Tier(scheme=who.scheme, letter="Z", label_ja="別", lower_bound_yen=1_000_000_000),
        "同じ下限の区分がすでにあります。",
    )


def test_years_of_a_timeline_are_in_order():
    who = cast()
    assert_refused(
        Timeline(
            slug="x",
            title_ja="年表",
            first_fiscal_year=2020,
            last_fiscal_year=2019,
            tier_scheme=who.scheme,
        ),
        "最後の年度が最初の年度より前です。",
    )


@pytest.mark.parametrize(("last", "is_allowed"), [(2099, True), (2100, False)])
def test_timeline_holds_a_hundred_years_at_most(last, is_allowed):
    timeline = Timeline(
        slug="x",
        title_ja="年表",
        first_fiscal_year=2000,
        last_fiscal_year=last,
        tier_scheme=cast().scheme,
    )
    if is_allowed:
        timeline.full_clean()
    else:
        with pytest.raises(ValidationError) as refusal:
            timeline.full_clean()
        assert refusal.value.message_dict == {"last_fiscal_year": ["年表は100年度までです。"]}


def test_two_rows_do_not_share_a_position():
    who = cast()
    assert_refused(
        TimelineRow(timeline=who.timeline, position=2, printed_label="見出し"),
        "この年表には同じ順の行がすでにあります。",
    )


def test_row_is_of_a_programme_or_an_event_not_both():
    who = cast()
    assert_refused(
        TimelineRow(timeline=who.timeline, position=9, program=who.iter, event=who.g20),
        "施策か出来事の一方だけを選んでください。",
    )


def test_heading_says_something():
    who = cast()
    assert_refused(
        TimelineRow(timeline=who.timeline, position=9),
        "見出しの行には印刷する名を入れてください。",
    )


def test_row_prints_its_own_label_else_the_name_of_its_record():
    who = cast()
    assert [row.label for row in who.timeline.rows.all()] == [
        "施策等",
        "ITER計画",
        "TICAD7に向けた提言",
    ]


@pytest.mark.parametrize(
    ("model", "key"),
    [
        (Event, ("g20-osaka-2019",)),
        (EventName, ("g20-osaka-2019", "大阪G20")),
        (TierScheme, ("three-tiers",)),
        (Tier, ("three-tiers", "A")),
        (Timeline, ("kokusai",)),
        (TimelineRow, ("kokusai", 2)),
    ],
)
def test_records_are_found_by_the_natural_key_they_give(model, key):
    cast()
    assert model.objects.get_by_natural_key(*key).natural_key() == key


def test_english_pages_read_the_english_title():
    who = cast()
    with override("en"):
        assert who.timeline.title == "International activities"
        assert who.timeline.tier_scheme.tiers.get(letter="B").label == "10億円超50億円未満"
