"""The import and export buttons of the admin, with what django-import-export leaves open shut."""

from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.forms import ConfirmImportForm

from .export_admin import SheetExport
from .formats import SheetCSV, SheetXLSX, UnreadableSheet


class SignedConfirmImportForm(ConfirmImportForm):
    """Confirms only a file that this user has uploaded here.

    The library names the file in a hidden input: unsigned, any file of the temporary folder
    could be read as an import, and would be deleted afterwards.
    """

    def __init__(self, *args, signer, **kwargs):
        super().__init__(*args, **kwargs)
        self.signer = signer

    def clean_import_file_name(self):
        try:
            return self.signer.unsign(self.cleaned_data["import_file_name"])
        except BadSignature:
            self.add_error(
                None, _("この確認画面は使えません。もう一度ファイルを選んで取り込んでください。")
            )


class SheetAdmin(SheetExport, ImportExportMixin):
    """Import for those who may both add and change, export for those who may view."""

    formats = [SheetXLSX, SheetCSV]
    confirm_form_class = SignedConfirmImportForm

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def signer(self, request):
        return Signer(salt=f"import {self.opts.label_lower} {request.user.pk}")

    def get_confirm_form_kwargs(self, request, import_form=None):
        kwargs = super().get_confirm_form_kwargs(request, import_form)
        return kwargs | {"signer": self.signer(request)}

    def get_confirm_form_initial(self, request, import_form):
        initial = super().get_confirm_form_initial(request, import_form)
        if "import_file_name" in initial:
            initial["import_file_name"] = self.signer(request).sign(initial["import_file_name"])
        return initial

    def add_success_message(self, result, request):
        totals = {"new": result.totals["new"], "changed": result.totals["update"]}
        messages.success(
            request,
            _("%(name)sを取り込みました。新規 %(new)s 行、変更 %(changed)s 行です。")
            % (totals | {"name": self.opts.verbose_name}),
        )

    def add_data_read_fail_error_to_form(self, form, e):
        if isinstance(e, UnreadableSheet):
            form.add_error("import_file", str(e))
            return
        form.add_error(
            "import_file",
            _(
                "このファイルは表として読めません。Excelで開き、.xlsx か「CSV UTF-8」で"
                "保存し直してから、もう一度選んでください。"
            ),
        )
