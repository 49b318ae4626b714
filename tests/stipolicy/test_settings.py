import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from stipolicy.settings import BASE_DIR, database, stored_secret_key


def test_a_secret_key_is_made_once_and_kept_private(tmp_path):
    path = tmp_path / "secret_key"
    made = stored_secret_key(path)
    assert len(made) > 50
    assert stored_secret_key(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_processes_that_start_together_have_one_key(tmp_path):
    path = tmp_path / "secret_key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(stored_secret_key, [path] * 40))
    assert [len(key) > 50 for key in keys] == [True]
    assert [each.name for each in tmp_path.iterdir()] == ["secret_key"]


def test_a_stored_key_is_used_as_it_is(tmp_path):
    path = tmp_path / "secret_key"
    path.write_text("kept")
    assert stored_secret_key(path) == "kept"


def test_sqlite_takes_wal_together_with_immediate_transactions():
    options = database("sqlite:////tmp/site.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_postgresql_takes_no_option_of_sqlite():
    config = database("postgres://editor@db.example:5433/sti")
    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.example", 5433, "sti")
    assert "OPTIONS" not in config


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
