"""The rows of a sheet that hold dates across: one for a whole grid, or one for each month or week of it.

A row of dates holds them itself ("9/3"), or days below months (3, 8 below "September"), or weekdays below
"Week of 9/8". Weekdays beside it are compared with it: the dates that come of this say their weekday.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from sheets_sync.intake.cells import cell_in, is_blank
from sheets_sync.intake.dates import column_order, read_written_date
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.header_words import (
    Day,
    are_weekdays,
    dates_written,
    day_number,
    day_of,
    is_header,
    is_week,
    letter_beside,
    month_of,
    week_of,
    weekday_of,
    weekdays_of,
)
from sheets_sync.intake.layouts.two_months import Months, days_of_two, two_months
from sheets_sync.intake.layouts.weekdays_beside import in_week, on_weekday
from sheets_sync.intake.written_dates import Written
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet

ROWS_SEARCHED = 50
"""The first row of dates does not stand further down."""
FEWEST_DATES = 3
_TITLE_ROWS = 4
"""So many rows above its days may hold the month's name, or "Week of"."""
_SHORTEST_MONTH = 28
_OF_ROW_NUMBERS = lazy_regex(r"#|n[or]\.?|num(?:ber)?\.?", re.IGNORECASE)
"""The header of a column that counts the students."""
_FIRST_MONTH = 7
"""The month with which a school year begins."""

Cells = Sequence[CellValue]


@dataclass(frozen=True)
class DateRow:
    """`row` is the 1-based row of the dates, `top` the first that belongs to them (that of the month's name);
    `dates` maps 0-based columns to the date there."""

    row: int
    top: int
    dates: Mapping[int, Day]

    @cached_property
    def first(self) -> int:
        return min(self.dates)

    @cached_property
    def last(self) -> int:
        return max(self.dates)

    @cached_property
    def step(self) -> int:
        """How many columns a date has at least."""
        return min((later - place for place, later in pairwise(sorted(self.dates))), default=1)


def find_date_rows(sheet: Sheet) -> list[DateRow]:
    """Return the rows with at least three dates, or with one behind the header of the students, in their
    order; none where the first is too far down.

    Day numbers count only where they rise below the name of each month, and count no weeks or periods. The
    month may be that of the tab's name where the sheet names none. Below two months ("Sept/Oct") they fall
    once.
    """
    written = dates_written(sheet)
    rows: dict[int, DateRow] = {}
    for number, cells in enumerate(sheet.rows, start=1):
        days = {place: day for place, cell in enumerate(cells) if (day := day_of(cell, written)) is not None}
        if len(days) >= FEWEST_DATES or (days and _names_students(cells[: min(days)])):
            rows[number] = DateRow(number, number, days)
    for found in (*_below_months(sheet, rows), *_below_weeks(sheet, rows)):
        rows = {number: row for number, row in rows.items() if not found.top <= number <= found.row}
        rows[found.row] = found
    ordered = [_with_weekdays(sheet, rows[number], rows) for number in sorted(rows)]
    return ordered if ordered and ordered[0].row <= ROWS_SEARCHED else []


def _names_students(cells: Cells) -> bool:
    return any(
        isinstance(cell, str) and read_header(cell, tab="Caseload").value == "Student" for cell in cells
    )


def _below_months(sheet: Sheet, dated: Mapping[int, DateRow]) -> Iterator[DateRow]:
    """Yield the rows of day numbers, each below the nearest row that names months, or beside a month."""
    texts = {cell for cells in sheet.rows for cell in cells if type(cell) is str}
    spoken = {text: said for text in texts if (said := _months_of(text))}
    months = {
        number: named
        for number, cells in enumerate(sheet.rows, start=1)
        if (number not in dated or _are_months(dated[number])) and (named := _months(cells, spoken))
    }
    if not months and not dated and (of_tab := _months_of(sheet.name)):
        months = {0: {0: of_tab}}
    for above, named in months.items():
        end = ROWS_SEARCHED if above == 0 else above + _TITLE_ROWS
        for number in range(max(above, 1), min(end, len(sheet.rows)) + 1):
            if number > above and (number in months or number in dated):
                break
            days = _numbered(sheet, number, named)
            if days:
                yield DateRow(number, above or number, days)
                break


