"""What calamine does not tell of an .ods sheet, and what would kill it. Pure; runs in the child."""

import zipfile
from xml.parsers import expat

from ..limits import Limits
from ..reasons import refused
from ..refusals import Place, column_letter
from .archive import part_blocks, xml_parser
from .ods_cells import OdsCell
from .ods_styles import OdsStyles
from .xlsx_scan import Scan

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_CALC_TYPE = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"


class OdsScan:
    """Walks content.xml once; afterwards `scans` and `merges` tell of each sheet by name.

    A run of repeated rows or cells counts in full only when a cell in it holds something.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.scans: dict[str, Scan] = {}
        self.merges: dict[str, list[tuple[int, int, int, int]]] = {}
        self.sheet = ""
        self.row = self.column = 0
        self.row_repeat = self.column_repeat = 1
        self.last_row = self.last_column = 0
        self.is_error = False
        self.error_text = ""
        self.styles = OdsStyles()
        self.cell = OdsCell(self.styles)

    def read(self, parts: zipfile.ZipFile) -> None:
        if "styles.xml" in parts.namelist():
            self._read_styles(parts)
        parser = xml_parser()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        try:
            for block in part_blocks(parts, "content.xml", self.limits.unpacked_bytes):
                parser.Parse(block, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, KeyError) as error:
            raise refused("file.broken", str(error)) from error

    def _read_styles(self, parts: zipfile.ZipFile) -> None:
        parser = xml_parser()
        parser.StartElementHandler = self.styles.start
        try:
            for block in part_blocks(parts, "styles.xml", self.limits.unpacked_bytes // 4):
                parser.Parse(block, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise refused("file.broken", str(error)) from error

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.cell.is_open:
            self.cell.start(name, attributes)
        elif not self.sheet:
            self.styles.start(name, attributes)
        if name == _TABLE + "table":
            self.sheet = attributes.get(_TABLE + "name", "")
            self.scans[self.sheet] = Scan()
            self.merges[self.sheet] = []
            self.row = self.column = self.last_row = self.last_column = 0
            self.row_repeat = 1
        elif name == _TABLE + "table-column":
            repeat = _count(attributes, "number-columns-repeated")
            if attributes.get(_TABLE + "visibility", "visible") != "visible":
                last = min(self.column + repeat, self.limits.columns)
                self.scans[self.sheet].hidden_columns += range(self.column + 1, last + 1)
            self.column += repeat
        elif name == _TABLE + "table-row":
            self.row_repeat = _count(attributes, "number-rows-repeated")
            self.column = 0
            if attributes.get(_TABLE + "visibility", "visible") != "visible":
                last = min(self.row + self.row_repeat, self.limits.rows)
                self.scans[self.sheet].hidden_rows += range(self.row + 1, last + 1)
        elif name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            self.column_repeat = _count(attributes, "number-columns-repeated")
            self.is_error = attributes.get(_CALC_TYPE) == "error"
            self.error_text = ""
            if _OFFICE + "value-type" in attributes:
                self._filled()
            self._merge(attributes)
            self.cell.begin(attributes)

    def end(self, name: str) -> None:
        self.cell.end(name)
        if name in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            if self.is_error:
                place = self.row + 1, self.column + 1
                self.scans[self.sheet].cell_faults.append(
                    (*place, "cell.excel_error", self.error_text or "?")
                )
            self.is_error = False
            self._finish_cell()
            self.column += self.column_repeat
        elif name == _TABLE + "table-row":
            self.row += self.row_repeat

    def _finish_cell(self) -> None:
        rows = range(self.row + 1, min(self.row + self.row_repeat, self.limits.rows) + 1)
        last_column = min(self.column + self.column_repeat, self.limits.columns)
        overlay = self.scans[self.sheet].overlay
        self.cell.finish(overlay, rows, range(self.column + 1, last_column + 1))

    def characters(self, text: str) -> None:
        self.cell.characters(text)
        if self.is_error:
            self.error_text += text

    def _filled(self) -> None:
        limits = self.limits
        self.last_row = max(self.last_row, self.row + self.row_repeat)
        self.last_column = max(self.last_column, self.column + self.column_repeat)
        letter = column_letter(min(self.last_column, 100_000))
        place = Place(self.sheet, self.last_row, letter)
        address = f"{letter}{self.last_row}"
        if self.last_row > limits.rows:
            raise refused("sheet.too_many_rows", address, limit=f"{limits.rows:,}", place=place)
        if self.last_column > limits.columns:
            limit = f"{limits.columns:,}"
            raise refused("sheet.too_many_columns", address, limit=limit, place=place)
        if self.last_row * self.last_column > limits.cells:
            limit = f"{limits.cells:,}"
            raise refused("sheet.too_many_cells", f"A1:{address}", limit=limit, place=place)

    def _merge(self, attributes: dict[str, str]) -> None:
        height = _count(attributes, "number-rows-spanned")
        width = _count(attributes, "number-columns-spanned")
        if height > 1 or width > 1:
            row, column = self.row + 1, self.column + 1
            self.merges[self.sheet].append((row, column, row + height - 1, column + width - 1))


def _count(attributes: dict[str, str], name: str) -> int:
    written = attributes.get(_TABLE + name, "1")
    return int(written) if written.isdecimal() and len(written) < 9 else 1
