"""worse: a further session, or 30 more minutes, than this address was told: told again (mail.md).

Better, in the same measure, is the change that `escalated` looks for.
"""

from __future__ import annotations

from sheets_sync.findings.finding import EVENTS, Finding, Kind
from sheets_sync.state import Alert, Telling

MORE_MINUTES = 30

BY_SESSIONS = frozenset({Kind.UNSCHEDULED, Kind.UNDER_SCHEDULED})
"""Their minutes are those of the period in progress, so a short week has fewer: compared is what the Schedule
lacks of a whole period, in sessions. Where nothing is scheduled at all, nothing can become worse."""

NEVER_WORSE = frozenset({Kind.EXTRA_SERVICE}) | EVENTS
"""A service that is on no line has a further session every week by its nature: nobody is told of each."""


def sessions_of(finding: Finding) -> int:
    """Return how many sessions a finding is about, 0 where it is about none in particular."""
    return finding.sessions or len(finding.dates)


def is_worse(finding: Finding, told: Telling) -> bool:
    """Tell whether it is worse than what was told.

    A session later than any that was told is a further one, though an earlier one was mended meanwhile.
    """
    if finding.kind in NEVER_WORSE:
        return False
    more_sessions = told.sessions is not None and sessions_of(finding) > told.sessions
    later = told.latest is not None and any(day > told.latest for day in finding.dates)
    more = finding.kind not in BY_SESSIONS and finding.minutes >= told.minutes + MORE_MINUTES
    return more or more_sessions or later


def is_better(finding: Finding, last: Alert) -> bool:
    """Tell whether somebody has mended a part of it since the last run: a session, or 30 minutes."""
    less = finding.kind not in BY_SESSIONS and finding.minutes <= last.minutes - MORE_MINUTES
    return less or sessions_of(finding) < last.sessions
