"""Deleting in the admin: what changed since it was shown is shown again before it goes."""

import hashlib
from contextlib import nullcontext

from django.contrib import messages
from django.db import models, transaction
from django.db.models.deletion import CASCADE
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from ..saving import lock_rows

SHOWN = "shown_records"


class ChangedSinceShown(Exception):
    """Records, or parts that would go with them, are not what the page of deletion showed."""


class DeletesInTurn:
    """Mixin of a ModelAdmin whose pages of deletion carry a digest of what they showed."""

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except ChangedSinceShown:
            return self.show_again(request)

    def changelist_view(self, request, extra_context=None):
        # The log of a deletion that is refused goes back with it.
        is_deletion = request.POST.get("action") == "delete_selected"
        try:
            with transaction.atomic() if is_deletion else nullcontext():
                return super().changelist_view(request, extra_context)
        except ChangedSinceShown:
            return self.show_again(request)

    def show_again(self, request):
        words = _(
            "確認の画面を開いた後に内容が変わったので、削除しませんでした。見直してください。"
        )
        messages.warning(request, words)
        return redirect(request.get_full_path())

    def refuse_changed(self, request, records):
        """Raise ChangedSinceShown unless `records`, locked, are as the page showed them."""
        pks = [record.pk for record in records]
        lock_rows(self.model, pk__in=pks)
        for relation in parts_of(self.model):
            lock_rows(relation.related_model, **{f"{relation.field.name}__in": pks})
        records = self.model._base_manager.filter(pk__in=pks)
        if request.POST.get(SHOWN) != digest_of(records):
            raise ChangedSinceShown


def parts_of(model: type[models.Model]) -> list[models.ManyToOneRel]:
    """The relations whose rows go with a record that is deleted."""
    return [each for each in model._meta.related_objects if each.on_delete is CASCADE]


def digest_of(records) -> str:
    """Return a digest of records and of the rows that are deleted with them."""
    found = hashlib.sha256()
    for record in sorted(records, key=lambda record: record.pk):
        found.update(repr(_values(record)).encode())
        for relation in parts_of(type(record)):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: record})
            found.update(repr(list(rows.order_by("pk").values_list())).encode())
    return found.hexdigest()[:32]


def _values(record: models.Model) -> list:
    return [field.value_from_object(record) for field in record._meta.concrete_fields]