def _are_months(row: DateRow) -> bool:
    return all(isinstance(day, date) and day.day == 1 for day in row.dates.values())


def _months(cells: Cells, spoken: Mapping[str, Months]) -> dict[int, Months]:
    found = {
        place: spoken.get(cell, ()) if isinstance(cell, str) else _months_of(cell)
        for place, cell in enumerate(cells)
        if isinstance(cell, str | date)
    }
    return {place: months for place, months in found.items() if months}


def _months_of(cell: CellValue) -> Months:
    """Return the month of which a header or a title speaks, or the two, one after the other."""
    month = month_of(cell)
    return (month,) if month else two_months(cell)


def _numbered(sheet: Sheet, row: int, months: Mapping[int, Months]) -> dict[int, Day]:
    """Return the dates of a row of day numbers; none where a number does not rise within its month, where one
    stands before the first month's name among several, or where they may be weeks."""
    cells = sheet.rows[row - 1]
    numbers = {place: day for place, cell in enumerate(cells) if (day := day_number(cell)) is not None}
    left = cells[: min(numbers, default=0)]
    if not numbers or not _is_header_of(left) or (len(numbers) < FEWEST_DATES and not _names_students(left)):
        return {}
    below: dict[Months, dict[int, int]] = {}
    for place, day in numbers.items():
        before = [named for at, named in months.items() if at <= place]
        if not before and len(months) > 1:
            return {}
        below.setdefault(before[-1] if before else next(iter(months.values())), {})[place] = day
    days: dict[int, Day] = {}
    for named, of_them in below.items():
        found = days_of_two(of_them, named) if len(named) > 1 else _days_of(of_them, *named)
        if found is None:
            return {}
        days |= found
    of_one = [list(of_them.values()) for named, of_them in below.items() if len(named) == 1]
    return {} if of_one and _may_be_weeks(of_one) and not _weekday_rows(sheet, row, days) else days


def two_months_untold(sheet: Sheet) -> tuple[int, int] | None:
    """Return the cell (1-based row, 0-based column) of two months above days that may be either's; None where
    there is none."""
    for above, cells in enumerate(sheet.rows[:ROWS_SEARCHED], start=1):
        named = {place: months for place, cell in enumerate(cells) if len(months := two_months(cell)) > 1}
        for number in range(above, min(above + _TITLE_ROWS, len(sheet.rows)) + 1) if named else ():
            numbers = [at for at, cell in enumerate(sheet.rows[number - 1]) if day_number(cell) is not None]
            is_header = len(numbers) >= FEWEST_DATES and _is_header_of(sheet.rows[number - 1][: numbers[0]])
            if is_header and not _numbered(sheet, number, named):
                return above, min(named)
    return None


def _days_of(numbers: Mapping[int, int], month: str) -> dict[int, str] | None:
    if _falls(list(numbers.values())):
        return None
    return {place: month.replace("#", str(day)) for place, day in numbers.items()}


def _may_be_weeks(of_months: Collection[Sequence[int]]) -> bool:
    """Tell whether numbers below months may count weeks, periods or sessions: 1, 2, 3, 4 and on, and no whole
    month, or 1 to 3 below every month."""
    counting = [len(days) for days in of_months if list(days) == list(range(1, len(days) + 1))]
    some = any(FEWEST_DATES < count < _SHORTEST_MONTH for count in counting)
    return some or (len(counting) == len(of_months) and max(counting) <= FEWEST_DATES)


def _falls(days: Sequence[int]) -> bool:
    return any(later <= earlier for earlier, later in pairwise(days))


