"""The user's own file, given back with a column エラー; rows without a fault have it blank.

Text comes back as the same text in the same encoding. A workbook comes back as it is, with the
faulty cells marked; what is no workbook of moderate size comes back as values in a new one.
"""

import csv
import io
import zipfile
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote
from xml.parsers import expat

import openpyxl
from django.conf import settings
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import range_boundaries
from openpyxl.workbook.child import INVALID_TITLE_REGEX

from ..importing import ERROR_HEADING
from ..models import ImportJob
from ..planning.issues import Issue
from ..planning.plans import planned_issues
from ..reading import Grid, Limits, ReadError, column_number, read
from ..reading.delimited import delimiter_of
from ..reading.encoding import decode
from ..reading.signature import is_archive
from ..reading.workbooks.archive import read_part, xml_parser

# Unpacked. openpyxl needs some 20 times as much memory.
LARGEST_MARKED_BYTES = 20 * 2**20
MOST_MERGED_CELLS = 100_000
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MARK = PatternFill("solid", fgColor="FFD9D9")
_CODECS = {"utf-8": ["utf-8-sig"], "euc_jp": ["euc_jp", "euc_jis_2004"]}


@dataclass(frozen=True)
class ErrorFile:
    content: bytes
    filename: str
    content_type: str

    @property
    def disposition(self) -> str:
        return f"attachment; filename*=UTF-8''{quote(self.filename)}"


def error_file(job: ImportJob) -> ErrorFile:
    """Return the job's file with what is wrong in each row. The job has been planned.

    It is read as its plan read it, whatever was asked or remembered since.
    """
    content = bytes(job.file.content)
    heading_row, options = job.understood.heading_row, job.understood.read_as
    issues = defaultdict(list)
    for issue in planned_issues(job):
        issues[issue.row].append(issue)
    stem, _dot, extension = (job.filename or f"import-{job.pk}").rpartition(".")
    stem = f"{stem or extension}-{ERROR_HEADING}"
    if job.filename and not is_archive(content):
        text, charset = _marked_text(content, options, heading_row, issues)
        extension = extension if extension in ("csv", "tsv", "txt") else "csv"
        return ErrorFile(text, f"{stem}.{extension}", f"text/csv; charset={charset}")
    return ErrorFile(_workbook(content, options, heading_row, issues), f"{stem}.xlsx", XLSX_TYPE)


def _words(issues: list[Issue]) -> str:
    return " / ".join(map(str, issues))


def _marked_text(content, options, heading_row, issues) -> tuple[bytes, str]:
    found = decode(content, options["encoding"])
    delimiter = options["delimiter"] or delimiter_of(found.text)
    rows = list(csv.reader(io.StringIO(found.text), delimiter=delimiter, strict=True))
    column = _error_column(rows, heading_row)
    out = io.StringIO()
    ending = "\r\n" if b"\r\n" in content or found.encoding == "utf-16" else "\n"
    writer = csv.writer(out, delimiter=delimiter, lineterminator=ending)
    for number, row in enumerate(rows, start=1):
        words = ERROR_HEADING if number == heading_row else _words(issues.get(number, []))
        if any(row):
            row = [*row, *[""] * (column + 1 - len(row))]
            row[column] = words
        writer.writerow(row)
    for codec in _CODECS.get(found.encoding, [found.encoding]):
        try:
            found.text.encode(codec)
        except UnicodeEncodeError:
            continue
        break
    return out.getvalue().encode(codec, "xmlcharrefreplace"), found.encoding


def _error_column(rows, heading_row: int) -> int:
    """Return the index of the column エラー: the one that is there, or the next one."""
    heading = [str(cell).strip() for cell in rows[heading_row - 1]]
    if ERROR_HEADING in heading:
        return heading.index(ERROR_HEADING)
    return max(len(row) for row in rows)


def _workbook(content, options, heading_row, issues) -> bytes:
    limits = Limits.of(getattr(settings, "SPREADSHEETS", {}))
    grid = read(content, **options, limits=limits)
    column = _error_column(grid.rows, heading_row)
    if grid.kind == "XLSX" and _is_moderate(content, limits):
        try:
            return _marked_workbook(content, grid, column, heading_row, issues)
        except Exception:  # openpyxl rejects, each in its own way, workbooks that Excel opens
            return _new_workbook(grid, column, heading_row, issues)
    return _new_workbook(grid, column, heading_row, issues)


def _is_moderate(content: bytes, limits: Limits) -> bool:
    """Whether openpyxl can be trusted with a workbook: it makes an object of each merged cell."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_MARKED_BYTES:
            return False
        try:
            return sum(_merged_cells(archive, limits)) <= MOST_MERGED_CELLS
        except (ReadError, KeyError, TypeError, ValueError):
            return False


def _merged_cells(archive: zipfile.ZipFile, limits: Limits) -> list[int]:
    """How many cells each merged range of any sheet has."""
    areas = []

    def element(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(" ")[2] == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes["ref"])
            areas.append((right - left + 1) * (bottom - top + 1))

    for part in archive.namelist():
        parser = xml_parser()
        parser.StartElementHandler = element
        with suppress(expat.ExpatError):
            parser.Parse(read_part(archive, part, limits.unpacked_bytes), True)
    return areas


def _marked_workbook(content, grid: Grid, column: int, heading_row: int, issues) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[grid.sheet]
    top = sheet.cell(heading_row, column + 1, ERROR_HEADING)
    top.font = Font(bold=True)
    sheet.column_dimensions[top.column_letter].width = 60
    for row in range(heading_row + 1, len(grid.rows) + 1):
        if row not in issues and not sheet.cell(row, column + 1).value:
            continue
        _set_text(sheet.cell(row, column + 1), _words(issues.get(row, [])))
        for issue in issues.get(row, []):
            if issue.column:
                sheet[f"{issue.column}{row}"].fill = _MARK
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _set_text(cell, text: str) -> None:
    cell.value = text or None
    if text:
        cell.data_type = "s"


def _new_workbook(grid: Grid, column: int, heading_row: int, issues) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    title = INVALID_TITLE_REGEX.sub("_", grid.sheet)[:31].strip("'")
    sheet = book.create_sheet(title or ERROR_HEADING)
    for number, row in enumerate(grid.rows, start=1):
        words = ERROR_HEADING if number == heading_row else _words(issues.get(number, []))
        faulty = [column_number(issue.column) for issue in issues.get(number, []) if issue.column]
        blanks = [""] * (max([column + 1, *faulty]) - len(row))
        cells = [_text_cell(sheet, value) for value in [*row, *blanks]]
        cells[column] = _text_cell(sheet, words)
        for index in faulty:
            cells[index - 1].fill = _MARK
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _text_cell(sheet, value) -> WriteOnlyCell:
    """Make a cell of a value's own type; text never becomes a formula."""
    cell = WriteOnlyCell(sheet, None if value == "" else _allowed(value))
    if isinstance(value, str) and value:
        cell.data_type = "s"
    return cell


def _allowed(value):
    return (
        openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    )
