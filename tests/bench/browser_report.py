"""The figure in Chromium, beside three JavaScript libraries: how soon it is ready, how it scrolls.

The pages are files on a local server, so that only the browser's work is compared; what our page
costs the server is said beside it. Each is opened by a browser that has started and shown another
page, as a reader's has; the ratio in a browser just started, whose fonts and processes come on top,
is said too. Ready is when all rows are in the document, the window has been drawn and scripts have
run: boxes out of sight are laid out when scrolled to, as vis-timeline makes its bars, while
TimelineJS and frappe-gantt draw all at once. Above 300 rows our links become one stop of the Tab
key at the first focus, after that. The libraries come from npm into a folder that is deleted.
"""

import functools
import http.server
import math
import os
import shutil
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ClassVar, NamedTuple

from playwright.sync_api import TimeoutError as NotReady
from playwright.sync_api import sync_playwright

from tests.bench.fresh import ROOT, Bench, Case
from tests.bench.library_pages import LIBRARIES, PACKAGES, library_page
from tests.bench.report import Line, show

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LONGEST_S = 60
STARTED_AFTER_MS = 2_500  # until then the browser's own start keeps both cores of a machine busy
# Looked for when a frame begins: that frame draws what is there, so the next one finds it drawn.
# Said on the console: waiting for a value would put a script of the tool's into the page.
READY = """
if (location.protocol !== "about:") (function look() {
    const isReady = document.readyState === "complete" && (%s);
    requestAnimationFrame(isReady ? () => console.log(`ready ${performance.now()}`) : look);
})();
"""
PAGE_BEFORE = '<!doctype html><html lang="ja"><meta charset="utf-8"><title>前</title><p>前のページ'
OURS_IS_READY = "document.querySelectorAll('tr.row-program').length >= %d"
SCROLL = """
async () => {
    const box = [...document.querySelectorAll(".timeline-scroll"), document.scrollingElement]
        .find(each => each.scrollHeight > each.clientHeight + 1_000);
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    const started = performance.now();
    let frames = 0;
    while (performance.now() - started < 3_000) {
        box.scrollBy({top: 120, behavior: "instant"});
        await frame();
        frames += 1;
    }
    return frames / (performance.now() - started) * 1_000;
}
"""

# Our page must be ready so many times sooner than each library's, for 1,000 programmes.
GOALS = {"vis-timeline": 10, "TimelineJS": 15, "frappe-gantt": 5}


class Ready(NamedTuple):
    """When a page was ready (infinite: not in time), what its main thread took until then, and
    how many frames a second it scrolled.

    On a busy machine the first is the machine's as much as the page's, the second is not.
    """

    after_s: float
    cpu_s: float = 0
    fps: float = 0


def measure(runner: Bench) -> None:
    title = "timeline in Chromium, 20 fiscal years"
    missing = [name for name in ("npm", CHROMIUM) if not shutil.which(name)]
    if missing:
        show(title, [Line(f"not measured: {', '.join(missing)} not found", "")])
        return
    with tempfile.TemporaryDirectory(prefix="stipolicy-pages-") as name:
        folder = Path(name)
        if reason := _installed(folder):
            show(title, [Line(f"libraries not measured: {reason}", "")])
            return
        shutil.copytree(ROOT / "stipolicy" / "static", folder / "static")
        (folder / "before.html").write_text(PAGE_BEFORE)
        with _served(folder) as address, _browser() as ready:
            show(f"{title}, 1,000 rows", _thousand(runner, folder, address, ready))
            show(f"{title}, 10,000 rows", _ten_thousand(runner, folder, address, ready))


def _installed(folder: Path) -> str:
    """Install the libraries; return why they are not."""
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        return "npm took more than 120 s"
    return done.stderr.strip()[-200:] if done.returncode else ""


def _our_page(runner: Bench, folder: Path, rows: int) -> float:
    """Write our page and return the CPU seconds that the server needs for it."""
    made = runner.run_once(Case("figures.page", rows, f"drawn_{rows}"))
    (folder / f"ours-{rows}.html").write_text(made["html"])
    return made["cpu_s"]


def _thousand(runner: Bench, folder: Path, address: str, ready: Callable) -> list[Line]:
    server_s = _our_page(runner, folder, 1_000)
    pages = {"ours-1000": OURS_IS_READY % 1_000}
    for name, page in LIBRARIES.items():
        (folder / f"{name}.html").write_text(library_page(name, 1_000))
        pages[name] = page.is_ready
    found = _in_turn(ready, address, pages, 9)
    just_started = _in_turn(ready, address, pages, 3, is_started=False)
    ours, ours_at_first = (_median(each.pop("ours-1000")) for each in (found, just_started))
    lines = _our_lines(ours, server_s)
    lines.append(Line("  in a browser just started", f"{ours_at_first.after_s:.2f} s"))
    for name, theirs in found.items():
        lines += _sooner(name, _median(theirs), ours, server_s, GOALS[name])
        ratio = _median(just_started[name]).after_s / ours_at_first.after_s
        lines.append(Line("  in a browser just started", f"{ratio:.1f}"))
    return lines


