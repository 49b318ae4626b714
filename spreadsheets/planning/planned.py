"""The rows of a plan, a class for each thing that may happen to a row, and their stored form.

A plan is kept with its job as JSON. Its rows are written and read here only; what is stored is a
list a row, so that a plan of 100,000 rows stays small:

    new        [row, [values], {link: [pks]}]
    changed    [row, pk, {attname: [before, after]}, {link: [before, after]}, [withheld attnames]]
    unchanged  [row, pk]
    deleted    [row, pk, {attname: [value, value]}]
    refused    [row, [issues as JSON]]
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from .issues import Issue


class Change(NamedTuple):
    """The values of one column or link of a row, as SQL takes them."""

    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class NewRow:
    """`row` is Excel's, 0 where no sheet has the row; `values` stand in the plan's columns."""

    row: int
    values: Sequence[Any]
    links: Mapping[str, Sequence[int]]

    @classmethod
    def from_stored(cls, stored: list) -> Self:
        return cls(*stored)

    def stored(self) -> list:
        return [self.row, self.values, self.links]


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A record's new values. Those in `withheld` the user may see but not write."""

    row: int
    pk: int
    changes: Mapping[str, Change]
    links: Mapping[str, Change]
    withheld: Sequence[str] = ()

    @classmethod
    def from_stored(cls, stored: list) -> Self:
        row, pk, changes, links, withheld = stored
        return cls(row, pk, _changes(changes), _changes(links), withheld)

    def stored(self) -> list:
        return [self.row, self.pk, self.changes, self.links, self.withheld]

    @property
    def written(self) -> Mapping[str, Change]:
        """The columns that are written."""
        return self._without_withheld(self.changes) if self.withheld else self.changes

    @property
    def written_links(self) -> Mapping[str, Change]:
        return self._without_withheld(self.links) if self.withheld else self.links

    def _without_withheld(self, changes: Mapping[str, Change]) -> dict[str, Change]:
        return {name: each for name, each in changes.items() if name not in self.withheld}


@dataclass(frozen=True, slots=True)
class UnchangedRow:
    """A row that says what its record says; `pk` is None for one that names no amount."""

    row: int
    pk: int | None

    @classmethod
    def from_stored(cls, stored: list) -> Self:
        return cls(*stored)

    def stored(self) -> list:
        return [self.row, self.pk]


@dataclass(frozen=True, slots=True)
class DeletedRow:
    """A record that goes, with its values as they were planned from."""

    row: int
    pk: int
    values: Mapping[str, Any]

    @classmethod
    def from_stored(cls, stored: list) -> Self:
        row, pk, values = stored
        return cls(row, pk, {name: before for name, (before, _after) in values.items()})

    def stored(self) -> list:
        return [self.row, self.pk, {name: [value, value] for name, value in self.values.items()}]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    row: int
    issues: Sequence[Issue]

    @classmethod
    def from_stored(cls, stored: list) -> Self:
        row, issues = stored
        return cls(row, tuple(Issue(**issue) for issue in issues))

    def stored(self) -> list:
        return [self.row, [issue.as_json() for issue in self.issues]]


PlannedRow = NewRow | ChangedRow | UnchangedRow | DeletedRow | RefusedRow
ROW_KINDS: dict[str, type[PlannedRow]] = {
    "new": NewRow,
    "changed": ChangedRow,
    "unchanged": UnchangedRow,
    "refused": RefusedRow,
    "deleted": DeletedRow,
}


def _changes(stored: Mapping[str, list]) -> dict[str, Change]:
    if not stored:  # as the links of most rows are, and a row is opened twice to be written
        return {}
    return {name: Change._make(pair) for name, pair in stored.items()}
