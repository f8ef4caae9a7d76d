"""What a period requires: S_open, S_shut and the proportion of its days."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.reference.calendars import Calendar
from tests.reference.occurrences import Occurrences, cycle_length_of, pattern_on
from tests.reference.parts import Part
from tests.reference.periods import Period
from tests.reference.records import DAY, Row, School, monday


def half_up(value: Fraction) -> int:
    return int((value + Fraction(1, 2)).__floor__())


class RowsOfALine:
    """The rows that serve a line, and those that would if they had a session inside its dates."""

    def __init__(self, part: Part, school: School, calendar: Calendar, occurrences: Occurrences) -> None:
        self.part, self.school, self.calendar, self.occurrences = part, school, calendar, occurrences
        self.serving = [row for row in school.rows if serves(row, part, occurrences)]
        self.would = [row for row in school.rows if row not in self.serving and self.would_serve(row)]
        self.open_days = [d for d in calendar.open_days(part.esy) if part.active(d)]

    def would_serve(self, row: Row) -> bool:
        line = self.part.line
        if row.makeup or (row.student, row.service) != (line.student, line.service):
            return False
        if self.occurrences.is_esy(row) != self.part.esy:
            return False
        if any(o.row is row and self.part.active(o.date) for o in self.occurrences.all):
            return False
        days = [day for day in self.calendar.open_days(self.part.esy) if self.part.active(day)]
        return any(self._best_on(row, day) for day in days)

    def _best_on(self, row: Row, day: date) -> bool:
        def fit(part: Part) -> tuple[bool, bool, bool]:
            line = part.line
            same_provider = bool(row.provider) and line.provider == row.provider
            return (line.group == row.group, line.group == "", same_provider)

        line = self.part.line
        rivals = [
            part
            for part in self.occurrences.parts
            if (part.line.student, part.line.service, part.esy) == (line.student, line.service, self.part.esy)
            and part.active(day)
        ]
        return fit(self.part) == max(fit(part) for part in rivals)

    def in_force(self, day: date) -> list[Row]:
        """The rows whose pattern counts on a day that is not available."""
        rows = self.serving + self.would
        now = [row for row in rows if self.touches(row, day)]
        if now:
            return now
        before = [available for available in self.open_days if available < day]
        if before:
            return [row for row in rows if self.touches(row, before[-1])]
        if not self.open_days:
            return []
        first = self.open_days[0]
        return [row for row in rows if self.touches(row, first)] or [
            row for row in rows if self.touches(row, first + 7 * DAY)
        ]

    def touches(self, row: Row, day: date) -> bool:
        """From and To touch the week, Monday to Sunday, of this day."""
        begins = row.begins or self.begins_with_its_line(row)
        week = monday(day)
        return (begins is None or begins <= week + 6 * DAY) and (row.ends is None or row.ends >= week)

    def begins_with_its_line(self, row: Row) -> date | None:
        """A blank From: the start of the first line that the row serves."""
        starts = [o.part.line.start for o in self.occurrences.all if o.row is row]
        if not starts or None in starts:
            return None
        return min(starts)


def serves(row: Row, part: Part, occurrences: Occurrences) -> bool:
    return any(o.row is row and o.part is part for o in occurrences.all)


def measure(period: Period, rows: RowsOfALine, school: School) -> None:
    """Set S_open, S_shut and required of a period."""
    part = period.part
    own = [o for o in rows.occurrences.of(part) if period.holds(o.date) and not o.as_makeup]
    open_ones = [o for o in own if o.available]
    period.scheduled = sum(o.minutes for o in open_ones)
    shut = [o.minutes for o in own if o.closed and o.short_day and rows.calendar.is_open(o.date, part.esy)]
    short_days = len(shut)
    planned: list[Row] = []
    for day in period.unavailable:
        for row in rows.in_force(day):
            length = cycle_length_of(row, school) if row.pattern == "cycle" else 0
            if pattern_on(row, day, rows.calendar, length):
                shut.append(row.minutes)
                planned.append(row)
    for number in period.missing:
        for row in rows.in_force(period.end):
            if row.pattern == "cycle" and row.cycle_days >> (number - 1) & 1:
                shut.append(row.minutes)
                planned.append(row)
    serving = [row for row in planned if row in rows.serving]
    period.rows_planned = {*serving, *(o.row for o in own)}
    period.shut = sum(shut)
    period.sessions_planned = len(open_ones) + short_days + len(serving)
    period.required = required(period, school)


def required(period: Period, school: School) -> int:
    """min(R, S_open) + max(0, R - S_open - S_shut) x A / D, by the choice of `closures`."""
    full, available = period.full, len(period.available)
    kind = period.part.line.period
    if available == 0:
        return 0
    if school.rules.closures == "owe" or kind == "once":
        return full
    share = Fraction(available, period.length)
    if school.rules.closures == "prorate" or kind == "year":
        return half_up(full * share)
    rest = max(0, full - period.scheduled - period.shut)
    return half_up(min(full, period.scheduled) + rest * share)
