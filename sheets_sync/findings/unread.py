"""Rows of the sheets that cannot be read tonight: what stood there is unknown, neither gone nor changed."""

from __future__ import annotations

import re

import pandas as pd

from sheets_sync.problems import Severity
from sheets_sync.tables import Tables

CELL = re.compile(r"[A-Z]+([0-9]+)")


def unread_rows(tables: Tables, canonical: str, table: pd.DataFrame) -> frozenset[int]:
    """Return the rows of a tab that something kept from being read; `table` is what was read of it.

    These are the rows of the errors; and, as one error may stand for the same cause in many rows, all rows
    of the sheet of which nothing was read, where there is any error at all.
    """
    tab = tables.tab(canonical)
    errors = [one for one in tables.problems if one.tab == tab and one.severity is Severity.ERROR]
    if not errors:
        return frozenset()
    named = (CELL.fullmatch(problem.cell) for problem in errors)
    numbers = next((seen.numbers for seen in tables.seen if seen.tab == canonical), ())
    return frozenset(int(cell[1]) for cell in named if cell) | (frozenset(numbers) - set(table["row"]))
