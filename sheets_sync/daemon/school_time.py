"""Whether a change of the schedule, seen by day, is told the same day ([daemon] same_day).

What is watched is a digest of the tabs Schedule, Calendar and Staff. Somebody who edits makes many changes:
they settle first. Only in school time, 7:00 to 16:00 on the weekdays on which school meets: a change at night
waits for seven o'clock or for the night's run, whichever comes first; one at five to four is told after four.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

FIRST, LAST = time(7), time(16)
AN_HOUR = timedelta(hours=1)
SETTLED = 5 * 60.0
"""Seconds without a further change."""
LONGEST = 30 * 60.0
"""Seconds after which a change is told though changes go on: within the hour, in the worst case."""
BETWEEN = 25 * 60.0
"""Seconds between two runs for changes, at least; twice that after each that failed."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What was seen of the watched tabs. Times are seconds of a clock that is never set.

    `counted` is the digest that a run has counted, "" before the first look: what changed while nobody
    looked is the night's to tell. `seen` is that of the last look; `since` and `last` are the times of the
    first and the last change that no run has counted, None without one. `ran` is that of the last run for
    a change, `failures` how many in a row came to nothing.
    """

    counted: str = ""
    seen: str = ""
    since: float | None = None
    last: float | None = None
    ran: float | None = None
    failures: int = 0

    def looked(self, digest: str, now: float) -> Changes:
        """Return what is known after a look. A change that was taken back is none."""
        if not self.counted:
            return Changes(digest, digest, ran=self.ran)
        if digest == self.counted:
            return replace(self, seen=digest, since=None, last=None)
        if digest == self.seen:
            return self
        since = now if self.since is None else self.since
        return replace(self, seen=digest, since=since, last=now)

    def counted_by(self, seen: str, now: float, *, for_a_change: bool) -> Changes:
        """Return what is known after a good run of any kind that began when `seen` was the last digest.

        A change between that look and the run's own reading is seen once more, and starts a run that finds
        nothing new: better than one that is missed.
        """
        ran = now if for_a_change else self.ran
        return Changes(seen, seen, ran=ran)

    def failed(self, now: float) -> Changes:
        """Return what is known after a run for a change that failed: it is tried again, not at once."""
        return replace(self, ran=now, failures=self.failures + 1)

    def wants_a_run(self, local: datetime, now: float, school_days: Collection[int]) -> bool:
        """Tell whether a run is to tell now what changed. `school_days` are weekdays, Monday 0."""
        if self.since is None or self.last is None:
            return False
        ago = timedelta(seconds=now - self.since)
        seen_in_it = ago < AN_HOUR and in_school_time(local - ago, school_days)
        if not seen_in_it and not in_school_time(local, school_days):
            return False
        if self.ran is not None and now - self.ran < BETWEEN * 2**self.failures:
            return False
        return now - self.last >= SETTLED or now - self.since >= LONGEST


def in_school_time(local: datetime, school_days: Collection[int]) -> bool:
    return local.weekday() in school_days and FIRST <= local.time() < LAST
