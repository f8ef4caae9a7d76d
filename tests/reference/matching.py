"""Each session to one entry; what is left over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sheets_sync.tables import Category
from tests.reference.entries import NOT_HAPPENED, may_take, suspension_is_owed, unreadable
from tests.reference.occurrences import Occurrence, Occurrences, pattern_on
from tests.reference.parts import Part
from tests.reference.records import Entry, Row, School

DELIVERED = (Category.DELIVERED, Category.LATE)


@dataclass(eq=False)
class OffSchedule:
    """A delivered session that nobody had scheduled."""

    entry: Entry
    part: Part
    minutes: int


@dataclass
class Matched:
    off_schedule: list[OffSchedule] = field(default_factory=list)
    makeups: list[Entry] = field(default_factory=list)
    decisions: list[tuple[Entry, Part]] = field(default_factory=list)


class Matching:
    """Matches the entries of one school to its sessions."""

    def __init__(
        self, school: School, occurrences: Occurrences, entries: list[Entry], suspended: dict[str, list[date]]
    ) -> None:
        self.school, self.occurrences, self.suspended = school, occurrences, suspended
        self.result = Matched()
        days: dict[tuple[str, str, date], list[Entry]] = defaultdict(list)
        for entry in entries:
            days[entry.student, entry.service, entry.date].append(entry)
        self.sessions: dict[tuple[str, str, date], list[Occurrence]] = defaultdict(list)
        for o in occurrences.all:
            self.sessions[o.part.line.student, o.part.line.service, o.date].append(o)
        for key, found in days.items():
            self.match_day(key, found)

    def match_day(self, key: tuple[str, str, date], entries: list[Entry]) -> None:
        makeups = [entry for entry in entries if entry.category is Category.MAKE_UP]
        others = [entry for entry in entries if entry.category is not Category.MAKE_UP]
        rows = self.makeup_rows(key)
        others, pool = self.of_makeup_rows(rows, others, lambda row, e: e.start == row.start >= 0)
        sessions = [o for o in self.sessions.get(key, []) if o.available]
        sessions = [o for o in sessions if not self.is_that_makeup(o, makeups)]
        sessions.sort(key=lambda o: (o.start, o.row.order))
        left = self.give(sessions, others)
        left, more = self.of_makeup_rows([] if sessions else rows, left, lambda row, e: e.start < 0)
        self.result.makeups += makeups + pool + more
        self.leftovers(key, sessions, left)

    def is_that_makeup(self, o: Occurrence, makeups: list[Entry]) -> bool:
        """An occurrence of a one-day row at whose time a make-up is logged counts as that make-up."""
        one_day = o.row.begins is not None and o.row.begins == o.row.ends
        if one_day and any(entry.start in (-1, o.start) for entry in makeups):
            o.as_makeup = True
            o.available = False
        return o.as_makeup

    def makeup_rows(self, key: tuple[str, str, date]) -> list[Row]:
        student, service, day = key
        return [
            row
            for row in self.school.rows
            if row.makeup and (row.student, row.service) == (student, service) and self.falls_on(row, day)
        ]

    def of_makeup_rows(
        self, rows: list[Row], entries: list[Entry], fits: Callable[[Row, Entry], bool]
    ) -> tuple[list[Entry], list[Entry]]:
        """The entry of a row marked make-up goes to the pool: at its time, or left over without one."""
        pool: list[Entry] = []
        for row in list(rows):
            fitting = [e for e in entries if fits(row, e) and e.category in DELIVERED and not unreadable(e)]
            if fitting:
                entries = [e for e in entries if e is not fitting[0]]
                pool.append(fitting[0])
                rows.remove(row)
        return entries, pool

    def falls_on(self, row: Row, day: date) -> bool:
        inside = (row.begins is None or row.begins <= day) and (row.ends is None or day <= row.ends)
        return inside and pattern_on(row, day, self.occurrences.calendar, row.cycle_length)

    def give(self, sessions: list[Occurrence], entries: list[Entry]) -> list[Entry]:
        """Equal start time; equal group; those without a time; then in order of time and of rows."""
        by_time = sorted(entries, key=lambda entry: entry.start)
        left = self._stage(sessions, by_time, lambda o, e: e.start == o.start >= 0 and e.group == o.row.group)
        left = self._stage(sessions, left, lambda o, e: e.start == o.start >= 0)
        left = self._stage(sessions, left, lambda o, e: bool(e.group) and e.group == o.group)
        left = self._stage(sessions, left, lambda o, e: e.start < 0)
        return self._stage(sessions, left, lambda o, e: True)

    def _stage(
        self,
        sessions: list[Occurrence],
        entries: list[Entry],
        fits: Callable[[Occurrence, Entry], bool],
    ) -> list[Entry]:
        left = []
        for entry in entries:
            free = (
                o
                for o in sessions
                if o.entry is None and fits(o, entry) and may_take(entry, o, self.occurrences)
            )
            session = next(free, None)
            if session is None:
                left.append(entry)
            else:
                session.entry = entry
        return left

    def leftovers(self, key: tuple[str, str, date], sessions: list[Occurrence], entries: list[Entry]) -> None:
        off: list[OffSchedule] = []
        for entry in sorted(entries, key=lambda entry: entry.row):
            fitting = [o for o in reversed(sessions) if self.one_session(o, entry)]
            session = max(fitting, key=lambda o: o.start == entry.start, default=None)
            if session is not None:
                self.settle(session, entry)
            elif entry.category is Category.TEAM_DECISION:
                self.decide(key, entry, sessions)
            elif entry.category not in NOT_HAPPENED and not unreadable(entry):
                self.off_schedule(key, entry, off)
        self.result.off_schedule += off

    def one_session(self, o: Occurrence, entry: Entry) -> bool:
        """The entry can only be for the session that another entry was matched to."""
        if o.entry is None:
            return False
        if o.entry.group and entry.group and o.entry.group != entry.group:
            return False
        start = o.entry.start if o.entry.start >= 0 else o.start
        return entry.start < 0 or start < 0 or abs(entry.start - start) < max(o.minutes, 1)

    def settle(self, o: Occurrence, entry: Entry) -> None:
        """A team decision stands above all but a delivered one; else the less favourable counts."""
        matched = o.entry
        assert matched is not None
        o.entry = min(matched, entry, key=lambda e: self.favour(e, o, {matched.category, entry.category}))

    def favour(self, entry: Entry, o: Occurrence, both: set[Category]) -> tuple[int, int]:
        minutes = o.minutes if entry.minutes < 0 else entry.minutes
        if unreadable(entry):
            return (9, 0)
        if Category.TEAM_DECISION in both:
            above = {Category.DELIVERED: 0, Category.LATE: 0, Category.TEAM_DECISION: 1}
            return (above.get(entry.category, 2), minutes)
        rank = {Category.PROVIDER_ABSENT: 0, Category.SCHOOL_ACTIVITY: 0}
        rank |= {Category.LATE: 2, Category.DELIVERED: 3}
        if entry.category is Category.SUSPENDED:
            return (0 if suspension_is_owed(entry, self.suspended) else 1, 0)
        place = rank.get(entry.category, 1)
        return (place, minutes if place >= 2 else 0)

    def decide(self, key: tuple[str, str, date], entry: Entry, sessions: list[Occurrence]) -> None:
        """A team decision on a date with no session, and with Minutes."""
        part = self.occurrences.line_on(*key, entry.group, entry.provider)
        if part is not None and entry.minutes > 0 and not any(o.part is part for o in sessions):
            self.result.decisions.append((entry, part))

    def off_schedule(self, key: tuple[str, str, date], entry: Entry, off: list[OffSchedule]) -> None:
        part = self.occurrences.line_on(*key, entry.group, entry.provider)
        if part is None:
            return
        minutes = entry.minutes if entry.minutes >= 0 else part.line.minutes
        for other in off:
            if self.same_unscheduled(other, entry, minutes):
                one = (other.entry.category is not Category.LATE, other.minutes)
                if (entry.category is not Category.LATE, minutes) < one:
                    other.entry, other.minutes = entry, minutes
                return
        off.append(OffSchedule(entry, part, minutes))

    def same_unscheduled(self, other: OffSchedule, entry: Entry, minutes: int) -> bool:
        if other.entry.group and entry.group and other.entry.group != entry.group:
            return False
        starts = (other.entry.start, entry.start)
        length = other.minutes if starts[0] <= starts[1] else minutes
        return -1 in starts or abs(starts[0] - starts[1]) < max(length, 1)
