"""One preparation at a time, of one folder and of one database.

Two that start together would both find an empty database and both fill it. Machines that share a
database share no folder, hence two locks; who shares an SQLite file shares its folder. A process
that dies leaves neither: the system drops the file's, PostgreSQL its connection's.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from .private_files import private_folder

DATABASE_LOCK = 0x73746970  # "stip": any number, the same in every process


@contextmanager
def folder_lock(*, before_waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of VAR_DIR; call `before_waiting` if another process holds it."""
    with (private_folder(Path(settings.VAR_DIR)) / "prepare.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            before_waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def database_lock(*, before_waiting: Callable[[], None]) -> Iterator[None]:
    """Hold PostgreSQL's lock; call `before_waiting` if another connection holds it.

    It belongs to a transaction on a connection of its own: a pool of connections keeps the session
    of who is gone, and with it the session's locks, and the work here commits in steps.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with closing(connection.copy()) as apart:
        apart.set_autocommit(False)
        with apart.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [DATABASE_LOCK])
            if not cursor.fetchone()[0]:
                before_waiting()
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DATABASE_LOCK])
        yield
