"""Says how many rows share a cause, and which."""

from __future__ import annotations

from collections.abc import Iterable

from sheets_sync.problems import a1, is_cell, sheet_row


def in_rows(rows: Iterable[int], most: int = 5) -> str:
    """Say how many rows share a cause, and which where they are at `most` so many: " (2 rows: 7, 9)"."""
    distinct = list(dict.fromkeys(rows))
    if len(distinct) < 2:
        return ""
    what, names = "rows", [str(sheet_row(number)) for number in distinct]
    if is_cell(distinct[0]):
        what, names = "cells", list(map(a1, distinct))
    if len(names) <= most:
        return f" ({len(names)} {what}: {', '.join(names)})"
    return f" ({len(names)} {what}, the last is {names[-1]})"
