"""Why a database or a disk took nothing, in a sentence for who started the work or filled a form.

Only faults of the place where records are stored, and of no record: a full disk, a database that
others keep busy, that cannot be reached, written or read. Whatever else goes wrong is an error of
the code and stays one.
"""

import errno
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.db import (
    DatabaseError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
)
from django.utils.translation import gettext as _

SPARE_BYTES = 1_000_000
"""With less room SQLite cannot make its files, and complains of them and not of the disk."""

_WORDS = {  # of SQLite, which has no finer class of errors
    "full": ("database or disk is full", "disk quota"),
    "locked": ("is locked",),
    "read_only": ("readonly database", "read-only"),
    "not_ready": ("no such table", "no such column", "has no column named"),
    "unreachable": ("unable to open database file",),
    "broken": ("malformed", "file is not a database"),
}
_STATES = {  # of PostgreSQL, by the beginning of its SQLSTATE
    "full": ("53100",),
    "locked": ("55P03", "40P01", "40001", "57014"),
    "read_only": ("25006",),
    "not_ready": ("42P01", "42703"),
    "unreachable": ("08", "57P", "53300", "3D000", "28"),
    "broken": ("XX001", "XX002"),
}
_COLLISIONS = {  # by PostgreSQL's SQLSTATE, or what SQLite says
    "unique": ("23505", "unique constraint failed"),
    "foreign_key": ("23503", "foreign key constraint failed"),
}
_ERRNOS = {
    "full": (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
    "read_only": (errno.EROFS, errno.EACCES, errno.EPERM),
}


@dataclass(frozen=True)
class StorageFault:
    """`reason` is what the database or the system said, on one line."""

    kind: str
    reason: str

    @property
    def code(self) -> str:
        return f"storage.{self.kind}"

    def in_words(self, left: str) -> str:
        """Return what happened, what is `left` of the work, and the remedy."""
        what, remedy = _said(self.kind)
        what %= {"reason": self.reason}
        return _("%(what)s%(left)s%(remedy)s") % {"what": what, "left": left, "remedy": remedy}


def storage_fault(error: Exception) -> StorageFault | None:
    """Return the fault of the place of storage that `error` tells of, None for any other."""
    kind = _kind_of_file(error) if isinstance(error, OSError) else _kind_of_database(error)
    return StorageFault(kind, _one_line(error)[:200]) if kind else None


def why_not_saved(error: Exception) -> str:
    """Return why nothing of a form was stored, "" for an error of the code."""
    if isinstance(error, IntegrityError):
        return _why_it_collided(error)
    fault = storage_fault(error)
    if fault is None or fault.kind not in ("full", "locked", "read_only", "unreachable"):
        return ""
    if fault.kind == "unreachable":  # the reason names hosts and users
        return _(
            "いまデータベースに接続できないので、保存しませんでした。入力は残っています。"
            "しばらくしてから、もう一度保存してください。"
        )
    return fault.in_words(_("入力は残っています。"))


def _why_it_collided(error: IntegrityError) -> str:
    """Return what another writer did; "" for a rule that the form should have known."""
    state, text = _state(error), _one_line(error).lower()
    found = (
        kind
        for kind, (known, words) in _COLLISIONS.items()
        if state == known or (not state and text.startswith(words))
    )
    match next(found, None):
        case "unique":
            return _(
                "ほかの人か取込みが先に保存した記録と重なる値（番号、順、コードなど）があるので、"
                "保存しませんでした。入力は残っています。値を確かめて、もう一度保存してください。"
            )
        case "foreign_key":
            return _(
                "選んだ記録を、ほかの人か取込みが先に削除したので、保存しませんでした。"
                "入力は残っています。選び直して、もう一度保存してください。"
            )
    return ""


def _kind_of_file(error: OSError) -> str:
    return next((kind for kind, numbers in _ERRNOS.items() if error.errno in numbers), "")


def _kind_of_database(error: Exception) -> str:
    if not isinstance(error, DatabaseError | InterfaceError):
        return ""
    state = _state(error)
    text = _one_line(error).lower()
    for kind, words in _WORDS.items():
        if state.startswith(_STATES[kind]) or (not state and any(word in text for word in words)):
            is_full = kind in ("unreachable", "broken") and _disk_is_full()
            return "full" if is_full else kind
    if isinstance(error, OperationalError | InterfaceError):
        if _disk_is_full():
            return "full"
        return "failed" if state or connection.vendor == "sqlite" else "unreachable"
    return ""


def _state(error: Exception) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _disk_is_full() -> bool:
    if connection.vendor != "sqlite":
        return False
    folder = Path(connection.settings_dict["NAME"]).parent
    return folder.exists() and shutil.disk_usage(folder).free < SPARE_BYTES


def _said(kind: str) -> tuple[str, str]:
    return {
        "full": (
            _("ディスクに空きがないため、書き込めません。"),
            _("空きを作ってから、もう一度実行してください。"),
        ),
        "locked": (
            _("ほかの処理がデータベースを使っていて、待っても書き込めませんでした。"),
            _("その処理が終わってから、もう一度実行してください。"),
        ),
        "read_only": (
            _("書き込む権限がありません（%(reason)s）。"),
            _("ファイルの持ち主と権限を確かめてから、もう一度実行してください。"),
        ),
        "not_ready": (
            _("データベースの準備ができていません（%(reason)s）。"),
            _("manage.py prepare のあとで、もう一度実行してください。"),
        ),
        "unreachable": (
            _("データベースに接続できません（%(reason)s）。"),
            _("データベースが動いているか、DATABASE_URLとVAR_DIRが正しいかを確かめてください。"),
        ),
        "broken": (
            _("データベースのファイルが壊れています（%(reason)s）。"),
            _("書き込みをやめ、控えから戻してください。"),
        ),
        "failed": (
            _("データベースが受け付けませんでした（%(reason)s）。"),
            _("原因を除いてから、もう一度実行してください。"),
        ),
    }[kind]
