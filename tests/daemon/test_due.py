"""When the night's run is due: what was done, and what the clock on the wall says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sheets_sync.daemon.due import Attempt, attempts_of, due
from sheets_sync.state import RunRecord

NEW_YORK = ZoneInfo("America/New_York")
FIVE = time(5)
MINUTE = timedelta(minutes=1)


def at(text: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    """A local time as people write it: "2025-11-20 05:00"; "*" behind it: the second time that night."""
    return datetime.fromisoformat(text.rstrip("*")).replace(tzinfo=zone, fold=text.endswith("*"))


def run(text: str, exit_code: int = 0, minutes: int = 1) -> Attempt:
    return Attempt(at(text), at(text) + minutes * MINUTE, exit_code)


# Thursday, November 20, 2025; the run is at five


@pytest.mark.parametrize(
    ("now", "done", "why"),
    [
        ("2025-11-20 04:59", [], "early"),
        ("2025-11-20 05:00", [], "due"),
        ("2025-11-20 05:02", [run("2025-11-20 05:00")], "done"),
        ("2025-11-20 23:59", [run("2025-11-20 05:00")], "done"),
        ("2025-11-21 00:01", [run("2025-11-20 05:00")], "early"),
        ("2025-11-21 05:00", [run("2025-11-20 05:00")], "due"),
        # A run by hand counts from the hour on
        ("2025-11-20 05:00", [run("2025-11-20 03:00")], "due"),
        ("2025-11-20 08:00", [run("2025-11-20 07:30")], "done"),
        # Mails that wait do not make a run a bad one; a workbook that looks wrong would look so again
        ("2025-11-20 08:00", [run("2025-11-20 05:00", 4)], "done"),
        ("2025-11-20 08:00", [run("2025-11-20 05:00", 3)], "done"),
        # Three nights off, switched on in the middle of a school day: one run, at once
        ("2025-11-20 10:17", [run("2025-11-16 05:00")], "due"),
        ("2025-11-20 10:20", [run("2025-11-16 05:00"), run("2025-11-20 10:17")], "done"),
        # Switched on two hours before the hour: the run of the hour makes up for them
        ("2025-11-20 03:00", [run("2025-11-16 05:00")], "early"),
        # The clock was a week ahead, then set right: the nights of that week are to come
        ("2025-11-20 06:00", [run("2025-11-27 05:00")], "due"),
        ("2025-11-27 06:00", [run("2025-11-27 05:00"), run("2025-11-20 06:00")], "done"),
    ],
)
def test_a_night_at_five(now: str, done: list[Attempt], why: str) -> None:
    assert due(at(now), NEW_YORK, FIVE, done).why == why


@pytest.mark.parametrize(
    ("now", "done", "why"),
    [
        ("2025-11-20 21:59", [], "early"),
        ("2025-11-20 22:00", [], "due"),
        ("2025-11-21 00:30", [run("2025-11-20 22:00")], "done"),
        # Missed by sleeping over midnight, and over the school day's morning: still the night of the 20th
        ("2025-11-21 00:30", [run("2025-11-19 22:00")], "due"),
        ("2025-11-21 10:00", [run("2025-11-19 22:00")], "due"),
        ("2025-11-21 22:00", [run("2025-11-21 10:00")], "due"),
        # From noon on, the evening's run is nearer
        ("2025-11-21 12:00", [run("2025-11-19 22:00")], "early"),
    ],
)
def test_a_night_at_ten_in_the_evening(now: str, done: list[Attempt], why: str) -> None:
    assert due(at(now), NEW_YORK, time(22), done).why == why


# March 8, 2026: 2:00 is followed by 3:00. November 2, 2025: 1:59 is followed by 1:00.


@pytest.mark.parametrize(
    ("run_at", "now", "done", "why"),
    [
        (time(2, 30), "2026-03-08 01:59", [], "early"),
        (time(2, 30), "2026-03-08 03:29", [], "early"),
        (time(2, 30), "2026-03-08 03:30", [], "due"),
        (time(2, 30), "2026-03-08 04:00", [run("2026-03-08 03:30")], "done"),
        (time(2, 30), "2026-03-09 02:30", [run("2026-03-08 03:30")], "due"),
        (time(2, 30), "2026-03-09 02:32", [run("2026-03-09 02:30")], "done"),
        (time(1, 30), "2025-11-02 01:29", [], "early"),
        (time(1, 30), "2025-11-02 01:30", [], "due"),
        (time(1, 30), "2025-11-02 01:00*", [run("2025-11-02 01:30")], "done"),
        (time(1, 30), "2025-11-02 01:30*", [run("2025-11-02 01:30")], "done"),
        (time(1, 30), "2025-11-02 01:45*", [], "due"),
    ],
)
def test_nights_on_which_the_clock_changes(run_at: time, now: str, done: list[Attempt], why: str) -> None:
    assert due(at(now), NEW_YORK, run_at, done).why == why


def test_a_date_that_comes_twice_has_one_run() -> None:
    """Kwajalein, 1969: Sep 30 came twice, when the island went to the other side of the date line."""
    zone = ZoneInfo("Pacific/Kwajalein")
    hours = [datetime(1969, 9, 29, tzinfo=UTC) + timedelta(hours=hour) for hour in range(24 * 4)]
    done: list[Attempt] = []
    for now in hours:
        if due(now, zone, FIVE, done).now:
            done.append(Attempt(now, now + MINUTE, 0))
    dates = [one.started.astimezone(zone).date() for one in done]
    lived = [now.astimezone(zone).date() for now in hours]
    assert max(map(lived.count, lived)) == 47
    assert len(dates) == len(set(dates))


# What fails is tried again


def test_a_run_that_fails_is_tried_seven_times_with_growing_waits() -> None:
    now, done, tries = at("2025-11-20 04:00"), list[Attempt](), list[str]()
    while now < at("2025-11-21 00:00"):
        if due(now, NEW_YORK, FIVE, done).now:
            tries.append(f"{now:%H:%M}")
            done.append(Attempt(now, now, 1))
        now += MINUTE
    assert tries == ["05:00", "05:05", "05:15", "05:35", "06:15", "07:35", "10:15"]
    assert due(now - MINUTE, NEW_YORK, FIVE, done).why == "given up"
    assert due(at("2025-11-21 05:00"), NEW_YORK, FIVE, done).now


def test_when_it_is_tried_next_is_told() -> None:
    found = due(at("2025-11-20 05:04"), NEW_YORK, FIVE, [run("2025-11-20 05:00", 1, minutes=2)])
    assert (found.why, found.next) == ("waiting", at("2025-11-20 05:07"))
    assert found.night == date(2025, 11, 20)


def test_another_run_under_way_is_no_failure() -> None:
    """Looked for again after 1, 2, 4, 8 minutes and then each quarter of an hour, as long as it lasts."""
    now, done, tries = at("2025-11-20 05:00"), list[Attempt](), list[str]()
    while now < at("2025-11-20 06:00"):
        if due(now, NEW_YORK, FIVE, done).now:
            tries.append(f"{now:%M}")
            done.append(Attempt(now, now, 5))
        now += MINUTE
    assert tries == ["00", "01", "03", "07", "15", "30", "45"]
    assert due(now, NEW_YORK, FIVE, [*done, run("2025-11-20 05:50")]).why == "done"


def test_a_clock_that_was_set_back_keeps_nobody_waiting() -> None:
    """It failed at ten; then somebody saw that it was only six."""
    failed = [run("2025-11-20 10:00", 1)]
    assert due(at("2025-11-20 06:00"), NEW_YORK, FIVE, failed).now
    assert due(at("2025-11-20 06:03"), NEW_YORK, FIVE, [*failed, run("2025-11-20 06:00", 1)]).why == "waiting"


# What is remembered


def test_a_run_that_told_changes_of_the_same_day_is_no_night() -> None:
    morning = at("2025-11-20 08:00")
    told = RunRecord(morning, morning, morning.date(), "done", 0, 1.0, same_day=True)
    nightly = replace(told, same_day=False)
    assert attempts_of([told, nightly], NEW_YORK) == (run("2025-11-20 08:00", minutes=0),)


def test_a_trial_as_of_another_day_is_no_night() -> None:
    def record(today: str, started: str) -> RunRecord:
        return RunRecord(at(started), at(started), date.fromisoformat(today), "done", 0, 1.0)

    kept = attempts_of(
        [
            record("2025-11-20", "2025-11-20 08:00"),
            record("2025-11-21", "2025-11-20 14:00"),  # from noon on a run counts as of the next day
            record("2025-09-02", "2025-11-20 08:00"),
        ],
        NEW_YORK,
    )
    assert [one.started for one in kept] == [at("2025-11-20 08:00"), at("2025-11-20 14:00")]
