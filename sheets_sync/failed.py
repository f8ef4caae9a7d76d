"""What is left of a run that came to nothing: why, its record, and a note to the administrator. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sheets_sync.config import Config
from sheets_sync.mail import Mail
from sheets_sync.problems import AlreadyRunning, Held, SheetsSyncError, Stopped, WrongUse, whole_sentence
from sheets_sync.state import RunRecord
from sheets_sync.views.administrator_mail import administrator_mail

STANDS = "The tab stays as it was, and says by itself of which day it is."
TOLD_ALONE = "Nobody else was told of this."
LOOK = "look at it, then run again; sheets-sync check tries everything one by one."
ONCE_A_DAY = (
    "This is told once a day for as long as it lasts. `sheets-sync runs` lists the runs, `sheets-sync check`"
    " tries everything that a run needs, one by one."
)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run came to nothing; no words of it name a student.

    `outcome` is "failed", "held", or "stopped" where somebody ended it. `kind`: the name of its class.
    """

    outcome: str
    exit_code: int
    what: str
    remedy: str
    kind: str

    @property
    def cause(self) -> str:
        """What makes two failures one: the sentence without its numbers, which vary from night to night."""
        return f"run-failed: {self.kind}: {re.sub(r'[0-9]+', '#', self.what)}"

    @property
    def is_told(self) -> bool:
        """Tell whether the administrator hears of it: not of what somebody stopped, nor of a second run;
        of a workbook that is held it hears from whoever holds it."""
        return self.outcome == "failed" and self.is_pinged

    @property
    def is_pinged(self) -> bool:
        """Tell whether a dead-man's switch hears of it: what is to be run again is missed by itself."""
        return self.outcome != "stopped" and self.kind != AlreadyRunning.__name__


def failure_of(error: BaseException) -> Failure:
    """Return what an exception means; of one that is not ours its kind alone: its words can quote a cell."""
    kind = type(error).__name__
    if isinstance(error, SheetsSyncError):
        outcome = "held" if isinstance(error, Held) else "failed"
        return Failure(outcome, error.exit_code, error.what, error.remedy, kind)
    if isinstance(error, Stopped):
        return Failure("stopped", 1, error.what, "", kind)
    if isinstance(error, KeyboardInterrupt):
        return Failure("stopped", 1, "Stopped.", "", kind)
    remedy = "Try again; if it happens twice, tell who maintains it."
    return Failure("failed", 1, f"The program itself failed ({kind}).", remedy, kind)


def failed_record(
    failure: Failure,
    *,
    today: date,
    started: datetime,
    finished: datetime,
    seconds: float,
    same_day: bool = False,
) -> RunRecord:
    """Return the record of a run that came to nothing."""
    return RunRecord(
        started=started,
        finished=finished,
        today=today,
        outcome=failure.outcome,
        exit_code=failure.exit_code,
        seconds=seconds,
        error=failure.what,
        same_day=same_day,
    )


def failure_mail(config: Config, failure: Failure, run: RunRecord, workbook: str) -> Mail | None:
    """Write the note to the administrator: one a cause and day; None where there is nobody to write to."""
    return administrator_mail(
        config,
        cause=failure.cause,
        today=run.today,
        at=run.finished,
        subject="IEP services: the run failed",
        lead=f"{whole_sentence(failure.what)} What would do: {failure.remedy or LOOK}",
        paragraphs=(
            f"This ended the run of {run.started:%Y-%m-%d %H:%M}. {_what_stands(failure)}",
            ONCE_A_DAY,
        ),
        workbook=workbook,
    )


def _what_stands(failure: Failure) -> str:
    """Of a workbook that is not there, or is none, no tab can stand."""
    return TOLD_ALONE if failure.exit_code == WrongUse.exit_code else f"{STANDS} {TOLD_ALONE}"
