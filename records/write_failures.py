"""Why a database did not write, in a sentence for who wanted to write."""

from django.db import DatabaseError, IntegrityError, OperationalError
from django.utils.translation import gettext as _

_FULL = ("disk is full", "no space left", "could not extend file")
_BUSY = ("locked", "lock timeout", "deadlock", "serialize")


def why_not_written(error: DatabaseError) -> str:
    """Return why nothing was written, "" where the error says nothing about that."""
    words = str(error).lower()
    if isinstance(error, IntegrityError) and "foreign key" in words:
        return _(
            "選んだ記録を、ほかの人か取込みが先に削除したので、保存しませんでした。"
            "入力は残っています。選び直して、もう一度保存してください。"
        )
    if isinstance(error, IntegrityError):
        return _(
            "ほかの人か取込みが先に保存した記録と重なる値（番号、順、コードなど）があるので、"
            "保存しませんでした。入力は残っています。値を確かめて、もう一度保存してください。"
        )
    if not isinstance(error, OperationalError):
        return ""
    if any(each in words for each in _FULL):
        return _(
            "ディスクの空きがないので、保存できませんでした。入力は残っています。"
            "管理者に空きを作ってもらい、もう一度保存してください。"
        )
    if any(each in words for each in _BUSY):
        return _(
            "別の大きな書き込みが続いているので、保存できませんでした。入力は残っています。"
            "しばらくして、もう一度保存してください。"
        )
    return ""
