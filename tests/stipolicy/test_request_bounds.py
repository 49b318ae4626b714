"""What is too much, or cannot be read, is refused on a page of the site that says the bound."""

from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import CharField, TextField
from django.test import Client
from django.urls import reverse

from tests.cast import cast

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
SENTENCES = {
    "size": "一度に送れるのは20 MBまで、サインインしていないときは200 KBまでです。",
    "fields": "一度に送れるのは10,000項目までです。",
    "query": "アドレスの「?」から後が長すぎます。8,000バイト、100項目までです。",
    "multipart": "送られた内容を読めません。途中で切れたか、形が壊れています。",
    "host": "このホスト名ではサイトを公開していません。",
}


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("editor"))
    return client


def refused(response, language="ja"):
    html = response.content.decode()
    assert response.status_code == 400
    assert f'<html lang="{language}">' in html
    assert html.count("<h1>") == 1
    return html


def test_an_editors_body_of_more_than_twenty_megabytes_is_refused_with_the_bound(editor):
    html = refused(
        editor.post("/admin/chapters/chapter/add/", b"a=" + b"b" * 20_000_001, content_type=FORM)
    )
    assert SENTENCES["size"] in html
    assert "ブラウザーの「戻る」" in html


def test_a_section_of_three_hundred_thousand_characters_arrives_whole(editor):
    cast()
    address = "/admin/programs/program/add/"
    html = editor.post(address, {"summary_ja": "研" * 300_000}).content.decode()
    assert html.count("研") >= 300_000


def test_a_stranger_may_send_two_hundred_kilobytes():
    client = Client()
    address = "/admin/login/"
    assert client.post(address, b"a=" + b"b" * 199_998, content_type=FORM).status_code == 200
    assert SENTENCES["size"] in refused(
        client.post(address, b"a=" + b"b" * 200_000, content_type=FORM)
    )


def test_too_many_fields_are_refused_with_the_bound(editor):
    body = b"&".join([b"a=1"] * 10_001)
    assert SENTENCES["fields"] in refused(
        Client(enforce_csrf_checks=True, headers={"cookie": "csrftoken=" + "a" * 32}).post(
            "/admin/login/", body, content_type=FORM
        )
    )
    assert SENTENCES["fields"] in refused(
        editor.post("/admin/programs/program/add/", body, content_type=FORM)
    )


@pytest.mark.parametrize("page", ["/", "/programs/", "/events/", "/programs/timeline/", "/admin/"])
@pytest.mark.parametrize("query", ["x=" + "a" * 8_000, "&".join(["x=1"] * 101)])
def test_a_query_too_long_is_refused_on_every_page(client, page, query):
    assert SENTENCES["query"] in refused(client.get(f"{page}?{query}"))


def test_a_query_as_long_as_may_be_is_answered(client):
    assert client.get(f"/programs/?x={'a' * 7_998}").status_code == 200
    assert client.get(f"/programs/?{'&'.join(['x=1'] * 100)}").status_code == 200


@pytest.mark.parametrize("page", ["/programs/", "/events/", "/programs/timeline/"])
def test_a_page_that_repeats_its_query_in_every_link_stays_short(client, page):
    assert len(client.get(f"{page}?x={'a' * 7_998}").content) < 150_000


def test_what_a_reader_may_ask_of_a_list_fits(client):
    cast()
    asked = {
        "q": " ".join(["国際共同研究推進事業の地球規模課題対応科"] * 9),
        "organization": "jst",
        "fiscal_year": "令和" * 20,
        "tier": "A",
        "basis": "with_supplementary",
        "from": "令和" * 20,
        "to": "令和" * 20,
        "rows": "all",
        "page": "1000",
    }
    assert client.get("/programs/timeline/", asked).status_code in (200, 404)


def test_what_an_editor_may_ask_of_a_list_fits_with_the_way_back_to_it(editor):
    record = cast().satreps
    asked = {
        "q": " ".join(["国際共同研究推進事業の地球規模課題対応科"] * 9),
        "end_state__exact": "ended",
        "has_own_budget__exact": "1",
        "lead_organization__id__exact": "1",
        "themes__id__exact": "1",
        "o": "-4.3.2.1",
        "p": "100",
        "all": "",
    }
    assert editor.get("/admin/programs/program/", asked).status_code in (200, 302)
    back = {"_changelist_filters": urlencode(asked)}
    address = f"/admin/programs/program/{record.pk}/change/"
    assert editor.get(address, back).status_code == 200


def test_a_broken_multipart_body_is_refused(editor):
    address = "/admin/programs/program/add/"
    for header in ("multipart/form-data", "multipart/form-data; boundary=\u00e9"):
        html = refused(editor.generic("POST", address, b"--x", content_type=header))
        assert SENTENCES["multipart"] in html


def test_a_host_that_is_not_ours_is_refused_in_the_sites_look(client, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    html = refused(client.get("/", headers={"host": "evil.example"}))
    assert SENTENCES["host"] in html
    assert "evil.example" not in html


def test_the_page_is_in_the_language_of_the_address(client):
    html = refused(client.get("/en/programs/?x=" + "a" * 8_000), "en")
    assert "8,000" in html


@pytest.mark.parametrize("length", ["", "x", "-1", "9" * 5_000, "\u0661"])
def test_a_length_that_is_no_number_is_no_error_of_the_server(client, length):
    assert client.get("/", CONTENT_LENGTH=length).status_code in (200, 400)


def test_a_form_without_its_token_is_refused_in_the_sites_look():
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "a"})
    html = response.content.decode()
    assert response.status_code == 403
    assert "送信元を確かめられないため、何も保存していません。" in html
    assert html.count("<h1>") == 1


def test_a_page_one_may_not_use_says_so_in_the_sites_look(client):
    client.force_login(User.objects.create_user("reader", is_staff=True))
    response = client.get("/admin/programs/program/add/")
    assert response.status_code == 403
    assert "このページを使う権限がありません。" in response.content.decode()


def a_text_field(model):
    texts = (f.name for f in model._meta.fields if isinstance(f, CharField | TextField))
    return next(name for name in texts if name != "password")


WITH_TEXT = [
    model
    for model in admin.site._registry
    if any(isinstance(field, CharField | TextField) for field in model._meta.fields)
]


@pytest.mark.parametrize("model", WITH_TEXT, ids=lambda model: model._meta.label)
def test_a_nul_in_a_filter_of_the_admin_finds_nothing(editor, model):
    """PostgreSQL takes no NUL: there each of these was an error of the server."""
    cast()
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    page = editor.get(address, {a_text_field(model): "a\x00"}, follow=True)
    assert page.status_code == 200
    if "e" not in page.context["cl"].params:
        assert list(page.context["cl"].result_list) == []


@pytest.mark.parametrize(
    "address",
    [
        "/programs/a%00/",
        "/%00",
        "/admin/programs/program/%00/history/",
        "/admin/programs/program/%00/change/",
        "/sources/%00/",
    ],
)
def test_no_address_has_a_nul(editor, address):
    assert editor.get(address).status_code == 404


def test_a_search_for_a_nul_is_told_so_by_its_field(client):
    html = client.get("/programs/", {"q": "a\x00"}).content.decode()
    assert "条件を読めませんでした" in html
