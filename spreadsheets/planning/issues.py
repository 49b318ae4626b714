"""What is wrong in a sheet, cell by cell."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Issue:
    """One fault: where, in Excel's own row and column, what was there, why it cannot be.

    `column` is the letter and `heading` the words above it; both are "" for a whole row.
    """

    sheet: str
    row: int
    column: str
    heading: str
    value: str
    code: str
    message: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

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
