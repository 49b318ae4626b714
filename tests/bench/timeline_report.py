"""The figure on the server, in milliseconds of CPU."""

from tests.bench.fresh import Bench, Case
from tests.bench.report import Line, bounded, show


def measure(runner: Bench) -> None:
    chapter, blocks = runner.run(
        [Case("timelines.chapter_figure", 34), Case("timelines.program_blocks", 1_000)]
    )
    show(
        "timeline, drawn and written as HTML",
        [
            bounded("34 rows x 7 years", chapter["ours_ms"], 3, "ms"),
            Line("  by a Django template", f"{chapter['template_ms']:.3g} ms"),
            bounded("1,000 rows x 20 years", blocks["ours_ms"], 40, "ms"),
            Line("  by a Django template", f"{blocks['template_ms']:.3g} ms"),
        ],
    )
