"""The questions a reader may ask of the programmes' list."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.fields import FiscalYearFormField
from records.search_text import SearchTextField

from .models import Organization, Program, Tier


class NameFilter(django_filters.Filter):
    """Records that bear every word of a text in one of their names."""

    field_class = SearchTextField

    def __init__(self):
        super().__init__(label=_("名称"))

    def filter(self, records, value):
        return records.matching(value) if value else records


class FiscalYearFilter(django_filters.Filter):
    field_class = FiscalYearFormField


def running_organizations(request):
    """The organisations that lead or take part in a programme, by name."""
    return (
        Organization.objects.filter(Q(led_programs__isnull=False) | Q(programs__isnull=False))
        .distinct()
        .order_by("name_ja")
    )


def default_tiers(request):
    """The tiers that a reader means by A, B and C without a figure."""
    return Tier.objects.default()


class ProgramFilter(django_filters.FilterSet):
    q = NameFilter()
    organization = django_filters.ModelChoiceFilter(
        label=_("所管・関係機関"),
        queryset=running_organizations,
        to_field_name="code",
        empty_label=_("すべて"),
        method="filter_organization",
    )
    fiscal_year = FiscalYearFilter(
        label=_("実施している年度"),
        method="filter_fiscal_year",
        help_text=_("例 2019、H31、令和元年度"),
    )

    tier = django_filters.ModelChoiceFilter(
        label=_("予算区分（当初予算）"),
        queryset=default_tiers,
        to_field_name="letter",
        empty_label=_("すべて"),
        method="filter_tier",
    )

    class Meta:
        model = Program
        fields = ["q", "organization", "fiscal_year"]

    def filter_organization(self, programs, name, value):
        return programs.of_organization(value)

    def filter_fiscal_year(self, programs, name, value):
        return programs.running_in(value)

    def filter_tier(self, programs, name, value):
        """By tier of the initial budget: in the year asked for, else in any year."""
        return programs.in_tier(value, self.form.cleaned_data.get("fiscal_year"))
