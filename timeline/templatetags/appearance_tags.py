"""What the timeline room knows about a programme or a source, for the pages of lower rooms."""

from django import template

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


def shown_events(events):
    return {"count": events.count(), "events": events.for_list()[:SHOWN]}
