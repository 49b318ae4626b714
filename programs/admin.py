from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.db import models
from django.forms import TextInput
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from records.admin import ContentAdmin, RecordAdmin, RowsInline
from records.admin.bounded_search import BoundedSearch
from spreadsheets.pages.sheet_admin import SheetAdmin
from values.money import format_short

from . import resources
from .models import (
    Lineage,
    Organization,
    Program,
    ProgramIdentifier,
    ProgramName,
    Source,
    Theme,
    Tier,
    TierScheme,
    YearlyBudget,
)
from .templatetags.program_text import year_span

PERIOD = (_("期間"), {"fields": [("start_fiscal_year", "end_fiscal_year", "end_state")]})
WIDE_TEXT = {models.CharField: {"widget": TextInput(attrs={"class": "wide-text"})}}


@admin.display(description=_("読みやすい額"))
def readable_amount(budget):
    if budget.amount_yen is None:
        return ""
    return format_short(budget.amount_yen, get_language())


class ProgramNameInline(RowsInline):
    model = ProgramName
    fields = ["kind", "name", "first_fiscal_year", "last_fiscal_year", "source"]
    autocomplete_fields = ["source"]
    formfield_overrides = WIDE_TEXT


class ProgramIdentifierInline(RowsInline):
    model = ProgramIdentifier
    fields = ["scheme", "value", "fiscal_year", "source"]
    autocomplete_fields = ["source"]


class YearlyBudgetInline(RowsInline):
    model = YearlyBudget
    fields = [
        "fiscal_year",
        "basis",
        "amount_yen",
        readable_amount,
        "reported_unit",
        "source",
        "source_locator",
    ]
    readonly_fields = [readable_amount]
    autocomplete_fields = ["source"]


