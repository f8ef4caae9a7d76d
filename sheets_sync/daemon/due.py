"""Whether the night's run is due: a pure function of the time and of what was done (promises.md, 12).

A night is named by the date of its hour. Where `run_at` is before noon it lasts from midnight to midnight,
else from noon to noon: a run at 23:30 that was missed is made up after midnight, and is still that of the
date before. Each night has one run, not before its hour, which is one moment: in the doubled hour of autumn
the first, in the hour that spring leaves out as long after the change as it would have been after two.
Nights that are over are not made up one by one: one run counts everything, that of the night in which the
machine is awake again, at once where its hour has passed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal

from sheets_sync.daemon.waits import BUSY_WAITS, RUN_WAITS, wait
from sheets_sync.state import RunRecord
from sheets_sync.today import date_of_run

DONE = frozenset({0, 3, 4})
"""Exit codes after which the night is done. 3: the workbook looks wrong, and would again in five minutes;
a person mends it and ticks a box, or the next night's run finds it mended."""

BUSY = 5
REMEMBERED = 100
"""How many of the last runs are looked at: a clock that was set back a week lives those nights again."""

NOON = time(12)
HALF_A_DAY = timedelta(hours=12)

_LONG_AGO = datetime.min.replace(tzinfo=UTC)

Why = Literal["early", "due", "done", "waiting", "given up"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A run that ended: when it began and was over (aware), and its exit code."""

    started: datetime
    finished: datetime
    exit_code: int


@dataclass(frozen=True, slots=True)
class Due:
    """`now`: the run of `night` is due. `next`: when it is, or is to be asked again, if nothing happens.

    `why`: its hour has not come; it is due; it was done; the last try failed and a wait runs; all tries
    failed, and the next night comes first.
    """

    night: date
    why: Why
    next: datetime

    @property
    def now(self) -> bool:
        return self.why == "due"


def due(now: datetime, zone: tzinfo, run_at: time, attempts: Sequence[Attempt]) -> Due:
    """Decide. `now` is aware; `attempts` are runs of any time, whoever started them, in any order (quicker
    with the latest first)."""
    night = night_of(now.astimezone(zone), run_at)
    hour = hour_of(night, run_at, zone)
    if now < hour:
        return Due(night, "early", hour)
    tomorrow = hour_of(night + timedelta(days=1), run_at, zone)

    def of_night(one: Attempt) -> bool:
        return one.started >= hour and night_of(one.started.astimezone(zone), run_at) == night

    if any(one.exit_code in DONE and of_night(one) for one in attempts):
        return Due(night, "done", tomorrow)
    tried = [one for one in attempts if of_night(one)]
    failed = [one for one in tried if one.exit_code != BUSY]
    if len(failed) > len(RUN_WAITS):
        return Due(night, "given up", tomorrow)
    again = max(_again(now, failed, RUN_WAITS), _again(now, _busy_since_then(tried), BUSY_WAITS))
    return Due(night, "due", now) if again <= now else Due(night, "waiting", again)


def night_of(local: datetime, run_at: time) -> date:
    """Return the night that a local time belongs to, by the clock on the wall."""
    on_the_wall = local.replace(tzinfo=None)
    return (on_the_wall - HALF_A_DAY if run_at >= NOON else on_the_wall).date()


def hour_of(night: date, run_at: time, zone: tzinfo) -> datetime:
    """Return the moment at which the run of a night is due, in UTC."""
    return datetime.combine(night, run_at, zone).astimezone(UTC)


def attempts_of(runs: Iterable[RunRecord], zone: tzinfo) -> tuple[Attempt, ...]:
    """Return what the remembered runs are to this: trials as of another day than their own are none, and
    runs of the same day neither: what else is to be told waits for the night's."""
    return tuple(
        Attempt(run.started, run.finished, run.exit_code)
        for run in runs
        if not run.same_day and run.today in _days_of(run.started.astimezone(zone))
    )


def _days_of(local: datetime) -> tuple[date, date]:
    return local.date(), date_of_run(local)


def _busy_since_then(tried: list[Attempt]) -> list[Attempt]:
    """Return the tries that found another run under way, since the last one that did not."""
    last = max((one.started for one in tried if one.exit_code != BUSY), default=_LONG_AGO)
    return [one for one in tried if one.exit_code == BUSY and one.started > last]


def _again(now: datetime, failed: list[Attempt], waits: tuple[timedelta, ...]) -> datetime:
    """Return when to try again after these; long ago if there are none.

    What is over only later than now was tried before somebody set the clock back: it counts, but nothing
    waits for it.
    """
    over = [one.finished for one in failed if one.finished <= now]
    return max(over) + wait(waits, len(failed)) if over else _LONG_AGO
