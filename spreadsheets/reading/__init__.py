"""Any file that staff have → the cells of its sheets. Pure: knows neither Django nor a domain.

`read` and `read_sheets` are the ways in. Archives (XLSX, XLSM, ODS, zip) are opened in a bounded
child process.
"""

from collections.abc import Sequence
from dataclasses import replace

from .bounded import InnerText, read_archive
from .delimited import delimiter_of, read_delimited
from .encoding import ENCODINGS, decode
from .grid import Grid, Merge, Row, Sheet, Value, cell_text
from .limits import Limits
from .pause import collector_paused
from .reasons import megabytes, refused
from .refusals import Notice, Place, ReadError, column_letter, column_number
from .signature import is_archive

__all__ = [
    "ENCODINGS",
    "Grid",
    "Limits",
    "Merge",
    "Notice",
    "Place",
    "ReadError",
    "Row",
    "Sheet",
    "Value",
    "cell_text",
    "collector_paused",
    "column_letter",
    "column_number",
    "read",
    "read_sheets",
]


@collector_paused()
def read(
    data: bytes,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    delimiter: str | None = None,
    limits: Limits | None = None,
) -> Grid:
    """Read a file, or cells pasted from Excel: their text in UTF-8 with the delimiter tab.

    Of a workbook the sheet named, else the first visible one that holds something. Magic bytes
    decide what a file is. `encoding`, `sheet` and `delimiter` None mean: find out; the Grid says
    what was found. Raises ReadError.
    """
    sheets = [sheet] if sheet else []
    return _grids(data, encoding, sheets, delimiter, limits or Limits(), is_single=True)[0]


@collector_paused()
def read_sheets(
    data: bytes,
    *,
    encoding: str | None = None,
    sheets: Sequence[str] = (),
    delimiter: str | None = None,
    limits: Limits | None = None,
) -> tuple[Grid, ...]:
    """Read the sheets named, else every visible one that holds something; text is one Grid.

    They come in the workbook's order; an empty name counts for none. A sheet that passes the
    limits is left out, which `Grid.sheets` tells, unless it was named or is the first. Else as
    `read`.
    """
    named = [each for each in sheets if each]
    return _grids(data, encoding, named, delimiter, limits or Limits(), is_single=False)


def _grids(
    data: bytes,
    encoding: str | None,
    sheets: Sequence[str],
    delimiter: str | None,
    limits: Limits,
    *,
    is_single: bool,
) -> tuple[Grid, ...]:
    if len(data) > limits.file_bytes:
        size, limit = megabytes(len(data)), megabytes(limits.file_bytes)
        raise refused("file.too_large", size, limit=limit)
    if not data.strip():
        raise refused("file.empty")
    if not is_archive(data):
        return (_text_grid(data, encoding, delimiter, limits),)
    found = read_archive(data, sheets, limits, is_single=is_single)
    if isinstance(found, InnerText):
        grid = _text_grid(found.data, encoding, delimiter, limits)
        return (replace(grid, member=found.member),)
    return found


def _text_grid(data: bytes, encoding: str | None, delimiter: str | None, limits: Limits) -> Grid:
    found = decode(data, encoding)
    delimiter = delimiter or delimiter_of(found.text)
    rows = read_delimited(found.text, limits, delimiter)
    if not rows:
        raise refused("file.empty")
    kind = "TSV" if delimiter == "\t" else "CSV"
    return Grid(rows=rows, kind=kind, encoding=found.encoding, notices=found.notices)
