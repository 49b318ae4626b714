"""A Chart as the year table that staff keep: CSV with both heading rows. Pure."""

from __future__ import annotations

import csv
import io

from spreadsheets.reading.formula_guard import guard

from ...figure.chart import Chart
from .texts import group_texts, heading_texts, row_texts


def write_csv(chart: Chart) -> bytes:
    """Return UTF-8 with a byte order mark, CRLF, formulas guarded; each row names its group."""
    buffer = io.StringIO("\ufeff")
    buffer.seek(0, io.SEEK_END)
    writer = csv.writer(buffer)
    writer.writerows(heading_texts(chart))
    for row, group in zip(chart.rows, group_texts(chart), strict=True):
        texts = [group, row.facts.label(chart.language), *row_texts(row, chart)]
        writer.writerow(map(guard, texts))
    return buffer.getvalue().encode()
