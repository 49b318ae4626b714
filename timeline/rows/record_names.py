"""Finding the programme or event that printed words name."""

import re
from collections import defaultdict
from dataclasses import dataclass

from programs.models import Program, ProgramName
from values.text_key import text_key

from ..models import Event, EventName

_QUOTES = {"「": "」", "『": "』", "“": "”"}
_BRACKETS = {"(": ")", "（": "）"}


@dataclass(frozen=True)
class Match:
    """What words name: one record, several (`ambiguous`, as program:code), or nothing."""

    record: Program | Event | None = None
    ambiguous: tuple[str, ...] = ()


def reference(record):
    """Return program:code or event:code, as the chapters' Markdown names a record."""
    return f"{record._meta.model_name}:{record.code}"


class RecordNames:
    """All names of all programmes and events, read once, by their folded keys.

    A record's own name goes before other names, those before an abbreviation that only one
    programme has. Two records at the same step are ambiguous and neither is taken.
    """

    def __init__(self):
        self._steps = [defaultdict(set) for _ in range(3)]
        self._codes = defaultdict(set)
        for program in Program.objects.all():
            self.add(program)
            self._add(2, program.abbreviation, program)
        for name in ProgramName.objects.select_related("program"):
            self._add(1, name.name, name.program)
        for event in Event.objects.all():
            self.add(event)
        for name in EventName.objects.select_related("event"):
            self._add(1, name.name, name.event)

    def add(self, record):
        """Take in a record made since the names were read."""
        self._codes[record.code].add(record)
        self._add(0, record.name_ja, record)
        self._add(0, record.name_en, record)

    def _add(self, step, name, record):
        if key := text_key(name):
            self._steps[step][key].add(record)

    def find_bold(self, words):
        """Match a name in prose: whole, or with its bracketed part apart. Programmes first."""
        return self._find(name_candidates(words), Program)

    def find_event_row(self, label, marked_years):
        """Match a row with marks: an event; if a part of the label names it, one of those years."""
        whole = self._find([label], Event, only=True)
        if whole.record or whole.ambiguous:
            return whole
        return self._find(
            label_candidates(label),
            Event,
            only=True,
            accepts=lambda event: event.fiscal_year in marked_years,
        )

    def find_program_row(self, label):
        """Match a row without marks: a programme, or an event that the whole label names."""
        whole = self._find([label], Program)
        if whole.record or whole.ambiguous:
            return whole
        return self._find(label_candidates(label), Program, only=True)

    def find_listed(self, words):
        """Match an entry of somebody's list: program:code, event:code, a code or a name."""
        kind, _, code = words.rpartition(":")
        if found := {
            record for record in self._codes.get(code, ()) if kind in ("", record._meta.model_name)
        }:
            references = tuple(sorted(map(reference, found)))
            return Match(found.pop()) if len(found) == 1 else Match(ambiguous=references)
        match = self.find_program_row(words)
        if match.record or match.ambiguous:
            return match
        return self._find(label_candidates(words), Event, only=True)

    def _find(self, candidates, preferred, *, only=False, accepts=lambda record: True):
        ambiguous = ()
        for candidate in candidates:
            records = self._records(text_key(candidate), preferred, only)
            records = {record for record in records if accepts(record)}
            if len(records) == 1:
                return Match(records.pop())
            if not ambiguous:
                ambiguous = tuple(sorted(map(reference, records)))
        return Match(ambiguous=ambiguous)

    def _records(self, key, preferred, only):
        kinds = [preferred] if only else [preferred, Program if preferred is Event else Event]
        for kind in kinds:
            for step in self._steps:
                if found := {record for record in step.get(key, ()) if isinstance(record, kind)}:
                    return found
        return set()


def name_candidates(words):
    """Yield the names that printed words may contain: whole, unquoted, before and in brackets.

    "プログラム（ABC）" yields itself, "プログラム" and "ABC".
    """
    pending, seen = [words.strip()], set()
    while pending:
        name = pending.pop(0)
        if not name or name in seen:
            continue
        seen.add(name)
        yield name
        if _QUOTES.get(name[0]) == name[-1]:
            pending.append(name[1:-1].strip())
        pending += _bracket_apart(name)


def _bracket_apart(name):
    """Return what stands before a closing bracket's opening one, and what stands between."""
    if name[-1] not in _BRACKETS.values():
        return []
    depth = 0
    for index in range(len(name) - 1, -1, -1):
        depth += (name[index] in _BRACKETS.values()) - (name[index] in _BRACKETS)
        if depth == 0:
            return [name[:index].strip(), name[index + 1 : -1].strip()]
    return []


def label_candidates(label):
    """Yield name_candidates, then the same of quoted parts and of what follows a leading body."""
    seen = set()
    quoted = re.findall(r"[「『“](.+)[」』”]", label)
    parts = [label, *quoted, *re.split(r"による|\s+", label)[1:]]
    for part in parts:
        for candidate in name_candidates(part):
            if candidate not in seen:
                seen.add(candidate)
                yield candidate
