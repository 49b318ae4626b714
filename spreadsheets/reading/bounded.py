"""Opens archives in a child process that may die, and takes over its answer."""

import datetime
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

from values.messages import Message, gettext_noop

from .findings import notices_of
from .grid import Grid, Merge, Row, Sheet, Value
from .limits import Limits
from .reasons import refused
from .refusals import Notice, Place, ReadError

_ROOT = Path(__file__).resolve().parents[2]
_START = (
    f"import sys; sys.path.insert(0, {str(_ROOT)!r}); "
    "from spreadsheets.reading.workbooks.child import main; main()"
)
_MACROS = Notice(
    "file.macros",
    Message(gettext_noop("マクロ付きのブックです。マクロは使わず、値だけを読みました。")),
)


@dataclass(frozen=True)
class InnerText:
    """The one text file that a zip holds."""

    member: str
    data: bytes


def read_archive(
    data: bytes, sheets: Sequence[str], limits: Limits, *, is_single: bool
) -> tuple[Grid, ...] | InnerText:
    """Return the grids of a workbook, or the text file that a zip holds."""
    request = {"limits": limits.as_dict(), "sheets": list(sheets), "is_single": is_single}
    try:
        child = subprocess.run(
            [sys.executable, "-I", "-c", _START],
            input=json.dumps(request).encode() + b"\n" + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.wall_seconds,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise _too_heavy(limits) from error
    return answer(child.stdout, limits)


def answer(output: bytes, limits: Limits) -> tuple[Grid, ...] | InnerText:
    """Read what the child wrote; an answer without its end means that the child died."""
    stream = BytesIO(output)
    head = _loaded(stream.readline(), limits)
    if "length" in head:
        inner = stream.read()
        if len(inner) != head["length"]:
            raise _too_heavy(limits)
        return InnerText(head["member"], inner)
    grids: list[Grid] = []
    rows: list[Row] = []
    stream.seek(0)
    for line in stream:
        part = _loaded(line, limits)
        if isinstance(part, list):
            rows += part
        elif "refusal" in part:
            raise ReadError.from_dict(part["refusal"])
        elif "cell_faults" in part:
            grids.append(_grid(head, rows, part, is_first=not grids))
            rows = []
        elif "end" in part:
            filled = [grid for grid in grids if grid.rows]
            if not filled:
                raise refused("file.empty", place=Place(head["sheet"]))
            return tuple(_with_unread(grid, part["unread"]) for grid in filled)
        else:
            head = part
    raise _too_heavy(limits)


def _loaded(line: bytes, limits: Limits) -> Any:
    try:
        return json.loads(line, object_hook=_hook)
    except ValueError as error:
        raise _too_heavy(limits) from error


def _hook(written: dict[str, Any]) -> Value | dict[str, Any]:
    if len(written) == 1 and "d" in written:
        text = written["d"]
        if len(text) == 10:
            return datetime.date.fromisoformat(text)
        return datetime.datetime.fromisoformat(text)
    return written


def _too_heavy(limits: Limits) -> ReadError:
    bounds = f"{limits.memory_bytes // 10**6:,} MB, {limits.cpu_seconds} s"
    return refused("file.too_heavy", limit=bounds)


def _grid(head: dict[str, Any], rows: list[Row], found: dict[str, Any], *, is_first: bool) -> Grid:
    while rows and all(value == "" for value in rows[-1]):
        rows.pop()
    macros = (_MACROS,) if head["macros"] and is_first else ()
    return Grid(
        rows=rows,
        kind=head["kind"],
        sheet=head["sheet"],
        sheets=tuple(Sheet(name, visible) for name, visible in head["sheets"]),
        member=head["member"],
        merges=_merges(head, rows),
        hidden_rows=frozenset(head["hidden_rows"]) & frozenset(range(1, len(rows) + 1)),
        hidden_columns=frozenset(head["hidden_columns"]),
        struck=frozenset(map(tuple, found["struck"])),
        coloured=frozenset(map(tuple, found["coloured"])),
        cell_faults={
            (row, column): (code, value) for row, column, code, value in found["cell_faults"]
        },
        notices=macros + notices_of(found["findings"], head["sheet"]),
    )


def _with_unread(grid: Grid, unread: list[str]) -> Grid:
    sheets = (replace(each, is_read=each.name not in unread) for each in grid.sheets)
    return replace(grid, sheets=tuple(sheets))


def _merges(head: dict[str, Any], rows: list[Row]) -> tuple[Merge, ...]:
    """Return the merged ranges; refused when they overlap, which no program writes."""
    merges = tuple(Merge(*each) for each in head["merges"])
    height, width = len(rows), max(map(len, rows), default=0)
    covered = sum(
        max(0, min(each.last_row, height) - each.first_row + 1)
        * max(0, min(each.last_column, width) - each.first_column + 1)
        for each in merges
    )
    if covered > height * width:
        raise refused("sheet.merges_overlap", place=Place(head["sheet"]))
    return merges
