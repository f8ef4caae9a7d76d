"""The times down the side of a week grid: "9:00-9:30", starts and ends, starts lasting until the next, or
periods ("Period 3", "Study hall") whose times the bell schedule has.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from itertools import pairwise

from sheets_sync.intake.bell_schedule import Area, Bells
from sheets_sync.intake.cells import is_blank, shown, text_of
from sheets_sync.intake.clock import RANGE, read_time, read_time_range, time_range
from sheets_sync.intake.layouts.listed import cell_at, not_read
from sheets_sync.intake.layouts.no_session import is_no_session
from sheets_sync.intake.periods import kind_of_header, period_key
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity, a1

LONGEST_SLOT = 180
"""A row of times is not longer than three hours."""
LONGEST_UNASKED = 60
"""A start alone is asked about, once, where it would last longer than this."""
LONGEST_UNTIL_THE_NEXT = 90
"""A start alone that is further from the next one does not say when it ends."""
_FEWEST_COUNTED = 4
DAY = 24 * 60
_IS_CLOCK = re.compile(r"\d\s*[:.]\s*\d\d|\d\s*[ap]\.?m", re.IGNORECASE)
"""A bare number is no time: it may be that of a period."""
_REMEDY = 'Write the time like "9:00-9:30", each row after the one above.'

Times = dict[int, tuple[int, int | None]]
"""Row -> start and end, in minutes after midnight; None where it says no end."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One row of times: `start` and `end` are minutes after midnight.

    `of_days`, of a period alone, are those of each day on which it is ("Mon", "D1").
    """

    row: int
    column: int
    start: int
    end: int
    of_days: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def on(self, day: str) -> tuple[int, int] | None:
        """Return start and end on a day, None where the period is not on that day."""
        return self.of_days.get(day) if self.of_days else (self.start, self.end)


@dataclass(frozen=True)
class Side:
    """Where the times of a table stand: in the rows `first_row` to `last_row`, in one of `columns`.

    `places` are the columns of its sessions, `days` what days stand over them; `merged` are merged ranges.
    `headings` are rows between the times, from which on they may begin anew; `lengths` are the minutes that
    a column beside the times says of a row.
    """

    first_row: int
    last_row: int
    columns: range
    places: tuple[int, ...]
    days: tuple[str, ...]
    merged: Sequence[Area] = ()
    headings: tuple[int, ...] = ()
    lengths: Mapping[int, int] = field(default_factory=dict)


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
    columns = {at: read for at in side.columns if (read := _column(sheet, below, at))}
    periods = _periods(sheet, side, below)
    if not columns and not periods:
        return None
    times: Times = {}
    column = next(iter(columns), next(iter(periods.values()), 0))
    if columns:
        (column, times), *others = columns.items()
        for _, ends in others[:1]:
            times = {row: (start, _paired(end, ends.get(row))) for row, (start, end) in times.items()}
    times = {
        row: (start, _or_after(start, end, side.lengths.get(row))) for row, (start, end) in times.items()
    }
    timed, problems = _slots(sheet, column, times, side.headings)
    rung, unknown = _rung(sheet, side, {row: at for row, at in periods.items() if row not in times}, bells)
    below_it = _merged_times(side, (*timed, *rung.values()))
    said = {*times, *rung, *unknown, *side.headings, *(slot.row for slot in below_it)}
    problems += [*unknown.values(), *_without_a_time(sheet, side, column, said)]
    slots = tuple(sorted((*timed, *rung.values(), *below_it), key=lambda slot: slot.row))
    return SlotsFound(slots, tuple(problems), not times and not rung)


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


def _periods(sheet: Sheet, side: Side, below: Iterable[int]) -> dict[int, int]:
    """Return row -> column of the periods on the side: bare numbers only below a header that says so."""
    found: dict[int, int] = {}
    for column in side.columns:
        kind = kind_of_header(text_of(cell_at(sheet, side.first_row - 1, column)))
        kind = kind or kind_of_header(text_of(cell_at(sheet, max(side.first_row - 2, 1), column)))
        kind = kind or _counted(sheet, side, column)
        for row in below:
            typed = text_of(cell_at(sheet, row, column))
            key = period_key(typed)
            if key is not None and (kind or not key.isdigit()):
                found.setdefault(row, column)
    return found


def _counted(sheet: Sheet, side: Side, column: int) -> str:
    """Return "?" where numbers without a header count from 0 or 1 on: periods, and no hours of the day."""
    header = cell_at(sheet, side.first_row - 1, column)
    typed = [text_of(cell_at(sheet, row, column)) for row in range(side.first_row, side.last_row + 1)]
    numbers = [int(text) for text in typed if text.isdecimal() and len(text) < 3]
    counted = numbers[:1] in ([0], [1]) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return "?" if is_blank(header) and counted and len(numbers) >= _FEWEST_COUNTED else ""


def _rung(
    sheet: Sheet, side: Side, periods: Mapping[int, int], bells: Bells
) -> tuple[dict[int, Slot], dict[int, Problem]]:
    """Return the rows of periods whose times the bell schedule has on every day with a session, and what is
    wrong with the others in which something stands."""
    found: dict[int, Slot] = {}
    unknown: dict[int, Problem] = {}
    for row, column in periods.items():
        kind = kind_of_header(text_of(cell_at(sheet, side.first_row - 1, column)))
        key = period_key(text_of(cell_at(sheet, row, column)), kind.strip("?")) or ""
        beside = zip(side.places, side.days, strict=True)
        here = {day for place, day in beside if is_session(cell_at(sheet, row, place))}
        readings = {day: bells.of_key(key, day) for day in dict.fromkeys(side.days)}
        wrong = [reading for day, reading in readings.items() if day in here and reading.value is None]
        of_days = {day: reading.value for day, reading in readings.items() if reading.value}
        if wrong:
            problem = f"{wrong[0].problem} The sessions of this row are not read."
            unknown[row] = not_read(sheet, row, column, problem, wrong[0].remedy)
        elif of_days:
            found[row] = Slot(row, column, *next(iter(of_days.values())), of_days)
    return found, unknown


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


def is_session(cell: CellValue) -> bool:
    """Tell whether a cell below a day may hold a session: more than nothing, or "Lunch"."""
    return not is_blank(cell) and not (isinstance(cell, str) and is_no_session(cell))
