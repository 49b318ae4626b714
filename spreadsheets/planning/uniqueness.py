"""Which planned rows would repeat a value that must be unique, in their sheet or beside it."""

from collections.abc import Callable, Iterator

from django.db import models

from .row_rules import RowRules, holds

UniqueSet = tuple[list[str], models.Q | None]


def other_unique_sets(
    rules: RowRules, model: type[models.Model], keys: list[str]
) -> list[UniqueSet]:
    """Attnames, besides the key's, that must be unique together, and the condition for it."""
    sets = [
        ([model._meta.get_field(name).attname for name in names], condition)
        for names, condition in rules.unique_sets
    ]
    return [each for each in sets if set(each[0]) != set(keys)]


def repeated(
    model: type[models.Model],
    attnames: list[str],
    condition: models.Q | None,
    candidates: list[tuple],
    *,
    scan: Callable,
) -> Iterator[tuple[int, tuple, int | None]]:
    """Yield row, value and the sheet's other row that has it, None where a record has it.

    `candidates` are (kind, row, planned row, values as they will be); `scan` reads the records
    that have one of many values.
    """
    claimed: dict[tuple, tuple] = {}
    for kind, row, record, after in candidates:
        value = tuple(after[name] for name in attnames)
        if None in value or (condition and not holds(condition, after, model)):
            continue
        owner = (record[1] if kind == "changed" else None, row)
        if value in claimed and claimed[value][1] != row:
            yield row, value, claimed[value][1]
        claimed.setdefault(value, owner)
    moved = {record[1] for kind, _row, record, _after in candidates if kind == "changed"}
    queryset = model._base_manager.values_list("pk", *attnames)
    for pk, *taken in scan(queryset, attnames[0], {value[0] for value in claimed}):
        owner = claimed.get(tuple(taken))
        if owner and owner[0] != pk and pk not in moved:
            yield owner[1], tuple(taken), None
