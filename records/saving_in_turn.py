"""Saving in the admin: no save overwrites another's, answers with a 500 or loses what was typed."""

import re
from contextlib import suppress

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.forms.models import _get_foreign_key
from django.urls import reverse
from django.utils.translation import gettext as _

from .shown_values import SHOWN, ShownForm
from .storage_faults import why_not_saved


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

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.refusal = getattr(request, "save_refusal", "")
        form.stored = getattr(request, "stored_record", None)
        return form


def lock_rows(model, **which):
    """Keep rows from being changed until the transaction ends, where the database locks rows."""
    if connection.in_atomic_block and connection.features.has_select_for_update:
        with suppress(ValueError, ValidationError):
            rows = model._base_manager.filter(**which).order_by("pk").select_for_update(no_key=True)
            list(rows.values_list("pk"))
