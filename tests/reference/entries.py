"""The Service Log: which entries count, spans, and the suspended dates."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

from sheets_sync.tables import Category
from tests.reference.calendars import Calendar
from tests.reference.occurrences import Occurrence, Occurrences
from tests.reference.records import DAY, Entry, School, days_between

NOT_HAPPENED = {
    Category.STUDENT_ABSENT,
    Category.STUDENT_REFUSED,
    Category.STUDENT_UNAVAILABLE,
    Category.SUSPENDED,
    Category.SCHOOL_ACTIVITY,
    Category.PROVIDER_ABSENT,
    Category.SCHOOL_CLOSED,
    Category.AGREED_DAY_OFF,
}
FREE_SUSPENDED_DATES = 10


def unreadable(entry: Entry) -> bool:
    """An unknown code, or "late or left early" without minutes: the session stays not logged."""
    return entry.category is Category.UNKNOWN or (entry.category is Category.LATE and entry.minutes < 0)


def counted_entries(school: School, calendar: Calendar, occurrences: Occurrences) -> list[Entry]:
    """Single-day entries that count somewhere, in sheet order."""
    entries = []
    for entry in school.log:
        for single in expand(entry, occurrences):
            if counts(single, school, calendar):
                entries.append(single)
    return entries


def counts(entry: Entry, school: School, calendar: Calendar) -> bool:
    """Not after today, not before the report, within the school year (make-ups excepted)."""
    if entry.date > school.today:
        return False
    if school.rules.report_from is not None and entry.date < school.rules.report_from:
        return False
    if entry.category is Category.TEAM_DECISION and not entry.decided:
        return False
    return entry.category is Category.MAKE_UP or calendar.in_year_or_window(entry.date)


def expand(entry: Entry, occurrences: Occurrences) -> list[Entry]:
    """A span of dates is one entry for each session of the line in it."""
    if entry.to is None or entry.to == entry.date:
        return [entry]
    return [
        replace(entry, date=o.date, to=None, start=entry.start if entry.start >= 0 else o.start)
        for o in occurrences.all
        if o.available
        and (o.part.line.student, o.part.line.service) == (entry.student, entry.service)
        and entry.date <= o.date <= entry.to
        and may_take(entry, o, occurrences)
    ]


def may_take(entry: Entry, occurrence: Occurrence, occurrences: Occurrences) -> bool:
    """An entry that names a group takes a session of another only if no line of its own group is active."""
    if not entry.group or not occurrence.group or entry.group == occurrence.group:
        return True
    return not any(
        part.line.group == entry.group
        and part.active(occurrence.date)
        and (part.line.student, part.line.service) == (entry.student, entry.service)
        for part in occurrences.parts
    )


def suspended_dates(school: School, calendar: Calendar) -> dict[str, list[date]]:
    """Each student's suspended dates of the school year, in order."""
    dates: dict[str, set[date]] = {}
    others: dict[str, list[date]] = {}
    for entry in school.log:
        days = days_between(entry.date, entry.to or entry.date)
        days = [day for day in days if day <= school.today and calendar.in_year_or_window(day)]
        if entry.category is not Category.SUSPENDED:
            others.setdefault(entry.student, []).extend(days)
            continue
        if entry.to is not None and entry.to != entry.date:
            days = [day for day in days if calendar.is_open(day) or calendar.is_open(day, True)]
        dates.setdefault(entry.student, set()).update(days)
    return {
        student: bridge(sorted(days), others.get(student, []), calendar) for student, days in dates.items()
    }


def bridge(suspended: list[date], others: list[date], calendar: Calendar) -> list[date]:
    """The open days between two of them, if no other entry of the student lies between these two."""
    every = set(suspended)
    for one, two in itertools.pairwise(suspended):
        if not any(one < other < two for other in others):
            every.update(d for d in days_between(one + DAY, two - DAY) if calendar.is_open(d))
    return sorted(every)


def suspension_is_owed(entry: Entry, suspended: dict[str, list[date]]) -> bool:
    return suspended.get(entry.student, []).index(entry.date) >= FREE_SUSPENDED_DATES
