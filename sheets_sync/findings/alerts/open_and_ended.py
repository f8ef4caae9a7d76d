"""From when to when a finding is one alert (mail.md, "Alerts").

An alert is open from the first run that finds it to the first that does not. What comes back within three
school days of its end goes on under its old date; later it is new. What is unknown tonight (a line that
cannot be counted, a row that cannot be read, a student who vanished) neither opens nor ends. Of a student who
is gone from the Caseload what nobody was told anything of for 60 days is forgotten in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from sheets_sync.findings.alerts.values import Circumstances
from sheets_sync.findings.alerts.worse import is_better, sessions_of
from sheets_sync.findings.finding import Finding
from sheets_sync.state import Alert, Told

GOES_ON_WITHIN = 3
"""School days after its end within which an alert that comes back is the same alert."""


KEPT_DAYS = 60
"""Days after the last word about it for which an alert of a student who is gone is kept."""


def alerts_of_tonight(
    found: Mapping[str, Finding], told: Told, today: date, here: Circumstances
) -> Iterator[tuple[Alert, Finding | None]]:
    """Yield every alert as it stands tonight, with its finding if it is open; events are none of them."""
    known = set()
    for alert in told.alerts:
        if alert.finding or _is_forgotten(alert, today, here):
            continue
        known.add(alert.fingerprint)
        finding = found.get(alert.fingerprint)
        yield _carried_on(alert, finding, today, here), finding
    for fingerprint, finding in found.items():
        if fingerprint not in known:
            yield alert_of(finding, today), finding


def _is_forgotten(alert: Alert, today: date, here: Circumstances) -> bool:
    last = max((telling.last for telling in alert.tellings), default=alert.since)
    return bool(alert.student) and here.has_left(alert.student) and (today - last).days > KEPT_DAYS


def _carried_on(alert: Alert, finding: Finding | None, today: date, here: Circumstances) -> Alert:
    if finding is None:
        over = alert.ended is None and here.is_known(alert)
        return replace(alert, ended=today) if over else alert
    if is_past(alert, today, here.school_days):
        return alert_of(finding, today)
    moved = finding.quiet or is_better(finding, alert)
    return replace(
        alert_of(finding, today),
        since=alert.since,
        unchanged=today if moved else alert.unchanged,
        tellings=alert.tellings,
    )


def alert_of(finding: Finding, today: date) -> Alert:
    """Return the alert of a finding that was not there before."""
    return Alert(
        fingerprint=finding.fingerprint,
        kind=finding.kind,
        student=finding.student,
        service=finding.service,
        line=finding.line,
        provider=finding.provider,
        date=finding.date,
        minutes=finding.minutes,
        sessions=sessions_of(finding),
        text=finding.text,
        since=today,
        unchanged=today,
    )


def is_past(alert: Alert, today: date, school_days: Callable[[date, date], int]) -> bool:
    """Tell whether the alert ended so long ago that it would be new if it came back."""
    if alert.ended is None:
        return False
    return school_days(alert.ended + timedelta(days=1), today) > GOES_ON_WITHIN
