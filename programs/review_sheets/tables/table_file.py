"""A zip with one CSV in UTF-8 → its headings and rows. Pure: bytes in, text out."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .refusals import ReviewSheetError

MEGABYTES = 100
_FAULTS = (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError)


@dataclass(frozen=True)
class TableFile:
    """The text of a CSV, and what tells one file from another."""

    name: str
    sha256: str
    text: str

    @property
    def headings(self) -> list[str]:
        return next(self._lines(), (0, []))[1]

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the line on which each row begins (headings: 1) and its cells; skip blank lines.

        Raises ReviewSheetError at a row that has more or fewer cells than the headings.
        """
        lines = self._lines()
        width = len(next(lines, (0, []))[1])
        for line, cells in lines:
            if not cells:
                continue
            if len(cells) != width:
                raise ReviewSheetError.because(
                    "row.ragged", ",".join(cells), found=str(len(cells)), wanted=str(width)
                ).at(file=self.name, line=line)
            yield line, cells

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(self.text, newline=""), strict=True)
        line = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise ReviewSheetError.because("file.csv", "", reason=str(error)).at(
                    file=self.name, line=line
                ) from error
            yield line, cells
            line = reader.line_num + 1


def open_table(path: Path) -> TableFile:
    """Read the one CSV in the zip at `path`. Raises ReviewSheetError."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReviewSheetError.because("file.unreadable", str(path)).at(file=path.name) from error
    return table_of(content, path.name)


def table_of(content: bytes, name: str) -> TableFile:
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise ReviewSheetError.because("file.not_zip", name).at(file=name)
    try:
        data = _only_csv(content, name)
    except _FAULTS as error:
        raise ReviewSheetError.because("file.broken", name).at(file=name) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReviewSheetError.because("file.encoding", name).at(file=name, line=line) from error
    return TableFile(name=name, sha256=hashlib.sha256(content).hexdigest(), text=text)


def _only_csv(content: bytes, name: str) -> bytes:
    """Inflate no more than the limit, whatever size the zip claims."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = [member for member in archive.infolist() if _is_csv(member.filename)]
        if len(members) != 1:
            raise ReviewSheetError.because("file.members", name, found=str(len(members))).at(
                file=name
            )
        with archive.open(members[0]) as member:
            data = member.read(MEGABYTES * 1_000_000 + 1)
    if len(data) > MEGABYTES * 1_000_000:
        raise ReviewSheetError.because("file.too_large", name, limit=str(MEGABYTES)).at(file=name)
    return data


def _is_csv(filename: str) -> bool:
    return filename.casefold().endswith(".csv") and not filename.startswith("__MACOSX/")


def combined_sha256(tables: Sequence[TableFile]) -> str:
    """Return one fingerprint for several files, in their order."""
    return hashlib.sha256("".join(table.sha256 for table in tables).encode()).hexdigest()
