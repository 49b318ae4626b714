"""A table as CSV, made while it is sent. Pure."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from ...reading.cp932_text import as_held
from ...reading.formula_guard import guard
from .out_table import OutTable

_ROWS_A_PIECE = 500


def write_csv(table: OutTable, encoding: str) -> Iterator[bytes]:
    """Yield the file in "utf-8", "utf-8-sig" (Excel then reads Japanese rightly) or "cp932".

    Dates are 2019-03-14, numbers plain digits, rows end in CRLF and lines within a cell in LF.
    In CP932 what it lacks is written as `as_held` says.
    """
    text_cell = _held_and_guarded if encoding == "cp932" else guard
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    if encoding == "utf-8-sig":
        buffer.write("\ufeff")
    codec = "cp932" if encoding == "cp932" else "utf-8"
    writer.writerow(map(text_cell, table.headings))
    rows = iter(table.rows())
    while piece := list(islice(rows, _ROWS_A_PIECE)):
        writer.writerows(
            [text_cell(cell) if type(cell) is str else cell for cell in row] for row in piece
        )
        yield buffer.getvalue().encode(codec)
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode(codec)


def _held_and_guarded(text: str) -> str:
    """A guard comes last: the nearest character in CP932 may itself begin a formula."""
    return guard(as_held(text))
