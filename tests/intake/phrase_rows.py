"""The rows of tests/data/phrases: strings read in public forms and exports, each with a careful reading."""

from __future__ import annotations

import csv
from pathlib import Path

PHRASES = Path(__file__).parents[1] / "data" / "phrases"


def rows_of(name: str) -> list[dict[str, str]]:
    """Return the rows of a file as they stand, spaces at the ends of cells kept."""
    with (PHRASES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def named(*names: str) -> dict[str, object]:
    """Return the arguments of a parametrised test: each row of these files, called by its first cell."""
    rows = [row for name in names for row in rows_of(name)]
    return {"argvalues": rows, "ids": [next(iter(row.values())) or "blank" for row in rows]}
