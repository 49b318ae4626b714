"""Why a cell or a mark of a timeline is as it is, in one sentence, in two languages. Pure."""

from __future__ import annotations

from values.language import Language
from values.money import format_short
from values.partial_date_text import read_stored

from .facts import MarkFact

BASIS_LABELS: dict[str, dict[str, str]] = {
    "ja": {
        "initial": "当初予算",
        "with_supplementary": "当初予算＋補正予算",
        "total": "予算計",
        "executed": "執行額",
    },
    "en": {
        "initial": "Initial budget",
        "with_supplementary": "Initial and supplementary budget",
        "total": "Total budget",
        "executed": "Executed amount",
    },
}
_JAPANESE = {
    "not_started": "{start}年度に開始",
    "ended": "{end}年度で終了",
    "no_own_budget": "独立した予算がなく、運営費交付金等の内数",
    "unknown": "{basis}の額は不明",
}
_ENGLISH = {
    "not_started": "Starts in FY{start}",
    "ended": "Ended in FY{end}",
    "no_own_budget": "No budget of its own: part of an agency's grant",
    "unknown": "{basis} is unknown",
}


def cell_reason(
    state: str,
    basis: str,
    amount_yen: int | None,
    source_title: str,
    start_fiscal_year: int | None,
    end_fiscal_year: int | None,
    language: Language,
) -> str:
    """Return for example 「当初予算 10.07億円（行政事業レビューシート 2021年度）」."""
    basis_label = BASIS_LABELS[language][basis]
    if amount_yen is not None and state in ("amount", "zero"):
        sentence = f"{basis_label} {format_short(amount_yen, language)}"
        if not source_title:
            return sentence
        return (
            f"{sentence}（{source_title}）" if language == "ja" else f"{sentence} ({source_title})"
        )
    phrases = _JAPANESE if language == "ja" else _ENGLISH
    sentence = phrases[state].format(
        basis=basis_label, start=start_fiscal_year, end=end_fiscal_year
    )
    if state == "unknown" and start_fiscal_year is not None:
        running = f"（{start_fiscal_year}年度から実施）", f" (running since FY{start_fiscal_year})"
        sentence += running[0 if language == "ja" else 1]
    return sentence


def mark_reason(mark: MarkFact, language: Language) -> str:
    """Return for example 「2019年3月14日は2018年度」; without a date the reason stated by hand."""
    year = f"{mark.fiscal_year}年度" if language == "ja" else f"FY{mark.fiscal_year}"
    date = read_stored(mark.date) if mark.date else None
    if date and not date.is_fiscal:
        words = date.label(language)
        return f"{words}は{year}" if language == "ja" else f"{words} is in {year}"
    if mark.reason:
        return f"{year}（{mark.reason}）" if language == "ja" else f"{year} ({mark.reason})"
    return year
