"""Which tables of a file are read, and what they leave open."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings

from values.messages import Listed, Message, gettext_noop
from values.text_key import text_key
from values.yen_units import UNIT_NAMES, read_unit

from ..planning.understood import Understood
from ..planning.understood_tables import reading_options, understood
from ..reading import Grid, Limits, Notice, ReadError, cell_text, read_sheets
from ..resources.sheet_schema import schema_of
from ..understanding.columns import Overrides
from ..understanding.heading.sense import Heading
from ..understanding.layout import understand_all
from ..understanding.table import Table
from .heading_memory import remembered
from .questions import MissingColumns, MissingUnit, SeveralTables, UnknownColumns

_OTHER_SHEETS = gettext_noop("シート %(others)s は読んでいません。")

# The column added to a file that is given back with its faults; nobody has to delete it.
ERROR_HEADING = "エラー"


def headings_of(resource, content: bytes, options: Mapping[str, Any]) -> list[Heading]:
    """Return the headings of all tables of a file, known or not, so that somebody can name them."""
    tables = _tables(resource, read_grids(content, options), options)
    return [heading for table in tables for heading in table.headings]


def read_tables(resource, content: bytes, options: Mapping[str, Any]) -> tuple[Table, ...]:
    """Read the tables of a file that are to be imported, in their order.

    Raises ReadError; of its kinds those in `questions` can be answered by options. Sheets without
    such a table are passed over and told. Several tables are read as they are when they stand on
    one sheet and each says all that its amounts need, or when they were chosen.
    """
    grids = read_grids(content, options)
    tables: tuple[Table, ...] = ()
    try:
        tables = chosen_tables(_tables(resource, grids, options), options)
        tables = _with_other_sheets(tables, grids)
        _refuse_open(resource, tables, options)
    except ReadError as error:
        error.known = _known(grids, tables, options)
        raise
    return tables


def _known(grids: Sequence[Grid], tables: Sequence[Table], options: Mapping[str, Any]):
    """Return what is understood already and stands beside a question."""
    if tables:
        return understood(tables, options)
    sheets = [sheet.name for sheet in grids[0].sheets]
    return Understood(read_as=reading_options(options), encoding=grids[0].encoding, sheets=sheets)


def _refuse_open(resource, tables: Sequence[Table], options: Mapping[str, Any]) -> None:
    """Ask what the tables leave open."""
    if any(table.unknown for table in tables):
        raise UnknownColumns(tables)
    if unitless := [(table, each) for table in tables for each in table.unitless()]:
        raise MissingUnit(unitless)
    missing = {name for table in tables for name in table.lacking}
    if missing := sorted(missing - options.get("constants", {}).keys()):
        table = next(each for each in tables if each.lacking.intersection(missing))
        raise MissingColumns(table, missing, column_labels(resource, missing))


def column_labels(resource, names: Sequence[str]) -> list[str]:
    return [resource.fields[name].column_name for name in names]


def read_grids(content: bytes, options: Mapping[str, Any]) -> tuple[Grid, ...]:
    limits = Limits.of(getattr(settings, "SPREADSHEETS", {}))
    return read_sheets(content, **reading_options(options), limits=limits)


def _tables(resource, grids: Sequence[Grid], options: Mapping[str, Any]) -> list[Table]:
    schema, chosen = schema_of(resource), overrides(resource, options)
    tables: list[Table] = []
    refusals: list[ReadError] = []
    for grid in grids:
        try:
            tables += understand_all(grid, schema, chosen)
        except ReadError as error:
            if error.code not in ("heading.not_found", "heading.one_row_left"):
                raise
            refusals.append(error)
    tables = _those_meant(tables) if len(grids) > 1 else tables
    if not tables:
        raise refusals[0]
    return tables


def _those_meant(tables: Sequence[Table]) -> list[Table]:
    """Leave out sheets in which a chosen row is no heading, and blank forms beside filled ones."""
    known = [each for each in tables if any(heading.is_known for heading in each.headings)]
    return [each for each in known if each.rows] or known


def chosen_tables(tables: Sequence[Table], options: Mapping[str, Any]) -> tuple[Table, ...]:
    """Return the tables that were chosen; SeveralTables where nobody said which."""
    if keys := options.get("tables"):
        found = tuple(each for each in tables if each.key in keys)
        return found if len(found) == len(set(keys)) else _several(tables)
    sheets = {table.grid.sheet for table in tables}
    is_chosen = bool(options.get("sheets"))
    if len(tables) == 1 or ((is_chosen or len(sheets) == 1) and _is_complete(tables)):
        return tuple(tables)
    return _several(tables)


def _is_complete(tables: Sequence[Table]) -> bool:
    """Whether no sheet has two tables of which one leaves open what the other says."""
    by_sheet: dict[str, list[Table]] = {}
    for table in tables:
        by_sheet.setdefault(table.grid.sheet, []).append(table)
    return all(
        len(each) == 1 or not any(_is_open(table) for table in each) for each in by_sheet.values()
    )


def _is_open(table: Table) -> bool:
    """Whether a table leaves open its kind, its year, its unit, or of whom its rows are."""
    carried = {each.name for each in table.schema.columns if each.carry_down}
    nameless = bool(table.schema.years) and not carried.issubset(table.data)
    return bool(table.lacking or table.unitless()) or nameless


def _several(tables: Sequence[Table]) -> tuple[Table, ...]:
    raise SeveralTables([(table.key, table.label, _sample(table)) for table in tables])


def _sample(table: Table) -> list[list[str]]:
    """Return the heading and the first two rows of a table, as text."""
    rows = [table.heading_rows[-1], *list(dict.fromkeys(table.rows))[:2]]
    columns = [each.column for each in table.headings][:6]
    return [[cell_text(table.grid.value(row, column))[:30] for column in columns] for row in rows]


def _with_other_sheets(tables: tuple[Table, ...], grids: Sequence[Grid]) -> tuple[Table, ...]:
    """Say with the first table which sheets were passed over, or hidden and not looked at."""
    used = {table.grid.sheet for table in tables}
    others = [sheet.name for sheet in grids[0].sheets if sheet.name not in used]
    if not others:
        return tables
    words = {"others": Listed(gettext_noop("、"), others)}
    told = Notice("left_out.sheet", Message(_OTHER_SHEETS, words))
    first, *rest = tables
    return replace(first, notices=(told, *first.notices)), *rest


def overrides(resource, options: Mapping[str, Any]) -> Overrides:
    """Return what is known before understanding: options, and what is remembered of headings."""
    given = {name: options[name] for name in Overrides().__dict__ if options.get(name) is not None}
    if unit := read_unit(given.get("unit", "")):
        given["unit"] = UNIT_NAMES[unit]
    own = {text_key(ERROR_HEADING): ""}
    known = own | remembered(resource.sheet_name)
    return Overrides(**{**given, "remembered": known})
