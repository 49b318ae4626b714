"""The export button of the admin: a page of choices, then the file, made while it is sent."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..reading import Limits
from .export_form import SheetExportForm


class SheetExport:
    """Export for those who may view: what the list shows, as it is filtered and ordered."""

    def has_export_permission(self, request):
        return self.has_view_permission(request)

    def get_actions(self, request):
        """Offer the export beside whatever actions an admin class names."""
        actions = super().get_actions(request)
        if IS_POPUP_VAR in request.GET or not self.has_export_permission(request):
            return actions
        return actions | {"export_selected": self.get_action("export_selected")}

    def export_action(self, request):
        if not self.has_export_permission(request):
            raise PermissionDenied
        resource = self.resource_classes[0]()
        queryset = self.get_export_queryset(request)
        form = SheetExportForm(request.POST or None, resource=resource, queryset=queryset)
        if form.is_valid():
            return form.response()
        limits = Limits.of(getattr(settings, "SPREADSHEETS", {}))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "form": form,
            "count": queryset.order_by().count(),
            "is_filtered": bool(request.GET),
            "most_imported": limits.rows - 1,
        }
        return TemplateResponse(request, "admin/spreadsheets/export.html", context)

    @admin.action(description=_("選んだ行を表に書き出す"))
    def export_selected(self, request, queryset):
        """Go to the export page with the chosen rows, or with the filter that chose all."""
        query = request.GET.urlencode()
        if request.POST.get("select_across") != "1":
            pks = ",".join(map(str, queryset.values_list("pk", flat=True)))
            query = urlencode({f"{self.opts.pk.name}__in": pks})
        page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_export")
        return HttpResponseRedirect(f"{page}?{query}")
