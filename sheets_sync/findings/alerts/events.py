"""Events: what is found on one night alone is kept until it is told, and told once (mail.md).

A change of the schedule that was seen on a Saturday is told on Monday. An event is never "still open" and
never "resolved". Two changes of one session are two events: their words tell them apart. The same change a
second time is told a second time: what all have heard of is kept until its date is over (`ended`), so that
the second mail of a date is known from the first (views/mail.py).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, fields, replace
from typing import Any, get_type_hints

from sheets_sync.findings.alerts.open_and_ended import alert_of
from sheets_sync.findings.alerts.values import Circumstances
from sheets_sync.findings.finding import EVENTS, Finding
from sheets_sync.state import Alert, Telling, Told, Word

HINTS = get_type_hints(Finding)


def events_of(
    findings: Iterable[Finding], told: Told, today: dt.date, here: Circumstances
) -> list[tuple[Alert, Finding]]:
    """Return the events that somebody has yet to hear of, those of earlier nights first."""
    day = here.on_the_wall or today
    tonight = {event_fingerprint(finding): finding for finding in findings if finding.kind in EVENTS}
    found: list[tuple[Alert, Finding]] = []
    for alert in told.alerts:
        if is_event(alert) and alert.ended is None and alert.fingerprint not in tonight:
            kept = unpacked(alert.finding)
            urgent = kept.urgent and _last_day(kept) >= day
            found.append((alert, replace(kept, position=here.position(kept.line), urgent=urgent)))
    before = {alert.fingerprint: alert for alert in told.alerts}
    for name, finding in tonight.items():
        alert = replace(alert_of(finding, today), fingerprint=name, finding=packed(finding))
        found.append((replace(alert, tellings=_earlier(before.get(name))), finding))
    return found


def told_on(told: Told, today: dt.date) -> tuple[Alert, ...]:
    """Return the events that all had heard of on this date."""
    return tuple(alert for alert in told.alerts if is_event(alert) and alert.ended == today)


def _earlier(alert: Alert | None) -> tuple[Telling, ...]:
    """Return what was said of the same change when it was made before: that is over."""
    return tuple(replace(telling, word=Word.ENDED) for telling in alert.tellings) if alert else ()


def is_event(alert: Alert) -> bool:
    return bool(alert.finding)


def _last_day(event: Finding) -> dt.date:
    return max(event.dates, default=event.date or dt.date.min)


def event_fingerprint(finding: Finding) -> str:
    return json.dumps([finding.fingerprint, finding.text], ensure_ascii=False)


def packed(finding: Finding) -> str:
    """Return a finding as text, to be kept in the state."""
    return json.dumps(asdict(finding), ensure_ascii=False, default=str)


def unpacked(text: str) -> Finding:
    """Return the finding that was packed. What an older version did not know has its default.

    Raises ValueError, KeyError or TypeError where it is none.
    """
    values: dict[str, Any] = json.loads(text)
    names = {field.name for field in fields(Finding)}
    return Finding(**{name: _as(HINTS[name], value) for name, value in values.items() if name in names})


def _as(hint: Any, value: Any) -> Any:
    if hint == tuple[dt.date, ...]:
        return tuple(dt.date.fromisoformat(day) for day in value)
    if hint == dt.date | None:
        return dt.date.fromisoformat(value) if value else None
    if isinstance(value, list):
        return tuple(value)
    return hint(value)
