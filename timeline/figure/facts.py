"""What a timeline is drawn from, free of language and of the database. Pure.

A release keeps these facts as JSON, so that its figure can be drawn on any basis for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from values.language import Language
from values.tiers import TierRule

DrawnBasis = Literal["initial", "with_supplementary", "total", "executed"]
BASES: tuple[DrawnBasis, ...] = ("initial", "with_supplementary", "total", "executed")


@dataclass(frozen=True)
class Citation:
    """Where a sum is from: the source's title, the page on this site about it, the place in it."""

    title: str
    url: str = ""
    locator: str = ""


@dataclass(frozen=True)
class SourcedAmount:
    """A stored sum in yen and its source."""

    amount_yen: int
    citation: Citation | None = None


@dataclass(frozen=True)
class MarkFact:
    """An event in a fiscal year.

    `date` is a PartialDate's stored form, "" when the year was stated by hand with a `reason`.
    """

    fiscal_year: int
    date: str = ""
    reason: str = ""
    citation: Citation | None = None


@dataclass(frozen=True)
class RowFacts:
    """All that a row is drawn from. `amounts` is keyed by (fiscal year, stored basis)."""

    kind: Literal["program", "event", "heading"]
    label_ja: str
    label_en: str = ""
    group: str = ""
    code: str = ""
    start_fiscal_year: int | None = None
    end_fiscal_year: int | None = None
    end_state: str = "unknown"
    has_own_budget: bool = True
    amounts: Mapping[tuple[int, str], SourcedAmount] = field(default_factory=dict)
    marks: tuple[MarkFact, ...] = ()
    note: str = ""
    organization_ja: str = ""
    organization_en: str = ""

    def label(self, language: Language) -> str:
        return (self.label_en if language == "en" else "") or self.label_ja

    def organization(self, language: Language) -> str:
        return (self.organization_en if language == "en" else "") or self.organization_ja


@dataclass(frozen=True)
class TimelineFacts:
    """A whole figure: fiscal years, both inclusive, tiers, default basis and rows in order."""

    first_fiscal_year: int
    last_fiscal_year: int
    tiers: tuple[TierRule, ...]
    basis: DrawnBasis
    rows: tuple[RowFacts, ...]

    @property
    def known_years(self) -> range:
        """The fiscal years, at least those of the figure, in which any row has a sum or a mark."""
        years = {year for row in self.rows for year, _ in row.amounts}
        years |= {mark.fiscal_year for row in self.rows for mark in row.marks}
        years |= {self.first_fiscal_year, self.last_fiscal_year}
        return range(min(years), max(years) + 1)

    def as_json(self) -> dict[str, Any]:
        """Return plain JSON: equal to itself when stored, and read back by `from_json`."""
        document = asdict(self)
        document["tiers"] = list(document["tiers"])
        document["rows"] = [
            {
                **row,
                "marks": list(row["marks"]),
                "amounts": [
                    [fiscal_year, basis, amount]
                    for (fiscal_year, basis), amount in row["amounts"].items()
                ],
            }
            for row in document["rows"]
        ]
        return document

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> TimelineFacts:
        return cls(
            first_fiscal_year=document["first_fiscal_year"],
            last_fiscal_year=document["last_fiscal_year"],
            tiers=tuple(TierRule(**tier) for tier in document["tiers"]),
            basis=document["basis"],
            rows=tuple(_row_from_json(row) for row in document["rows"]),
        )


def _row_from_json(row: Mapping[str, Any]) -> RowFacts:
    amounts = {
        (fiscal_year, basis): SourcedAmount(amount["amount_yen"], _citation_from_json(amount))
        for fiscal_year, basis, amount in row["amounts"]
    }
    marks = tuple(
        MarkFact(**{**mark, "citation": _citation_from_json(mark)}) for mark in row["marks"]
    )
    return RowFacts(**{**row, "amounts": amounts, "marks": marks})


def _citation_from_json(document: Mapping[str, Any]) -> Citation | None:
    citation = document.get("citation")
    return Citation(**citation) if citation else None
