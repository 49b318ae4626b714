"""Check constraints and derived columns of a model, worked out for rows that are not saved yet.

The rules stay where they are declared, in Meta.constraints and on derived fields; this module
evaluates them on plain values, because asking the database costs a query a row.
"""

from collections.abc import Callable, Mapping
from operator import itemgetter
from types import SimpleNamespace
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from records.fields import derived_fields

_COMPARISONS = {
    "exact": lambda left, right: left == right,
    "gt": lambda left, right: left > right,
    "gte": lambda left, right: left >= right,
    "lt": lambda left, right: left < right,
    "lte": lambda left, right: left <= right,
    "in": lambda left, right: left in right,
}


class RowRules:
    """The rules of one model. Rows are mappings from field attnames to Python values."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.known: dict[Any, list[models.CheckConstraint]] = {}

    @cached_property
    def checks(self) -> list[models.CheckConstraint]:
        constraints = self.model._meta.constraints
        return [each for each in constraints if isinstance(each, models.CheckConstraint)]

    @cached_property
    def names_read(self) -> list[str]:
        """The attnames that any check reads."""
        conditions = [each.condition for each in self.checks]
        return sorted({name for each in conditions for name in _attnames(each, self.model)})

    @cached_property
    def values_read(self) -> Callable[[Mapping[str, Any]], Any]:
        return itemgetter(*self.names_read)

    @cached_property
    def derived_fields(self) -> list[models.Field]:
        return derived_fields(self.model)

    @cached_property
    def unique_sets(self) -> list[tuple[tuple[str, ...], Q | None]]:
        """Field names that must be unique together, with the condition under which they must."""
        single = [((f.name,), None) for f in self.model._meta.concrete_fields if f.unique]
        together = [
            (tuple(c.fields), c.condition)
            for c in self.model._meta.constraints
            if isinstance(c, models.UniqueConstraint) and c.fields
        ]
        return [(names, when) for names, when in single + together if names != ("id",)]

    def broken_by(self, row: Mapping[str, Any]) -> list[models.CheckConstraint]:
        """The constraints a row breaks. A comparison with NULL breaks none, as in SQL.

        Rows repeat the few values that constraints read, so each case is decided once.
        """
        if not self.checks:
            return []
        case = self.values_read(row)
        broken = self.known.get(case)
        if broken is None:
            broken = self.known[case] = [
                each for each in self.checks if holds(each.condition, row, self.model) is False
            ]
        return broken

    def derived(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The derived columns of a row, by attname."""
        instance = SimpleNamespace(**row)
        return {field.attname: field.derive(instance) for field in self.derived_fields}


def holds(condition: Q, row: Mapping[str, Any], model: type[models.Model]) -> bool | None:
    """Evaluate a Q on a row in SQL's three-valued logic: True, False or None for unknown."""
    results = [
        holds(child, row, model) if isinstance(child, Q) else _compare(child, row, model)
        for child in condition.children
    ]
    if condition.connector == Q.XOR:
        found = None if None in results else sum(map(bool, results)) % 2 == 1
    elif condition.connector == Q.OR:
        found = True if True in results else (None if None in results else False)
    else:
        found = False if False in results else (None if None in results else True)
    return found if not condition.negated or found is None else not found


def _compare(child: tuple[str, Any], row: Mapping[str, Any], model: type[models.Model]):
    path, right = child
    name, _, lookup = path.partition("__")
    left = row[_attname(model, name)]
    if lookup == "isnull":
        return (left is None) == right
    if isinstance(right, F):
        right = row[_attname(model, right.name)]
    if left is None or right is None:
        return None
    return _COMPARISONS[lookup or "exact"](left, right)


def _attnames(condition: Q, model: type[models.Model]) -> set[str]:
    names = set()
    for child in condition.children:
        if isinstance(child, Q):
            names |= _attnames(child, model)
        else:
            path, right = child
            names.add(_attname(model, path.partition("__")[0]))
            if isinstance(right, F):
                names.add(_attname(model, right.name))
    return names


def _attname(model: type[models.Model], name: str) -> str:
    return model._meta.get_field(name).attname
