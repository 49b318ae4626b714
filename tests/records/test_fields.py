import datetime
import json

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.forms import modelform_factory
from django.utils.translation import override

from records.fields import (
    DerivedTextField,
    LongTextField,
    PartialDateField,
    PartialDateFormField,
)
from stipolicy.preparation import record_models
from timeline.models import Event
from values.partial_date_text import PartialDate

EventDateForm = modelform_factory(Event, fields=["date", "end_date"])


def event(code="summit", **fields):
    return Event(code=code, name_ja="首脳会合", kind=Event.Kind.MEETING, **fields)


def stored_date(code="summit"):
    with connection.cursor() as cursor:
        cursor.execute("SELECT date FROM timeline_event WHERE code = %s", [code])
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("date", "stored"),
    [
        (PartialDate(2019, 3, 14), "2019-03-14"),
        (PartialDate(2019, 3), "2019-03"),
        (PartialDate(2019), "2019"),
        (PartialDate(2018, is_fiscal=True), "FY2018"),
        (None, None),
    ],
)
def test_a_date_is_stored_as_text_and_read_as_a_date(date, stored):
    event(date=date).save()
    assert stored_date() == stored
    assert Event.objects.get().date == date
    assert Event.objects.values_list("date", flat=True).get() == date
    assert Event.objects.defer("date").get().date == date
    assert Event.objects.filter(date=date).exists()


@pytest.mark.django_db
def test_a_bulk_write_stores_the_same_text():
    Event.objects.bulk_create(
        [
            event("a", date=PartialDate(2019, 3, 14)),
            event("b", date="令和元年6月28日"),
            event("c", date=None),
        ]
    )
    assert [stored_date(code) for code in "abc"] == ["2019-03-14", "2019-06-28", None]
    Event.objects.update(date=PartialDate(2018, is_fiscal=True))
    assert [stored_date(code) for code in "abc"] == ["FY2018", "FY2018", "FY2018"]


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["2019年3月", "2019-03", "平成31年3月"])
def test_a_query_takes_a_date_as_people_write_it(written):
    event(date=PartialDate(2019, 3)).save()
    assert Event.objects.filter(date=written).count() == 1


@pytest.mark.parametrize(
    ("assigned", "date"),
    [
        ("2019年3月", PartialDate(2019, 3)),
        ("FY2018", PartialDate(2018, is_fiscal=True)),
        (datetime.date(2019, 3, 14), PartialDate(2019, 3, 14)),
        (datetime.datetime(2019, 3, 14), PartialDate(2019, 3, 14)),
        (PartialDate(2019), PartialDate(2019)),
        ("", None),
        (None, None),
    ],
)
def test_an_attribute_holds_a_date_whatever_was_assigned(assigned, date):
    assert event(date=assigned).date == date


def test_the_fiscal_year_follows_from_assigned_text():
    assert event(date="2022年3月30日").fiscal_year == 2021
    assert event(date="2008年").fiscal_year is None


def test_assigned_text_that_is_no_date_is_refused():
    with pytest.raises(ValidationError) as caught:
        event(date="2019年2月30日")
    assert caught.value.messages == ["「2019年2月30日」という日はありません。"]
    assert caught.value.code == "date.no_such_day"


@pytest.mark.django_db
@pytest.mark.parametrize("format_name", ["json", "yaml", "python"])
def test_a_date_survives_serialisation(format_name):
    event("a", date=PartialDate(2019, 3)).save()
    event("b", date=PartialDate(2018, is_fiscal=True), end_date=PartialDate(2020, 1, 9)).save()
    event("c").save()
    before = list(Event.objects.order_by("code").values_list("date", "end_date"))
    written = serializers.serialize(format_name, Event.objects.order_by("code"))
    Event.objects.all().delete()
    for record in serializers.deserialize(format_name, written):
        record.save()
    assert list(Event.objects.order_by("code").values_list("date", "end_date")) == before
    assert before == [
        (PartialDate(2019, 3), None),
        (PartialDate(2018, is_fiscal=True), PartialDate(2020, 1, 9)),
        (None, None),
    ]


@pytest.mark.django_db
def test_a_fixture_shows_the_stored_text():
    event(date=PartialDate(2019, 3)).save()
    (record,) = json.loads(serializers.serialize("json", Event.objects.all()))
    assert (record["fields"]["date"], record["fields"]["end_date"]) == ("2019-03", None)


@pytest.mark.django_db
def test_the_history_keeps_the_date():
    record = event(date="2019年3月")
    record.save()
    record.date = "2019年3月14日"
    record.save()
    assert [row.date for row in record.history.order_by("history_id")] == [
        PartialDate(2019, 3),
        PartialDate(2019, 3, 14),
    ]


@pytest.mark.django_db
def test_a_complete_record_passes_validation():
    event(date="2019年3月14日").full_clean()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2019年3月", PartialDate(2019, 3)),
        (" ２０１９年３月１４日 ", PartialDate(2019, 3, 14)),
        ("March 2019", PartialDate(2019, 3)),
        ("2018年度", PartialDate(2018, is_fiscal=True)),
        ("", None),
    ],
)
def test_an_editor_types_a_date_as_people_write_it(typed, date):
    form = EventDateForm({"date": typed}, instance=event())
    assert form.is_valid(), form.errors
    form.save()
    assert Event.objects.get().date == date


@pytest.mark.parametrize(
    ("language", "message"),
    [
        (
            "ja",
            "「平成31年5月1日」は平成の日付ではありません"
            "（平成は1989年1月8日から2019年4月30日まで）。令和元年5月1日のことでしょうか？",
        ),
        (
            "en",
            "“平成31年5月1日” is not in the era 平成 (1989-01-08 to 2019-04-30). "
            "Did you mean 令和元年5月1日?",
        ),
    ],
)
def test_a_refusal_is_said_in_the_editors_language(language, message):
    form = EventDateForm({"date": "平成31年5月1日"})
    with override(language):
        assert form.errors["date"] == [message]
    assert form.has_error("date", "date.era_range")


@pytest.mark.parametrize(("language", "shown"), [("ja", "2019年3月14日"), ("en", "14 March 2019")])
def test_a_form_shows_the_date_so_that_it_can_be_sent_back(language, shown):
    with override(language):
        form = EventDateForm({"date": shown}, instance=event(date=PartialDate(2019, 3, 14)))
        assert f'value="{shown}"' in str(EventDateForm(instance=form.instance)["date"])
        assert form.is_valid()
        assert not form.has_changed()


def test_a_form_field_keeps_a_date_and_what_was_typed_wrongly():
    field = PartialDateFormField()
    assert field.clean(PartialDate(2019)) == PartialDate(2019)
    assert field.prepare_value("2019年13月") == "2019年13月"


def test_a_required_date_must_be_given():
    with pytest.raises(ValidationError):
        PartialDateFormField().clean("  ")


def test_a_column_that_is_not_null_stores_no_date_as_empty_text():
    assert PartialDateField().get_prep_value(None) == ""
    assert PartialDateField(null=True).get_prep_value(None) is None


def test_every_long_text_of_a_record_has_a_bound():
    unbound = {
        f"{model._meta.label}.{field.name}"
        for model in record_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField)
        and not isinstance(field, LongTextField | DerivedTextField)
    }
    assert unbound == {"chapters.Release.html"}


def test_a_text_too_long_is_refused_with_the_bound():
    with pytest.raises(ValidationError, match="30000字までです（今は300000字）"):
        LongTextField().clean("字" * 300_000, None)
    assert LongTextField().clean("字" * 30_000, None) == "字" * 30_000
