"""The weekday that stands over or below a date: it comes along with the date, so that both are compared."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sheets_sync.intake.dates import column_order, read_written_date
from sheets_sync.intake.layouts.header_words import Day
from sheets_sync.intake.written_dates import Order

DAYS_OF_WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TO_MONDAY = {1: -1, 5: 2, 6: 1}
"""So many days are from a date to the Monday of the week that it may name."""
_SCHOOL_YEARS = range(2015, 2041)
_FIRST_MONTH = 7


def on_weekday(day: Day, said: Mapping[Day, frozenset[int]]) -> Day:
    """Return a date with the weekday that is said of it; where that is plain from the date, the date alone.

    `said` has the weekdays that can be meant of each date of the row: of "T" two, of which the one is taken
    that fits; where none does, one that speaks against the date. Of a date without a year that is told by
    those dates of the row whose weekday is plain.
    """
    weekdays = said.get(day)
    if not weekdays:
        return day
    if isinstance(day, date):
        return day if day.weekday() in weekdays else f"{DAYS_OF_WEEK[min(weekdays)]} {day}"
    written = read_written_date(day)
    if written and written.weekday is not None:
        return day
    if len(weekdays) > 1:
        possible = _possible(day, said)
        if not possible:
            return day
        weekdays = weekdays & possible or weekdays
    return f"{DAYS_OF_WEEK[min(weekdays)]} {day}"


def in_week(monday: str, weekday: int) -> Day:
    """Return a day of the week that begins on a Monday; that it is one is told by the date's own weekday.

    `monday` is one that header_words.week_of returned. Without a year, what lies beyond February 28 is no
    date that can be read.
    """
    written = read_written_date(monday)
    assert written is not None
    assert written.day is not None
    year = written.year
    last = 28 if year is None and written.month == 2 else calendar.monthrange(year or 2023, written.month)[1]
    day, month = written.day + weekday, written.month
    if day > last and not (year is None and month == 2):
        day, year = day - last, year + 1 if year is not None and month == 12 else year
        month = month % 12 + 1
    return f"{DAYS_OF_WEEK[weekday]} {calendar.month_name[month]} {day}" + (f", {year}" if year else "")


def monday_meant(first: str, days: Iterable[str]) -> str:
    """Return the Monday of the week that begins with a date, as `in_week` takes it; `days` are those of the
    week that are wanted ("Mon").

    With a year a Tuesday is that of its own week, whose Monday was off, and a Saturday or Sunday the weekend
    before; where these are wanted themselves, and for any other day, it stays what it is.
    """
    written = read_written_date(first)
    if written is None or written.day is None or written.year is None or written.weekday is not None:
        return first
    try:
        day = date(written.year, written.month, written.day)
    except ValueError:
        return first
    step = _TO_MONDAY.get(day.weekday(), 0)
    if not step or not {"Sat", "Sun"}.isdisjoint(days):
        return first
    monday = day + timedelta(days=step)
    return f"{calendar.month_name[monday.month]} {monday.day}, {monday.year}"


def _possible(day: str, said: Mapping[Day, frozenset[int]]) -> frozenset[int]:
    """Return the weekdays of a date in the school years in which another date has the weekday said of it."""
    order = column_order(said)
    order = order if order in ("mdy", "dmy") else None
    plain = [(other, next(iter(weekdays))) for other, weekdays in said.items() if len(weekdays) == 1]
    own = {year: weekday for year in _SCHOOL_YEARS if (weekday := _weekday(day, year, order)) is not None}
    if len(set(own.values())) == 1:
        return frozenset(own.values())
    return frozenset(
        weekday
        for year, weekday in own.items()
        if any(_weekday(other, year, order) == said_of_it for other, said_of_it in plain)
    )


def _weekday(day: Day, year: int, order: Order | None) -> int | None:
    """Return the weekday of a date in the school year that begins in `year`, None where it is none."""
    if isinstance(day, date):
        return day.weekday()
    written = read_written_date(day, order)
    if written is None or written.day is None:
        return None
    begun = year + (written.month < _FIRST_MONTH)
    try:
        return date(written.year or begun, written.month, written.day).weekday()
    except ValueError:
        return None
