"""The periods of a part: their days, R and D."""

from __future__ import annotations

import calendar as months
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.reference.calendars import Calendar
from tests.reference.parts import Part
from tests.reference.records import DAY, Row, School, days_between, monday

AHEAD = timedelta(days=400)
"""How far sessions are looked ahead: to the end of the longest period in progress."""


@dataclass(eq=False)
class Period:
    """`end` is its last day; `until` the last day whose off-schedule sessions are dated in it.

    `missing` are the cycle days that a cut block lacks; `length` is D.
    """

    part: Part
    start: date
    end: date
    full: int
    length: int
    until: date
    missing: tuple[int, ...] = ()
    available: list[date] = field(default_factory=list)
    unavailable: list[date] = field(default_factory=list)
    required: int = 0
    scheduled: int = 0
    shut: int = 0
    sessions_planned: int = 0
    rows_planned: set[Row] = field(default_factory=set)
    accounts: dict[str, int] = field(default_factory=dict)
    extra: int = 0

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.until

    def ended(self, today: date) -> bool:
        return self.end < today or self.part.ends < today


def make_periods(part: Part, school: School, calendar: Calendar) -> None:
    """Give the part its periods that have begun, in order."""
    part.all_periods = period_spans(part, school, calendar)
    part.periods = [period for period in part.all_periods if period.start <= school.today]
    for period in part.periods:
        for day in days_between(period.start, period.until):
            if part.active(day) and calendar.is_open(day, part.esy):
                period.available.append(day)
            elif calendar.is_school_day(day):
                period.unavailable.append(day)


def period_spans(part: Part, school: School, calendar: Calendar) -> list[Period]:
    kind = part.line.period
    if kind == "as_needed":
        return []
    if kind in ("day", "week", "n_weeks"):
        return week_periods(part, school, calendar)
    if kind == "month":
        return month_periods(part, school, calendar)
    if kind == "cycle":
        return cycle_periods(part, calendar)
    if kind == "year":
        return year_period(part, calendar)
    if kind == "once":
        return once_period(part, calendar)
    rows = calendar.term_rows(kind) or []
    return [plain_period(part, start, end, calendar) for start, end in rows]


def plain_period(part: Part, start: date, end: date, calendar: Calendar, full: int | None = None) -> Period:
    school_days = sum(calendar.is_school_day(day) for day in days_between(start, end))
    return Period(part, start, end, part.line.total if full is None else full, school_days, end)


def week_periods(part: Part, school: School, calendar: Calendar) -> list[Period]:
    """Blocks of weeks from that of the first day of school; per day, R is that of all school days."""
    line = part.line
    weeks = line.n if line.period == "n_weeks" else 1
    full = line.total * len(calendar.school_days) if line.period == "day" else line.total
    periods = []
    start = monday(calendar.first)
    while start <= school.today + AHEAD:
        end = start + timedelta(days=7 * weeks - 1)
        periods.append(plain_period(part, start, end, calendar, full))
        start = end + DAY
    return periods


def month_periods(part: Part, school: School, calendar: Calendar) -> list[Period]:
    periods = []
    start = calendar.first.replace(day=1)
    while start <= school.today + AHEAD:
        end = start.replace(day=months.monthrange(start.year, start.month)[1])
        periods.append(plain_period(part, start, end, calendar))
        start = end + DAY
    return periods


def cycle_periods(part: Part, calendar: Calendar) -> list[Period]:
    n = part.line.n
    blocks = calendar.cycle_blocks(n, part.esy)
    periods = []
    for at, block in enumerate(blocks):
        start, end = min(block.values()), max(block.values())
        until = min(blocks[at + 1].values()) - DAY if at + 1 < len(blocks) else end
        missing = tuple(number for number in range(1, n + 1) if number not in block)
        periods.append(Period(part, start, end, part.line.total, n, until, missing))
    return periods


def year_period(part: Part, calendar: Calendar) -> list[Period]:
    last = calendar.last or calendar.first + timedelta(days=364)
    open_days = sum(calendar.is_open(day) for day in days_between(calendar.first, last))
    return [Period(part, calendar.first, last, part.line.total, open_days, last)]


def once_period(part: Part, calendar: Calendar) -> list[Period]:
    """The line's own dates."""
    start = part.begins
    end = part.line.end or calendar.last or calendar.horizon
    if end < start:
        return []
    return [Period(part, start, end, part.line.total, 0, end)]


def period_of(part: Part, day: date) -> Period | None:
    return next((period for period in part.periods if period.holds(day)), None)


def period_begun_or_not(part: Part, day: date) -> Period | None:
    return next((period for period in part.all_periods if period.holds(day)), None)
