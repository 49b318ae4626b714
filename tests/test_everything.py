"""Rules over everything that is registered, so that a new page or record cannot slip past them."""

import re
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.template.loader import get_template
from django.urls import URLPattern, get_resolver, reverse

from programs.models import Program
from stipolicy.preparation import content_models
from tests.addresses import REDIRECT
from tests.pure_folders import pure_folders

ROOT = settings.BASE_DIR
OUR_APPS = ("stipolicy", "chapters", "timeline", "programs", "spreadsheets", "records")
TEMPLATES = sorted(
    str(path.relative_to(ROOT / "templates")) for path in (ROOT / "templates").rglob("*.*")
)
REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)


def public_patterns(patterns, namespace="", route=""):
    """Yield (namespace, pattern, whole route) of every page outside the admin."""
    for pattern in patterns:
        whole = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield namespace, pattern, whole
        elif pattern.namespace != "admin":
            yield from public_patterns(pattern.url_patterns, pattern.namespace or namespace, whole)


PUBLIC = list(public_patterns(get_resolver().url_patterns))
PAGES_WITHOUT_ARGUMENT = sorted(
    {
        reverse(f"{namespace}:{pattern.name}")
        for namespace, pattern, route in PUBLIC
        if "<" not in route and namespace in OUR_APPS
    }
    - {reverse(REDIRECT)}
)


def test_every_public_url_has_a_name_in_its_app():
    unnamed = [
        route
        for namespace, pattern, route in PUBLIC
        if namespace and not (pattern.name and namespace in OUR_APPS)
    ]
    assert unnamed == []


@pytest.mark.parametrize("url", PAGES_WITHOUT_ARGUMENT)
def test_every_page_without_argument_answers_in_both_languages(client, chapter_nine, url):
    assert client.get(url).status_code == 200
    assert client.get(f"/en{url}").status_code == 200


def test_no_public_page_takes_code_style_or_image_from_another_host(client, chapter_nine):
    loads = re.compile(
        rb"""<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)=["']?//|"""
        rb"""<(?:script|img|iframe|source)\b[^>]*src=["']?https?://"""
    )
    pages = [*PAGES_WITHOUT_ARGUMENT, "/chapters/2023/kokusai/", "/programs/satreps/"]
    assert [url for url in pages if loads.search(b"".join(client.get(url)))] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name.endswith(".html")])
def test_every_block_end_says_which_block(name):
    source = (ROOT / "templates" / name).read_text()
    assert len(re.findall(r"{%\s*block ", source)) == len(re.findall(r"{%\s*endblock \w", source))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_link_of_the_documents_leads_somewhere(name):
    links = re.findall(r"\]\(([^):]+)\)", (ROOT / name).read_text())
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_models_and_migrations_agree(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.slow
@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_every_admin_page_opens(admin_client, chapter_nine, model):
    site = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    assert admin_client.get(reverse(f"{site}_changelist"), {"q": "国際"}).status_code == 200
    assert admin_client.get(reverse(f"{site}_add")).status_code in (200, 403)
    record = model._default_manager.first()
    if record:
        assert admin_client.get(reverse(f"{site}_change", args=[record.pk])).status_code == 200
        assert admin_client.get(reverse(f"{site}_history", args=[record.pk])).status_code == 200
        assert admin_client.get(reverse(f"{site}_delete", args=[record.pk])).status_code in (
            200,
            403,
        )


ENGLISH_OF_PACKAGES = re.compile(
    "Changed by|Change reason|Date/time|Choose a date|Press the|Select all|Resource<|Resource:"
    "|This exporter|This importer|Confirm import|Revert"
)


@pytest.mark.parametrize("page", ["history", "import", "export"])
def test_packages_speak_japanese_in_the_admin(admin_client, chapter_nine, page):
    program = Program.objects.get(code="iter")
    arguments = [program.pk] if page == "history" else []
    content = admin_client.get(reverse(f"admin:programs_program_{page}", args=arguments))
    assert ENGLISH_OF_PACKAGES.findall(content.content.decode()) == []


def test_every_field_an_editor_meets_has_a_japanese_name():
    japanese = re.compile("[ぁ-ヺ一-鿿]|^(URL|HTML)$")
    english = [
        str(field)
        for model in content_models()
        if not model.__name__.startswith("Historical")
        for field in model._meta.local_fields
        if field.editable and not field.primary_key and not japanese.search(str(field.verbose_name))
    ]
    assert english == []


def test_foreign_keys_point_the_way_imports_go():
    upward = [
        str(field)
        for label in OUR_APPS
        for model in apps.get_app_config(label).get_models()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if field.is_relation
        and field.related_model._meta.app_label in OUR_APPS
        and OUR_APPS.index(field.related_model._meta.app_label) < OUR_APPS.index(label)
    ]
    assert upward == []


@pytest.mark.slow
def test_the_pure_modules_load_without_django():
    code = (
        "import importlib, sys\n"
        "from pkgutil import walk_packages\n"
        f"for folder in {pure_folders()!r}:\n"
        "    package = importlib.import_module(folder)\n"
        "    for each in walk_packages(package.__path__, folder + '.'):\n"
        "        importlib.import_module(each.name)\n"
        "print('django' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
