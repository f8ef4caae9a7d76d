"""Which days are open, early releases, terms, cycle days, ESY windows (counting.md, "Words")."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from sheets_sync.ledger.calendars import SchoolCalendar, build_calendar
from sheets_sync.ledger.periods import cycle_numbers, partition, term_spans
from sheets_sync.ledger.rules import Rules
from sheets_sync.tables import CALENDAR, table

YEAR = (
    ("2025-08-25", "2025-08-25", "first day", ""),
    ("2026-06-11", "2026-06-11", "last day", ""),
    ("2025-09-01", "2025-09-01", "no school", "Labor Day"),
    ("2025-11-26", "2025-11-28", "no school", "Thanksgiving"),
    ("2026-07-06", "2026-07-30", "esy", ""),
)
QUARTERS = tuple(
    (day, day, "quarter", "") for day in ("2025-08-25", "2025-11-03", "2026-01-26", "2026-04-06")
)


def calendar_of(
    *rows: tuple[str, str, str, str], today: str = "2025-10-20", **rules: object
) -> SchoolCalendar:
    frame = table(
        CALENDAR,
        {
            "row": list(range(2, len(rows) + 2)),
            "date": [np.datetime64(row[0]) for row in rows],
            "to": [np.datetime64(row[1]) for row in rows],
            "kind": [row[2] for row in rows],
            "time": [-1] * len(rows),
            "label": [row[3] for row in rows],
        },
    )
    return build_calendar(frame, Rules(**rules), date.fromisoformat(today), None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        ("2025-08-22", False),  # before the first day of school
        ("2025-08-25", True),  # the first day
        ("2025-08-30", False),  # a Saturday
        ("2025-09-01", False),  # Labor Day
        ("2025-11-27", False),  # inside a span
        ("2026-06-11", True),  # the last day
        ("2026-06-12", False),
        ("2026-07-07", False),  # ESY days are open for ESY lines alone
    ],
)
def test_open_days(day: str, is_open: bool) -> None:
    assert calendar_of(*YEAR).is_open(date.fromisoformat(day)) is is_open


def test_open_days_are_counted_both_ends_included() -> None:
    # Mon Aug 25 to Fri Aug 29 is five, Mon Sep 1 closed, Tue Sep 2 the sixth
    assert calendar_of(*YEAR).open_days(date(2025, 8, 25), date(2025, 9, 2)) == 6


def test_the_next_open_day_skips_a_holiday() -> None:
    assert calendar_of(*YEAR).next_open_day(date(2025, 8, 29)) == date(2025, 9, 2)


def test_a_summer_closed_as_a_whole_leaves_the_esy_window_open_and_a_day_in_it_does_not() -> None:
    calendar = calendar_of(
        *YEAR,
        ("2026-06-12", "2026-08-20", "no school", "Summer"),
        ("2026-07-15", "2026-07-15", "no school", "Field day"),
    )
    assert calendar.esy_open[calendar.at(date(2026, 7, 14))]
    assert not calendar.esy_open[calendar.at(date(2026, 7, 15))]


def test_without_a_calendar_every_school_day_is_open_from_the_earliest_date() -> None:
    calendar = build_calendar(None, Rules(), date(2025, 10, 20), date(2025, 9, 3))
    assert not calendar.known
    assert [calendar.is_open(date(2025, 9, day)) for day in (2, 3, 4, 5, 6)] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_of_two_school_years_the_one_that_has_begun_last_counts() -> None:
    rows = (
        *YEAR,
        ("2026-08-24", "2026-08-24", "first day", ""),
        ("2027-06-10", "2027-06-10", "last day", ""),
    )
    assert calendar_of(*rows, today="2026-08-01").day(calendar_of(*rows, today="2026-08-01").first) == date(
        2025, 8, 25
    )
    later = calendar_of(*rows, today="2026-09-01")
    assert (later.day(later.first), later.day(later.last)) == (date(2026, 8, 24), date(2027, 6, 10))


def spans_of(calendar: SchoolCalendar, kind: str) -> list[tuple[str, str]]:
    return [(str(calendar.day(a)), str(calendar.day(b))) for a, b in term_spans(kind, calendar)]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("quarter", [("2025-08-25", "2025-11-02"), ("2025-11-03", "2026-01-25")]),
        ("semester", [("2025-08-25", "2026-01-25"), ("2026-01-26", "2026-06-11")]),  # two quarters each
        ("grading_period", [("2025-08-25", "2025-11-02"), ("2025-11-03", "2026-01-25")]),  # what there is
        ("trimester", []),  # the Calendar has none: CHECK DATA
    ],
)
def test_terms_are_the_rows_of_the_calendar(kind: str, expected: list[tuple[str, str]]) -> None:
    assert spans_of(calendar_of(*YEAR, *QUARTERS), kind)[:2] == expected


def test_a_cycle_day_is_used_up_by_open_days_only() -> None:
    # Aug 25-29 are days 1 to 5, Sep 1 is closed, Sep 2 is day 6, Sep 3 is day 1 again (worked example 20)
    calendar = calendar_of(*YEAR)
    number = cycle_numbers(6, calendar, calendar.open)
    days = pd.date_range("2025-08-25", "2025-09-03")
    got = [int(number[calendar.at(day.date())]) for day in days]
    assert got == [1, 2, 3, 4, 5, 0, 0, 0, 6, 1]


def test_a_cycle_day_row_sets_the_number_from_its_date_on() -> None:
    calendar = calendar_of(*YEAR, ("2025-09-03", "2025-09-03", "cycle_day", "Day 4"))
    number = cycle_numbers(6, calendar, calendar.open)
    assert [int(number[calendar.at(date(2025, 9, day))]) for day in (2, 3, 4, 5, 8)] == [6, 4, 5, 6, 1]


@pytest.mark.parametrize(
    ("kind", "n", "day", "start", "end", "days"),
    [
        ("week", 1, "2025-10-15", "2025-10-13", "2025-10-19", 5),
        ("day", 1, "2025-10-15", "2025-10-13", "2025-10-19", 5),  # per day: the school days of the week
        ("n_weeks", 2, "2025-09-03", "2025-08-25", "2025-09-07", 10),  # from the week of the first day
        ("month", 1, "2025-11-03", "2025-11-01", "2025-11-30", 20),
        ("cycle", 6, "2025-09-03", "2025-09-03", "2025-09-10", 6),
    ],
)
def test_the_period_of_a_day(kind: str, n: int, day: str, start: str, end: str, days: int) -> None:
    calendar = calendar_of(*YEAR)
    periods = partition(kind, n, calendar)
    assert periods is not None
    place = int(periods.of_day[calendar.at(date.fromisoformat(day))])
    got = (
        str(calendar.day(periods.start[place])),
        str(calendar.day(periods.end[place])),
        periods.days[place],
    )
    assert got == (start, end, days)
