"""Pages that draw the same programmes with JavaScript libraries, their data inlined.

vis-timeline draws the runs of years with an equal sum, the others one bar a programme, for
frappe-gantt cut to the ten years that it takes: less than our page does. Each has its best
settings: a fixed height and no stacking for vis-timeline, no weekends for frappe-gantt.
"""

import json
from dataclasses import dataclass

from tests.bench import timelines
from tests.bench.timelines import YEARS
from timeline.figure.facts import RowFacts

PACKAGES = ("vis-timeline@8.5.4", "@knight-lab/timelinejs@3.9.11", "frappe-gantt@1.2.2")
FIRST_YEAR = timelines.LAST_YEAR - YEARS + 1


@dataclass(frozen=True)
class LibraryPage:
    """`is_ready` is JavaScript that says whether all that the library draws is there."""

    files: tuple[str, ...]
    script: str
    is_ready: str


LIBRARIES = {
    "vis-timeline": LibraryPage(
        (
            "vis-timeline/styles/vis-timeline-graph2d.min.css",
            "vis-timeline/standalone/umd/vis-timeline-graph2d.min.js",
        ),
        """
        const groups = rows.map((row, i) => ({id: i, content: row.label}));
        const items = rows.flatMap((row, i) => row.runs.map(([from, to, sum]) => ({
            group: i, content: sum, start: `${from}-04-01`, end: `${to + 1}-03-31`
        })));
        new vis.Timeline(box, new vis.DataSet(items), new vis.DataSet(groups), {
            stack: false, height: "700px", verticalScroll: true, zoomKey: "ctrlKey",
            start: `${first}-04-01`, end: `${last + 1}-03-31`
        });
        """,
        "document.querySelectorAll('.vis-item').length > 0",
    ),
    "TimelineJS": LibraryPage(
        ("@knight-lab/timelinejs/dist/css/timeline.css",
         "@knight-lab/timelinejs/dist/js/timeline.js"),
        """
        box.style.height = "700px";
        new TL.Timeline(box, {events: rows.map((row, i) => ({
            unique_id: `row-${i}`, text: {headline: row.label},
            start_date: {year: row.first, month: 4}, end_date: {year: row.last + 1, month: 3}
        }))}, {font: null, ga_measurement_id: null});
        """,
        "document.querySelectorAll('.tl-timemarker').length >= rows.length",
    ),
    "frappe-gantt": LibraryPage(
        ("frappe-gantt/dist/frappe-gantt.css", "frappe-gantt/dist/frappe-gantt.umd.js"),
        """
        const tasks = rows.map((row, i) => ({
            id: `row-${i}`, name: row.label,
            start: `${row.first}-04-01`, end: `${Math.min(row.last, row.first + 8) + 1}-03-31`,
            progress: 0
        }));
        new Gantt(box, tasks, {
            view_mode: "Year", readonly: true, language: "en", holidays: {}, ignore: []
        });
        """,
        "document.querySelectorAll('.bar-wrapper').length >= rows.length",
    ),
}  # fmt: skip


def library_page(name: str, rows: int) -> str:
    page = LIBRARIES[name]
    tags = [
        f'<link rel="stylesheet" href="/node_modules/{file}">'
        if file.endswith(".css")
        else f'<script src="/node_modules/{file}"></script>'
        for file in page.files
    ]
    inlined = [_span(row) for row in timelines.facts(rows, YEARS).rows]
    return f"""<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>{name}</title>
{"".join(tags)}</head><body><div id="box"></div><script>
const rows = {json.dumps(inlined, ensure_ascii=False)};
const box = document.getElementById("box"), first = {FIRST_YEAR}, last = {timelines.LAST_YEAR};
{page.script}
</script></body></html>"""


def _span(row: RowFacts) -> dict:
    first = max(row.start_fiscal_year, FIRST_YEAR)
    runs = []
    for (year, _basis), amount in sorted(row.amounts.items()):
        label = f"{amount.amount_yen // 100_000_000}億円"
        if runs and runs[-1][2] == label:
            runs[-1][1] = year
        else:
            runs.append([year, year, label])
    return {
        "label": row.label_ja,
        "first": first,
        "last": max(first, row.end_fiscal_year or timelines.LAST_YEAR),
        "runs": runs,
    }
