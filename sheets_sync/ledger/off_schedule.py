"""Entries that look for a line of their own: sessions given off schedule (counting.md, "Log")."""

from __future__ import annotations

import numpy as np

from sheets_sync.ledger.belonging import Belonging, Sessions
from sheets_sync.ledger.calendars import Ints, SchoolCalendar
from sheets_sync.ledger.entries import Entries
from sheets_sync.ledger.lines import Lines
from sheets_sync.ledger.matching import Matched


def line_for(
    belonging: Belonging, calendar: SchoolCalendar, entries: Entries, which: Ints, day: Ints
) -> Ints:
    """Return the line to which an occurrence on the day would belong: in an ESY window an ESY line first."""
    esy = calendar.in_window(day)
    found = np.full(len(which), -1, dtype=np.int64)
    for flag in (esy, ~esy):
        missing = np.flatnonzero(found < 0)
        own = which[missing]
        found[missing] = belonging.assign(
            Sessions(
                course=entries.course[own],
                day=day[missing],
                group=entries.group[own],
                provider=entries.provider[own],
                esy=flag[missing],
                minutes=entries.minutes[own],
                start=entries.start[own],
            ),
            use_up=False,
        )
    return found


def off_schedule(
    entries: Entries, matched: Matched, belonging: Belonging, lines: Lines, calendar: SchoolCalendar
) -> tuple[Ints, Ints, Ints]:
    """Return (entry, minutes, strand) of delivered entries without a session; blank minutes are the line's
    session length, 0 without one."""
    which = np.array(matched.off_schedule, dtype=np.int64)
    if not len(which):
        return which, which, which
    which = np.unique(which)
    strand = line_for(belonging, calendar, entries, which, entries.day[which])
    minutes = entries.minutes[which].copy()
    for entry, told in matched.off_minutes.items():
        minutes[np.searchsorted(which, entry)] = told
    length = np.where(strand >= 0, lines.minutes[strand], 0) if len(lines) else np.zeros(len(which), int)
    return which, np.where(minutes >= 0, minutes, length), strand
