"""What calamine does not tell of an .xlsx sheet, and what would kill it. Pure; runs in the child.

The sheet's XML is searched in blocks, never parsed as a whole: sizes, hidden rows and columns,
error cells, formulas without a value.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from posixpath import normpath

from ..limits import Limits
from ..reasons import refused
from ..refusals import Place, column_letter, column_number
from .archive import part_blocks, read_part, xml_parser
from .overlay import Overlay
from .rich_text import SPECIAL
from .xlsx_cells import XlsxCells

_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships id"
_COLUMN_OF_CELL = re.compile(rb""" r=["']([A-Z]+)[0-9]""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\sr=["']([0-9]+)""")
_FILLED_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\sr=["']([A-Z]+)([0-9]+)["'][^>]*(?<!/)>""")
_HIDDEN_ROW = re.compile(
    rb"""<(?:\w+:)?row\b(?=[^>]*\shidden=["'](?:1|true))[^>]*?\sr=["']([0-9]+)"""
)
_HIDDEN_COLUMNS = re.compile(rb"""<(?:\w+:)?col\b(?=[^>]*\shidden=["'](?:1|true))([^>]*)>""")
_CELL = re.compile(
    rb"""<(?:\w+:)?c\b(?P<attributes>[^>]*(?<!/))>(?P<content>.*?)</(?:\w+:)?c>""", re.DOTALL
)
_ADDRESS = re.compile(rb"""\sr=["']([A-Z]+)([0-9]+)""")
_IS_ERROR = re.compile(rb"""\st=["']e["']""")
_IS_TEXT = re.compile(rb"""\st=["']str["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]+)")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>([^<]*)<)")
_ERRORS = (b"#N/A", b"#VALUE!", b"#REF!", b"#DIV/0!", b"#NUM!", b"#NAME?", b"#NULL!")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


@dataclass
class Scan:
    """Rows and columns count from 1."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    cell_faults: list[tuple[int, int, str, str]] = field(default_factory=list)
    overlay: Overlay = field(default_factory=Overlay)


def check_common_parts(parts: zipfile.ZipFile, limits: Limits) -> bool:
    """Refuse what hurts on opening: DTDs, and shared strings out of proportion.

    Return whether shared strings hold text that is struck through, raised or lowered.
    """
    names = set(parts.namelist())
    is_special = False
    for name in ("xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"):
        if name in names:
            end = b""
            for block in part_blocks(parts, name, limits.unpacked_bytes // 4):
                _refuse_dtd(block)
                if name == "xl/sharedStrings.xml" and not is_special:
                    is_special = SPECIAL.search(end + block) is not None
                    end = block[-40:]
    return is_special


def sheet_parts(parts: zipfile.ZipFile) -> dict[str, str]:
    """Return the part that holds each sheet: {"予算": "xl/worksheets/sheet1.xml"}."""
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.endswith(" Relationship"):
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.endswith(" sheet"):
            found = attributes.get(_RELATION) or attributes.get(_STRICT_RELATION, "")
            sheets[attributes.get("name", "")] = found

    for part, handler in (
        ("xl/_rels/workbook.xml.rels", relation),
        ("xl/workbook.xml", sheet),
    ):
        if part not in parts.namelist():
            return {}
        parser = xml_parser()
        parser.StartElementHandler = handler
        parser.Parse(read_part(parts, part, 10 * 2**20), True)
    return {
        name: normpath("xl/" + targets.get(key, ""))
        if not targets.get(key, "").startswith("/")
        else targets[key][1:]
        for name, key in sheets.items()
    }


def scan_sheet(
    parts: zipfile.ZipFile, part: str, sheet: str, limits: Limits, cells: XlsxCells
) -> Scan:
    """Search one sheet; ReadError when its filled cells pass the limits."""
    found = Scan(overlay=cells.overlay)
    last_row = last_column = values = 0
    for block in _row_blocks(parts, part, limits):
        _refuse_dtd(block)
        values += block.count(b"<v>") + block.count(b"<is>")
        if values > limits.cells:
            limit = f"{limits.cells:,}"
            raise refused("sheet.too_many_cells", f"> {limit}", limit=limit, place=Place(sheet))
        block = cells.addressed(block)
        rows = [int(row) for row in _ROW.findall(block)]
        columns = set(_COLUMN_OF_CELL.findall(block))
        last_row = max([last_row, *rows])
        last_column = max([last_column, *(column_number(each.decode()) for each in columns)])
        if last_row > limits.rows or last_column > limits.columns:
            _refuse_outside(block, sheet, limits)
        if b"hidden=" in block:
            found.hidden_rows += [int(row) for row in _HIDDEN_ROW.findall(block)]
            for attributes in _HIDDEN_COLUMNS.findall(block):
                found.hidden_columns += _columns(attributes, limits)
        if b"<f" in block or b":f" in block or _IS_ERROR.search(block):
            found.cell_faults += _faults(block)
        cells.search(block)
    if min(last_row, limits.rows) * min(last_column, limits.columns) > limits.cells:
        _refuse_area(parts, part, sheet, limits)
    return found


def _row_blocks(parts: zipfile.ZipFile, part: str, limits: Limits) -> Iterator[bytes]:
    """Yield the XML in blocks that end where a row begins."""
    rest = b""
    for block in part_blocks(parts, part, limits.unpacked_bytes):
        rest += block
        cut = rest.rfind(b"<row")
        if cut < 1 and len(rest) > 2**24:
            cut = rest.rfind(b"<")
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


def _refuse_dtd(block: bytes) -> None:
    if b"<!DOCTYPE" in block or b"<!ENTITY" in block:
        raise refused("file.dtd")


def _refuse_outside(block: bytes, sheet: str, limits: Limits) -> None:
    for letters, digits in _FILLED_CELL.findall(block):
        row, column = int(digits), letters.decode()
        place = Place(sheet, row, column)
        if row > limits.rows:
            address = f"{column}{row}"
            raise refused("sheet.too_many_rows", address, limit=f"{limits.rows:,}", place=place)
        if column_number(column) > limits.columns:
            limit = f"{limits.columns:,}"
            raise refused("sheet.too_many_columns", f"{column}{row}", limit=limit, place=place)


def _refuse_area(parts: zipfile.ZipFile, part: str, sheet: str, limits: Limits) -> None:
    """Measure the filled cells alone: formatted blank ones do not count."""
    last_row = last_column = 0
    for block in _row_blocks(parts, part, limits):
        for letters, digits in _FILLED_CELL.findall(block):
            last_row = max(last_row, int(digits))
            last_column = max(last_column, column_number(letters.decode()))
    if last_row * last_column > limits.cells:
        letter = column_letter(last_column)
        raise refused(
            "sheet.too_many_cells",
            f"A1:{letter}{last_row}",
            limit=f"{limits.cells:,}",
            place=Place(sheet, last_row, letter),
        )


def _columns(attributes: bytes, limits: Limits) -> range:
    ends = dict(re.findall(rb"""\s(min|max)=["']([0-9]+)""", attributes))
    last = min(int(ends.get(b"max", b"0")), limits.columns)
    return range(int(ends.get(b"min", b"1")), last + 1)


def _faults(block: bytes) -> Iterator[tuple[int, int, str, str]]:
    for cell in _CELL.finditer(block):
        attributes, content = cell["attributes"], cell["content"]
        address = _ADDRESS.search(attributes)
        if address is None:
            continue
        place = int(address[2]), column_number(address[1].decode())
        value = _VALUE.search(content)
        if _IS_ERROR.search(attributes):
            yield *place, "cell.excel_error", value[1].decode("utf-8", "replace") if value else "?"
        elif value and value[1] in _ERRORS and _FORMULA.search(content):
            yield *place, "cell.excel_error", value[1].decode()
        elif not value and not _IS_TEXT.search(attributes):
            formula = _FORMULA.search(content)
            if formula:
                yield *place, "cell.formula_no_value", "=" + _plain(formula[1] or b"")


def _plain(xml: bytes) -> str:
    text = xml.decode("utf-8", "replace")
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    return text
