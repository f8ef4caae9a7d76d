"""Which day a run counts as of (spec: counting.md, "Words")."""

from __future__ import annotations

from datetime import date, datetime, timedelta

NOON = 12


def date_of_run(now: datetime) -> date:
    """Return the date of the run at this local time: a run is taken to happen before school.

    From noon on it is the next date: what happened today has then happened.
    """
    return now.date() + timedelta(days=now.hour >= NOON)


def on_the_wall(now: datetime, today: date) -> date:
    """Return the date on the wall of a run that counts as of `today`: from noon on it is the day before.

    Where somebody named another day than the clock's, it is that day.
    """
    return now.date() if date_of_run(now) == today else today
