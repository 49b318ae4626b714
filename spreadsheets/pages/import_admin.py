"""The import button of the admin: the page that takes a file or pasted cells."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from ..importing import start_job
from ..reading import Limits
from ..reading.reasons import megabytes, refused
from . import job_steps, long_work
from .import_forms import UploadForm
from .import_rights import readonly_attnames
from .upload_quota import QuotaUploadHandler


class SheetImport:
    """Import for those who may both add and change."""

    def has_import_permission(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_import"
        page = self.admin_site.admin_view(self.import_action)
        return [path("import/", page, name=name), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        extra = {"has_import_permission": self.has_import_permission(request)}
        return super().changelist_view(request, extra | (extra_context or {}))

    @method_decorator(csrf_exempt)
    def import_action(self, request):
        """Set the quota before anything reads the request; then check CSRF, which reads it."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        limits = Limits.of(getattr(settings, "SPREADSHEETS", {}))
        quota = QuotaUploadHandler(request, limits.file_bytes)
        request.upload_handlers.insert(0, quota)
        try:
            return csrf_protect(self._import_page)(request, quota)
        except RequestDataTooBig:
            form = UploadForm()
            limit = megabytes(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
            fault = _(
                "貼り付けたセルが多すぎます（上限 %(limit)s）。ファイルにして選んでください。"
            ) % {"limit": limit}
            return self._upload_page(request, form, fault)

    def _import_page(self, request, quota):
        if request.method != "POST":
            return self._upload_page(request, UploadForm())
        form = UploadForm(request.POST, request.FILES)
        if quota.refused_bytes:
            error = refused(
                "file.too_large", megabytes(quota.refused_bytes), limit=megabytes(quota.limit)
            )
            return self._upload_page(request, UploadForm(), error.in_words(_))
        if not form.is_valid():
            return self._upload_page(request, form)
        content, filename, options = form.sheet()
        sheet_name = self.resource_classes[0].sheet_name
        job = start_job(sheet_name, content, filename=filename, user=request.user, options=options)
        readonly = readonly_attnames(request, sheet_name)

        def work(progress):
            job_steps.plan(job, self.model, user=request.user, readonly=readonly, progress=progress)
            return job.get_absolute_url()

        context = {**self.admin_site.each_context(request), "opts": self.opts}
        title = _("表を読んでいます")
        return long_work.answer(
            request, work, title=title, back=job.get_absolute_url(), context=context
        )

    def _upload_page(self, request, form, fault=""):
        limits = Limits.of(getattr(settings, "SPREADSHEETS", {}))
        resource = self.resource_classes[0]()
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("%(name)sの表を取り込む") % {"name": self.opts.verbose_name},
            "form": form,
            "fault": fault,
            "limit": megabytes(limits.file_bytes),
            "rows": limits.rows,
            "headings": [field.column_name for field in resource.get_import_fields()],
            "keys": resource.key_headings(),
            "jobs_url": reverse("admin:spreadsheets_importjob_changelist"),
        }
        status = 413 if fault else 200
        return TemplateResponse(request, "admin/spreadsheets/upload.html", context, status=status)
