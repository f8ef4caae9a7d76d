"""What changed in the sessions to come of one student and service, old beside new. Pure, on dated sessions.

Two schedules are compared by what they mean: the dated sessions of every row from today on, each a day, a
time and a provider. So rows that are sorted, typed in another way, split, or ended while a successor begins
are compared as a person would: what is the same is no change, and what is left over on either side is paired.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from sheets_sync.counted import CountedSession
from sheets_sync.findings.words import clock_span, day_words, days_words
from sheets_sync.intake.names import name_key
from sheets_sync.intake.schedule_piece import WEEKDAYS
from sheets_sync.intake.sessions import Rule, write_days
from sheets_sync.vacant import given_by

Dated = Mapping[CountedSession, Sequence[date]]
"""The rows of a schedule, each with the dates of its sessions from today on, in order."""

APART = timedelta(days=14)
"""How far the end of an old session and the begin of a new one may lie apart to be one move."""

FEW = 3
"""So many dates are named one by one."""


@dataclass(frozen=True)
class Part:
    """Sessions that are on one side alone: of rows alike, on `dates`. `open_end`: they go on from there;
    `gaps`: some of their days are as they were."""

    rows: tuple[CountedSession, ...]
    dates: tuple[date, ...]
    open_end: bool
    gaps: bool = False

    @property
    def provider(self) -> str:
        return self.rows[0].provider

    @property
    def row(self) -> CountedSession:
        return self.rows[0]

    @cached_property
    def weekdays(self) -> frozenset[int]:
        return frozenset(day.weekday() for day in self.dates)

    @property
    def what(self) -> str:
        """Return "Mon, Wed 9:00-9:30 with K. Lee"."""
        time = clock_span(self.row.start, self.row.minutes) or f"{self.row.minutes} min"
        return f"{self._days} {time} {given_by(self.provider)}".rstrip()

    @property
    def _days(self) -> str:
        row = self.row
        if row.pattern == "cycle":
            bits = [number for number in range(row.cycle_days.bit_length()) if row.cycle_days >> number & 1]
            letters = row.cycle_length == 2
            days = tuple("AB"[number] if letters else f"D{number + 1}" for number in bits)
        else:
            days = tuple(WEEKDAYS[day] for day in sorted(self.weekdays))
        return write_days(Rule(days, None, None, row.pattern, 0, row.nth, row.cycle_days, row.cycle_length))

    @property
    def when(self) -> str:
        """Return "from Nov 3 on", "on Nov 10", "Nov 10 to Nov 21"."""
        if self.gaps or (len(self.dates) <= FEW and not self.open_end):
            return f"on {days_words(self.dates)}"
        if self.open_end:
            return f"from {day_words(self.dates[0])} on"
        return f"{day_words(self.dates[0])} to {day_words(self.dates[-1])}"


@dataclass(frozen=True)
class Change:
    """Old beside new; without an old part a session was added, without a new one it was dropped."""

    old: Part | None
    new: Part | None

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for part in (self.old, self.new) if part)

    @property
    def words(self) -> str:
        """Return "Mon 9:00-9:30 with K. Lee -> Tue 10:00-10:30 with K. Lee, from Oct 21 on"."""
        if self.old and self.new:
            return f"{self.old.what} -> {self.new.what}, {self.new.when}"
        if self.new:
            return f"added: {self.new.what}, {self.new.when}"
        assert self.old is not None
        return f"dropped: {self.old.what}, {self.old.when}"


def changes(old: Dated, new: Dated) -> tuple[Change, ...]:
    """Return what is different between two schedules of one student and service."""
    gone, come = _left_over(old, new), _left_over(new, old)
    found = []
    for one, other in _pairs(gone, come):
        gone.remove(one)
        come.remove(other)
        found.append(Change(one, other))
    found += [Change(part, None) for part in gone] + [Change(None, part) for part in come]
    return tuple(sorted(found, key=lambda change: min(part.dates[0] for part in change.parts)))


def _left_over(own: Dated, other: Dated) -> list[Part]:
    """Return the sessions of one side that the other has not, those of rows alike together."""
    there = {_session(row, day) for row, days in other.items() for day in days}
    seen: set[tuple[object, ...]] = set()
    together: dict[tuple[object, ...], list[tuple[CountedSession, Sequence[date], Sequence[date]]]] = {}
    for row, days in own.items():
        lacking = [day for day in days if _session(row, day) not in there | seen]
        seen |= {_session(row, day) for day in days}
        if lacking:
            alike_days = _same_weekdays(row, days, lacking)
            begins = row.begins if lacking[0] == alike_days[0] else _monday(lacking[0])
            alike = (*_alike(row), begins, row.ends, lacking[-1] == alike_days[-1])
            together.setdefault(alike, []).append((row, lacking, alike_days))
    return [
        Part(
            rows=tuple(row for row, _, _ in those),
            dates=tuple(sorted({day for _, lacking, _ in those for day in lacking})),
            open_end=any(row.ends is None and lacking[-1] == days[-1] for row, lacking, days in those),
            gaps=any(_has_gaps(lacking, days) for _, lacking, days in those),
        )
        for those in together.values()
    ]


def _same_weekdays(row: CountedSession, days: Sequence[date], lacking: Sequence[date]) -> Sequence[date]:
    """Return the sessions on the weekdays of those that are lacking: of a row with two days one may move."""
    if row.pattern == "cycle":
        return days
    weekdays = {day.weekday() for day in lacking}
    return [day for day in days if day.weekday() in weekdays]


def _has_gaps(lacking: Sequence[date], days: Sequence[date]) -> bool:
    between = days[days.index(lacking[0]) : days.index(lacking[-1]) + 1]
    return len(between) > len(lacking)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _session(row: CountedSession, day: date) -> tuple[object, ...]:
    return day, row.start, row.minutes, name_key(row.provider)


def _alike(row: CountedSession) -> tuple[object, ...]:
    cycle = (row.cycle_days, row.cycle_length) if row.pattern == "cycle" else ()
    return row.pattern, row.nth, *cycle, row.start, row.minutes, name_key(row.provider), row.group


def _pairs(gone: Sequence[Part], come: Sequence[Part]) -> list[tuple[Part, Part]]:
    """Pair what has most in common first; what lies too far apart in time is no move."""
    ranked = sorted(
        ((_in_common(one, other), -i, -j) for i, one in enumerate(gone) for j, other in enumerate(come)),
        reverse=True,
    )
    found: list[tuple[Part, Part]] = []
    left, right = set(range(len(gone))), set(range(len(come)))
    for _, i, j in ranked:
        if -i in left and -j in right and _are_near(gone[-i], come[-j]):
            found.append((gone[-i], come[-j]))
            left.discard(-i)
            right.discard(-j)
    return found


def _in_common(one: Part, other: Part) -> int:
    same_time = one.row.start == other.row.start
    return (
        4 * (name_key(one.provider) == name_key(other.provider))
        + 4 * (same_time and one.weekdays == other.weekdays)
        + 2 * (same_time or one.weekdays == other.weekdays)
        + 2 * (one.row.group == other.row.group)
        + (one.row.minutes == other.row.minutes)
    )


def _are_near(one: Part, other: Part) -> bool:
    return one.dates[0] <= other.dates[-1] + APART and other.dates[0] <= one.dates[-1] + APART
