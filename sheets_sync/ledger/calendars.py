"""The school's calendar: which days are open, early releases, terms, cycle days, ESY windows (counting.md)."""

from __future__ import annotations


class SchoolCalendar:
    """Under construction."""
