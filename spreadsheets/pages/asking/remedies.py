"""What an editor may add to a plan on its page, for many rows at once; each plans the job again."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from values.text_key import text_key

from ... import registry
from ...deciding.file_tables import ERROR_HEADING
from ...deciding.heading_memory import forget
from ...models import ImportJob
from ...planning.plans import planned_rows
from ...resources.sheet_schema import schema_of
from ..import_rights import may_name
from .forms import SharedValueForm


@dataclass(frozen=True)
class Decision:
    """What was decided for this file, in words, and what names it when it is taken back."""

    text: str
    what: str
    column: str = ""
    value: str = ""


class RemedyPages:
    """Mixed into JobPages."""

    remedy_steps = ("read-as", "shared", "revoke")

    @method_decorator(require_POST)
    def read_as_view(self, request, pk):
        """Read a value of a column as another one, in all rows that have it."""
        job = self._open_job(request, pk)
        resource = registry.get(job.resource)()
        column, value = request.POST.get("column", ""), _posted(request, "value")
        meant = _posted(request, "as") or _posted(request, "text").strip()
        if column not in schema_of(resource).names or not value or not meant:
            messages.error(request, _("何と読むかを書いてください。"))
            return HttpResponseRedirect(job.get_absolute_url())
        options = _with_entry(job.options, "values", column, value, meant)
        options = _without_entry(options, "other_names", column, value)
        if request.POST.get("remember_name") and may_name(request, resource, column):
            finder = resource.fields[column].widget.finder
            try:
                named = finder.key_of(finder.find(meant))
            except ValueError as error:
                messages.error(request, str(error))
                return HttpResponseRedirect(job.get_absolute_url())
            options = _with_entry(options, "other_names", column, value, named)
        return self._planned(request, job, options)

    @method_decorator(require_POST)
    def shared_view(self, request, pk):
        """Give all rows that have none the same record, as their source."""
        job = self._open_job(request, pk)
        resource = registry.get(job.resource)()
        name = resource.shared_column
        form = SharedValueForm(request.POST, name=name, resource=resource) if name else None
        if form is None or not form.is_valid():
            for errors in form.errors.values() if form else ():
                messages.error(request, " ".join(errors))
            return HttpResponseRedirect(job.get_absolute_url())
        constants = {**job.options.get("constants", {}), name: form.cleaned_data["key"]}
        return self._planned(request, job, job.options | {"constants": constants})

    @method_decorator(require_POST)
    def revoke_view(self, request, pk):
        """Take back what was decided: then it is asked again, or read as it stands."""
        job = self._open_job(request, pk)
        what, column = request.POST.get("what", ""), request.POST.get("column", "")
        value = _posted(request, "value")
        options = dict(job.options)
        if what == "unused":
            unused = [each.key for each in job.understood.columns if each.name == ""]
            forget(job.resource, unused)
            mapping = options.get("mapping", {})
            options["mapping"] = {key: name for key, name in mapping.items() if name}
            options["unused_rest"] = False
        elif what in ("tables", "unit"):
            options.pop(what, None)
        elif what == "constants":
            constants = options.get("constants", {})
            options["constants"] = {n: v for n, v in constants.items() if n != column}
        elif what == "values":
            options = _without_entry(options, "values", column, value)
            options = _without_entry(options, "other_names", column, value)
        return self._planned(request, job, options)


def _posted(request, name) -> str:
    """Return a value as its cell has it: a browser sends other line breaks."""
    return request.POST.get(name, "").replace("\r\n", "\n").replace("\0", "")


def _with_entry(options, name, column, value, meant):
    entries = options.get(name, {})
    return options | {name: {**entries, column: {**entries.get(column, {}), value: meant}}}


def _without_entry(options, name, column, value):
    entries = options.get(name, {})
    rest = {text: meant for text, meant in entries.get(column, {}).items() if text != value}
    return options | {name: {**entries, column: rest}}


def decisions(job: ImportJob, resource) -> list[Decision]:
    """Return what was decided for a job's file, to be shown with the way back."""
    labels = {each.name: each.labels[0] for each in schema_of(resource).columns if each.labels}
    found = []
    for name, value in job.options.get("constants", {}).items():
        words = {"label": labels.get(name, name), "value": _shown(resource, name, value)}
        found.append(
            Decision(_("すべての行の「%(label)s」は %(value)s") % words, "constants", name)
        )
    for name, values in job.options.get("values", {}).items():
        for text, meant in values.items():
            words = {"label": labels.get(name, name), "text": text, "meant": meant}
            said = _("「%(label)s」の「%(text)s」は %(meant)s と読む") % words
            if text in job.options.get("other_names", {}).get(name, {}):
                said += _("（別名として覚える）")
            found.append(Decision(said, "values", name, text))
    if unit := job.options.get("unit"):
        found.append(Decision(_("金額の単位は %(unit)s") % {"unit": unit}, "unit"))
    if job.options.get("tables"):
        tables = "、".join(job.understood.tables)
        found.append(Decision(_("取り込む表は %(tables)s") % {"tables": tables}, "tables"))
    return found


def _shown(resource, name, value) -> str:
    """Return a choice by its label."""
    if name not in resource.fields:
        return value
    field = resource._meta.model._meta.get_field(resource.fields[name].attribute)
    return str(dict(field.flatchoices or ()).get(value, value))


def has_unused(job: ImportJob) -> bool:
    """Whether a column was called unused; that of faults is the site's own."""
    own = text_key(ERROR_HEADING)
    return any(each.name == "" and each.key != own for each in job.understood.columns)


def shared_form(job: ImportJob, resource) -> SharedValueForm | None:
    """Return the form that gives all rows a source, where some that will be written have none."""
    name = resource.shared_column
    if not name or job.is_written or job.undo_of_id or name in job.options.get("constants", {}):
        return None
    attname = resource._meta.model._meta.get_field(name).attname
    if not job.counts.get("new"):
        return None
    stored = list(job.understood.stored)
    if attname in stored:
        at = stored.index(attname)
        if all(row.values[at] is not None for row in planned_rows(job, "new")):
            return None
    return SharedValueForm(name=name, resource=resource)
