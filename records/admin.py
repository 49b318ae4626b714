"""What every record's admin page has in common: history, prose fields, a search as people type."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin import TabularInline
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from simple_history.admin import SimpleHistoryAdmin

from values.text_key import text_key


class ProseField(forms.CharField):
    """Text of several lines with LF line ends; browsers send CRLF, spreadsheets cannot keep it."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


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


class RowsInline(FewerIcons, TabularInline):
    """Rows of a parent as a table; none are offered empty."""

    extra = 0


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


class RecordAdmin(FewerIcons, SimpleHistoryAdmin):
    """`has_folded_search` says that search_fields hold keys made by text_key."""

    has_folded_search = False
    formfield_overrides = prose_overrides(rows=6)
    list_per_page = 50
    object_history_template = "admin/record_history.html"
    object_history_list_template = "admin/record_history_list.html"
    object_history_form_template = "admin/record_history_form.html"

    def get_search_results(self, request, queryset, search_term):
        if self.has_folded_search:
            search_term = " ".join(filter(None, map(text_key, search_term.split())))
        return super().get_search_results(request, queryset, search_term)

    def get_actions(self, request):
        actions = super().get_actions(request)
        if IS_POPUP_VAR in request.GET:
            return actions
        for offered in _offered:
            if self.model in offered.models and offered.is_allowed(request):
                function, name, description = self.get_action(offered.action)
                actions[name] = (function, name, description)
        return actions
