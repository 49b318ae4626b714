"""The process that opens archives: bounded, thrown away after one file.

Input: a line of JSON (limits, sheets, is_single), then the bytes of the file. Output: lines of
JSON. Either {"refusal"}, or {"member", "length"} followed by the bytes of an inner text file, or
for each sheet its description, lists of rows, and {"cell_faults", …} for what was found on the
way; then {"end": true, "unread"}. Dates are {"d": ISO}.
"""

import datetime
import gc
import json
import resource
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, BinaryIO
from xml.parsers import expat

import python_calamine as calamine

from ..limits import Limits
from ..reasons import refused
from ..refusals import Place, ReadError, column_letter
from .archive import Archive, open_zip, unpack
from .books import OdsBook, SheetChoice, XlsxBook, sheets_of
from .xlsx_scan import Scan

_ROWS_A_LINE = 2_000
_LONG_NUMBER = 10**15


def main() -> None:
    """Take the limits first: from here on the process may die, and nothing else.

    Cycles are not collected: the process ends with its one file.
    """
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
    gc.disable()
    data, out = sys.stdin.buffer.read(), sys.stdout.buffer
    serve(data, request["sheets"], limits, out, is_single=request["is_single"])


def serve(
    data: bytes,
    sheets: Sequence[str],
    limits: Limits,
    out: BinaryIO,
    *,
    is_single: bool = True,
) -> None:
    """Write the answer for one file."""
    try:
        archive = unpack(data, limits)
        if archive.kind == "text":
            out.write(_line({"member": archive.member, "length": len(archive.data)}))
            out.write(archive.data)
            return
        for part in _workbook(archive, SheetChoice(sheets, is_single), limits):
            out.write(_line(part))
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


def _workbook(archive: Archive, choice: SheetChoice, limits: Limits) -> Iterator[object]:
    with open_zip(archive.data, limits) as parts:
        inner = XlsxBook(parts, limits) if archive.kind == "XLSX" else OdsBook(parts, limits)
        with calamine.load_workbook(BytesIO(archive.data)) as book:
            sheets = [
                (each.name, each.visible == calamine.SheetVisibleEnum.Visible)
                for each in book.sheets_metadata
                if each.typ == calamine.SheetTypeEnum.WorkSheet
            ]
            characters = 0
            for name, scan, sheet in sheets_of(book, inner, sheets, choice, limits):
                description: dict[str, Any] = {
                    "kind": archive.kind,
                    "member": archive.member,
                    "sheet": name,
                    "sheets": sheets,
                    "merges": inner.merges(name, sheet),
                    "hidden_rows": scan.hidden_rows,
                    "hidden_columns": scan.hidden_columns,
                    "macros": inner.has_macros,
                }
                yield description
                for block, length in _rows(sheet, name, scan, limits, characters):
                    characters = length
                    yield block
                yield _findings(scan)
            yield {"end": True, "unread": choice.unread}


def _rows(
    sheet: calamine.CalamineSheet, name: str, scan: Scan, limits: Limits, characters: int
) -> Iterator[tuple[list[list[Any]], int]]:
    """Yield blocks of rows, with the characters read so far."""
    block: list[list[Any]] = []
    overlay = scan.overlay
    changed_rows = overlay.values.keys() | overlay.texts.keys() | overlay.struck.keys()
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
        if number in changed_rows:
            overlay.lay_over(number, cells)
        block.append(cells)
        if len(block) == _ROWS_A_LINE:
            yield block, characters
            block = []
    yield block, characters


def _findings(scan: Scan) -> dict[str, Any]:
    """Return what is told of a sheet besides its cells; a struck-out fault is none."""
    overlay = scan.overlay
    struck = {(row, column) for row, columns in overlay.struck.items() for column in columns}
    faults = [each for each in scan.cell_faults + overlay.faults if each[:2] not in struck]
    return {
        "cell_faults": faults,
        "struck": sorted(overlay.left_out),
        "coloured": sorted(overlay.coloured),
        "findings": overlay.findings.as_dict(),
    }


def _plain(value: Any) -> Any:
    """Take a number for what Excel holds of it: 15 digits; 3.0000000000000004 is 3."""
    if type(value) is float:
        if not value.is_integer():
            value = float(f"{value:.15g}")
        if value.is_integer():
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
