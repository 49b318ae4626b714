"""What is wrong in a sheet, cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Issue:
    """One fault: where, in Excel's own row and column, what was there, why it cannot be.

    `column` is the letter and `heading` the words above it; both are "" for a whole row. `near`
    is what may be meant instead: (what to read in place of the value, how that is shown).
    """

    sheet: str
    row: int
    column: str
    heading: str
    value: str
    code: str
    message: str
    near: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        near = tuple((key, shown) for key, shown in stored.get("near", ()))
        return cls(**{**stored, "near": near})

    def as_json(self) -> dict[str, Any]:
        """Return what the command prints."""
        return {each.name: getattr(self, each.name) for each in fields(self)[:-1]}

    def stored(self) -> dict[str, Any]:
        """Return what a plan keeps."""
        return self.as_json() | ({"near": self.near} if self.near else {})

    def __str__(self) -> str:
        if not self.row:
            return _("「%(value)s」: %(message)s") % {"value": self.value, "message": self.message}
        if not self.column:
            return _("%(row)s行目: %(message)s") % {"row": self.row, "message": self.message}
        return _("%(place)s「%(heading)s」: %(message)s") % {
            "place": f"{self.column}{self.row}",
            "heading": self.heading,
            "message": self.message,
        }
