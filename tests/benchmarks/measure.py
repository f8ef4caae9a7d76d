"""Count a district in this process: `python -m tests.benchmarks.measure product ROWS STUDENTS OUT`.

Prints seconds (best of three), rows a second and peak memory in MB as JSON; the counted lines go to OUT.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from tests.benchmarks.district import make_district, today_of

RUNS = 3


def main(who: str, rows: int, students: int, out: Path) -> None:
    tables = make_district(rows, students)
    today = today_of(tables)
    if who == "product":
        from sheets_sync.ledger import Rules, count

        seconds, lines = best(lambda: count(tables, Rules(), today).lines)
    else:
        from tests.benchmarks.duckdb_count import count_in_sql, load

        times = []
        for _ in range(RUNS):
            base = load(tables, today)
            took, lines = best(lambda base=base: count_in_sql(base), runs=1)
            times.append(took)
            base.close()
        seconds = min(times)
    lines.to_pickle(out)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "rows_a_second": len(tables.log) / seconds, "peak_mb": peak}))


def best(run: Callable[[], pd.DataFrame], runs: int = RUNS) -> tuple[float, pd.DataFrame]:
    """The fastest of some runs, and what it gave; without collecting, as the program itself runs."""
    gc.disable()
    fastest = float("inf")
    for _ in range(runs):
        begun = time.perf_counter()
        lines = run()
        fastest = min(fastest, time.perf_counter() - begun)
    return fastest, lines


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
