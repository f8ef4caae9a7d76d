"""escalated: open for `escalate_days` without a change: told to the supervisor once, with its history.

(mail.md, "Alerts".)

The supervisor is that of the finding's providers on the Staff tab. It holds for every kind that somebody can
settle: not for `watch`, which is no fault, not for a data-problem, which belongs to no provider, and not
for events, which are not open. Who is told of it anyway gets no escalation.

A change is one for the better, a session or 30 minutes: it says that somebody is at it. What only gets worse
goes on counting. The days begin once it is mailed at all (`quiet`); for not-logged, with the day on which
the grace of its oldest session was over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sheets_sync.findings.alerts.values import Circumstances, Item, Reason, Word
from sheets_sync.findings.alerts.worse import sessions_of
from sheets_sync.findings.finding import EVENTS, Finding, Kind
from sheets_sync.findings.roles import Role
from sheets_sync.state import Alert, Telling
from sheets_sync.state import Word as Last

NOT_ESCALATED = frozenset({Kind.WATCH, Kind.DATA_PROBLEM}) | EVENTS


def escalations(
    alert: Alert, finding: Finding, told_anyway: frozenset[str], today: date, here: Circumstances
) -> Iterator[Word]:
    """Yield what the supervisors could be told; `told_anyway` are tonight's receivers."""
    if finding.kind in NOT_ESCALATED or finding.quiet:
        return
    if (today - unchanged_since(alert, finding)).days < here.escalate_days:
        return
    knows = told_anyway | {telling.to for telling in alert.tellings}
    for to in dict.fromkeys(here.supervisors(finding)):
        if to not in knows:
            item = Item(Reason.ESCALATED, alert, finding, Role.SUPERVISOR)
            yield Word(to, item, None, _telling(to, finding, today))


def unchanged_since(alert: Alert, finding: Finding) -> date:
    """Return since when nothing was mended; of not-logged, since when its oldest session waits."""
    return max(alert.since, finding.due or alert.unchanged)


def _telling(to: str, finding: Finding, today: date) -> Telling:
    latest = max(finding.dates, default=None)
    return Telling(to, today, Last.OPEN, finding.minutes, sessions_of(finding), latest, times=1)
