"""Rows of a timeline from a list: one name or code a line, as typed, pasted or selected."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, QuerySet

from programs.models import Program
from programs.names import reference
from records.changes import content_write
from records.saving import save_changed

from ..models import Event, Timeline, TimelineRow
from .labels import ListedNames

MOST_LINES = 500
LONGEST_LABEL = TimelineRow._meta.get_field("printed_label").max_length
LONGEST_GROUP = TimelineRow._meta.get_field("group").max_length
_WITH_CODE = re.compile(r"(.*?)\s*[(（]((?:program|event):[^\s()（）]+)[)）]")


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


def written_lines(records: QuerySet) -> str:
    """Write one line a record for `read_lines`: the name with its code, and the group before it.

    A programme's group is its lead organization; those of one stand together, in their order.
    """
    if records.model is Program:
        records = records.select_related("lead_organization")
    groups = [(_lead_name(record), record) for record in records]
    groups.sort(key=lambda pair: (not pair[0], pair[0]))
    return "\n".join(
        f"{group}\t{_with_code(record)}" if group else _with_code(record)
        for group, record in groups
    )


def _lead_name(record: Program | Event) -> str:
    lead = record.lead_organization if isinstance(record, Program) else None
    return lead.name_ja if lead else ""


def _with_code(record: Program | Event) -> str:
    is_one_cell = "\t" not in record.name and len(record.name.splitlines()) == 1
    return f"{record.name}（{reference(record)}）" if is_one_cell else reference(record)


def read_lines(text: str, timeline: Timeline | None) -> list[WantedRow]:
    """Match each line that is not blank; a second line of the same record is left out.

    Two cells pasted from a sheet, with a tab between, are a group and a name, or a record's name
    and its code. In "name（program:code）" the code alone decides which record is meant.
    """
    entries = list(_entries(text))
    names = ListedNames(code or words for _group, words, code in entries)
    seen, wanted = set(), []
    present = _present(timeline) if timeline else set()
    for group, words, code in entries:
        match = names.find_listed(code or words)
        if code and match.record:
            words = _WITH_CODE.fullmatch(words)[1] or code
        if match.record and group and group in (match.record.name_ja, match.record.name_en):
            group, words = "", group
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


def _entries(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (group, words, the code that tells which record the words name) of each line."""
    for line in text.splitlines():
        group, tab, words = line.partition("\t")
        group, words = (group.strip(), words.strip()) if tab else ("", line.strip())
        if words:
            coded = _WITH_CODE.fullmatch(words)
            yield group, words, coded[2] if coded else ""


@transaction.atomic
@content_write()
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
        save_changed(
            TimelineRow(timeline=timeline, position=position),
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
