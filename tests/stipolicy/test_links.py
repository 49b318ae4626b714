"""No stored address becomes a link but those of http(s) and mail, wherever it is printed."""

import html
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User

from programs.models import Program, Source
from records.fields import WebAddressField
from stipolicy.preparation import record_models
from tests.values.test_web_address import HARMFUL
from timeline.drawing.html import timeline_table
from timeline.figure.chart import draw
from timeline.figure.facts import Citation, RowFacts, SourcedAmount, TimelineFacts
from timeline.models import Event

STORED = [text for text in HARMFUL if text and "\x00" not in text]
GOOD = "https://example.jp/?a=1&b=2"
TEMPLATES = Path(settings.BASE_DIR / "templates")
OURS = re.compile(  # expressions in href="…" that no editor types
    r"[\w.]*get_absolute_url|\w+_url|request\.path|language\.(url|path)|(place|file)\.url"
    r"|page\.release\.get_absolute_url"
)


def stored(address):
    """Store an address past all validation; return the public pages that print it."""
    Source.objects.bulk_create([Source(code="s", title="出典", url=address, archive_url=address)])
    Program.objects.bulk_create([Program(code="p", name_ja="施策", official_url=address)])
    Event.objects.bulk_create([Event(code="e", name_ja="出来事", url=address)])
    return ["/programs/p/", "/events/e/", f"/sources/{Source.objects.get().pk}/"]


def hrefs(text):
    return [html.unescape(link) for link in re.findall(r'href="([^"]*)"', text)]


def links_of(response):
    assert response.status_code == 200
    return hrefs(response.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("address", STORED)
def test_a_page_prints_any_other_address_in_its_own_words(client, address):
    for page in stored(address):
        response = client.get(page)
        assert address not in links_of(response)
        assert address in html.unescape(response.content.decode())


@pytest.mark.django_db
def test_a_page_links_an_address_of_the_web(client):
    for page in stored(GOOD):
        assert GOOD in links_of(client.get(page))


@pytest.mark.django_db
def test_an_address_that_is_none_is_no_error(client):
    for page in stored("https://[x"):
        assert client.get(page).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", STORED)
@pytest.mark.parametrize("may_change", [True, False])
def test_the_admin_links_no_other_address(client, address, may_change):
    stored(address)
    user = User.objects.create_user("someone", is_staff=True)
    verbs = ["view", "change"] if may_change else ["view"]
    user.user_permissions.set(Permission.objects.filter(codename__regex=f"^({'|'.join(verbs)})_"))
    client.force_login(user)
    for record in (Program.objects.get(), Event.objects.get(), Source.objects.get()):
        address_of = f"/admin/{record._meta.app_label}/{record._meta.model_name}"
        for page in (f"{address_of}/", f"{address_of}/{record.pk}/change/"):
            assert address not in links_of(client.get(page))


@pytest.mark.django_db
def test_the_admin_links_what_an_editor_may_follow(client):
    stored(GOOD)
    client.force_login(User.objects.create_superuser("editor"))
    page = f"/admin/programs/program/{Program.objects.get().pk}/change/"
    assert GOOD in links_of(client.get(page))


@pytest.mark.parametrize("address", STORED)
def test_a_figure_prints_the_source_and_no_link(address):
    sum_ = SourcedAmount(1_000_000_000, Citation("出典の表題", address, ""))
    row = RowFacts(kind="program", label_ja="施策", code="p", amounts={(2016, "initial"): sum_})
    figure = timeline_table(draw(TimelineFacts(2016, 2016, (), "initial", (row,))), caption="年表")
    assert "出典の表題" in figure
    assert address not in hrefs(figure)


def test_every_column_of_addresses_is_of_the_kind_that_the_admin_links_with_care():
    columns = {
        f"{model._meta.label}.{field.name}": type(field)
        for model in record_models()
        for field in model._meta.concrete_fields
        if field.name.endswith("url")
    }
    assert columns == {
        "programs.Program.official_url": WebAddressField,
        "programs.Source.url": WebAddressField,
        "programs.Source.archive_url": WebAddressField,
        "timeline.Event.url": WebAddressField,
    }


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_makes_links_of_nothing_that_is_typed(path):
    found = re.findall(r'(?:href|src|action)="\{\{ ?([^}]*?) ?\}\}', path.read_text())
    assert [expression for expression in found if not OURS.fullmatch(expression)] == []
