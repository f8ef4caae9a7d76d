"""The lines of the grid as they are counted: active ranges, ESY, full requirement (counting.md, "Words").

A marked line with long dates is counted twice over, as an ordinary line and in the ESY windows as an ESY
line. So one line of the grid has one *strand* or two; figures of a line are the sums of its strands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sheets_sync.ledger.calendars import Bools, Ints, SchoolCalendar, day_numbers
from sheets_sync.ledger.index import Index
from sheets_sync.ledger.periods import Partition, named_terms, no_periods, partition
from sheets_sync.tables import Tables

WEEK = 7


@dataclass(frozen=True, eq=False)
class Lines:
    """One entry a strand: `line` is its row in the grid table; `start` and `end` are positions of its active
    range (inclusive; empty where end < start); `own_start` is the start before the reporting window cut it;
    `exit` is by line, `student_exit` by student; `full` is R of one period; `kind` points into `partitions`;
    `counted` is False for lines that cannot be counted or have no periods."""

    line: Ints
    course: Ints
    student: Ints
    group: Ints
    provider: Ints
    start: Ints
    end: Ints
    own_start: Ints
    own_end: Ints
    esy: Bools
    full: Ints
    minutes: Ints
    kind: Ints
    counted: Bools
    partitions: tuple[Partition, ...]
    kinds: tuple[tuple[str, int], ...]
    reasons: tuple[str, ...]
    exit: Ints
    student_exit: Ints

    def __len__(self) -> int:
        return len(self.line)


def build_lines(tables: Tables, index: Index, calendar: SchoolCalendar) -> Lines:
    """Cut each line's dates and split those that are also ESY lines."""
    grid = tables.lines
    student = index.student(grid["student"])
    course = index.course(student, index.service(grid["service"]))
    group = index.group(grid["group"])
    starts = calendar.positions(day_numbers(grid["start"]), 0)
    ends = calendar.positions(day_numbers(grid["end"]), calendar.size - 1)
    leaving = _exits(tables, index, calendar)
    exits = np.where(student >= 0, leaving[student], calendar.size - 1)
    ends = _end_the_day_before(course, group, starts, ends)
    ends = np.minimum(ends, exits)
    esy_only, esy_too = _esy(grid, course, starts, ends, calendar)
    strand = np.concatenate((np.arange(len(grid)), np.flatnonzero(esy_too)))
    strand = strand[np.argsort(strand, kind="stable")]
    second = np.concatenate(([False], strand[1:] == strand[:-1])) if len(strand) else np.zeros(0, bool)
    esy = esy_only[strand] | second
    kinds, kind, partitions, reasons = _kinds(grid, strand, esy, calendar)
    full = grid["total"].to_numpy(np.int64) * _days_a_week(grid, calendar)
    countable = np.array([not reason for reason in reasons], dtype=bool)
    periodic = np.array([name != "as_needed" for name, _ in kinds], dtype=bool)
    return Lines(
        line=strand,
        course=course[strand],
        student=student[strand],
        group=group[strand],
        provider=index.provider(grid["provider"])[strand],
        start=np.maximum(starts[strand], calendar.window_start),
        end=ends[strand],
        own_start=starts[strand],
        own_end=ends[strand],
        esy=esy,
        full=full[strand],
        minutes=grid["minutes"].to_numpy(np.int64)[strand],
        kind=kind,
        counted=countable[strand] & periodic[kind] if len(grid) else esy,
        partitions=partitions,
        kinds=kinds,
        reasons=tuple(reasons),
        exit=exits,
        student_exit=leaving,
    )


def _exits(tables: Tables, index: Index, calendar: SchoolCalendar) -> Ints:
    """The exit day of each student number; the end of the calendar for those who stay."""
    out = np.full(max(len(index.students), 1), calendar.size - 1)
    left = dict(
        zip(
            tables.students["student"],
            calendar.positions(day_numbers(tables.students["exit"]), calendar.size - 1).tolist(),
            strict=True,
        )
    )
    for number, name in enumerate(index.students):
        out[number] = left.get(name, calendar.size - 1)
    return out


def _end_the_day_before(course: Ints, group: Ints, start: Ints, end: Ints) -> Ints:
    """A line that ends on the day on which another of its student, service and group starts is taken to end
    the day before."""
    size = int(max(end.max(initial=0), start.max(initial=0))) + 1
    key = ((course + 1) * 64 + group + 1) * size
    return end - (np.isin(key + end, key + start) & (start < end))


def _days_a_week(grid: pd.DataFrame, calendar: SchoolCalendar) -> Ints:
    """Per day, R is that of all school days of the week."""
    return np.where((grid["period"] == "day").to_numpy(), calendar.school_days_a_week, 1)


def _kinds(
    grid: pd.DataFrame, strand: Ints, esy: Bools, calendar: SchoolCalendar
) -> tuple[tuple[tuple[str, int], ...], Ints, tuple[Partition, ...], list[str]]:
    """Return the frequencies, that of each strand, their periods, and why each line cannot be counted.

    The cycle days of an ESY line are the open days of the windows: these have periods of their own.
    """
    code, periods = pd.factorize(grid["period"])
    own = esy & np.isin(code[strand], np.flatnonzero(periods == "cycle"))
    n = grid["n"].to_numpy(np.int64)
    scale = int(n.max(initial=0)) + 1
    found, kind = np.unique((code[strand] * scale + n[strand]) * 2 + own, return_inverse=True)
    kinds = [(str(periods[key // 2 // scale]), key // 2 % scale, bool(key % 2)) for key in found.tolist()]
    partitions: list[Partition] = []
    missing: dict[str, str] = {}
    for name, times, of_windows in kinds:
        part = partition(name, max(times, 1), calendar, of_windows=of_windows)
        if part is None:
            has = ", ".join(named_terms(calendar)) or "none"
            missing[name] = f"the Calendar names no {name.replace('_', ' ')}; it has: {has}"
        partitions.append(part or no_periods(calendar))
    reasons = grid["reason"].tolist()
    if missing:
        given = zip(reasons, grid["period"], strict=True)
        reasons = [reason or missing.get(name, "") for reason, name in given]
    return tuple((name, n) for name, n, _ in kinds), kind.astype(np.int64), tuple(partitions), reasons


def _esy(
    grid: pd.DataFrame, course: Ints, start: Ints, end: Ints, calendar: SchoolCalendar
) -> tuple[Bools, Bools]:
    """Tell which lines are ESY lines alone (their own dates lie within a week of a window), and which are
    ESY lines too (marked, longer, and the student has no other ESY line for that service)."""
    marked = grid["esy"].to_numpy(bool)
    near = np.zeros(len(grid), dtype=bool)
    for a, b in calendar.windows:
        near |= (start >= a - WEEK) & (end <= b + WEEK)
    only = marked & near
    others = set(course[only].tolist())
    longer = marked & ~near & bool(calendar.windows)
    return only, longer & np.array([c not in others for c in course.tolist()], dtype=bool)