def _is_header_of(cells: Cells) -> bool:
    """Tell whether what stands left of numbers are headers, so that they are no student's minutes."""
    return all(is_blank(cell) or _is_header_word(cell) for cell in cells)


def _is_header_word(cell: CellValue) -> bool:
    if isinstance(cell, date):
        return month_of(cell) is not None
    if isinstance(cell, str) and _OF_ROW_NUMBERS.fullmatch(cell.strip()):
        return True
    return is_header(cell) or month_of(cell) is not None or is_week(cell)


def _below_weeks(sheet: Sheet, dated: Mapping[int, DateRow]) -> Iterator[DateRow]:
    """Yield the rows of weekdays whose dates "Week of 9/8" gives, in the same row or not far above."""
    for above, cells in enumerate(sheet.rows, start=1):
        begins = next((day for cell in cells if (day := week_of(cell))), None)
        if begins is None:
            continue
        for number in range(above, min(above + _TITLE_ROWS, len(sheet.rows)) + 1):
            places = _weekdays(sheet.rows[number - 1])
            if number in dated:
                break
            if len(places) >= FEWEST_DATES and not _falls(list(places.values())):
                yield DateRow(number, above, {place: in_week(begins, day) for place, day in places.items()})
                break


def _weekdays(cells: Cells) -> dict[int, int]:
    return {place: day for place, cell in enumerate(cells) if (day := weekday_of(cell)) is not None}


def _with_weekdays(sheet: Sheet, row: DateRow, dated: Mapping[int, DateRow]) -> DateRow:
    """Return the row with the weekdays that stand over, below or beside its dates."""
    said: dict[Day, frozenset[int]] = {}
    for place, day in row.dates.items():
        if letter := letter_beside(_cell(sheet, row.row, place)):
            said.setdefault(day, weekdays_of(letter))
    for number in _weekday_rows(sheet, row.row, row.dates):
        for place, day in row.dates.items():
            weekdays = weekdays_of(_cell(sheet, number, place))
            if weekdays:
                said.setdefault(day, weekdays)
    return DateRow(row.row, row.top, {place: on_weekday(day, said) for place, day in row.dates.items()})


def _weekday_rows(sheet: Sheet, row: int, dates: Mapping[int, Day]) -> list[int]:
    """Return the rows beside a row of dates in which weekdays stand over or below them, and nothing else; the
    codes of a student are none."""
    found = []
    for number in (row - 1, row + 1):
        cells = [_cell(sheet, number, place) for place in dates] if 1 <= number <= len(sheet.rows) else []
        said = [cell for cell in cells if not is_blank(cell)]
        if said and are_weekdays(said, sheet.rows[number - 1][: min(dates)]):
            found.append(number)
    return found


def _cell(sheet: Sheet, row: int, place: int) -> CellValue:
    cells = sheet.rows[row - 1]
    return cell_in(cells, place)


def where_dates_go_back(row: DateRow) -> int | None:
    """Return the first column (0-based) whose date is before the one on its left. None where there is none,
    or where it is not plain which number is the month.
    """
    if column_order(row.dates.values()) not in (None, "mdy"):
        return None
    places = sorted(row.dates)
    for place, following in pairwise(places):
        one, other = (_in_school_year(row.dates[at]) for at in (place, following))
        if one and other and one[1:] > other[1:] and (None in (one[0], other[0]) or one[0] == other[0]):
            return following
    return None


def _in_school_year(day: Day) -> tuple[int | None, int, int] | None:
    """Return the school year (that in which it begins; None where the text has none), the month of it and the
    day."""
    written = Written(day.year, day.month, day.day) if isinstance(day, date) else read_written_date(day)
    if written is None or written.day is None:
        return None
    year = None if written.year is None else written.year - (written.month < _FIRST_MONTH)
    return year, (written.month - _FIRST_MONTH) % 12, written.day
