"""The rows that timelines have now, to know them again in a sheet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from programs.names import Match

from ..models import TimelineRow


@dataclass(frozen=True)
class PrintedRow:
    """A row as it stands: `labels` are what a figure prints of it in either language."""

    position: int
    printed_label: str
    note: str
    match: Match
    labels: frozenset[str]

    @property
    def english_name(self) -> str:
        return self.match.record.name_en if self.match.record else ""

    @property
    def is_heading(self) -> bool:
        return self.match.record is None


class PrintedRows:
    """The rows of timelines by label and by number; of two with one label neither is meant."""

    def __init__(self, slugs: Iterable[str]) -> None:
        self._labelled: dict[str, dict[str, PrintedRow | None]] = defaultdict(dict)
        self._numbered: dict[str, dict[str, PrintedRow]] = defaultdict(dict)
        rows = TimelineRow.objects.filter(timeline__slug__any_of=set(slugs))
        for row in rows.select_related("timeline", "program", "event"):
            self._take(row.timeline.slug, _printed(row))

    def _take(self, slug: str, row: PrintedRow) -> None:
        self._numbered[slug][str(row.position)] = row
        labelled = self._labelled[slug]
        for label in row.labels:
            labelled[label] = None if label in labelled else row

    def row(self, slug: str, label: str, position: str) -> PrintedRow | None:
        """Return the row of a label: the one that has the number too goes before all others."""
        there = self._numbered[slug].get(position)
        if there and label in there.labels:
            return there
        return self._labelled[slug].get(label)

    def replaced(self, slug: str, given: Mapping[str, str]) -> list[str]:
        """Return the labels that stand at numbers of `given` (number → label) and are not in it."""
        labels = set(given.values())
        there = (self._numbered[slug].get(number) for number in given)
        return [
            next(iter(sorted(row.labels)), "") or row.printed_label
            for row in there
            if row and row.labels and row.labels.isdisjoint(labels)
        ]

    def numbers(self, slug: str) -> set[str]:
        return set(self._numbered[slug])


def _printed(row: TimelineRow) -> PrintedRow:
    record = row.program or row.event
    labels = {row.printed_label or (record.name_ja if record else "")}
    labels |= {record.name_en} if record else set()
    match = Match((record,) if record else ())
    return PrintedRow(
        row.position, row.printed_label, row.note, match, frozenset(filter(None, labels))
    )
