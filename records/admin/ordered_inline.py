"""Inlines whose rows have a printed order that is unique in their parent.

A database checks such a constraint row by row, so two rows that change places in one save would
collide halfway, in the database as in Django's own check of each form. Here the order is judged
over all rows at once, and rows that move are first put out of the way.
"""

from itertools import filterfalse

from django import forms
from django.contrib.admin.widgets import AdminIntegerFieldWidget
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from .shown_values import ShownForm, ShownFormSet

HIGHEST_POSITION = 32_767  # of a PositiveSmallIntegerField on every database


class OrderedForm(ShownForm):
    """A row whose position may be left blank, which means: at the end."""

    position = forms.IntegerField(
        label=_lazy("順"),
        required=False,
        min_value=0,
        max_value=HIGHEST_POSITION,
        widget=AdminIntegerFieldWidget,
    )

    def _get_validation_exclusions(self):
        return super()._get_validation_exclusions() | {"position"}


class OrderedInlineFormSet(ShownFormSet):
    def remaining_forms(self):
        return [
            form
            for form in self.forms
            if hasattr(form, "cleaned_data")
            and (form.instance.pk or form.has_changed())
            and not form.cleaned_data.get(DELETION_FIELD_NAME)
        ]

    def clean(self):
        super().clean()
        forms = self.remaining_forms()
        placed = [form for form in forms if form.cleaned_data.get("position") is not None]
        last = max([self.last_position(), *(form.cleaned_data["position"] for form in placed)])
        for form in forms:
            if form.cleaned_data.get("position") is None and "position" not in form.errors:
                last += 1
                form.cleaned_data["position"] = form.instance.position = last
        self.refuse_shared_positions(placed)

    def last_position(self):
        """The last one that is taken: by a row, too, that somebody added meanwhile."""
        if self.instance._state.adding:
            return 0
        rows = self.model._default_manager.filter(**{self.fk.name: self.instance})
        return rows.aggregate(last=models.Max("position"))["last"] or 0

    def refuse_shared_positions(self, forms):
        by_position = {}
        for form in forms:
            by_position.setdefault(form.cleaned_data["position"], []).append(form)
        shared = {position: group for position, group in by_position.items() if len(group) > 1}
        for position, group in shared.items():
            for form in group:
                others = "」「".join(str(other.instance) for other in group if other is not form)
                form.add_error(
                    "position",
                    _("順 %(position)s は「%(others)s」と同じです。別の番号にしてください。")
                    % {"position": position, "others": others},
                )
        if shared:
            raise ValidationError(
                _("同じ順の行があります（%(positions)s）。行ごとに別の番号にしてください。")
                % {"positions": "、".join(map(str, sorted(shared)))}
            )

    def save(self, commit=True):
        if commit:
            self.put_moving_rows_aside()
        return super().save(commit)

    def put_moving_rows_aside(self):
        moving = [
            form.instance.pk
            for form in self.initial_forms
            if form in self.deleted_forms
            or (form.has_changed() and "position" in form.changed_data)
        ]
        rows = self.model._default_manager.filter(**{self.fk.name: self.instance})
        taken = set(rows.values_list("position", flat=True))
        taken |= {form.cleaned_data["position"] for form in self.remaining_forms()}
        free = filterfalse(taken.__contains__, range(HIGHEST_POSITION, -1, -1))
        for pk, position in zip(moving, free, strict=False):
            rows.filter(pk=pk).update(position=position)
