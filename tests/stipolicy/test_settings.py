import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from stipolicy.settings import (
    BASE_DIR,
    database,
    keep_private,
    private_database,
    private_folder,
    stored_secret_key,
)


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


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def all_may_read():
    """A process whose new files are for all to read and write."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("all_may_read")
def test_an_installation_is_private_from_the_start_with_all_that_is_written(tmp_path):
    folder = tmp_path / "var"
    printed_by_a_site_with({"VAR_DIR": str(folder)}, MODES_WHILE_WRITING)
    assert mode(folder) == 0o700
    assert {each.name: oct(mode(each)) for each in folder.iterdir()} == {
        "db.sqlite3": "0o600",
        "secret_key": "0o600",
    }


MODES_WHILE_WRITING = (
    "__import__('sqlite3').connect(settings.DATABASES['default']['NAME'])"
    ".executescript('PRAGMA journal_mode=WAL; CREATE TABLE a (b)')"
)


@pytest.mark.usefixtures("all_may_read")
def test_an_older_installation_becomes_private_when_it_starts(tmp_path):
    folder = tmp_path / "var"
    folder.mkdir(mode=0o755)
    names = ("secret_key", "db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm")
    for name in names:
        (folder / name).touch(mode=0o644)
    (folder / "secret_key").write_text("kept")
    printed = printed_by_a_site_with({"VAR_DIR": str(folder)}, "settings.SECRET_KEY")
    assert printed == "kept"
    assert mode(folder) == 0o700
    assert [mode(folder / name) for name in names] == [0o600] * 4


@pytest.mark.usefixtures("all_may_read")
def test_what_sqlite_puts_beside_its_file_is_private_too(tmp_path):
    config = private_database(database(f"sqlite:///{tmp_path / 'db.sqlite3'}"))
    connection = sqlite3.connect(config["NAME"])
    connection.executescript("PRAGMA journal_mode=WAL; CREATE TABLE a (b)")
    assert {each.name: oct(mode(each)) for each in tmp_path.iterdir()} == {
        "db.sqlite3": "0o600",
        "db.sqlite3-shm": "0o600",
        "db.sqlite3-wal": "0o600",
    }
    connection.close()


def test_a_database_elsewhere_or_in_memory_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for url in ("sqlite://:memory:", "postgres://editor@db.example:5433/sti"):
        private_database(database(url))
    assert list(tmp_path.iterdir()) == []


def test_what_is_somebody_elses_stops_nothing(tmp_path, monkeypatch):
    def refuse(self, mode):
        raise PermissionError

    file = tmp_path / "file"
    file.touch(mode=0o644)
    monkeypatch.setattr("pathlib.Path.chmod", refuse)
    keep_private(file, 0o600)
    assert private_folder(tmp_path) == tmp_path
    private_database(database(f"sqlite:///{tmp_path}/nowhere/db.sqlite3"))


def test_a_folder_that_all_may_use_stays_so(tmp_path):
    tmp_path.chmod(0o1777)
    private_folder(tmp_path)
    assert mode(tmp_path) == 0o1777


def test_a_place_that_cannot_be_used_ends_the_start_in_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match="VAR_DIR と SECRET_KEY で別の場所") as ending:
        private_folder(tmp_path / "file" / "var")
    assert "cannot be used" in ending.value.code
    with pytest.raises(SystemExit, match="secret_key を使えません"):
        stored_secret_key(tmp_path / "nowhere" / "secret_key")
