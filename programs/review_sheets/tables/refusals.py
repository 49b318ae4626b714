"""Why review sheets are refused: file, line, heading, value, reason, remedy. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from values.language import is_english
from values.refusal import Refusal

LISTED = 20


class ReviewSheetError(Refusal):
    """One fault of one file. `line` counts from 1 as an editor shows it, 0 for the whole file."""

    reasons = {
        "file.unreadable": (
            "ファイルを開けません。場所と名前を確かめてください。",
            "The file cannot be opened. Check its place and name.",
        ),
        "file.not_zip": (
            "zipファイルではありません。公開されているzipのまま渡してください。",
            "This is no zip file. Give the zip as published.",
        ),
        "file.broken": (
            "zipが壊れているか、暗号化されています。もう一度ダウンロードしてください。",
            "The zip is damaged or encrypted. Download it again.",
        ),
        "file.members": (
            "zipの中のCSVが1つではありません（{found}個）。CSVを1つだけ入れてください。",
            "The zip holds {found} CSV files instead of one. Put one CSV into it.",
        ),
        "file.too_large": (
            "中のCSVが大きすぎます（{limit} MBまで）。年度ごとに分けてください。",
            "The CSV inside is too large (limit {limit} MB). Split it by year.",
        ),
        "file.encoding": (
            "UTF-8として読めない文字があります。UTF-8のCSVで保存してください。",
            "Some characters are not UTF-8. Save the CSV as UTF-8.",
        ),
        "file.csv": (
            "CSVとして読めません（{reason}）。引用符の閉じ忘れを確かめてください。",
            "This is no valid CSV ({reason}). Look for a quote that is never closed.",
        ),
        "file.swapped": (
            "2つのファイルの順が逆です。シートの表、予算の表の順に書いてください。",
            "The two files are swapped. Name the sheets first, then the budgets.",
        ),
        "file.layout": (
            "レビューシートの表の見出しではありません（足りない列: {missing}）。"
            "公開されている表のまま渡してください。",
            "These are no headings of review sheets (missing: {missing}). "
            "Give the table as published.",
        ),
        "file.layouts_differ": (
            "シートの表は{sheets}、予算の表は{budgets}の形です。同じ公開元の2つを渡してください。",
            "The sheets have the layout of {sheets}, the budgets that of {budgets}. "
            "Give two files of the same publication.",
        ),
        "file.empty": (
            "見出しの下に行がありません。ファイルを確かめてください。",
            "There are no rows below the headings. Check the file.",
        ),
        "row.ragged": (
            "列の数が見出しと違います（{found}列、見出しは{wanted}列）。行を直してください。",
            "The row has {found} cells, the heading {wanted}. Mend the row.",
        ),
        "cell.blank": (
            "空欄にできません。値を入れてください。",
            "This cell must not be blank. Enter a value.",
        ),
        "cell.too_long": (
            "長すぎます（{limit}字まで）。短くしてください。",
            "This is too long (limit {limit} characters). Shorten it.",
        ),
        "cell.year": (
            "「{value}」は年度ではありません。西暦4桁で書いてください。",
            "“{value}” is no fiscal year. Write four digits.",
        ),
        "cell.amount": (
            "「{value}」は金額ではありません。数字だけで書いてください。",
            "“{value}” is no amount. Write digits only.",
        ),
        "cell.flag": (
            "「{value}」はTRUEでもFALSEでもありません。どちらかを書いてください。",
            "“{value}” is neither TRUE nor FALSE. Write one of them.",
        ),
        "ministry.unknown": (
            "府省庁「{value}」を知りません。先に組織としてこの名称で登録してください。",
            "The ministry “{value}” is unknown. Add it as an organization of this name first.",
        ),
        "sheet.duplicate": (
            "「{value}」は{first}行目にもあります。どちらかを除いてください。",
            "“{value}” already stands in line {first}. Remove one of them.",
        ),
        "budget.duplicate": (
            "「{value}」の金額は{first}行目にもあります。どちらかを除いてください。",
            "The amounts of “{value}” already stand in line {first}. Remove one of them.",
        ),
        "budget.without_sheet": (
            "「{value}」はシートの表にありません。同じ版の2つの表を渡してください。",
            "“{value}” is not among the sheets. Give two tables of the same edition.",
        ),
    }

    file: str = ""
    line: int = 0
    heading: str = ""

    def at(self, *, file: str, line: int = 0, heading: str = "") -> ReviewSheetError:
        """Say where it is."""
        self.file, self.line, self.heading = file, line, heading
        return self

    def message(self, language: str | None) -> str:
        """Return place and reason in one line: review.csv 3行目「予算年度」: …"""
        english = is_english(language)
        where = self.file
        if self.line:
            where += f" line {self.line}" if english else f" {self.line}行目"
        if self.heading:
            where += f" “{self.heading}”" if english else f"「{self.heading}」"
        return f"{where}: {self.text(language)}"

    def as_json(self, language: str | None) -> dict[str, Any]:
        return {
            "sheet": self.file,
            "row": self.line,
            "column": self.heading,
            "heading": self.heading,
            "value": self.value,
            "code": self.code,
            "message": self.message(language),
        }


class ReviewSheetsRefused(Exception):
    """The faults of a run, at most LISTED of them; nothing is written when there is one."""

    def __init__(self, errors: Sequence[ReviewSheetError]) -> None:
        super().__init__(errors[0].message(None))
        self.errors = list(errors)
