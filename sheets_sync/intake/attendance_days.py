"""The days of an absence: of a Date, or from it to a day in a second column ("To", "Through", "Last day").

A column that may say that it was longer ("# of days", "Return date") is asked about: each day of an absence
excuses its sessions (counting.md, "Attendance").
"""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import numpy.typing as npt

from sheets_sync.intake.attendance_words import ABSENT
from sheets_sync.intake.cells import cell_in, is_blank, text_of
from sheets_sync.intake.context import Context
from sheets_sync.intake.dates import read_date
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.shared_columns import NEVER, read_dates, read_spans
from sheets_sync.intake.tab_rows import Flags, Readings, TabRows, column_of
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue
from sheets_sync.problems import Severity
from sheets_sync.tables import DATE

MOST_DAYS = 31
"""A span of dates that is longer is more likely a wrong year."""
_DAY = np.timedelta64(1, "D")
_MENDS = 'Mend the date that is wrong, or write each month apart, like "10/5-10/30".'
_LONGER = lazy_regex(
    r"(?:(?:#|no\.?|num(?:ber)?|total|how many)\s*(?:of )?)?(?:school )?days?"
    r"(?: (?:absent|missed|out|gone))?"
    r"|duration|length|how long|(?:date )?(?:of )?return(?:ed|s|ing)?(?: (?:date|on|to school))?"
    r"|(?:date )?back(?: (?:on|at school|in school))?|(?:back|returned) date",
    re.IGNORECASE,
)
_COUNT = lazy_regex(r"(?P<days>\d{1,3})(?:\.0)?\s*(?:school )?(?:days?|d)?\.?", re.IGNORECASE)
MAY_BE_LONGER = "This may say that the absence was longer: only the day of its Date is counted."
WRITE_TO = 'If it was, write its last day into a column To, or both into Date: "10/26-11/6".'

Dates = npt.NDArray[np.datetime64]


def read_days(rows: TabRows, kinds: npt.NDArray[np.object_], context: Context) -> tuple[Dates, Dates]:
    """Return the first and the last day of each row, NaT where they are blank or cannot be read, and report
    these. Of months nobody is taken to have been absent, and late on one day alone."""
    spans = _spans(rows, context)
    context.found.readings(rows, spans)
    first = spans.each(lambda span: np.datetime64(span[0], "s"), NEVER, DATE)
    last = spans.each(lambda span: np.datetime64(span[1], "s"), NEVER, DATE)
    ends = read_dates(rows, "To", context.school_year)
    absent = kinds == ABSENT
    to = ends.each(lambda day: np.datetime64(day, "s"), NEVER, DATE)
    told = ~ends.column.blank() & ~spans.absent()
    wrong = told & absent & ~ends.absent()
    wrong &= (to < first) | ((last > first) & (to != last)) | (to - first >= MOST_DAYS * _DAY)
    problem = "From the Date to here are no days of one absence: the row is not counted."
    context.found.at_rows(Severity.ERROR, rows, ends.column, wrong, problem, _MENDS)
    context.found.readings(rows, ends, where=told & absent)
    late = told & ~absent & (kinds != "") & (kinds != "present") & (to != first)
    problem = "This is taken for no other day: late or dismissed is counted on its Date."
    context.found.at_rows(Severity.QUESTION, rows, ends.column, late, problem, "Write a row for each day.")
    unread = wrong | (told & absent & ends.absent())
    _ask_of_longer(rows, first, absent & ~(told & ~ends.absent()) & (last == first), context)
    return np.where(unread, NEVER, first), np.where(told & absent & ~unread, to, last)


def may_be_longer(header: str, cell: CellValue) -> bool:
    """Tell whether a cell below this header may say that an absence was longer than a day."""
    if is_blank(cell) or isinstance(cell, bool) or not _LONGER.fullmatch(header.strip(" ?")):
        return False
    count = _COUNT.fullmatch(text_of(cell).strip())
    return not count or int(count["days"]) > 1


def _ask_of_longer(rows: TabRows, first: Dates, absent: Flags, context: Context) -> None:
    if rows.header <= 0 or rows.further:
        return
    for place, cell in enumerate(rows.sheet.rows[rows.header - 1]):
        header = text_of(cell)
        if place in rows.used or not _LONGER.fullmatch(header.strip(" ?")):
            continue
        below = [cell_in(rows.sheet.rows[number - 1], place) for number in rows.rows.tolist()]
        days = [_next_day(day) for day in first]
        longer = [
            may_be_longer(header, cell) and _day_of(cell, context) != day
            for cell, day in zip(below, days, strict=True)
        ]
        column = column_of(header, place, below)
        where = absent & np.array(longer, dtype=bool)
        context.found.at_rows(Severity.QUESTION, rows, column, where, MAY_BE_LONGER, WRITE_TO)


def _next_day(day: np.datetime64) -> date | None:
    """Return the weekday behind a day: on which somebody is back who was absent for one."""
    if np.isnat(day):
        return None
    following: date = np.busday_offset(day.astype("datetime64[D]") + _DAY, 0, roll="forward").astype(date)
    return following


def _day_of(cell: CellValue, context: Context) -> date | None:
    return read_date(cell, year=context.school_year).value


def _spans(rows: TabRows, context: Context) -> Readings[tuple[date, date]]:
    spans = read_spans(rows, "Date", context.school_year)
    problem = "These are more days than one absence is taken to last: the row is not counted."
    refused: Reading[tuple[date, date]] = Reading(None, problem, _MENDS)
    found = (
        refused if one and one.value and (one.value[1] - one.value[0]).days >= MOST_DAYS else one
        for one in spans.found
    )
    return Readings(spans.column, tuple(found))
