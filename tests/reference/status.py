"""The status of a line: the first that applies."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.tables import Category
from tests.reference.accounts import without_entry
from tests.reference.calendars import Calendar
from tests.reference.entries import unreadable
from tests.reference.occurrences import Occurrence
from tests.reference.parts import Part
from tests.reference.periods import Period
from tests.reference.records import Line, Row, School
from tests.reference.requirement import RowsOfALine

MISSED = {
    Category.STUDENT_ABSENT,
    Category.STUDENT_REFUSED,
    Category.STUDENT_UNAVAILABLE,
    Category.SUSPENDED,
}
COUNTED_PERIODS = ("day", "week", "n_weeks", "cycle")


@dataclass
class Judged:
    """What the status of one grid line is judged by."""

    line: Line
    parts: list[Part]
    rows: dict[int, RowsOfALine]
    sessions: list[Occurrence]
    school: School
    calendar: Calendar

    @property
    def today(self):  # type: ignore[no-untyped-def]
        return self.school.today

    @property
    def over(self) -> bool:
        return max(part.ends for part in self.parts) < self.today

    @property
    def periods(self) -> list[Period]:
        return [period for part in self.parts for period in part.periods]

    def total(self, account: str) -> int:
        return sum(period.accounts[account] for period in self.periods)

    @property
    def behind(self) -> int:
        return sum(
            period.accounts["owed"] + period.accounts["not_scheduled"] * period.ended(self.today)
            for period in self.periods
        )

    def in_progress(self) -> list[Period]:
        """The period in progress, if it requires something and the line is not over."""
        if self.over:
            return []
        return [p for p in self.periods if p.start <= self.today <= p.end and p.required > 0]

    def judged(self) -> list[Period]:
        """The period in progress (an ESY part beside its line has two); else the last that required."""
        if self.over:
            return []
        required = [period for period in self.periods if period.required > 0]
        last = max(required, key=lambda period: period.start, default=None)
        return self.in_progress() or ([last] if last is not None else [])


def status_of(judged: Judged) -> str:
    line, today, rules = judged.line, judged.today, judged.school.rules
    if line.period == "as_needed":
        return "AS NEEDED"
    nothing_yet = sum(period.required for period in judged.periods) == 0 and not judged.over
    if (line.start and line.start > today) or nothing_yet:
        return "NOT STARTED"
    if judged.over and judged.behind < rules.min_behind and judged.total("not_logged") == 0:
        return "ENDED"
    now = judged.judged()
    unscheduled = any(period.accounts["not_scheduled"] > 0 for period in now)
    if unscheduled and all(no_session_in(period, judged) for period in now):
        return "NOT SCHEDULED"
    if judged.behind >= rules.min_behind:
        return "MAKE-UP OWED"
    if unscheduled:
        return "PARTLY SCHEDULED"
    if is_not_logged(judged):
        return "NOT LOGGED"
    if any(schedule_differs(period, judged) for period in now):
        return "SCHEDULE DIFFERS"
    if watched(judged):
        return "WATCH"
    return "ON TRACK"


def no_session_in(period: Period, judged: Judged) -> bool:
    """No session in it at all, closed days included."""
    return not any(o.part is period.part and period.holds(o.date) for o in judged.sessions)


def is_not_logged(judged: Judged) -> bool:
    """From a session with more than log_grace_days open days since; see the page for the others."""
    for period in judged.periods:
        if period.accounts["not_logged"] == 0:
            continue
        if judged.over:
            return True
        if judged.line.group == "consultation" and period.ended(judged.today):
            return True
        for o in judged.sessions:
            if o.part is period.part and period.holds(o.date) and is_unlogged(o, judged):
                since = judged.calendar.open_days_strictly_between(o.date, judged.today, o.part.esy)
                if since > judged.school.rules.log_grace_days:
                    return True
    return False


def is_unlogged(o: Occurrence, judged: Judged) -> bool:
    if not o.available or o.date >= judged.today:
        return False
    if o.entry is None:
        return without_entry(o, judged.school) == "not_logged"
    return unreadable(o.entry)


def schedule_differs(period: Period, judged: Judged) -> bool:
    """Session count, session length, group or provider is not as the grid says."""
    line = judged.line
    own = [o for o in judged.sessions if o.part is period.part and period.holds(o.date)]
    if not own and not period.sessions_planned:
        return False
    if line.sessions > 0 and line.period in COUNTED_PERIODS:
        asked = line.sessions * (len(judged.calendar.school_days) if line.period == "day" else 1)
        if period.sessions_planned != asked:
            return True
    return any(row_differs(row, line, judged.school) for row in period.rows_planned)


def row_differs(row: Row, line: Line, school: School) -> bool:
    if line.minutes > 0 and row.minutes != line.minutes:
        return True
    if line.group and row.group and line.group != row.group:
        return True
    return bool(line.provider and row.provider) and not same_person(line.provider, row.provider, school)


def same_person(one: str, other: str, school: School) -> bool:
    """The same name, or a role and one of its people."""
    return one == other or school.roles.get(one) == other or school.roles.get(other) == one


def missed_and_refused(judged: Judged) -> tuple[int, int]:
    """Sessions missed, and refused, in the last 20 open days before today."""
    missed = refused = 0
    for part in judged.parts:
        days = [day for day in judged.calendar.open_days(part.esy) if day < judged.today][-20:]
        for o in judged.sessions:
            if o.part is not part or not o.available or not days or not days[0] <= o.date < judged.today:
                continue
            if o.entry is None:
                missed += (o.part.line.student, o.date) in judged.school.absent
            else:
                missed += o.entry.category in MISSED
                refused += o.entry.category is Category.STUDENT_REFUSED
    return missed, refused


def watched(judged: Judged) -> bool:
    if not judged.in_progress():
        return False
    missed, refused = missed_and_refused(judged)
    return missed >= 3 or refused >= 2
