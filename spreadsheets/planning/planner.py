"""A sheet's rows against the records: what is new, changed, unchanged, refused. Writes nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _

from records.progress import Progress, no_progress
from values.text_key import text_key

from ..resources.cells import cell_text
from ..tables import current_links
from .issues import Issue
from .planned import Change, ChangedRow, NewRow, RefusedRow, UnchangedRow
from .plans import Plan
from .row_rules import RowRules
from .sheet_columns import MISSING, STORED_AS_IS, Refused, SheetColumn, default_of, store
from .sheet_values import SheetRows, SheetValues
from .uniqueness import Claim, UniqueValues

BATCH = 5_000


def plan_rows(
    resource,
    sheet: SheetRows,
    *,
    erase_blanks: bool = False,
    readonly: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> Plan:
    """Compare a sheet with the records of a Resource's model.

    A blank cell keeps what is there, or erases it when `erase_blanks`. An absent column or row
    changes nothing. Columns in `readonly` (attnames) are compared but never written.
    """
    return _Planner(resource, sheet, erase_blanks, readonly, progress).plan()


class _Planner:
    def __init__(self, resource, sheet, erase_blanks, readonly, progress) -> None:
        self.model = resource._meta.model
        self.sheet = sheet
        self.erase_blanks = erase_blanks
        self.readonly = readonly
        self.progress = progress or no_progress
        self.rules = RowRules(self.model)
        self.fields = [f for f in self.model._meta.concrete_fields if not f.primary_key]
        self.attnames = [f.attname for f in self.fields]
        self.pk_name = self.model._meta.pk.attname
        self.by_attname = dict(zip(self.attnames, self.fields, strict=True))
        self.positions = {name: index for index, name in enumerate(self.attnames, 1)}
        key_fields = [resource.fields[name].attribute for name in resource._meta.import_id_fields]
        self.keys = [self.model._meta.get_field(name).attname for name in key_fields]
        self.plain = [c for c in sheet.columns if not c.is_link]
        self.links = [c for c in sheet.columns if c.is_link]
        self.columns = {column.attname: column for column in self.plain}
        self.defaults = {f.attname: default_of(f) for f in self.fields}
        self.required = [name for name in self.attnames if self.defaults[name] is MISSING]
        self.unique = UniqueValues(self.rules, self.keys)
        self.settable = {n for n in self.attnames if n not in readonly or n in self.keys}
        self.amount_column, self.unit_column = resource.amount_and_unit
        self.result = Plan(columns=self.attnames, keys=self.keys)
        self.row_issues: dict[int, list[Issue]] = defaultdict(list)
        self.values = SheetValues(sheet, self.unit_column, self._add_issue)

    def plan(self) -> Plan:
        for issue in self.sheet.faults:
            self.row_issues[issue.row].append(issue)
        self.values.read_keys(self.keys)
        keyed = self._records_by_key()
        existing = self._existing_rows([key for key, _record in keyed])
        found: list[tuple | None] = [None] * len(self.sheet.rows)
        for key, record in keyed:
            found[record] = existing.get(key)
        self.values.read_others(found, self.positions)
        if not self.erase_blanks:
            self.values.keep_blanks(found, self.positions)
        candidates = self._compare([record for _key, record in keyed], found)
        if self.unique.sets:
            self._check_unique([c for c in candidates if c and c[0] != "unchanged"], found)
        for candidate in candidates:
            if candidate is not None and candidate[1] not in self.row_issues:
                kind, _row, planned, _after = candidate
                self.result.rows[kind].append(planned)
        for row in sorted(self.row_issues):
            self.result.rows["refused"].append(RefusedRow(row, self.row_issues[row]))
        return self.result

    def _compare(self, records: list[int], found: list[tuple | None]) -> list:
        """Return (kind, row, planned row, values as they will be) of each record, None if refused.

        Most rows of a sheet that was taken out and brought back are told by one comparison.
        """
        linked = self._existing_links([row[0] for row in found if row])
        typed = list(zip(*(self.values[c.attname] for c in self.plain), strict=True))
        stored = _picker([self.positions[c.attname] for c in self.plain])
        rows = [row for row, _cells in self.sheet.rows]
        candidates = []
        for done, record in enumerate(records):
            if done % BATCH == 0:
                self.progress(done, len(records))
            row, before = rows[record], found[record]
            if row in self.row_issues:
                continue
            if before is None:
                candidates.append(self._new(row, self.values.of(record)))
                continue
            links = self._link_changes(record, before[0], linked)
            if not links and typed[record] == stored(before):
                candidates.append(("unchanged", row, UnchangedRow(row, before[0]), None))
            else:
                candidates.append(self._changed(row, self.values.of(record), before, links))
        self.progress(len(records), len(records))
        return candidates

    def _records_by_key(self) -> list[tuple[tuple, int]]:
        """Leave out rows without a key and refuse those whose key stands twice in the sheet."""
        first_rows: dict[tuple, int] = {}
        keyed = []
        columns = [self._key_values(name) for name in self.keys]
        for record, ((row, _cells), *key) in enumerate(zip(self.sheet.rows, *columns, strict=True)):
            if row in self.row_issues:
                continue
            if MISSING in key:
                for name, value in zip(self.keys, key, strict=True):
                    if value is MISSING:
                        message = _("行を見分ける値がありません。")
                        self._refuse(row, self.columns.get(name), "", "key.blank", message)
                continue
            folded = tuple([text_key(v) if isinstance(v, str) else v for v in key])
            first = first_rows.setdefault(folded, row)
            if first != row:
                headings = "・".join(
                    self.columns[n].heading for n in self.keys if n in self.columns
                )
                for place, other in ((row, first), (first, row)):
                    message = _(
                        "%(other)s行目と同じ「%(headings)s」です。どちらかを消してください。"
                    )
                    words = {"other": other, "headings": headings}
                    self._refuse(place, None, "", "key.duplicate", message % words)
                continue
            keyed.append((tuple(key), record))
        return keyed

    def _key_values(self, name: str) -> Sequence[Any]:
        """Return a key column's values; a blank is a value where the field may be null."""
        values = self.values.get(name, [MISSING] * len(self.sheet.rows))
        if not self.by_attname[name].null:
            return values
        return [None if value is MISSING else value for value in values]

    # records as they are

    def _existing_rows(self, keys: list[tuple]) -> dict[tuple, tuple]:
        """Return {key: (pk, *values in attname order)} for the keys that exist."""
        positions = [self.positions[name] for name in self.keys]
        key_of = _picker(positions)
        manager = self.model._base_manager.values_list("pk", *self.attnames)
        rows = self._scan(manager, self.keys[0], {key[0] for key in keys})
        return {key_of(row): row for row in rows}

    def _scan(self, queryset, name: str, wanted: set) -> Iterator[tuple]:
        if len(wanted) > BATCH and len(wanted) * 3 > self.model._base_manager.count():
            return queryset.iterator(BATCH)
        return queryset.filter(**{f"{name}__any_of": wanted}).iterator(BATCH)

    def _existing_links(self, pks: list[int]) -> dict[str, dict[int, tuple[int, ...]]]:
        """Return {link: {pk: sorted target pks}} of the many-to-many columns in the sheet."""
        links: dict[str, dict[int, tuple[int, ...]]] = {}
        for column in self.links:
            found = current_links(column.field, pks)
            links[column.name] = {pk: tuple(linked) for pk, linked in found.items()}
        return links

    # kinds

    def _new(self, row: int, values: dict[str, Any]):
        after = dict(self.defaults)
        for name, value in values.items():
            if value is not MISSING and name in self.settable:
                after[name] = value
        after[self.pk_name] = None
        if self.amount_column and after[self.amount_column] is MISSING:
            return "unchanged", row, UnchangedRow(row, None), after
        required = [name for name in self.required if after[name] is MISSING]
        for name in required:
            column = self.columns.get(name)
            message = _("新しい行には「%(name)s」が要ります。")
            words = {"name": self.by_attname[name].verbose_name}
            self._refuse(row, column, "", "cell.required", message % words)
        if required or not self._keeps_rules(row, after):
            return None
        after |= self.rules.derived(after)
        stored = [after[name] for name in self.attnames]
        if not STORED_AS_IS.issuperset(map(type, stored)):
            stored = [store(f, value) for f, value in zip(self.fields, stored, strict=True)]
        links = {
            c.name: values[c.attname]
            for c in self.links
            if values[c.attname] is not MISSING and c.name not in self.readonly
        }
        return "new", row, NewRow(row, stored, links), after if self.unique.sets else None

    def _changed(self, row: int, values: dict[str, Any], found: tuple, link_changes: dict):
        before = dict(zip((self.pk_name, *self.attnames), found, strict=True))
        after = dict(before)
        for column in self.plain:
            value = values[column.attname]
            if value is MISSING:
                if not self.erase_blanks or column.attname in self.keys:
                    continue
                value = column.erased()
                if isinstance(value, Refused):
                    self._refuse(row, column, "", "cell.required", str(value))
                    continue
            stored = before[column.attname]
            if value != stored and not column.cannot_tell(stored, value):
                after[column.attname] = value
        if self.unit_column not in self.columns and self.unit_column in values:
            self._take_unit(values, before, after)
        changed = [name for name in self.attnames if after[name] != before[name]]
        if not changed and not link_changes:
            return "unchanged", row, UnchangedRow(row, found[0]), after
        withheld = {name: before[name] for name in self.readonly & before.keys()}
        if row in self.row_issues or not self._keeps_rules(row, after | withheld):
            return None
        after |= self.rules.derived(after | withheld)
        changes = {
            name: Change(store(f, before[name]), store(f, after[name]))
            for name, f in self.by_attname.items()
            if after[name] != before[name]
        }
        shown_only = [name for name in (*changes, *link_changes) if name in self.readonly]
        planned = ChangedRow(row, found[0], changes, link_changes, shown_only)
        return "changed", row, planned, after | withheld if self.unique.sets else None

    def _take_unit(self, values, before, after) -> None:
        """The unit that a heading gives goes with the amount: an equal amount keeps its own."""
        unit = values[self.unit_column]
        if unit is not MISSING and after[self.amount_column] != before[self.amount_column]:
            after[self.unit_column] = unit

    def _link_changes(self, record: int, pk: int, linked) -> dict[str, Change]:
        changes = {}
        for column in self.links:
            value = self.values[column.attname][record]
            if value is MISSING:
                if not self.erase_blanks:
                    continue
                value = ()
            before = linked[column.name].get(pk, ())
            if tuple(value) != before:
                changes[column.name] = Change(before, value)
        return changes

    # rules

    def _keeps_rules(self, row: int, after: dict[str, Any]) -> bool:
        for check in self.rules.broken_by(after):
            self._refuse(row, None, "", check.name, str(check.get_violation_error_message()))
        return row not in self.row_issues

    def _check_unique(self, candidates: list[tuple], found: list[tuple | None]) -> None:
        """Refuse rows that would repeat a value that must be unique, in the sheet or beside it."""
        claims = [_claim(*each) for each in candidates if each[1] not in self.row_issues]
        rows = zip(found, self.sheet.rows, strict=True)
        refused = {old[0]: row for old, (row, _cells) in rows if old and row in self.row_issues}
        for clash in self.unique.clashes(claims, scan=self._scan, refused=refused):
            column = next((self.columns[n] for n in clash.attnames if n in self.columns), None)
            self._refuse(clash.row, column, clash.shown, "value.repeated", clash.message)

    def _refuse(self, row, column: SheetColumn | None, raw, code: str, message: str) -> None:
        letter, heading = (column.letter, column.heading) if column else ("", "")
        self._add_issue(row, letter, heading, raw, code, message)

    def _add_issue(self, row, letter: str, heading: str, raw, code: str, message: str) -> None:
        value = cell_text(raw)
        issue = Issue(self.sheet.sheet, row, letter, heading, value, code, message)
        if issue not in self.row_issues[row]:
            self.row_issues[row].append(issue)


def _claim(kind: str, row: int, planned: NewRow | ChangedRow, after: dict[str, Any]) -> Claim:
    if isinstance(planned, NewRow):
        return Claim(row, None, frozenset(), after)
    return Claim(row, planned.pk, planned.changes.keys() - planned.withheld, after)


def _picker(positions: list[int]) -> Callable[[tuple], tuple]:
    """Return what takes the values at `positions` out of a row, as a tuple of any length."""
    if len(positions) == 1:
        return lambda row: (row[positions[0]],)
    return itemgetter(*positions)
