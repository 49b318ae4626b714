"""What the lines above a table, and its sheet's name, say of all its values. Pure."""

import re
from collections.abc import Iterable

from values.heading_years import split_year
from values.yen_units import find_unit

from .columns import YearColumns

_BRACKETED = re.compile(r"[（(\[［【〔]([^（）()\[\]［］【】〔〕]*)[）)\]］】〕]")
_NUMBER = re.compile(
    r"^\s*(?:[○●◎■□◆◇・※]\s*)?(?:(?:図?表|別紙|別表|第|資料|参考|table|sheet)\s*)?"
    r"(?:[（(]?\d{1,2}(?![\d年])(?:-\d{1,2})?[）)]?\s*(?:表)?[.．、:：]?|[①-⑳])?[\s　]*",
    re.IGNORECASE,
)
_AROUND = " 　:：・の【】＜＞<>〈〉《》〔〕[]［］■□◆◇●○"
_SORTED = re.compile(r"^(?:(?:施策|事業|プログラム|府省庁?|省庁|年度|機関|項目)別の?)+")
_ABOUT = re.compile(
    r"の?(?:推移|一覧|状況|内訳|実績|総括表?|表|一覧表|集計表?|by programme)+$", re.IGNORECASE
)


def title_words(texts: Iterable[str], years: YearColumns) -> tuple[int | None, str]:
    """Return the fiscal year and the kind that titles name: 「表２ 執行額（千円）」.

    A title that says more, as 「令和5年度概算要求と令和4年度予算」, names neither: its words are of
    the whole paper. So does a contradiction between two titles.
    """
    found_years, kinds = set(), set()
    for text in texts:
        said = _said(text, years)
        if said is None:
            continue
        year, kind = said
        found_years |= {year} - {None}
        kinds |= {kind} - {""}
    year = next(iter(found_years)) if len(found_years) == 1 else None
    return year, next(iter(kinds)) if len(kinds) == 1 else ""


def _said(text: str, years: YearColumns) -> tuple[int | None, str] | None:
    bare = _BRACKETED.sub(lambda match: "" if find_unit(match[1]) else match[0], text)
    bare = _SORTED.sub("", _NUMBER.sub("", bare, count=1).strip()).strip(_AROUND)
    found = split_year(bare)
    rest, year = (bare, None) if found is None else (found.rest, found.year)
    rest = _SORTED.sub("", _ABOUT.sub("", rest.strip()).strip()).strip(_AROUND)
    if not rest:
        return (year, "") if year is not None else None
    kind = years.kind_of(rest)
    if kind:
        return year, kind
    return (year, "") if year is not None and years.is_value(rest) else None
