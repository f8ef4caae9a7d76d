"""Sends what waits in the outbox: each mail is marked before the next one is begun (mail.md, "Never lost").

A crash between the server's word and the mark is the one case of a second copy, and that is the same mail.
Where a mark cannot be written nothing more is sent: each further mail would come again with the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sheets_sync.config import Config
from sheets_sync.findings.roles import Role
from sheets_sync.mail import Mail
from sheets_sync.ports import Delivery, Mailer, Store
from sheets_sync.retry_policy import after_try, failed_notes, to_report
from sheets_sync.state import MailOutcome
from sheets_sync.views.given_up_mail import given_up_mail


def deliver_waiting(
    store: Store,
    mailer: Mailer,
    config: Config,
    now: Callable[[], datetime],
    workbook: str,
    *,
    administrator_alone: bool = False,
    between: Callable[[], None] = lambda: None,
) -> tuple[Delivery, ...]:
    """Send everything that waits, then tell the administrator of what was given up.

    `workbook` is what to call it; `administrator_alone`: send what goes to the administrator, nothing else;
    `between` is called when one mail is marked and the next not begun: what it raises ends the sending.
    Raises RunFailed where a mark cannot be written.
    """
    waiting = store.waiting()
    if administrator_alone:
        waiting = tuple(mail for mail in waiting if mail.role == Role.ADMINISTRATOR.words)
    deliveries = _send(store, mailer, waiting, now, between)
    notes = _report(store, config, now(), workbook)
    return (*deliveries, *_send(store, mailer, notes, now, between))


def _send(
    store: Store,
    mailer: Mailer,
    mails: Sequence[Mail],
    now: Callable[[], datetime],
    between: Callable[[], None],
) -> tuple[Delivery, ...]:
    if not mails:
        return ()
    postings = {posting.message_id: posting for posting in store.postings()}
    done: list[Delivery] = []
    for delivery in mailer.deliver(mails):
        store.mark([after_try(postings[delivery.message_id], delivery, now())])
        done.append(delivery)
        between()
    return tuple(done)


def _report(store: Store, config: Config, at: datetime, workbook: str) -> list[Mail]:
    """Store one note for each cause for which something was given up; return those that are to be sent.

    What is told is marked with the note, in one transaction: no crash loses either. A note takes the place of
    those about the same that were given up themselves.
    """
    notes = []
    everything = store.postings()
    for problem, postings in to_report(everything, at.date()).items():
        note = given_up_mail(config, problem, postings, at, workbook)
        if note is not None:
            told = [replace(posting, reported=at.date()) for posting in postings]
            replaced = failed_notes(everything, problem)
            store.mark([*told, *(replace(one, outcome=MailOutcome.DROPPED) for one in replaced)], [note])
            notes.append(note)
    return notes
