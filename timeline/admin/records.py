from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.utils.translation import gettext_lazy as _

from programs.admin import WIDE_TEXT
from records.admin import RecordAdmin, RowsInline
from records.admin.ordered_inline import OrderedForm, OrderedInlineFormSet
from spreadsheets.pages.sheet_admin import SheetAdmin

from .. import resources
from ..models import Event, EventName, Timeline, TimelineRow
from .timelines import TimelinePages


class EventNameInline(RowsInline):
    model = EventName
    fields = ["name", "source"]
    autocomplete_fields = ["source"]
    formfield_overrides = WIDE_TEXT


@admin.register(Event)
class EventAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [resources.EventResource]
    list_display = ["name_ja", "code", "kind", "date", "fiscal_year", "program"]
    list_filter = ["kind", "fiscal_year", ("organizations", RelatedOnlyFieldListFilter)]
    list_select_related = ["program"]
    search_fields = ["search_key", "code", "names__name_key"]
    search_help_text = _("名称、別名、コード")
    has_folded_search = True
    autocomplete_fields = ["program", "organizations", "source"]
    prepopulated_fields = {"code": ["name_en"]}
    readonly_fields = ["fiscal_year"]
    inlines = [EventNameInline]
    fieldsets = [
        (None, {"fields": ["name_ja", "name_en", ("kind", "code")]}),
        (
            _("日付"),
            {
                "fields": [
                    ("date", "end_date", "fiscal_year"),
                    ("stated_fiscal_year", "fiscal_year_reason"),
                ]
            },
        ),
        (_("関係と出典"), {"fields": ["organizations", "program", "url", "source"]}),
    ]


class TimelineRowInline(RowsInline):
    model = TimelineRow
    form = OrderedForm
    formset = OrderedInlineFormSet
    fields = ["position", "group", "printed_label", "program", "event", "note"]
    autocomplete_fields = ["program", "event"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("program", "event")


@admin.register(Timeline)
class TimelineAdmin(TimelinePages, RecordAdmin):
    list_display = ["title_ja", "slug", "first_fiscal_year", "last_fiscal_year", "basis"]
    list_filter = ["basis"]
    search_fields = ["title_ja", "title_en", "slug"]
    autocomplete_fields = ["tier_scheme"]
    save_on_top = True
    inlines = [TimelineRowInline]
    fieldsets = [
        (None, {"fields": ["title_ja", "title_en", "slug"]}),
        (None, {"fields": [("first_fiscal_year", "last_fiscal_year"), ("tier_scheme", "basis")]}),
    ]


@admin.register(TimelineRow)
class TimelineRowAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [resources.TimelineRowResource]
    list_display = ["position", "label", "group", "program", "event", "timeline"]
    list_display_links = ["position", "label"]
    list_filter = ["timeline", "group"]
    list_select_related = ["timeline", "program", "event"]
    list_per_page = 100
    search_fields = ["printed_label", "program__search_key", "event__search_key", "group"]
    autocomplete_fields = ["timeline", "program", "event"]
    fields = [("timeline", "position"), "group", "printed_label", "program", "event", "note"]

    @admin.display(description=_("印刷される名"), ordering="printed_label")
    def label(self, row):
        return row.label
