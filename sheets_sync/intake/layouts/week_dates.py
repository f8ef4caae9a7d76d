"""The dates of the days of a plan book, and its tables as they would stand there without dates.

A date stands beside its day ("Mon 9/8"), in its place, in a row above or below the days, or once for the
week: "Week of 9/8/2025" above or below the days, or as the name of the tab.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.dates import read_written_date
from sheets_sync.intake.layouts.day_header import DATE_BESIDE, DayHeader, read_day
from sheets_sync.intake.layouts.header_words import Day, dates_written, day_of, span_of_a_week, week_of
from sheets_sync.intake.layouts.listed import Placed, cell_at
from sheets_sync.intake.layouts.title_text import OF_DATES
from sheets_sync.intake.layouts.weekdays_beside import DAYS_OF_WEEK, in_week, monday_meant, on_weekday
from sheets_sync.intake.plain import plain
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet

_FEWEST = 2
"""So many dates in a row are those of days; of dates alone one more."""
_FURTHEST = 7
"""So many days may lie between the dates of two columns side by side."""
_TITLE_ROWS = 4
_WEEK_OF = lazy_regex(r"\W*(?:for )?(?:the )?week (?:of|beginning|starting)\W*", re.IGNORECASE)
_MAY_SAY_WEEKS = lazy_regex(r"w(?:ee)?k|\d\D+\d", re.IGNORECASE)
_NO_LEAP_YEAR = 2023
_DAYS_OF_A_YEAR = 365

Place = tuple[int, int]


@dataclass
class DatedDays:
    """`sheet` is the tab with weekdays alone over its columns; `dates` maps the place of a header (1-based
    row, 0-based column) to the date of each of its days, with the cell that says it. `titles` are the weeks
    that titles name: the place of the title -> its first day. `bare` are the rows of dates without days,
    `doubted` the titles that name another week than the dates of the days below them, `moved` those whose
    date is no Monday."""

    sheet: Sheet
    dates: dict[Place, dict[str, Placed]] = field(default_factory=dict)
    titles: dict[Place, str] = field(default_factory=dict)
    bare: set[int] = field(default_factory=set)
    doubted: list[Place] = field(default_factory=list)
    moved: list[Place] = field(default_factory=list)


def read_week_dates(sheet: Sheet) -> DatedDays:
    """Return the dates of all rows of days of a sheet."""
    found = DatedDays(replace(sheet, rows=[list(row) for row in sheet.rows]))
    written = dates_written(sheet)
    for row, cells in enumerate(sheet.rows, start=1):
        dated = _dated(cells, written)
        if len(dated) >= _FEWEST and _follow_one_another(list(dated.values())):
            _take_dates(found, sheet, row, dated)
    found.titles = dict(_titles(found.sheet, written))
    _head_weeks(found)
    for place in found.titles:
        _put(found.sheet, place, _without_dates(cell_at(found.sheet, *place)))
    return found


def _put(sheet: Sheet, place: Place, value: CellValue) -> None:
    row = sheet.rows[place[0] - 1]
    assert isinstance(row, list)
    row[place[1]] = value


def _dated(cells: Sequence[CellValue], written: Mapping[str, str]) -> dict[int, Day]:
    """Return the columns of a row with a date, alone or beside a day."""
    found: dict[int, Day] = {}
    for place, cell in enumerate(cells):
        day = day_of(cell, written)
        header = read_day(cell) if day is None else None
        if (
            day is None
            and header is not None
            and header.dated
            and (beside := DATE_BESIDE.search(plain(str(cell))))
        ):
            weekday = _weekday(header)
            day = beside[0].strip(" (),")
            day = day if weekday is None else f"{DAYS_OF_WEEK[weekday]} {day}"
        if day is not None:
            found[place] = day
    return found


def day_number(day: Day) -> int | None:
    """Return a number by which days without a year can be compared too; None for what is no day."""
    if isinstance(day, date):
        return _number(day.month, day.day)
    found = read_written_date(day)
    return None if found is None or found.day is None else _number(found.month, found.day)


def _number(month: int, day: int) -> int | None:
    """Return the number of a day in a year without February 29, which is March 1 there."""
    if (month, day) == (2, 29):
        month, day = 3, 1
    try:
        return date(_NO_LEAP_YEAR, month, day).toordinal() % _DAYS_OF_A_YEAR
    except ValueError:
        return None


def _follow_one_another(days: Sequence[Day]) -> bool:
    numbers = [day_number(day) for day in days]
    steps = [
        0 if one is None or later is None else (later - one) % _DAYS_OF_A_YEAR
        for one, later in pairwise(numbers)
    ]
    return all(0 < step <= _FURTHEST for step in steps)


def _take_dates(found: DatedDays, sheet: Sheet, row: int, dated: Mapping[int, Day]) -> None:
    """Take a row of dates out of the sheet: it is that of the days above or below it, or of days itself."""
    for beside in (row - 1, row + 1):
        names = _names(sheet, beside, dated)
        if len(names) >= _FEWEST:
            for place, day in dated.items():
                if place in names and not names[place].several:
                    found.dates[beside, place] = {names[place].key: (_on(day, names[place]), row, place)}
                _put(found.sheet, (row, place), None)
            return
    weekdays = {place: _weekday_told(sheet, row, place, day) for place, day in dated.items()}
    if any(day is None for day in weekdays.values()):
        weekdays = _of_whole_weeks(dated)
    named = any(read_day(cell_at(sheet, row, place)) for place in dated)
    if not weekdays or (len(dated) <= _FEWEST and not named):
        return
    found.bare |= set() if named else {row}
    for place, day in dated.items():
        header = read_day(cell_at(sheet, row, place))
        if header is not None and header.several:
            continue
        name = header.day if header else DAYS_OF_WEEK[weekdays[place] or 0]
        found.dates[row, place] = {header.key if header else name: (day, row, place)}
        _put(found.sheet, (row, place), name)


def _names(sheet: Sheet, row: int, dated: Mapping[int, Day]) -> dict[int, DayHeader]:
    """Return the days without a date that a row names in these columns."""
    if not 1 <= row <= len(sheet.rows):
        return {}
    read = {place: read_day(cell_at(sheet, row, place)) for place in dated}
    return {place: day for place, day in read.items() if day is not None and not day.dated}


def _on(day: Day, header: DayHeader) -> Day:
    weekday = _weekday(header)
    return day if weekday is None else on_weekday(day, {day: frozenset((weekday,))})


def _weekday(header: DayHeader) -> int | None:
    return DAYS_OF_WEEK.index(header.key) if header.key in DAYS_OF_WEEK else None


def _weekday_told(sheet: Sheet, row: int, place: int, day: Day) -> int | None:
    """Return the weekday of a date that has a year, or of whatever its header says; else None."""
    header = read_day(cell_at(sheet, row, place))
    if header is not None:
        return _weekday(header) or 0
    if isinstance(day, date):
        return day.weekday()
    written = read_written_date(day)
    if written is None or written.day is None:
        return None
    if written.weekday is None and written.year is not None:
        return date(written.year, written.month, written.day).weekday()
    return written.weekday


def _of_whole_weeks(dated: Mapping[int, Day]) -> dict[int, int | None]:
    """Return the weekdays of dates without a year: of five that follow one another each day, else none."""
    numbers = [day_number(day) or 0 for day in dated.values()]
    whole = len(numbers) == 5 and all(
        (later - one) % _DAYS_OF_A_YEAR == 1 for one, later in pairwise(numbers)
    )
    return {place: at for at, place in enumerate(sorted(dated))} if whole else {}


def _titles(sheet: Sheet, written: Mapping[str, str]) -> list[tuple[Place, str]]:
    """Return the cells that say of which week what is below them is, with its first day."""
    found: list[tuple[Place, str]] = []
    for row, cells in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(cells):
            if not isinstance(cell, str) or not _MAY_SAY_WEEKS.search(cell):
                continue
            first = week_of(cell) or span_of_a_week(cell)
            if first is None and isinstance(cell, str) and _WEEK_OF.fullmatch(plain(cell)):
                beside = day_of(cell_at(sheet, row, place + 1), written)
                first = f"{beside:%B} {beside.day}, {beside.year}" if isinstance(beside, date) else beside
                if first is not None:
                    _put(sheet, (row, place + 1), None)
            if first is not None:
                found.append(((row, place), first))
    return found


def _without_dates(cell: CellValue) -> CellValue:
    """Return what else a title says: "Kim Lee" of "Kim Lee - week of 9/8"."""
    rest = OF_DATES.sub(" ", _WEEK_OF.sub(" ", plain(text_of(cell)))).strip(" -–—:,|")
    return rest if any(map(str.isalnum, rest)) else None


def _head_weeks(found: DatedDays) -> None:
    """Give each week that a title names its days: those right below it or above it, else the days of the week
    before once more, in the row of the title itself."""
    rows = {
        row: days
        for row, cells in enumerate(found.sheet.rows, start=1)
        if len(days := _days(cells)) >= _FEWEST
    }
    last: dict[int, DayHeader] = {}
    untaken = set(rows)
    for row, cells in enumerate(found.sheet.rows, start=1):
        last = rows.get(row, last)
        title = next((place for place in found.titles if place[0] == row), None)
        if title is None:
            continue
        below = next((at for at in range(row, row + _TITLE_ROWS + 1) if at in rows), None)
        others = [at for at, cell in enumerate(cells) if not is_blank(cell) and at != title[1]]
        if below is not None:
            _date_row(found, below, rows[below], title)
            untaken.discard(below)
        elif last and not others and title[1] < min(last):
            if row - 1 in untaken:
                _clear(found.sheet, row - 1, rows[row - 1])
            _copy(found.sheet, row, last)
            _date_row(found, row, last, title)


def _days(cells: Sequence[CellValue]) -> dict[int, DayHeader]:
    return {place: day for place, cell in enumerate(cells) if (day := read_day(cell)) is not None}


def _clear(sheet: Sheet, row: int, days: Mapping[int, DayHeader]) -> None:
    for place in days:
        _put(sheet, (row, place), None)


def _copy(sheet: Sheet, row: int, days: Mapping[int, DayHeader]) -> None:
    cells = sheet.rows[row - 1]
    assert isinstance(cells, list)
    cells += [None] * (max(days) + 1 - len(cells))
    for place, day in days.items():
        cells[place] = day.day


def _date_row(found: DatedDays, row: int, days: Mapping[int, DayHeader], title: Place) -> None:
    """Date the days of a row that have none of their own by the week that a title names."""
    first = monday_meant(found.titles[title], (key for one in days.values() for key in one.keys))
    week = week_number(in_week(first, 0))
    own = [found.dates[row, place] for place in days if (row, place) in found.dates]
    if any(monday_of(dates) != week for dates in own):
        found.doubted.append(title)
        return
    found.moved += [title] if first != found.titles[title] else []
    for place, header in days.items():
        if (row, place) not in found.dates:
            found.dates[row, place] = dates_in_week(header, first, title)


def dates_in_week(header: DayHeader, first: str, title: Place) -> dict[str, Placed]:
    """Return the date of each weekday of a header in the week that begins with a date."""
    weekdays = {one.key: _weekday(one) for one in header.each}
    return {key: (in_week(first, day), *title) for key, day in weekdays.items() if day is not None}


def monday_of(dates: Mapping[str, Placed]) -> int | None:
    """Return a number for the week in which the dates of a header lie, None where it cannot be told."""
    mondays = (week_number(day, key) for key, (day, _, _) in dates.items())
    return next((monday for monday in mondays if monday is not None), None)


def week_number(day: CellValue, on: str = "") -> int | None:
    """Return a number for the week of a date; `on` is its weekday ("Mon") where it does not say it itself."""
    if isinstance(day, date):
        monday = day - timedelta(days=day.weekday())
        return _number(monday.month, monday.day)
    number = day_number(day) if isinstance(day, str) else None
    written = read_written_date(day) if isinstance(day, str) else None
    if number is None or written is None:
        return None
    said = written.weekday
    weekday = (DAYS_OF_WEEK.index(on) if on in DAYS_OF_WEEK else 0) if said is None else said
    return (number - weekday) % _DAYS_OF_A_YEAR
