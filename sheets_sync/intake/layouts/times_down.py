"""The times down the side of a week grid: "9:00-9:30", starts and ends, starts lasting until the next, or
periods ("Period 3", "Study hall") whose times the bell schedule has.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from itertools import pairwise

from sheets_sync.intake.bell_schedule import Bells
from sheets_sync.intake.cells import is_blank, shown
from sheets_sync.intake.clock import RANGE, read_time, read_time_range, time_range
from sheets_sync.intake.layouts.listed import cell_at, not_read
from sheets_sync.intake.layouts.periods_down import Periods, find_periods, rung
from sheets_sync.intake.layouts.side import Side, Slot, is_session
from sheets_sync.intake.periods import period_key
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity, a1

LONGEST_SLOT = 180
"""A row of times is not longer than three hours."""
LONGEST_UNASKED = 60
"""A start alone is asked about, once, where it would last longer than this."""
LONGEST_UNTIL_THE_NEXT = 90
"""A start alone that is further from the next one does not say when it ends."""
DAY = 24 * 60
_IS_CLOCK = lazy_regex(r"\d\s*[:.]\s*\d\d|\d\s*[ap]\.?m", re.IGNORECASE)
"""A bare number is no time: it may be that of a period."""
_REMEDY = 'Write the time like "9:00-9:30", each row after the one above.'

Times = dict[int, tuple[int, int | None]]
"""Row -> start and end, in minutes after midnight; None where it says no end."""


@dataclass(frozen=True)
class SlotsFound:
    """`slots` by row; `periods` tells whether all that stands on the side are periods without a time."""

    slots: tuple[Slot, ...]
    problems: tuple[Problem, ...]
    periods: bool = False


def find_slots(sheet: Sheet, side: Side, bells: Bells) -> SlotsFound | None:
    """Return the rows that have a time, and what is wrong with others: no time that can be read, a period
    that the bell schedule lacks, times that go backwards or overlap, starts whose end is not told. None where
    no column has any time or period.

    Of two columns of times the first holds the starts, the second the ends.
    """
    below = range(side.first_row, side.last_row + 1)
    periods = find_periods(sheet, side, below, bells)
    columns = {
        at: read
        for at in side.columns
        if (read := _column(sheet, (row for row in below if _is_no_period(periods, row, at)), at))
    }
    if not columns and not periods:
        return None
    times: Times = {}
    column = next(iter(columns), next((said.column for said in periods.values()), 0))
    if columns:
        (column, times), *others = columns.items()
        for _, ends in others[:1]:
            times = {row: (start, _paired(end, ends.get(row))) for row, (start, end) in times.items()}
    times = {
        row: (start, _or_after(start, end, side.lengths.get(row))) for row, (start, end) in times.items()
    }
    timed, problems = _slots(sheet, column, times, side.headings)
    by_bells, unknown = rung(sheet, side, {row: at for row, at in periods.items() if row not in times}, bells)
    below_it = _merged_times(side, (*timed, *by_bells.values()))
    said = {*times, *by_bells, *unknown, *side.headings, *(slot.row for slot in below_it)}
    problems += [*unknown.values(), *_without_a_time(sheet, side, column, said)]
    slots = tuple(sorted((*timed, *by_bells.values(), *below_it), key=lambda slot: slot.row))
    return SlotsFound(slots, tuple(problems), not times and not by_bells)


def _is_no_period(periods: Mapping[int, Periods], row: int, column: int) -> bool:
    """Tell whether a cell is none of several periods on end: "2-3" is read as a time too."""
    said = periods.get(row)
    return said is None or said.column != column or said.first == said.last


def _paired(end: int | None, beside: tuple[int, int | None] | None) -> int | None:
    return beside[0] if end is None and beside is not None else end


def _or_after(start: int, end: int | None, length: int | None) -> int | None:
    return start + length if end is None and length is not None else end


def _column(sheet: Sheet, below: Iterable[int], column: int) -> Times:
    return {row: found for row in below if (found := clock_of(cell_at(sheet, row, column)))}


def clock_of(cell: CellValue) -> tuple[int, int | None] | None:
    """Return start and end of a cell of times, None for an end that it does not say; None for any other."""
    if isinstance(cell, str):
        both = read_time_range(cell).value or _time_of_a_period(cell)
        start = read_time(cell).value if _IS_CLOCK.search(cell) else None
        return both or (None if start is None else (start, None))
    is_clock = isinstance(cell, time | datetime) or (isinstance(cell, float) and 0 < cell < 1)
    start = read_time(cell).value if is_clock else None
    return None if start is None else (start, None)


def _time_of_a_period(cell: str) -> tuple[int, int] | None:
    """Return the time in "Period 3 (9:45-10:30)": a period, and nothing else beside it."""
    typed = plain(cell) if len(cell) <= LONGEST else ""
    found = list(RANGE.finditer(typed)) if _IS_CLOCK.search(typed) else []
    if len(found) != 1:
        return None
    rest = (typed[: found[0].start()] + " " + typed[found[0].end() :]).strip(" ()[]-,:;")
    return time_range(found[0]).value if period_key(rest) else None


def _slots(
    sheet: Sheet, column: int, times: Times, headings: Sequence[int]
) -> tuple[list[Slot], list[Problem]]:
    slots: list[Slot] = []
    problems: list[Problem] = []
    runs = _runs(times, headings)
    usual = _usual([b[0] - a[0] for run in runs for a, b in pairwise(run.values())])
    for run in runs:
        read, wrong = _of_run(sheet, column, run, usual)
        slots += read
        problems += wrong
    return slots, problems


def _runs(times: Times, headings: Sequence[int]) -> list[Times]:
    """Part the times at headings below which they begin anew."""
    parts: dict[int, Times] = {}
    for row, said in times.items():
        parts.setdefault(bisect(headings, row), {})[row] = said
    runs: list[Times] = []
    for part in parts.values():
        first = next(iter(part.values()))[0]
        start, end = next(reversed(runs[-1].values())) if runs else (DAY, None)
        if first <= start or (end is not None and first < end):
            runs.append(part)
        else:
            runs[-1] |= part
    return runs


def _of_run(sheet: Sheet, column: int, times: Times, usual: int) -> tuple[list[Slot], list[Problem]]:
    slots: list[Slot] = []
    problems: list[Problem] = []
    starts = [start for start, _ in times.values()]
    following = dict(zip(times, [*starts[1:], starts[-1] + usual if starts else 0], strict=False))
    above = dict(zip(times, [-1, *starts], strict=False))
    for row, (start, end) in times.items():
        ends = following[row] if end is None else end
        longest = LONGEST_SLOT if end is not None else min(LONGEST_UNTIL_THE_NEXT, 2 * usual or DAY)
        before = slots[-1] if slots else None
        if (before and start < before.end) or (end is None and start <= above[row]):
            what = "lies before" if start < above[row] else "begins before the end of"
            problem = f"This time {what} the one above it: the sessions beside it are not read."
            problems.append(not_read(sheet, row, column, problem, _REMEDY))
        elif not 0 < ends - start <= longest or ends >= DAY:
            problem = "When this time ends cannot be told: the sessions beside it are not read."
            problems.append(not_read(sheet, row, column, problem, _REMEDY))
        else:
            slots.append(Slot(row, column, start, ends))
            asked = any(one.severity == Severity.QUESTION for one in problems)
            longer = 0 < usual < ends - start or (not asked and ends - start > LONGEST_UNASKED)
            if end is None and longer:
                problems.append(_until_the_next(sheet, row, column, ends - start))
    return slots, problems


def _until_the_next(sheet: Sheet, row: int, column: int, minutes: int) -> Problem:
    problem = f"This time is taken to last until the next one: {minutes} minutes."
    stands = shown(cell_at(sheet, row, column))
    return Problem(Severity.QUESTION, sheet.name, a1(row, column), stands, problem, _REMEDY)


def _usual(steps: list[int]) -> int:
    """Return by how much starts usually follow one another, 0 where less than half do, or one alone where
    others go backwards: then the last one does not say when it ends."""
    forward = [step for step in steps if 0 < step <= LONGEST_UNTIL_THE_NEXT]
    if not forward:
        return 0
    (step, often), *_ = Counter(forward).most_common(1)
    goes_back = any(step <= 0 for step in steps)
    return step if 2 * often >= len(forward) and (often > 1 or not goes_back) else 0


def _merged_times(side: Side, slots: Iterable[Slot]) -> list[Slot]:
    """Return the further rows over which the cell of a time is merged: what stands there is at that time."""
    bottoms = {(top, left): bottom for top, left, bottom, _ in side.merged}
    return [
        replace(slot, row=row)
        for slot in slots
        for row in range(slot.row + 1, min(bottoms.get((slot.row, slot.column), 0), side.last_row) + 1)
    ]


def _without_a_time(sheet: Sheet, side: Side, column: int, said: set[int]) -> list[Problem]:
    """Report the rows in which something stands below a day, and no time beside it."""
    found = []
    for row in range(side.first_row, side.last_row + 1):
        if row in said:
            continue
        beside = [place for place in side.places if is_session(cell_at(sheet, row, place))]
        if beside:
            blank = is_blank(cell_at(sheet, row, column))
            problem = "No time stands beside this" if blank else "This is no time"
            where = beside[0] if blank else column
            wrong = f"{problem}: the sessions of this row are not read."
            found.append(not_read(sheet, row, where, wrong, _REMEDY))
    return found
