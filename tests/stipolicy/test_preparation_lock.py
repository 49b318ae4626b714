"""Two preparations at once, as real processes on databases of their own."""

import os
import subprocess
import sys

import pytest
from django.db import connection

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
