"""Schedule rows -> dated sessions, and the line that each belongs to."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass
from datetime import date, timedelta

from tests.reference.calendars import Calendar
from tests.reference.parts import ALWAYS, Part
from tests.reference.periods import period_begun_or_not
from tests.reference.records import Entry, Line, Row, School, days_between, monday


@dataclass(eq=False)
class Occurrence:
    """One dated session of a Schedule row, and what became of it.

    `available`: it could take place. `closed`: on a closed day inside the line's dates (or, with
    short_days = "excuse", outside the short day's hours).
    """

    row: Row
    date: date
    start: int
    minutes: int
    part: Part
    available: bool
    closed: bool
    short_day: bool
    entry: Entry | None = None
    as_makeup: bool = False
    owed_by_makeup: bool = False

    @property
    def group(self) -> str:
        return self.row.group or self.part.line.group

    @property
    def end(self) -> int:
        return self.start + self.minutes


def pattern_on(row: Row, day: date, calendar: Calendar, cycle_length: int) -> bool:
    """Whether the row's pattern falls on this day, whatever its From and To."""
    if row.pattern == "cycle":
        esy = calendar.is_esy_row_start(row.begins)
        number = calendar.cycle_day(day, cycle_length, esy) if cycle_length else 0
        return number > 0 and bool(row.cycle_days >> (number - 1) & 1)
    if not row.weekdays >> day.weekday() & 1:
        return False
    if row.pattern == "alternate":
        return row.begins is not None and (monday(day) - monday(row.begins)).days % 14 == 0
    if row.pattern == "nth":
        nth = (day.day - 1) // 7
        is_last = day.day + 7 > months.monthrange(day.year, day.month)[1]
        return bool(row.nth >> nth & 1) or (is_last and bool(row.nth >> 5 & 1))
    return True


def cycle_length_of(row: Row, school: School) -> int:
    """What the cell says; else the cycle of its student's line, of the school's lines, the highest day."""
    if row.cycle_length:
        return row.cycle_length
    cycles = [line for line in school.lines if line.period == "cycle"]
    own = [line.n for line in cycles if (line.student, line.service) == (row.student, row.service)]
    if own:
        return own[0]
    if cycles:
        return cycles[0].n
    return max((other.cycle_days.bit_length() for other in school.rows), default=0)


def sort_by_priority(line: Line, group: str, provider: str, left: int) -> tuple:
    """The same group; a blank group; the same provider; most of R left; the later start; sheet order."""
    return (
        line.group == group,
        line.group == "",
        bool(provider) and line.provider == provider,
        left,
        line.start or ALWAYS,
        -line.order,
    )


class Occurrences:
    """All sessions of a school, each given to its line in order of date, time and row."""

    def __init__(self, school: School, calendar: Calendar, parts: list[Part]) -> None:
        self.school, self.calendar, self.parts = school, calendar, parts
        self.all: list[Occurrence] = []
        self.taken: dict[tuple[int, date], int] = {}
        ends = [p.until for part in parts for p in part.periods] + [b for _, b in calendar.windows]
        last = max([school.today + timedelta(days=7), calendar.last or school.today, *ends])
        first = min([monday(calendar.first)] + [p.start for part in parts for p in part.periods])
        dated = [
            (day, row.start, row.order, row)
            for row in school.rows
            if not row.makeup
            for day in self.days_of(row, first, last)
        ]
        for day, _, _, row in sorted(dated, key=lambda item: item[:3]):
            part = self.line_for(row.student, row.service, day, row.group, row.provider, self.is_esy(row))
            if part is not None:
                self._give(row, day, part)

    def is_esy(self, row: Row) -> bool:
        return self.calendar.is_esy_row_start(row.begins)

    def days_of(self, row: Row, first: date, last: date) -> list[date]:
        length = cycle_length_of(row, self.school) if row.pattern == "cycle" else 0
        first = max(first, row.begins) if row.begins else first
        last = min(last, row.ends) if row.ends else last
        return [
            day
            for day in days_between(first, last)
            if self.calendar.is_school_day(day) and pattern_on(row, day, self.calendar, length)
        ]

    def line_for(
        self, student: str, service: str, day: date, group: str, provider: str, esy: bool
    ) -> Part | None:
        """The active line that a session of this group and provider on this day belongs to."""
        active = [
            part
            for part in self.parts
            if (part.line.student, part.line.service, part.esy) == (student, service, esy)
            and part.active(day)
        ]
        return max(
            active,
            key=lambda part: sort_by_priority(part.line, group, provider, self.left(part, day)),
            default=None,
        )

    def left(self, part: Part, day: date) -> int:
        """Minutes of R still without an occurrence in the period of this day."""
        period = period_begun_or_not(part, day)
        if period is None:
            return 0
        return max(0, period.full - self.taken.get((id(period), period.start), 0))

    def _give(self, row: Row, day: date, part: Part) -> None:
        period = period_begun_or_not(part, day)
        if period is not None:
            key = (id(period), period.start)
            self.taken[key] = self.taken.get(key, 0) + row.minutes
        short = self.outside_short_day(row, day)
        is_open = self.calendar.is_open(day, part.esy)
        excused = short and self.school.rules.short_days == "excuse"
        self.all.append(
            Occurrence(
                row=row,
                date=day,
                start=row.start,
                minutes=row.minutes,
                part=part,
                available=is_open and not excused,
                closed=not is_open or excused,
                short_day=short,
            )
        )

    def outside_short_day(self, row: Row, day: date) -> bool:
        """It ends after the dismissal, or begins before the late start."""
        if row.start < 0:
            return False
        dismissed = self.calendar.early.get(day, -1)
        begins = self.calendar.late.get(day, -1)
        return (dismissed >= 0 and row.start + row.minutes > dismissed) or (
            begins >= 0 and row.start < begins
        )

    def of(self, part: Part) -> list[Occurrence]:
        return [occurrence for occurrence in self.all if occurrence.part is part]

    def line_on(self, student: str, service: str, day: date, group: str, provider: str) -> Part | None:
        """The line to which a session on this date would belong: in a window an ESY line first."""
        if self.calendar.in_window(day):
            part = self.line_for(student, service, day, group, provider, True)
            if part is not None:
                return part
        return self.line_for(student, service, day, group, provider, False)
