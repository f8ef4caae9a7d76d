"""A change of the schedule by day: told within the hour, when it has settled, in school time."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from sheets_sync.daemon.school_time import Changes

MON_TO_FRI = (0, 1, 2, 3, 4)
MONDAY, SATURDAY = "2025-11-17", "2025-11-22"


def told(edits: dict[str, str], start: str, end: str, day: str = MONDAY, fails: bool = False) -> list[str]:
    """Look every three minutes; return when a run was started. `edits`: time -> digest."""
    now, last = (datetime.fromisoformat(f"{day} {text}") for text in (start, end))
    changes, runs, digest = Changes(), [], "as it was"
    while now <= last:
        seconds = now.timestamp()
        digest = max(((at, to) for at, to in edits.items() if at <= f"{now:%H:%M}"), default=("", digest))[1]
        changes = changes.looked(digest, seconds)
        if changes.wants_a_run(now, seconds, MON_TO_FRI):
            runs.append(f"{now:%H:%M}")
            changes = (
                changes.failed(seconds)
                if fails
                else changes.counted_by(changes.seen, seconds, for_a_change=True)
            )
        now += timedelta(minutes=3)
    return runs


def every_minute(first: int, last: int) -> dict[str, str]:
    return {f"{minute // 60:02}:{minute % 60:02}": f"edit {minute}" for minute in range(first, last)}


@pytest.mark.parametrize(
    ("edits", "start", "end", "runs"),
    [
        ({}, "07:00", "16:00", []),
        ({"09:01": "moved"}, "08:00", "12:00", ["09:09"]),  # seen at 9:03, settled five minutes later
        ({"09:01": "moved", "09:05": "and again"}, "08:00", "12:00", ["09:12"]),
        ({"09:01": "moved", "09:05": "as it was"}, "08:00", "12:00", []),  # taken back
        (every_minute(9 * 60 + 1, 10 * 60), "08:00", "12:00", ["09:33", "10:06"]),  # an hour of edits
        ({"05:30": "moved"}, "05:00", "09:00", ["07:00"]),  # after the night's run
        ({"15:52": "moved"}, "15:00", "20:00", ["16:00"]),  # seen in school time, settled after it
        ({"15:58": "moved"}, "15:00", "20:00", []),  # the night's run tells it
    ],
)
def test_a_school_day(edits: dict[str, str], start: str, end: str, runs: list[str]) -> None:
    assert told(edits, start, end) == runs


def test_a_day_on_which_school_does_not_meet() -> None:
    assert told({"09:01": "moved"}, "08:00", "12:00", day=SATURDAY) == []


def test_a_day_of_edits_is_told_at_most_every_25_minutes() -> None:
    runs = [datetime.fromisoformat(f"{MONDAY} {at}") for at in told(every_minute(420, 960), "07:00", "16:00")]
    assert min(later - earlier for earlier, later in pairwise(runs)) >= timedelta(minutes=25)


def test_each_change_is_told_within_the_hour() -> None:
    """Whatever came before it: one run just ended, somebody goes on editing."""
    for minute in range(480, 540):
        edits = every_minute(minute, minute + 20) | {"10:30": "the last"}
        runs = told(edits, "07:00", "12:00")
        assert any("10:30" < at <= "11:30" for at in runs)
        first = minute + 60
        assert any(
            f"{minute // 60:02}:{minute % 60:02}" < at <= f"{first // 60:02}:{first % 60:02}" for at in runs
        )


def test_what_fails_is_tried_ever_more_rarely() -> None:
    assert told({"08:01": "moved"}, "08:00", "16:00", fails=True) == ["08:09", "09:00", "10:42", "14:03"]


def test_the_nights_run_tells_what_changed_before_it() -> None:
    changes = Changes().looked("a", 0).looked("b", 100)
    counted = changes.counted_by("b", 200, for_a_change=False)
    assert counted.looked("b", 300).since is None
    assert counted.looked("c", 300).since == 300
