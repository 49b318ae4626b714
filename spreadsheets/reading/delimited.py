"""CSV or TSV text → rows of text cells. Pure."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from itertools import chain, islice

from .formula_guard import unguard
from .limits import Limits
from .reasons import refused
from .refusals import Place, ReadError, column_letter

DELIMITERS = "\t,;"
_SAMPLE_LINES = 50


def delimiter_of(text: str) -> str:
    """Return tab, comma or semicolon: the one that cuts most of the first lines into equal rows.

    A row counts with all lines of its cells: text of several lines may hold delimiters, too.
    Between equals the wider row wins, then the order just given. A single column has commas.
    """
    lines = list(islice(io.StringIO(text), _SAMPLE_LINES))
    best, best_score = ",", (0, 0)
    for delimiter in DELIMITERS:
        try:
            widths = _lines_by_width(lines, delimiter)
        except csv.Error:
            continue
        score = max(((count, width) for width, count in widths.items()), default=(0, 0))
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _lines_by_width(lines: list[str], delimiter: str) -> Counter[int]:
    """Return how many lines the rows of each width take, of rows with more than one cell."""
    widths: Counter[int] = Counter()
    reader = csv.reader(lines, delimiter=delimiter)
    before = 0
    for row in reader:
        if len(row) > 1:
            widths[len(row)] += reader.line_num - before
        before = reader.line_num
    return widths


def read_delimited(text: str, limits: Limits, delimiter: str) -> list[list[str]]:
    """Return the rows of `text`, each a list of its cells; blank rows at the end are dropped.

    The apostrophe that guards text against being a formula is taken away. Raises ReadError with
    Excel's row number for a quotation mark that is not closed, and for what passes the limits.
    """
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        while chunk := list(islice(reader, 50_000)):
            rows += chunk
            if len(rows) > limits.rows + 1_000:
                break
            _check_width(rows, len(rows) - len(chunk), limits)
    except csv.Error as error:
        raise _bad_row(text, delimiter, error) from error
    while rows and not any(map(str.strip, rows[-1])):
        rows.pop()
    if len(rows) > limits.rows:
        raise refused(
            "sheet.too_many_rows",
            " ".join(rows[limits.rows]),
            limit=f"{limits.rows:,}",
            place=Place("", limits.rows + 1),
        )
    _check_lengths(rows, limits)
    if "'" in text:
        _unguard(rows)
    return rows


def _check_width(rows: list[list[str]], start: int, limits: Limits) -> None:
    widest = max(map(len, islice(rows, start, None)))
    if widest > limits.columns:
        index = next(i for i in range(start, len(rows)) if len(rows[i]) > limits.columns)
        raise refused(
            "sheet.too_many_columns",
            f"{widest:,}",
            limit=f"{limits.columns:,}",
            place=Place("", index + 1, column_letter(limits.columns + 1)),
        )
    cells = sum(map(len, rows))
    if cells > limits.cells:
        raise refused(
            "sheet.too_many_cells",
            f"{cells:,}",
            limit=f"{limits.cells:,}",
            place=Place("", len(rows)),
        )


def _check_lengths(rows: list[list[str]], limits: Limits) -> None:
    longest = max(map(len, chain.from_iterable(rows)), default=0)
    if longest > limits.cell_characters:
        raise next(
            _too_long(cell, limits.cell_characters, row_number, column)
            for row_number, row in enumerate(rows, 1)
            for column, cell in enumerate(row, 1)
            if len(cell) > limits.cell_characters
        )


def _too_long(cell: str, limit: int, row: int, column: int) -> ReadError:
    place = Place("", row, column_letter(column) if column else "")
    return refused("cell.too_long", cell[:100], limit=f"{limit:,}", place=place)


def _bad_row(text: str, delimiter: str, error: csv.Error) -> ReadError:
    """Find the row in which the reader failed, by reading again."""
    lines = io.StringIO(text)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    row_number, line_number = 1, 0
    try:
        for row_number, _row in enumerate(reader, 2):  # noqa: B007
            line_number = reader.line_num
    except csv.Error:
        pass
    first_line = next(islice(io.StringIO(text), line_number, None), "").strip()
    place = Place("", row_number)
    if "field larger" in str(error):
        limit = f"{csv.field_size_limit():,}"
        return refused("cell.too_long", first_line[:100], limit=limit, place=place)
    code = "text.unclosed_quote" if "unexpected end" in str(error) else "text.bad_quote"
    return refused(code, first_line, place=place)


def _unguard(rows: Sequence[list[str]]) -> None:
    for row in rows:
        if "'" in "".join(row):
            row[:] = [unguard(cell) for cell in row]
