"""Which planned rows would repeat a value that must be unique, in their plan or beside it.

A value may move: from a record that the same plan gives another one, or deletes, to any other
row. So a row that is refused keeps its value, and refuses the row that was to have it.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from .row_rules import RowRules, holds

_LONGEST_FREE_VALUE = 12

Scan = Callable[[models.QuerySet, str, set], Iterator[tuple]]


@dataclass(frozen=True)
class Claim:
    """A row as it will be: `pk` is None for a new one, `written` the attnames it changes.

    Claims of one `row` are refused together.
    """

    row: int
    pk: int | None
    written: Set[str]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class Clash:
    """A row that cannot have a value, and the row of the plan that has it, None for a record."""

    row: int
    attnames: tuple[str, ...]
    value: tuple
    other: int | None
    reason: str

    @property
    def shown(self) -> str:
        return "・".join(map(str, self.value))

    def message(self, said: Callable[[int | None], str]) -> str:
        """Return the reason in words; `said` gives a row of the plan its number."""
        held = _(
            "「%(value)s」は%(row)s行目の記録が使っています。"
            "先に%(row)s行目の誤りを直してください。"
        )
        messages = {
            "taken": _("「%(value)s」はほかの記録がすでに使っています。"),
            "repeated": _("%(row)s行目も「%(value)s」です。"),
            "refused": held,
            "moves": held,
            "stuck": _(
                "「%(value)s」は%(row)s行目の記録が使っていて、一度には移せません。"
                "2回に分け、先に%(row)s行目をほかの値にして取り込んでください。"
            ),
        }
        return messages[self.reason] % {"value": self.shown, "row": said(self.other)}


class UniqueValues:
    """The sets of columns of a model, besides its `keys`, that must be unique together."""

    def __init__(self, rules: RowRules, keys: Sequence[str]) -> None:
        self.model = rules.model
        self.movable = movable_columns(rules)
        attnames = [
            (tuple(self.model._meta.get_field(name).attname for name in names), condition)
            for names, condition in rules.unique_sets
        ]
        self.sets = [each for each in attnames if set(each[0]) != set(keys)]

    def clashes(
        self,
        claims: Sequence[Claim],
        *,
        scan: Scan,
        refused: Mapping[int, int] | None = None,
        deleted: Set[int] = frozenset(),
    ) -> Iterator[Clash]:
        """Yield what is in the way of claims, none of which may be written then.

        `scan` reads the records that have one of many values, `refused` is {pk: row} of rows
        refused already, `deleted` the records that go. One query a set.
        """
        refused = refused or {}
        holders = {claim.pk: claim for claim in claims if claim.pk is not None}
        found: deque[Clash] = deque()
        waiting: dict[int, list[Clash]] = defaultdict(list)
        for attnames, condition in self.sets if claims else ():
            owners: dict[tuple, Claim] = {}
            found += self._repeated(claims, attnames, condition, owners)
            records = self.model._base_manager.filter(condition or models.Q())
            records = records.values_list("pk", *attnames)
            for pk, *taken in scan(records, attnames[0], {value[0] for value in owners}):
                claim = owners.get(tuple(taken))
                if claim is None or claim.pk == pk or pk in deleted:
                    continue
                other, reason = self._holding(attnames, pk, holders.get(pk), refused)
                clash = Clash(claim.row, attnames, tuple(taken), other, reason)
                (waiting[pk] if reason == "moves" else found).append(clash)
        pks = defaultdict(list)
        for pk, claim in holders.items():
            pks[claim.row].append(pk)
        while found:
            yield (clash := found.popleft())
            for pk in pks[clash.row]:
                found += waiting.pop(pk, ())

    def _repeated(self, claims, attnames, condition, owners) -> Iterator[Clash]:
        """Fill in who will have each value: rows that keep theirs go before rows that take one."""
        for claim in sorted(claims, key=lambda claim: _takes(claim, attnames)):
            value = tuple([claim.after[name] for name in attnames])
            if None in value or (condition and not holds(condition, claim.after, self.model)):
                continue
            owner = owners.setdefault(value, claim)
            if owner is not claim:
                yield Clash(claim.row, attnames, value, owner.row, "repeated")

    def _holding(self, attnames, pk, holder, refused) -> tuple[int | None, str]:
        """How record `pk` holds its value: the row of the plan that it stands in, and a reason."""
        if pk in refused:
            return refused[pk], "refused"
        if holder is None or not _takes(holder, attnames):
            return None, "taken"
        if self.movable.isdisjoint(set(attnames).intersection(holder.written)):
            return holder.row, "stuck"
        return holder.row, "moves"


def _takes(claim: Claim, attnames: Sequence[str]) -> bool:
    return claim.pk is None or not claim.written.isdisjoint(attnames)


def movable_columns(rules: RowRules) -> set[str]:
    """The unique columns, by attname, that can have a free value while their values move."""
    unique = {name for names, _condition in rules.unique_sets for name in names}
    return {
        field.attname
        for field in map(rules.model._meta.get_field, unique)
        if field.attname not in rules.names_read and (field.null or _takes_any_text(field))
    }


def free_value(field: models.Field, pk: int) -> str | None:
    """Return what no other row has in a movable column: a control character no sheet has in it."""
    return None if field.null else f"\x1a{pk}"


def _takes_any_text(field: models.Field) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and (field.max_length is None or field.max_length >= _LONGEST_FREE_VALUE)
