"""Two preparations at once, as real processes on databases of their own."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from time import sleep

import pytest
from django.db import OperationalError, connection

from stipolicy.preparation_lock import DATABASE_LOCK, database_lock
from stipolicy.settings import BASE_DIR

WAITS = "別の準備が終わるのを待っています / waiting for another preparation to end …"

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def prepared_together(folders, database_url=""):
    """Start `prepare` in each folder at the same time; return (status, output) of each."""
    environment = {"PATH": os.environ["PATH"]}
    if database_url:
        environment["DATABASE_URL"] = database_url
    running = [
        subprocess.Popen(
            [sys.executable, "manage.py", "prepare"],
            env=environment | {"VAR_DIR": str(folder)},
            cwd=BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for folder in folders
    ]
    return [(process.communicate(timeout=240)[0], process.returncode) for process in running]


def check(outcomes):
    """Both succeeded, one loaded the content and made the administrator, the other waited."""
    outputs = [output for output, _status in outcomes]
    assert [status for _output, status in outcomes] == [0, 0], outputs
    assert sorted(output.count(WAITS) for output in outputs) == [0, 1]
    assert sorted(output.count("admin / ") for output in outputs) == [0, 1]
    assert "Traceback" not in "".join(outputs)


def test_the_second_of_two_in_one_folder_waits_and_finds_all_done(tmp_path):
    check(prepared_together([tmp_path, tmp_path]))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's lock")
def test_the_second_of_two_machines_on_one_database_waits_and_finds_all_done(tmp_path):
    name = f"{connection.settings_dict['NAME']}_twice"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    at = connection.settings_dict
    place = f"{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}"
    try:
        folders = [tmp_path / "one", tmp_path / "two"]
        check(prepared_together(folders, f"postgres://{place}/{name}"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name}")


@pytest.fixture
def on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's lock")


def locks_held():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s",
            [DATABASE_LOCK],
        )
        return cursor.fetchone()[0]


def nothing():
    pass


def fail_with_a_dead_connection():
    with database_lock(before_waiting=nothing):
        with suppress(OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        raise ZeroDivisionError


def test_a_connection_that_dies_hides_no_error(on_postgresql):
    with pytest.raises(ZeroDivisionError):
        fail_with_a_dead_connection()
    connection.close()
    assert locks_held() == 0


def test_the_lock_belongs_to_a_transaction_that_other_work_does_not_share(on_postgresql):
    with database_lock(before_waiting=nothing):
        assert locks_held() == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")  # what a session holds
        assert locks_held() == 1
        assert connection.get_autocommit()
    assert locks_held() == 0


def test_a_preparation_waits_longer_than_for_rows(on_postgresql, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"options": "-c lock_timeout=100ms"})
    waiting, taken = Event(), []

    def second():
        with database_lock(before_waiting=waiting.set):
            taken.append(True)
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        with database_lock(before_waiting=nothing):
            other = pool.submit(second)
            assert waiting.wait(10)
            sleep(0.4)
            assert taken == []
        other.result(10)
    assert taken == [True]
