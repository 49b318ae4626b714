from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter, StackedInline
from django.utils.translation import gettext_lazy as _

from records.admin import RecordAdmin, RowsInline, prose_overrides
from records.admin.bounded_search import BoundedSearch
from records.admin.ordered_inline import OrderedForm, OrderedInlineFormSet
from records.admin.saving_in_turn import ShowsValues
from spreadsheets.pages.sheet_admin import SheetAdmin

from .. import resources
from ..models import Chapter, Edition, Footnote, Mention, Release, Section
from .publishing import ChapterPages


class WithoutRepeatedHelp:
    """Prose fields whose help stands once at the top of the page, not in every row."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in ("body_ja", "lead_ja"):
            field.help_text = ""
        return field


class SectionInline(ShowsValues, WithoutRepeatedHelp, StackedInline):
    model = Section
    extra = 0
    form = OrderedForm
    formset = OrderedInlineFormSet
    fields = [("position", "level", "anchor"), "heading_ja", "heading_en", "body_ja", "body_en"]
    formfield_overrides = prose_overrides(rows=12)


class FootnoteInline(WithoutRepeatedHelp, RowsInline):
    model = Footnote
    fields = ["key", "body_ja", "body_en"]
    formfield_overrides = prose_overrides(rows=4)


@admin.register(Edition)
class EditionAdmin(RecordAdmin):
    list_display = ["title_ja", "code", "title_en"]
    search_fields = ["title_ja", "title_en", "code"]
    fields = ["title_ja", "title_en", "code"]


@admin.register(Chapter)
class ChapterAdmin(WithoutRepeatedHelp, ChapterPages, RecordAdmin):
    list_display = ["title_ja", "edition", "number", "slug", "timeline"]
    list_filter = ["edition"]
    list_select_related = ["edition", "timeline"]
    search_fields = ["title_ja", "title_en", "slug", "edition__code"]
    autocomplete_fields = ["edition", "timeline"]
    save_on_top = True
    inlines = [SectionInline, FootnoteInline]
    fieldsets = [
        (None, {"fields": [("edition", "number", "slug"), "title_ja", "title_en"]}),
        (None, {"fields": ["lead_ja", "lead_en", "timeline"]}),
    ]


class ChapterPartAdmin(RecordAdmin):
    list_filter = [("chapter", RelatedOnlyFieldListFilter)]
    list_select_related = ["chapter"]
    list_per_page = 100
    autocomplete_fields = ["chapter"]
    formfield_overrides = prose_overrides(rows=16)


@admin.register(Section)
class SectionAdmin(ChapterPartAdmin):
    list_display = ["heading_ja", "level", "position", "anchor", "chapter"]
    search_fields = ["heading_ja", "heading_en", "body_ja", "body_en", "anchor"]
    search_help_text = _("見出し、本文、アンカー")
    fields = [
        "chapter",
        ("position", "level", "anchor"),
        "heading_ja",
        "heading_en",
        "body_ja",
        "body_en",
    ]


@admin.register(Footnote)
class FootnoteAdmin(SheetAdmin, ChapterPartAdmin):
    resource_classes = [resources.FootnoteResource]
    list_display = ["key", "beginning", "chapter"]
    search_fields = ["key", "body_ja", "body_en"]
    search_help_text = _("キー、本文")
    fields = ["chapter", "key", "body_ja", "body_en"]

    @admin.display(description=_("本文"), ordering="body_ja")
    def beginning(self, footnote):
        text = footnote.body_ja
        return text if len(text) <= 60 else f"{text[:60]}…"


class ReadOnly:
    """Looked at, never changed: what is published stays as it was."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class MentionInline(ReadOnly, RowsInline):
    model = Mention
    fields = ["printed_words", "program", "event", "paragraph_id", "footnote_key"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("program", "event")


@admin.register(Release)
class ReleaseAdmin(BoundedSearch, ReadOnly, admin.ModelAdmin):
    list_display = ["chapter", "number", "published_at", "change_note"]
    list_display_links = ["number", "change_note"]
    list_filter = [("chapter", RelatedOnlyFieldListFilter), "published_at"]
    search_fields = ["change_note", "chapter__title_ja", "chapter__title_en"]
    fields = [("chapter", "number"), "published_at", "change_note"]
    inlines = [MentionInline]

    def get_queryset(self, request):
        return super().get_queryset(request).for_list()
