"""What headings, titles and cells call the bases of a budget: 当初予算, 補正, 執行額. Pure.

The bases are those of 財政法: 当初予算 (第27条), 補正予算 (第29条), 予備費 (第35条), 繰越し
(第42条, 第43条の2), 歳出予算現額 and 決算 (第38条). 政府案 and 予算案 are the budget before
the Diet, and 予算額 says no basis: both are amounts whose basis something else must say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from .messages import gettext_noop
from .text_key import text_key

Basis = Literal[
    "initial",
    "supplementary",
    "carried_in",
    "carried_out",
    "reserve",
    "total",
    "executed",
    "request",
]
BASIS_NAMES: dict[Basis, str] = {
    "initial": gettext_noop("当初予算"),
    "supplementary": gettext_noop("補正予算"),
    "carried_in": gettext_noop("前年度から繰越し"),
    "carried_out": gettext_noop("翌年度へ繰越し"),
    "reserve": gettext_noop("予備費等"),
    "total": gettext_noop("予算計"),
    "executed": gettext_noop("執行額"),
    "request": gettext_noop("要求額"),
}
"""What this site calls each basis."""

NotStored = Literal["sum", "change", "ratio", "unused"]

_AMOUNT = r"(?:金額|額|案|分|費)*"
_NUMBER = r"(?:\(?第?\d{1,2}[号次]\)?)?"
_BASES: dict[Basis, str] = {
    "initial": rf"当初(?:予算)?{_AMOUNT}|initial(?:budget)?",
    "supplementary": rf"(?:第?\d次)?{_NUMBER}補正(?:予算)?{_NUMBER}{_AMOUNT}"
    r"|supplementary(?:budget)?",
    "carried_in": rf"前年度(?:から(?:の)?|よりの?|の)?繰り?越し?(?:予算)?{_AMOUNT}"
    r"|carried(?:over)?(?:in|fromprevious(?:fiscal)?year)|broughtforward",
    "carried_out": rf"(?:翌|次)年度(?:へ(?:の)?|の)?繰り?越し?{_AMOUNT}"
    r"|carried(?:over)?(?:out|forward|tonext(?:fiscal)?year)",
    "reserve": rf"予備費(?:使用|等)?{_AMOUNT}|reserves?(?:fund)?",
    "total": r"予算(?:額)?(?:計|合計|総額)|(?:歳出)?予算現額|totalbudget|budgettotal",
    "executed": rf"(?:予算)?執行(?:済)?(?:実績)?{_AMOUNT}|決算{_AMOUNT}|支出済(?:歳出)?{_AMOUNT}"
    rf"|支出{_AMOUNT}|(?:執行|決算)見込{_AMOUNT}|executed?|execution|settlement|settled|actual|outturn",
    "request": rf"(?:概算)?要求(?:・?要望)?{_AMOUNT}|(?:budget)?requests?|requestedbudget",
}
_PATTERNS = {basis: re.compile(pattern) for basis, pattern in _BASES.items()}
_UNSAID = re.compile(
    rf"(?:年度)?(?:予算|政府(?:予算)?案|政府原案|概算決定|予算措置|国費){_AMOUNT}"
    r"|budgets?(?:amount)?|amounts?|予算案\(政府案\)|金額|額"
)
_NOT_STORED: dict[NotStored, str] = {
    "sum": rf"補正後(?:予算)?{_AMOUNT}|当初(?:予算)?(?:額)?[+・と]補正.*|当初補正計"
    r"|.*補正(?:予算)?(?:額)?を含む.*|afterrevision|revised(?:budget)?",
    "change": r"(?:対)?前年度?(?:当初)?(?:予算)?(?:額)?(?:比|対比|との差|差額|増減)?"
    r"(?:増|増減|増減額|増△減|増▲減)(?:額)?"
    r"|(?:比較)?増[△▲・]?減(?:額)?|差引(?:き)?(?:額)?(?:増減)?|差額|比較|増額|減額"
    r"|change|difference|increase|decrease",
    "ratio": r".*(?:率|前年度?比|構成比|割合)(?:\(?%\)?)?|%|ratio|.*rate",
    "unused": rf"不用{_AMOUNT}|unused(?:amount)?",
}
_NOT_STORED_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _NOT_STORED.items()}
_BRACKETS = re.compile(r"^\((.*)\)$")
_WORDS = re.compile(
    r"\(?(?:皆増|皆減|純増|純減|新規|継続|終了|廃止|統合|移管|未定|調整中|精査中|集計中|非公表|非公開"
    r"|事項要求|該当せず|[*※×x]+)\)?|.*内数.*"
)
_MINISTRY = re.compile(
    r"(?!.*(?:府省|省庁|各省|所管|担当|関係)).+(?:省|庁|内閣官房|内閣府|人事院|会計検査院)"
    r"|内閣(?:官房|府)|.*(?:公正取引|原子力規制|個人情報保護)委員会|人事院|会計検査院|最高裁判所|国会"
    r"|文科|外務|経産|厚労|農水|国交|環境|総務|財務|法務|防衛|mext|mofa|meti|mhlw|maff|mlit|moe|mic|mof|cao"
)


def _key(text: str) -> str:
    key = text_key(text).strip(":・,、")
    if match := _BRACKETS.fullmatch(key):
        key = match[1]
    return key


@lru_cache(maxsize=4096)
def read_basis(text: str) -> Basis | None:
    """Return the basis that `text` names and nothing else: 補正予算（第2号） is supplementary.

    The name of a basis as it is stored is read too. None for words that say no basis (予算額,
    繰越額, 計, Total) and for all else.
    """
    if text in _PATTERNS:
        return text
    key = _key(text)
    return next((basis for basis, each in _PATTERNS.items() if each.fullmatch(key)), None)


@lru_cache(maxsize=4096)
def is_amount(text: str) -> bool:
    """Whether `text` names an amount without its basis: 予算額, 政府案, Budget."""
    return bool(_UNSAID.fullmatch(_key(text)))


@lru_cache(maxsize=4096)
def not_stored(text: str) -> NotStored | None:
    """Return what a column holds that is no amount of one basis: a sum, a change, a ratio.

    補正後 is the sum of initial and supplementary budget, 増減 the change from year to year,
    執行率 a ratio, 不用額 what was not used (会計法施行令 has no basis for it here).
    """
    key = _key(text)
    found = _NOT_STORED_PATTERNS.items()
    return next((kind for kind, each in found if each.fullmatch(key)), None)


@lru_cache(maxsize=4096)
def word_of_amount(text: str) -> str | None:
    """Return the word that stands where an amount would, and says something else: 内数, 皆増, *.

    None for amounts, for marks that say that there is none, and for all else.
    """
    return text.strip() if _WORDS.fullmatch(text_key(text)) else None


@lru_cache(maxsize=4096)
def is_ministry(text: str) -> bool:
    """Whether a heading names a ministry or agency, among whom amounts may be divided."""
    return bool(_MINISTRY.fullmatch(_key(text)))
