"""The figure of a timeline that somebody is editing: what the form says now, saved or not.

A form half filled in is no error: what cannot be read yet is left as it was last saved, and told.
"""

from collections.abc import Sequence
from copy import copy

from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import ModelForm
from django.utils.translation import gettext as _

from programs.models import Program
from values import fiscal_year
from values.refusal import Refusal

from ..figure.facts import TimelineFacts
from ..models import Event, Timeline, TimelineRow
from .timelines import drawn_budgets, figure_facts

LONGEST = 100
MOST_ROWS = 1_000
PREFIX = "rows"
YEARS = ("first_fiscal_year", "last_fiscal_year")


def posted_facts(timeline: Timeline, form: ModelForm) -> tuple[TimelineFacts, list[str]]:
    """Return the facts of `timeline` with the years, tiers, basis and rows of the posted form.

    And what of the form these facts leave out: a sentence for each, with the form's own reason.
    """
    edited, undrawn = copy(timeline), []
    form.full_clean()
    typed = form.cleaned_data
    years = [typed.get(name) or _year(form.data.get(name)) for name in YEARS]
    if None not in years and 0 <= years[1] - years[0] < LONGEST:
        edited.first_fiscal_year, edited.last_fiscal_year = years
    else:
        saved = _("%(first)s～%(last)s年度") % {
            "first": timeline.first_fiscal_year,
            "last": timeline.last_fiscal_year,
        }
        undrawn.append(_undrawn(form, YEARS, saved))
    if "basis" in typed:
        edited.basis = typed["basis"]
    else:
        undrawn.append(_undrawn(form, ["basis"], timeline.get_basis_display()))
    if "tier_scheme" in typed:
        edited.tier_scheme = typed["tier_scheme"]
    else:
        undrawn.append(_undrawn(form, ["tier_scheme"], str(timeline.tier_scheme)))
    return figure_facts(edited, _posted_rows(edited, form.data)), undrawn


def _undrawn(form: ModelForm, names: Sequence[str], saved: str) -> str:
    places = [*names, NON_FIELD_ERRORS] if len(names) > 1 else names
    reasons = [reason for place in places for reason in form.errors.get(place, ())]
    return _(
        "%(place)s「%(value)s」: %(reason)s 直すまで、図は保存した「%(saved)s」で描きます。"
    ) % {
        "place": _("、").join(str(form.fields[name].label) for name in names),
        "value": _("、").join(form.data.get(name, "") for name in names),
        "reason": " ".join(dict.fromkeys(reasons)),
        "saved": saved,
    }


def _posted_rows(timeline: Timeline, data) -> list[TimelineRow]:
    count = min(_number(data.get(f"{PREFIX}-TOTAL_FORMS")) or 0, MOST_ROWS)
    forms = [
        {
            name: (data.get(f"{PREFIX}-{index}-{name}") or "").strip()
            for name in ("position", "group", "printed_label", "program", "event", "note", "DELETE")
        }
        for index in range(count)
    ]
    forms = [form for form in forms if not form["DELETE"]]
    programs = Program.objects.filter(pk__in=_numbers(forms, "program"))
    programs = programs.select_related("lead_organization").prefetch_related(
        drawn_budgets("budgets")
    )
    events = Event.objects.filter(pk__in=_numbers(forms, "event"))
    events = events.select_related("source").prefetch_related("organizations")
    program_of, event_of = programs.in_bulk(), events.in_bulk()
    rows = []
    for form in forms:
        row = TimelineRow(
            timeline=timeline,
            position=_number(form["position"]),
            group=form["group"],
            printed_label=form["printed_label"],
            program=program_of.get(_number(form["program"])),
            event=event_of.get(_number(form["event"])),
            note=form["note"],
        )
        if row.program or row.event or row.printed_label:
            rows.append(row)
    return sorted(rows, key=lambda row: (row.position is None, row.position or 0))


def _numbers(forms: list[dict[str, str]], name: str) -> set[int]:
    return {number for form in forms if (number := _number(form[name])) is not None}


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _year(text: str | None) -> int | None:
    try:
        return fiscal_year.parse(text or "", calendar_year_ok=True).year
    except Refusal:
        return None
