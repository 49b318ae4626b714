"""Saving in the admin: no save overwrites another's, answers with a 500 or loses what was typed."""

import logging
import re

from django.contrib.admin.utils import unquote
from django.db import DatabaseError
from django.forms.models import _get_foreign_key
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from ..saving import lock_rows
from ..storage_faults import why_not_saved
from .shown_values import SHOWN, ShownForm

logger = logging.getLogger(__name__)


class ShowsValues:
    """Mixin of a ModelAdmin or inline: its forms carry a digest of what they showed."""

    form = ShownForm

    def get_fieldsets(self, request, obj=None):
        fieldsets = [
            (name, options | {"fields": [each for each in options["fields"] if each != SHOWN]})
            for name, options in super().get_fieldsets(request, obj)
        ]
        if obj is not None and self.has_change_permission(request, obj):
            fieldsets[0][1]["fields"].append(SHOWN)
        return fieldsets


class SavesInTurn(ShowsValues):
    """Mixin of every ModelAdmin: no save overwrites another's, fails with a 500 or loses words."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except DatabaseError as error:
            request.save_refusal = why_not_saved(error)
            if request.method != "POST" or not request.save_refusal:
                raise
            logger.warning("A save was refused.", exc_info=error)
        # Outside of a transaction: the form again, with what was typed, and nothing is written.
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def _changeform_view(self, request, object_id, form_url, extra_context):
        if request.method == "POST" and object_id:
            lock_rows(self.model, pk=unquote(object_id))
            if self.get_object(request, unquote(object_id)) is None:
                return self.anew(request, extra_context)
            for inline in self.get_inline_instances(request):
                lock_rows(inline.model, **{self.key_of(inline).attname: unquote(object_id)})
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def key_of(self, inline):
        return _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)

    def anew(self, request, extra_context):
        """The form of a record that somebody deleted, as that of a new one: nothing is lost."""
        if not self.has_add_permission(request):
            return self.words_of_a_deleted_record(request)
        request.save_refusal = _(
            "この記録は、画面を開いた後に削除されました。入力は残っています。"
            "保存すると、新しい記録として加わります。"
        )
        keys = [self.key_of(inline).name for inline in self.get_inline_instances(request)]
        request.POST = request.POST.copy()
        for name in request.POST:
            if name.endswith("-INITIAL_FORMS"):
                request.POST[name] = "0"
            elif re.search(rf"-\d+-({'|'.join(['id', *keys])})$", name):
                request.POST[name] = ""
        opts = self.opts
        form_url = reverse(f"admin:{opts.app_label}_{opts.model_name}_add")
        return super()._changeform_view(request, None, form_url, extra_context)

    def words_of_a_deleted_record(self, request):
        """What was typed, for who may not add records: to be copied or handed on."""
        form = self.get_form(request)(request.POST)
        typed = [(bound.label, bound.value()) for bound in form.visible_fields()]
        names = {bound.html_name for bound in form}
        typed += [
            (name, value)
            for name, value in request.POST.items()
            if name not in names and re.search(r"-\d+-(?!id$)", name)
        ]
        context = self.admin_site.each_context(request) | {
            "title": _("この記録は、画面を開いた後に削除されました"),
            "opts": self.opts,
            "typed": [(name, value) for name, value in typed if value],
        }
        return TemplateResponse(request, "admin/deleted_meanwhile.html", context, status=409)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.refusal = getattr(request, "save_refusal", "")
        form.stored = getattr(request, "stored_record", None)
        return form
