"""The steps of `manage.py prepare`. Each looks first, and does nothing where nothing is missing."""

import hashlib
import secrets
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model, Q

from chapters.models import Chapter
from chapters.releasing.publishing import publish
from records.changes import Kind, content_changed, content_write

FIXTURES = (
    "sources",
    "organizations",
    "programs",
    "lineage",
    "budgets",
    "events",
    "timeline",
    "chapter",
)
CONTENT_APPS = ("programs", "timeline", "chapters")
FIRST_ADMIN = "admin"


def migrations_are_missing() -> bool:
    """Tell whether the database lacks a migration that the code has."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def static_fingerprint() -> str:
    """Return a digest over path, size and time of every static file of every app."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list(ignore_patterns=None):
            stat = Path(storage.path(path)).stat()
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static_if_changed() -> bool:
    """Collect, hash and compress the static files unless that was done for just these files."""
    stamp = Path(settings.STATIC_ROOT) / ".fingerprint"
    fingerprint = static_fingerprint()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(fingerprint)
    return True


def content_models() -> list[type[Model]]:
    """Return the models of everything an editor enters, and those of their history."""
    return [model for label in CONTENT_APPS for model in apps.get_app_config(label).get_models()]


def record_models() -> list[type[Model]]:
    """Return the content models without those of their history."""
    return [m for m in content_models() if not m._meta.pk.name.endswith("history_id")]


def database_is_empty() -> bool:
    """Tell whether nothing has ever been entered; what was deleted has left its history."""
    return not any(model._default_manager.exists() for model in content_models())


@transaction.atomic
@content_write()
def load_first_content(*, now) -> None:
    """Load fixtures/, give every record a first history row, and publish the chapters at `now`."""
    call_command("loaddata", *FIXTURES, verbosity=0)
    for model in record_models():
        content_changed(model, Kind.CREATED, model._base_manager.values_list("pk", flat=True))
    begin_histories()
    for chapter in Chapter.objects.all():
        publish(chapter, note="初版", now=now)


def begin_histories() -> None:
    """Give each record without history a first row, so that its first edit can be compared.

    Loading fixtures writes such rows only where it sets many-to-many relations.
    """
    for model in content_models():
        if hasattr(model._meta, "simple_history_manager_attribute"):
            begun = model.history.values(model._meta.pk.attname)
            model.history.bulk_history_create(model._default_manager.exclude(pk__in=begun))


def create_first_admin() -> str | None:
    """Create the superuser "admin" and return its password; None where there is one already."""
    users = get_user_model().objects
    if users.filter(Q(is_superuser=True) | Q(username=FIRST_ADMIN)).exists():
        return None
    password = secrets.token_urlsafe(12)
    users.create_superuser(FIRST_ADMIN, password=password)
    return password
