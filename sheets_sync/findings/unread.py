"""Rows of the sheets that cannot be read tonight: what stood there is unknown, neither gone nor changed."""

from __future__ import annotations

import re

from sheets_sync.problems import Severity
from sheets_sync.tables import Tables

CELL = re.compile(r"[A-Z]+([0-9]+)")


def unread_rows(tables: Tables, canonical: str) -> frozenset[int]:
    """Return the rows of a tab with something that kept them from being read."""
    tab = tables.tab(canonical)
    found = (
        CELL.fullmatch(problem.cell)
        for problem in tables.problems
        if problem.tab == tab and problem.severity is Severity.ERROR
    )
    return frozenset(int(cell[1]) for cell in found if cell)
