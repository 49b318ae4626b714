"""What every record's admin page has in common: saving in turn, history, prose, search."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import TabularInline
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404
from simple_history.admin import SimpleHistoryAdmin

from ..changes import Kind, content_changed, content_write
from ..saving import delete_records, lock_rows
from .bounded_search import BoundedSearch
from .deleting_in_turn import DeletesInTurn
from .saving_in_turn import SavesInTurn, ShowsValues
from .shown_values import ShownFormSet


class ProseField(forms.CharField):
    """Text of several lines as typed, with LF line ends; browsers send CRLF, sheets cannot keep it.

    What begins with a full-width blank is set in, so that stays; blank lines around it go.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs | {"strip": False})

    def to_python(self, value):
        text = re.sub(r"\r\n?", "\n", super().to_python(value))
        return text.rstrip().lstrip("\n") or self.empty_value


def prose_overrides(rows):
    widget = forms.Textarea(attrs={"rows": rows, "cols": 60, "class": "prose"})
    return {models.TextField: {"form_class": ProseField, "widget": widget}}


class FewerIcons:
    """Beside a relation only "add": four icons in every row crowd out what is typed."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_change_related = False
            field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field


class RowsInline(ShowsValues, FewerIcons, TabularInline):
    """Rows of a parent as a table; none are offered empty."""

    extra = 0
    formset = ShownFormSet


class ContentAdmin(DeletesInTurn, SavesInTurn):
    """Mixin of every ModelAdmin whose records are content: what it writes it tells."""

    def save_related(self, request, form, formsets, change):
        deleted = [[f.instance.pk for f in formset.deleted_forms] for formset in formsets]
        super().save_related(request, form, formsets, change)
        kind = Kind.CHANGED if change else Kind.CREATED
        with content_write(user_id=request.user.pk):
            content_changed(self.model, kind, [form.instance.pk])
            for formset, gone in zip(formsets, deleted, strict=True):
                changed = [row.pk for row, _fields in formset.changed_objects]
                content_changed(formset.model, Kind.CREATED, [r.pk for r in formset.new_objects])
                content_changed(formset.model, Kind.CHANGED, changed)
                content_changed(formset.model, Kind.DELETED, filter(None, gone))

    def delete_model(self, request, obj):
        self.delete_queryset(request, [obj])

    def delete_queryset(self, request, queryset):
        by_user = content_write(user_id=request.user.pk)
        with transaction.atomic(savepoint=False), by_user:
            self.refuse_changed(request, queryset)
            delete_records(queryset)


@dataclass(frozen=True)
class OfferedAction:
    """An action of a higher room for the records of a lower one, and who may take it."""

    action: Callable
    is_allowed: Callable[[Any], bool]
    models: tuple[type[models.Model], ...]


_offered: list[OfferedAction] = []


def offer_action(action, *record_models, is_allowed):
    """Offer `action` in the lists of `record_models` to whom `is_allowed(request)` lets take it."""
    _offered.append(OfferedAction(action, is_allowed, record_models))


class RecordAdmin(BoundedSearch, FewerIcons, ContentAdmin, SimpleHistoryAdmin):
    formfield_overrides = prose_overrides(rows=6)
    list_per_page = 50
    object_history_template = "admin/record_history.html"
    object_history_list_template = "admin/record_history_list.html"
    object_history_form_template = "admin/record_history_form.html"

    def get_actions(self, request):
        actions = super().get_actions(request)
        if IS_POPUP_VAR in request.GET:
            return actions
        for offered in _offered:
            if self.model in offered.models and offered.is_allowed(request):
                function, name, description = self.get_action(offered.action)
                actions[name] = (function, name, description)
        return actions

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """The record as it was; a POST makes it so again (the record alone, not its inlines)."""
        show = super().history_form_view
        try:
            pk = self.model._meta.pk.to_python(unquote(object_id))
        except ValidationError as error:
            raise Http404 from error
        if request.method != "POST":
            request.stored_record = self.model._base_manager.filter(pk=pk).first()
            return show(request, object_id, version_id, extra_context)
        with transaction.atomic():
            lock_rows(self.model, pk=pk)
            request.stored_record = self.model._base_manager.filter(pk=pk).first()
            response = show(request, object_id, version_id, extra_context)
            if response.status_code == 302:
                kind = Kind.CHANGED if request.stored_record else Kind.CREATED
                with content_write(user_id=request.user.pk):
                    content_changed(self.model, kind, [pk])
        return response
