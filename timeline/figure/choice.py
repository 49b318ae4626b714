"""What a reader may choose of a figure: ?basis=total&from=2012&to=2025. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from values.fiscal_year import LONGEST_YEAR, FiscalYearError, parse
from values.messages import gettext_noop
from values.refusal import Refusal

from .facts import BASES, DrawnBasis

MOST_YEARS = 100


class ChoiceError(Refusal):
    """A basis or years that no figure can be drawn on."""

    bounds = {"most": MOST_YEARS}
    reasons = {
        "choice.basis": gettext_noop(
            "「%(value)s」という予算の区分はありません（initial、with_supplementary、total、executed）。"
        ),
        "choice.years": gettext_noop(
            "「%(value)s」は図の年度になりません。始まりから終わりまで%(most)s年度以内です。"
        ),
    }


@dataclass(frozen=True)
class ChartChoice:
    """A basis and fiscal years, both inclusive, chosen or as the figure has them.

    `known_years` is what a reader may usefully ask for.
    """

    basis: DrawnBasis
    first_fiscal_year: int
    last_fiscal_year: int
    known_years: range
    own_years: range

    @property
    def year_count(self) -> int:
        return self.last_fiscal_year - self.first_fiscal_year + 1

    @property
    def shows_own_years(self) -> bool:
        return (self.first_fiscal_year, self.last_fiscal_year) == _ends(self.own_years)

    @property
    def shows_known_years(self) -> bool:
        return (self.first_fiscal_year, self.last_fiscal_year) == _ends(self.known_years)

    @property
    def has_more_years(self) -> bool:
        return self.known_years != self.own_years


def read_choice(
    query: Mapping[str, str], *, basis: DrawnBasis, own_years: range, known_years: range
) -> ChartChoice:
    """Return the choice that `query` makes. Years are read in any form (2012, H24).

    Raises ChoiceError for a basis that does not exist, FiscalYearError for no year, and
    ChoiceError for years in the wrong order or too many.
    """
    chosen = query.get("basis") or basis
    found = next((known for known in BASES if known == chosen), None)
    if found is None:
        raise ChoiceError.because("choice.basis", chosen[:40])
    first, last = _ends(own_years)
    first, last = _year(query.get("from"), first), _year(query.get("to"), last)
    if not 0 <= last - first < MOST_YEARS:
        raise ChoiceError.because("choice.years", f"{first}–{last}")
    return ChartChoice(found, first, last, known_years, own_years)


def _year(text: str | None, default: int) -> int:
    text = (text or "").strip()
    if len(text) > LONGEST_YEAR:
        raise FiscalYearError.because("year.unknown", f"{text[:LONGEST_YEAR]}…")
    return parse(text, calendar_year_ok=True).year if text else default


def _ends(years: range) -> tuple[int, int]:
    return years[0], years[-1]


__all__ = ["ChartChoice", "ChoiceError", "FiscalYearError", "read_choice"]
