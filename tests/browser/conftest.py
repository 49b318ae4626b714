"""A page in Chromium over a live site with chapter 9. Any console error fails the test."""

import os
import shutil
import threading
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

from stipolicy.preparation import load_first_content

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Run these tests after all others: they leave an emptied database behind."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


def chromium_path() -> str | None:
    """Return the browser of CHROMIUM=…, else the first installed one, else None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser(django_db_setup):
    """One Chromium for all tests; without one they are skipped, but in CI they fail.

    The test database comes first: Django keeps connections apart by event loop, and only those
    opened after the database's name was changed find it.
    """
    path = chromium_path()
    if path is None:
        missing = "no Chromium found: install it or name it with CHROMIUM=…"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        with sync_playwright() as playwright:
            started = playwright.chromium.launch(executable_path=path, args=FLAGS)
            yield started
            started.close()


def real_failure(request) -> list[str]:
    """Return a failed request in words; one that the next page cut short is none."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"{request.url}: {request.failure}"]


@contextmanager
def watched_page(browser, base_url, viewport):
    """Open a page whose console errors and uncaught exceptions fail the test at its end."""
    context = browser.new_context(base_url=base_url, viewport=viewport, locale="ja-JP")
    page = context.new_page()
    errors = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("requestfailed", lambda request: errors.extend(real_failure(request)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture(scope="module")
def db(browser, django_db_blocker):
    """Chapter 9 and the editor tanaka / kokusai, stored so that the server's threads see them.

    Takes the place of pytest-django's fixture, which would set everything up for each test.
    """
    with django_db_blocker.unblock():
        load_first_content(now=datetime(2024, 4, 1, tzinfo=UTC))
        get_user_model().objects.create_superuser("tanaka", password="kokusai")
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def site(db):
    """The address of a live site."""
    server = LiveServer("localhost")
    yield server.url
    # A request that ends after the server gave back the database leaves its socket open.
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=5)
    server.stop()


@pytest.fixture
def page(browser, site):
    with watched_page(browser, site, WIDE) as page:
        yield page


@pytest.fixture
def narrow_page(browser, site):
    with watched_page(browser, site, NARROW) as page:
        yield page
