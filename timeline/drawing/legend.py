"""The legend of a figure in a page."""

from urllib.parse import urlencode

from ..figure.chart import Chart
from ..figure.legend import legend_of
from ..figure.vocabulary import SIGNS


def legend(chart: Chart) -> dict:
    """Return tiers, states and edges with their words, and whether there are stars and marks.

    `row_query` asks for a single row on the same basis over the same years.
    """
    words, found = chart.words, legend_of(chart)
    edges = {"opens": found.opens, "closes": found.closes}
    return {
        "tiers": [(tier.letter, tier.label(chart.language)) for tier in chart.tiers],
        "states": [
            (state, SIGNS[state], words.states[state])
            for state in ("zero", "no_own_budget", "unknown")
            if state in found.states
        ],
        "edges": [
            (f"{end}-{edge}", name)
            for (end, edge), name in words.edges.items()
            if edge in edges[end]
        ],
        "row_query": urlencode(
            {
                "basis": chart.basis,
                "from": chart.columns[0].fiscal_year,
                "to": chart.columns[-1].fiscal_year,
            }
        ),
        "basis": words.bases[chart.basis],
        "is_sensitive": found.has_stars,
        "has_marks": bool(found.marks),
        "has_stated_marks": True in found.marks,
    }
