import pytest

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
        ("satreps " * 3_500, "検索の言葉は200字までです（いまは27,999字）。短くしてください。"),
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
