"""Export: how soon it begins, what it costs beside csv.writer over a cursor, what it keeps."""

from .fresh import Bench, Case
from .report import Line, at_most, bounded, show

ROWS = 100_000
FLAT_MB = 20


def measure(runner: Bench) -> None:
    full = f"imported_{ROWS}"
    limit, as_csv, as_xlsx = runner.run(
        [Case(f"exports.{name}", ROWS, full) for name in ("limit", "as_csv", "as_xlsx")]
    )
    lines = []
    for name, taken in (("CSV", as_csv), ("XLSX", as_xlsx)):
        lines += [
            bounded(f"{name}: first byte", taken["first_byte_s"], 0.3, "s"),
            bounded("  memory added", taken["added_mb"], FLAT_MB, "MB"),
        ]
    lines.insert(2, at_most("  / csv.writer over a cursor", as_csv["cpu_s"], limit["cpu_s"], 4))
    lines.append(Line("  / csv.writer over a cursor", f"{as_xlsx['cpu_s'] / limit['cpu_s']:.2f}"))
    show(f"export, {ROWS:,} programmes", lines)
