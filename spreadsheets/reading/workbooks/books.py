"""A workbook's parts, and which of its sheets are read. Pure; runs in the child."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import python_calamine as calamine

from ..limits import Limits
from ..reasons import refused
from ..refusals import Place, ReadError, column_letter
from .archive import read_part
from .ods_scan import OdsScan
from .rich_text import SHARED, shared_runs
from .styles import read_styles
from .xlsx_cells import XlsxCells
from .xlsx_scan import Scan, check_common_parts, scan_sheet, sheet_parts

_IS_1904 = re.compile(rb"""\bdate1904\s*=\s*["'](?:1|true)""")
_Area = tuple[int, int, int, int]


class XlsxBook:
    def __init__(self, parts: zipfile.ZipFile, limits: Limits) -> None:
        self.parts, self.limits = parts, limits
        has_special_text = check_common_parts(parts, limits)
        self.part_of = sheet_parts(parts)
        workbook = read_part(parts, "xl/workbook.xml", limits.unpacked_bytes // 4)
        is_1904 = _IS_1904.search(workbook) is not None
        self.styles = read_styles(parts, limits, is_1904=is_1904)
        self.strings = (
            shared_runs(parts, limits, keeps_all=bool(self.styles.struck))
            if has_special_text or (self.styles.struck and SHARED in parts.namelist())
            else {}
        )
        self.has_macros = "xl/vbaProject.bin" in parts.namelist()

    def scan(self, sheet: str) -> Scan:
        part = self.part_of.get(sheet)
        if part not in self.parts.namelist():
            return Scan()
        cells = XlsxCells(self.styles, self.strings)
        return scan_sheet(self.parts, part, sheet, self.limits, cells)

    def merges(self, sheet: str, found: calamine.CalamineSheet) -> list[_Area]:
        return [
            (top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in found.merged_cell_ranges or []
        ]


class OdsBook:
    has_macros = False

    def __init__(self, parts: zipfile.ZipFile, limits: Limits) -> None:
        self.found = OdsScan(limits)
        self.found.read(parts)

    def scan(self, sheet: str) -> Scan:
        return self.found.scans.get(sheet) or Scan()

    def merges(self, sheet: str, _found: calamine.CalamineSheet) -> list[_Area]:
        return self.found.merges.get(sheet, [])


@dataclass
class SheetChoice:
    """Which sheets to read, and afterwards which were passed over unread.

    names      those asked for; () for every visible one
    is_single  only the first of them that holds something
    """

    names: Sequence[str]
    is_single: bool
    unread: list[str] = field(default_factory=list)


_Found = tuple[str, Scan, calamine.CalamineSheet]


def sheets_of(
    book: calamine.CalamineWorkbook,
    parts: XlsxBook | OdsBook,
    sheets: list[tuple[str, bool]],
    choice: SheetChoice,
    limits: Limits,
) -> Iterator[_Found]:
    """Yield the sheets that hold something, in the workbook's order.

    The bound on cells holds for their sum. A sheet that passes a bound is left out, unless it
    was asked for or nothing was read before it.
    """
    _refuse_unknown(choice.names, [name for name, _visible in sheets])
    wanted = [
        name for name, visible in sheets if name in choice.names or (not choice.names and visible)
    ]
    choice.unread = [name for name, _visible in sheets if name not in wanted]
    cells = found = 0
    for index, name in enumerate(wanted):
        try:
            scan, sheet = parts.scan(name), book.get_sheet_by_name(name)
            if sheet.end is None:
                continue
            cells += _checked_area(name, sheet.end, cells, limits)
        except ReadError:
            if choice.names or not found:
                raise
            choice.unread.append(name)
            continue
        found += 1
        yield name, scan, sheet
        if choice.is_single:
            choice.unread += wanted[index + 1 :]
            return
    if not found:
        raise refused("file.empty", place=Place(wanted[0] if len(choice.names) == 1 else ""))


def _refuse_unknown(wanted: Sequence[str], names: list[str]) -> None:
    unknown = [name for name in wanted if name not in names]
    if unknown:
        raise refused("sheet.unknown", "」「".join(unknown), limit="、".join(names))


def _checked_area(name: str, end: tuple[int, int], before: int, limits: Limits) -> int:
    last_row, last_column = end[0] + 1, end[1] + 1
    area = last_row * last_column
    if last_row > limits.rows or last_column > limits.columns:
        bound = f"{limits.rows:,} × {limits.columns:,}"
    elif before + area > limits.cells:
        bound = f"{limits.cells:,}"
    else:
        return area
    address = f"A1:{column_letter(last_column)}{last_row}"
    raise refused("sheet.too_many_cells", address, limit=bound, place=Place(name))
