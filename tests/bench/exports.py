"""Taking out all programmes: the engine, and csv.writer over a cursor."""

import csv
import io
import time
from collections.abc import Iterable

from django.db import connection
from django.utils import translation

from programs.models import Program
from spreadsheets import registry
from spreadsheets.exporting.long import long_table
from spreadsheets.exporting.sheet_formats import FORMATS
from tests.bench.fresh import cost


def as_csv(_size: int) -> dict:
    return _export("csv-excel")


def as_xlsx(_size: int) -> dict:
    return _export("xlsx")


def _export(code: str) -> dict:
    resource = registry.get("programs")()
    with translation.override("ja"):
        _consume(FORMATS[code].write([long_table(resource, Program.objects.all()[:10])]))
        with cost() as taken:
            first_s, size = _consume(
                FORMATS[code].write([long_table(resource, Program.objects.all())])
            )
    return {**taken.as_dict, "first_byte_s": first_s, "mb": size / 1e6}


def _consume(pieces: Iterable[bytes]) -> tuple[float, int]:
    """Return the seconds to the first piece and the size of all."""
    started, first_s, size = time.monotonic(), 0.0, 0
    for piece in pieces:
        first_s = first_s or time.monotonic() - started
        size += len(piece)
    return first_s, size


class _Sink(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, piece) -> int:
        return len(piece)


def limit(_size: int) -> dict:
    """The same rows in the same order, as they lie in the tables: no widget, no guard."""
    with cost() as taken, connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.code, p.name_ja, p.name_en, abbreviation, summary_ja, summary_en, o.code,"
            " start_fiscal_year, end_fiscal_year, end_state, has_own_budget, official_url, s.code"
            " FROM programs_program p"
            " LEFT JOIN programs_organization o ON o.id = p.lead_organization_id"
            " LEFT JOIN programs_source s ON s.id = p.source_id ORDER BY p.name_ja, p.code"
        )
        sink = io.TextIOWrapper(io.BufferedWriter(_Sink()), encoding="utf-8-sig", newline="")
        csv.writer(sink).writerows(cursor)
        sink.flush()
    return taken.as_dict
