"""The periods of each frequency (counting.md, "Periods"), as partitions of the days of the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sheets_sync.ledger.calendars import TERM_KINDS, Bools, Ints, SchoolCalendar

ANY_TERM = ("term", "grading_period")
COUNTED_BY_SESSIONS = ("day", "week", "n_weeks", "cycle")
"""The kinds whose number of sessions a period is compared with the schedule."""


@dataclass(frozen=True, eq=False)
class Partition:
    """The periods of one frequency: `start` and `end` (positions, inclusive) and `days`, D of counting.md.
    `last` is the day after which a period has ended: `end`, of a cycle its last open day.

    `of_day` gives the period of each day, -1 where there is none. `next_of` is the first period that ends on
    or after a day, `last_of` the last that starts on or before it (-1: none). `number` is the cycle day of an
    open day, 0 for others. `lacking` are the cycle days that a period has no open day for, as bits.
    """

    start: Ints
    end: Ints
    last: Ints
    days: Ints
    of_day: Ints
    next_of: Ints
    last_of: Ints
    number: Ints
    lacking: Ints


def partition(kind: str, n: int, calendar: SchoolCalendar, *, of_windows: bool = False) -> Partition | None:
    """Return the periods of a frequency; None for a term that the Calendar does not name.

    With `of_windows` a cycle runs through the open days of the ESY windows. `once` and `as_needed` have no
    periods in common: an empty partition.
    """
    if kind in ("day", "week"):
        return _weeks(1, calendar)
    if kind == "n_weeks":
        return _weeks(n, calendar)
    if kind == "month":
        return _months(calendar)
    if kind == "year":
        return _year(calendar)
    if kind == "cycle":
        return _cycle(n, calendar, calendar.esy_open if of_windows else calendar.open)
    if kind in TERM_KINDS:
        spans = term_spans(kind, calendar)
        return _spans(spans, calendar) if spans else None
    return no_periods(calendar)


def no_periods(calendar: SchoolCalendar) -> Partition:
    return _spans((), calendar)


def term_spans(kind: str, calendar: SchoolCalendar) -> tuple[tuple[int, int], ...]:
    """Find the rows that a term stands for; "term" and "grading period" are whichever kind there is,
    the shortest if several, and a semester is two quarters where the Calendar has only these."""
    if calendar.terms.get(kind):
        return calendar.terms[kind]
    if kind in ANY_TERM:
        named = [spans for spans in calendar.terms.values() if spans]
        return min(named, key=lambda spans: sum(b - a + 1 for a, b in spans) / len(spans), default=())
    quarters = calendar.terms.get("quarter", ())
    if kind == "semester" and quarters:
        pairs = [quarters[i : i + 2] for i in range(0, len(quarters), 2)]
        return tuple((pair[0][0], pair[-1][1]) for pair in pairs)
    return ()


def named_terms(calendar: SchoolCalendar) -> tuple[str, ...]:
    return tuple(kind.replace("_", " ") for kind, spans in calendar.terms.items() if spans)


def _spans(spans: tuple[tuple[int, int], ...], calendar: SchoolCalendar) -> Partition:
    start = np.array([a for a, _ in spans], dtype=np.int64)
    end = np.array([b for _, b in spans], dtype=np.int64)
    before = np.concatenate(([0], np.cumsum(calendar.school)))
    days = before[end + 1] - before[start] if len(spans) else np.zeros(0, dtype=np.int64)
    return _partition(start, end, days, calendar.size)


def _partition(
    start: Ints,
    end: Ints,
    days: Ints,
    size: int,
    last: Ints | None = None,
    number: Ints | None = None,
    lacking: Ints | None = None,
) -> Partition:
    of_day = np.full(size, -1, dtype=np.int64)
    for i, (a, b) in enumerate(zip(start.tolist(), end.tolist(), strict=True)):
        of_day[a : b + 1] = i
    every = np.arange(size)
    return Partition(
        start=start,
        end=end,
        last=end if last is None else last,
        days=days.astype(np.int64),
        of_day=of_day,
        next_of=np.searchsorted(end, every, side="left"),
        last_of=np.searchsorted(start, every, side="right") - 1,
        number=np.zeros(size, dtype=np.int64) if number is None else number,
        lacking=np.zeros(len(start), dtype=np.int64) if lacking is None else lacking,
    )


def _weeks(n: int, calendar: SchoolCalendar) -> Partition:
    """Blocks of n weeks, Monday to Sunday, from the week of the first day of school."""
    origin = calendar.first // 7 * 7
    first = origin - origin // (7 * n) * 7 * n
    start = np.arange(first, calendar.size - 7 * n + 1, 7 * n)
    days = np.full(len(start), calendar.school_days_a_week * n)
    return _partition(start, start + 7 * n - 1, days, calendar.size)


def _months(calendar: SchoolCalendar) -> Partition:
    first_of_month = [i for i in range(calendar.size) if calendar.day(i).day == 1]
    return _spans(tuple((a, b - 1) for a, b in pairwise(first_of_month)), calendar)


def _year(calendar: SchoolCalendar) -> Partition:
    """The school year; without a Calendar, or a last day in it, a year from the first day on."""
    first, last = calendar.first, calendar.last
    if last == calendar.size - 1:
        last = min(first + 364, last)
    days = calendar.open_before[last + 1] - calendar.open_before[first]
    return _partition(np.array([first]), np.array([last]), np.array([days]), calendar.size)


def cycle_numbers(n: int, calendar: SchoolCalendar, open_days: Bools) -> Ints:
    """Number the open days 1 to n; a "Cycle day" row sets the number from its date on."""
    number = np.zeros(calendar.size, dtype=np.int64)
    sets = list(calendar.cycle_days)
    current = 0
    for day in np.flatnonzero(open_days).tolist():
        current = current % n + 1
        while sets and sets[0][0] <= day:
            current = (sets.pop(0)[1] - 1) % n + 1
        number[day] = current
    return number


def _cycle(n: int, calendar: SchoolCalendar, open_days: Bools) -> Partition:
    """Blocks of n open days; a block ends where the number does not grow. To the day before the next block.

    Days that a block lacks (the year ends, a "Cycle day" row jumps) count as closed days with their numbers.
    """
    number = cycle_numbers(n, calendar, open_days)
    days = np.flatnonzero(open_days)
    if not len(days):
        return _spans((), calendar)
    begins = np.concatenate(([True], number[days][1:] <= number[days][:-1]))
    start = days[begins]
    block = np.cumsum(begins) - 1
    last_open = np.zeros(len(start), dtype=np.int64)
    last_open[block] = days
    end = np.concatenate((start[1:] - 1, last_open[-1:]))
    lacking = np.full(len(start), (1 << n) - 1)
    np.bitwise_xor.at(lacking, block, 1 << (number[days] - 1))
    return _partition(start, end, np.full(len(start), n), calendar.size, last_open, number, lacking)
