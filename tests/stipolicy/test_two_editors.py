import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory

from stipolicy.middleware import WriteFailureMiddleware


@pytest.mark.slow
def test_on_a_file_of_sqlite_no_save_is_lost_and_none_fails(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-m", "tests.stipolicy.two_editors"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        },
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    assert len(said["rounds"]) == 20
    for statuses, stored, kept, number in said["rounds"]:
        assert statuses == [200, 302]
        assert len(kept) == 1
        assert {stored, f"{kept[0]}{number}"} == {f"tanaka{number}", f"sato{number}"}
    (stopped, page), (busy, sentence), (saved, _empty) = said["locked"]
    assert stopped == 200
    assert "待っても書き込めませんでした。入力は残っています。" in page
    assert "待つ語</textarea>" in page
    assert busy == 503
    assert "待っても書き込めませんでした。入力は残っています。" in sentence
    assert saved == 302


LOCKED = OperationalError("database is locked")


def answered(data, error=LOCKED):
    request = RequestFactory().post("/admin/x/", data)
    return WriteFailureMiddleware(lambda request: None).process_exception(request, error)


def test_a_page_whose_write_failed_offers_to_send_the_same_again():
    page = answered({"lines": "SATREPS\nASPIRE", "csrfmiddlewaretoken": "x"})
    assert page.status_code == 503
    assert page["Retry-After"] == "30"
    words = page.content.decode()
    assert '<input type="hidden" name="lines" value="SATREPS\nASPIRE">' in words
    assert "同じ内容をもう一度送る" in words


def test_the_cause_stands_in_the_log(caplog):
    answered({"lines": "SATREPS"})
    (entry,) = caplog.records
    assert (entry.name, entry.levelname) == ("stipolicy.middleware", "WARNING")
    assert entry.exc_info[1] is LOCKED
    assert "/admin/x/" in entry.getMessage()


@pytest.mark.parametrize("kind", [InterfaceError, OperationalError])
def test_a_database_out_of_reach_loses_no_words_and_names_no_host(kind):
    error = kind("connection to db.example failed")
    error.__cause__ = Unreachable()
    words = answered({"lines": "SATREPS"}, error).content.decode()
    assert "いまデータベースに接続できないので、保存しませんでした。" in words
    assert 'value="SATREPS"' in words
    assert "db.example" not in words


class Unreachable(Exception):
    sqlstate = "08006"


@pytest.mark.django_db
@pytest.mark.parametrize("length", [5, 300_000])
def test_who_asks_need_not_be_known_for_the_words_to_come_back(client, monkeypatch, length):
    def unreachable(session):
        raise OperationalError("unable to open database file")

    client.force_login(User.objects.create_superuser("editor"))
    store = "django.contrib.sessions.backends.db.SessionStore._get_session_from_db"
    monkeypatch.setattr(store, unreachable)
    monkeypatch.setattr("records.storage_faults._disk_is_full", lambda: False)
    page = client.post("/admin/programs/program/add/", {"name_ja": "a" * length})
    assert page.status_code == 503
    assert f'value="{"a" * length}"' in page.content.decode()


def test_a_password_is_not_written_into_the_page():
    words = answered({"username": "tanaka", "password": "kokusai"}).content.decode()
    assert "kokusai" not in words
    assert "ブラウザーの「戻る」" in words


def test_other_failures_are_not_hidden():
    request = RequestFactory().post("/admin/x/")
    middleware = WriteFailureMiddleware(lambda request: None)
    assert middleware.process_exception(request, OperationalError("no such table: x")) is None
    assert middleware.process_exception(request, ValueError("x")) is None
    assert (
        middleware.process_exception(RequestFactory().get("/"), OperationalError("locked")) is None
    )


@pytest.mark.django_db
def test_who_is_signed_out_meanwhile_reads_what_was_sent(client):
    address = "/admin/programs/program/1/change/?_changelist_filters=q"
    page = client.post(address, {"name_ja": "<佐藤>", "names-TOTAL_FORMS": "3", "_save": "保存"})
    assert page.status_code == 403
    words = page.content.decode()
    assert "保存していません。入力は下に残っています。" in words
    assert "&lt;佐藤&gt;</textarea>" in words
    assert 'href="/admin/login/?next=/admin/programs/program/1/change/"' in words
    assert "TOTAL_FORMS" not in words
    assert client.get(address).status_code == 302
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 200
    assert "kokusai" not in client.post(address, {"password1": "kokusai"}).content.decode()
