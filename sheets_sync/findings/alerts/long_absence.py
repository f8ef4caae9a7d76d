"""A long absence is told once a week, not with every day that comes within ten school days.

`uncovered` looks ten school days ahead, and each day is a finding of its own. A further day of the same line
and provider waits for the weekly word ("still open") of the others, as long as it is more than five school
days away: who was told within the week knows that she is away. A day that is nearer is told at once.
"""

from __future__ import annotations

from datetime import date

from sheets_sync.findings.alerts.values import Circumstances, Reason, Word
from sheets_sync.findings.finding import PASSING
from sheets_sync.state import Told

NEAR = 5
"""School days, today included."""


def waits_for_the_others(word: Word, told: Told, today: date, here: Circumstances) -> bool:
    """Tell whether a further day of an absence is left to the weekly word."""
    item = word.item
    if item is None or item.reason is not Reason.NEW or item.alert.kind not in PASSING:
        return False
    alert = item.alert
    if alert.date is None or here.school_days(today, alert.date) <= NEAR:
        return False
    return any(
        telling.to == word.to and (today - telling.last).days < here.repeat_days
        for other in told.alerts
        if (other.kind, other.line, other.provider) == (alert.kind, alert.line, alert.provider)
        for telling in other.tellings
    )
