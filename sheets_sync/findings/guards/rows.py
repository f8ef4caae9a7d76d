"""The rows of a tab as numbers, to be compared with those of the last trusted run."""

from __future__ import annotations

import zlib
from collections.abc import Collection

import numpy as np
import numpy.typing as npt

from sheets_sync.guarded import SeenColumn, SeenTab
from sheets_sync.intake.seen import MARK

Marks = npt.NDArray[np.uint16]
Numbers = npt.NDArray[np.uint64]


def marks_of(column: SeenColumn) -> Marks:
    """Return the mark of each row's cell."""
    return np.frombuffer(column.marks, dtype=MARK)


def shared_columns(one: SeenTab, other: SeenTab) -> list[str]:
    """Return the columns that both have, in one order."""
    return sorted({column.name for column in one.columns} & {column.name for column in other.columns})


def row_numbers(tab: SeenTab, columns: Collection[str]) -> Numbers:
    """Return a number for each row: rows that are alike in these columns have the same."""
    numbers = np.zeros(tab.rows, dtype=np.uint64)
    for name in columns:
        column = tab.column(name)
        if column is not None:
            odd = np.uint64(2 * zlib.crc32(name.encode()) + 1)
            mixed = (marks_of(column).astype(np.uint64) + np.uint64(1)) * odd * np.uint64(0x9E3779B97F4A7C15)
            numbers = (numbers ^ (mixed >> np.uint64(29)) ^ mixed) * np.uint64(0xBF58476D1CE4E5B9)
    return numbers


def new_rows(now: SeenTab, before: SeenTab | None, but: Collection[str] = ()) -> set[int]:
    """Return the rows of the sheet that were not there as they are, wherever they stood.

    What stands in the columns `but` makes no row another.
    """
    if before is None:
        return set(now.numbers)
    columns = [name for name in shared_columns(now, before) if name not in but]
    fresh = ~np.isin(row_numbers(now, columns), row_numbers(before, columns))
    return set(np.array(now.numbers, dtype=np.int64)[fresh].tolist())


def lost_rows(now: SeenTab, before: SeenTab) -> int:
    """Return how many rows are there no more as they were."""
    columns = shared_columns(now, before)
    return int((~np.isin(row_numbers(before, columns), row_numbers(now, columns))).sum())
