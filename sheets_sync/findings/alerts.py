"""Alerts: one digest a person a night, and silence when nothing is new (mail.md, "Alerts").

`decide` is pure: findings now, what was told, today -> what to tell whom and why, and what was told then.

An alert is open from the first run that finds it to the first that does not. Each address is told of it
once, again after `repeat_days` while it is open, and once of its end if its last word was that it is open.
What comes back within three school days of its end goes on under its old date; later it is new. What is
unknown tonight (a line that cannot be counted, a student who vanished) neither opens nor ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from sheets_sync.findings.finding import Finding, Kind
from sheets_sync.findings.people import Role
from sheets_sync.findings.receivers import Receiver
from sheets_sync.state import Alert, Telling, Told, Word

GOES_ON_WITHIN = 3
"""School days after its end within which an alert that comes back is the same alert."""


class Reason(StrEnum):
    """Why somebody is told."""

    NEW = "new"
    STILL_OPEN = "still open"
    RESOLVED = "resolved"
    FIRST_SUMMARY = "first summary"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that one person is told. `finding` is None for what is resolved."""

    reason: Reason
    alert: Alert
    finding: Finding | None
    role: Role
    through: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """All that one address is told tonight. `summary`: the first of this workbook, perhaps without items."""

    to: str
    role: Role
    items: tuple[Item, ...]
    summary: bool = False

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return why this mail goes, each reason once."""
        found = [Reason.FIRST_SUMMARY] if self.summary else [item.reason for item in self.items]
        return tuple(dict.fromkeys(str(reason) for reason in found))


@dataclass(frozen=True, slots=True)
class Decision:
    """What is told tonight, and what was told once it is. `waiting`: things that wait for a school day."""

    digests: tuple[Digest, ...]
    told: Told
    waiting: int = 0


@dataclass(frozen=True)
class Circumstances:
    """What the decision needs to know of the world.

    `receivers` of a finding; `part`: what an address has to do with a student, None if it must not (or no
    longer) hear of the student; `is_known`: whether tonight's count can tell if this alert is over;
    `school_days` counts those from one date to another, both included; `case_managers` get the first summary.
    """

    receivers: Callable[[Finding], Sequence[Receiver]]
    part: Callable[[str, str], Role | None]
    is_known: Callable[[Alert], bool]
    school_days: Callable[[date, date], int]
    case_managers: Sequence[str]
    repeat_days: int


def decide(findings: Iterable[Finding], told: Told, today: date, here: Circumstances) -> Decision:
    """Decide whom to tell what.

    Mail leaves only before a school day: on other days alerts open and end in silence, and are told on the
    next. Until the first summary has gone, every run is a first one.
    """
    found = {finding.fingerprint: finding for finding in findings}
    alerts = [*_carried_on(found, told, today, here), *_opened(found, told, today)]
    mail_day = here.school_days(today, today) > 0
    first = told.summarised is None
    items: dict[str, list[Item]] = {}
    after: list[Alert] = []
    for alert in alerts:
        new_tellings = []
        for item, telling in _tellings(alert, found.get(alert.fingerprint), first, today, here):
            new_tellings.append(telling)
            if item:
                items.setdefault(telling.to, []).append(item)
        after.append(replace(alert, tellings=tuple(new_tellings)) if mail_day else alert)
    if not mail_day:
        return Decision((), replace(told, alerts=tuple(after)), waiting=sum(map(len, items.values())))
    kept = tuple(alert for alert in after if not _is_past(alert, today, here))
    digests = _digests(items, here.case_managers if first else ())
    return Decision(digests, Told(kept, told.summarised or today))


def _carried_on(found: dict[str, Finding], told: Told, today: date, here: Circumstances) -> Iterable[Alert]:
    """Yield the alerts of last time as they stand tonight."""
    for alert in told.alerts:
        finding = found.get(alert.fingerprint)
        if finding is None:
            over = alert.ended is None and here.is_known(alert)
            yield replace(alert, ended=today) if over else alert
        elif alert.ended is not None and _is_past(alert, today, here):
            yield _alert(finding, today)
        else:
            yield replace(_alert(finding, alert.since), tellings=alert.tellings)


def _opened(found: dict[str, Finding], told: Told, today: date) -> Iterable[Alert]:
    known = {alert.fingerprint for alert in told.alerts}
    return (_alert(finding, today) for fingerprint, finding in found.items() if fingerprint not in known)


def _alert(finding: Finding, since: date) -> Alert:
    return Alert(
        fingerprint=finding.fingerprint,
        kind=finding.kind,
        student=finding.student,
        service=finding.service,
        line=finding.line,
        provider=finding.provider,
        date=finding.date,
        minutes=finding.minutes,
        text=finding.text,
        since=since,
    )


def _is_past(alert: Alert, today: date, here: Circumstances) -> bool:
    """Tell whether the alert ended so long ago that it would be new if it came back."""
    if alert.ended is None:
        return False
    return here.school_days(alert.ended + timedelta(days=1), today) > GOES_ON_WITHIN


def _tellings(
    alert: Alert, finding: Finding | None, first: bool, today: date, here: Circumstances
) -> Iterable[tuple[Item | None, Telling]]:
    """Yield every telling of the alert as it is after tonight, and the item where something is said."""
    before = {telling.to: telling for telling in alert.tellings}
    if finding is None:
        for telling in before.values():
            yield _end(alert, telling, here)
        return
    for receiver in here.receivers(finding):
        yield _open(alert, finding, receiver, before.pop(receiver.to, None), first, today, here)
    for telling in before.values():
        yield None, telling


def _end(alert: Alert, telling: Telling, here: Circumstances) -> tuple[Item | None, Telling]:
    if alert.ended is None or telling.word is not Word.OPEN:
        return None, telling
    ended = replace(telling, word=Word.ENDED)
    role = here.part(telling.to, alert.student)
    return (None if role is None else Item(Reason.RESOLVED, alert, None, role)), ended


def _open(
    alert: Alert,
    finding: Finding,
    receiver: Receiver,
    before: Telling | None,
    first: bool,
    today: date,
    here: Circumstances,
) -> tuple[Item | None, Telling]:
    if first and receiver.role in (Role.PROVIDER, Role.SUPERVISOR):
        return None, Telling(receiver.to, today, Word.BASELINE)
    if before is None:
        reason = Reason.NEW
    elif (today - before.last).days >= here.repeat_days and _is_repeated(finding, receiver):
        reason = Reason.STILL_OPEN
    else:
        return None, before
    item = Item(reason, alert, finding, receiver.role, receiver.through)
    return item, Telling(receiver.to, today, Word.OPEN)


def _is_repeated(finding: Finding, receiver: Receiver) -> bool:
    """A provider is told once what to make up (mail.md, "missed")."""
    return not (finding.kind is Kind.MISSED and receiver.role is Role.PROVIDER)


def _digests(items: dict[str, list[Item]], first_summaries: Sequence[str]) -> tuple[Digest, ...]:
    everybody = dict.fromkeys([*first_summaries, *items])
    return tuple(
        Digest(
            to=to,
            role=min(
                (item.role for item in items.get(to, ())),
                default=Role.CASE_MANAGER,
            ),
            items=tuple(items.get(to, ())),
            summary=to in first_summaries,
        )
        for to in everybody
    )
