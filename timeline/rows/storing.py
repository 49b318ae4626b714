"""Storing a printed year table: its timeline, tiers and rows, each row bound to its record."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from programs.models import Program, Tier, TierScheme
from programs.names import reference
from records.changes import content_write
from records.saving import delete_records, save_changed
from values.decision import Decision
from values.partial_date_text import PartialDate
from values.tiers import TierRule

from ..figure.vocabulary import MARK
from ..models import Event, Timeline, TimelineRow
from .labels import RecordNames, is_alias
from .printed_table import PrintedTableRow, YearTable, text_too_long

_LONGEST_NOTE = TimelineRow._meta.get_field("note").max_length


@dataclass
class StoredTable:
    """What storing a table did. `bound` counts rows, `unbound` are labels, `created` codes.

    `decisions`: row.alias, row.year and row.created, of this run and of those before.
    """

    timeline: Timeline
    changed: bool = False
    bound: int = 0
    unbound: list[str] = field(default_factory=list)
    created: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    def warn(self, line: int, sentence: str) -> None:
        parameters = {"line": line, "sentence": sentence}
        self.warnings.append(_("%(line)s行目: %(sentence)s") % parameters)


@transaction.atomic
@content_write()
def store_table(
    *,
    timeline: Timeline,
    title: str,
    table: YearTable,
    tiers: tuple[TierRule, ...],
    names: RecordNames,
) -> StoredTable:
    """Make `timeline`, new or old, say what a printed table says. Safe to run twice.

    A row whose label stood in the timeline before keeps the record it had. A row that names no
    record gets a new one, an event of the marked fiscal year or else a bare programme, so that
    neither row nor mark is lost; a row that may name several gets none and is reported.
    """
    names.look_up(row.label for row in table.rows)
    scheme, changed = _scheme(timeline, title, tiers)
    stored = StoredTable(timeline)
    stored.changed = changed | save_changed(
        timeline,
        title_ja=title,
        first_fiscal_year=table.fiscal_years[0],
        last_fiscal_year=table.fiscal_years[-1],
        tier_scheme=scheme,
    )
    existing = {row.position: row for row in timeline.rows.select_related("program", "event")}
    bound = {row.printed_label: row.program or row.event for row in existing.values()}
    for position, printed in enumerate(table.rows, start=1):
        record = bound.get(printed.label)
        if record is None or (printed.marks and isinstance(record, Program)):
            record = _record(stored, printed, position, names)
        row = existing.pop(position, None) or TimelineRow(timeline=timeline, position=position)
        stored.changed |= save_changed(
            row,
            group=printed.group,
            printed_label=printed.label,
            program=record if isinstance(record, Program) else None,
            event=record if isinstance(record, Event) else None,
            note=_note(stored, row.note, printed, record),
        )
        stored.bound += record is not None
        stored.decisions += _decisions(stored, printed, record, names) if record else []
    delete_records(existing.values())
    stored.changed |= bool(existing)
    return stored


def _record(stored, printed: PrintedTableRow, position, names):
    match = _match(printed, names)
    if match.ambiguous and not match.record:
        stored.unbound.append(printed.label)
        stored.warn(
            printed.line,
            _("「%(label)s」は%(records)sのどれか分かりません。年表の行で選んでください。")
            % {"label": printed.label, "records": "、".join(match.ambiguous)},
        )
    if match.record or match.ambiguous:
        return match.record
    code = _free_code(f"{_row_code(stored.timeline)}{position}", Program, Event)
    if printed.marks:
        record = Event(
            code=code,
            name_ja=printed.label,
            kind=Event.Kind.OTHER,
            date=PartialDate(printed.marks[0], is_fiscal=True),
            program=names.find_program_row(printed.label).record,
        )
    else:
        record = Program(code=code, name_ja=printed.label)
    save_changed(record)
    names.add(record)
    stored.created.append(reference(record))
    stored.warn(
        printed.line,
        _("「%(label)s」という記録がないため、%(record)sを作りました。内容を補ってください。")
        % {"label": printed.label, "record": reference(record)},
    )
    return record


def _match(printed: PrintedTableRow, names):
    if printed.marks:
        return names.find_event_row(printed.label, printed.marks)
    return names.find_program_row(printed.label)


def _row_code(timeline):
    """How the codes begin of the records that are made for its rows."""
    return f"{timeline.slug}-row-"


def _decisions(stored, printed: PrintedTableRow, record, names):
    """What was decided on a row, said again at each run, whichever of them decided it."""
    words, named = printed.label, reference(record)
    if record.code.startswith(_row_code(stored.timeline)):
        yield Decision("row.created", printed.line, words, named)
    elif is_alias(words, record) and record in _match(printed, names).records:
        yield Decision("row.alias", printed.line, words, named)
    if isinstance(record, Event) and record.date and not record.date.is_fiscal:
        for year in printed.marks:
            if year == record.fiscal_year != record.date.year:
                outcome = f"{record.date.stored} → {year}"
                yield Decision("row.year", printed.line, words, outcome)


def _note(stored, note, printed: PrintedTableRow, record):
    """Return the row's note: marks that its record does not carry, else what an editor wrote."""
    year = record.fiscal_year if isinstance(record, Event) else None
    lost = [str(mark) for mark in printed.marks if mark != year]
    if lost:
        stored.warn(
            printed.line,
            _("「%(label)s」の印は%(marks)s年度にありますが、記録の年度は%(year)sです。")
            % {
                "label": printed.label,
                "marks": "、".join(lost),
                "year": _("不明") if year is None else year,
            },
        )
    if note and not note.startswith(MARK):
        return note
    kept = f"{MARK} {'、'.join(lost)}" if lost else ""
    if len(kept) > _LONGEST_NOTE:
        raise text_too_long(printed.line, kept, _LONGEST_NOTE)
    return kept


def _scheme(timeline, title, tiers):
    """Return a scheme with these tiers, the timeline's own first, and whether it was made now."""
    wanted = {(tier.letter, tier.lower_bound_yen, tier.is_lower_bound_included) for tier in tiers}
    schemes = TierScheme.objects.prefetch_related("tiers")
    for scheme in sorted(schemes, key=lambda scheme: scheme.pk != timeline.tier_scheme_id):
        if wanted == {
            (tier.letter, tier.lower_bound_yen, tier.is_lower_bound_included)
            for tier in scheme.tiers.all()
        }:
            return scheme, False
    code = _free_code(f"{timeline.slug}-tiers", TierScheme)
    scheme = TierScheme(code=code, name_ja=title[:100])
    save_changed(scheme)
    for tier in tiers:
        save_changed(
            Tier(scheme=scheme, letter=tier.letter),
            label_ja=tier.label_ja,
            lower_bound_yen=tier.lower_bound_yen,
            is_lower_bound_included=tier.is_lower_bound_included,
        )
    return scheme, True


def _free_code(code, *models):
    """Return `code`, with -2, -3 … if a record of one of the models has it."""
    tried, number = code, 1
    while any(model.objects.filter(code=tried).exists() for model in models):
        number += 1
        tried = f"{code}-{number}"
    return tried
