"""The programme or event that a printed label, or an entry of somebody's list, names."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from programs.models import Program
from programs.names import Match, NameResolver, name_candidates
from values.text_key import text_key

from ..models import Event


class RecordNames(NameResolver):
    """Names of programmes and events, all words given at once; a programme goes before an event.

    It serves prose as well: `find` matches a bold name.
    """

    def __init__(self, words: Iterable[str] = ()) -> None:
        super().__init__(Program.objects.all(), Event.objects.all())
        self.look_up(words)

    def candidates(self, words: str) -> Iterator[str]:
        return label_candidates(words)

    def find_event_row(self, label: str, marked_years: Collection[int]) -> Match:
        """Match a row with marks: an event; if a part of the label names it, one of those years."""
        whole = self.first_alone([label], Event)
        if whole.records:
            return whole
        return self.first_alone(
            label_candidates(label),
            Event,
            accepts=lambda event: event.fiscal_year in marked_years,
        )

    def find_program_row(self, label: str) -> Match:
        """Match a row without marks: a programme, or an event that the whole label names."""
        whole = self.first_alone([label])
        return whole if whole.records else self.first_alone(label_candidates(label), Program)


class ListedNames(RecordNames):
    """The same, and codes: what stands in a list is program:code, event:code, a code or a name."""

    def __init__(self, entries: Iterable[str]) -> None:
        entries = list(entries)
        super().__init__(entries)
        codes = {_kind_and_code(entry)[1] for entry in entries}
        self._coded = defaultdict(list)
        for queryset in self.querysets if codes else ():
            for record in queryset.filter(code__any_of=codes):
                self._coded[record.code].append(record)

    def find_listed(self, entry: str) -> Match:
        kind, code = _kind_and_code(entry)
        coded = [record for record in self._coded[code] if kind in ("", record._meta.model_name)]
        if coded:
            return Match(tuple(coded))
        match = self.find_program_row(entry)
        return match if match.records else self.first_alone(label_candidates(entry), Event)


def _kind_and_code(entry: str) -> tuple[str, str]:
    kind, _, code = entry.rpartition(":")
    return kind, code


def is_alias(words: str, record: Program | Event) -> bool:
    """Tell whether printed words are not the record's own name, however it is typed."""
    return text_key(words) not in (text_key(record.name_ja), text_key(record.name_en))


def label_candidates(label: str) -> Iterator[str]:
    """Yield name_candidates, then the same of quoted parts and of what follows a leading body."""
    seen = set()
    quoted = re.findall(r"[「『“](.+)[」』”]", label)
    parts = [label, *quoted, *re.split(r"による|\s+", label)[1:]]
    for part in parts:
        for candidate in name_candidates(part):
            if candidate not in seen:
                seen.add(candidate)
                yield candidate
