"""A clock that was ahead: what is remembered of days that have not come counts as of today.

Otherwise one night with a wrong year would silence every alert until that year.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sheets_sync.state import Alert, Told


def not_ahead(told: Told, today: date) -> Told:
    """Return what was told, with no date after `today`. Dates of sessions stay as they are."""

    def past(day: date | None) -> date | None:
        return min(day, today) if day else None

    return Told(
        alerts=tuple(_not_ahead(alert, today) for alert in told.alerts),
        summarised=past(told.summarised),
        snoozes=tuple(
            replace(snooze, seen=min(snooze.seen, today), last=min(snooze.last, today))
            for snooze in told.snoozes
        ),
        digests=tuple(replace(digest, last=min(digest.last, today)) for digest in told.digests),
        held=past(told.held),
    )


def _not_ahead(alert: Alert, today: date) -> Alert:
    return replace(
        alert,
        since=min(alert.since, today),
        unchanged=min(alert.unchanged, today),
        ended=min(alert.ended, today) if alert.ended else None,
        tellings=tuple(replace(telling, last=min(telling.last, today)) for telling in alert.tellings),
    )
