"""The entries of the Service Log: which count at all, spans of dates, suspensions (counting.md, "Log")."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from sheets_sync.categories import EXCUSED, OWED, Category
from sheets_sync.ledger.calendars import BLANK, Bools, Ints, SchoolCalendar, day_numbers
from sheets_sync.ledger.index import Index, group_rows
from sheets_sync.ledger.occurrences import Occurrences
from sheets_sync.tables import Tables

EXCUSED_SUSPENSIONS = 10
"""A student's first suspended dates of the school year, 34 CFR 300.530(d)."""


class Outcome:
    """What a code makes of a session: the accounts' side of Category, as small integers."""

    UNKNOWN = 0
    DELIVERED = 1
    LATE = 2
    EXCUSED = 3
    OWED = 4
    MAKE_UP = 5
    TEAM_DECISION = 6


GIVEN = (Outcome.DELIVERED, Outcome.LATE)


def is_given(outcome: Ints) -> Bools:
    """Tell which outcomes say that a session was given, wholly or in part."""
    given: Bools = (outcome == Outcome.DELIVERED) | (outcome == Outcome.LATE)
    return given


_OUTCOME = {
    Category.UNKNOWN: Outcome.UNKNOWN,
    Category.DELIVERED: Outcome.DELIVERED,
    Category.MAKE_UP: Outcome.MAKE_UP,
    Category.LATE: Outcome.LATE,
    Category.TEAM_DECISION: Outcome.TEAM_DECISION,
    **dict.fromkeys(EXCUSED, Outcome.EXCUSED),
    **dict.fromkeys(OWED, Outcome.OWED),
}
OUTCOMES = np.array([_OUTCOME[category] for category in Category], dtype=np.int64)
"""By Category. A suspension becomes owed from the 11th suspended date on."""


@dataclass(frozen=True, eq=False)
class Entries:
    """One entry a log row and student, in sheet order; `log` is its position in tables.log.

    `day` and `makeup_for` are positions (-1: no make-up date), `start` minutes after midnight (-1 blank),
    `minutes` -1 blank. Spans of dates are one entry for each session in them.
    """

    log: Ints
    course: Ints
    student: Ints
    day: Ints
    start: Ints
    minutes: Ints
    category: Ints
    outcome: Ints
    group: Ints
    provider: Ints
    makeup_for: Ints

    def __len__(self) -> int:
        return len(self.log)

    def take(self, kept: Ints | Bools) -> Entries:
        return replace(self, **{name: getattr(self, name)[kept] for name in self.__dataclass_fields__})


@dataclass(frozen=True, eq=False)
class LogReading:
    """The entries that count, and the positions in tables.log of those that do not, by why.

    `every` is all of the log; `of_the_year` tells which of it count, or lie before the reporting window or
    lack a decision: these too tell how long a student was suspended.
    `spans` are positions of rows that hold a span of dates. `after_today`, `outside` (the school year),
    `undecided` (a team decision with blank Notes and Reason), `no_minutes` (late without minutes).
    """

    entries: Entries
    every: Entries
    of_the_year: Bools
    spans: Ints
    after_today: Ints
    outside: Ints
    undecided: Ints
    no_minutes: Ints


def read_entries(tables: Tables, index: Index, calendar: SchoolCalendar) -> LogReading:
    log = tables.log
    student = index.student(log["student"])
    days = day_numbers(log["date"])
    to = day_numbers(log["to"])
    category = log["category"].to_numpy(np.int64)
    for_days = day_numbers(log["makeup_for"])
    known = (for_days - calendar.base >= 0) & (for_days - calendar.base < calendar.size)
    entries = Entries(
        log=np.arange(len(log)),
        course=index.course(student, index.service(log["service"])),
        student=student,
        day=calendar.positions(days, 0),
        start=log["start"].to_numpy(np.int64),
        minutes=log["minutes"].to_numpy(np.int64).copy(),
        category=category.copy(),
        outcome=OUTCOMES[category],
        group=index.group(log["group"]),
        provider=index.provider(log["provider"]),
        makeup_for=np.where((for_days != BLANK) & known, for_days - calendar.base, -1),
    )
    span = to != BLANK
    true_day = days - calendar.base
    after = true_day > calendar.today
    inside = calendar.in_school_year(entries.day) & (true_day >= 0)
    outside = ~span & ~after & ~inside & (category != Category.MAKE_UP)
    before_window = entries.day < calendar.window_start
    before_window &= (category != Category.MAKE_UP) | (calendar.window_start > calendar.first)
    undecided = (category == Category.TEAM_DECISION) & ~log["decided"].to_numpy(bool)
    no_minutes = (category == Category.LATE) & (entries.minutes < 0)
    entries.outcome[no_minutes] = Outcome.UNKNOWN
    drop = span | after | outside | before_window | undecided
    return LogReading(
        entries=_without(entries, drop) if drop.any() else entries,
        every=entries,
        of_the_year=~(span | after | outside),
        spans=np.flatnonzero(span & ~after),
        after_today=np.flatnonzero(after),
        outside=np.flatnonzero(outside),
        undecided=np.flatnonzero(undecided & ~after),
        no_minutes=np.flatnonzero(no_minutes),
    )


