"""What a mail says of something that was told before: still open, more than before, open for long."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sheets_sync.findings.alerts import Item, Reason
from sheets_sync.findings.finding import Finding
from sheets_sync.findings.roles import Role
from sheets_sync.findings.words import count, day_words, joined
from sheets_sync.state import Telling

Told = tuple[Item, Finding]


def note(group: Sequence[Told], to: str) -> str:
    """Return what stands beside the heading of things that are told together for the same reason."""
    reason = group[0][0].reason
    since = day_words(min(item.alert.since for item, _ in group))
    if reason is Reason.STILL_OPEN:
        return f"still open, since {since}"
    if reason is Reason.ESCALATED:
        return f"open since {since}, nothing was mended"
    return _more(group, to) if reason is Reason.WORSE else ""


def _more(group: Sequence[Told], to: str) -> str:
    """Return "more than on Oct 24: 30 min then"."""
    before = [telling for item, _ in group for telling in item.alert.tellings if telling.to == to]
    if not before:
        return "more than before"
    when = day_words(max(telling.last for telling in before))
    minutes = sum(telling.minutes for telling in before)
    if sum(finding.minutes for _, finding in group) > minutes > 0:
        return f"more than on {when}: {minutes} min then"
    sessions = sum(telling.sessions or 0 for telling in before)
    return f"more than on {when}: {count(sessions, 'session')} then" if sessions else f"more than on {when}"


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
