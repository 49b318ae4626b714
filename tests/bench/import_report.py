"""Import: the engine and its pages beside the least an import must do, and the stock Resource."""

from tests.bench.fresh import Bench, Case
from tests.bench.report import Line, at_least, at_most, bounded, show


def measure(runner: Bench) -> None:
    for size in (10_000, 100_000):
        show(f"import, {size:,} rows, preview + confirm", _lines(runner, size))


def _lines(runner: Bench, size: int) -> list[Line]:
    full = f"imported_{size}"
    limit, engine, pages, limit_again, engine_again = runner.run(
        [
            Case("imports.limit", size),
            Case("imports.engine", size),
            Case("imports.pages", size),
            Case("imports.limit", size, full),
            Case("imports.engine", size, full),
        ]
    )
    allowed = 20 + 2 * size / 5_000
    lines = [
        at_most("new rows / csv.reader + one upsert", engine["cpu_s"], limit["cpu_s"], 6),
        at_most("  through the admin's pages", pages["cpu_s"], limit["cpu_s"], 6),
        at_most("unchanged rows / the same", engine_again["cpu_s"], limit_again["cpu_s"], 3),
        bounded("  writes to the table", engine_again["writes"], 0, ""),
        bounded("queries, new rows", engine["queries"], allowed, ""),
        bounded("  unchanged rows", engine_again["queries"], allowed, ""),
        Line("memory added, new rows", f"{engine['added_mb']:.0f} MB"),
        Line("  unchanged rows", f"{engine_again['added_mb']:.0f} MB"),
    ]
    if size == 10_000:
        (stock,) = runner.run([Case("imports.stock", size)], rounds=1)
        lines.insert(
            2, at_least("stock Resource / the engine, new", engine["cpu_s"], stock["cpu_s"], 50)
        )
        lines.append(Line("  queries of the stock Resource", f"{stock['queries']:,.0f}"))
    return lines