def _without(entries: Entries, drop: Bools) -> Entries:
    """Let entries count nowhere: of no course and with an outcome that says nothing."""
    return replace(
        entries,
        course=np.where(drop, -1, entries.course),
        category=np.where(drop, int(Category.UNKNOWN), entries.category),
        outcome=np.where(drop, Outcome.UNKNOWN, entries.outcome),
    )


def span_entries(
    tables: Tables,
    index: Index,
    calendar: SchoolCalendar,
    spans: Ints,
    occurrences: Occurrences,
) -> Entries:
    """Make one entry for each session in a span of dates, up to today.

    A span that names a start or a group is not meant for the sessions of another, where it has its own.
    """
    held = ~occurrences.on_closed_day
    course_of, day_of = occurrences.course[held], occurrences.day[held]
    start_of, group_of = occurrences.start[held], occurrences.group[held]
    log = tables.log.iloc[spans]
    student = index.student(log["student"])
    course = index.course(student, index.service(log["service"]))
    first = calendar.positions(day_numbers(log["date"]), 0)
    last = np.minimum(calendar.positions(day_numbers(log["to"]), 0), calendar.today)
    start, group = log["start"].to_numpy(np.int64), index.group(log["group"])
    by_course = group_rows(course_of, index.courses)
    item, session = by_course.of(course)
    fits = (day_of[session] >= first[item]) & (day_of[session] <= last[item])
    fits &= day_of[session] >= calendar.window_start
    item, session = item[fits], session[fits]
    for wanted, own in ((start, start_of), (group, group_of)):
        same = (wanted[item] < 0) | (own[session] < 0) | (own[session] == wanted[item])
        any_same = np.bincount(item[same], minlength=len(spans)) > 0
        keep = same | ~any_same[item]
        item, session = item[keep], session[keep]
    category = log["category"].to_numpy(np.int64)[item]
    return Entries(
        log=spans[item],
        course=course[item],
        student=student[item],
        day=day_of[session],
        start=start[item],
        minutes=log["minutes"].to_numpy(np.int64)[item],
        category=category,
        outcome=OUTCOMES[category],
        group=group[item],
        provider=index.provider(log["provider"])[item],
        makeup_for=np.full(len(item), -1, dtype=np.int64),
    )


def join(first: Entries, second: Entries) -> Entries:
    """Put the entries of spans among the others, in sheet order."""
    if not len(second):
        return first
    both = Entries(
        **{
            name: np.concatenate((getattr(first, name), getattr(second, name)))
            for name in Entries.__dataclass_fields__
        }
    )
    return both.take(np.argsort(both.log, kind="stable"))


def owe_long_suspensions(
    entries: Entries, tables: Tables, index: Index, read: LogReading, calendar: SchoolCalendar
) -> None:
    """Mark suspensions as owed from a student's 11th suspended date on.

    Suspended dates are those of suspension entries of any service, every open day of a suspended span, and
    the open days between two of them if no other entry of the student lies between these two.
    """
    own = np.flatnonzero(entries.category == Category.SUSPENDED)
    dates = _suspended_dates(tables, index, read, calendar) if len(own) else {}
    for entry in own.tolist():
        before = bisect_left(dates[int(entries.student[entry])], int(entries.day[entry]))
        if before >= EXCUSED_SUSPENSIONS:
            entries.outcome[entry] = Outcome.OWED


def _suspended_dates(
    tables: Tables, index: Index, read: LogReading, calendar: SchoolCalendar
) -> dict[int, list[int]]:
    entries = read.every
    found: dict[int, set[int]] = {}
    own = (entries.category == Category.SUSPENDED) & read.of_the_year
    for student, day in zip(entries.student[own].tolist(), entries.day[own].tolist(), strict=True):
        found.setdefault(student, set()).add(day)
    log = tables.log.iloc[read.spans]
    students = index.student(log["student"])
    first = calendar.positions(day_numbers(log["date"]), 0)
    last = np.minimum(calendar.positions(day_numbers(log["to"]), 0), calendar.today)
    for i in np.flatnonzero(log["category"].to_numpy(np.int64) == Category.SUSPENDED).tolist():
        days = np.flatnonzero(calendar.open[first[i] : last[i] + 1]) + first[i]
        found.setdefault(int(students[i]), set()).update(days.tolist())
    number = np.full(len(index.students) + 1, -1, dtype=np.int64)
    number[list(found)] = np.arange(len(found))
    concerned = (number[entries.student] >= 0) & read.of_the_year & ~own
    others = np.zeros((len(found), calendar.size), dtype=bool)
    others[number[entries.student[concerned]], entries.day[concerned]] = True
    return {
        student: _with_days_between(sorted(days), others[number[student]], calendar)
        for student, days in found.items()
    }


def _with_days_between(days: list[int], others: Bools, calendar: SchoolCalendar) -> list[int]:
    """Add the open days between two suspended dates between which no other entry of the student lies."""
    out = set(days)
    for a, b in pairwise(days):
        if not others[a + 1 : b].any():
            out.update((np.flatnonzero(calendar.open[a + 1 : b]) + a + 1).tolist())
    return sorted(out)
