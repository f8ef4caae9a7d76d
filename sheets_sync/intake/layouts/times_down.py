"""The times down the side of a week grid: "9:00-9:30", starts and ends, or starts lasting until the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from itertools import pairwise

from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.clock import read_time, read_time_range
from sheets_sync.intake.layouts.days_across import DaysAcross
from sheets_sync.intake.layouts.listed import cell_at, not_read
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem

LONGEST_SLOT = 180
"""A start alone that is further from the next one than three hours does not say when it ends."""
DAY = 24 * 60
_IS_CLOCK = re.compile(r"\d\s*[:.]\s*\d\d|\d\s*[ap]\.?m", re.IGNORECASE)
"""A bare number is no time: it may be that of a period."""

Times = dict[int, tuple[int, int | None]]
"""Row -> start and end, in minutes after midnight; None where it says no end."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One row of times: `start` and `end` are minutes after midnight."""

    row: int
    column: int
    start: int
    end: int


def find_slots(sheet: Sheet, days: DaysAcross) -> tuple[tuple[Slot, ...], tuple[Problem, ...]] | None:
    """Return the rows that have a time, and what is wrong with others: no time that can be read (a period
    needs a bell schedule), times that go backwards or overlap. None where no column left of the days has any.

    Of two columns of times the first holds the starts, the second the ends.
    """
    below = range(days.row + 1, days.last_row + 1)
    columns = {at: read for at in range(days.first) if (read := _column(sheet, below, at))}
    if not columns:
        return None
    (column, times), *others = columns.items()
    for _, ends in others[:1]:
        times = {row: (start, _paired(end, ends.get(row))) for row, (start, end) in times.items()}
    return _slots(sheet, days, column, times)


def _paired(end: int | None, beside: tuple[int, int | None] | None) -> int | None:
    return beside[0] if end is None and beside is not None else end


def _column(sheet: Sheet, below: Iterable[int], column: int) -> Times:
    return {row: found for row in below if (found := _time(cell_at(sheet, row, column)))}


def _time(cell: CellValue) -> tuple[int, int | None] | None:
    if isinstance(cell, str):
        both = read_time_range(cell).value
        start = read_time(cell).value if _IS_CLOCK.search(cell) else None
        return both or (None if start is None else (start, None))
    is_clock = isinstance(cell, time | datetime) or (isinstance(cell, float) and 0 < cell < 1)
    start = read_time(cell).value if is_clock else None
    return None if start is None else (start, None)


def _slots(
    sheet: Sheet, days: DaysAcross, column: int, times: Mapping[int, tuple[int, int | None]]
) -> tuple[tuple[Slot, ...], tuple[Problem, ...]]:
    slots: list[Slot] = []
    problems = _without_a_time(sheet, days, column, times)
    starts = [start for start, _ in times.values()]
    usual = min((b - a for a, b in pairwise(starts) if 0 < b - a <= LONGEST_SLOT), default=0)
    following = dict(zip(times, [*starts[1:], starts[-1] + usual], strict=True))
    for row, (start, end) in times.items():
        ends = following[row] if end is None else end
        before = slots[-1] if slots else None
        if before and start < before.end:
            what = "lies before" if start < before.start else "begins before the end of"
            problem = f"This time {what} the one above it: the sessions beside it are not read."
            problems.append(_wrong(sheet, row, column, problem))
        elif not 0 < ends - start <= LONGEST_SLOT or ends >= DAY:
            problem = "When this time ends cannot be told: the sessions beside it are not read."
            problems.append(_wrong(sheet, row, column, problem))
        else:
            slots.append(Slot(row, column, start, ends))
    return tuple(slots), tuple(problems)


def _without_a_time(
    sheet: Sheet, days: DaysAcross, column: int, times: Mapping[int, object]
) -> list[Problem]:
    """Report the rows in which something stands below a day, and no time beside it."""
    found = []
    for row in range(days.row + 1, days.last_row + 1):
        beside = [place for place in days.days if not is_blank(cell_at(sheet, row, place))]
        if row not in times and beside:
            blank = is_blank(cell_at(sheet, row, column))
            problem = "No time stands beside this" if blank else "This is no time"
            where = beside[0] if blank else column
            found.append(_wrong(sheet, row, where, f"{problem}: the sessions of this row are not read."))
    return found


def _wrong(sheet: Sheet, row: int, column: int, problem: str) -> Problem:
    return not_read(
        sheet, row, column, problem, 'Write the time like "9:00-9:30", each row after the one above.'
    )
