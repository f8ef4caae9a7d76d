"""The times down the side of a week grid: "9:00-9:30", or starts alone, each lasting until the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sheets_sync.intake.cells import is_blank, shown, text_of
from sheets_sync.intake.clock import read_time, read_time_range
from sheets_sync.intake.layouts.days_across import DaysAcross
from sheets_sync.ports import CellValue, ErrorValue, Sheet
from sheets_sync.problems import Problem, Severity, a1

LONGEST_SLOT = 180
"""A start alone that is further from the next one than three hours does not say when it ends."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One row of times: `start` and `end` are minutes after midnight."""

    row: int
    column: int
    start: int
    end: int


def find_slots(sheet: Sheet, days: DaysAcross) -> tuple[tuple[Slot, ...], tuple[Problem, ...]] | None:
    """Return the rows that have a time, and what is wrong with others: times that cannot be read (a bell
    period needs a bell schedule), go backwards or overlap. None where no column left of the days has times.
    """
    below = range(days.row + 1, len(sheet.rows) + 1)
    for column in range(days.first):
        read = {row: found for row in below if (found := _time(sheet, row, column))}
        if read:
            return _slots(sheet, days, column, read)
    return None


def _time(sheet: Sheet, row: int, column: int) -> tuple[int, int | None] | None:
    cells = sheet.rows[row - 1]
    cell: CellValue = cells[column] if column < len(cells) else None
    if cell is None or isinstance(cell, ErrorValue | bool):
        return None
    if isinstance(cell, str) and (both := read_time_range(cell).value):
        return both
    start = read_time(cell).value
    return None if start is None else (start, None)


def _slots(
    sheet: Sheet, days: DaysAcross, column: int, read: dict[int, tuple[int, int | None]]
) -> tuple[tuple[Slot, ...], tuple[Problem, ...]]:
    slots: list[Slot] = []
    problems = _unread(sheet, days, column, read)
    rows = list(read)
    lengths = [b - a for a, b in _starts(list(read.values())) if 0 < b - a <= LONGEST_SLOT]
    for at, row in enumerate(rows):
        start, end = read[row]
        following = read[rows[at + 1]][0] if at + 1 < len(rows) else None
        if end is None:
            usual = min(lengths) if lengths else 0
            end = following if following is not None else start + usual
        before = slots[-1] if slots else None
        if before and start < before.end:
            what = "lies before" if start < before.start else "begins before the end of"
            problem = f"This time {what} the one above it: the sessions beside it are not read."
            problems.append(_wrong(sheet, row, column, problem))
        elif not 0 < end - start <= LONGEST_SLOT:
            problems.append(_wrong(sheet, row, column, "When this time ends cannot be told."))
        else:
            slots.append(Slot(row, column, start, end))
    return tuple(slots), tuple(problems)


def _starts(read: Sequence[tuple[int, int | None]]) -> list[tuple[int, int]]:
    starts = [start for start, _ in read]
    return list(pairwise(starts))


def _unread(
    sheet: Sheet, days: DaysAcross, column: int, read: dict[int, tuple[int, int | None]]
) -> list[Problem]:
    """Report rows in which sessions may stand and whose time is none."""
    found = []
    for row in range(days.row + 1, len(sheet.rows) + 1):
        cells = sheet.rows[row - 1]
        beside = any(place < len(cells) and not is_blank(cells[place]) for place in days.days)
        stands = column < len(cells) and not is_blank(cells[column])
        if row not in read and stands and beside:
            found.append(_wrong(sheet, row, column, "This is no time: the sessions beside it are not read."))
    return found


def _wrong(sheet: Sheet, row: int, column: int, problem: str) -> Problem:
    remedy = 'Write the time like "9:00-9:30", each row after the one above.'
    cell = sheet.rows[row - 1][column]
    return Problem(Severity.ERROR, sheet.name, a1(row, column), shown(text_of(cell)), problem, remedy)
