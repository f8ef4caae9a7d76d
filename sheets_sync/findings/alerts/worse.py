"""worse: a further session, or 30 more minutes, than this address was told: told again (mail.md).

Better, in the same measure, is the change that `escalated` looks for.
"""

from __future__ import annotations

from sheets_sync.findings.finding import EVENTS, Finding, Kind
from sheets_sync.state import Alert, Telling

MORE_MINUTES = 30

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
    return finding.minutes >= told.minutes + MORE_MINUTES or more_sessions or later


def is_better(finding: Finding, last: Alert) -> bool:
    """Tell whether somebody has mended a part of it since the last run: a session, or 30 minutes."""
    return finding.minutes <= last.minutes - MORE_MINUTES or sessions_of(finding) < last.sessions
