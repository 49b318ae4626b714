from django.views.generic import DetailView
from django_filters.views import FilterView

from programs.views import ProgramListView

from .filters import EventFilter, ProgramFilterWithTier
from .models import Event


class ProgramListWithTierView(ProgramListView):
    """The programmes' list at its one address, with the filter by tier.

    Tiers are the timeline's, and the programs room below may not import them. So this view takes
    the place of `programs:program-list`: stipolicy.urls puts the higher room's URLs first.
    """

    filterset_class = ProgramFilterWithTier


class EventListView(FilterView):
    queryset = Event.objects.for_list()
    filterset_class = EventFilter
    template_name = "timeline/event_list.html"
    paginate_by = 50


class EventDetailView(DetailView):
    queryset = Event.objects.for_detail()
    slug_field = slug_url_kwarg = "code"
