"""A sheet's rows against the records: what is new, changed, unchanged, refused. Writes nothing."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from records.progress import Progress, no_progress

from .flags import AmountChange, amount_flags
from .keyed_records import BATCH, KeyedRecords, existing_links, picker
from .planned import Change, ChangedRow, NewRow, RefusedRow, UnchangedRow
from .plans import Plan
from .row_issues import RowIssues
from .row_rules import RowRules
from .same_sheet import NewRecord, SameSheet
from .sheet_columns import MISSING, STORED_AS_IS, Refused, default_of, store
from .sheet_values import SheetRows, SheetValues
from .uniqueness import Claim, UniqueValues


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
        self.resource = resource
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
        self.issues = RowIssues(sheet)
        self.here = SameSheet(resource, sheet, self.issues)
        self.values = SheetValues(sheet, self.unit_column, self.issues.refuse, self.here.found_here)
        self.records = KeyedRecords(self.model, self.keys, self.attnames, self.issues)
        self.amounts: list[tuple[NewRow | ChangedRow, AmountChange]] = []

    def plan(self) -> Plan:
        self.values.read_keys(self.keys)
        keyed = self.records.rows_by_key(self.sheet, self.values)
        existing = self.records.existing([key for key, _record in keyed])
        found: list[tuple | None] = [None] * len(self.sheet.rows)
        for key, record in keyed:
            found[record] = existing.get(key)
        self.values.read_others(found, self.positions)
        if not self.erase_blanks:
            self.values.keep_blanks(found, self.positions)
        self.here.refuse_circles(self.values, found)
        candidates = self._compare([record for _key, record in keyed], found)
        self._refuse_together([c for c in candidates if c and c[0] != "unchanged"], found)
        flagged = self._flagged()
        for candidate in candidates:
            if candidate is not None and candidate[1] not in self.issues:
                kind, _row, planned, _after = candidate
                self.result.rows[kind].append(flagged.get(id(planned), planned))
        for row in sorted(self.issues):
            self.result.rows["refused"].append(RefusedRow(row, self.issues[row]))
        return self.result

    def _compare(self, records: list[int], found: list[tuple | None]) -> list:
        """Return (kind, row, planned row, values as they will be) of each record, None if refused.

        Most rows of a sheet that was taken out and brought back are told by one comparison.
        """
        linked = existing_links(self.links, [row[0] for row in found if row])
        typed = list(zip(*(self.values[c.attname] for c in self.plain), strict=True))
        stored = picker([self.positions[c.attname] for c in self.plain])
        rows = [row for row, _cells in self.sheet.rows]
        candidates = []
        for done, record in enumerate(records):
            if done % BATCH == 0:
                self.progress(done, len(records))
            row, before = rows[record], found[record]
            if row in self.issues:
                continue
            if before is None:
                candidates.append(self._new(record))
                continue
            links = self._link_changes(record, before[0], linked)
            if not links and typed[record] == stored(before):
                candidates.append(("unchanged", row, UnchangedRow(row, before[0]), None))
            else:
                candidates.append(self._changed(record, before, links))
        self.progress(len(records), len(records))
        return candidates

    # kinds

    def _new(self, record: int):
        row, values = self.sheet.rows[record][0], self.values.of(record)
        after = dict(self.defaults)
        for name, value in values.items():
            if value is not MISSING and name in self.settable:
                after[name] = value
        after[self.pk_name] = NewRecord(row) if self.here.columns else None
        if self.amount_column and after[self.amount_column] is MISSING:
            return "unchanged", row, UnchangedRow(row, None), after
        required = [name for name in self.required if after[name] is MISSING]
        for name in required:
            message = _("新しい行には「%(name)s」が要ります。")
            message %= {"name": self.by_attname[name].verbose_name}
            self._refuse(record, name, "cell.required", message)
        if required or not self._keeps_rules(row, after):
            return None
        after |= self.rules.derived(after)
        refers = self._taken_apart(after)
        stored = [after[name] for name in self.attnames]
        if not STORED_AS_IS.issuperset(map(type, stored)):
            stored = [store(f, value) for f, value in zip(self.fields, stored, strict=True)]
        links = {
            c.name: values[c.attname]
            for c in self.links
            if values[c.attname] is not MISSING and c.name not in self.readonly
        }
        new = NewRow(row, stored, links, refers)
        if self.amount_column:
            self.amounts.append((new, AmountChange(None, after)))
        return "new", row, new, after if self.unique.sets else None

    def _changed(self, record: int, found: tuple, link_changes: dict):
        row, values = self.sheet.rows[record][0], self.values.of(record)
        before = dict(zip((self.pk_name, *self.attnames), found, strict=True))
        after = dict(before)
        for column in self.plain:
            value = values[column.attname]
            if self.sheet.absent and self.sheet.lacks(record, column.name):
                continue
            if value is MISSING:
                if not self.erase_blanks or column.attname in self.keys:
                    continue
                value = column.erased()
                if isinstance(value, Refused):
                    self._refuse(record, column.attname, "cell.required", str(value))
                    continue
            stored = before[column.attname]
            if value != stored and not column.cannot_tell(stored, value):
                after[column.attname] = value
        if self.unit_column in values and self._lacks_unit(record):
            self._take_unit(values, before, after)
        changed = [name for name in self.attnames if after[name] != before[name]]
        if not changed and not link_changes:
            return "unchanged", row, UnchangedRow(row, found[0]), after
        withheld = {name: before[name] for name in self.readonly & before.keys()}
        if row in self.issues or not self._keeps_rules(row, after | withheld):
            return None
        after |= self.rules.derived(after | withheld)
        refers = self._taken_apart(after)
        changes = {
            name: Change(store(f, before[name]), store(f, after[name]))
            for name, f in self.by_attname.items()
            if after[name] != before[name] or name in refers
        }
        shown_only = [name for name in (*changes, *link_changes) if name in self.readonly]
        planned = ChangedRow(row, found[0], changes, link_changes, shown_only, refers)
        if self.amount_column in planned.written:
            self.amounts.append((planned, AmountChange(before, after)))
        return "changed", row, planned, after | withheld if self.unique.sets else None

    def _taken_apart(self, after: dict[str, Any]) -> dict[str, int]:
        """Take the keys of new rows out of a row's values, and return {attname: new row}."""
        if not self.here.columns:
            return {}
        names = [column.attname for column in self.here.columns]
        refers = {name: after[name].row for name in names if isinstance(after[name], NewRecord)}
        after |= dict.fromkeys(refers)
        return refers

    def _lacks_unit(self, record: int) -> bool:
        column = self.columns.get(self.unit_column)
        return column is None or (bool(self.sheet.absent) and self.sheet.lacks(record, column.name))

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
                if not self.erase_blanks or self.sheet.lacks(record, column.name):
                    continue
                value = ()
            before = linked[column.name].get(pk, ())
            if tuple(value) != before:
                changes[column.name] = Change(before, value)
        return changes

    # rules

    def _keeps_rules(self, row: int, after: dict[str, Any]) -> bool:
        for check in self.rules.broken_by(after):
            message = str(check.get_violation_error_message())
            self.issues.refuse(row, None, "", check.name, message)
        return row not in self.issues

    def _refuse_together(self, candidates: list[tuple], found: list[tuple | None]) -> None:
        """Refuse the rows that cannot be beside another row, until what is left can be written."""
        planned = [planned for _kind, _row, planned, _after in candidates]
        is_any = True
        while is_any:
            if self.unique.sets:
                self._check_unique(candidates, found)
            is_any = bool(self.here.columns) and self.here.refuse_followers(planned)

    def _check_unique(self, candidates: list[tuple], found: list[tuple | None]) -> None:
        """Refuse rows that would repeat a value that must be unique, in the sheet or beside it."""
        claims = [_claim(*each) for each in candidates if each[1] not in self.issues]
        rows = zip(found, self.sheet.rows, strict=True)
        refused = {old[0]: row for old, (row, _cells) in rows if old and row in self.issues}
        for clash in self.unique.clashes(claims, scan=self.records.scan, refused=refused):
            column = next((self.columns[n] for n in clash.attnames if n in self.columns), None)
            message = clash.message(self.issues.said)
            self.issues.refuse(clash.row, column, clash.shown, "value.repeated", message)

    def _flagged(self) -> dict[int, NewRow | ChangedRow]:
        """Return {id of a planned row: the same with flags} of those whose amounts look wrong."""
        planned = [each for each in self.amounts if each[0].row not in self.issues]
        flags = amount_flags(self.resource, [change for _row, change in planned])
        return {id(planned[at][0]): replace(planned[at][0], flags=flags[at]) for at in flags}

    def _refuse(self, record: int, attname: str, code: str, message: str) -> None:
        row, column = self.sheet.rows[record][0], self.columns.get(attname)
        self.issues.refuse(row, column, "", code, message, record=record)


def _claim(kind: str, row: int, planned: NewRow | ChangedRow, after: dict[str, Any]) -> Claim:
    if isinstance(planned, NewRow):
        return Claim(row, None, frozenset(), after)
    return Claim(row, planned.pk, planned.changes.keys() - planned.withheld, after)
