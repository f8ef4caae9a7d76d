"""The ticker: `schedule` calls one job every few seconds, and knows nothing of nights.

`schedule` 1.2.2 plans by the naive local time: set the clock back a week, or an hour in autumn, and nothing
happens for a week or an hour. So the job is planned anew whenever that clock went back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import schedule

EVERY = 5
"""Seconds between two turns."""


class Ticker:
    """Calls `turn`, which never raises, every EVERY seconds whatever the clock does."""

    def __init__(self, turn: Callable[[], None], every: int = EVERY) -> None:
        self._turn = turn
        self._every = every
        self._scheduler = schedule.Scheduler()
        self._last = _clock()
        self._plan()

    def tick(self) -> float:
        """Do what is due; return the seconds until something is again."""
        now = _clock()
        if now < self._last:
            self._plan()
        self._last = now
        self._scheduler.run_pending()
        idle: float | None = self._scheduler.idle_seconds
        return min(max(idle or 0.0, 0.0), float(self._every))

    def _plan(self) -> None:
        self._scheduler.clear()
        self._scheduler.every(self._every).seconds.do(self._turn)


def _clock() -> datetime:
    return datetime.now()  # noqa: DTZ005 - the clock of the library, which knows no zones
