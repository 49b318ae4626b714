"""What the timeline room knows about a programme or a source, for the pages of lower rooms."""

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from values.fiscal_year import FiscalYear

from ..collecting.lineage import family
from ..models import Event

register = template.Library()

SHOWN = 100


@register.inclusion_tag("timeline/_events.html")
def program_events(program):
    """The events that concern a programme."""
    return shown_events(Event.objects.filter(program=program))


@register.inclusion_tag("timeline/_events.html")
def source_events(source):
    """The events that a source vouches for."""
    return shown_events(Event.objects.filter(source=source))


@register.inclusion_tag("timeline/_lineage.html")
def program_lineage(program, has_list_below=False):
    """What a programme came from, became, belongs to and consists of, drawn over the years.

    The links follow as a list, unless the page itself lists all of them: those of `program` alone.
    """
    today = FiscalYear.of(timezone.localdate())
    found = family(program, this_year=today.year)
    return {
        "program": program,
        "family": found,
        "is_listed": not has_list_below or found.has_distant_links(program),
        "view_width": int(found.chart.width) + 16 if found.chart else 0,
        "words": _("%(name)sの系統図。次の一覧と同じ内容です。") % {"name": program.name},
    }


def shown_events(events):
    return {"count": events.count(), "events": events.for_list()[:SHOWN]}
