"""Which day a run counts as of: before noon the date, from noon on the next (counting.md, "today")."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from sheets_sync.today import date_of_run


@pytest.mark.parametrize(
    ("hour", "minute", "day"),
    [(0, 0, 21), (5, 0, 21), (11, 59, 21), (12, 0, 22), (23, 59, 22)],
)
def test_from_noon_on_it_is_the_next_day(hour: int, minute: int, day: int) -> None:
    now = datetime(2025, 11, 21, hour, minute, tzinfo=ZoneInfo("America/New_York"))
    assert date_of_run(now) == date(2025, 11, day)


def test_the_last_day_of_a_month_and_a_year() -> None:
    assert date_of_run(datetime(2025, 12, 31, 13, tzinfo=ZoneInfo("UTC"))) == date(2026, 1, 1)
