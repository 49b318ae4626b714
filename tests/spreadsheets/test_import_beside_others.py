"""While a large sheet is imported by command, others write: SQLite has one writer at a time."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from records.progress import ProgressLine
from tests.spreadsheets.sheets import csv_bytes
from tests.spreadsheets.test_import_sheet import run_json

LONGEST_WAIT_S = 1


@pytest.mark.django_db(transaction=True)
def test_a_plan_is_made_outside_of_any_transaction(tmp_path, monkeypatch):
    seen = []
    monkeypatch.setattr(
        ProgressLine,
        "__call__",
        lambda self, done, total: seen.append((total, connection.in_atomic_block)),
    )
    rows = [["x1", "機構一"], ["x2", "機構二"], ["x3", ""]]
    (tmp_path / "sheet.csv").write_bytes(csv_bytes(["コード", "名称"], *rows))
    run_json("organizations", tmp_path / "sheet.csv", "--rows", "good")
    assert seen == [(3, False), (3, False), (2, True), (2, True)]


@pytest.mark.slow
def test_another_process_waits_at_most_for_the_writing(tmp_path):
    path = tmp_path / "db.sqlite3"
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{path}",
        "SECRET_KEY": "x" * 50,
        "DJANGO_SETTINGS_MODULE": "stipolicy.settings",
    }
    manage = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py")]
    subprocess.run([*manage, "migrate", "-v0"], env=environment, check=True)
    rows = ([f"org-{n}", f"機構{n}", f"Organisation {n}"] for n in range(30_000))
    (tmp_path / "sheet.csv").write_bytes(csv_bytes(["コード", "名称", "英語名称"], *rows))
    command = [*manage, "import_sheet", "organizations", str(tmp_path / "sheet.csv"), "--json"]
    waits = []
    with (
        (tmp_path / "result.json").open("w") as result,
        subprocess.Popen(command, env=environment, stdout=result) as importing,
    ):
        while importing.poll() is None:
            waits.append(_write(path))
            time.sleep(0.1)
    assert json.loads((tmp_path / "result.json").read_text())["new"] == 30_000
    assert len([wait for wait in waits if wait > LONGEST_WAIT_S]) <= 1


def _write(path):
    """Write as a sign-in does, and return how long that took in seconds."""
    started = time.monotonic()
    other = sqlite3.connect(path, timeout=60, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE auth_user SET last_login = CURRENT_TIMESTAMP")
    other.execute("COMMIT")
    other.close()
    return time.monotonic() - started
