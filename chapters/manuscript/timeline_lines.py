"""The lines that are the chapter's table of fiscal years, and the legend below it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from values import fiscal_year
from values.messages import gettext_noop
from values.refusal import Refusal

from .parts import MOST_ROWS, refused, too_many
from .source import Line

_LEGEND = re.compile(r"(?:[A-Z]|[^\w\s:：])?\s*[:：]\s*\S")
_MOST_CELLS = 200


@dataclass
class TimelineLines:
    title: str
    table: list[Line] = field(default_factory=list)
    legend: list[Line] = field(default_factory=list)
    is_in_table: bool = True

    def end_table(self) -> None:
        self.is_in_table = False

    def wants(self, raw: str) -> bool:
        """Tell whether a line can be a row or a line of the legend."""
        return self._is_row(raw) or _LEGEND.match(raw.strip()) is not None

    def take(self, line: int, raw: str) -> None:
        if self._is_row(raw):
            if len(self.table) > MOST_ROWS:
                raise too_many(line, "row", MOST_ROWS)
            self.is_in_table = True
            self.table.append((line, raw))
        elif _LEGEND.match(raw.strip()):
            self.legend.append((line, raw.strip()))
        else:
            raise refused(
                "after_timeline",
                line,
                raw.strip()[:80],
                gettext_noop(
                    "年表の後ろに置けるのは「: 50億円以上」のような凡例だけです。"
                    "文章は年表の前に移してください。"
                ),
            )

    def _is_row(self, raw: str) -> bool:
        is_label = self.is_in_table and not _LEGEND.match(raw.strip())
        return not self.legend and ("\t" in raw or is_label)


def begins_timeline(line: int, raw: str) -> bool:
    """Tell whether a line is the head of a table of fiscal years; cells are parted by tabs.

    Raise ManuscriptError for a table by tabs without years: prose has its tables by bars.
    """
    if raw.count("\t") < 2:
        return False
    if years_in(raw.split("\t")):
        return True
    if raw.strip().count("\t") < 2:
        return False
    raise refused(
        "table_by_tabs",
        line,
        raw.strip()[:80],
        gettext_noop(
            "タブで区切った表は年表だけですが、年度の見出しがありません。年表なら先頭行に 2016 "
            "のような年度を並べ、ほかの表なら「| 甲 | 乙 |」のように書いてください。"
        ),
    )


def years_in(cells: list[str]) -> list[int]:
    """Return the fiscal years that cells name."""
    found = []
    for cell in cells[:_MOST_CELLS]:
        try:
            if len(cell) < 20 and cell.strip():
                found.append(fiscal_year.parse(cell.strip()).year)
        except Refusal:
            continue
    return found
