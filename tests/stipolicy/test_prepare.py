from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chapters.models import Chapter, Release
from programs.models import Organization, Program
from stipolicy import preparation
from timeline.models import TimelineRow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def static_root(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    return settings.STATIC_ROOT


def prepare() -> str:
    out = StringIO()
    call_command("prepare", stdout=out)
    return out.getvalue()


@pytest.mark.slow
def test_an_empty_database_gets_the_chapter_and_a_second_run_touches_nothing(client):
    first = prepare()
    assert Chapter.objects.get().slug == "kokusai"
    assert Chapter.objects.get().footnotes.count() == 25
    assert TimelineRow.objects.count() == 34
    assert Release.objects.get().number == 1
    assert Program.objects.get(code="satreps").history.get().name_ja.startswith("地球規模課題")
    password = first.split("admin / ")[1].split()[0]
    assert client.login(username="admin", password=password)

    with CaptureQueriesContext(connection) as queries:
        second = prepare()
    writes = ("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP")
    assert [query["sql"] for query in queries if query["sql"].strip().startswith(writes)] == []
    assert "admin /" not in second


def test_a_database_with_one_record_of_any_kind_is_left_alone():
    Organization.objects.create(code="jst", name_ja="科学技術振興機構")
    prepare()
    assert Program.objects.count() == 0
    assert Organization.objects.count() == 1


@pytest.mark.slow
def test_a_loading_that_fails_leaves_the_database_empty(monkeypatch):
    def refuse(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(preparation, "publish", refuse)
    with pytest.raises(RuntimeError):
        prepare()
    assert preparation.database_is_empty()


def test_no_administrator_is_made_beside_an_existing_one():
    get_user_model().objects.create_superuser("tanaka", password="x")
    assert preparation.create_first_admin() is None


def test_an_account_called_admin_is_never_touched():
    get_user_model().objects.create_user("admin", password="x")
    assert preparation.create_first_admin() is None
    assert not get_user_model().objects.get().is_superuser


def test_a_database_without_tables_is_missing_migrations(monkeypatch):
    assert not preparation.migrations_are_missing()
    monkeypatch.setattr(
        "django.db.migrations.recorder.MigrationRecorder.applied_migrations", lambda self: {}
    )
    assert preparation.migrations_are_missing()


def test_a_database_of_an_older_version_is_migrated(monkeypatch):
    monkeypatch.setattr(preparation, "migrations_are_missing", lambda: True)
    Organization.objects.create(code="jst", name_ja="科学技術振興機構")
    assert "migrating the database" in prepare()


def test_static_files_are_collected_again_only_when_one_changed(static_root, monkeypatch):
    assert preparation.collect_static_if_changed()
    assert (static_root / "admin" / "css" / "base.css").exists()
    assert not preparation.collect_static_if_changed()
    monkeypatch.setattr(preparation, "static_fingerprint", lambda: "another")
    assert preparation.collect_static_if_changed()


def test_static_files_survive_hashing_and_compression(settings, static_root):
    """As the site serves them: a reference in CSS to a file that is missing fails here."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    preparation.collect_static_if_changed()
    assert (static_root / "staticfiles.json").exists()
