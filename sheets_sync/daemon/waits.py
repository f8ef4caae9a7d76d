"""How long is waited before what failed is tried again: longer each time, so that nothing storms."""

from __future__ import annotations

from datetime import timedelta

RUN_WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 10, 20, 40, 80, 160))
"""Before each further try of a night's run. After the last one it is given up until the next night: a run
at 5:00 is tried seven times, the last time at 10:15."""

BUSY_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15))
"""While another run of the workbook is under way; the last wait goes on."""

LONGEST_LOOK = 30 * 60.0
"""Seconds between two looks at a workbook that cannot be looked at."""


def wait(waits: tuple[timedelta, ...], failures: int) -> timedelta:
    """Return the wait after so many failures in a row (1 or more); the last one goes on."""
    return waits[min(failures, len(waits)) - 1]


def look_again_after(every: float, failures: int) -> float:
    """Return the seconds until the next look: `every`, doubled by each failure in a row, at most 30 min."""
    return max(every, min(every * 2.0 ** min(failures, 20), LONGEST_LOOK)) if failures else every
