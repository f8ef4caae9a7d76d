"""The row of dates of an attendance grid: one date over each column, or days below a row of months."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.dates import read_written_date
from sheets_sync.ports import CellValue, Sheet

ROWS_SEARCHED = 50
FEWEST_DATES = 3
_DAY_NUMBER = re.compile(r"([1-9]|[12]\d|3[01])(?:st|nd|rd|th)?", re.IGNORECASE)
_MONTH_OF_YEAR = re.compile(r"(?P<month>[a-z]{3,9})\.?,?\s*(?:'?(?P<year>\d{4}|\d{2}))?", re.IGNORECASE)
_YEARS = range(2000, 2100)


@dataclass(frozen=True)
class DatesAcross:
    """`row` is the 1-based row of the dates; `dates` maps 0-based columns to what stands for the date there,
    a date or a text that the school year completes ("9/3", "September 3")."""

    row: int
    dates: dict[int, date | str]

    @property
    def first(self) -> int:
        return min(self.dates)


def find_dates(sheet: Sheet) -> DatesAcross | None:
    """Return the first row with at least three dates side by side, None where no row has them.

    A column whose header is no date is no day: a total, a remark, a gap between two months.
    """
    for number, cells in enumerate(sheet.rows[:ROWS_SEARCHED], start=1):
        dates = {place: day for place, cell in enumerate(cells) if (day := _written(cell)) is not None}
        if len(dates) >= FEWEST_DATES:
            return DatesAcross(number, dates)
        above = sheet.rows[number - 2] if number > 1 else ()
        dates = _days_below_months(cells, above)
        if len(dates) >= FEWEST_DATES:
            return DatesAcross(number, dates)
    return None


def _written(cell: CellValue) -> date | str | None:
    """Return the date that a header holds, None for any other text; a bare number is none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if not isinstance(cell, str) or is_blank(cell):
        return None
    typed = " ".join(cell.split())
    written = read_written_date(typed)
    return typed if written is not None and written.day is not None else None


def _days_below_months(cells: Sequence[CellValue], above: Sequence[CellValue]) -> dict[int, date | str]:
    """Return the dates of day numbers below the names of months, each of which holds until the next."""
    found: dict[int, date | str] = {}
    month: str | None = None
    for place, cell in enumerate(cells):
        month = _month(above[place]) or month if place < len(above) else month
        day = _DAY_NUMBER.fullmatch(text_of(cell)) if month else None
        if month and day:
            found[place] = month.replace("#", day[1])
    return found


def _month(cell: CellValue) -> str | None:
    """Return a month as a date whose day is still "#": "September #, 2025"; None for any other cell."""
    if isinstance(cell, date):
        return f"{cell:%B} #, {cell.year}"
    named = _MONTH_OF_YEAR.fullmatch(text_of(cell)) if isinstance(cell, str) else None
    if named is None or read_written_date(f"{named['month']} 1") is None:
        return None
    year = named["year"]
    if year is None:
        return f"{named['month']} #"
    return f"{named['month']} #, {int(year) + 2000 if len(year) == 2 else int(year)}"
