"""The rows of a plan, a class for each thing that may happen to a row, and their stored form.

A plan is kept with its job as JSON. Its rows are written and read here only; what is stored is a
list a row, so that a plan of 100,000 rows stays small:

    new        [row, [values], {link: [pks]}, {attname: row}?, [[flag, {parameters}]]?]
    changed    [row, pk, {attname: [before, after]}, {link: [before, after]}, [withheld attnames],
                {attname: row}?, [[flag, {parameters}]]?]
    unchanged  [row, pk]
    deleted    [row, pk, {attname: [value, value]}]
    refused    [row, [issues as JSON]]

What is marked ? is left out where a row has neither. A row's number is Excel's in the first table
of a file; see row_numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Self

from .issues import Issue

Flag = Sequence[Any]
"""(code, {parameter: value}): see flags.py."""


class Change(NamedTuple):
    """The values of one column or link of a row, as SQL takes them."""

    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class NewRow:
    """`row` is 0 where no sheet has the row; `values` stand in the plan's columns.

    `refers` are columns whose value is the key of a new row, {attname: that row}; their value is
    None here. `flags` are what looks wrong though it may be right, (code, parameters).
    """

    row: int
    values: Sequence[Any]
    links: Mapping[str, Sequence[int]]
    refers: Mapping[str, int] = field(default_factory=dict)
    flags: Sequence[Flag] = ()

    @classmethod
    def from_stored(cls, stored: list) -> Self:
        return cls(*stored)

    def stored(self) -> list:
        stored = [self.row, self.values, self.links]
        return [*stored, self.refers, self.flags] if self.refers or self.flags else stored


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A record's new values. Those in `withheld` the user may see but not write.

    `refers` and `flags` are those of NewRow.
    """

    row: int
    pk: int
    changes: Mapping[str, Change]
    links: Mapping[str, Change]
    withheld: Sequence[str] = ()
    refers: Mapping[str, int] = field(default_factory=dict)
    flags: Sequence[Flag] = ()

    @classmethod
    def from_stored(cls, stored: list) -> Self:
        row, pk, changes, links, *others = stored
        return cls(row, pk, _changes(changes), _changes(links), *others)

    def stored(self) -> list:
        stored = [self.row, self.pk, self.changes, self.links, self.withheld]
        return [*stored, self.refers, self.flags] if self.refers or self.flags else stored

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
        return cls(row, tuple(map(Issue.from_stored, issues)))

    def stored(self) -> list:
        return [self.row, [issue.stored() for issue in self.issues]]


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
