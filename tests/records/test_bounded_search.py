import pytest
from django.contrib import admin
from django.urls import reverse

from tests.cast import cast

pytestmark = pytest.mark.django_db
LIST = "/admin/programs/program/"
AUTOCOMPLETE = "/admin/autocomplete/"
OF_A_ROW = {"app_label": "timeline", "model_name": "timelinerow", "field_name": "program"}


def found(admin_client, words):
    page = admin_client.get(LIST, {"q": words})
    said = [str(message) for message in page.context["messages"]]
    return [record.code for record in page.context["cl"].result_list], said


def test_a_list_of_records_is_searched_as_people_type(admin_client):
    cast()
    assert found(admin_client, "ＳＡＴＲＥＰＳ 地球") == (["satreps"], [])


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("satreps " * 900, "検索の言葉は200字までです（いまは7,199字）。短くしてください。"),
        ("a " * 11, "一度に探せるのは10語までです（いまは11語）。減らしてください。"),
    ],
)
def test_a_search_beyond_its_bound_finds_nothing_and_says_so(admin_client, words, sentence):
    cast()
    assert found(admin_client, words) == ([], [sentence])


@pytest.mark.parametrize("words", ["satreps\x00", "a " * 3_500])
def test_a_field_that_completes_words_finds_nothing_for_what_it_cannot_read(admin_client, words):
    cast()
    answer = admin_client.get(AUTOCOMPLETE, OF_A_ROW | {"term": words})
    assert (answer.status_code, answer.json()["results"]) == (200, [])


SEARCHED = [model for model, page in admin.site._registry.items() if page.search_fields]
MANY_WORDS = "a " * 3_000


def list_with(client, model, words):
    opts = model._meta
    return client.get(reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"), {"q": words})


@pytest.mark.parametrize("model", SEARCHED)
def test_every_list_of_the_admin_has_the_bound(admin_client, model):
    page = list_with(admin_client, model, MANY_WORDS)
    sentence = "検索の言葉は200字までです（いまは5,999字）。短くしてください。"
    assert [str(message) for message in page.context["messages"]] == [sentence]
    assert list(page.context["cl"].result_list) == []


@pytest.mark.parametrize("model", SEARCHED)
def test_what_is_no_text_is_no_error_of_any_list(admin_client, model):
    page = list_with(admin_client, model, "a\x00")
    assert page.status_code == 200
    assert len(page.context["messages"]) == 1


def completed():
    """The fields of the admin that complete what is typed, as their addresses name them."""
    found = {}
    for page in admin.site._registry.values():
        for part in (page, *(inline(page.model, admin.site) for inline in page.inlines)):
            for name in part.autocomplete_fields:
                field = part.model._meta.get_field(name)
                found[field.related_model, field.model._meta.label] = {
                    "app_label": field.model._meta.app_label,
                    "model_name": field.model._meta.model_name,
                    "field_name": name,
                }
    return list(found.values())


@pytest.mark.parametrize("field", completed(), ids=lambda field: ".".join(field.values()))
@pytest.mark.parametrize("words", [MANY_WORDS, "a\x00"], ids=["words", "nul"])
def test_every_field_that_completes_words_has_the_bound(admin_client, field, words):
    answer = admin_client.get(AUTOCOMPLETE, field | {"term": words})
    assert (answer.status_code, answer.json()["results"]) == (200, [])
