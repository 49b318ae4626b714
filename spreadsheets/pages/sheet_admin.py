"""The import and export buttons of the admin."""

from import_export.admin import ExportMixin

from .export_admin import SheetExport
from .import_admin import SheetImport


class SheetAdmin(SheetExport, SheetImport, ExportMixin):
    """Import for those who may both add and change, export for those who may view."""

    import_export_change_list_template = "admin/import_export/change_list_import_export.html"
