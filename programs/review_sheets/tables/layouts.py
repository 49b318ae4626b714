"""The two published forms of the review sheets: which columns are read, and nothing else. Pure.

People's names stand in columns that no layout names (作成責任者, 備考), so they are never read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from values.money import Unit

from .refusals import ReviewSheetError
from .table_file import TableFile


@dataclass(frozen=True)
class Layout:
    """Headings by what they hold. `totals` stand in the order of review_sheet.BASES."""

    title: str
    unit: Unit
    sheets: dict[str, str]
    budgets: dict[str, str]
    totals: tuple[str, ...]

    @property
    def budget_headings(self) -> set[str]:
        return {*self.budgets.values(), *self.totals}


EXTRACT = Layout(
    title="2015-2022",
    unit="million_yen",
    sheets={
        "year": "公開年度",
        "ministry": "府省庁",
        "number": "事業番号",
        "judgit_id": "事業ID",
        "name": "事業名",
        "start": "開始年度",
        "end": "終了年度",
        "pointers": "関連する過去のレビューシート",
    },
    budgets={
        "year": "公開年度",
        "ministry": "府省庁",
        "number": "事業番号",
        "fiscal_year": "予算年度",
    },
    totals=(
        "当初予算（百万円）",
        "補正予算（百万円）",
        "前年度から繰越し（百万円）",
        "翌年度へ繰越し（百万円）",
        "予備費等（百万円）",
        "予算計（百万円）",
        "執行額（百万円）",
        "要求額（百万円）",
    ),
)
"""The extract of judgit/data: one row a sheet, one row a sheet and fiscal year."""

OFFICIAL = Layout(
    title="RSシステム",
    unit="yen",
    sheets={
        "year": "事業年度",
        "ministry": "政策所管府省庁",
        "number": "予算事業ID",
        "name": "事業名",
        "start": "事業開始年度",
        "has_no_start": "開始年度不明",
        "end": "事業終了（予定）年度",
        "has_no_end": "終了予定なし",
        "pointers": "旧事業番号",
    },
    budgets={"year": "事業年度", "number": "予算事業ID", "fiscal_year": "予算年度"},
    totals=(
        "当初予算（合計）",
        "補正予算（合計）",
        "前年度からの繰越し（合計）",
        "翌年度への繰越し(合計）",
        "予備費等（合計）",
        "計（歳出予算現額合計）",
        "執行額（合計）",
        "翌年度要求額（合計）",
    ),
)
"""Tables 1-2 and 2-1 of rssystem.go.jp: a programme repeats with its 主要経費 and its accounts.

The ministry is 政策所管府省庁, because earlier sheets name the ministry above an agency.
"""

LAYOUTS = (EXTRACT, OFFICIAL)


def layout_of(sheets: TableFile, budgets: TableFile) -> Layout:
    """Return the layout of both tables. Raises ReviewSheetError."""
    first = _layout(sheets, "sheets")
    second = _layout(budgets, "budgets")
    if first is not second:
        raise ReviewSheetError.because(
            "file.layouts_differ", "", sheets=first.title, budgets=second.title
        ).at(file=budgets.name)
    return first


def _layout(table: TableFile, role: str) -> Layout:
    headings = set(table.headings)
    for layout in LAYOUTS:
        if _wanted(layout, role) <= headings:
            return layout
    other = "budgets" if role == "sheets" else "sheets"
    if any(_wanted(layout, other) <= headings for layout in LAYOUTS):
        raise ReviewSheetError.because("file.swapped", table.name).at(file=table.name, line=1)
    nearest = min(LAYOUTS, key=lambda layout: len(_wanted(layout, role) - headings))
    missing = sorted(_wanted(nearest, role) - headings)
    raise ReviewSheetError.because(
        "file.layout", "、".join(table.headings), missing="、".join(missing)
    ).at(file=table.name, line=1, heading=missing[0])


def _wanted(layout: Layout, role: str) -> set[str]:
    return set(layout.sheets.values()) if role == "sheets" else layout.budget_headings


def columns(headings: Sequence[str], wanted: dict[str, str]) -> dict[str, int]:
    """Return where each wanted thing stands, from 0."""
    return {name: headings.index(heading) for name, heading in wanted.items()}


def not_read(headings: Sequence[str], wanted: set[str]) -> list[str]:
    return [heading for heading in headings if heading not in wanted]
