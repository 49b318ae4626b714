"""What a job knows of its file: how it was read, what it stopped at, what plan was made of it.

It is stored with the job as JSON, which is written and read here only. Sentences are kept in
every language of the site, since the job is looked at by others than its maker.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, NamedTuple, Self

from .issues import Issue


class UsedHeading(NamedTuple):
    """A heading of the sheet and the column it feeds, "" for an unused one."""

    letter: str
    text: str
    name: str
    key: str


class UnknownHeading(NamedTuple):
    """A heading that a question is about, with up to three values of its column."""

    letter: str
    text: str
    key: str
    samples: Sequence[str] = ()


class TableChoice(NamedTuple):
    """A table that may be meant: `key` names it in options, `samples` are its first rows."""

    key: str
    label: str
    samples: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class Question:
    """Why a file could not be planned, and what would let it: answers go into job.options.

    text      the refusal in every language
    samples   the first lines under each encoding that may be meant
    unknown   headings nobody knows
    missing   columns that tell rows apart and that the sheet lacks
    tables    the tables of the file, of which some are to be chosen
    unitless  headings of amounts that nothing gives a unit
    """

    code: str
    text: Mapping[str, str]
    samples: Mapping[str, str] = field(default_factory=dict)
    unknown: Sequence[UnknownHeading] = ()
    missing: Sequence[str] = ()
    tables: Sequence[TableChoice] = ()
    unitless: Sequence[UnknownHeading] = ()

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        lists = {"unknown": UnknownHeading, "tables": TableChoice, "unitless": UnknownHeading}
        read = {
            name: tuple(kind(*each) for each in stored.get(name, ()))
            for name, kind in lists.items()
        }
        return cls(**{**stored, **read})

    def as_json(self) -> dict[str, Any]:
        stored: dict[str, Any] = {
            "code": self.code,
            "text": dict(self.text),
            "samples": dict(self.samples),
        }
        for name in ("unknown", "tables", "unitless"):
            if asked := getattr(self, name):
                stored[name] = [list(each) if each[-1] else list(each[:-1]) for each in asked]
        if self.missing:
            stored["missing"] = list(self.missing)
        return stored


class StaleCell(NamedTuple):
    """A cell somebody changed after the plan was made: as planned from, as it is now, as wanted.

    `attname` is "" when the whole record is gone.
    """

    row: int
    pk: int
    attname: str
    planned_from: object
    now: object
    wanted: object


@dataclass(frozen=True)
class Conflict:
    """Why a plan could not be written; of many cells or issues the first, `count` in all."""

    count: int
    stale: Sequence[StaleCell] = ()
    issues: Sequence[Issue] = ()

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            stored["count"],
            tuple(StaleCell(*each) for each in stored.get("stale", ())),
            tuple(Issue(**each) for each in stored.get("rules", ())),
        )

    def as_json(self) -> dict[str, Any]:
        if self.stale:
            return {"stale": [list(each) for each in self.stale], "count": self.count}
        return {"rules": [each.as_json() for each in self.issues], "count": self.count}


@dataclass(frozen=True)
class Understood:
    """All of it. Empty for a job that nothing is known of yet.

    sentence     how the sheet was read, in every language; `parts` the same, each (override, words)
    columns      its headings, but for those nobody asked about
    heading_row  Excel's number of the first
    headed_at    for each table its sheet, "" in a text, and its first heading row
    read_as      the options with which bytes became cells
    left_out     those of the notices that say what was left out
    stored       the columns of new rows, by attname; `keys` those that tell records apart
    tables       what the tables are called whose rows the plan has, in order
    plan         tells this plan from every other one the job had
    """

    sentence: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    columns: Sequence[UsedHeading] = ()
    heading_row: int = 0
    headed_at: Sequence[tuple[str, int]] = ()
    read_as: Mapping[str, str | None] = field(default_factory=dict)
    notices: Sequence[str] = ()
    left_out: Sequence[str] = ()
    encoding: str = ""
    sheets: Sequence[str] = ()
    stored: Sequence[str] = ()
    keys: Sequence[str] = ()
    plan: str = ""
    tables: Sequence[str] = ()
    question: Question | None = None
    conflict: Conflict | None = None

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """Read what is stored; a key that is not there yet has its empty value."""
        names = {each.name for each in fields(cls)}
        known = {name: value for name, value in stored.items() if name in names}
        known["columns"] = tuple(UsedHeading(*each) for each in stored.get("columns", ()))
        if "stop" in stored:
            known["question"] = Question.from_json(stored["stop"])
        if "hindrance" in stored:
            known["conflict"] = Conflict.from_json(stored["hindrance"])
        return cls(**known)

    def as_json(self) -> dict[str, Any]:
        """Return what differs from the empty value, under the names it has been stored by."""
        empty = type(self)()
        stored = {
            each.name: getattr(self, each.name)
            for each in fields(self)
            if getattr(self, each.name) != getattr(empty, each.name)
        }
        if self.columns:
            stored["columns"] = [list(each) for each in self.columns]
        if question := stored.pop("question", None):
            stored["stop"] = question.as_json()
        if conflict := stored.pop("conflict", None):
            stored["hindrance"] = conflict.as_json()
        return stored

    def with_plan(self, *, stored: Sequence[str], keys: Sequence[str], plan: str) -> Self:
        """The same with another plan, which no conflict stands against yet."""
        return replace(self, stored=stored, keys=keys, plan=plan, conflict=None)
