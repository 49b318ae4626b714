"""Every page of the admin of every record, over whatever is registered."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from chapters.models import Release
from chapters.releasing.publishing import publish
from programs.models import Organization, Program, YearlyBudget
from spreadsheets import registry
from spreadsheets.pages.sheet_admin import SheetAdmin
from tests.cast import cast
from tests.spreadsheets.import_pages import upload, words

pytestmark = pytest.mark.django_db

OURS = {"programs", "timeline", "chapters"}
RECORDS = sorted(
    (model for model in admin.site._registry if model._meta.app_label in OURS),
    key=lambda model: model._meta.label,
)
SHEETS = [model for model in RECORDS if isinstance(admin.site._registry[model], SheetAdmin)]
EACH_RECORD = pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
EACH_SHEET = pytest.mark.parametrize("model", SHEETS, ids=lambda model: model.__name__)


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def staff(client, *permissions):
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return user


def test_every_record_of_the_design_has_an_admin():
    assert [model.__name__ for model in RECORDS] == [
        "Chapter",
        "Edition",
        "Footnote",
        "Release",
        "Section",
        "Lineage",
        "Organization",
        "Program",
        "ProgramIdentifier",
        "ProgramName",
        "Source",
        "Theme",
        "TierScheme",
        "YearlyBudget",
        "Event",
        "Timeline",
        "TimelineRow",
    ]


def test_every_sheet_has_its_buttons():
    sheets = {admin.site._registry[model].resource_classes[0].sheet_name for model in SHEETS}
    assert sheets == set(registry.names())


@EACH_RECORD
def test_every_page_opens_in_japanese_without_a_script_or_style_of_its_own(admin_client, model):
    who = cast()
    publish(who.chapter, note="初版", now=timezone.now())
    record = model._default_manager.first()
    is_fixed = model is Release
    pages = {
        url(model, "changelist"): 200,
        url(model, "changelist") + "?q=国際": 200,
        url(model, "add"): 403 if is_fixed else 200,
        url(model, "change", record.pk): 200,
        url(model, "history", record.pk): 200,
        url(model, "delete", record.pk): 403 if is_fixed else 200,
    }
    for page, status in pages.items():
        response = admin_client.get(page)
        assert (page, response.status_code) == (page, status)
        if status == 200:
            html = response.content.decode()
            assert str(model._meta.verbose_name) in html
            assert_no_script_or_style_of_its_own(html)


def assert_no_script_or_style_of_its_own(html):
    assert re.findall(r"<script(?![^>]* src=)[^>]*>", html) == []
    assert re.findall(r'<[a-z]+[^>]* (?:style|onclick|onchange)="[^"]*"', html) == []


@EACH_SHEET
def test_import_and_export_pages_open(admin_client, model):
    for page, heading in (("import", "の表を取り込む"), ("export", "を表に書き出す")):
        html = admin_client.get(url(model, page)).content.decode()
        assert heading in html
        assert_no_script_or_style_of_its_own(html)


@EACH_SHEET
def test_a_reader_cannot_import(client, model):
    name = model._meta.model_name
    staff(client, f"view_{name}")
    assert client.get(url(model, "changelist")).status_code == 200
    assert client.get(url(model, "export")).status_code == 200
    assert client.get(url(model, "import")).status_code == 403
    assert client.post(url(model, "import")).status_code == 403


def test_who_may_add_and_change_may_import(client):
    staff(client, "add_organization", "change_organization")
    assert client.get(url(Organization, "import")).status_code == 200


def test_who_may_not_view_may_not_export(client):
    staff(client, "view_organization")
    assert client.get(url(Program, "export")).status_code == 403


@pytest.mark.parametrize("code", ["xlsx", "csv-excel"])
def test_what_the_button_exports_the_button_imports_unchanged(admin_client, code):
    cast()
    choices = {"file_format": code, "shape": "long", "content": "rows"}
    file = admin_client.post(url(YearlyBudget, "export"), choices)
    assert re.search(r'filename="budgets-\d{4}-\d\d-\d\d\.(xlsx|csv)"', file["Content-Disposition"])
    _job, page = upload(admin_client, YearlyBudget, file.getvalue())
    assert "変更はありません。" in words(page)
    assert "変更なし 2" in words(page)


def test_front_page_of_the_admin_names_the_site(admin_client):
    html = admin_client.get(reverse("admin:index")).content.decode()
    assert "stipolicy 編集" in html
    assert "stipolicy/admin.css" in html
