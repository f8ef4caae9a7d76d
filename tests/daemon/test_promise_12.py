"""Promise 12: one run a local night, whatever the clock does; a missed night is made up once.

400 days in each of five zones (both clock changes, half hours, a date that never was) with sleeps and jumps
of the clock, and ways of telling the time that look right and fail here.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import schedule

from sheets_sync.daemon.due import REMEMBERED, Attempt, due
from tests.daemon.machine import Decider, Jump, Nights, Sleep, Year, live, utc

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def ours(now: datetime, zone: ZoneInfo, run_at: time, attempts: list[Attempt]) -> bool:
    return due(now, zone, run_at, attempts[: -REMEMBERED - 1 : -1]).now


def years(run_at: time | None = None) -> list[Year]:
    """Five zones, each with the hour that is worst there, and with bad luck of its own."""
    return [
        _with_bad_luck(zone, run_at or hour, start, seed)
        for seed, (zone, hour, start) in enumerate(
            [
                ("America/New_York", time(2, 30), utc(2025, 9, 1)),  # within the gap, Mar 8, 2026
                ("Europe/Berlin", time(2, 15), utc(2025, 9, 1)),  # within the doubled hour, Oct 26, 2025
                ("Australia/Lord_Howe", time(1, 45), utc(2025, 9, 1)),  # doubled and left out by 30 min
                ("Asia/Kolkata", time(22, 0), utc(2025, 9, 1)),  # UTC+5:30, in the evening
                ("Pacific/Apia", time(5, 0), utc(2011, 3, 1)),  # Dec 30, 2011 never was
            ]
        )
    ]


def _with_bad_luck(zone: str, run_at: time, start: datetime, seed: int) -> Year:
    """Forty sleeps, from ten minutes to ten days, many over the hour; jumps of a week, and of hours."""
    luck = random.Random(seed)
    hour = datetime.combine(start.date(), run_at, ZoneInfo(zone))
    sleeps = [
        Sleep(
            hour + luck.randrange(400) * DAY - luck.randrange(1, 300) * timedelta(minutes=1),
            luck.choice([HOUR / 6, HOUR, 6 * HOUR, DAY, 3 * DAY, 10 * DAY]),
        )
        for _ in range(40)
    ]
    jumps = (
        Jump(start + 50 * DAY, 7 * DAY, 2 * HOUR),
        Jump(start + 100 * DAY, -7 * DAY, 5 * HOUR),
        Jump(start + 150 * DAY + 3 * HOUR, 7 * DAY, 3 * DAY),
        Jump(start + 200 * DAY, -HOUR, 40 * DAY),
        Jump(start + 300 * DAY, -DAY, 30 * HOUR),
    )
    return Year(zone, run_at, start, 400, tuple(sleeps), jumps)


def faults(nights: Nights) -> tuple[list[date], list[date]]:
    return nights.missed, nights.doubled


@pytest.mark.parametrize("year", years(), ids=lambda year: year.zone)
def test_each_date_has_one_run_whatever_the_clock_does(year: Year) -> None:
    """And it is made at the first look after the hour; an hour later at most, where it lies in a gap."""
    nights = live(year, ours)
    assert faults(nights) == ([], [])
    assert sum(nights.runs.values()) > 250
    late = {day: nights.first_run[day] - look for day, look in nights.first_look.items() if nights.runs[day]}
    assert max(late.values()) <= HOUR


@pytest.mark.parametrize("run_at", [time(0, 0), time(5, 0), time(12, 0), time(23, 59)])
@pytest.mark.parametrize("zone", range(5))
@pytest.mark.slow
def test_and_at_any_other_hour(zone: int, run_at: time) -> None:
    assert faults(live(years(run_at)[zone], ours)) == ([], [])


# What looks right and is wrong


def by_schedule() -> Decider:
    """`schedule.every().day.at(run_at)` of schedule 1.2.2, on the machine's clock."""
    moment: list[datetime] = []
    fired: list[bool] = []
    library = schedule.Scheduler()

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return moment[0].replace(tzinfo=None)

    def decide(now: datetime, zone: ZoneInfo, run_at: time, attempts: list[Attempt]) -> bool:
        moment[:], fired[:] = [now.astimezone(zone)], []
        real, schedule.datetime = (
            schedule.datetime,
            SimpleNamespace(datetime=Clock, timedelta=timedelta, time=time),
        )
        try:
            if not library.jobs:
                library.every().day.at(f"{run_at:%H:%M}").do(lambda: fired.append(True))
            library.run_pending()
        finally:
            schedule.datetime = real
        return bool(fired)

    return decide


def every_24_hours(now: datetime, zone: ZoneInfo, run_at: time, attempts: list[Attempt]) -> bool:
    if not attempts:
        return now.astimezone(zone).time() >= run_at
    return now - attempts[-1].started >= DAY


def at_the_minute(now: datetime, zone: ZoneInfo, run_at: time, attempts: list[Attempt]) -> bool:
    """As a line of crontab."""
    local = now.astimezone(zone)
    return local.replace(tzinfo=None) - datetime.combine(local.date(), run_at) in (
        timedelta(minutes=minutes) for minutes in range(15)
    )


def after_the_last_date(now: datetime, zone: ZoneInfo, run_at: time, attempts: list[Attempt]) -> bool:
    """One remembered date: a clock that was a week ahead for an hour costs a week of nights."""
    local = now.astimezone(zone)
    last = max((one.started.astimezone(zone).date() for one in attempts), default=date.min)
    return local.time() >= run_at and local.date() > last


def a_date_other_than_the_last(now: datetime, zone: ZoneInfo, run_at: time, attempts: list[Attempt]) -> bool:
    local = now.astimezone(zone)
    last = attempts[-1].started.astimezone(zone).date() if attempts else None
    return local.time() >= run_at and local.date() != last


WRONG: dict[str, Callable[[], Decider]] = {
    "schedule's own .at()": by_schedule,
    "every 24 hours": lambda: every_24_hours,
    "at the minute": lambda: at_the_minute,
    "after the last date": lambda: after_the_last_date,
    "a date other than the last": lambda: a_date_other_than_the_last,
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_looks_right_fails_here(wrong: str) -> None:
    missed, doubled = faults(live(years()[0], WRONG[wrong]()))
    assert missed or doubled
