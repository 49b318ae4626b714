"""Drawing a figure on the server: draw + chart_html, and the same cells by a Django template."""

import statistics
import time
from bisect import bisect
from collections.abc import Callable
from random import Random

from django.template import Context, Engine
from django.utils import translation

from timeline.drawing.html import timeline_blocks, timeline_table
from timeline.drawing.html_rows import cell_class
from timeline.figure.chart import Chart, draw
from timeline.figure.facts import RowFacts, SourcedAmount, TimelineFacts
from values.tiers import TierRule

TIERS = (
    TierRule("A", "50億円以上", "", 5_000_000_000, True),
    TierRule("B", "10億円超50億円未満", "", 1_000_000_000, False),
    TierRule("C", "10億円以下", "", 0, False),
)
LAST_YEAR = 2022
YEARS = 20
TEMPLATE = """{% for row in rows %}<tr class="row-program">
<th scope="row"><a href="/programs/{{ row.code }}/">{{ row.label }}</a></th>
{% for cell in row.cells %}<td class="{{ cell.class }}" title="{{ cell.reason }}">
{{ cell.tier }}</td>{% endfor %}</tr>{% endfor %}"""


def facts(rows: int, years: int) -> TimelineFacts:
    """`rows` programmes that run through some of `years` fiscal years, with sums for each."""
    chance = Random(9)
    first_year = LAST_YEAR - years + 1
    return TimelineFacts(
        first_year,
        LAST_YEAR,
        TIERS,
        "initial",
        tuple(_row(number, first_year, chance) for number in range(rows)),
    )


def _row(number: int, first_year: int, chance: Random) -> RowFacts:
    """A programme with one to three runs of years with an equal sum."""
    start = chance.randint(first_year - 2, LAST_YEAR - 2)
    end = chance.randint(start + 1, LAST_YEAR)
    changes = sorted(chance.choices(range(start, end + 1), k=chance.randint(0, 2)))
    oku = chance.choices((0, 3, 12, 80), k=3)
    sums = {
        (year, "initial"): SourcedAmount(oku[bisect(changes, year)] * 100_000_000)
        for year in range(max(start, first_year), end + 1)
    }
    return RowFacts(
        kind="program",
        label_ja=f"国際共同研究プログラム第{number}号",
        code=f"bench-{number}",
        group=f"第{number // 50}課",
        start_fiscal_year=start,
        end_fiscal_year=end if end < LAST_YEAR else None,
        end_state="known" if end < LAST_YEAR else "ongoing",
        amounts=sums,
    )


def chapter_figure(rows: int) -> dict:
    """A chapter's figure in detail: 7 fiscal years, each cell with its words and reason."""
    return _both(facts(rows, 7), lambda chart: timeline_table(chart, caption="年表"))


def program_blocks(rows: int) -> dict:
    """The figure of any programmes: 20 fiscal years, in blocks."""
    return _both(facts(rows, YEARS), lambda chart: timeline_blocks(chart, caption="年表"))


def _both(made: TimelineFacts, html: Callable[[Chart], str]) -> dict:
    template = Engine().from_string(TEMPLATE)
    with translation.override("ja"):
        return {
            "ours_ms": _cpu_ms(lambda: html(draw(made))),
            "template_ms": _cpu_ms(lambda: template.render(Context({"rows": _plain(draw(made))}))),
        }


def _plain(chart: Chart) -> list[dict]:
    return [
        {
            "code": row.facts.code,
            "label": row.facts.label_ja,
            "cells": [
                {"class": cell_class(cell), "reason": cell.reason, "tier": cell.tier or ""}
                for cell in row.cells
            ],
        }
        for row in chart.rows
    ]


def _cpu_ms(work: Callable[[], object], times: int = 9, at_least_ms: float = 1_000) -> float:
    """Return the median of `times` runs, of more where they are short."""
    work()
    found: list[float] = []
    while len(found) < times or sum(found) < at_least_ms:
        started = time.process_time()
        work()
        found.append((time.process_time() - started) * 1_000)
    return statistics.median(found)
