"""What cannot be known tonight, for rows that cannot be read (mail.md, "unknown").

A row of the Service Log, the Schedule or the Calendar that cannot be read is known again by what the last
trusted count read in it (known_tonight). Nothing of its student and service ends that night, or nothing of
its days; and what its loss would explain is not found: of the log sessions of its date that are missed or not
logged, of the Schedule what is not scheduled, or not as in the grid, of the Calendar what is owed, not logged
or uncovered on its days. A row of which nothing was ever read says nothing about any student: it is told as a
data-problem alone.

Of other tabs only this is known: whose Exit date cannot be read may have left after the last entry; an
absence whose date cannot be read may be any one day of the student; who has a date on Staff that cannot be
read may be there or away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sheets_sync.counted import Counted, CountedDay, Course
from sheets_sync.findings.counting_again import calendar_days
from sheets_sync.findings.entry_text import day_of
from sheets_sync.findings.finding import PASSING, Finding, Kind, place_of_problem
from sheets_sync.findings.grid_lines import records, text
from sheets_sync.findings.unread import problem_cells, problems_of, unread_rows
from sheets_sync.problems import Severity, column_letter, sheet_of
from sheets_sync.state import Alert
from sheets_sync.tables import Tables

OF_THE_LOG = frozenset({Kind.MISSED, Kind.NOT_LOGGED, Kind.LOGS_DISAGREE})
OF_A_DAY = OF_THE_LOG | {Kind.UNCOVERED}
OF_THE_SCHEDULE = frozenset(
    {Kind.UNSCHEDULED, Kind.UNDER_SCHEDULED, Kind.SCHEDULE_DIFFERS, Kind.EXTRA_SERVICE}
)
CLOSED = frozenset({"no school", "early release", "late start", "esy", "cycle_day"})
"""Kinds of Calendar rows that say something of the days on which they lie; those of periods say none."""


@dataclass(frozen=True)
class Unknown:
    """`log`: the dates of entries that cannot be read, by whose they are; `schedule`: whose sessions;
    `calendar`: the days of the Calendar.

    `absences`: on how many days that cannot be read a student was absent; `leaving`: the last entry of a
    student whose Exit date cannot be read; `away` (casefolded names) have a date on Staff that cannot be
    read; `grid`: whether a line of the Service Grid could not be read at all; `frozen`: of whom a whole sheet
    could not, and `absent` what these sheets are called.
    """

    today: date
    log: frozenset[tuple[Course, date]] = frozenset()
    schedule: frozenset[Course] = frozenset()
    calendar: tuple[CountedDay, ...] = ()
    absences: Mapping[str, int] = field(default_factory=dict)
    leaving: Mapping[str, date] = field(default_factory=dict)
    away: frozenset[str] = frozenset()
    grid: bool = False
    frozen: frozenset[Course] = frozenset()
    absent: frozenset[str] = frozenset()

    def keeps_open(self, alert: Alert) -> bool:
        """Tell whether this alert cannot be said to be over."""
        course = (alert.student, alert.service)
        if course in self.frozen or place_of_problem(alert.fingerprint)[0] in self.absent:
            return True
        if alert.kind in PASSING and alert.date is not None and alert.date < self.today:
            return False
        if alert.kind == Kind.UNCOVERED and alert.provider.casefold() in self.away:
            return True
        return (
            alert.student in self.absences
            or alert.student in self.leaving
            or course in self.schedule
            or any(course == whose for whose, _ in self.log)
            or (alert.kind == Kind.UNDER_SCHEDULED and bool(self.calendar))
            or (alert.date is not None and self.is_in_doubt(alert.date))
        )

    def explains(self, finding: Finding) -> bool:
        """Tell whether a row that cannot be read may be why this is found."""
        course = (finding.student, finding.service)
        if finding.kind in OF_THE_SCHEDULE:
            of_calendar = finding.kind is Kind.UNDER_SCHEDULED and bool(self.calendar)
            return course in self.schedule or finding.student in self.leaving or of_calendar
        if finding.kind not in OF_A_DAY or not finding.dates:
            return False
        if finding.kind is Kind.UNCOVERED and finding.provider.casefold() in self.away:
            return True
        if finding.kind is Kind.NOT_LOGGED and len(set(finding.dates)) <= self.absences.get(
            finding.student, 0
        ):
            return True
        return all(self._explains_day(finding, course, day) for day in finding.dates)

    def _explains_day(self, finding: Finding, course: Course, day: date) -> bool:
        if finding.kind in OF_THE_LOG and (course, day) in self.log:
            return True
        return day > self.leaving.get(finding.student, date.max) or self.is_in_doubt(day)

    def is_in_doubt(self, day: date) -> bool:
        """Tell whether nobody knows if there is school on this day."""
        return any(
            (one.kind in CLOSED and one.date <= day <= one.to)
            or (one.kind == "first day" and day < one.date)
            or (one.kind == "last day" and day > one.date)
            for one in self.calendar
        )


def unknown_tonight(tables: Tables, known: Counted, today: date) -> Unknown:
    """Return what rows that cannot be read leave unknown; `known` is tonight's count with what stood in them
    (known_tonight)."""
    return Unknown(
        today,
        log=frozenset(_entries(tables, known)),
        schedule=_sessions(tables, known),
        calendar=_days(tables, known),
        absences=Counter(text(row["student"]) for row in records(tables.attendance) if not row["kind"]),
        leaving=_leaving(tables),
        away=_away(tables),
        grid=bool(unread_rows(tables, "Service Grid", tables.lines) - set(tables.lines["row"])),
    )


def _away(tables: Tables) -> frozenset[str]:
    """Return who has a date under "Away from" or "Away to" about which there is a question."""
    rows = _rows_of_cells(tables, "Staff", ("Away from", "Away to"), {Severity.ERROR, Severity.QUESTION})
    return frozenset(one["name"].casefold() for one in records(tables.staff) if one["row"] in rows)


def _leaving(tables: Tables) -> dict[str, date]:
    """Return the date of the last entry of each student whose Exit date cannot be read."""
    rows = _rows_of_cells(tables, "Caseload", ("Exit date",), {Severity.ERROR})
    bad = {(one.tab, one.cell) for one in problems_of(tables, "Caseload")}
    rows |= {
        row
        for (column, row), place in tables.sheets_of("Caseload")[0].places.items()
        if column == "Exit date" and place in bad
    }
    found = {text(one["student"]): date.min for one in records(tables.students) if one["row"] in rows}
    if not found:
        return found
    own = tables.log[tables.log["student"].isin(list(found))]
    for student, day in zip(own["student"].tolist(), own["date"], strict=True):
        found[student] = max(found[student], day.date())
    return found


def _rows_of_cells(
    tables: Tables, canonical: str, headers: Iterable[str], severities: set[Severity]
) -> set[int]:
    """Return the rows of a tab with a problem in one of these columns."""
    columns = {
        (number, column_letter(sheet.positions[name]))
        for number, sheet in enumerate(tables.sheets_of(canonical))
        for name in headers
        if sheet.positions.get(name, -1) >= 0
    }
    cells = problem_cells(tables, canonical, severities)
    return {row for column, row in cells if (sheet_of(row), column) in columns}


def _entries(tables: Tables, known: Counted) -> set[tuple[Course, date]]:
    unread = unread_rows(tables, "Service Log", tables.log)
    if not unread:
        return set()
    stood = {
        ((one.student, one.service), date.fromisoformat(day_of(entry)))
        for one in known.log
        for entry, row in zip(one.entries.split("\n"), one.rows.split(), strict=True)
        if int(row) in unread
    }
    half = tables.log[tables.log["row"].isin(unread)]
    return stood | {
        ((text(row["student"]), text(row["service"])), row["date"].date()) for row in records(half)
    }


def _sessions(tables: Tables, known: Counted) -> frozenset[Course]:
    unread = unread_rows(tables, "Schedule", tables.schedule)
    return frozenset((row.student, row.service) for row in known.schedule if row.row in unread)


def _days(tables: Tables, known: Counted) -> tuple[CountedDay, ...]:
    """Return the days that are known of the Calendar and cannot be read there tonight."""
    read = Counter(replace(day, label="") for day in calendar_days(tables))
    days = Counter(replace(day, label="") for day in known.calendar)
    return tuple((days - read).elements())
