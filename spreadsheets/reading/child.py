"""The process that opens archives: bounded, thrown away after one file.

Input: a line of JSON (limits, sheet), then the bytes of the file. Output: lines of JSON. First
{"refusal"} or {"member", "length"} followed by the bytes of an inner text file, or the sheet's
description; then lists of rows; then {"end": true}. Dates are {"d": ISO}.
"""

import datetime
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO
from xml.parsers import expat

import python_calamine as calamine

from .archive import Archive, open_zip, unpack
from .limits import Limits
from .ods_scan import OdsScan
from .reasons import refused
from .refusals import Place, ReadError, column_letter
from .xlsx_scan import Scan, check_common_parts, scan_sheet, sheet_parts

_ROWS_A_LINE = 2_000
_LONG_NUMBER = 10**15


def main() -> None:
    """Take the limits first: from here on the process may die, and nothing else."""
    request = json.loads(sys.stdin.buffer.readline())
    limits = Limits.of(request["limits"])
    memory, cpu = limits.memory_bytes, limits.cpu_seconds
    for kind, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))
    serve(sys.stdin.buffer.read(), request["sheet"], limits, sys.stdout.buffer)


def serve(data: bytes, sheet: str | None, limits: Limits, out: BinaryIO) -> None:
    """Write the answer for one file."""
    try:
        archive = unpack(data, limits)
        if archive.kind == "text":
            out.write(_line({"member": archive.member, "length": len(archive.data)}))
            out.write(archive.data)
            return
        for part in _workbook(archive, sheet, limits):
            out.write(_line(part))
        out.write(_line({"end": True}))
    except ReadError as error:
        out.write(_line({"refusal": error.as_dict()}))
    except MemoryError:
        raise
    except (calamine.CalamineError, expat.ExpatError, OSError, ValueError, KeyError) as error:
        out.write(_line({"refusal": refused("file.broken", str(error)).as_dict()}))
    out.flush()


def _line(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, default=_written)
    return text.encode("utf-8", "replace") + b"\n"


def _written(value: object) -> object:
    if isinstance(value, datetime.date):
        return {"d": value.isoformat()}
    return str(value)


def _workbook(archive: Archive, wanted: str | None, limits: Limits) -> Iterator[object]:
    with open_zip(archive.data, limits) as parts:
        scans = _XlsxScans(parts, limits) if archive.kind == "XLSX" else _OdsScans(parts, limits)
        with calamine.load_workbook(BytesIO(archive.data)) as book:
            sheets = [
                (each.name, each.visible == calamine.SheetVisibleEnum.Visible)
                for each in book.sheets_metadata
                if each.typ == calamine.SheetTypeEnum.WorkSheet
            ]
            name, scan, sheet = _chosen(book, scans, sheets, wanted)
            merges = _merges(sheet, scans, name)
            description: dict[str, Any] = {
                "kind": archive.kind,
                "member": archive.member,
                "sheet": name,
                "sheets": sheets,
                "merges": merges,
                "hidden_rows": scan.hidden_rows,
                "hidden_columns": scan.hidden_columns,
                "macros": archive.kind == "XLSX" and "xl/vbaProject.bin" in parts.namelist(),
            }
            yield description
            yield from _rows(sheet, name, scan, limits)
            yield {"cell_faults": scan.cell_faults}


class _XlsxScans:
    def __init__(self, parts: zipfile.ZipFile, limits: Limits) -> None:
        self.parts, self.limits = parts, limits
        check_common_parts(parts, limits)
        self.part_of = sheet_parts(parts)

    def scan(self, sheet: str) -> Scan:
        part = self.part_of.get(sheet)
        if part not in self.parts.namelist():
            return Scan()
        return scan_sheet(self.parts, part, sheet, self.limits)

    def merges(self, sheet: str) -> list[tuple[int, int, int, int]] | None:
        return None


class _OdsScans:
    def __init__(self, parts: zipfile.ZipFile, limits: Limits) -> None:
        self.found = OdsScan(limits)
        self.found.read(parts)

    def scan(self, sheet: str) -> Scan:
        return self.found.scans.get(sheet) or Scan()

    def merges(self, sheet: str) -> list[tuple[int, int, int, int]] | None:
        return self.found.merges.get(sheet, [])


def _chosen(
    book: calamine.CalamineWorkbook,
    scans: _XlsxScans | _OdsScans,
    sheets: list[tuple[str, bool]],
    wanted: str | None,
) -> tuple[str, Scan, calamine.CalamineSheet]:
    """Return the sheet asked for, else the first visible one that holds something."""
    names = [name for name, _visible in sheets]
    if wanted is not None and wanted not in names:
        raise refused("sheet.unknown", wanted, limit="、".join(names))
    candidates = [wanted] if wanted else [name for name, visible in sheets if visible]
    for name in candidates:
        scan = scans.scan(name)
        sheet = book.get_sheet_by_name(name)
        if sheet.end is not None:
            return name, scan, sheet
    raise refused("file.empty", place=Place(wanted or ""))


def _merges(
    sheet: calamine.CalamineSheet, scans: _XlsxScans | _OdsScans, name: str
) -> list[tuple[int, int, int, int]]:
    known = scans.merges(name)
    if known is not None:
        return known
    return [
        (top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    ]


def _rows(
    sheet: calamine.CalamineSheet, name: str, scan: Scan, limits: Limits
) -> Iterator[list[list[Any]]]:
    last_row, last_column = sheet.end or (0, 0)
    if last_row >= limits.rows or last_column >= limits.columns:
        raise refused(
            "sheet.too_many_cells",
            f"A1:{column_letter(last_column + 1)}{last_row + 1}",
            limit=f"{limits.rows:,} × {limits.columns:,}",
            place=Place(name),
        )
    block: list[list[Any]] = []
    characters = 0
    for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
        texts = [value for value in cells if type(value) is str]
        length = sum(map(len, texts))
        characters += length
        if length > limits.cell_characters:
            _check_lengths(cells, number, name, limits)
        if characters > limits.unpacked_bytes // 2:
            raise refused("file.too_heavy", limit=f"{limits.unpacked_bytes // 2:,} characters")
        if len(texts) < len(cells):
            cells = [value if type(value) is str else _plain(value) for value in cells]
            _note_long_numbers(cells, number, scan)
        block.append(cells)
        if len(block) == _ROWS_A_LINE:
            yield block
            block = []
    yield block


def _plain(value: Any) -> Any:
    if type(value) is float and value.is_integer():
        return int(value)
    return value


def _note_long_numbers(cells: list[Any], row: int, scan: Scan) -> None:
    for column, value in enumerate(cells, 1):
        if type(value) is int and not -_LONG_NUMBER < value < _LONG_NUMBER:
            scan.cell_faults.append((row, column, "cell.long_number", str(value)))


def _check_lengths(cells: list[Any], row: int, name: str, limits: Limits) -> None:
    for column, value in enumerate(cells, 1):
        if type(value) is str and len(value) > limits.cell_characters:
            raise refused(
                "cell.too_long",
                value[:100],
                limit=f"{limits.cell_characters:,}",
                place=Place(name, row, column_letter(column)),
            )
