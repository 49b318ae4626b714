"""Addresses of chapter 9's site for every URL pattern, so that a test can open all there is."""

from django.contrib import admin
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation

from programs.models import Source
from timeline.drawing.files.formats import FORMATS
from timeline.models import Event

CHAPTER = {"edition": "2023", "slug": "kokusai"}
ADMIN_PAGES = ("changelist", "add", "change", "delete", "history")
FILES = ("chapters:chapter-figure", "chapters:release-figure")
REDIRECT = "stipolicy:favicon"


def patterns_of(resolver, namespace=""):
    """Yield "namespace:name" of every named pattern, "namespace:" of those without a name."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}:{pattern.name or ''}"
        else:
            yield from patterns_of(pattern, pattern.namespace or namespace)


def pattern_names(is_admin: bool) -> set[str]:
    names = set(patterns_of(get_resolver()))
    return {name for name in names if name.startswith("admin:") == is_admin}


def public_addresses() -> dict[str, list[str]]:
    """Return the addresses of each public pattern, in both languages."""
    release = CHAPTER | {"number": 1}
    arguments = {
        "stipolicy:home": [{}],
        "stipolicy:favicon": [{}],
        "chapters:chapter-detail": [CHAPTER],
        "chapters:chapter-timeline": [CHAPTER],
        "chapters:release-detail": [release],
        "chapters:chapter-figure": [CHAPTER | {"extension": each} for each in FORMATS],
        "chapters:release-figure": [release | {"extension": each} for each in FORMATS],
        "timeline:program-timeline": [{}],
        "timeline:program-row": [{"code": "satreps"}],
        "timeline:event-list": [{}],
        "timeline:event-detail": [{"code": Event.objects.order_by("code").first().code}],
        "programs:program-list": [{}],
        "programs:program-detail": [{"code": "satreps"}, {"code": "iter"}],
        "programs:source-detail": [{"pk": Source.objects.order_by("code").first().pk}],
    }
    addresses = {name: [] for name in arguments}
    for language in ("ja", "en"):
        with translation.override(language):
            for name, choices in arguments.items():
                addresses[name] += [reverse(name, kwargs=kwargs) for kwargs in choices]
    return addresses


def public_pages() -> list[str]:
    """Return every public page, and those a reader gets by choosing, wrongly too."""
    addresses = public_addresses()
    pages = [
        each for name, some in addresses.items() if name not in (*FILES, REDIRECT) for each in some
    ]
    return [
        *pages,
        "/chapters/2023/kokusai/timeline/?basis=total&from=2012&to=2020",
        "/chapters/2023/kokusai/timeline/?basis=none",
        "/programs/?q=国際&page=1",
        "/programs/?from=x",
        "/programs/timeline/?rows=all",
        "/nothing/",
        "/en/nothing/",
    ]


def public_files() -> list[str]:
    addresses = public_addresses()
    return [each for name in FILES for each in addresses[name]]


def admin_addresses(model) -> dict[str, str]:
    """Return the pages of a record's admin by URL name; those of one record only if there is one.

    A record with a history is opened as it was, too.
    """
    prefix = f"{model._meta.app_label}_{model._meta.model_name}"
    record = model._default_manager.first()
    names = pattern_names(is_admin=True)
    addresses = {}
    for page in (*ADMIN_PAGES, "import", "export", "preview", "publish", "figure", "add_rows"):
        name = f"admin:{prefix}_{page}"
        if name not in names:
            continue
        of_one = page not in ("changelist", "add", "import", "export", "add_rows")
        if record or not of_one:
            addresses[name] = reverse(name, args=[record.pk] if of_one else [])
    if (name := f"admin:{prefix}_simple_history") in names and record:
        past = record.history.first()
        addresses[name] = reverse(name, args=[record.pk, past.pk])
    return addresses


def registered() -> list:
    return sorted(admin.site._registry, key=lambda model: model._meta.label)
