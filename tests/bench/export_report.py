"""Export: how soon it begins, what it costs beside csv.writer over a cursor, what it keeps."""

from tests.bench.fresh import Bench, Case
from tests.bench.report import Line, bounded, show

ROWS = 100_000
FLAT_MB = 20


def measure(runner: Bench) -> None:
    full = f"imported_{ROWS}"
    limit, as_csv, as_xlsx = runner.run(
        [Case(f"exports.{name}", ROWS, full) for name in ("limit", "as_csv", "as_xlsx")]
    )
    lines = []
    for name, taken in (("CSV", as_csv), ("XLSX", as_xlsx)):
        ratio = taken["cpu_s"] / limit["cpu_s"]
        shown = f"{ratio:.2f} ({taken['cpu_s']:.3g} / {limit['cpu_s']:.3g} CPU s)"
        lines += [
            bounded(f"{name}: first byte", taken["first_byte_s"], 0.3, "s"),
            bounded("  memory added", taken["added_mb"], FLAT_MB, "MB"),
            Line("  / csv.writer over a cursor", shown),
        ]
    show(f"export, {ROWS:,} programmes", lines)
