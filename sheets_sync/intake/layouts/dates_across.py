"""The row of dates of an attendance grid: one date over each column, or days below a row of months."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sheets_sync.intake.calendar_words import weekdays
from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.dates import read_written_date
from sheets_sync.intake.layouts.listed import not_read
from sheets_sync.intake.plain import plain
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem

ROWS_SEARCHED = 50
FEWEST_DATES = 3
_DAY_NUMBER = re.compile(r"([1-9]|[12]\d|3[01])(?:st|nd|rd|th)?", re.IGNORECASE)
_MONTH_OF_YEAR = re.compile(r"(?P<month>[a-z]{3,9})\.?,?\s*(?:'?(?P<year>\d{4}|\d{2}))?", re.IGNORECASE)
_BESIDE = re.compile(
    r"(?:totals?|remarks?|notes?|comments?|goals?|minutes|min|sessions|%|sum|count)\W*", re.IGNORECASE
)


@dataclass(frozen=True)
class DatesAcross:
    """`row` is the 1-based row of the dates; `dates` maps 0-based columns to what stands for the date there,
    a date or a text that the school year completes ("9/3", "September 3"). What stands below `last_row`
    belongs to another table.
    """

    row: int
    dates: dict[int, date | str]
    last_row: int

    @property
    def first(self) -> int:
        return min(self.dates)


def find_dates(sheet: Sheet) -> DatesAcross | None:
    """Return the first row with at least three dates, each once; None where no row has them.

    Day numbers count only where they rise below the name of each month, and are no weeks 1 to 4.
    """
    found: list[tuple[int, dict[int, date | str]]] = []
    for number, cells in enumerate(sheet.rows, start=1):
        above = sheet.rows[number - 2] if number > 1 else ()
        dates = _written_dates(cells) or _days_below_months(cells, above)
        if len(dates) >= FEWEST_DATES:
            found.append((number, dates))
    if not found or found[0][0] > ROWS_SEARCHED or len(set(found[0][1].values())) < len(found[0][1]):
        return None
    return DatesAcross(*found[0], found[1][0] - 1 if len(found) > 1 else len(sheet.rows))


def left_unread(sheet: Sheet, dates: DatesAcross) -> list[Problem]:
    """Report what is not read: a second table below, and columns among the dates with something in them."""
    problems = []
    if dates.last_row < len(sheet.rows):
        problem = "A second row of dates begins here: it and what stands below it are not read."
        problems.append(not_read(sheet, dates.last_row + 1, 0, problem, "Put all dates into one row."))
    below = sheet.rows[dates.row : dates.last_row]
    header = sheet.rows[dates.row - 1]
    width = max(map(len, (header, *below)))
    for place in range(dates.first, width):
        beyond = place > max(dates.dates)
        named = text_of(header[place]) if place < len(header) else ""
        if place in dates.dates or _BESIDE.fullmatch(named) or (beyond and not named):
            continue
        if any(place < len(cells) and not is_blank(cells[place]) for cells in below):
            problem = "Above this column stands no date that can be read: what stands in it is not read."
            problems.append(not_read(sheet, dates.row, place, problem, 'Write the date, like "9/3".'))
    return problems


def is_below_the_dates(sheet: Sheet, dates: DatesAcross) -> bool:
    """Tell whether the row below the dates names what each column holds (minutes, a code, a service): of that
    only weekdays are known."""
    if dates.row >= len(sheet.rows):
        return False
    cells = sheet.rows[dates.row]
    beside = any(not is_blank(cell) for cell in cells[: dates.first])
    texts = [cells[place] for place in dates.dates if place < len(cells) and not is_blank(cells[place])]
    return not beside and any(not _is_weekday(cell) for cell in texts)


def _is_weekday(cell: CellValue) -> bool:
    return isinstance(cell, str) and plain(cell).casefold().strip(" .") in _WEEKDAYS


_WEEKDAYS = frozenset((*weekdays(), *"mtwfrsu", "th", "tu", "we", "mo", "fr", "sa", "su"))


def _written_dates(cells: Sequence[CellValue]) -> dict[int, date | str]:
    return {place: day for place, cell in enumerate(cells) if (day := _written(cell)) is not None}


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
    return typed if written is not None and written.day is not None and written.minutes is None else None


def _days_below_months(cells: Sequence[CellValue], above: Sequence[CellValue]) -> dict[int, date | str]:
    """Return the dates of day numbers below the names of months, each of which holds until the next."""
    found: dict[int, date | str] = {}
    month, numbers = "", [0]
    for place, cell in enumerate(cells):
        named = _month(above[place]) if place < len(above) else None
        if named:
            month, numbers = named, [0]
        day = _DAY_NUMBER.fullmatch(text_of(cell)) if month else None
        if day is None:
            continue
        if int(day[1]) <= numbers[-1]:
            return {}
        numbers.append(int(day[1]))
        if numbers[1:] == [1, 2, 3, 4]:
            return {}
        found[place] = month.replace("#", day[1])
    return found


def _month(cell: CellValue) -> str | None:
    """Return a month as a date whose day is still "#": "September #, 2025"; None for any other cell."""
    if isinstance(cell, date):
        return f"{cell:%B} #, {cell.year}" if cell.day == 1 else None
    named = _MONTH_OF_YEAR.fullmatch(text_of(cell)) if isinstance(cell, str) else None
    if named is None or read_written_date(f"{named['month']} 1") is None:
        return None
    year = named["year"]
    if year is None:
        return f"{named['month']} #"
    return f"{named['month']} #, {int(year) + 2000 if len(year) == 2 else int(year)}"
