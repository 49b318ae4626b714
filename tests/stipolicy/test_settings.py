import os
import subprocess
import sys

import pytest
from django.db import connection

from stipolicy.settings import BASE_DIR, database


def test_sqlite_takes_wal_together_with_immediate_transactions():
    options = database("sqlite:////tmp/site.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_postgresql_takes_no_option_of_sqlite():
    config = database("postgres://editor@db.example:5433/sti")
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.example", 5433, "sti")
    assert config["OPTIONS"] == {"options": "-c lock_timeout=20s"}


def test_postgresql_waits_for_a_lock_as_long_as_the_address_of_the_database_says():
    address = "postgres://editor@db.example:5433/sti?options=-c%20"
    assert database(f"{address}lock_timeout%3D5s")["OPTIONS"]["options"] == "-c lock_timeout=5s"
    assert database(f"{address}search_path%3Dsti&sslmode=require")["OPTIONS"] == {
        "options": "-c lock_timeout=20s -c search_path=sti",
        "sslmode": "require",
    }


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's setting")
def test_postgresql_takes_the_bound():
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("20s",)


def printed_by_a_site_with(environment: dict, expression: str) -> str:
    """Return what `expression` is under the real settings in a process with these variables."""
    code = f"from stipolicy import settings; print({expression})"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], **environment},
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def test_without_any_variable_debug_is_off_and_only_this_machine_is_served(tmp_path):
    printed = printed_by_a_site_with(
        {"VAR_DIR": str(tmp_path / "var")}, "settings.DEBUG, settings.ALLOWED_HOSTS"
    )
    assert printed == "False ['localhost', '127.0.0.1', '[::1]']"
    assert (tmp_path / "var" / "secret_key").exists()


def test_hosts_and_secret_key_come_from_the_environment(tmp_path):
    printed = printed_by_a_site_with(
        {"VAR_DIR": str(tmp_path), "SECRET_KEY": "given", "ALLOWED_HOSTS": "sti.example,b.example"},
        "settings.SECRET_KEY, settings.ALLOWED_HOSTS",
    )
    assert printed == "given ['sti.example', 'b.example']"
    assert not (tmp_path / "secret_key").exists()


def test_reading_the_settings_makes_the_key_and_nothing_else(tmp_path):
    folder = tmp_path / "var"
    printed_by_a_site_with({"VAR_DIR": str(folder)}, "1")
    assert [each.name for each in folder.iterdir()] == ["secret_key"]
    assert oct(folder.stat().st_mode)[-3:] == "700"


def test_where_key_and_database_are_elsewhere_nothing_is_made(tmp_path):
    elsewhere = {"SECRET_KEY": "given", "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3"}
    printed_by_a_site_with({"VAR_DIR": str(tmp_path / "var"), **elsewhere}, "1")
    assert list(tmp_path.iterdir()) == []


def test_the_rights_of_a_folder_that_the_site_did_not_make_stay(tmp_path):
    tmp_path.chmod(0o755)
    printed_by_a_site_with({"VAR_DIR": str(tmp_path)}, "1")
    assert oct(tmp_path.stat().st_mode)[-3:] == "755"
