"""`python -m tests.bench [import] [export] [timeline] [browser] [cost]`: ours beside others.

All in one run. Figures are CPU seconds, each case in a fresh process, in turn, medians; what
matters is the ratio. Nothing is asserted: a busy machine is no fault of the code.
"""

import sys
import time

from tests.bench import browser_report, cost_report, export_report, import_report, timeline_report
from tests.bench.fresh import bench

PARTS = {
    "timeline": timeline_report.measure,
    "export": export_report.measure,
    "import": import_report.measure,
    "browser": browser_report.measure,
    "cost": cost_report.measure,
}


def main() -> int:
    chosen = sys.argv[1:] or list(PARTS)
    unknown = set(chosen) - set(PARTS)
    if unknown:
        print(f"BENCH: {', '.join(PARTS)}", file=sys.stderr)
        return 2
    started = time.monotonic()
    with bench() as runner:
        for part in chosen:
            PARTS[part](runner)
    print(f"\n{time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