def _in_turn(
    ready: Callable, address: str, pages: dict[str, str], times: int, **how
) -> dict[str, list[Ready]]:
    """Open the pages one after the other, then backwards, and so on."""
    found: dict[str, list[Ready]] = {name: [] for name in pages}
    for number in range(times):
        for name, is_ready in list(pages.items()) if number % 2 == 0 else reversed(pages.items()):
            if all(math.isfinite(each.after_s) for each in found[name]):
                found[name].append(ready(address, f"{name}.html", is_ready, **how))
    return found


def _our_lines(ours: Ready, server_s: float) -> list[Line]:
    return [
        Line("our page is ready after", f"{ours.after_s:.3f} s ({ours.cpu_s:.3f} CPU s)"),
        Line("  the server's part of it", f"{server_s:.3f} CPU s"),
    ]


def _ten_thousand(runner: Bench, folder: Path, address: str, ready: Callable) -> list[Line]:
    server_s = _our_page(runner, folder, 10_000)
    (folder / "frappe-10000.html").write_text(library_page("frappe-gantt", 10_000))
    is_ready = OURS_IS_READY % 10_000
    ours = _median([ready(address, "ours-10000.html", is_ready, scroll=True) for _time in range(3)])
    theirs = ready(address, "frappe-10000.html", LIBRARIES["frappe-gantt"].is_ready)
    return [
        *_our_lines(ours, server_s),
        *_sooner("frappe-gantt", theirs, ours, server_s, 20),
        Line("frames a second while scrolling", f"{ours.fps:.0f}", ">= 45", ours.fps >= 45),
    ]


def _sooner(name: str, theirs: Ready, ours: Ready, server_s: float, goal: float) -> list[Line]:
    is_late = math.isinf(theirs.after_s)
    after_s = min(theirs.after_s, LONGEST_S)
    ratio = after_s / ours.after_s
    shown = f"{ratio:.1f} ({after_s:.2f} s)"
    is_met: bool | None = ratio >= goal
    if is_late:
        shown = f"> {ratio:.0f} (not ready in {LONGEST_S} s)"
        is_met = is_met or None
    lines = [
        Line(f"sooner than {name}", shown, f">= {goal:g}", is_met),
        Line("  with our server's part", f"{after_s / (ours.after_s + server_s):.1f}"),
    ]
    if not is_late:
        cpu = f"{theirs.cpu_s / ours.cpu_s:.1f} ({theirs.cpu_s:.2f} CPU s)"
        lines.append(Line("  by the page's own CPU time", cpu))
    return lines


def _median(found: list[Ready]) -> Ready:
    return Ready(*(statistics.median(values) for values in zip(*found, strict=True)))


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        extensions_map: ClassVar = {
            **http.server.SimpleHTTPRequestHandler.extensions_map,
            ".html": "text/html; charset=utf-8",
        }

        def log_message(self, *_arguments) -> None:
            pass

        def copyfile(self, source, outputfile) -> None:
            """A browser that is closed at the time limit takes no more."""
            with suppress(ConnectionError):
                super().copyfile(source, outputfile)

    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def _browser() -> Iterator[Callable]:
    """Yield ready(address, page, is_ready, is_started=True, scroll=False) → Ready."""
    with sync_playwright() as playwright:
        options = [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ]

        def ready(
            address: str, name: str, is_ready: str, *, is_started: bool = True, scroll: bool = False
        ) -> Ready:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
            try:
                page = browser.new_page(viewport={"width": 1280, "height": 800})
                if is_started:
                    page.goto(f"{address}/before.html")
                    page.wait_for_timeout(STARTED_AFTER_MS)
                clock = page.context.new_cdp_session(page)
                clock.send("Performance.enable", {"timeDomain": "threadTicks"})
                page.add_init_script(READY % is_ready)
                says_ready = page.expect_console_message(
                    lambda message: message.text.startswith("ready "), timeout=LONGEST_S * 1_000
                )
                with says_ready as said:
                    page.goto(f"{address}/{name}", wait_until="commit")
                metrics = clock.send("Performance.getMetrics")["metrics"]
                cpu_s = next(each["value"] for each in metrics if each["name"] == "TaskDuration")
                after_s = float(said.value.text.removeprefix("ready ")) / 1_000
                return Ready(after_s, cpu_s, page.evaluate(SCROLL) if scroll else 0)
            except NotReady:
                return Ready(math.inf)
            finally:
                browser.close()

        yield ready
