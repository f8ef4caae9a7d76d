"""reassigned: a line that has another provider has the same alerts (mail.md, "Alerts").

A fingerprint names the provider. Before anything is decided, what was told of a line under another provider
is known again, so that nothing is "settled" and new in one mail. A missed session stays with whoever missed
it, as long as she is on Staff and no entry of its date names the other; all else goes on with the new
provider.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from sheets_sync.findings.finding import DATED, Finding, Kind, fingerprint_of
from sheets_sync.state import Alert, Told

GO_ON = frozenset(
    {Kind.MISSED, Kind.MAKE_UP_OVERDUE, Kind.UNSCHEDULED, Kind.UNDER_SCHEDULED, Kind.NOT_LOGGED}
    | {Kind.SCHEDULE_DIFFERS, Kind.EXCUSED_OFTEN, Kind.WATCH}
)


def with_other_providers(
    findings: Iterable[Finding], told: Told, stays: Callable[[Alert, Finding], bool]
) -> tuple[tuple[Finding, ...], Told]:
    """Return tonight's findings and what was told, each alert under one provider.

    `stays` tells of a missed session whether it is still that of the alert's provider.
    """
    findings = tuple(findings)
    known = {alert.fingerprint for alert in told.alerts}
    tonight = {finding.fingerprint for finding in findings}
    left = [
        one
        for one in told.alerts
        if one.ended is None and one.kind in GO_ON and one.fingerprint not in tonight
    ]
    kept: dict[str, Finding] = {}
    moved: dict[str, Alert] = {}
    for finding in findings:
        before = [alert for alert in left if _is_same(alert, finding)]
        if finding.fingerprint in known or len(before) != 1:
            continue
        if finding.kind is Kind.MISSED and stays(before[0], finding):
            kept[finding.fingerprint] = _given_back(finding, before[0].provider)
        else:
            moved[before[0].fingerprint] = _handed_on(before[0], finding.provider)
    alerts = tuple(moved.get(alert.fingerprint, alert) for alert in told.alerts)
    return tuple(kept.get(one.fingerprint, one) for one in findings), replace(told, alerts=alerts)


def _is_same(alert: Alert, finding: Finding) -> bool:
    """Tell whether they differ in the provider alone; of what has dates, the oldest one is still open."""
    is_open = alert.date == finding.date if finding.kind in DATED else alert.date in (None, *finding.dates)
    return is_open and bool(alert.line) and (alert.kind, alert.line) == (finding.kind, finding.line)


def _given_back(finding: Finding, provider: str) -> Finding:
    return replace(finding, provider=provider, providers=(provider,) if provider else ())


def _handed_on(alert: Alert, provider: str) -> Alert:
    fingerprint = fingerprint_of(alert.kind, alert.student, alert.line, provider, alert.date)
    return replace(alert, provider=provider, fingerprint=fingerprint)
