"""What a mail says of something that was told before: still open, more than before, open for long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sheets_sync.findings.alerts import Item, Reason, sessions_of, unchanged_since
from sheets_sync.findings.finding import Finding
from sheets_sync.findings.roles import Role
from sheets_sync.findings.words import count, day_words, days_words, joined
from sheets_sync.state import Telling

Told = tuple[Item, Finding]


def note(group: Sequence[Told], to: str) -> str:
    """Return what stands beside the heading of things that are told together for the same reason."""
    reason = group[0][0].reason
    since = min(_since(item, finding) for item, finding in group)
    if reason is Reason.STILL_OPEN:
        return f"still open, since {day_words(since)}"
    if reason is Reason.ESCALATED:
        unchanged = min(unchanged_since(item.alert, finding) for item, finding in group)
        last = f" since {day_words(unchanged)}" if unchanged > since else ""
        return f"open since {day_words(since)}, nothing was mended{last}"
    return _more(group, to) if reason is Reason.WORSE else ""


def _since(item: Item, finding: Finding) -> date:
    """What was open first may be logged meanwhile: then the oldest that waits counts."""
    return max(item.alert.since, finding.due or item.alert.since)


def _more(group: Sequence[Told], to: str) -> str:
    """Return "more than on Oct 24: 30 min then"; where only other sessions are open, "further: Oct 27"."""
    before = [telling for item, _ in group for telling in item.alert.tellings if telling.to == to]
    if not before:
        return "more than before"
    when = day_words(max(telling.last for telling in before))
    minutes = sum(telling.minutes for telling in before)
    if sum(finding.minutes for _, finding in group) > minutes > 0:
        return f"more than on {when}: {minutes} min then"
    sessions = sum(telling.sessions or 0 for telling in before)
    if sum(sessions_of(finding) for _, finding in group) > sessions > 0:
        return f"more than on {when}: {count(sessions, 'session')} then"
    further = _further(group, to)
    return f"further: {days_words(further)}" if further else f"more than on {when}"


def _further(group: Sequence[Told], to: str) -> list[date]:
    """Return the sessions that are later than any that this address was told of."""
    return [day for item, finding in group for day in finding.dates if day > (_latest(item, to) or day)]


def _latest(item: Item, to: str) -> date | None:
    return next((telling.latest for telling in item.alert.tellings if telling.to == to), None)


def history(items: Sequence[Item], part: Callable[[str, str], Role | None]) -> str:
    """Return whom it was told and how often, of what is escalated; "" for all else.

    "Told to the case manager 3 times (last on Oct 20) and to the provider once (on Oct 6)." Of several things
    told together, what was told most often. `part` is what an address has to do with a student.
    """
    escalated = [item for item in items if item.reason is Reason.ESCALATED]
    if not escalated:
        return ""
    by_role: dict[Role, list[Telling]] = {}
    for item in escalated:
        for telling in item.alert.tellings:
            role = part(telling.to, item.alert.student)
            if role is not None and telling.times:
                by_role.setdefault(role, []).append(telling)
    told = [f"to the {role.words} {_how_often(by_role[role])}" for role in sorted(by_role)]
    return f"Told {joined(told)}." if told else "Nobody else has been told of it by mail."


def _how_often(tellings: Sequence[Telling]) -> str:
    times, last = max(telling.times for telling in tellings), max(telling.last for telling in tellings)
    if times == 1:
        return f"once (on {day_words(last)})"
    often = "twice" if times == 2 else f"{times} times"
    return f"{often} (last on {day_words(last)})"
