"""A sheet with the records that are in it, and what its reader would answer when asked."""

from dataclasses import dataclass, field

from .paper import Paper

Key = tuple[str, int, str]
"""Programme code, fiscal year, basis."""


@dataclass(repr=False)
class Case:
    shape: str
    content: bytes = b""
    suffix: str = ".xlsx"
    papers: list[Paper] = field(default_factory=list)
    records: dict[Key, int] = field(default_factory=dict)
    """Yen by programme, year and kind."""
    unit: str = ""
    constants: dict[str, str] = field(default_factory=dict)
    sheets: list[str] = field(default_factory=list)
    unused: set[str] = field(default_factory=set)
    """Headings that no record needs."""
    told: set[str] = field(default_factory=set)
    """Words that the warnings must hold when the sheet is read."""

    def is_unused(self, heading: str) -> bool:
        """Whether no record needs a column; a caption beside it may have been taken for its own."""
        return heading.split(" ")[-1] in self.unused

    def __repr__(self) -> str:
        return self.as_text()

    def as_text(self) -> str:
        papers = "\n".join(paper.as_text() for paper in self.papers)
        records = "\n".join(f"  {key} {yen:,}" for key, yen in sorted(self.records.items()))
        return f"{self.shape} ({self.suffix})\n{papers}\nrecords\n{records}"
