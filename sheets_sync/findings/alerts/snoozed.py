"""snoozed: a date in "Snooze until" silences what is open on that line now (mail.md).

"Now" is the night on which the date was first seen: what had been found by an earlier run is silenced until
that date, at most `snooze_max_days` ahead. What is first found on that night or later is told: a further
missed session, or anything else that nobody had seen on the tab when the date was typed. An escalation and
the end of what was open are told all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from sheets_sync.findings.alerts.values import Item, Reason
from sheets_sync.findings.finding import Kind
from sheets_sync.state import Alert, Snooze

KEPT_DAYS = 7
"""So long a date is remembered that is not seen any more."""

ALL_THE_SAME = frozenset({Reason.ESCALATED, Reason.RESOLVED})


def remembered(now: Mapping[str, date], before: Iterable[Snooze], today: date) -> tuple[Snooze, ...]:
    """Return the snoozes of tonight, each with the date on which it was first seen.

    Another date is another snooze: it silences what is open now. The same date goes on, also where it was not
    seen for some days, like that of a line that could not be found: those are kept, and silence nothing.
    """
    known = {(one.line, one.until): one for one in before}
    seen = [
        replace(known.get((line, until), Snooze(line, until, today)), last=today)
        for line, until in now.items()
    ]
    unseen = (one for one in known.values() if one.line not in now)
    return (*seen, *(one for one in unseen if (today - one.last).days <= KEPT_DAYS))


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
