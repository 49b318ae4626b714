"""Rows of a timeline from a list: one name or code a line, as typed, pasted or selected."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from programs.models import Program

from .models import Event, Timeline, TimelineRow
from .record_names import RecordNames, reference

MOST_LINES = 500
LONGEST_LABEL = TimelineRow._meta.get_field("printed_label").max_length
LONGEST_GROUP = TimelineRow._meta.get_field("group").max_length


@dataclass(frozen=True)
class WantedRow:
    """A line and what it names: one `record`, or `ambiguous` codes, or nothing.

    `is_present` when the timeline has a row of that record, or that heading, already.
    """

    words: str
    group: str = ""
    record: Program | Event | None = None
    ambiguous: tuple[str, ...] = ()
    is_present: bool = False

    @property
    def is_unknown(self) -> bool:
        return self.record is None and not self.ambiguous

    @property
    def reference(self) -> str:
        return reference(self.record) if self.record else ""


def read_lines(text: str, timeline: Timeline | None) -> list[WantedRow]:
    """Match each line that is not blank; a second line of the same record is left out.

    Two cells pasted from a sheet, with a tab between, are a group and a name.
    """
    names, seen, wanted = RecordNames(), set(), []
    present = _present(timeline) if timeline else set()
    for line in text.splitlines():
        group, tab, words = line.partition("\t")
        group, words = (group.strip(), words.strip()) if tab else ("", line.strip())
        if not words:
            continue
        match = names.find_listed(words)
        key = reference(match.record) if match.record else words
        if key in seen:
            continue
        seen.add(key)
        wanted.append(
            WantedRow(
                words,
                group[:LONGEST_GROUP],
                match.record,
                match.ambiguous,
                key in present,
            )
        )
    return wanted


@transaction.atomic
def add_rows(
    timeline: Timeline, wanted: Sequence[WantedRow], *, group: str, with_headings: bool
) -> int:
    """Put the rows at the end of the timeline; those it has already are left out.

    Lines that name nothing become headings or are left out; ambiguous ones are left out. Words
    that differ from the record's name are kept as the printed label. Returns how many were added.
    """
    Timeline.objects.select_for_update().get(pk=timeline.pk)
    present = _present(timeline)
    position = timeline.rows.aggregate(last=Max("position"))["last"] or 0
    added = 0
    for each in wanted:
        if (each.reference or each.words) in present or each.ambiguous:
            continue
        if each.is_unknown and not with_headings:
            continue
        position += 1
        added += 1
        TimelineRow.objects.create(
            timeline=timeline,
            position=position,
            group=each.group or group,
            printed_label=_printed_label(each),
            program=each.record if isinstance(each.record, Program) else None,
            event=each.record if isinstance(each.record, Event) else None,
        )
    return added


def _printed_label(each: WantedRow) -> str:
    record = each.record
    if record and each.words in (record.name_ja, record.name_en, record.code, each.reference):
        return ""
    return each.words[:LONGEST_LABEL]


def _present(timeline: Timeline) -> set[str]:
    rows = timeline.rows.select_related("program", "event")
    return {
        reference(row.program or row.event) if row.program or row.event else row.printed_label
        for row in rows
    }
