"""Counting alone at district size, beside the same question in DuckDB: each in its own process, one thread.

pytest -m benchmarks -s tests/benchmarks/test_counting_speed.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from sheets_sync.ledger import ACCOUNTS

ROOT = Path(__file__).parents[2]
ROWS, STUDENTS = 1_000_000, 8_000
MEMORY_MB = 1024
FIGURES = ["required", *ACCOUNTS, "extra"]

pytestmark = pytest.mark.benchmarks


def measured(who: str, out: Path) -> dict[str, float]:
    """Run measure.py and return what it printed."""
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    command = [sys.executable, "-m", "tests.benchmarks.measure", who, str(ROWS), str(STUDENTS), str(out)]
    run = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **single}, capture_output=True, text=True, check=True
    )
    found: dict[str, float] = json.loads(run.stdout)
    print(
        f"\n{who}: {found['seconds']:.2f} s, {found['rows_a_second']:,.0f} rows/s, {found['peak_mb']:.0f} MB"
    )
    return found


def test_counting_beside_duckdb(tmp_path: Path) -> None:
    """Both agree to the minute on the plain lines, and the ledger is faster, in less than 1 GB."""
    product = measured("product", tmp_path / "product.pkl")
    duckdb = measured("duckdb", tmp_path / "duckdb.pkl")
    print(f"ratio: {duckdb['seconds'] / product['seconds']:.1f} times as fast as DuckDB on one thread")
    lines = pd.read_pickle(tmp_path / "product.pkl").reset_index(drop=True)
    in_sql = pd.read_pickle(tmp_path / "duckdb.pkl").set_index("line")
    plain = (in_sql["makeups"] <= 1) & ~lines.duplicated(["student", "service"], keep=False)
    assert plain.mean() > 0.8
    differ = lines.loc[plain, FIGURES].astype("int64") != in_sql.loc[plain, FIGURES].astype("int64")
    assert not differ.any(axis=None)
    assert product["peak_mb"] < MEMORY_MB
    assert product["seconds"] < duckdb["seconds"]
