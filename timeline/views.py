from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.generic import DetailView
from django_filters.views import FilterView

from programs.filters import ProgramFilter
from programs.models import Program
from values.fiscal_year import FiscalYear
from values.refusal import Refusal

from .collecting.programs import in_groups, program_figure, row_figure, years_of
from .collecting.timelines import drawn_budgets
from .drawing.words import figure_words
from .figure.chart import draw
from .figure.choice import read_choice
from .filters import EventFilter
from .models import Event
from .taking_turns import in_turn

ROWS_ON_A_PAGE = 200
MOST_PAGE_CELLS = 24_000  # rows x years: no page may take a second, or memory by the 100 MB
CHOICES = ("basis", "from", "to", "rows")  # what the filter's form keeps of a figure


class EventListView(FilterView):
    queryset = Event.objects.for_list()
    filterset_class = EventFilter
    template_name = "timeline/event_list.html"
    paginate_by = 50


class EventDetailView(DetailView):
    queryset = Event.objects.for_detail()
    slug_field = slug_url_kwarg = "code"


@in_turn
def program_timeline(request):
    """The programmes of the list's filters, drawn; ?rows=all for as many of them as a page takes.

    A page has at most MOST_PAGE_CELLS rows x years.
    """
    chosen = ProgramFilter(request.GET, Program.objects.all(), request=request)
    programs = in_groups(chosen.qs if chosen.is_valid() else Program.objects.none())
    years = years_of(programs, this_year=FiscalYear.of(timezone.localdate()).year)
    try:
        choice = read_choice(
            request.GET, basis="initial", own_years=years.shown, known_years=years.known
        )
    except Refusal as refusal:
        return choice_refused(request, refusal)
    is_long = request.GET.get("rows") == "all"
    most_rows = MOST_PAGE_CELLS // choice.year_count
    page = Paginator(programs, most_rows if is_long else ROWS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    facts = program_figure(
        page.object_list,
        first=choice.first_fiscal_year,
        last=choice.last_fiscal_year,
        basis=choice.basis,
    )
    context = {
        "filter": chosen,
        "page_obj": page,
        "is_long": is_long,
        "few_rows": ROWS_ON_A_PAGE,
        "most_rows": most_rows,
        "most_cells": MOST_PAGE_CELLS,
        "choice": choice,
        "other_choices": [(name, request.GET[name]) for name in CHOICES if name in request.GET],
        "chart": draw(facts, words=figure_words()),
    }
    return render(request, "timeline/program_timeline.html", context)


def program_row(request, code):
    """What a row of a figure opens to: its reasons, names, lineage and events, as a fragment."""
    program = get_object_or_404(
        Program.objects.select_related("lead_organization").prefetch_related(
            drawn_budgets("budgets"), "names"
        ),
        code=code,
    )
    try:
        facts = row_figure(program, request.GET)
    except Refusal as refusal:
        return choice_refused(request, refusal)
    chart = draw(facts, words=figure_words())
    return render(request, "timeline/_program_row.html", {"program": program, "chart": chart})


def choice_refused(request, refusal):
    """The page of a basis or years that no figure can be drawn on."""
    context = {"reason": refusal.in_words(gettext)}
    return render(request, "timeline/choice_refused.html", context, status=404)
