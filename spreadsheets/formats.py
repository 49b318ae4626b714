"""The two file formats that staff exchange: CSV that Excel opens, and XLSX without formulas."""

import csv
import io
import re

import openpyxl
import tablib
from django.utils.translation import gettext as _
from import_export.formats import base_formats
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

MAX_ROWS = 200_000
MAX_COLUMNS = 702
FORMULA_START = re.compile(r"'*[=+\-@\t\r]")


class UnreadableSheet(ValueError):
    """A file that is no table; the message says why, for the editor."""


def as_dataset(rows):
    """Make a Dataset of rows whose first holds the headings; blank rows are dropped."""
    rows = iter(rows)
    headings = list(next(rows, []))
    while headings and headings[-1] in (None, ""):
        headings.pop()
    dataset = tablib.Dataset(headers=[str(heading or "").strip() for heading in headings])
    for number, row in enumerate(rows, start=2):
        if number > MAX_ROWS + 1:
            raise UnreadableSheet(
                _("%(rows)s行を超えています。表を分けてください。") % {"rows": MAX_ROWS}
            )
        cells = list(row[: len(headings)])
        if any(cell not in (None, "") for cell in row[len(headings) :]):
            raise UnreadableSheet(
                _("%(row)s行目に、見出しのない列の値があります。") % {"row": number}
            )
        if any(cell not in (None, "") for cell in cells):
            dataset.append(cells + [""] * (len(headings) - len(cells)))
    if not len(dataset):
        raise UnreadableSheet(_("見出しの下に行がありません。"))
    return dataset


class SheetCSV(base_formats.CSV):
    """CSV in UTF-8 with a byte order mark, without which Excel reads Japanese as CP932.

    Text that a spreadsheet would take for a formula gets an apostrophe in front, which reading
    takes away again. Read are UTF-8 and CP932, which is what Japanese Excel saves as CSV.
    """

    def is_binary(self):
        return True

    def get_read_mode(self):
        return "rb"

    def export_data(self, dataset, **kwargs):
        stream = io.StringIO()
        writer = csv.writer(stream)
        writer.writerow(dataset.headers)
        for row in dataset:
            writer.writerow(
                "'" + cell if isinstance(cell, str) and FORMULA_START.match(cell) else cell
                for cell in row
            )
        return ("\ufeff" + stream.getvalue()).encode()

    def create_dataset(self, in_stream):
        try:
            text = in_stream.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = in_stream.decode("cp932")
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        return as_dataset(
            [
                cell[1:] if cell.startswith("'") and FORMULA_START.match(cell) else cell
                for cell in row
            ]
            for row in rows
        )


class SheetXLSX(base_formats.XLSX):
    """XLSX whose text cells are text whatever they begin with, read within bounds."""

    def export_data(self, dataset, **kwargs):
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet(dataset.title or "Sheet1")
        sheet.freeze_panes = "A2"
        for number, heading in enumerate(dataset.headers, start=1):
            widest = max([10, *(len(str(cell)) for cell in dataset.get_col(number - 1))])
            letter = openpyxl.utils.get_column_letter(number)
            sheet.column_dimensions[letter].width = min(50, max(widest, 2 * len(heading))) + 2
        sheet.append([written(sheet, heading, font=Font(bold=True)) for heading in dataset.headers])
        for row in dataset:
            sheet.append([written(sheet, cell) for cell in row])
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def create_dataset(self, in_stream):
        book = openpyxl.load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True)
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        if (sheet.max_row or 0) > MAX_ROWS + 1 or (sheet.max_column or 0) > MAX_COLUMNS:
            raise UnreadableSheet(
                _("表が大きすぎます（%(cells)s）。使わない行と列を消してください。")
                % {"cells": sheet.calculate_dimension(force=True)}
            )
        return as_dataset(
            sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS + 1, values_only=True)
        )


def written(sheet, value, **style):
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
        if "\n" in value:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for name, setting in style.items():
        setattr(cell, name, setting)
    return cell
