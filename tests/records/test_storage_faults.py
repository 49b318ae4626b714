import errno

import pytest
from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    ProgrammingError,
)
from django.db.models import ProtectedError, RestrictedError

from records import storage_faults
from records.storage_faults import storage_fault, why_not_saved


class DriversError(Exception):
    sqlstate = ""


def by_postgresql(kind, sqlstate):
    error = kind("what the server said")
    error.__cause__ = DriversError()
    error.__cause__.sqlstate = sqlstate
    return error


@pytest.fixture(autouse=True)
def room_on_the_disk(monkeypatch):
    monkeypatch.setattr(storage_faults, "_disk_is_full", lambda: False)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OperationalError("database or disk is full"), "storage.full"),
        (OSError(errno.ENOSPC, "No space left on device"), "storage.full"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "storage.full"),
        (by_postgresql(OperationalError, "53100"), "storage.full"),
        (OperationalError("database is locked"), "storage.locked"),
        (OperationalError("database table is locked: programs_program"), "storage.locked"),
        (by_postgresql(OperationalError, "55P03"), "storage.locked"),
        (by_postgresql(OperationalError, "40P01"), "storage.locked"),
        (OperationalError("unable to open database file"), "storage.unreachable"),
        (by_postgresql(OperationalError, "57P03"), "storage.unreachable"),
        (by_postgresql(OperationalError, "3D000"), "storage.unreachable"),
        (OperationalError("attempt to write a readonly database"), "storage.read_only"),
        (PermissionError(errno.EACCES, "Permission denied"), "storage.read_only"),
        (by_postgresql(DatabaseError, "25006"), "storage.read_only"),
        (OperationalError("no such table: programs_program"), "storage.not_ready"),
        (by_postgresql(ProgrammingError, "42P01"), "storage.not_ready"),
        (DatabaseError("database disk image is malformed"), "storage.broken"),
        (DatabaseError("file is not a database"), "storage.broken"),
        (by_postgresql(InternalError, "XX001"), "storage.broken"),
        (by_postgresql(InternalError, "XX002"), "storage.broken"),
        (by_postgresql(OperationalError, "53200"), "storage.failed"),
    ],
)
def test_a_fault_of_the_place_of_storage_is_known_by_its_kind(error, code):
    assert storage_fault(error).code == code


@pytest.mark.parametrize("error", [OperationalError("disk I/O error"), InterfaceError("closed")])
def test_what_the_database_cannot_do_is_a_fault_of_storage_whatever_it_says(error):
    assert storage_fault(error).code in ("storage.failed", "storage.unreachable")


@pytest.mark.parametrize(
    "error",
    [
        DataError("value too long"),
        ProgrammingError("syntax error"),
        by_postgresql(InternalError, "XX000"),
        FileNotFoundError(errno.ENOENT, "No such file"),
        BrokenPipeError(errno.EPIPE, "Broken pipe"),
        ValueError("no storage"),
    ],
)
def test_other_errors_are_none(error):
    assert storage_fault(error) is None


def test_what_sqlite_says_of_files_it_cannot_make_on_a_full_disk_is_not_repeated(monkeypatch):
    monkeypatch.setattr(storage_faults, "_disk_is_full", lambda: True)
    for words in ("disk I/O error", "unable to open database file"):
        assert storage_fault(OperationalError(words)).code == "storage.full"


def test_the_sentence_says_what_happened_what_is_left_and_what_to_do():
    fault = storage_fault(OperationalError("no such\n   table: programs_program"))
    assert fault.in_words("何も書き込んでいません。") == (
        "データベースの準備ができていません（no such table: programs_program）。"
        "何も書き込んでいません。manage.py prepare のあとで、もう一度実行してください。"
    )


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (IntegrityError("UNIQUE constraint failed: programs_program.code"), "重なる値"),
        (by_postgresql(IntegrityError, "23505"), "重なる値"),
        (IntegrityError("FOREIGN KEY constraint failed"), "先に削除したので"),
        (by_postgresql(IntegrityError, "23503"), "先に削除したので"),
    ],
)
def test_what_another_writer_did_is_said_to_who_filled_the_form(error, words):
    assert words in why_not_saved(error)


@pytest.mark.parametrize(
    "error",
    [
        IntegrityError("CHECK constraint failed: year"),
        IntegrityError("NOT NULL constraint failed: programs_program.code"),
        by_postgresql(IntegrityError, "23514"),
        by_postgresql(IntegrityError, "23502"),
        ProtectedError("referenced through protected foreign keys: 'Program.source'.", set()),
        RestrictedError("referenced through restricted foreign keys: 'Program.source'.", set()),
    ],
)
def test_a_rule_that_the_form_should_have_known_is_nobody_elses_doing(error):
    assert why_not_saved(error) == ""


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("unable to open database file"),
        by_postgresql(OperationalError, "57P01"),
        by_postgresql(OperationalError, "08006"),
    ],
)
def test_a_visitor_is_not_told_where_the_database_is(error):
    assert why_not_saved(error) == (
        "いまデータベースに接続できないので、保存しませんでした。入力は残っています。"
        "しばらくしてから、もう一度保存してください。"
    )
