"""When a box that somebody ticked is answered by a run ("Sync now", "This is meant"; spec: promises.md).

A run unticks the box, so a box that is still ticked after a run was either ticked again or could not be
answered: the workbook cannot be written, the run failed. The first case is answered at the next look, the
second with growing waits, as nobody can tell them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sheets_sync.daemon.waits import wait

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 1, 5, 10, 20, 40, 80, 160))
"""After so many runs in a row that left a box ticked."""


@dataclass(frozen=True, slots=True)
class Answering:
    """The runs in a row after which a box was still ticked, and when the last of them ended.

    Times are seconds of a clock that is never set (time.monotonic).
    """

    runs: int = 0
    last: float = 0.0

    def looked(self, ticked: bool) -> Answering:
        """Return what is known after a look: a box that is not ticked was answered."""
        return self if ticked else Answering()

    def answered(self, now: float) -> Answering:
        """Return what is known after a run for a ticked box."""
        return Answering(self.runs + 1, now)

    def wants_a_run(self, ticked: bool, now: float) -> bool:
        """Tell whether a box that a look saw is to be answered now."""
        if not ticked or not self.runs:
            return ticked
        return now - self.last >= wait(WAITS, self.runs).total_seconds()
