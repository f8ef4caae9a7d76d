"""The make-up pool: whose make-up it is, and what it repairs."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.tables import Category
from tests.reference.accounts import OWED
from tests.reference.matching import Matched
from tests.reference.occurrences import Occurrence, Occurrences, sort_by_priority
from tests.reference.parts import Part
from tests.reference.periods import Period, period_of
from tests.reference.records import Entry, Line, School


@dataclass(eq=False)
class MakeUp:
    entry: Entry
    part: Part
    minutes: int


def pool(matched: Matched, school: School, occurrences: Occurrences, parts: list[Part]) -> list[MakeUp]:
    """One of each, the oldest first."""
    makeups: list[MakeUp] = []
    for entry in sorted(matched.makeups, key=lambda e: e.row):
        part = line_of(entry, occurrences, parts)
        if part is None:
            continue
        minutes = entry.minutes if entry.minutes >= 0 else usual_minutes(entry, part, occurrences)
        twin = next((m for m in makeups if same_makeup(m.entry, entry)), None)
        if twin is None:
            makeups.append(MakeUp(entry, part, minutes))
        else:
            twin.minutes = min(twin.minutes, minutes)
    return sorted(makeups, key=lambda m: (m.entry.date, m.entry.start, m.entry.row))


def same_makeup(one: Entry, other: Entry) -> bool:
    """The same date and "make-up for", with start times equal or one blank."""
    same = (one.student, one.service, one.date, one.makeup_for)
    return same == (other.student, other.service, other.date, other.makeup_for) and (
        one.start == other.start or -1 in (one.start, other.start)
    )


def line_of(entry: Entry, occurrences: Occurrences, parts: list[Part]) -> Part | None:
    """The line that had, or would have had, the session of its "make-up for" date; else see the page."""
    if entry.makeup_for is not None:
        session = session_made_up(entry, occurrences)
        if session is not None:
            return session.part
        part = occurrences.line_on(
            entry.student, entry.service, entry.makeup_for, entry.group, entry.provider
        )
        if part is not None:
            return part
    part = occurrences.line_on(entry.student, entry.service, entry.date, entry.group, entry.provider)
    if part is not None:
        return part
    same = [
        part for part in parts if (part.line.student, part.line.service) == (entry.student, entry.service)
    ]
    ended = [part for part in same if part.ends < entry.date]
    return max(ended or same, key=lambda part: (part.ends, -part.line.order), default=None)


def session_made_up(entry: Entry, occurrences: Occurrences) -> Occurrence | None:
    """The session of the "make-up for" date: of the entry's group; a missed one before one not logged."""
    owe = occurrences.school.rules.closures == "owe"
    there = [
        o
        for o in occurrences.all
        if (o.available or (owe and o.closed))
        and o.date == entry.makeup_for
        and (o.part.line.student, o.part.line.service) == (entry.student, entry.service)
    ]
    return max(there, key=lambda o: likeness(o, entry, occurrences), default=None)


def likeness(o: Occurrence, entry: Entry, occurrences: Occurrences) -> tuple:
    """The line first, by the priority of an occurrence; then the session that wants repair most."""
    left = occurrences.left(o.part, o.date)
    line = sort_by_priority(o.part.line, entry.group, entry.provider, left)
    return (*line, wants_repair(o), bool(entry.group) and o.row.group == entry.group)


def wants_repair(o: Occurrence) -> int:
    """Missed by the school before not logged, before excused, before delivered."""
    if o.entry is None:
        return 2
    if o.entry.category in (Category.DELIVERED, Category.LATE):
        return 0
    return 3 if o.entry.category in OWED else 1


def usual_minutes(entry: Entry, part: Part, occurrences: Occurrences) -> int:
    """Of the session that it makes up, or of the one-day row that it stands on; else the line's."""
    there = [
        o
        for o in occurrences.all
        if o.as_makeup
        and o.date == entry.date
        and (o.part.line.student, o.part.line.service) == (entry.student, entry.service)
    ]
    if there:
        return there[0].minutes
    if entry.makeup_for is not None:
        session = session_made_up(entry, occurrences)
        if session is not None:
            return session.minutes
    return part.line.minutes


def mark_owed(makeups: list[MakeUp], occurrences: Occurrences) -> None:
    """A session of the "make-up for" date without an entry is thereby owed; each make-up takes another."""
    for makeup in makeups:
        free = [
            o
            for o in occurrences.of(makeup.part)
            if o.available and o.date == makeup.entry.makeup_for and o.entry is None and not o.owed_by_makeup
        ]
        if free:
            max(free, key=lambda o: likeness(o, makeup.entry, occurrences)).owed_by_makeup = True


def spend_decisions(matched: Matched) -> None:
    """A team decision without a session excuses minutes of its period: first owed, then not scheduled."""
    for entry, part in sorted(matched.decisions, key=lambda item: (item[0].date, item[0].row)):
        period = period_of(part, entry.date)
        if period is not None:
            left = move(period, "owed", "excused", entry.minutes)
            move(period, "not_scheduled", "excused", left)


def move(period: Period, source: str, target: str, minutes: int) -> int:
    """Move minutes between accounts of a period; return those that found nothing to move."""
    taken = min(period.accounts[source], minutes)
    period.accounts[source] -= taken
    period.accounts[target] += taken
    return minutes - taken


def spend(makeup: MakeUp, parts: list[Part], school: School) -> int:
    """Steps 1, 2 and 3; what is left is extra."""
    left = makeup.minutes
    if makeup.entry.makeup_for is not None:
        period = period_of(makeup.part, makeup.entry.makeup_for)
        if period is not None:
            left = move(period, "owed", "made_up", left)
            if period.ended(school.today):
                left = move(period, "not_scheduled", "made_up", left)
            left = move(period, "excused", "made_up", left)
    own = makeup.part.line
    for line in [own] + [line for line in lines_of(parts) if line is not own]:
        if (line.student, line.service) == (own.student, own.service):
            left = oldest_first(makeup, periods_of_line(parts, line), left, school)
    return left


def lines_of(parts: list[Part]) -> list[Line]:
    return list(dict.fromkeys(part.line for part in parts))


def periods_of_line(parts: list[Part], line: Line) -> list[Period]:
    periods = [period for part in parts if part.line is line for period in part.periods]
    return sorted(periods, key=lambda period: period.start)


def oldest_first(makeup: MakeUp, periods: list[Period], left: int, school: School) -> int:
    """Oldest period first: owed; then not scheduled of ended periods; then excused."""
    entry = makeup.entry
    reach = [
        period
        for period in periods
        if period.start <= entry.date or (entry.makeup_for is not None and period.holds(entry.makeup_for))
    ]
    for account in ("owed", "not_scheduled", "excused"):
        for period in reach:
            if account != "not_scheduled" or period.ended(school.today):
                left = move(period, account, "made_up", left)
    return left
