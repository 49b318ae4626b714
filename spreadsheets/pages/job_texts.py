"""What the page of a job says: how its file was understood, what stopped its plan."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..planning.issues import Issue
from .stops import SHOWN_CELLS
from .value_texts import ValueTexts


def sentence(job):
    """Say what was understood; each part leads to where it can be changed."""
    parts = job.understood.get("parts", {}).get(get_language(), [])
    if not parts:
        return ""
    if job.is_written:
        words = format_html_join(_("、"), "{}", ((text,) for _name, text in parts))
    else:
        url = reverse("admin:spreadsheets_importjob_reading", args=[job.pk])
        links = ((url, name, text) for name, text in parts)
        words = format_html_join(_("、"), '<a href="{0}?part={1}#id_{1}">{2}</a>', links)
    return format_html(_("{}として読みました。"), words)


def hindrance_of(job, resource):
    """Return what stopped the plan from being written, for display; None when nothing did."""
    found = job.understood.get("hindrance")
    if not found or job.is_written:
        return None
    texts = ValueTexts(resource)
    rows = [cell for cell in found.get("stale", []) if cell[2] in ("", *texts.fields)]
    names = texts.names_of(pk for _row, pk, *_rest in rows)
    texts.preload((name, value) for _row, _pk, name, *values in rows if name for value in values)
    stale = [
        {
            "row": row,
            "record": names[pk],
            "label": texts.label(name) if name else "",
            "values": [texts.text(name, value)[:300] for value in values],
        }
        for row, pk, name, *values in rows
    ]
    rules = [str(Issue(**issue)) for issue in found.get("rules", [])]
    return {"stale": stale, "rules": rules, "more": found["count"] > SHOWN_CELLS}
