"""snoozed: a date in "Snooze until" silences what is open on that line now (mail.md).

"Now" is the night on which the date was first seen: what had been found by an earlier run is silenced until
that date, at most `snooze_max_days` ahead. What is first found on that night or later is told: a further
missed session, or anything else that nobody had seen on the tab when the date was typed. An escalation and
the end of what was open are told all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sheets_sync.findings.alerts.values import Item, Reason
from sheets_sync.findings.finding import Kind
from sheets_sync.state import Alert, Snooze

ALL_THE_SAME = frozenset({Reason.ESCALATED, Reason.RESOLVED})


def remembered(now: Mapping[str, date], before: Iterable[Snooze], today: date) -> tuple[Snooze, ...]:
    """Return the snoozes of tonight, each with the date on which it was first seen.

    Another date is another snooze: it silences what is open now. The same date goes on.
    """
    known = {(snooze.line, snooze.until): snooze for snooze in before}
    return tuple(known.get((line, until), Snooze(line, until, today)) for line, until in now.items())


def end_of(snooze: Snooze, max_days: int) -> date:
    """Return the first day on which it silences nothing any more."""
    return min(snooze.until, snooze.seen + timedelta(days=max_days))


def is_silenced(alert: Alert, item: Item, snoozes: Mapping[str, Snooze], today: date, max_days: int) -> bool:
    """Tell whether this is not said because staff snoozed the line."""
    snooze = snoozes.get(alert.line) if alert.line else None
    if snooze is None or today >= end_of(snooze, max_days) or alert.finding:
        return False
    if item.reason in ALL_THE_SAME or alert.since >= snooze.seen:
        return False
    return not _is_a_further_missed_session(item)


def _is_a_further_missed_session(item: Item) -> bool:
    return item.reason is Reason.WORSE and item.alert.kind == Kind.MISSED
