from django import template

from ..chart_html import VISIBLE_SIGNS, state_words, timeline_table
from ..chart_reasons import BASIS_LABELS

register = template.Library()


@register.inclusion_tag("timeline/_figure.html")
def timeline_figure(chart, caption):
    """A timeline with its legend: the rule of the tiers, the basis, the states drawn."""
    cells = [cell for row in chart.rows for cell in row.cells]
    states = {cell.state for cell in cells}
    return {
        "tiers": [(tier.letter, tier.label(chart.language)) for tier in chart.tiers],
        "table": timeline_table(chart, caption=caption),
        "basis": BASIS_LABELS[chart.language][chart.basis],
        "states": [
            (state, VISIBLE_SIGNS[state], state_words(state))
            for state in ("zero", "no_own_budget", "unknown")
            if state in states
        ],
        "is_sensitive": any(cell.differs for cell in cells),
    }
