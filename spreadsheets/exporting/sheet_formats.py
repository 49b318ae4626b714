"""The files that a table is sent as."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.http import StreamingHttpResponse
from django.utils.translation import gettext_lazy as _

from .formats.csv_stream import write_csv
from .formats.out_table import OutTable
from .formats.xlsx_stream import write_xlsx


@dataclass(frozen=True)
class SheetFormat:
    """`write` takes the tables of a file; CSV holds the first one only."""

    code: str
    label: str
    extension: str
    content_type: str
    write: Callable[[list[OutTable]], Iterable[bytes]]


def _csv(tables: list[OutTable], encoding: str) -> Iterator[bytes]:
    return write_csv(tables[0], encoding)


def _csv_format(code: str, label: str, encoding: str, charset: str) -> SheetFormat:
    content_type = f"text/csv; charset={charset}"
    return SheetFormat(code, label, "csv", content_type, partial(_csv, encoding=encoding))


FORMATS = {
    each.code: each
    for each in (
        SheetFormat(
            "xlsx",
            _("Excel（.xlsx）— 日付・数値・先頭の0がそのまま残ります"),
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write_xlsx,
        ),
        _csv_format("csv-excel", _("CSV（UTF-8、BOMつき）— Excelで開けます"), "utf-8-sig", "utf-8"),
        _csv_format("csv", _("CSV（UTF-8）— プログラムで読むとき"), "utf-8", "utf-8"),
        _csv_format(
            "csv-cp932", _("CSV（Shift_JIS、CP932）— 古いソフトで開くとき"), "cp932", "Shift_JIS"
        ),
    )
}


def download(tables: list[OutTable], sheet_format: SheetFormat, stem: str) -> StreamingHttpResponse:
    """Return the file `stem`.csv or .xlsx, made while it is sent."""
    return StreamingHttpResponse(
        sheet_format.write(tables),
        content_type=sheet_format.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{stem}.{sheet_format.extension}"',
            "Cache-Control": "private, no-store",
        },
    )
