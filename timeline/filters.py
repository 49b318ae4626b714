"""The questions a reader may ask of the events."""

import django_filters
from django.utils.translation import gettext_lazy as _

from programs.filters import FiscalYearFilter, NameFilter

from .models import Event


class EventFilter(django_filters.FilterSet):
    q = NameFilter()
    fiscal_year = FiscalYearFilter(label=_("年度"), help_text=_("例 2019、H31、令和元年度"))
    kind = django_filters.ChoiceFilter(label=_("種類"), choices=Event.Kind, empty_label=_("すべて"))

    class Meta:
        model = Event
        fields = ["q", "fiscal_year", "kind"]
