"""The admin of imports: all jobs with what they did, and what is remembered of headings."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from records.admin.bounded_search import BoundedSearch
from records.admin.saving_in_turn import SavesInTurn
from records.admin.shown_values import ShownForm

from . import registry
from .models import ColumnMemory, ImportJob
from .pages.import_rights import may_import, visible
from .pages.job_pages import JobPages
from .pages.preview import kinds
from .resources.sheet_schema import schema_of


class ImportableOnly:
    """Rows with a `resource`, for those who may import it. Nobody adds them by hand."""

    def get_queryset(self, request):
        return super().get_queryset(request).filter(resource__in=visible(request))

    def has_module_permission(self, request):
        return bool(visible(request))

    def has_view_permission(self, request, obj=None):
        return may_import(request, obj.resource) if obj else bool(visible(request))

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("表"), ordering="resource")
    def sheet(self, row):
        return registry.title(row.resource)


class SheetFilter(admin.SimpleListFilter):
    title = _("表")
    parameter_name = "resource"

    def lookups(self, request, model_admin):
        return [(name, registry.title(name)) for name in visible(request)]

    def queryset(self, request, queryset):
        return queryset.filter(resource=self.value()) if self.value() else queryset


@admin.register(ImportJob)
class ImportJobAdmin(BoundedSearch, JobPages, ImportableOnly, admin.ModelAdmin):
    list_display = ["started", "sheet", "file_name", "owner", "state", "rows", "undo"]
    list_select_related = ["owner", "undone_by"]
    list_filter = [SheetFilter, "state"]
    search_fields = ["filename", "sha256", "owner__username"]
    search_help_text = _("ファイル名、SHA-256、取り込んだ人")
    list_per_page = 50
    date_hierarchy = "created_at"

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("開始"), ordering="created_at")
    def started(self, job):
        return date_format(timezone.localtime(job.created_at), "Y-m-d H:i")

    @admin.display(description=_("ファイル"), ordering="filename")
    def file_name(self, job):
        name = job.filename or (_("取消し") if job.undo_of_id else _("貼り付けたセル"))
        return format_html('{} <code title="{}">{}</code>', name, job.sha256, job.sha256[:8])

    @admin.display(description=_("件数"))
    def rows(self, job):
        return "、".join(f"{label} {count}" for _kind, label, count in kinds(job) if count)

    @admin.display(description=_("取消し"))
    def undo(self, job):
        if job.undo_of_id:
            url = reverse("admin:spreadsheets_importjob_change", args=[job.undo_of_id])
            return format_html('<a href="{}">#{}</a>{}', url, job.undo_of_id, _("の取消し"))
        if job.state == ImportJob.State.APPLIED and job.resource in registry.names():
            return format_html('<a href="{}#undo">{}</a>', job.get_absolute_url(), _("元に戻す…"))
        return ""


class ColumnMemoryForm(ShownForm):
    class Meta:
        model = ColumnMemory
        fields = ["column"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        schema = schema_of(registry.get(self.instance.resource)())
        labels = [(column.name, column.labels[0]) for column in schema.columns if column.labels]
        self.fields["column"] = forms.ChoiceField(
            label=_("列"), required=False, choices=[("", _("使わない")), *labels]
        )


@admin.register(ColumnMemory)
class ColumnMemoryAdmin(BoundedSearch, ImportableOnly, SavesInTurn, admin.ModelAdmin):
    list_display = ["heading_key", "sheet", "meaning"]
    list_filter = [SheetFilter]
    search_fields = ["heading_key"]
    form = ColumnMemoryForm
    fields = ["sheet", "heading_key", "column"]
    readonly_fields = ["sheet", "heading_key"]

    def has_change_permission(self, request, obj=None):
        return self.has_view_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_view_permission(request, obj)

    @admin.display(description=_("列"))
    def meaning(self, memory):
        if not memory.column:
            return _("使わない")
        schema = schema_of(registry.get(memory.resource)())
        if memory.column not in schema.names:
            return memory.column
        return schema.column(memory.column).labels[0]
