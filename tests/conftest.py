"""What every test shares: no network, bounded examples, and chapter 9 on request."""

import os
import socket
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, settings

from stipolicy.preparation import CONTENT_APPS, load_first_content

LOOPBACK = {"127.0.0.1", "::1", "localhost"}

settings.register_profile("here", deadline=None, max_examples=30)
settings.register_profile(
    "ci",
    deadline=None,
    max_examples=200,
    print_blob=True,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Refuse connections that leave this machine; a test that needs one tests the wrong thing."""
    connect = socket.socket.connect

    def connect_here(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise OSError(f"tests use no network: {address}")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


@pytest.fixture(autouse=True)
def japanese():
    """Begin each test in Japanese: the language of a request stays on in its thread."""
    with translation.override("ja"):
        yield


@pytest.fixture(scope="session")
def rows_of_chapter_nine():
    """What loading the fixtures left in each table, kept for the modules that come later."""
    return []


@pytest.fixture(scope="module")
def loaded_chapter_nine(django_db_setup, django_db_blocker, rows_of_chapter_nine):
    """The fixtures, loaded for a test module and taken back after it.

    Loading takes two seconds, writing the same rows again a tenth. Their numbers stay free: the
    first load has used them up on PostgreSQL, and SQLite counts on from the highest.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        if rows_of_chapter_nine:
            for model, rows in rows_of_chapter_nine:
                model._base_manager.bulk_create(rows)
        else:
            load_first_content(now=datetime(2024, 4, 1, tzinfo=UTC))
            for app in CONTENT_APPS:
                for model in apps.get_app_config(app).get_models(include_auto_created=True):
                    rows_of_chapter_nine.append((model, list(model._base_manager.all())))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def chapter_nine(loaded_chapter_nine, db):
    """The site's first content: chapter 2023/kokusai, published on 1 April 2024.

    It stays for the whole module: tests of an empty site belong into another one.
    """
