"""What every test shares: no network, bounded examples, and chapter 9 on request."""

import os
import socket
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, settings

from stipolicy.preparation import load_first_content

LOOPBACK = {"127.0.0.1", "::1", "localhost"}

settings.register_profile("here", deadline=None, max_examples=50)
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


@pytest.fixture(scope="module")
def loaded_chapter_nine(django_db_setup, django_db_blocker):
    """The fixtures, loaded once for a test module and taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_first_content(now=datetime(2024, 4, 1, tzinfo=UTC))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def chapter_nine(loaded_chapter_nine, db):
    """The site's first content: chapter 2023/kokusai, published on 1 April 2024.

    It stays for the whole module: tests of an empty site belong into another one.
    """
