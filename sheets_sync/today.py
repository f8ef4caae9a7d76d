"""Which day a run counts as of (spec: counting.md, "Words")."""

from __future__ import annotations

from datetime import date, datetime, timedelta

NOON = 12


def date_of_run(now: datetime) -> date:
    """Return the date of the run at this local time: a run is taken to happen before school.

    From noon on it is the next date: what happened today has then happened.
    """
    return now.date() + timedelta(days=now.hour >= NOON)
