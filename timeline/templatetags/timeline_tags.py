"""Figures, their legend, and what a reader may choose of them."""

import re

from django import template

from ..drawing.html import row_reasons, timeline_blocks, timeline_table
from ..drawing.legend import legend
from ..drawing.words import figure_words

register = template.Library()


@register.inclusion_tag("timeline/_assets.html")
def timeline_assets():
    """The script of figures, for a page's head; their style is the site's."""
    return {}


@register.inclusion_tag("timeline/_figure.html")
def timeline_figure(chart, caption, has_tools=False):
    """A figure in detail with its legend, and with tools to pick out rows if it is to have any."""
    joined = (row.facts.organization(chart.language) for row in chart.rows)
    organizations = {name for names in joined for name in re.split("、|; ", names)}
    return {
        **legend(chart),
        "table": timeline_table(chart, caption=caption),
        "has_tools": has_tools,
        "organizations": sorted(organizations - {""}),
    }


@register.inclusion_tag("timeline/_figure.html")
def programs_figure(chart, caption, first):
    """A figure of any number of programmes, in blocks; a row's reasons are fetched when asked.

    `first` is the number of its first row among all of the filter.
    """
    return {
        **legend(chart),
        "has_tools": True,
        "is_legend_first": True,
        "table": timeline_blocks(chart, caption=caption, first=first),
    }


@register.inclusion_tag("timeline/_choices.html", takes_context=True)
def timeline_choices(context, choice):
    """Links to the bases and a form for the years; the rest of the query string is kept."""
    request = context["request"]
    other_choices = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in ("from", "to", "page")
    ]
    return {
        "request": request,
        "choice": choice,
        "other_choices": other_choices,
        "last_known": choice.known_years[-1],
        "bases": list(figure_words().bases.items()),
    }


@register.simple_tag
def reasons(chart):
    """The reasons of a chart's only row."""
    return row_reasons(chart, chart.rows[0])
