"""Tables as an XLSX workbook, made while it is sent. Pure.

Text is written as inline strings: whatever it begins with, no cell can become a formula, and
leading zeros stay. The parts are those of ECMA-376 that Excel needs to open a file.
"""

import datetime
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from ...reading.refusals import column_letter
from .out_table import Cell, Kind, OutColumn, OutTable
from .xlsx_parts import MAIN, XML, fixed_parts

_ROWS_A_PIECE = 500
_LAST_ROW = 1_048_576
_LARGEST_EXACT = 10**15
_FIRST_SOUND_DAY = datetime.date(1900, 3, 1)
_DAY_ZERO = datetime.date(1899, 12, 30)
_LONGEST_LIST = 255
_TO_ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f]|_(?=x[0-9A-Fa-f]{4}_)")
_NO_CHARACTER = re.compile("[\ufffe\uffff]")
_STYLES = {Kind.TEXT: 2, Kind.PROSE: 3, Kind.NUMBER: 4, Kind.AMOUNT: 5, Kind.DATE: 6}
_HEADING_STYLE = 1


def write_xlsx(tables: Sequence[OutTable]) -> Iterator[bytes]:
    """Yield a workbook with one sheet a table: bold heading row, frozen; columns typed.

    A whole number beyond 15 digits and a day before 1900-03-01 are written as text, because a
    workbook's numbers cannot hold them; U+FFFE and U+FFFF, which XML has not, as U+FFFD.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path, text in fixed_parts(tables):
            with archive.open(path, "w") as part:
                part.write(text.encode())
        for number, table in enumerate(tables, start=1):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                for text in _sheet(table, is_first=number == 1):
                    part.write(text.encode())
                    yield pipe.taken()
    yield pipe.taken()


class _Pipe:
    """What a ZipFile writes to when nobody can seek: bytes wait here until they are sent."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self.waiting.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def taken(self) -> bytes:
        taken = b"".join(self.waiting)
        self.waiting.clear()
        return taken


def _sheet(table: OutTable, *, is_first: bool) -> Iterator[str]:
    letters = [column_letter(number) for number in range(1, len(table.columns) + 1)]
    yield _sheet_head(table.columns, is_first=is_first)
    yield _row(1, table.headings, [f'<c s="{_HEADING_STYLE}" r="{each}' for each in letters])
    openings = [
        f'<c s="{_STYLES[column.kind]}" r="{letter}'
        for letter, column in zip(letters, table.columns, strict=True)
    ]
    rows = enumerate(table.rows(), start=2)
    while piece := list(islice(rows, _ROWS_A_PIECE)):
        yield "".join([_row(number, cells, openings) for number, cells in piece])
    yield f"</sheetData>{_validations(table.columns, letters)}</worksheet>"


def _row(number: int, cells: Iterable[Cell], openings: Sequence[str]) -> str:
    texts = []
    for cell, opening in zip(cells, openings, strict=True):
        if cell is None or cell == "":
            continue
        if type(cell) is int and -_LARGEST_EXACT < cell < _LARGEST_EXACT:
            texts.append(f'{opening}{number}"><v>{cell}</v></c>')
        elif isinstance(cell, datetime.date) and cell >= _FIRST_SOUND_DAY:
            texts.append(f'{opening}{number}"><v>{(cell - _DAY_ZERO).days}</v></c>')
        else:
            text = _escaped(str(cell))
            texts.append(f'{opening}{number}" t="inlineStr"><is><t>{text}</t></is></c>')
    return f'<row r="{number}">{"".join(texts)}</row>'


def _escaped(text: str) -> str:
    """Return text for an XML element; what XML cannot hold as _x001F_, as Excel writes it."""
    if _TO_ESCAPE.search(text):
        text = _TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    if not text.isascii():
        text = _NO_CHARACTER.sub("\ufffd", text)
    if "&" in text or "<" in text or ">" in text:
        text = escape(text)
    return text


def _sheet_head(columns: Sequence[OutColumn], *, is_first: bool) -> str:
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{column.width}" customWidth="1"'
        f' style="{_STYLES[column.kind]}"/>'
        for number, column in enumerate(columns, start=1)
    )
    selected = ' tabSelected="1"' if is_first else ""
    return (
        f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView{selected} workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData>"
    )


def _validations(columns: Sequence[OutColumn], letters: Sequence[str]) -> str:
    """Return the drop-down lists of the columns whose words are few enough for Excel."""
    lists = []
    for column, letter in zip(columns, letters, strict=True):
        words = ",".join(column.choices)
        if not words or len(words) > _LONGEST_LIST or any("," in word for word in column.choices):
            continue
        formula = escape('"' + words.replace('"', '""') + '"')
        lists.append(
            '<dataValidation type="list" allowBlank="1" showErrorMessage="1"'
            f' errorTitle={quoteattr(column.heading)} error="一覧から選んでください。"'
            f' sqref="{letter}2:{letter}{_LAST_ROW}"><formula1>{formula}</formula1>'
            "</dataValidation>"
        )
    if not lists:
        return ""
    return f'<dataValidations count="{len(lists)}">{"".join(lists)}</dataValidations>'
