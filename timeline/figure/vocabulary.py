"""The vocabulary of a figure: states, signs, bases, edges, legend, notes, reasons. Pure.

Everything that a figure says stands here once, in Japanese and marked for translation; HTML, SVG,
XLSX and CSV print it. `FigureWords` puts it into the words of one language, once a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from values.language import Language
from values.messages import Translate, gettext_noop, translated
from values.messages import pgettext_noop as pgettext
from values.money import format_short
from values.partial_date import read_stored

from .facts import DrawnBasis, MarkFact

State = Literal["amount", "zero", "not_started", "ended", "no_own_budget", "unknown"]
Edge = Literal["", "closed", "continues", "ongoing", "unknown"]

MARK = "▲"
STAR = "*"
NO_GROUP = "（なし）"

SIGNS: dict[State, str] = {
    "amount": "",
    "zero": "0",
    "not_started": "",
    "ended": "",
    "no_own_budget": "−",
    "unknown": "?",
}
"""What a cell without a tier shows in a figure."""

_STATE_NAMES: dict[State, str] = {
    "amount": gettext_noop("区分外の額"),
    "zero": gettext_noop("0円"),
    "not_started": gettext_noop("開始前"),
    "ended": gettext_noop("終了後"),
    "no_own_budget": gettext_noop("独立した予算なし"),
    "unknown": gettext_noop("額は不明"),
}
"""What a state is called, for those who hear the table and in its legend."""

_SHEET_WORDS: dict[State, str] = {
    "amount": pgettext("sheet", "区分外"),
    "zero": "0",
    "not_started": pgettext("sheet", "開始前"),
    "ended": pgettext("sheet", "終了後"),
    "no_own_budget": pgettext("sheet", "内数"),
    "unknown": pgettext("sheet", "不明"),
}
"""What a cell without a tier says in a sheet, where it has no legend beside it."""

_DRAWN_STATES: dict[State, str] = {
    "amount": gettext_noop("額が区分の外"),
    "zero": pgettext("figure", "0円"),
    "no_own_budget": gettext_noop("独立した予算なし（運営費交付金等の内数）"),
    "unknown": gettext_noop("額は不明"),
}
"""What the legend of a drawing says of a state, in this order; the others draw nothing."""

_DRAWN_EDGES: dict[Edge, str] = {
    "ongoing": gettext_noop("継続中"),
    "continues": gettext_noop("図の年度の前後に続く"),
    "unknown": gettext_noop("開始・終了年度が不明"),
}
_EDGE_NAMES: dict[tuple[str, Edge], str] = {
    ("closes", "ongoing"): gettext_noop("継続中"),
    ("closes", "unknown"): gettext_noop("終わりは不明"),
    ("opens", "unknown"): gettext_noop("始まりは不明"),
}
_MARKS = (
    gettext_noop("出来事のあった年度"),
    gettext_noop("日付が年までの出来事（年度は資料による）"),
)
"""Of an event with a date, and of one whose fiscal year was stated."""

BASIS_NAMES: dict[DrawnBasis, str] = {
    "initial": gettext_noop("当初予算"),
    "with_supplementary": gettext_noop("当初予算＋補正予算"),
    "total": gettext_noop("予算計"),
    "executed": gettext_noop("執行額"),
}
_REASONS: dict[State, str] = {
    "amount": "%(basis)s %(amount)s",
    "zero": "%(basis)s %(amount)s",
    "not_started": gettext_noop("%(start)s年度に開始"),
    "ended": gettext_noop("%(end)s年度で終了"),
    "no_own_budget": gettext_noop("独立した予算がなく、運営費交付金等の内数"),
    "unknown": gettext_noop("%(basis)sの額は不明"),
}
_TEXTS = {
    "reason_with_source": gettext_noop("%(reason)s（%(source)s）"),
    "reason_running": gettext_noop("%(reason)s（%(start)s年度から実施）"),
    "fiscal_year": gettext_noop("%(fiscal_year)s年度"),
    "date_in_year": gettext_noop("%(date)sは%(fiscal_year)s"),
    "year_with_reason": gettext_noop("%(fiscal_year)s（%(reason)s）"),
    "differs": gettext_noop("%(basis)sでは%(tier)s"),
    "no_tier": gettext_noop("区分なし"),
    "differs_in_text": gettext_noop("%(basis_lower)sでは%(tier)s"),
    "differing_year": gettext_noop("%(label)s %(fiscal_year)s年度（%(differs)s）"),
    "differing_years": gettext_noop("予算の別の区分では色が変わる年度。%(years)s。"),
    "comma": gettext_noop("、"),
    "semicolon": pgettext("between long parts", "、"),
    "group": pgettext("figure", "区分"),
    "label": pgettext("figure", "施策・出来事"),
    "sheet_name": gettext_noop("年表"),
    "note": gettext_noop("注%(mark)s: %(text)s"),
    "numbered_note": gettext_noop("注%(number)s: %(text)s"),
    "note_of_row": gettext_noop("注: 【%(label)s】%(text)s"),
    "note_sign": gettext_noop("注%(number)s"),
    "source": gettext_noop("出典: %(source)s"),
    "rule": gettext_noop(
        "帯の色は各年度の%(basis_lower)sによる。「以上」「以下」はその額を含む。"
        "年度は4月から翌年3月まで。"
    ),
    "extent": gettext_noop("%(rows)s行、%(first)s年度から%(last)s年度。%(rule)s"),
    "sheet_legend": gettext_noop(
        "凡例: %(tiers)s、%(mark)s 出来事のあった年度、内数 独立した予算がなく運営費交付金等の内数"
    ),
}


@dataclass(frozen=True)
class FigureWords:
    """The vocabulary in one language, made once a figure. `language` chooses records' labels."""

    language: Language
    bases: Mapping[DrawnBasis, str]
    states: Mapping[State, str]
    in_sheet: Mapping[State, str]
    drawn_states: Mapping[State, str]
    drawn_edges: Mapping[Edge, str]
    edges: Mapping[tuple[str, Edge], str]
    marks: tuple[str, str]
    reasons: Mapping[State, str]
    texts: Mapping[str, str]

    @classmethod
    def of(cls, language: Language, translate: Translate = str) -> FigureWords:
        def worded(text: str) -> str:
            return translated(text, translate)

        return cls(
            language=language,
            bases={basis: worded(name) for basis, name in BASIS_NAMES.items()},
            states={state: worded(name) for state, name in _STATE_NAMES.items()},
            in_sheet={state: worded(word) for state, word in _SHEET_WORDS.items()},
            drawn_states={state: worded(words) for state, words in _DRAWN_STATES.items()},
            drawn_edges={edge: worded(words) for edge, words in _DRAWN_EDGES.items()},
            edges={edge: worded(name) for edge, name in _EDGE_NAMES.items()},
            marks=(worded(_MARKS[0]), worded(_MARKS[1])),
            reasons={state: worded(reason) for state, reason in _REASONS.items()},
            texts={name: worded(text) for name, text in _TEXTS.items()},
        )

    def text(self, name: str, **parameters: object) -> str:
        return self.texts[name] % parameters

    def reason(
        self,
        state: State,
        basis: DrawnBasis,
        *,
        amount_yen: int | None,
        source: str,
        start_fiscal_year: int | None,
        end_fiscal_year: int | None,
    ) -> str:
        """Why a cell is as it is: 当初予算 10.07億円（行政事業レビューシート 2021年度）."""
        has_amount = amount_yen is not None and state in ("amount", "zero")
        words = self.reasons[state] % {
            "basis": self.bases[basis],
            "amount": format_short(amount_yen or 0, self.language) if has_amount else "",
            "start": start_fiscal_year,
            "end": end_fiscal_year,
        }
        if has_amount and source:
            return self.text("reason_with_source", reason=words, source=source)
        if state == "unknown" and start_fiscal_year is not None:
            return self.text("reason_running", reason=words, start=start_fiscal_year)
        return words

    def mark_reason(self, mark: MarkFact) -> str:
        """Why an event is marked where it is: 2019年3月14日は2018年度."""
        fiscal_year = self.text("fiscal_year", fiscal_year=mark.fiscal_year)
        date = read_stored(mark.date) if mark.date else None
        if date and not date.is_fiscal:
            words = date.label(self.language)
            return self.text("date_in_year", date=words, fiscal_year=fiscal_year)
        if mark.reason:
            return self.text("year_with_reason", fiscal_year=fiscal_year, reason=mark.reason)
        return fiscal_year

    def differs(self, tiers: Iterable[tuple[DrawnBasis, str | None]]) -> str:
        """On which bases a cell's tier is another: 予算計ではA / 執行額では区分なし."""
        none = self.texts["no_tier"]
        return " / ".join(
            self.text("differs", basis=self.bases[basis], tier=tier or none)
            for basis, tier in tiers
        )

    def differs_in_text(self, tiers: Iterable[tuple[DrawnBasis, str | None]]) -> str:
        """The same in a drawing or a sheet: 予算計ではA、執行額では区分外."""
        none = self.in_sheet["amount"]
        return self.texts["comma"].join(
            self.text("differs_in_text", basis_lower=self.bases[basis].lower(), tier=tier or none)
            for basis, tier in tiers
        )

    def rule(self, basis: DrawnBasis) -> str:
        """What the colours mean and on which basis."""
        return self.text("rule", basis_lower=self.bases[basis].lower())


JAPANESE = FigureWords.of("ja")
