"""What a run that came to nothing leaves behind: its record, and a note to the administrator that is sent."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from sheets_sync.config import Config
from sheets_sync.delivering import deliver_waiting
from sheets_sync.failed import Failure, failure_mail
from sheets_sync.mail import Mail
from sheets_sync.ports import Mailer, SentNotes, Store
from sheets_sync.problems import SheetsSyncError, WrongUse
from sheets_sync.state import RunRecord

ARRIVED = ("accepted", "written")


def remember_failure(
    store: Store,
    mailer: Mailer | None,
    config: Config,
    failure: Failure,
    run: RunRecord,
    workbook: str,
    now: Callable[[], datetime],
    sent: SentNotes | None = None,
) -> None:
    """Record the run, and tell the administrator, at once, once a cause and day.

    The note is stored with the record, then sent; where it cannot be sent it waits with the other mails, and
    no mail about students goes out with it. Where the state itself cannot be written the note is sent all the
    same, and `sent` remembers that it was; where that cannot be written either, the next try of the same day
    sends it once more, as the same mail.

    A wrong command line or configuration is remembered only where runs were before: who types a wrong name
    has it on the screen, and a workbook that is gone one morning is for the administrator. Whatever goes
    wrong here, the first error is the one to tell: nothing is raised.
    """
    note = failure_mail(config, failure, run, workbook) if failure.is_told else None
    if note is not None and sent is not None and sent.has(note):
        note = None
    try:
        if failure.exit_code == WrongUse.exit_code and not store.runs(1):
            return
        store.save(run, None, (note,) if note else ())
    except SheetsSyncError:
        _send(mailer, note, sent)
        return
    if mailer is not None and note is not None:
        with suppress(SheetsSyncError):
            deliver_waiting(store, mailer, config, now, workbook, administrator_alone=True)


def _send(mailer: Mailer | None, note: Mail | None, sent: SentNotes | None) -> None:
    if mailer is None or note is None:
        return
    with suppress(SheetsSyncError):
        for delivery in mailer.deliver([note]):
            if sent is not None and delivery.outcome in ARRIVED:
                sent.add(note)
