"""The empty sheet to fill in: the headings of an export, and on a second sheet how to fill it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from django.utils.translation import override

from ..resources.cells import KeyCell, KeysCell
from .formats.out_table import Cell, Kind, OutColumn, OutTable
from .long import ExportColumn, export_columns, long_table

_SEARCHED_RECORDS = 50
_LONGEST_EXAMPLE = 60


def empty_table(table: OutTable) -> OutTable:
    return replace(table, rows=list)


def instructions(resource, table: OutTable) -> OutTable:
    """Return a row for each column of `table`: its heading, need, what it takes, an example.

    Columns that stand for a year are one row. Examples are cells of records that exist.
    """
    return OutTable(
        name="記入要領",
        columns=(
            OutColumn("見出し", Kind.TEXT, 24),
            OutColumn("必要か", Kind.TEXT, 30),
            OutColumn("記入のしかた", Kind.PROSE, 60),
            OutColumn("例", Kind.TEXT, 40),
            OutColumn("選べる言葉", Kind.PROSE, 50),
        ),
        rows=lambda: _instruction_rows(resource, table),
    )


def _instruction_rows(resource, table: OutTable) -> Iterator[list[Cell]]:
    columns = {column.heading: column for column in export_columns(resource)}
    keys = {resource.fields[name].attribute for name in resource._meta.import_id_fields}
    examples = _examples(resource)
    with override("ja"):
        for out in table.columns:
            column = columns.get(out.heading)
            if column is not None:
                yield [
                    column.heading,
                    _need(column, keys),
                    _how(column),
                    examples.get(column.heading),
                    "、".join(out.choices),
                ]
        across = [out.heading for out in table.columns if out.heading not in columns]
        if across:
            yield [
                f"{across[0]} など",
                "書く年度だけ",
                "1年度を1列にします。列は増やせます。空欄の年度は変わりません。",
                None,
                None,
            ]


def _need(column: ExportColumn, keys: set[str]) -> str:
    field = column.field
    if field.name in keys:
        return "行を見分ける列です" + ("（空欄もできます）" if field.null else "。必ず書きます")
    if field.is_relation and (field.many_to_many or field.null):
        return "書かなくてもかまいません"
    if field.null or field.blank or field.has_default():
        return "書かなくてもかまいません"
    return "新しい行には必ず書きます"


def _how(column: ExportColumn) -> str:
    field, widget = column.field, column.widget
    sentences = [getattr(widget, "accepts", "")]
    if isinstance(widget, KeysCell):
        sentences = [f"{field.related_model._meta.verbose_name}のコード。複数は ; で区切ります。"]
    elif isinstance(widget, KeyCell):
        sentences = [f"{field.related_model._meta.verbose_name}のコード。"]
    elif column.choices:
        sentences = ["一覧から選びます。"]
    elif field.max_length:
        sentences.append(f"{field.max_length}字まで。")
    return "".join([*sentences, str(field.help_text)])


def _examples(resource) -> dict[str, Cell]:
    """Return heading → the first filled cell of the first records, cut to a short line."""
    manager = resource._meta.model._default_manager
    table = long_table(resource, manager.order_by("pk")[:_SEARCHED_RECORDS])
    found: dict[str, Cell] = {}
    for row in islice(table.rows(), _SEARCHED_RECORDS):
        for heading, cell in zip(table.headings, row, strict=True):
            if cell not in (None, "") and heading not in found:
                found[heading] = cell
    return {heading: _short(cell) for heading, cell in found.items()}


def _short(cell: Cell) -> str:
    line = " ".join(str(cell).split())
    return line if len(line) <= _LONGEST_EXAMPLE else f"{line[:_LONGEST_EXAMPLE]}…"
