"""Alerts: one digest a person a date, and silence when nothing is new (mail.md, "Alerts").

`decide` is pure: findings now, what was told, today -> what to tell whom and why, and what was told then.
Each rule has its file:

    open_and_ended   from when to when a finding is one alert; what comes back within three school days
    telling          new, still open, resolved: each once, weekly while it is open, its end once
    worse            a further session, 30 more minutes
    snoozed          what "Snooze until" silences, and what it does not
    escalated        open for `escalate_days` without a change: the supervisor, once
    events           what is found on one night alone is kept until it is told
    grouped          what one cause did to many is one thing
    long_absence     a further day of it waits for the weekly word
    one_a_date       never a second digest on a date; what is urgent on the same day
    storm            what a night holds back for the next ones
    ahead            a clock that was wrong
    renamed          a student who has another name
    reassigned       a line that has another provider
"""

from __future__ import annotations

from sheets_sync.findings.alerts.deciding import decide
from sheets_sync.findings.alerts.escalated import unchanged_since
from sheets_sync.findings.alerts.reassigned import with_other_providers
from sheets_sync.findings.alerts.renamed import with_new_names
from sheets_sync.findings.alerts.values import Circumstances, Closing, Decision, Digest, Item, Reason, Storm
from sheets_sync.findings.alerts.worse import sessions_of

__all__ = [
    "Circumstances",
    "Closing",
    "Decision",
    "Digest",
    "Item",
    "Reason",
    "Storm",
    "decide",
    "sessions_of",
    "unchanged_since",
    "with_new_names",
    "with_other_providers",
]
