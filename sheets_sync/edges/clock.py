"""The clock of this machine."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime, tzinfo
from pathlib import Path

LOCALTIME = Path("/etc/localtime")


def now(zone: str | None = None) -> datetime:
    """Return the time, aware, in the named time zone, else in the machine's."""
    if zone is None:
        return datetime.now().astimezone()
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(zone))


def zone(name: str | None = None) -> tzinfo:
    """Return the named time zone, else the machine's, with all its clock changes.

    Where the machine does not say which zone it is in, the offset of this moment stands for it.
    """
    from zoneinfo import ZoneInfo

    named = name or os.environ.get("TZ", "").removeprefix(":")
    if named:
        with suppress(OSError, ValueError, KeyError):
            return ZoneInfo(named)
    with suppress(OSError, ValueError), LOCALTIME.open("rb") as file:
        return ZoneInfo.from_file(file)
    offset = datetime.now().astimezone().tzinfo
    assert offset is not None
    return offset
