"""Measure functions in fresh processes, each on a throw-away SQLite database of its own.

A case is a function of one of this package's modules that takes one number and returns a dict.
"""

import importlib
import json
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 240


@dataclass(frozen=True)
class Case:
    """`function` is "module.name" here; `database` the name of the one it starts from."""

    function: str
    size: int
    database: str = "empty"


class Bench:
    """Databases to start from, each made once, and the cases run on copies of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.copies = 0

    def run(self, cases: Sequence[Case], *, rounds: int = 3) -> list[dict[str, float]]:
        """Run the cases in turn, then backwards, and so on; return medians in their order."""
        results: list[list[dict]] = [[] for _case in cases]
        for number in range(rounds):
            indexes = range(len(cases))
            for index in indexes if number % 2 == 0 else reversed(indexes):
                results[index].append(self.run_once(cases[index]))
        return [
            {name: statistics.median(each[name] for each in found) for name in found[0]}
            for found in results
        ]

    def run_once(self, case: Case) -> dict:
        self.copies += 1
        path = self.folder / f"run{self.copies}.sqlite3"
        shutil.copy(self.database(case.database), path)
        try:
            return in_fresh_process(case, path)
        finally:
            for each in self.folder.glob(f"{path.name}*"):
                each.unlink()

    def database(self, name: str) -> Path:
        """Return the database made by `databases.<name>`; its argument follows an underscore."""
        path = self.folder / f"{name}.sqlite3"
        if not path.exists():
            maker, _, size = name.partition("_")
            base = None if maker == "empty" else self.database("empty")
            if base:
                shutil.copy(base, path)
            in_fresh_process(Case(f"databases.{maker}", int(size or 0)), path)
            with sqlite3.connect(path) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
        return path


@contextmanager
def bench() -> Iterator[Bench]:
    with tempfile.TemporaryDirectory(prefix="stipolicy-bench-") as folder:
        yield Bench(Path(folder))


def in_fresh_process(case: Case, database: Path) -> dict:
    command = [sys.executable, "-m", __name__, case.function, str(case.size)]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{database}",
    }
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LONGEST_S
    )
    if done.returncode:
        raise RuntimeError(f"{case}:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout.splitlines()[-1])


@dataclass
class Cost:
    """What a block of code took: CPU seconds with child processes, statements, memory in MB."""

    cpu_s: float = 0
    wall_s: float = 0
    queries: int = 0
    writes: int = 0
    added_mb: float = 0

    @cached_property
    def as_dict(self) -> dict[str, float]:
        return dict(self.__dict__)


@contextmanager
def cost(written_table: str = "") -> Iterator[Cost]:
    """Measure a block. `writes` counts the statements that write to `written_table`."""
    from django.db import connection

    found = Cost()

    def count(execute: Callable, sql: str, params, many, context):
        found.queries += 1
        begins = sql.lstrip()[:60]
        if begins.startswith(("INSERT", "UPDATE", "DELETE")) and f'"{written_table}"' in begins:
            found.writes += 1
        return execute(sql, params, many, context)

    connection.ensure_connection()
    memory, cpu, wall = _peak_mb(), cpu_s(), time.monotonic()
    with connection.execute_wrapper(count):
        yield found
    found.cpu_s, found.wall_s = cpu_s() - cpu, time.monotonic() - wall
    found.added_mb = _peak_mb() - memory


def cpu_s() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _main() -> None:
    import django

    django.setup()
    module, _, name = sys.argv[1].rpartition(".")
    function = getattr(importlib.import_module(f"tests.bench.{module}"), name)
    print(json.dumps(function(int(sys.argv[2]))))


if __name__ == "__main__":
    _main()
