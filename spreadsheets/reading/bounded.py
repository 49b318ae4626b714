"""Opens archives in a child process that may die, and takes over its answer."""

import datetime
import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from values.messages import Listed, Message, gettext_noop

from .grid import Grid, Merge, Row, Sheet, Value
from .limits import Limits
from .reasons import refused
from .refusals import Notice, ReadError

_ROOT = Path(__file__).resolve().parents[2]
_START = (
    f"import sys; sys.path.insert(0, {str(_ROOT)!r}); "
    "from spreadsheets.reading.child import main; main()"
)


def read_archive(data: bytes, sheet: str | None, limits: Limits) -> Grid | tuple[str, bytes]:
    """Return the grid of a workbook, or (name, bytes) of the text file that a zip holds."""
    request = json.dumps({"limits": limits.as_dict(), "sheet": sheet}).encode() + b"\n"
    try:
        child = subprocess.run(
            [sys.executable, "-I", "-c", _START],
            input=request + data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.wall_seconds,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise _too_heavy(limits) from error
    return answer(child.stdout, limits)


def answer(output: bytes, limits: Limits) -> Grid | tuple[str, bytes]:
    """Read what the child wrote; an answer without its end means that the child died."""
    stream = BytesIO(output)
    head = _loaded(stream.readline(), limits)
    if "refusal" in head:
        raise ReadError.from_dict(head["refusal"])
    if "length" in head:
        inner = stream.read()
        if len(inner) != head["length"]:
            raise _too_heavy(limits)
        return head["member"], inner
    rows: list[Row] = []
    faults: dict[tuple[int, int], tuple[str, str]] = {}
    for line in stream:
        part = _loaded(line, limits)
        if isinstance(part, list):
            rows += part
        elif "refusal" in part:
            raise ReadError.from_dict(part["refusal"])
        elif "cell_faults" in part:
            faults = {
                (row, column): (code, value) for row, column, code, value in part["cell_faults"]
            }
        elif "end" in part:
            return _grid(head, rows, faults)
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


def _grid(
    head: dict[str, Any], rows: list[Row], faults: dict[tuple[int, int], tuple[str, str]]
) -> Grid:
    while rows and all(value == "" for value in rows[-1]):
        rows.pop()
    sheets = tuple(Sheet(name, visible) for name, visible in head["sheets"])
    return Grid(
        rows=rows,
        kind=head["kind"],
        sheet=head["sheet"],
        sheets=sheets,
        member=head["member"],
        merges=tuple(Merge(*each) for each in head["merges"]),
        hidden_rows=frozenset(head["hidden_rows"]) & frozenset(range(1, len(rows) + 1)),
        hidden_columns=frozenset(head["hidden_columns"]),
        cell_faults=faults,
        notices=_notices(head, sheets),
    )


def _notices(head: dict[str, Any], sheets: tuple[Sheet, ...]) -> tuple[Notice, ...]:
    found = []
    others = [each.name for each in sheets if each.name != head["sheet"]]
    if others:
        found.append(
            Notice(
                "sheet.others",
                Message(
                    gettext_noop("シート「%(sheet)s」を読みました。ほかに %(others)s があります。"),
                    {
                        "sheet": head["sheet"],
                        "others": Listed(gettext_noop("、"), others),
                    },
                ),
            )
        )
    if head["macros"]:
        found.append(
            Notice(
                "file.macros",
                Message(
                    gettext_noop("マクロ付きのブックです。マクロは使わず、値だけを読みました。")
                ),
            )
        )
    return tuple(found)
