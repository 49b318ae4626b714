"""Published timelines: those on which a record has a row, and the files of one."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from timeline.drawing.files.formats import FORMATS
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


@register.inclusion_tag("chapters/_figure_links.html")
def figure_links(page):
    """The files of a release's figure, on the basis and over the years that `page` shows."""
    choice = page.choice
    asked = {"basis": choice.basis}
    if not choice.shows_own_years:
        asked |= {"from": choice.first_fiscal_year, "to": choice.last_fiscal_year}
    purposes = {
        "xlsx": _("色の付いた表。そのまま取り込めます"),
        "csv": _("同じ表を文字だけで"),
        "svg": _("拡大しても崩れない図"),
        "png": _("A4横に印刷できる画像（300 dpi）"),
        "json": _("額・理由・出典の付いたデータ"),
    }
    where = [page.chapter.edition.code, page.chapter.slug]
    return {
        "files": [
            {
                "url": f"{reverse('chapters:chapter-figure', args=[*where, each.extension])}"
                f"?{urlencode(asked)}",
                "label": each.label,
                "is_shown": each.is_shown,
                "purpose": purposes[each.extension],
            }
            for each in FORMATS.values()
        ]
    }
