"""The clock of this machine."""

from __future__ import annotations

from datetime import datetime


def now(zone: str | None = None) -> datetime:
    """Return the time, aware, in the named time zone, else in the machine's."""
    if zone is None:
        return datetime.now().astimezone()
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(zone))
