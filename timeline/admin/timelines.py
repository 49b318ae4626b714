"""What the admin of a timeline has besides: the figure beside the form, rows from a list."""

from copy import copy

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from programs.filters import ProgramFilter
from programs.models import Program
from records.admin import offer_action
from records.changes import content_write

from ..collecting.missing_sums import missing_sums
from ..collecting.posted import posted_facts
from ..collecting.timelines import timeline_facts
from ..drawing.files.svg import draw_preview
from ..drawing.words import figure_words
from ..figure.chart import Chart, draw
from ..figure.facts import TimelineFacts
from ..models import Event, Timeline
from ..rows.listed import LONGEST_GROUP, MOST_LINES, add_rows, read_lines, written_lines

NARROWEST, WIDEST, USUAL = 420, 1600, 640


class RowsForm(forms.Form):
    """A list of programmes and events for a timeline."""

    timeline = forms.ModelChoiceField(Timeline.objects.all(), label=gettext_lazy("年表"))
    group = forms.CharField(
        label=gettext_lazy("区分"),
        required=False,
        max_length=LONGEST_GROUP,
        help_text=gettext_lazy("加える行に共通の区分（例 施策等）。"),
    )
    lines = forms.CharField(
        label=gettext_lazy("施策・出来事"),
        widget=forms.Textarea(attrs={"rows": 10, "cols": 60, "class": "prose"}),
        help_text=gettext_lazy(
            "1行に一つ、名称・略称・コードのどれか。表から2列（区分と名称）を貼り付けられます。"
        ),
    )
    unknown = forms.ChoiceField(
        label=gettext_lazy("見つからない行"),
        choices=[
            ("leave", gettext_lazy("加えない")),
            ("heading", gettext_lazy("見出しの行にする")),
        ],
        initial="leave",
        widget=forms.RadioSelect,
    )

    def clean_lines(self):
        lines = self.cleaned_data["lines"]
        count = sum(map(bool, map(str.strip, lines.splitlines())))
        if count > MOST_LINES:
            raise forms.ValidationError(
                _("%(count)s行あります。一度に加えられるのは%(most)s行までです。分けてください。")
                % {"count": count, "most": MOST_LINES}
            )
        return lines


@admin.action(description=gettext_lazy("選んだものを年表に加える…"))
def add_to_timeline(modeladmin, request, queryset):
    """Go on to the page of rows by list, with the selected records in its list, if it has room."""
    if refusal := too_many(queryset):
        messages.error(request, refusal)
        return None
    lines = written_lines(queryset)
    return rows_page(request, RowsForm(initial=first_values(None, lines)), lines)


def may_add_rows(request) -> bool:
    user = request.user
    return user.has_perm("timeline.change_timeline") and user.has_perm("timeline.add_timelinerow")


offer_action(add_to_timeline, Program, Event, is_allowed=may_add_rows)


def too_many(records) -> str:
    """Return why so many records do not go into one list, "" where they do."""
    count = records.count()
    if count <= MOST_LINES:
        return ""
    return _(
        "%(count)s件あります。一度に年表に加えられるのは%(most)s件までです。"
        "条件を絞って選び直してください。"
    ) % {"count": f"{count:,}", "most": MOST_LINES}


def first_values(timeline: Timeline | None, lines: str) -> dict:
    """Propose the only timeline there is, and the group of its last row."""
    if timeline is None and Timeline.objects.count() == 1:
        timeline = Timeline.objects.get()
    last = timeline.rows.last() if timeline else None
    return {"timeline": timeline, "lines": lines, "group": last.group if last else ""}


def rows_page(request, form, lines="", *, chosen=None, refusal="") -> TemplateResponse:
    """The page: a filter, why it brought no list, the list, and below what each line means."""
    site = admin.site
    filters = ProgramFilter(chosen, Program.objects.all(), request=request)
    timeline = form.cleaned_data.get("timeline") if hasattr(form, "cleaned_data") else None
    timeline = timeline or form.initial.get("timeline")
    wanted = read_lines(lines, timeline) if lines else []
    context = site.each_context(request) | {
        "title": _("一覧から行を加える"),
        "opts": Timeline._meta,
        "form": form,
        "filter_form": filters.form,
        "refusal": refusal,
        "timeline": timeline,
        "wanted": wanted,
        "to_add": sum(not each.is_present and each.record is not None for each in wanted),
    }
    return TemplateResponse(request, "admin/timeline/timeline/add_rows.html", context)


