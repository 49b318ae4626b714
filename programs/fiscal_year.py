"""The Japanese fiscal year: 1 April to 31 March (財政法第11条). Pure."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class FiscalYear:
    """Fiscal year n runs from 1 April n to 31 March n+1, both inclusive."""

    year: int

    @classmethod
    def of(cls, day: datetime.date) -> FiscalYear:
        return cls(day.year if day.month >= 4 else day.year - 1)
