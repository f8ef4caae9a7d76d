"""School begins on August 28: the first table of a roster has one date or two, and none of it is lost."""

from __future__ import annotations

import pytest

from sheets_sync.ports import CellValue
from tests.intake.layouts.test_attendance_grid import Rows, with_log
from tests.intake.layouts.test_grid_tables import ANA, LEFT, days, wrong

SEPTEMBER: Rows = [["September 2025"], [*LEFT, 3.0, 8.0, 10.0], ANA]
FIRST_DAYS: list[CellValue] = ["Ana R.", "Speech", "Seen", 30.0]

OF_AUGUST: dict[str, tuple[Rows, list[str], list[tuple[str, str]]]] = {
    "two days": ([[*LEFT, 28.0, 29.0], FIRST_DAYS], ["08-28", "08-29"], []),
    "one day": ([[*LEFT, 29.0], FIRST_DAYS[:3]], ["08-29"], []),
    "no header beside the days": ([[None, None, 28.0, 29.0], FIRST_DAYS], [], [("error", "A3")]),
    "they may count weeks": ([[*LEFT, 1.0, 2.0], FIRST_DAYS], [], [("error", "A3")]),
    "no days": ([FIRST_DAYS], [], [("error", "A2")]),
    "numbers alone, which may be sums": ([["Ana R.", None, 12.0, 8.0]], [], [("question", "A2")]),
    "a note of hers": ([["Ana R.", "in room 12"]], [], []),
}


@pytest.mark.parametrize("how", OF_AUGUST)
def test_the_days_of_a_short_first_month_are_read_or_said(how: str) -> None:
    august, read, said = OF_AUGUST[how]
    tables = with_log(["August 2025"], *august, *SEPTEMBER)
    assert (days(tables), wrong(tables)) == ([*read, "09-03", "09-08", "09-10"], said)