class TimelinePages:
    """Mixin for the ModelAdmin of Timeline."""

    change_form_template = "admin/timeline/timeline/change_form.html"

    class Media:
        css = {"all": ["stipolicy/timeline_editing.css"]}
        js = ["stipolicy/timeline_editing.js"]

    def get_urls(self):
        view = self.admin_site.admin_view
        figure = require_http_methods(["GET", "HEAD", "POST"])(self.figure_view)
        return [
            path("add-rows/", view(self.add_rows_view), name="timeline_timeline_add_rows"),
            path("<path:object_id>/figure/", view(figure), name="timeline_timeline_figure"),
            *super().get_urls(),
        ]

    def figure_view(self, request, object_id):
        """The figure as a fragment: of the saved rows, or of the form that is posted."""
        timeline = self.get_object(request, unquote(object_id))
        if timeline is None:
            raise Http404
        is_posted = request.method == "POST"
        may = self.has_change_permission if is_posted else self.has_view_permission
        if not may(request, timeline):
            raise PermissionDenied
        if is_posted:
            form_class = self.get_form(request, timeline, change=True)
            form = form_class(request.POST, instance=copy(timeline))
            form.is_to_be_saved = False
            facts, undrawn = posted_facts(timeline, form)
        else:
            facts, undrawn = timeline_facts(timeline), []
        context = figure_context(facts, timeline, request) | {"undrawn": undrawn}
        return TemplateResponse(request, "admin/timeline/timeline/_figure.html", context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        context = dict(extra_context or {})
        timeline = self.get_object(request, unquote(object_id)) if object_id else None
        if timeline:
            context |= figure_context(timeline_facts(timeline), timeline, request)
        context["may_add_rows"] = may_add_rows(request)
        return super().changeform_view(request, object_id, form_url, context)

    def add_rows_view(self, request):
        if not may_add_rows(request):
            raise PermissionDenied
        if request.method != "POST":
            return self.chosen_rows(request)
        form = RowsForm(request.POST)
        if not form.is_valid():
            return rows_page(request, form)
        lines, timeline = form.cleaned_data["lines"], form.cleaned_data["timeline"]
        if "apply" not in request.POST:
            return rows_page(request, form, lines)
        with transaction.atomic(), content_write(user_id=request.user.pk):
            added = add_rows(
                timeline,
                read_lines(lines, timeline),
                group=form.cleaned_data["group"],
                with_headings=form.cleaned_data["unknown"] == "heading",
            )
        self.log_change(request, timeline, _("一覧から %(count)s 行を加えた") % {"count": added})
        words = ngettext("%(count)s 行を加えました。", "%(count)s 行を加えました。", added)
        messages.success(request, words % {"count": added})
        return redirect(reverse("admin:timeline_timeline_change", args=[timeline.pk]))

    def chosen_rows(self, request):
        """The page before anything is posted: for a timeline, with the programmes of a filter."""
        pk = request.GET.get("timeline", "")
        timeline = (
            Timeline.objects.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
        )
        lines, chosen, refusal = "", None, ""
        if "choose" in request.GET:
            chosen = request.GET
            found = ProgramFilter(chosen, Program.objects.all(), request=request)
            if found.is_valid():
                refusal = too_many(found.qs)
                lines = "" if refusal else written_lines(found.qs)
        form = RowsForm(initial=first_values(timeline, lines))
        return rows_page(request, form, lines, chosen=chosen, refusal=refusal)


def figure_context(facts: TimelineFacts, timeline: Timeline, request) -> dict:
    chart = draw(facts, words=figure_words())
    asked = request.POST.get("figure_width", "")
    width = int(asked) if asked.isdecimal() and len(asked) < 5 else USUAL
    return {
        "figure_timeline": timeline,
        "figure_svg": _svg(chart, timeline.title, max(NARROWEST, min(width, WIDEST))),
        "missing": missing_sums(chart),
        "may_change_program": request.user.has_perm("programs.change_program"),
        "budget_import_url": _budget_import_url(request),
    }


def _svg(chart: Chart, title: str, width: int):
    return mark_safe(draw_preview(chart, width=width, title=title))


def _budget_import_url(request) -> str:
    if not request.user.has_perm("programs.add_yearlybudget"):
        return ""
    try:
        return reverse("admin:programs_yearlybudget_import")
    except NoReverseMatch:
        return ""
