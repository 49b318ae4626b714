"""The questions a reader may ask of the events, and of the programmes by their tier."""

import django_filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs.filters import FiscalYearFilter, ProgramFilter
from programs.models import YearlyBudget

from .models import Event, Tier, TierScheme


def default_tiers(request):
    """The tiers of the first scheme made: what a reader means by A, B and C without a figure."""
    return Tier.objects.filter(scheme=TierScheme.objects.order_by("pk").values("pk")[:1])


def amounts_in(tier):
    """The amounts from a tier's lower bound up to the next higher tier's, as a Q."""
    higher = tier.scheme.tiers.filter(lower_bound_yen__gt=tier.lower_bound_yen).last()
    above = ~bound_reached(higher) if higher else Q()
    return bound_reached(tier) & above


def bound_reached(tier):
    lookup = "gte" if tier.is_lower_bound_included else "gt"
    return Q(**{f"amount_yen__{lookup}": tier.lower_bound_yen})


class ProgramFilterWithTier(ProgramFilter):
    """By tier of the initial budget: in the year asked for, else in any year."""

    tier = django_filters.ModelChoiceFilter(
        label=_("予算区分（当初予算）"),
        queryset=default_tiers,
        to_field_name="letter",
        empty_label=_("すべて"),
        method="filter_tier",
    )

    def filter_tier(self, programs, name, value):
        budgets = YearlyBudget.objects.filter(amounts_in(value), basis=YearlyBudget.Basis.INITIAL)
        if fiscal_year := self.form.cleaned_data.get("fiscal_year"):
            budgets = budgets.filter(fiscal_year=fiscal_year)
        return programs.filter(pk__in=budgets.values("program"))


class EventFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("名称"),
        method="filter_text",
        widget=forms.SearchInput(attrs={"autocomplete": "off"}),
    )
    fiscal_year = FiscalYearFilter(label=_("年度"), help_text=_("例 2019、H31、令和元年度"))
    kind = django_filters.ChoiceFilter(label=_("種類"), choices=Event.Kind, empty_label=_("すべて"))

    class Meta:
        model = Event
        fields = ["q", "fiscal_year", "kind"]

    def filter_text(self, events, name, value):
        return events.matching(value)
