"""What nobody but the site reads: its folder, its key, its database. Knows no Django."""

import fcntl
import os
import secrets
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

BESIDE_A_DATABASE = ("", "-wal", "-shm", "-journal")


@contextmanager
def said_in_a_sentence(path: Path) -> Iterator[None]:
    """End the start, before Django can say anything, where what it needs cannot be had."""
    try:
        yield
    except OSError as error:
        sys.exit(
            f"{path} を使えません（{error.strerror}）。持ち主、権限、ディスクの空きを確かめるか、"
            "VAR_DIR と SECRET_KEY で別の場所と鍵を指定してください。\n"
            f"{path} cannot be used ({error.strerror}). Check its owner, its rights and the room on"
            " the disk, or give another place and key by VAR_DIR and SECRET_KEY."
        )


def private_folder(path: Path) -> Path:
    """Return `path`; without one, make it for its owner alone: copies of all records lie in it."""
    with said_in_a_sentence(path):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def stored_secret_key(path: Path) -> str:
    """Return the key kept in `path`; without one, make it with mode 0600.

    Who finds the file still empty waits for the lock of who made it.
    """
    with said_in_a_sentence(path):
        if path.exists() and (key := path.read_text()):
            return key
        with os.fdopen(_for_the_owner(path, os.O_CREAT | os.O_RDWR), "r+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            key = file.read()
            if not key:
                key = secrets.token_urlsafe(50)
                file.write(key)
    return key


class PrivateFile(sqlite3.Connection):
    """A connection to a file of SQLite, which nobody else may read from when it is made.

    SQLite would make it for all to read; the files beside it, which hold what was written last,
    take over its rights.
    """

    def __init__(self, database: str, **options: Any) -> None:
        if is_a_file(database):
            with suppress(OSError):
                os.close(_for_the_owner(database, os.O_CREAT | os.O_WRONLY))
        super().__init__(database, **options)


def is_a_file(database: str) -> bool:
    """Tell whether a name of SQLite's is one of a file, and none of a database in memory."""
    return not str(database).startswith((":", "file:"))


def make_private(folder: Path) -> None:
    """Take from all others what rights an older version gave them to what lies in `folder`."""
    modes = {folder: 0o700, folder / "secret_key": 0o600}
    modes |= {folder / f"db.sqlite3{ending}": 0o600 for ending in BESIDE_A_DATABASE}
    for path, mode in modes.items():
        with suppress(OSError):
            if others_rights(path):
                path.chmod(mode)


def others_rights(path: Path) -> int:
    """Return the rights of group and others, 0 where there are none or nothing is there."""
    try:
        return stat.S_IMODE(path.stat().st_mode) & 0o077
    except OSError:
        return 0


def _for_the_owner(path: str | Path, flags: int) -> int:
    return os.open(path, flags, 0o600)
