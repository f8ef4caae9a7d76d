"""What cannot be known tonight, for rows that cannot be read (mail.md, "unknown").

A row of the Service Log or the Schedule that cannot be read is known again by what the last trusted count
read in it, under its number. Nothing of its student and service ends that night; and what its loss would
explain is not found: of the log sessions of its date that are missed or not logged, of the Schedule what is
not scheduled, or not as in the grid. A row of Attendance whose student can be read keeps all of the student's
from ending, a person on Staff with a date that cannot be read keeps what is uncovered of hers. A row of which
nothing was ever read says nothing about any student: it is told as a data-problem alone.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sheets_sync.counted import Counted, Course
from sheets_sync.findings.entry_text import day_of
from sheets_sync.findings.finding import PASSING, Finding, Kind
from sheets_sync.findings.grid_lines import records, text
from sheets_sync.findings.unread import problem_cell, problems_of, rows_of_errors, unread_rows
from sheets_sync.problems import Severity, column_letter
from sheets_sync.state import Alert
from sheets_sync.tables import Tables

OF_THE_LOG = frozenset({Kind.MISSED, Kind.NOT_LOGGED, Kind.LOGS_DISAGREE})
OF_THE_SCHEDULE = frozenset(
    {Kind.UNSCHEDULED, Kind.UNDER_SCHEDULED, Kind.SCHEDULE_DIFFERS, Kind.EXTRA_SERVICE}
)


@dataclass(frozen=True)
class Unknown:
    """`log`: the dates of entries that cannot be read, by whose they are; `schedule`: whose sessions.

    `students` have a row of Attendance, `away` (casefolded names) a date on Staff that cannot be read;
    `grid`: whether a line of the Service Grid could not be read at all.
    """

    today: date
    log: frozenset[tuple[Course, date]] = frozenset()
    schedule: frozenset[Course] = frozenset()
    students: frozenset[str] = frozenset()
    away: frozenset[str] = frozenset()
    grid: bool = False

    def keeps_open(self, alert: Alert) -> bool:
        """Tell whether this alert cannot be said to be over."""
        course = (alert.student, alert.service)
        if alert.kind in PASSING and alert.date is not None and alert.date < self.today:
            return False
        if alert.kind == Kind.UNCOVERED and alert.provider.casefold() in self.away:
            return True
        return (
            alert.student in self.students
            or course in self.schedule
            or any(course == whose for whose, _ in self.log)
        )

    def explains(self, finding: Finding) -> bool:
        """Tell whether a row that cannot be read may be why this is found."""
        course = (finding.student, finding.service)
        if finding.kind in OF_THE_SCHEDULE:
            return course in self.schedule
        if finding.kind not in OF_THE_LOG or not finding.dates:
            return False
        return all((course, day) in self.log for day in finding.dates)


def unknown_tonight(tables: Tables, before: Counted, today: date) -> Unknown:
    """Return what rows that cannot be read leave unknown; `before` is the last trusted count."""
    return Unknown(
        today,
        log=_entries(tables, before),
        schedule=_sessions(tables, before),
        students=frozenset(
            text(row["student"])
            for row in records(tables.attendance)
            if row["row"] in rows_of_errors(tables, "Attendance")
        ),
        away=_away(tables),
        grid=bool(unread_rows(tables, "Service Grid", tables.lines) - set(tables.lines["row"])),
    )


def _away(tables: Tables) -> frozenset[str]:
    """Return who has a date under "Away from" or "Away to" about which there is a question."""
    where = tables.positions.get("Staff", {})
    columns = {column_letter(where[name]) for name in ("Away from", "Away to") if where.get(name, -1) >= 0}
    cells = [problem_cell(one) for one in problems_of(tables, "Staff", {Severity.ERROR, Severity.QUESTION})]
    rows = {row for column, row in cells if column in columns}
    return frozenset(one["name"].casefold() for one in records(tables.staff) if one["row"] in rows)


def _entries(tables: Tables, before: Counted) -> frozenset[tuple[Course, date]]:
    unread = unread_rows(tables, "Service Log", tables.log)
    if not unread:
        return frozenset()
    return frozenset([*_counted_entries(unread, before), *_half_read_entries(unread, tables)])


def _counted_entries(unread: Collection[int], before: Counted) -> list[tuple[Course, date]]:
    return [
        ((one.student, one.service), date.fromisoformat(day_of(entry)))
        for one in before.log
        for entry, row in zip(one.entries.split("\n"), one.rows.split(), strict=True)
        if int(row) in unread
    ]


def _half_read_entries(unread: Collection[int], tables: Tables) -> list[tuple[Course, date]]:
    """Return the entries with a date, of which the status or the minutes cannot be read."""
    half = tables.log[tables.log["row"].isin(unread)]
    return [((text(row["student"]), text(row["service"])), row["date"].date()) for row in records(half)]


def _sessions(tables: Tables, before: Counted) -> frozenset[Course]:
    unread = unread_rows(tables, "Schedule", tables.schedule)
    return frozenset((row.student, row.service) for row in before.schedule if row.row in unread)
