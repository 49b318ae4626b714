"""A page of a plan for display: 100 rows in words, and no more bytes than a page may weigh.

Texts are cut until they fit, so that a page of long prose weighs what a page of codes does.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from django.utils.html import escape
from django.utils.translation import gettext as _

from ..models import ImportJob, PlannedRows
from ..planning.flags import flag_text
from ..planning.planned import ChangedRow, DeletedRow, NewRow, RefusedRow, UnchangedRow
from ..planning.plans import PAGE, planned_page, planned_rows
from ..planning.row_numbers import parted
from .value_texts import ValueTexts

BYTES_A_PAGE = 140_000
# Longest text and most parts of a row, from generous to frugal.
_CELL_STEPS = [(length, 1_000) for length in (400, 200, 100, 50, 25, 12, 6)] + [(6, 16), (6, 8)]
_FAULT_STEPS = [(400, 1_000), (200, 1_000), (100, 8), (80, 4), (60, 2)]
_BYTES_A_PART = 60
_BYTES_A_ROW = 90
FLAGGED = "flagged"
_KINDS = (FLAGGED, "refused", "changed", "new", "deleted", "unchanged")
_CONTEXT = 3


@dataclass(frozen=True)
class Part:
    """One cell of a row, one change or one fault; `before` is for changes only."""

    text: str
    label: str = ""
    before: str = ""
    is_withheld: bool = False


@dataclass(frozen=True)
class ShownRow:
    """`row` is Excel's, 0 where no sheet has the row; `hidden` parts did not fit.

    `table` names its table where there are several; `flags` say why it should be looked at.
    `is_new` tells the cells of a flagged row from changes.
    """

    row: int
    record: str
    parts: tuple[Part, ...] = ()
    hidden: int = 0
    table: str = ""
    flags: tuple[str, ...] = ()
    is_new: bool = False


@dataclass(frozen=True)
class PreviewPage:
    """Up to 100 rows of a kind. `headings` are those of the parts where these are cells."""

    kind: str
    number: int
    pages: int
    rows: list[ShownRow] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return kind_label(self.kind)

    @property
    def has_tables(self) -> bool:
        """Whether the rows come from several tables."""
        return any(row.table for row in self.rows)

    @property
    def previous(self) -> int:
        """The page before this one, 0 when it is the first."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The page after this one, 0 when it is the last."""
        return self.number + 1 if self.number < self.pages else 0


def kind_label(kind: str) -> str:
    return _("要注意") if kind == FLAGGED else str(PlannedRows.Kind(kind).label)


def counted(kind: str, count: int) -> str:
    """「3 行」 of a sheet where nothing else is meant, else 「12 件」 of records."""
    words = {"count": f"{count:,}"}
    return _("%(count)s 行") % words if kind == "refused" else _("%(count)s 件") % words


def kinds(job: ImportJob) -> list[tuple[str, str, str]]:
    """Return (kind, label, count with its unit) in the order in which an editor asks for them.

    The count is "" where there are none.
    """
    labels = {kind: kind_label(kind) for kind in _KINDS if kind in job.counts}
    if job.undo_of_id:
        labels = {"refused": _("元に戻さない"), "changed": _("元に戻す"), "deleted": _("削除")}
    counts = {kind: job.counts.get(kind, 0) for kind in labels}
    unit = "deleted" if job.undo_of_id else ""
    return [
        (kind, label, counted(unit or kind, counts[kind]) if counts[kind] else "")
        for kind, label in labels.items()
    ]


