"""The page of a question, and the steps that answer it: each plans the job again."""

from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ... import registry
from ...planning.understood import Question
from ...reading import ENCODINGS
from ..import_forms import ReadingForm
from ..job_steps import earlier_import, question_text, understood_text
from .forms import ColumnsForm, ConstantsForm, TablesForm, UnitForm
from .remedies import decisions, has_unused

_HEADINGS = {
    "columns": _("この見出しは、どの列ですか"),
    "tables": _("どの表を取り込みますか"),
    "unit": _("金額の単位は何ですか"),
    "constants": _("すべての行に共通の値は何ですか"),
}


class QuestionPages:
    """Mixed into JobPages."""

    question_steps = ("columns", "tables", "unit", "constants")

    def _question_page(self, request, job, resource, context, **forms):
        question = job.understood.question
        step = _step(question)
        context |= {
            "question": question,
            "step": step,
            "asked": _HEADINGS.get(step, ""),
            "text": question_text(question),
            "earlier": earlier_import(job),
            "understood": understood_text(job),
            "notices": job.understood.notices[:20],
            "has_unused": has_unused(job),
            "decisions": decisions(job, resource),
            "form": _form(step, question, resource) if step else None,
            "reading_form": ReadingForm(job=job, resource=resource),
            "samples": [
                (name, ENCODINGS[name], sample)
                for name, sample in question.samples.items()
                if name in ENCODINGS
            ],
        }
        context |= forms
        return TemplateResponse(request, "admin/spreadsheets/importjob/question.html", context)

    def _answered(self, request, pk, step, options):
        """Plan again with the options that an answer gives; a bad answer is shown at its place."""
        job = self._open_job(request, pk)
        question = job.understood.question
        if question is None or _step(question) != step:
            return HttpResponseRedirect(job.get_absolute_url())
        resource = registry.get(job.resource)()
        form = _form(step, question, resource, request.POST)
        if not form.is_valid():
            context = self._context(request, job)
            return self._question_page(request, job, resource, context, form=form)
        return self._planned(request, job, job.options | options(form, job.options))

    @method_decorator(require_POST)
    def columns_view(self, request, pk):
        def options(form, known):
            found = {"mapping": {**known.get("mapping", {}), **form.decided()}}
            if form.rest_is_unused or form.left_out:
                found["unused_rest"] = True
            return found | {"remember": bool(request.POST.get("remember"))}

        return self._answered(request, pk, "columns", options)

    @method_decorator(require_POST)
    def tables_view(self, request, pk):
        def options(form, known):
            return {"tables": form.cleaned_data["tables"]}

        return self._answered(request, pk, "tables", options)

    @method_decorator(require_POST)
    def unit_view(self, request, pk):
        def options(form, known):
            return {"unit": form.cleaned_data["unit"]}

        return self._answered(request, pk, "unit", options)

    @method_decorator(require_POST)
    def constants_view(self, request, pk):
        def options(form, known):
            return {"constants": {**known.get("constants", {}), **form.cleaned_data}}

        return self._answered(request, pk, "constants", options)


def _step(question: Question) -> str:
    """Which step answers a question, "" for a refusal that asks nothing."""
    asked = {
        "columns": question.unknown,
        "tables": question.tables,
        "unit": question.unitless,
        "constants": question.missing,
    }
    return next((step for step, about in asked.items() if about), "")


def _form(step, question: Question, resource, data=None):
    if step == "columns":
        return ColumnsForm(
            data,
            headings=[(each.letter, each.text, each.key, None) for each in question.unknown],
            samples={each.key: each.samples for each in question.unknown},
            resource=resource,
            rest_is_unused=bool(data and data.get("unused_rest")),
        )
    if step == "tables":
        return TablesForm(data, tables=question.tables)
    if step == "unit":
        return UnitForm(data, headings=question.unitless, resource=resource)
    return ConstantsForm(data, names=question.missing, resource=resource)
