"""Why review sheets are refused: file, line, heading, value, reason, remedy. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from values.messages import Message, Translate, gettext_noop
from values.refusal import Refusal

LISTED = 20


class ReviewSheetError(Refusal):
    """One fault of one file. `line` counts from 1 as an editor shows it, 0 for the whole file."""

    reasons = {
        "file.unreadable": gettext_noop("ファイルを開けません。場所と名前を確かめてください。"),
        "file.not_zip": gettext_noop(
            "zipファイルではありません。公開されているzipのまま渡してください。"
        ),
        "file.broken": gettext_noop(
            "zipが壊れているか、暗号化されています。もう一度ダウンロードしてください。"
        ),
        "file.members": gettext_noop(
            "zipの中のCSVが1つではありません（%(found)s個）。CSVを1つだけ入れてください。"
        ),
        "file.too_large": gettext_noop(
            "中のCSVが大きすぎます（%(limit)s MBまで）。年度ごとに分けてください。"
        ),
        "file.encoding": gettext_noop(
            "UTF-8として読めない文字があります。UTF-8のCSVで保存してください。"
        ),
        "file.csv": gettext_noop(
            "CSVとして読めません（%(reason)s）。引用符の閉じ忘れを確かめてください。"
        ),
        "file.swapped": gettext_noop(
            "2つのファイルの順が逆です。シートの表、予算の表の順に書いてください。"
        ),
        "file.layout": gettext_noop(
            "レビューシートの表の見出しではありません（足りない列: %(missing)s）。"
            "公開されている表のまま渡してください。"
        ),
        "file.layouts_differ": gettext_noop(
            "シートの表は%(sheets)s、予算の表は%(budgets)sの形です。同じ公開元の2つを渡してください。"
        ),
        "file.empty": gettext_noop("見出しの下に行がありません。ファイルを確かめてください。"),
        "row.ragged": gettext_noop(
            "列の数が見出しと違います（%(found)s列、見出しは%(wanted)s列）。行を直してください。"
        ),
        "cell.blank": gettext_noop("空欄にできません。値を入れてください。"),
        "cell.too_long": gettext_noop("長すぎます（%(limit)s字まで）。短くしてください。"),
        "cell.year": gettext_noop("「%(value)s」は年度ではありません。西暦4桁で書いてください。"),
        "cell.amount": gettext_noop(
            "「%(value)s」は金額ではありません。数字だけで書いてください。"
        ),
        "cell.flag": gettext_noop(
            "「%(value)s」はTRUEでもFALSEでもありません。どちらかを書いてください。"
        ),
        "ministry.unknown": gettext_noop(
            "府省庁「%(value)s」を知りません。先に組織としてこの名称で登録してください。"
        ),
        "sheet.duplicate": gettext_noop(
            "「%(value)s」は%(first)s行目にもあります。どちらかを除いてください。"
        ),
        "budget.duplicate": gettext_noop(
            "「%(value)s」の金額は%(first)s行目にもあります。どちらかを除いてください。"
        ),
        "budget.without_sheet": gettext_noop(
            "「%(value)s」はシートの表にありません。同じ版の2つの表を渡してください。"
        ),
    }

    file: str = ""
    line: int = 0
    heading: str = ""

    def at(self, *, file: str, line: int = 0, heading: str = "") -> ReviewSheetError:
        """Say where it is."""
        self.file, self.line, self.heading = file, line, heading
        return self

    def in_words(self, translate: Translate = str) -> str:
        """Return place and reason in one line: review.csv 3行目「予算年度」: …"""
        where: Message | str = self.file
        if self.line:
            words = {"file": self.file, "line": self.line}
            where = Message(gettext_noop("%(file)s %(line)s行目"), words)
        if self.heading:
            words = {"place": where, "heading": self.heading}
            where = Message(gettext_noop("%(place)s「%(heading)s」"), words)
        parts = {"place": where, "message": self.reason}
        return Message("%(place)s: %(message)s", parts).in_words(translate)

    def as_json(self, translate: Translate = str) -> dict[str, Any]:
        return {
            "sheet": self.file,
            "row": self.line,
            "column": self.heading,
            "heading": self.heading,
            "value": self.value,
            "code": self.code,
            "message": self.in_words(translate),
        }


class ReviewSheetsRefused(Exception):
    """The faults of a run, at most LISTED of them; nothing is written when there is one."""

    def __init__(self, errors: Sequence[ReviewSheetError]) -> None:
        super().__init__(errors[0].in_words())
        self.errors = list(errors)
