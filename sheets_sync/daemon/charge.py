"""What the daemon knows of one workbook, and what is to be done for it next."""

from __future__ import annotations

from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from sheets_sync.daemon.answering import Answering
from sheets_sync.daemon.due import REMEMBERED, Attempt, Due, attempts_of, due
from sheets_sync.daemon.school_time import Changes
from sheets_sync.daemon.waits import RUN_WAITS, wait
from sheets_sync.daemon.world import Place
from sheets_sync.problems import SheetsSyncError
from sheets_sync.state import RunRecord
from sheets_sync.today import date_of_run

GOOD = (0, 4)
"""Exit codes of runs that counted and wrote."""

Reason = Literal["sync now", "night", "same day", "mails"]


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done now, and why: a run, or (for "mails") another try to send what waits."""

    place: Place
    reason: Reason
    digest: str = ""
    """What the watched tabs were at the last look."""

    @property
    def arguments(self) -> tuple[str, ...]:
        if self.reason == "mails":
            return ("outbox", "--retry")
        return ("sync", "--same-day") if self.reason == "same day" else ("sync",)


class Charge:
    """One workbook. Nothing here waits, and nothing is read but the state file, after it changed.

    `found` is what was last found about the night's run; `trouble` why the state cannot be read, "" where
    it can.
    """

    def __init__(self, place: Place) -> None:
        self.place = place
        self.trouble = ""
        self.found: Due | None = None
        self._unrecorded: list[Attempt] = []
        self._remembered: tuple[RunRecord, ...] = ()
        self._attempts: tuple[Attempt, ...] = ()
        self._next_mail: datetime | None = None
        self._mail_tries = 0
        self._no_mails_before = datetime.min.replace(tzinfo=UTC)
        self._mark: Hashable = object()
        self._answering = Answering()
        self._changes = Changes()
        self._ticked = False

    def looked(self, ticked: bool, digest: str, seconds: float) -> None:
        """Take in what a look showed."""
        self._ticked = ticked
        self._answering = self._answering.looked(ticked)
        if digest:
            self._changes = self._changes.looked(digest, seconds)

    def errand(self, now: datetime, seconds: float) -> Errand | None:
        """Return what is to be done now. `now` is aware, `seconds` of a clock that is never set."""
        self._remember()
        config, local = self.place.config, now.astimezone(self.place.zone)
        self.found = due(now, self.place.zone, config.daemon.run_at, self._attempts)
        if self._answering.wants_a_run(self._ticked, seconds):
            return self._errand("sync now")
        if self.found.now:
            return self._errand("night")
        if self._changes.wants_a_run(local, seconds, config.rules.school_days):
            return self._errand("same day")
        if self._next_mail is not None and max(self._next_mail, self._no_mails_before) <= now:
            return self._errand("mails")
        return None

    def ended(self, errand: Errand, attempt: Attempt, seconds: float, *, killed: str = "") -> None:
        """Take in how it ended; `killed` says why it was, where it did not end by itself.

        A run that was killed could not remember that it failed: this is done for it, if nothing newer is
        remembered.
        """
        if errand.reason == "mails":
            self._mails_tried(attempt)
            return
        if not self._is_recorded():
            if killed:
                self._record(errand, attempt, killed)
            if errand.reason != "same day" and (not killed or not self._is_recorded()):
                self._unrecorded = [*self._unrecorded[-REMEMBERED:], attempt]
                self._take()
        if errand.reason == "sync now":
            self._answering = self._answering.answered(seconds)
            self._ticked = False
        if attempt.exit_code in GOOD and errand.digest:
            self._changes = self._changes.counted_by(
                errand.digest, seconds, for_a_change=errand.reason == "same day"
            )
        elif errand.reason == "same day":
            self._changes = self._changes.failed(seconds)

    def _is_recorded(self) -> bool:
        """Read the state again; tell whether another run than before is the last."""
        before, self._mark = self._remembered[:1], object()
        self._remember()
        return self._remembered[:1] != before

    def _errand(self, reason: Reason) -> Errand:
        return Errand(self.place, reason, self._changes.seen)

    def _remember(self) -> None:
        """Read the state again where it changed. What cannot be read now is as it was when it could."""
        mark = self.place.memory.mark()
        if mark == self._mark:
            return
        self._mark = mark
        try:
            self._remembered = tuple(self.place.memory.runs(REMEMBERED))
            self._next_mail = self.place.memory.next_try()
            self.trouble = ""
        except SheetsSyncError as error:
            self.trouble = error.what
        self._take()

    def _take(self) -> None:
        recorded = attempts_of(self._remembered, self.place.zone)
        self._attempts = (*reversed(self._unrecorded), *recorded)

    def _mails_tried(self, attempt: Attempt) -> None:
        """Believe the state about when to try again; where it says nothing new, wait longer each time."""
        before, self._mark = self._next_mail, object()
        self._remember()
        self._mail_tries = self._mail_tries + 1 if self._next_mail == before else 0
        self._no_mails_before = attempt.finished + (
            wait(RUN_WAITS, self._mail_tries) if self._mail_tries else timedelta()
        )

    def _record(self, errand: Errand, attempt: Attempt, killed: str) -> None:
        record = RunRecord(
            started=attempt.started,
            finished=attempt.finished,
            today=date_of_run(attempt.started.astimezone(self.place.zone)),
            outcome="failed",
            exit_code=attempt.exit_code,
            seconds=(attempt.finished - attempt.started).total_seconds(),
            error=killed,
            same_day=errand.reason == "same day",
        )
        with suppress(SheetsSyncError):
            self.place.memory.record(record)
