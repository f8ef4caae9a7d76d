"""What makes a run noticed from outside: its pings, its deadline, its end on SIGTERM, its record if it fails.

`run.sync` records what fails within it; here is what fails before it (a workbook that is gone, a password
that is not there), and what ends in the middle because it hangs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

from sheets_sync.cli.moment import Moment
from sheets_sync.cli.options import called
from sheets_sync.failed import Failure, failed_record, failure_of
from sheets_sync.problems import SheetsSyncError, Stopped
from sheets_sync.remember_failure import remember_failure
from sheets_sync.watch import Watch
from sheets_sync.wiring import machine_clock, open_ping, open_sent_notes, open_store
from sheets_sync.wiring_mail import open_mailer

if TYPE_CHECKING:
    from sheets_sync.config import Config
    from sheets_sync.ports import Mailer, Workbook
    from sheets_sync.state import RunRecord


class Noticing:
    """One run, seen from outside. `remember`: it is pinged about, recorded and told; no trial is.

    One of the same day is not pinged about: the switch is to miss the night's run, and that alone.
    `say` shows a failure to whoever runs the program, where the run is given up. Failures are told to the
    ping as their exit code; of a run that somebody stopped, or that found another under way, the ping hears
    nothing: it is missed if no other run makes up for it.
    """

    def __init__(
        self,
        config: Config,
        when: Moment,
        remember: bool,
        say: Callable[[RunRecord, Failure], None],
        *,
        same_day: bool = False,
    ) -> None:
        self._config = config
        self._when = when
        self._remember = remember
        self._say = say
        self._now = machine_clock(config)
        self._started, self._clock = self._now(), perf_counter()
        self._same_day = same_day
        self._ping = open_ping(config) if remember and not same_day else None
        self._has_begun = False
        self._error: BaseException | None = None
        self._workbook: Workbook | None = None
        self._watch: Watch | None = None

    def step(self, words: str) -> None:
        """Note what is being done. Raises Stopped where the run is to stop."""
        if self._watch is not None:
            self._watch.step(words)

    @contextmanager
    def watching(self, workbook: Workbook, whole: frozenset[str], doing: str) -> Iterator[None]:
        """End what is done within in time; `doing` is what is done first, `whole` as in Watch."""
        self._workbook = workbook
        self._watch = Watch(self._config.daemon.deadline, whole, self._give_up)
        self._watch.step(doing)
        with self._watch.watching():
            yield

    @property
    def name(self) -> str:
        """What the workbook is called, as far as it is known."""
        return self._workbook.name if self._workbook is not None else called(self._config.workbook)

    @property
    def is_asked_to_stop(self) -> bool:
        """Whether somebody ended the run, or tried to while it was ending by itself."""
        return self._watch is not None and self._watch.is_asked_to_stop

    def began(self) -> None:
        """The run holds the state: no other does."""
        self._has_begun = True
        if self._ping is not None:
            self._ping.start()

    def note_failure(self, error: BaseException) -> None:
        """The run has failed; that is yet to be remembered and told, and can hang as well."""
        self._error = error

    def ended(self, exit_code: int) -> str:
        """Ping that the run is over; return "", or a sentence why that did not arrive."""
        if self._ping is None:
            return ""
        self._ping.end(exit_code)
        return self._ping.problem()

    def failed(self, error: BaseException) -> tuple[RunRecord, Failure, str]:
        """Return the record of the run that this ended, why, and what `ended` returns; remember what failed
        before the run began."""
        failure = failure_of(error)
        run = self._record(failure)
        if self._remember and not self._has_begun and failure.is_told:
            self._remember_failure(failure, run)
        return run, failure, self.ended(failure.exit_code) if failure.is_pinged else ""

    def _record(self, failure: Failure) -> RunRecord:
        return failed_record(
            failure,
            today=self._when.today,
            started=self._started,
            finished=self._now(),
            seconds=perf_counter() - self._clock,
            same_day=self._same_day,
        )

    def _mailer(self) -> Mailer | None:
        try:
            return open_mailer(self._config)
        except SheetsSyncError:
            return None

    def _give_up(self, error: SheetsSyncError | Stopped) -> None:
        """Say, remember and tell that the run is given up, while its own thread hangs."""
        failure = failure_of(self._error or error)
        run = self._record(failure)
        self._say(run, failure)
        if not self._remember:
            return
        if self._ping is not None and failure.is_pinged:
            self._ping.end(failure.exit_code)
        if not self._is_recorded():
            self._remember_failure(failure, run)
        if self._ping is not None:
            self._ping.problem()

    def _is_recorded(self) -> bool:
        """Tell whether this run has failed already, and hangs while that is told."""
        try:
            last = open_store(self._config).runs(1)
        except SheetsSyncError:
            return False
        return any(run.exit_code and run.started >= self._started for run in last)

    def _remember_failure(self, failure: Failure, run: RunRecord) -> None:
        store = open_store(self._config)
        remember_failure(
            store, self._mailer(), self._config, failure, run, self.name, self._now, open_sent_notes()
        )
