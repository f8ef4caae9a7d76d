"""new, still open, resolved: each address is told of an alert once, weekly while it is open, its end once.

What comes back within three school days goes on: whoever was told that it was settled is told that it is open
still, once and at once, and hears of its next end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sheets_sync.findings.alerts.escalated import escalations
from sheets_sync.findings.alerts.values import Circumstances, Item, Reason, Word
from sheets_sync.findings.alerts.worse import is_worse, sessions_of
from sheets_sync.findings.finding import EVENTS, PASSING, Finding, Kind
from sheets_sync.findings.receivers import Receiver
from sheets_sync.findings.roles import Role
from sheets_sync.state import Alert, Telling
from sheets_sync.state import Word as Last


def words_of(
    alert: Alert, finding: Finding | None, first: bool, today: date, here: Circumstances
) -> Iterator[Word]:
    """Yield what could be said of the alert tonight, to each address that has or had a part in it."""
    before = {telling.to: telling for telling in alert.tellings}
    if finding is None:
        for telling in before.values():
            yield _end(alert, telling, today, here)
        return
    receivers = here.receivers(finding)
    for receiver in receivers:
        yield _open(alert, finding, receiver, before.pop(receiver.to, None), first, today, here)
    supervisors = here.supervisors(finding) if not finding.quiet else ()
    for telling in before.values():
        yield _to_a_supervisor(alert, finding, telling, telling.to in supervisors, today)
    if not first:
        to = frozenset(receiver.to for receiver in receivers)
        yield from escalations(alert, finding, to, today, here)


def _to_a_supervisor(alert: Alert, finding: Finding, before: Telling, oversees: bool, today: date) -> Word:
    """A supervisor to whom it was escalated, and then told to be settled, hears that it is open again."""
    if finding.kind in EVENTS or before.word is not Last.ENDED or not oversees:
        return Word(before.to, None, before, before)
    item = Item(Reason.STILL_OPEN, alert, finding, Role.SUPERVISOR)
    return Word(before.to, item, before, _told(before.to, finding, before, Last.OPEN, today))


def _end(alert: Alert, telling: Telling, today: date, here: Circumstances) -> Word:
    if alert.ended is None or telling.word is not Last.OPEN:
        return Word(telling.to, None, telling, telling)
    role = None if _has_passed(alert, today) else here.part(telling.to, alert.student)
    item = None if role is None else Item(Reason.RESOLVED, alert, None, role, closing=here.closing(alert))
    return Word(telling.to, item, telling, replace(telling, word=Last.ENDED))


def _has_passed(alert: Alert, today: date) -> bool:
    """Tell whether it is over because its day has come and gone: nobody has settled it."""
    return alert.kind in PASSING and alert.date is not None and alert.date < today


def _open(
    alert: Alert,
    finding: Finding,
    receiver: Receiver,
    before: Telling | None,
    first: bool,
    today: date,
    here: Circumstances,
) -> Word:
    if first and receiver.role in (Role.PROVIDER, Role.SUPERVISOR):
        return Word(receiver.to, None, before, _told(receiver.to, finding, before, Last.BASELINE, today))
    reason = _reason(finding, receiver, before, today, here)
    if reason is None and before is not None:
        return Word(receiver.to, None, before, before)
    item = Item(reason or Reason.NEW, alert, finding, receiver.role, receiver.through)
    return Word(receiver.to, item, before, _told(receiver.to, finding, before, Last.OPEN, today))


def _reason(
    finding: Finding, receiver: Receiver, before: Telling | None, today: date, here: Circumstances
) -> Reason | None:
    if before is None:
        return Reason.NEW
    if finding.kind in EVENTS:
        return Reason.NEW if before.word is Last.ENDED else None
    if is_worse(finding, before):
        return Reason.WORSE
    if before.word is Last.ENDED:
        return Reason.STILL_OPEN
    if (today - before.last).days >= here.repeat_days and _is_repeated(finding, receiver):
        return Reason.STILL_OPEN
    return None


def _is_repeated(finding: Finding, receiver: Receiver) -> bool:
    """A provider is told once what to make up (mail.md, "missed")."""
    return not (finding.kind is Kind.MISSED and receiver.role is Role.PROVIDER)


def _told(to: str, finding: Finding, before: Telling | None, word: Last, today: date) -> Telling:
    times = (before.times if before else 0) + (word is not Last.BASELINE)
    latest = max(finding.dates, default=None)
    return Telling(to, today, word, finding.minutes, sessions_of(finding), latest, times)
