"""Values of a plan in words: a foreign key by its natural key and name, a choice by its label."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from values.money import format_short

SHORTER_FROM = 10_000


def _amount(yen: int) -> str:
    """「1,790,000,000（17.9億円）」; a sum that is no shorter in words is given once."""
    if abs(yen) < SHORTER_FROM:
        return f"{yen:,}"
    words = {"yen": f"{yen:,}", "short": format_short(yen, get_language())}
    return _("%(yen)s（%(short)s）") % words


class ValueTexts:
    """The columns of a Resource by attname, in its order, and what their values say."""

    def __init__(self, resource) -> None:
        self.model = resource._meta.model
        self.fields: dict[str, models.Field] = {}
        self.widgets: dict[str, Any] = {}
        for column in resource.fields.values():
            field = self.model._meta.get_field(column.attribute)
            attname = field.name if field.many_to_many else field.attname
            self.fields[attname] = field
            self.widgets[attname] = column.widget
        names = resource._meta.import_id_fields
        self.keys = [
            self.model._meta.get_field(resource.fields[name].attribute).attname for name in names
        ]
        self.records: dict[type[models.Model], dict[Any, str]] = {}

    @property
    def links(self) -> set[str]:
        """Attnames whose values are lists of primary keys."""
        return {name for name, field in self.fields.items() if field.many_to_many}

    def label(self, attname: str) -> str:
        field = self.fields.get(attname) or self.model._meta.get_field(attname)
        return str(field.verbose_name)

    def preload(self, values: Iterable[tuple[str, Any]]) -> None:
        """Find the records that (attname, value) name: one query for each kind of record."""
        wanted: dict[str, set] = {}
        for attname, value in values:
            field = self.fields.get(attname)
            if field is not None and field.is_relation:
                pks = value if isinstance(value, list | tuple) else [value]
                wanted.setdefault(attname, set()).update(pk for pk in pks if pk is not None)
        for attname, pks in wanted.items():
            finder = self.widgets[attname].finder
            known = self.records.setdefault(finder.model, {})
            paths = [path.rpartition("__")[0] for path in finder.lookups if "__" in path]
            rows = finder.model._base_manager.select_related(*paths)
            for pk, record in rows.in_bulk(list(pks - set(known))).items():
                key, name = finder.key_of(record), str(record)
                known[pk] = key if name == key else f"{key}（{name}）"

    def text(self, attname: str, value: Any) -> str:
        """Return a stored value as an editor reads it, "" for a blank one. Preload first."""
        field = self.fields.get(attname)
        if value is None or value == "":
            return ""
        if field is None:
            return str(value)
        if field.many_to_many:
            return "; ".join(sorted(self._record(field.related_model, pk) for pk in value))
        if field.is_relation:
            return self._record(field.related_model, value)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        if isinstance(field, models.BooleanField):
            return _("はい") if value else _("いいえ")
        if hasattr(self.widgets[attname], "read_with_unit"):
            return _amount(value)
        return str(field.to_python(value))

    def _record(self, model: type[models.Model], pk: Any) -> str:
        return self.records.get(model, {}).get(pk, f"#{pk}")

    def names_of(self, pks: Iterable[Any]) -> dict[Any, str]:
        """Return {pk: what tells the record apart, in words}, #pk for one that is gone.

        One query, and one for each kind of record that keys refer to.
        """
        pks = set(pks) - {None}
        records = self.model._base_manager.in_bulk(list(pks))
        keys = {
            pk: [(name, getattr(record, name)) for name in self.keys]
            for pk, record in records.items()
        }
        self.preload(item for items in keys.values() for item in items)
        refers = any(self.fields[name].is_relation for name in self.keys)
        names = {pk: f"#{pk}" for pk in pks}
        for pk, items in keys.items():
            key = " ".join(filter(None, (self.text(name, value) for name, value in items)))
            # The name of a record that is part of another would be a query for each.
            name = "" if refers else str(records[pk])
            names[pk] = key if name in key else f"{key}（{name}）"
        return names
