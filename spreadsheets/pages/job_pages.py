"""The pages of one import: what stops it, what it will write, what it wrote, and undoing it."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from .. import registry
from ..models import ErrorFile, ImportJob
from ..writing.applying import CannotApply
from ..writing.undoing import plan_undo
from . import job_steps, long_work
from .asking.forms import ColumnsForm
from .asking.issue_groups import SHOWN_GROUPS, issue_groups
from .asking.question_pages import QuestionPages
from .asking.remedies import RemedyPages, decisions, has_unused, shared_form
from .error_file import keep_error_file
from .import_forms import ReadingForm
from .import_rights import may_name, may_undo, model_admin, readonly_attnames
from .job_steps import earlier_import, shown_conflict, understood_text, written_count
from .preview import counted, kinds, preview_page

MOST_DIGITS = 18


class JobPages(QuestionPages, RemedyPages):
    """Mixed into the admin of ImportJob. Every page asks for the right to import the records."""

    steps = ("reading", "plan", "apply", "undo", "drop", "errors")

    def get_urls(self):
        mine = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(getattr(self, f"{name.replace('-', '_')}_view")),
                name=f"spreadsheets_importjob_{name}",
            )
            for name in (*self.steps, *self.question_steps, *self.remedy_steps)
        ]
        return [*mine, *super().get_urls()]

    def _job(self, request, pk):
        job = self.get_queryset(request).select_related("owner", "undo_of").filter(pk=pk).first()
        if job is None:
            raise Http404(_("この取込みはありません。"))
        return job

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the job as it stands. A POST changes nothing: each step has its own address."""
        if not object_id.isdecimal() or len(object_id) > MOST_DIGITS:
            raise Http404
        job = self._job(request, int(object_id))
        context = self._context(request, job)
        if job.resource in registry.commands():
            return TemplateResponse(
                request, "admin/spreadsheets/importjob/command_job.html", context
            )
        resource = registry.get(job.resource)()
        if job.understood.question:
            return self._question_page(request, job, resource, context)
        context |= self._plan_context(request, job, resource)
        return TemplateResponse(request, "admin/spreadsheets/importjob/job.html", context)

    def _plan_context(self, request, job, resource):
        page = preview_page(
            job, resource, request.GET.get("kind", ""), _number(request.GET.get("page"))
        )
        flagged, groups = job.counts.get("flagged", 0), []
        if page.kind == "refused" and not job.undo_of_id and not job.is_written:
            groups = issue_groups(job, may_name=partial(may_name, request, resource))
        return {
            "page": page,
            "kinds": kinds(job),
            "written": counted("new", writes := written_count(job)),
            "writes": writes,
            "refused": job.counts.get("refused", 0),
            "refused_rows": counted("refused", job.counts.get("refused", 0)),
            "flagged": flagged and counted("new", flagged),
            "groups": groups[:SHOWN_GROUPS],
            "groups_left_out": max(0, len(groups) - SHOWN_GROUPS),
            "understood": understood_text(job),
            "has_unused": has_unused(job),
            "decisions": decisions(job, resource),
            "shared_form": shared_form(job, resource),
            "notices": job.understood.notices[:20],
            "conflict": shown_conflict(job, resource),
            "earlier": earlier_import(job),
            "may_undo": job.state == ImportJob.State.APPLIED
            and not job.undo_of_id
            and may_undo(request, job),
            "undone_by": ImportJob.objects.filter(undo_of=job).first(),
        }

    def _context(self, request, job):
        records = model_admin(job.resource)
        name = registry.title(job.resource)
        title = _("%(name)sの取込み #%(pk)s") if not job.undo_of_id else _("取消し #%(pk)s")
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "records": records.opts,
            "title": title % {"name": name, "pk": job.pk},
            "job": job,
            "state": ImportJob.State(job.state).label,
            "again_url": reverse(
                f"admin:{records.opts.app_label}_{records.opts.model_name}_import"
            ),
        }

    # steps

    def reading_view(self, request, pk):
        job = self._open_job(request, pk)
        resource = registry.get(job.resource)()
        headings = [(letter, text, key, name) for letter, text, name, key in job.understood.columns]
        if job.understood.question:
            headings = []
        form = ReadingForm(
            request.POST or None, job=job, resource=resource, focus=request.GET.get("part", "")
        )
        columns = ColumnsForm(request.POST or None, headings=headings, resource=resource)
        if request.method == "POST" and form.is_valid() and (not headings or columns.is_valid()):
            options = form.options()
            changed = {
                key: value
                for key, value in (columns.decided() if headings else {}).items()
                if value != next(name for _l, _t, other, name in headings if other == key)
            }
            options["mapping"] = {**options.get("mapping", {}), **changed}
            return self._planned(request, job, options)
        context = self._context(request, job)
        if job.understood.question:
            return self._question_page(request, job, resource, context, reading_form=form)
        context |= {"form": form, "columns": columns}
        return TemplateResponse(request, "admin/spreadsheets/importjob/reading.html", context)

    @method_decorator(require_POST)
    def plan_view(self, request, pk):
        job = self._open_job(request, pk)
        return self._planned(request, job, job.options)

    def _planned(self, request, job, options):
        job.options = options
        readonly = readonly_attnames(request, job.resource)
        model = model_admin(job.resource).model

        def work(progress):
            job_steps.plan(job, model, user=request.user, readonly=readonly, progress=progress)
            return job.get_absolute_url()

        return self._answer(request, job, work, _("表を読んでいます"))

    @method_decorator(require_POST)
    def apply_view(self, request, pk):
        job = self._job(request, pk)
        if job.undo_of_id and not may_undo(request, job.undo_of):
            raise PermissionDenied
        model = model_admin(job.resource).model
        seen = request.POST.get("plan", "")
        checked = request.POST.get("checked", "")
        good_rows_only = request.POST.get("rows") == "good"

        def work(progress):
            job_steps.confirm(
                job,
                model,
                seen=seen,
                user=request.user,
                now=timezone.now(),
                good_rows_only=good_rows_only,
                checked=checked,
                progress=progress,
            )
            return job.get_absolute_url()

        try:
            title = _("元に戻しています") if job.undo_of_id else _("取り込んでいます")
            return self._answer(request, job, work, title)
        except CannotApply as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(job.get_absolute_url())

    @method_decorator(require_POST)
    def undo_view(self, request, pk):
        job = self._job(request, pk)
        if not may_undo(request, job):
            raise PermissionDenied
        model = model_admin(job.resource).model

        def work(progress):
            return plan_undo(job, model, user=request.user).get_absolute_url()

        try:
            return self._answer(request, job, work, _("元に戻す行を調べています"))
        except ValueError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(job.get_absolute_url())

    @method_decorator(require_POST)
    def drop_view(self, request, pk):
        """Forget an import that was not written."""
        with transaction.atomic():
            self.get_queryset(request).select_for_update().filter(pk=pk).first()
            job = self._open_job(request, pk)
            job.delete()
        records = model_admin(job.resource).opts
        messages.success(request, _("取込みをやめました。何も書き込んでいません。"))
        return HttpResponseRedirect(
            reverse(f"admin:{records.app_label}_{records.model_name}_changelist")
        )

    def errors_view(self, request, pk):
        job = self._job(request, pk)
        if job.undo_of_id or not job.counts.get("refused"):
            raise Http404
        made_for = {"plan": job.understood.plan, "language": get_language()}
        kept = ErrorFile.objects.filter(job=job, **made_for).first()
        if kept:
            headers = {"Content-Disposition": kept.disposition}
            content = bytes(kept.content)
            return HttpResponse(content, content_type=kept.content_type, headers=headers)

        def work(progress):
            keep_error_file(job, progress)
            return request.get_full_path()

        return self._answer(request, job, work, _("誤りの一覧を作っています"))

    def _open_job(self, request, pk):
        job = self._job(request, pk)
        if job.is_written:
            raise Http404(_("この取込みは、もう書き込んであります。"))
        return job

    def _answer(self, request, job, work, title):
        return long_work.answer(
            request,
            work,
            title=title,
            back=job.get_absolute_url(),
            context=self._context(request, job),
        )


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) <= MOST_DIGITS else 1