def preview_page(job: ImportJob, resource, kind: str = "", number: int = 1) -> PreviewPage:
    """Return a page of a plan; without `kind` the first one that has rows."""
    counts = job.counts
    if kind not in counts:
        kind = next((each for each in _KINDS if counts.get(each)), "unchanged")
    pages = max(1, -(-counts.get(kind, 0) // PAGE))
    number = min(max(number, 1), pages)
    shown = _Shown(job, ValueTexts(resource))
    planned = _flagged_page(job, number) if kind == FLAGGED else planned_page(job, kind, number)
    rows, headings = getattr(shown, kind)(planned)
    rows = [shown.placed(row) for row in rows]
    steps = _FAULT_STEPS if kind == "refused" else _CELL_STEPS
    return PreviewPage(kind, number, pages, fitted(rows, steps), headings)


def _flagged_page(job: ImportJob, number: int) -> list[NewRow | ChangedRow]:
    """Return flagged rows in the order of the sheet."""
    by_kind = (planned_rows(job, kind) for kind in ("new", "changed"))
    flagged = (row for row in heapq.merge(*by_kind, key=lambda row: row.row) if row.flags)
    return list(islice(flagged, (number - 1) * PAGE, number * PAGE))


class _Shown:
    """Makes rows for display, one method a kind."""

    def __init__(self, job: ImportJob, texts: ValueTexts) -> None:
        self.job = job
        self.texts = texts

    def new(self, rows: list[NewRow]) -> tuple[list[ShownRow], list[str]]:
        columns = self.job.understood.stored
        return self._table(
            [(new.row, dict(zip(columns, new.values, strict=True)) | new.links) for new in rows]
        )

    def placed(self, row: ShownRow) -> ShownRow:
        """Part the number of a row into its table, if there are several, and Excel's row."""
        table, excel_row = parted(row.row)
        tables = self.job.understood.tables
        return replace(row, row=excel_row, table=tables[table] if len(tables) > 1 else "")

    def flagged(self, rows: list[NewRow | ChangedRow]) -> tuple[list[ShownRow], list[str]]:
        """Show new rows by what they say and changed ones by what changes, each with its flags."""
        changed = iter(self.changed([row for row in rows if _is_changed(row)])[0])
        cells, headings = self.new([row for row in rows if not _is_changed(row)])
        new = (replace(r, parts=_labelled(r.parts, headings), is_new=True) for r in cells)
        shown = []
        for row in rows:
            flags = tuple(flag_text(*flag) for flag in row.flags)
            shown.append(replace(next(changed if _is_changed(row) else new), flags=flags))
        return shown, []

    def deleted(self, rows: list[DeletedRow]) -> tuple[list[ShownRow], list[str]]:
        return self._table([(row.row, row.values) for row in rows])

    def _table(self, rows: list[tuple[int, dict]]) -> tuple[list[ShownRow], list[str]]:
        """Show the columns in which some row says something."""
        self.texts.preload(item for _row, values in rows for item in values.items())
        names = [
            name
            for name in self.texts.fields
            if any(values.get(name) not in (None, "", []) for _row, values in rows)
        ]
        shown = [
            ShownRow(
                row,
                "",
                tuple(Part(self.texts.text(name, values.get(name))) for name in names),
            )
            for row, values in rows
        ]
        return shown, [self.texts.label(name) for name in names]

    def changed(self, rows: list[ChangedRow]) -> tuple[list[ShownRow], list[str]]:
        names = self.texts.names_of(row.pk for row in rows)
        self.texts.preload(
            (name, value)
            for row in rows
            for name, change in (*row.changes.items(), *row.links.items())
            for value in change
        )
        shown = [ShownRow(row.row, names[row.pk], tuple(self._changes(row))) for row in rows]
        return shown, []

    def _changes(self, row: ChangedRow) -> Iterator[Part]:
        for name, (before, after) in {**row.changes, **row.links}.items():
            if name in self.texts.fields:
                yield Part(
                    self.texts.text(name, after),
                    self.texts.label(name),
                    self.texts.text(name, before),
                    name in row.withheld,
                )

    def unchanged(self, rows: list[UnchangedRow]) -> tuple[list[ShownRow], list[str]]:
        names = self.texts.names_of(row.pk for row in rows)
        return [ShownRow(row.row, names.get(row.pk, "")) for row in rows], []

    def refused(self, rows: list[RefusedRow]) -> tuple[list[ShownRow], list[str]]:
        shown = [
            ShownRow(row.row, "", tuple(Part(str(issue)) for issue in row.issues)) for row in rows
        ]
        return shown, []


def _is_changed(row: NewRow | ChangedRow) -> bool:
    return isinstance(row, ChangedRow)


def _labelled(parts: Sequence[Part], headings: Sequence[str]) -> tuple[Part, ...]:
    """Name the column of each filled cell, for a row that does not stand below its headings."""
    named = zip(parts, headings, strict=True)
    return tuple(replace(part, label=heading) for part, heading in named if part.text)


def fitted(rows: list[ShownRow], steps: Sequence[tuple[int, int]]) -> list[ShownRow]:
    """Cut texts and then parts of rows, by the first of `steps` that makes the page light."""
    for length, most in steps:
        cut = [_cut_row(row, length, most) for row in rows]
        if sum(map(_weight, cut)) <= BYTES_A_PAGE:
            break
    return cut


def _cut_row(row: ShownRow, length: int, most: int) -> ShownRow:
    parts = tuple(_cut_part(part, length) for part in row.parts[:most])
    return replace(
        row,
        record=shortened(row.record, max(length, 24)),
        parts=parts,
        hidden=max(0, len(row.parts) - most),
    )


def _cut_part(part: Part, length: int) -> Part:
    if not part.label:
        return replace(part, text=shortened(part.text, length))
    before, after = excerpts(part.before, part.text, length)
    return replace(part, before=before, text=after)


def _weight(row: ShownRow) -> int:
    parts = sum(
        _BYTES_A_PART + _bytes(part.text) + _bytes(part.label) + _bytes(part.before)
        for part in row.parts
    )
    return _BYTES_A_ROW + _bytes(row.record) + parts


def _bytes(text: str) -> int:
    return len(escape(text).encode())


def shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length] + "…"


def excerpts(before: str, after: str, length: int) -> tuple[str, str]:
    """Cut two texts around the place where they begin to differ."""
    if max(len(before), len(after)) <= length:
        return before, after
    same = 0
    for left, right in zip(before, after, strict=False):
        if left != right:
            break
        same += 1
    start = max(0, same - length // _CONTEXT)
    lead = "…" if start else ""
    return lead + shortened(before[start:], length), lead + shortened(after[start:], length)
