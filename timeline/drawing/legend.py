"""What a figure's legend explains: only what is drawn."""

from urllib.parse import urlencode

from django.utils.translation import gettext as _

from ..figure.chart import Chart
from ..figure.reasons import BASIS_LABELS
from .html_rows import VISIBLE_SIGNS, state_words


def legend(chart: Chart) -> dict:
    """Return tiers, states and edges with their words, and whether there are stars and marks.

    `row_query` asks for a single row on the same basis over the same years.
    """
    states, edges, is_sensitive = set(), set(), False
    for row in chart.rows:
        for cell in row.cells:
            states.add(cell.state)
            is_sensitive = is_sensitive or bool(cell.differs)
            if cell.running and not (cell.joins_previous and cell.joins_next):
                edges.add(cell.opening and f"opens-{cell.opening}")
                edges.add(cell.closing and f"closes-{cell.closing}")
    marks = [mark for row in chart.rows for mark in row.marks]
    edge_words = {
        "closes-ongoing": _("継続中"),
        "closes-unknown": _("終わりは不明"),
        "opens-unknown": _("始まりは不明"),
    }
    return {
        "tiers": [(tier.letter, tier.label(chart.language)) for tier in chart.tiers],
        "states": [
            (state, VISIBLE_SIGNS[state], state_words(state))
            for state in ("zero", "no_own_budget", "unknown")
            if state in states
        ],
        "edges": [(edge, words) for edge, words in edge_words.items() if edge in edges],
        "row_query": urlencode(
            {
                "basis": chart.basis,
                "from": chart.columns[0].fiscal_year,
                "to": chart.columns[-1].fiscal_year,
            }
        ),
        "basis": BASIS_LABELS[chart.language][chart.basis],
        "is_sensitive": is_sensitive,
        "has_marks": bool(marks),
        "has_stated_marks": any(mark.is_stated for mark in marks),
    }
