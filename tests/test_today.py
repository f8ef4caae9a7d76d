"""Which day a run counts as of: before noon the date, from noon on the next (counting.md, "today")."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from sheets_sync.today import date_of_run, on_the_wall


@pytest.mark.parametrize(
    ("hour", "minute", "day"),
    [(0, 0, 21), (5, 0, 21), (11, 59, 21), (12, 0, 22), (23, 59, 22)],
)
def test_from_noon_on_it_is_the_next_day(hour: int, minute: int, day: int) -> None:
    now = datetime(2025, 11, 21, hour, minute, tzinfo=ZoneInfo("America/New_York"))
    assert date_of_run(now) == date(2025, 11, day)


@pytest.mark.parametrize(
    ("hour", "counts_as_of", "shows"),
    [(8, 21, 21), (14, 22, 21), (14, 21, 21), (8, 3, 3), (14, 3, 3), (8, 28, 28)],
)
def test_the_date_on_the_wall_is_that_of_the_afternoon_or_one_that_somebody_named(
    hour: int, counts_as_of: int, shows: int
) -> None:
    now = datetime(2025, 11, 21, hour, tzinfo=ZoneInfo("America/New_York"))
    assert on_the_wall(now, date(2025, 11, counts_as_of)) == date(2025, 11, shows)


def test_the_last_day_of_a_month_and_a_year() -> None:
    assert date_of_run(datetime(2025, 12, 31, 13, tzinfo=ZoneInfo("UTC"))) == date(2026, 1, 1)
