"""The row of days of a week grid: Mon to Fri, Day 1 to Day 6, or A and B, each over a column."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.intake.plain import LONGEST
from sheets_sync.intake.sessions import read_schedule
from sheets_sync.ports import CellValue, Sheet

ROWS_SEARCHED = 50
FEWEST_DAYS = 2


@dataclass(frozen=True)
class DaysAcross:
    """`row` is the 1-based row of the days; `days` maps 0-based columns to the day as it is typed."""

    row: int
    days: dict[int, str]

    @property
    def first(self) -> int:
        return min(self.days)


def find_days(sheet: Sheet) -> DaysAcross | None:
    """Return the first row with at least two different days, one a column; None where no row has them."""
    for number, cells in enumerate(sheet.rows[:ROWS_SEARCHED], start=1):
        days = {place: day for place, cell in enumerate(cells) if (day := _day(cell)) is not None}
        if len({read_schedule(day).value for day in days.values()}) >= FEWEST_DAYS:
            return DaysAcross(number, days)
    return None


def _day(cell: CellValue) -> str | None:
    """Return the one day that a header names, None for any other text."""
    if not isinstance(cell, str) or not cell.strip() or len(cell) > LONGEST:
        return None
    rules = read_schedule(cell).value
    is_one_day = rules is not None and len(rules) == 1 and len(rules[0].days) == 1 and rules[0].start is None
    return " ".join(cell.split()) if is_one_day else None
