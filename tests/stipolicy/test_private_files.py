"""Files that nobody but the site reads, as real processes and files make them."""

import errno
import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from stipolicy.apps import private_places
from stipolicy.private_files import (
    PrivateFile,
    make_private,
    private_folder,
    stored_secret_key,
)
from stipolicy.settings import BASE_DIR


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def modes_in(folder):
    return {each.name: oct(mode(each)) for each in folder.iterdir()}


@pytest.fixture(autouse=True)
def all_may_read():
    """A process whose new files are for all to read and write."""
    before = os.umask(0)
    yield
    os.umask(before)


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


def test_a_key_needs_no_hard_links(tmp_path, monkeypatch):
    def refuse(*_paths):
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert len(stored_secret_key(tmp_path / "secret_key")) > 50


def test_a_start_that_was_cut_off_leaves_no_empty_key(tmp_path):
    path = tmp_path / "secret_key"
    path.touch()
    made = stored_secret_key(path)
    assert len(made) > 50
    assert stored_secret_key(path) == made


def test_a_stored_key_is_used_as_it_is(tmp_path):
    path = tmp_path / "secret_key"
    path.write_text("kept")
    assert stored_secret_key(path) == "kept"


def test_a_place_that_cannot_be_used_ends_the_start_in_a_sentence(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match="VAR_DIR と SECRET_KEY で別の場所") as ending:
        private_folder(tmp_path / "file" / "var")
    assert "cannot be used" in ending.value.code
    with pytest.raises(SystemExit, match="secret_key を使えません"):
        stored_secret_key(tmp_path / "nowhere" / "secret_key")


def test_a_folder_is_made_private_and_one_that_is_there_stays(tmp_path):
    assert mode(private_folder(tmp_path / "var")) == 0o700
    (tmp_path / "var").chmod(0o755)
    assert mode(private_folder(tmp_path / "var")) == 0o755


def test_a_database_is_private_with_what_sqlite_puts_beside_it(tmp_path):
    connection = PrivateFile(str(tmp_path / "db.sqlite3"))
    connection.executescript("PRAGMA journal_mode=WAL; CREATE TABLE a (b)")
    assert modes_in(tmp_path) == {
        "db.sqlite3": "0o600",
        "db.sqlite3-shm": "0o600",
        "db.sqlite3-wal": "0o600",
    }
    connection.close()


def test_a_database_that_is_there_keeps_its_rights(tmp_path):
    file = tmp_path / "db.sqlite3"
    file.touch(mode=0o640)
    PrivateFile(str(file)).close()
    assert mode(file) == 0o640


def test_a_database_in_memory_is_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    PrivateFile(":memory:").close()
    PrivateFile("file:here?mode=memory&cache=shared", uri=True).close()
    assert list(tmp_path.iterdir()) == []


def test_a_place_without_its_folder_fails_as_sqlite_says_it(tmp_path):
    with pytest.raises(sqlite3.OperationalError, match="unable to open"):
        PrivateFile(str(tmp_path / "nowhere" / "db.sqlite3"))


@pytest.mark.slow
@pytest.mark.parametrize("given", [{}, {"SECRET_KEY": "given"}])
def test_a_fresh_migrate_leaves_nothing_for_others_to_read(tmp_path, given):
    folder = tmp_path / "var"
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder), **given}
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, env=environment, cwd=BASE_DIR, check=True)
    assert mode(folder) == 0o700
    assert set(modes_in(folder).values()) == {"0o600"}


OLDER = ("secret_key", "db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm")


def older_installation(folder):
    folder.mkdir(mode=0o755)
    for name in OLDER:
        (folder / name).touch(mode=0o644)


def test_an_older_installation_becomes_private(tmp_path):
    folder = tmp_path / "var"
    older_installation(folder)
    make_private(folder)
    assert mode(folder) == 0o700
    assert modes_in(folder) == dict.fromkeys(OLDER, "0o600")


@pytest.mark.django_db
@pytest.mark.parametrize(("is_ours", "expected"), [(True, 0o700), (False, 0o755)])
def test_preparing_changes_the_rights_of_the_default_place_alone(
    tmp_path, settings, monkeypatch, is_ours, expected
):
    older_installation(tmp_path / "var")
    settings.VAR_DIR, settings.VAR_DIR_IS_OURS = tmp_path / "var", is_ours
    monkeypatch.setattr("stipolicy.management.commands.prepare.Command.prepare", lambda self: None)
    call_command("prepare", stdout=StringIO())
    assert mode(tmp_path / "var") == expected


def test_what_is_somebody_elses_stops_nothing(tmp_path, monkeypatch):
    def refuse(self, mode):
        raise PermissionError

    tmp_path.chmod(0o755)
    monkeypatch.setattr("pathlib.Path.chmod", refuse)
    make_private(tmp_path)


def test_a_place_that_others_may_read_is_warned_of_with_the_remedy(tmp_path, settings):
    folder = tmp_path / "var"
    older_installation(folder)
    settings.VAR_DIR, settings.VAR_DIR_IS_OURS = folder, False
    said = [warning.msg for warning in private_places()]
    assert [message.partition(" ")[0] for message in said] == [
        str(folder),
        str(folder / "secret_key"),
    ]
    assert f"{folder} の権限は 0755 で" in said[0]
    assert f"chmod 700 {folder}" in said[0]
    assert f"{folder} has mode 0755" in said[0]
    assert f"chmod 600 {folder}/secret_key" in said[1]
    make_private(folder)
    assert private_places() == []


def test_a_database_that_others_may_read_is_warned_of(tmp_path, settings, monkeypatch):
    file = tmp_path / "site.sqlite3"
    file.touch(mode=0o644)
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}
    monkeypatch.setattr("stipolicy.apps.connection", SimpleNamespace(settings_dict=database))
    settings.VAR_DIR_IS_OURS = True
    (warning,) = private_places()
    assert warning.id == "stipolicy.W001"
    assert f"chmod 600 {file}" in warning.msg
