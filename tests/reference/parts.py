"""The lines that are counted: active ranges, ESY lines, and lines that cannot be counted.

A grid line that is marked ESY but runs longer is two parts: an ordinary one and, in the windows, an ESY one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.reference.calendars import Calendar
from tests.reference.records import DAY, Line, School

NEVER = date(9999, 1, 1)
ALWAYS = date(1, 1, 8)
ARRANGED_PERIODS = ("year", "once", "quarter", "trimester", "semester", "term", "grading_period")


@dataclass(eq=False)
class Part:
    """A line with its active range; `esy` parts have the windows' days, others the school year's."""

    line: Line
    esy: bool
    begins: date
    ends: date
    periods: list = field(default_factory=list)
    all_periods: list = field(default_factory=list)

    def active(self, day: date) -> bool:
        return self.begins <= day <= self.ends


def parts_of(school: School, calendar: Calendar) -> list[Part]:
    parts = []
    for line in school.lines:
        begins, ends = active_range(line, school, calendar)
        kind = esy_kind(line, school, calendar)
        if kind != "esy":
            parts.append(Part(line, False, begins, ends))
        if kind != "ordinary":
            parts.append(Part(line, True, begins, ends))
    return parts


def active_range(line: Line, school: School, calendar: Calendar) -> tuple[date, date]:
    begins = max(line.start or ALWAYS, calendar.report_from)
    return begins, last_day(line, school)


def last_day(line: Line, school: School) -> date:
    """The line's end, cut at the exit; the day before if another takes over on that very day."""
    ends = line.end or NEVER
    for other in school.lines:
        if (
            other is not line
            and same_line(other, line)
            and line.end
            and other.start == line.end != line.start
        ):
            ends = line.end - DAY
    leaves = school.exits.get(line.student)
    return min(ends, leaves) if leaves else ends


def same_line(one: Line, other: Line) -> bool:
    return (one.student, one.service, one.group) == (other.student, other.service, other.group)


def near_a_window(line: Line, calendar: Calendar) -> bool:
    """Its own dates lie within a week of an ESY window."""
    week = timedelta(days=7)
    return bool(line.start and line.end) and any(
        a - week <= line.start and line.end <= b + week for a, b in calendar.windows
    )


def esy_kind(line: Line, school: School, calendar: Calendar) -> str:
    """ordinary, esy, or both."""
    if not line.esy or not calendar.windows:
        return "ordinary"
    if near_a_window(line, calendar):
        return "esy"
    has_another = any(
        other.esy and near_a_window(other, calendar)
        for other in school.lines
        if other is not line and (other.student, other.service) == (line.student, line.service)
    )
    return "ordinary" if has_another else "both"


def check_data(line: Line, school: School, calendar: Calendar) -> bool:
    """The line cannot be counted."""
    if line.reason or line.student not in school.exits:
        return True
    if line.start and line.end and line.end < line.start:
        return True
    names_a_term = line.period in ("quarter", "trimester", "semester", "term", "grading_period")
    return names_a_term and calendar.term_rows(line.period) is None
