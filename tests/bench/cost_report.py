"""What one reader can cost: each costly address by itself, and the worst eight at once; what one
text of an editor can.

Each is answered in a fresh process on the full data. The eight are asked of the server that
`make run` starts; its memory is what all of its processes hold, pages they share counted once.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError

from tests.bench.fresh import ROOT, Bench, Case
from tests.bench.report import Line, bounded, show

DATA = ROOT.parent / "shared" / "data"
TABLES = ("review-sheets-2015-2022.zip", "review-budgets-2015-2022.zip")
MOST_S, MOST_MB, MOST_AT_ONCE_MB = 1, 100, 400
AT_ONCE = 8
SHORT = "/"


def data_folder() -> Path | None:
    """Where the review sheets are: DATA, or as REVIEW_DATA says."""
    folder = Path(os.environ.get("REVIEW_DATA", DATA))
    return folder if all((folder / name).exists() for name in TABLES) else None


def measure(runner: Bench) -> None:
    _measure_texts(runner)
    title = "what one reader can cost, on the full data"
    if data_folder() is None:
        show(title, [Line(f"not measured: {DATA} has no review sheets (REVIEW_DATA=…)", "")])
        return
    labels = runner.run_once(Case("costs.labels", 0))["labels"]
    found = [
        runner.run_once(Case("costs.answered", number, "full")) | {"label": label}
        for number, label in enumerate(labels)
    ]
    show(title, [_line(each) for each in found])
    asked = [each for each in found if each["status"] == 200 and not each["is_posted"]]
    worst = sorted(asked, key=lambda each: each["cpu_s"], reverse=True)[:AT_ONCE]
    with _served(runner) as (address, process):
        peak_mb, wall_s, short_s = _at_once(address, process, [each["address"] for each in worst])
    show(
        f"the {AT_ONCE} worst at once, of the server of `make run`",
        [
            bounded("memory of all its processes", peak_mb, MOST_AT_ONCE_MB, "MB"),
            Line("answered after", f"{wall_s:.2f} s"),
            bounded("a short page meanwhile", short_s, MOST_S, "s"),
        ],
    )


def _measure_texts(runner: Bench) -> None:
    found = runner.run_once(Case("texts.slowest", 5))
    lines = [
        bounded(f"{words!r}, {length:,} characters", cpu_s, MOST_S, "CPU s")
        for cpu_s, words, length in found["slowest"]
    ]
    show(f"the slowest of {found['texts']} texts as long as a field may be", lines)


def _line(found: dict) -> Line:
    measured = (
        f"{found['cpu_s']:.3f} CPU s, {found['added_mb']:.0f} MB, "
        f"{found['cpu_s'] / found['plain_s']:.1f} plain lists ({found['status']})"
    )
    is_met = found["cpu_s"] <= MOST_S and found["added_mb"] <= MOST_MB and found["status"] != 500
    return Line(found["label"], measured, f"<= {MOST_S} s, {MOST_MB} MB", is_met)


@contextmanager
def _served(runner: Bench) -> Iterator[tuple[str, subprocess.Popen]]:
    """Prepare and start the site with the full data as `make run` does."""
    folder = runner.folder / "var"
    folder.mkdir(mode=0o700)
    shutil.copy(runner.database("full"), folder / "db.sqlite3")
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(folder)}
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    prepare = [sys.executable, "manage.py", "prepare"]
    subprocess.run(prepare, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    process = subprocess.Popen(
        _command_of_make_run(port), cwd=ROOT, env=environment, start_new_session=True
    )
    try:
        address = f"http://127.0.0.1:{port}"
        for _time in range(200):
            with suppress(OSError):
                urllib.request.urlopen(address, timeout=60).read()
                break
            time.sleep(0.1)
        yield address, process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        shutil.rmtree(folder)


def _command_of_make_run(port: int) -> list[str]:
    said = ["make", "--dry-run", "run", f"PORT={port}"]
    lines = subprocess.run(said, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return lines.replace("\\\n", " ").rpartition("exec ")[2].split()


def _at_once(
    address: str, process: subprocess.Popen, paths: list[str]
) -> tuple[float, float, float]:
    """Ask for all paths at the same time, twice.

    Return the highest memory, the last time, and the longest that a short page took meanwhile.
    """
    peak_mb, short_s, is_over = 0.0, 0.0, threading.Event()

    def watch() -> None:
        nonlocal peak_mb
        while not is_over.is_set():
            peak_mb = max(peak_mb, _memory_mb(process.pid))
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        for _time in range(2):
            started = time.monotonic()
            with ThreadPoolExecutor(len(paths)) as pool:
                drawn = [pool.submit(_read, address + path) for path in paths]
                while not all(each.done() for each in drawn):
                    asked = time.monotonic()
                    _read(f"{address}{SHORT}")
                    short_s = max(short_s, time.monotonic() - asked)
            wall_s = time.monotonic() - started
    finally:
        is_over.set()
        watcher.join()
    return peak_mb, wall_s, short_s


def _read(url: str) -> None:
    with suppress(HTTPError), urllib.request.urlopen(url, timeout=240) as response:
        response.read()


def _memory_mb(root: int) -> float:
    """What a process and all below it hold: their proportional set sizes."""
    pids, found_kb = [root], 0
    for pid in pids:
        with suppress(OSError):
            pids += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            found_kb += int(rollup.partition("\nPss:")[2].split()[0])
    return found_kb / 1024
