"""Whole-day attendance (counting.md, "Attendance")."""

from __future__ import annotations

import numpy as np

from sheets_sync.ledger.calendars import Bools, Ints, SchoolCalendar, day_numbers
from sheets_sync.ledger.index import Index
from sheets_sync.tables import Tables


def absent_on(tables: Tables, index: Index, student: Ints, day: Ints, calendar: SchoolCalendar) -> Bools:
    """Tell for each student and day up to today whether the Attendance tab has the student absent."""
    table = tables.attendance[tables.attendance["kind"] == "absent"]
    if not len(table):
        return np.zeros(len(day), dtype=bool)
    days = day_numbers(table["date"]) - calendar.base
    keys = index.student(table["student"]) * (1 << 20) + days
    return np.isin(student * (1 << 20) + day, keys) & (day <= calendar.today)
