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


def cell_numbers(tab: SeenTab, name: str) -> Numbers:
    """Return a number for each row's cell in a column; those of a row add up to the number of the row."""
    column = tab.column(name)
    if column is None:
        return np.zeros(tab.rows, dtype=np.uint64)
    seed = np.uint64(zlib.crc32(name.encode()) << 17)
    return _mixed(marks_of(column).astype(np.uint64) + seed)


def row_numbers(tab: SeenTab, columns: Collection[str]) -> Numbers:
    """Return a number for each row: rows that are alike in these columns have the same."""
    numbers = np.zeros(tab.rows, dtype=np.uint64)
    for name in columns:
        numbers += cell_numbers(tab, name)
    return numbers


def told_apart(numbers: Numbers) -> Numbers:
    """Return a number for each row, its own: of rows that are alike, one for the first, the second ..."""
    order = np.argsort(numbers, kind="stable")
    in_order = numbers[order]
    begins = np.flatnonzero(np.r_[True, in_order[1:] != in_order[:-1]]) if len(numbers) else order
    turns = np.empty(len(numbers), dtype=np.uint64)
    turns[order] = np.arange(len(numbers)) - np.repeat(begins, np.diff(np.r_[begins, len(numbers)]))
    return _mixed(numbers + turns)


def new_rows(now: SeenTab, before: SeenTab | None, but: Collection[str] = ()) -> set[int]:
    """Return the rows of the sheet that were not there as they are, wherever they stood.

    What stands in the columns `but` makes no row another.
    """
    if before is None:
        return set(now.numbers)
    columns = [name for name in shared_columns(now, before) if name not in but]
    fresh = ~np.isin(row_numbers(now, columns), row_numbers(before, columns))
    return set(np.array(now.numbers, dtype=np.int64)[fresh].tolist())


def lost_rows(now: SeenTab, before: SeenTab, by: Collection[str] = ()) -> tuple[int, ...]:
    """Return a number for each row that is there no more as it was; with `by`, as those columns tell it.

    Of three rows that are alike and two that are left, one is lost.
    """
    columns = [name for name in shared_columns(now, before) if not by or name in by]
    there, were = (told_apart(row_numbers(tab, columns)) for tab in (now, before))
    return tuple(np.setdiff1d(were, there).tolist())


def _mixed(numbers: Numbers) -> Numbers:
    """Spread numbers over 64 bits, each to another one (splitmix64)."""
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))