class LineageInline(RowsInline):
    model = Lineage
    autocomplete_fields = ["from_program", "to_program", "source"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("from_program", "to_program")


class SuccessorInline(LineageInline):
    fk_name = "from_program"
    verbose_name = _("後の施策")
    verbose_name_plural = _("この施策の後（改称・後継・統合先・上位）")
    fields = ["kind", "to_program", "fiscal_year", "source"]


class PredecessorInline(LineageInline):
    fk_name = "to_program"
    verbose_name = _("前の施策")
    verbose_name_plural = _("この施策の前（旧施策・統合元・一部）")
    fields = ["from_program", "kind", "fiscal_year", "source"]


@admin.register(Program)
class ProgramAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [resources.ProgramResource]
    list_display = [
        "name_ja",
        "code",
        "abbreviation",
        "lead_organization",
        "years",
    ]
    list_filter = [
        "end_state",
        "has_own_budget",
        ("lead_organization", RelatedOnlyFieldListFilter),
        ("themes", RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["lead_organization"]
    search_fields = ["search_key", "code", "names__name_key", "identifiers__value"]
    search_help_text = _("名称、略称、別名、コード、事業番号")
    has_folded_search = True
    autocomplete_fields = ["lead_organization", "organizations", "themes", "source"]
    prepopulated_fields = {"code": ["name_en"]}
    save_on_top = True
    inlines = [
        ProgramNameInline,
        SuccessorInline,
        PredecessorInline,
        ProgramIdentifierInline,
        YearlyBudgetInline,
    ]
    fieldsets = [
        (None, {"fields": ["name_ja", "name_en", ("abbreviation", "code")]}),
        PERIOD,
        (_("担当"), {"fields": ["lead_organization", "organizations"]}),
        (_("説明"), {"fields": ["summary_ja", "summary_en", "themes"]}),
        (_("予算と出典"), {"fields": ["has_own_budget", "official_url", "source"]}),
    ]

    @admin.display(description=_("年度"), ordering="start_fiscal_year")
    def years(self, program):
        return year_span(program)


@admin.register(Organization)
class OrganizationAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [resources.OrganizationResource]
    list_display = ["name_ja", "code", "short_name", "name_en", "parent", "corporate_number"]
    list_filter = [("parent", RelatedOnlyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["search_key", "code", "corporate_number"]
    search_help_text = _("名称、略称、コード、法人番号")
    has_folded_search = True
    autocomplete_fields = ["parent"]
    prepopulated_fields = {"code": ["name_en"]}
    fields = ["name_ja", "name_en", ("short_name", "code"), "corporate_number", "parent"]


@admin.register(Source)
class SourceAdmin(SheetAdmin, RecordAdmin):
    resource_classes = [resources.SourceResource]
    list_display = ["title", "code", "publisher", "licence", "published_on", "accessed_on"]
    list_filter = ["licence", "publisher"]
    search_fields = ["title", "publisher", "code", "url"]
    search_help_text = _("表題、発行者、コード、URL")
    fieldsets = [
        (None, {"fields": ["title", "code", "publisher", "url", "archive_url"]}),
        (None, {"fields": [("published_on", "accessed_on"), "licence", "note"]}),
    ]


@admin.register(Theme)
class ThemeAdmin(BoundedSearch, ContentAdmin, admin.ModelAdmin):
    list_display = ["name_ja", "code", "name_en"]
    search_fields = ["name_ja", "name_en", "code"]


class ProgramPartAdmin(SheetAdmin, RecordAdmin):
    """Rows that belong to a programme, for finding, importing and exporting many at once."""

    list_select_related = ["program"]
    list_per_page = 100
    show_full_result_count = False
    autocomplete_fields = ["program", "source"]

    @admin.display(description=_("出典"), ordering="source__code")
    def cited(self, row):
        return row.source and row.source.code


@admin.register(ProgramName)
class ProgramNameAdmin(ProgramPartAdmin):
    resource_classes = [resources.ProgramNameResource]
    list_display = ["name", "kind", "program", "first_fiscal_year", "last_fiscal_year"]
    list_filter = ["kind"]
    search_fields = ["name_key", "program__search_key", "program__code"]
    has_folded_search = True
    fields = ["program", "kind", "name", ("first_fiscal_year", "last_fiscal_year"), "source"]


@admin.register(ProgramIdentifier)
class ProgramIdentifierAdmin(ProgramPartAdmin):
    resource_classes = [resources.ProgramIdentifierResource]
    list_display = ["value", "scheme", "fiscal_year", "program"]
    list_filter = ["scheme", "fiscal_year"]
    search_fields = ["value", "program__search_key", "program__code"]
    has_folded_search = True
    fields = ["program", "scheme", "value", "fiscal_year", "source"]


@admin.register(YearlyBudget)
class YearlyBudgetAdmin(ProgramPartAdmin):
    resource_classes = [resources.YearlyBudgetResource]
    list_display = ["program", "fiscal_year", "basis", "amount", readable_amount, "cited"]
    list_filter = ["basis", "fiscal_year"]
    list_select_related = ["program", "source"]
    search_fields = ["program__search_key", "program__code", "program__names__name_key"]
    search_help_text = _("施策の名称、別名、コード")
    has_folded_search = True
    readonly_fields = [readable_amount]
    fields = [
        "program",
        ("fiscal_year", "basis"),
        ("amount_yen", readable_amount, "reported_unit"),
        "source",
        "source_locator",
    ]

    @admin.display(description=_("金額（円）"), ordering="amount_yen")
    def amount(self, budget):
        return f"{budget.amount_yen:,}"


@admin.register(Lineage)
class LineageAdmin(ProgramPartAdmin):
    resource_classes = [resources.LineageResource]
    list_display = ["from_program", "kind", "to_program", "fiscal_year", "cited"]
    list_display_links = ["kind"]
    list_filter = ["kind", "fiscal_year"]
    list_select_related = ["from_program", "to_program", "source"]
    search_fields = [
        "from_program__search_key",
        "to_program__search_key",
        "from_program__code",
        "to_program__code",
    ]
    has_folded_search = True
    autocomplete_fields = ["from_program", "to_program", "source"]
    fields = [("from_program", "kind", "to_program"), "fiscal_year", "source"]


class TierInline(RowsInline):
    model = Tier
    fields = ["letter", "label_ja", "label_en", "lower_bound_yen", "is_lower_bound_included"]


@admin.register(TierScheme)
class TierSchemeAdmin(RecordAdmin):
    list_display = ["name_ja", "code", "name_en"]
    search_fields = ["name_ja", "name_en", "code"]
    inlines = [TierInline]
    fields = ["name_ja", "name_en", "code"]
