"""The ticker: `schedule` calls one job every few seconds, and knows nothing of nights.

`schedule` 1.2.2 plans by the naive local time: set the clock back a week, or an hour in autumn, and nothing
happens for a week or an hour. So the job is planned anew whenever that clock went back.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import schedule

EVERY = 5
"""Seconds between two turns while something is under way."""

AT_REST = 30
"""Seconds between two turns while nothing is: being woken costs more than the turn itself."""


class Ticker:
    """Calls `turn`, which never raises, again and again whatever the clock does.

    Between two turns pass as many seconds as `pause` then says, at least EVERY and at most AT_REST.
    """

    def __init__(self, turn: Callable[[], None], pause: Callable[[], float]) -> None:
        self._turn = turn
        self._pause = pause
        self._scheduler = schedule.Scheduler()
        self._last = _clock()
        self._plan(EVERY)

    def tick(self) -> float:
        """Do what is due; return the seconds until something is again."""
        now = _clock()
        if now < self._last:
            self._plan(EVERY)
        self._last = now
        self._scheduler.run_pending()
        idle: float | None = self._scheduler.idle_seconds
        return min(max(idle or 0.0, 0.0), float(AT_REST))

    def _plan(self, seconds: float) -> None:
        self._scheduler.clear()
        self._scheduler.every(int(min(max(seconds, EVERY), AT_REST))).seconds.do(self._job)

    def _job(self) -> type[schedule.CancelJob]:
        self._turn()
        self._plan(self._pause())
        return schedule.CancelJob


def _clock() -> datetime:
    return datetime.now()  # noqa: DTZ005 - the clock of the library, which knows no zones
