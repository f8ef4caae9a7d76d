"""Whole-day attendance (counting.md, "Attendance")."""

from __future__ import annotations

import numpy as np

from sheets_sync.ledger.calendars import Bools, SchoolCalendar, day_numbers
from sheets_sync.ledger.index import Index
from sheets_sync.ledger.occurrences import Occurrences
from sheets_sync.tables import Tables


def absent_sessions(
    tables: Tables, index: Index, occurrences: Occurrences, calendar: SchoolCalendar
) -> Bools:
    """Tell the occurrences on days on which the Attendance tab has the student absent."""
    table = tables.attendance[tables.attendance["kind"] == "absent"]
    if not len(table):
        return np.zeros(len(occurrences), dtype=bool)
    days = day_numbers(table["date"]) - calendar.base
    keys = index.student(table["student"]) * (1 << 20) + days
    return np.isin(occurrences.student * (1 << 20) + occurrences.day, keys)
