"""The words of a figure where it stands alone, as a drawing or in a sheet. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from values.language import Language

from ..figure.chart import Cell, Chart, Row
from ..figure.reasons import BASIS_LABELS

MARK = "▲"
GROUP_HEADING = {"ja": "区分", "en": "Group"}
LABEL_HEADING = {"ja": "施策・出来事", "en": "Programme or event"}
NO_GROUP = "（なし）"

SIGNS = {
    "amount": "",
    "zero": "0",
    "not_started": "",
    "ended": "",
    "no_own_budget": "−",
    "unknown": "?",
}
"""What a cell without a tier shows in a drawing."""

CELL_WORDS: dict[str, dict[str, str]] = {
    "ja": {
        "amount": "区分外",
        "zero": "0",
        "not_started": "開始前",
        "ended": "終了後",
        "no_own_budget": "内数",
        "unknown": "不明",
    },
    "en": {
        "amount": "no class",
        "zero": "0",
        "not_started": "not yet",
        "ended": "ended",
        "no_own_budget": "in grant",
        "unknown": "unknown",
    },
}
"""What a cell without a tier says in a sheet."""

STATE_LABELS: dict[str, dict[str, str]] = {
    "ja": {
        "amount": "額が区分の外",
        "zero": "0円",
        "no_own_budget": "独立した予算なし（運営費交付金等の内数）",
        "unknown": "額は不明",
    },
    "en": {
        "amount": "Amount outside the classes",
        "zero": "0 yen",
        "no_own_budget": "No budget of its own (part of a grant)",
        "unknown": "Amount unknown",
    },
}
"""What the legend says of a state; those that draw nothing have none."""

END_LABELS: dict[str, dict[str, str]] = {
    "ja": {
        "ongoing": "継続中",
        "continues": "図の年度の前後に続く",
        "unknown": "開始・終了年度が不明",
    },
    "en": {
        "ongoing": "Ongoing",
        "continues": "Goes on outside these years",
        "unknown": "Start or end unknown",
    },
}

MARK_LABELS = {
    "ja": ("出来事のあった年度", "日付が年までの出来事（年度は資料による）"),
    "en": ("Fiscal year of an event", "Event without a full date (fiscal year as its source says)"),
}
"""Of an event with a date, and of one whose fiscal year was stated."""


@dataclass(frozen=True)
class Frame:
    """What stands around a figure: its title, of which release it is, and where that is."""

    title: str
    origin: str = ""
    address: str = ""


def cell_text(cell: Cell, language: Language) -> str:
    """Return what a cell says in a sheet: its tier's letter, else a word for its state."""
    return cell.tier or CELL_WORDS[language][cell.state]


def row_texts(row: Row, chart: Chart) -> list[str]:
    """Return what a row says in each column of years; ▲ marks an event."""
    if row.cells:
        return [cell_text(cell, chart.language) for cell in row.cells]
    marked = {mark.fiscal_year for mark in row.marks}
    return [MARK if column.fiscal_year in marked else "" for column in chart.columns]


def heading_texts(chart: Chart) -> tuple[list[str | int], list[str | int]]:
    """Return the two heading rows: 西暦 over 和暦."""
    top = [GROUP_HEADING[chart.language], LABEL_HEADING[chart.language]]
    years: list[int] = [column.fiscal_year for column in chart.columns]
    return [*top, *years], ["", "", *(column.era for column in chart.columns)]


def group_texts(chart: Chart) -> list[str]:
    """Return each row's group; NO_GROUP below a group, because a blank cell there means ditto."""
    texts, above = [], ""
    for row in chart.rows:
        text = row.facts.group or (NO_GROUP if above else "")
        above = above or row.facts.group
        texts.append(text)
    return texts


def numbered_notes(chart: Chart) -> dict[int, int]:
    """Return the number of the note of each row, by row index, that has one."""
    noted = [index for index, row in enumerate(chart.rows) if row.facts.note]
    return {index: number for number, index in enumerate(noted, start=1)}


def rule_text(chart: Chart) -> str:
    """Return what the colours mean and on which basis."""
    basis = BASIS_LABELS[chart.language][chart.basis]
    if chart.language == "en":
        return (
            f"Bars are coloured by each fiscal year's budget ({basis.lower()}). “Or more” and “or"
            " less” include the amount. A fiscal year runs from April to March."
        )
    return (
        f"帯の色は各年度の{basis}による。「以上」「以下」はその額を含む。年度は4月から翌年3月まで。"
    )


def note_lines(chart: Chart, *, numbered: bool = True) -> list[str]:
    """Return the lines below a figure, each beginning with 注 or 出典.

    Numbers and the star stand in a drawing; in a sheet, not `numbered`, notes name their rows.
    """
    ja = chart.language == "ja"
    lines = [f"注: {rule_text(chart)}" if ja else f"Note: {rule_text(chart)}"]
    if found := list(_sensitive(chart)):
        star = "*" if numbered else ""
        lines.append(
            f"注{star}: 予算の別の区分では色が変わる年度。{'、'.join(found)}。"
            if ja
            else f"Note{star}: Years with another colour on another basis. {'; '.join(found)}."
        )
    for index, number in numbered_notes(chart).items():
        facts = chart.rows[index].facts
        label = facts.label(chart.language)
        if numbered:
            lines.append(f"注{number}: {facts.note}" if ja else f"Note {number}: {facts.note}")
        else:
            lines.append(f"注: 【{label}】{facts.note}" if ja else f"Note: [{label}] {facts.note}")
    if titles := _source_titles(chart):
        lines.append("出典: " + "、".join(titles) if ja else "Source: " + "; ".join(titles))
    return lines


def differs_text(cell: Cell, language: Language) -> str:
    """Return on which bases a cell's tier is another: 予算計ではA、執行額では区分外."""
    ja = language == "ja"
    none = CELL_WORDS[language]["amount"]
    parts = [
        f"{BASIS_LABELS[language][basis]}では{tier or none}"
        if ja
        else f"{tier or none} by {BASIS_LABELS[language][basis].lower()}"
        for basis, tier in cell.differs
    ]
    return "、".join(parts) if ja else ", ".join(parts)


def _sensitive(chart: Chart) -> Iterator[str]:
    for row in chart.rows:
        for cell in row.cells:
            if cell.differs:
                label = row.facts.label(chart.language)
                others = differs_text(cell, chart.language)
                yield (
                    f"{label} {cell.fiscal_year}年度（{others}）"
                    if chart.language == "ja"
                    else f"{label} FY{cell.fiscal_year} ({others})"
                )


def _source_titles(chart: Chart) -> list[str]:
    citations = [
        citation
        for row in chart.rows
        for citation in (
            *(cell.citation for cell in row.cells),
            *(mark.citation for mark in row.marks),
        )
    ]
    return list(dict.fromkeys(citation.title for citation in citations if citation))
