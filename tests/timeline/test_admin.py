import pytest
from django.urls import reverse

from tests.admin_forms import form_data
from tests.cast import cast
from timeline.models import Event, TimelineRow

pytestmark = pytest.mark.django_db


def change_page(timeline):
    return reverse("admin:timeline_timeline_change", args=[timeline.pk])


def positions(timeline):
    return [(row.position, row.label) for row in timeline.rows.all()]


def test_two_rows_change_places_in_one_save(admin_client):
    who = cast()
    page = change_page(who.timeline)
    data = form_data(admin_client.get(page)) | {"rows-0-position": "2", "rows-1-position": "1"}
    assert admin_client.post(page, data).status_code == 302
    assert positions(who.timeline) == [
        (1, "ITER計画"),
        (2, "施策等"),
        (3, "TICAD7に向けた提言"),
    ]


def test_three_rows_turn_round_in_one_save(admin_client):
    who = cast()
    page = change_page(who.timeline)
    data = form_data(admin_client.get(page)) | {
        "rows-0-position": "3",
        "rows-1-position": "1",
        "rows-2-position": "2",
    }
    assert admin_client.post(page, data).status_code == 302
    assert positions(who.timeline) == [
        (1, "ITER計画"),
        (2, "TICAD7に向けた提言"),
        (3, "施策等"),
    ]


def test_a_row_takes_the_place_of_one_deleted_in_the_same_save(admin_client):
    who = cast()
    page = change_page(who.timeline)
    data = form_data(admin_client.get(page)) | {"rows-0-position": "3", "rows-2-DELETE": "on"}
    assert admin_client.post(page, data).status_code == 302
    assert positions(who.timeline) == [(2, "ITER計画"), (3, "施策等")]


def test_a_new_row_without_a_position_goes_to_the_end(admin_client):
    who = cast()
    page = change_page(who.timeline)
    data = form_data(admin_client.get(page)) | {
        "rows-TOTAL_FORMS": "4",
        "rows-3-position": "",
        "rows-3-printed_label": "その他",
        "rows-3-timeline": who.timeline.pk,
    }
    assert admin_client.post(page, data).status_code == 302
    assert positions(who.timeline)[-1] == (4, "その他")


def test_a_row_put_before_another_takes_its_place_when_that_moves_on(admin_client):
    who = cast()
    page = change_page(who.timeline)
    data = form_data(admin_client.get(page)) | {
        "rows-2-position": "4",
        "rows-TOTAL_FORMS": "4",
        "rows-3-position": "3",
        "rows-3-printed_label": "その他",
        "rows-3-timeline": who.timeline.pk,
    }
    assert admin_client.post(page, data).status_code == 302
    assert positions(who.timeline)[2:] == [(3, "その他"), (4, "TICAD7に向けた提言")]


def test_two_rows_with_one_position_are_refused_by_name(admin_client):
    who = cast()
    page = change_page(who.timeline)
    data = form_data(admin_client.get(page)) | {"rows-0-position": "2"}
    html = admin_client.post(page, data).content.decode()
    assert "順 2 は「2 ITER計画」と同じです。別の番号にしてください。" in html
    assert "順 2 は「2 施策等」と同じです。別の番号にしてください。" in html
    assert positions(who.timeline)[0] == (1, "施策等")


@pytest.mark.parametrize("position", ["-1", "32768", "第三"])
def test_a_position_is_a_small_number(admin_client, position):
    who = cast()
    page = change_page(who.timeline)
    response = admin_client.post(
        page, form_data(admin_client.get(page)) | {"rows-0-position": position}
    )
    assert response.status_code == 200
    (formset,) = response.context["inline_admin_formsets"]
    assert list(formset.formset.errors[0]) == ["position"]


def test_a_row_that_moves_leaves_one_line_of_history(admin_client):
    who = cast()
    row = who.timeline.rows.get(position=1)
    before = row.history.count()
    page = change_page(who.timeline)
    admin_client.post(
        page,
        form_data(admin_client.get(page)) | {"rows-0-position": "2", "rows-1-position": "1"},
    )
    assert row.history.count() == before + 1


def test_a_timeline_saved_as_it_is_does_not_change(admin_client):
    who = cast()
    page = change_page(who.timeline)
    before = list(TimelineRow.objects.values())
    assert admin_client.post(page, form_data(admin_client.get(page))).status_code == 302
    assert list(TimelineRow.objects.values()) == before


def test_a_date_is_typed_as_it_is_written(admin_client):
    who = cast()
    page = reverse("admin:timeline_event_change", args=[who.ticad.pk])
    data = form_data(admin_client.get(page)) | {"date": "令和元年6月28日"}
    assert admin_client.post(page, data).status_code == 302
    event = Event.objects.get(code="ticad7-proposal")
    assert (event.date.stored, event.fiscal_year) == ("2019-06-28", 2019)


def test_an_event_saved_as_it_is_does_not_change(admin_client):
    who = cast()
    page = reverse("admin:timeline_event_change", args=[who.g20.pk])
    before = Event.objects.values().get(code="g20-osaka-2019")
    assert admin_client.post(page, form_data(admin_client.get(page))).status_code == 302
    assert Event.objects.values().get(code="g20-osaka-2019") == before


def test_a_date_that_is_none_is_refused_with_its_value(admin_client):
    who = cast()
    page = reverse("admin:timeline_event_change", args=[who.ticad.pk])
    data = form_data(admin_client.get(page)) | {"date": "平成32年"}
    html = admin_client.post(page, data).content.decode()
    assert "「平成32年」" in html


@pytest.mark.parametrize("model", ["event", "timelinerow"])
def test_a_list_costs_the_same_for_one_row_and_for_thirty(
    admin_client, django_assert_max_num_queries, model
):
    who = cast()
    page = reverse(f"admin:timeline_{model}_changelist")
    with django_assert_max_num_queries(100) as few:
        admin_client.get(page)
    for number in range(30):
        event = Event.objects.create(
            code=f"e{number}", name_ja=f"出来事{number}", kind="other", program=who.iter
        )
        TimelineRow.objects.create(timeline=who.timeline, position=number + 10, event=event)
    with django_assert_max_num_queries(len(few)):
        admin_client.get(page)
