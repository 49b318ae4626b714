"""The user's own file, given back with a column エラー; rows without a fault have it blank.

Text comes back as the same text in the same encoding. A workbook comes back as it is, with the
faulty cells marked; what is no workbook of moderate size comes back as values in a new one.
"""

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

import openpyxl
from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import range_boundaries
from openpyxl.workbook.child import INVALID_TITLE_REGEX

from records.progress import Progress, no_progress

from ..deciding.file_tables import ERROR_HEADING
from ..models import ErrorFile, ImportJob
from ..planning.issues import Issue
from ..planning.plans import planned_issues
from ..reading import Grid, Limits, ReadError, column_number, read_sheets
from ..reading.delimited import delimiter_of
from ..reading.encoding import decode
from ..reading.signature import is_archive
from ..reading.workbooks.archive import read_part, xml_parser
from .long_work import Abandoned

# Unpacked. openpyxl needs some 20 times as much memory.
LARGEST_MARKED_BYTES = 20 * 2**20
MOST_MERGED_CELLS = 100_000
ROWS_A_STEP = 500
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MARK = PatternFill("solid", fgColor="FFD9D9")
_CODECS = {"utf-8": ["utf-8-sig"], "euc_jp": ["euc_jp", "euc_jis_2004"]}


@dataclass(frozen=True)
class _Marks:
    """What is to be written beside the rows: row → its faults, and the rows of headings."""

    issues: Mapping[int, Sequence[Issue]]
    heading_rows: Sequence[int]

    def words(self, row: int) -> str:
        if row in self.heading_rows:
            return ERROR_HEADING
        return " / ".join(map(str, self.issues.get(row, ())))


def error_file(job: ImportJob, progress: Progress = no_progress) -> ErrorFile:
    """Return the job's file with what is wrong in each row, not stored. The job has been planned.

    It is read as its plan read it, whatever was asked or remembered since.
    """
    content = bytes(job.file.content)
    options, marks = job.understood.read_as, _marks(job)
    stem, _dot, extension = (job.filename or f"import-{job.pk}").rpartition(".")
    stem = f"{stem or extension}-{ERROR_HEADING}"
    file = ErrorFile(job=job, plan=job.understood.plan, language=get_language())
    if job.filename and not is_archive(content):
        text, charset = _marked_text(content, options, marks[""], progress)
        extension = extension if extension in ("csv", "tsv", "txt") else "csv"
        file.content, file.filename = text, f"{stem}.{extension}"
        file.content_type = f"text/csv; charset={charset}"
    else:
        file.content = _workbook(content, options, marks, progress)
        file.filename, file.content_type = f"{stem}.xlsx", XLSX_TYPE
    return file


def keep_error_file(job: ImportJob, progress: Progress = no_progress) -> None:
    """Make the file once for a plan and a language: a large one takes seconds."""
    file = error_file(job, progress)
    with transaction.atomic():
        ErrorFile.objects.filter(job=job).delete()
        file.save()


def _marks(job: ImportJob) -> dict[str, _Marks]:
    """Return what is to be marked on each sheet that was read, "" for the one of a text."""
    issues: dict[str, dict[int, list[Issue]]] = defaultdict(lambda: defaultdict(list))
    for issue in planned_issues(job):
        issues[issue.sheet][issue.row].append(issue)
    headings: dict[str, list[int]] = defaultdict(list)
    known = job.understood
    # A job planned before tables were counted has one, on the sheet of its faults.
    for sheet, row in known.headed_at or [(next(iter(issues), ""), known.heading_row)]:
        headings[sheet].append(row)
    return {sheet: _Marks(issues[sheet], rows) for sheet, rows in headings.items()}


