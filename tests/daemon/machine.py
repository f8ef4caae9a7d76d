"""A machine for the daemon to live on: it sleeps, its clock is set; its nights are counted independently."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sheets_sync.daemon.due import Attempt

LOOK = timedelta(minutes=15)

Decider = Callable[[datetime, ZoneInfo, time, list[Attempt]], bool]
"""Tells whether a run is due now, by the machine's clock."""


@dataclass(frozen=True)
class Sleep:
    """The machine is off for so long, from a moment on."""

    start: datetime
    length: timedelta


@dataclass(frozen=True)
class Jump:
    """The clock is wrong by `by`, from a moment on, until it is set right after `length`."""

    start: datetime
    by: timedelta
    length: timedelta


@dataclass(frozen=True)
class Year:
    """What happens in a simulated stretch of time, `days` from `start` on (UTC)."""

    zone: str
    run_at: time
    start: datetime
    days: int = 400
    sleeps: tuple[Sleep, ...] = ()
    jumps: tuple[Jump, ...] = ()

    def moments(self) -> Iterator[datetime]:
        """Yield each moment at which the daemon looks, by the machine's own clock, in UTC."""
        now, end = self.start, self.start + timedelta(days=self.days)
        while now < end:
            asleep = next((s for s in self.sleeps if s.start <= now < s.start + s.length), None)
            if asleep is not None:
                now = asleep.start + asleep.length
                continue
            yield now + sum((j.by for j in self.jumps if j.start <= now < j.start + j.length), timedelta())
            now += LOOK


@dataclass
class Nights:
    """What came of it: how many runs each date had, and on how many looks of a date its hour had passed."""

    runs: Counter[date] = field(default_factory=Counter)
    awake: Counter[date] = field(default_factory=Counter)
    first_look: dict[date, datetime] = field(default_factory=dict)
    first_run: dict[date, datetime] = field(default_factory=dict)

    @property
    def missed(self) -> list[date]:
        """Dates on which the machine was awake for three hours after the hour, and no run was made."""
        return [day for day, looks in sorted(self.awake.items()) if looks > 12 and not self.runs[day]]

    @property
    def doubled(self) -> list[date]:
        return [day for day, number in sorted(self.runs.items()) if number > 1]


def live(year: Year, decide: Decider) -> Nights:
    """Let the daemon live through it. Every run takes a minute and goes well."""
    nights, zone, attempts = Nights(), ZoneInfo(year.zone), list[Attempt]()
    for now in year.moments():
        local = now.astimezone(zone)
        day = named_by(local, year.run_at)
        if exists(day, zone) and hour_has_passed(local, day, year.run_at):
            nights.awake[day] += 1
            nights.first_look.setdefault(day, now)
        if decide(now, zone, year.run_at, attempts):
            attempts.append(Attempt(now, now + timedelta(minutes=1), 0))
            nights.runs[day] += 1
            nights.first_run.setdefault(day, now)
    return nights


def named_by(local: datetime, run_at: time) -> date:
    """The date of a night: midnight to midnight, or noon to noon where the hour is after noon."""
    return local.date() - timedelta(days=run_at.hour >= 12 and local.hour < 12)


def exists(day: date, zone: ZoneInfo) -> bool:
    """Tell a day from one that was left out when its island changed sides of the date line."""
    noon = datetime.combine(day, time(12), zone)
    return noon.astimezone(UTC).astimezone(zone).date() == day


def hour_has_passed(local: datetime, day: date, run_at: time) -> bool:
    """By the hands of the clock on the wall alone."""
    return (local.date(), local.time()) >= (day, run_at)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)
