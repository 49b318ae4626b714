"""The published timelines on which a programme or an event has a row."""

from django import template
from django.utils import timezone

from timeline.models import TimelineRow

from ..models import Release

register = template.Library()


@register.inclusion_tag("chapters/_figures.html")
def program_timelines(program):
    return {"figures": figures(TimelineRow.objects.filter(program=program))}


@register.inclusion_tag("chapters/_figures.html")
def event_timelines(event):
    return {"figures": figures(TimelineRow.objects.filter(event=event))}


def figures(rows):
    """Return (row, release) for each row of a timeline whose chapter the public can read now."""
    releases = Release.objects.current(timezone.now()).for_list()
    by_timeline = {}
    for release in releases.filter(chapter__timeline__rows__in=rows).distinct():
        by_timeline.setdefault(release.chapter.timeline_id, []).append(release)
    return [
        (row, release)
        for row in rows.select_related("timeline")
        for release in by_timeline.get(row.timeline_id, [])
    ]