def _marked_text(content, options, marks: _Marks, progress) -> tuple[bytes, str]:
    found = decode(content, options["encoding"])
    delimiter = options["delimiter"] or delimiter_of(found.text)
    rows = list(csv.reader(io.StringIO(found.text), delimiter=delimiter, strict=True))
    column = _error_column(rows, marks)
    out = io.StringIO()
    ending = "\r\n" if b"\r\n" in content or found.encoding == "utf-16" else "\n"
    writer = csv.writer(out, delimiter=delimiter, lineterminator=ending)
    for number, row in _counted(rows, progress):
        if any(row):
            row = [*row, *[""] * (column + 1 - len(row))]
            row[column] = marks.words(number)
        writer.writerow(row)
    for codec in _CODECS.get(found.encoding, [found.encoding]):
        try:
            found.text.encode(codec)
        except UnicodeEncodeError:
            continue
        break
    return out.getvalue().encode(codec, "xmlcharrefreplace"), found.encoding


def _counted(rows: Sequence, progress) -> Iterator[tuple[int, Any]]:
    """Yield the rows with their numbers, and tell how many are done."""
    for number, row in enumerate(rows, start=1):
        if number % ROWS_A_STEP == 0:
            progress(number, len(rows))
        yield number, row


def _error_column(rows, marks: _Marks) -> int:
    """Return the index of the column エラー: the one that is there, or the next one."""
    for row in marks.heading_rows:
        heading = [str(cell).strip() for cell in rows[row - 1]]
        if ERROR_HEADING in heading:
            return heading.index(ERROR_HEADING)
    return max(len(row) for row in rows)


def _workbook(content, options, marks: Mapping[str, _Marks], progress) -> bytes:
    limits = Limits.of(getattr(settings, "SPREADSHEETS", {}))
    grids = read_sheets(content, **options | {"sheets": list(filter(None, marks))}, limits=limits)
    if grids[0].kind == "XLSX" and _is_moderate(content, limits):
        try:
            return _marked_workbook(content, grids, marks, progress)
        except Abandoned:
            raise
        except Exception:  # openpyxl rejects, each in its own way, workbooks that Excel opens
            return _new_workbook(grids, marks, progress)
    return _new_workbook(grids, marks, progress)


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


def _marked_workbook(content, grids: Sequence[Grid], marks, progress) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for grid in grids:
        _mark_sheet(book[grid.sheet], grid, marks[grid.sheet], progress)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _mark_sheet(sheet, grid: Grid, marks: _Marks, progress) -> None:
    column = _error_column(grid.rows, marks) + 1
    first = min(marks.heading_rows)
    for number, _row in _counted(grid.rows, progress):
        if number < first:
            continue
        words = marks.words(number)
        if words or sheet.cell(number, column).value:
            _set_text(sheet.cell(number, column), words)
        for issue in marks.issues.get(number, ()):
            if issue.column:
                sheet[f"{issue.column}{number}"].fill = _MARK
    for number in marks.heading_rows:
        top = sheet.cell(number, column)
        top.font = Font(bold=True)
        sheet.column_dimensions[top.column_letter].width = 60


def _set_text(cell, text: str) -> None:
    cell.value = text or None
    if text:
        cell.data_type = "s"


def _new_workbook(grids: Sequence[Grid], marks, progress) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    for grid in grids:
        title = INVALID_TITLE_REGEX.sub("_", grid.sheet)[:31].strip("'")
        sheet = book.create_sheet(title or ERROR_HEADING)
        _write_sheet(sheet, grid, marks[grid.sheet], progress)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_sheet(sheet, grid: Grid, marks: _Marks, progress) -> None:
    column = _error_column(grid.rows, marks)
    for number, row in _counted(grid.rows, progress):
        issues = marks.issues.get(number, ())
        faulty = [column_number(issue.column) for issue in issues if issue.column]
        blanks = [""] * (max([column + 1, *faulty]) - len(row))
        cells = [_text_cell(sheet, value) for value in [*row, *blanks]]
        cells[column] = _text_cell(sheet, marks.words(number))
        for index in faulty:
            cells[index - 1].fill = _MARK
        sheet.append(cells)


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
