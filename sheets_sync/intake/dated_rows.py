"""Rows of a Schedule that each have a date, or a week: rules of that day or week alone
(layouts/dated_sessions.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.context import Context
from sheets_sync.intake.dates import SchoolYear, read_date, read_span
from sheets_sync.intake.layouts.header_words import week_of, weekdays_of
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.sessions import read_schedule
from sheets_sync.intake.shared_columns import read_dates, read_spans, report_blank
from sheets_sync.intake.tab_rows import Column, TabRows
from sheets_sync.ports import CellValue
from sheets_sync.problems import Severity

WEEK_OF = "Week of"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ANY_YEAR = SchoolYear(date(2024, 1, 1), date(2024, 12, 31))

Span = tuple[date, date]


def is_a_day(cell: CellValue) -> bool:
    """Tell whether a cell is a date or a span of dates, of whatever year."""
    return _as_text_of_any_year(cell).value is not None


def is_a_week(cell: CellValue) -> bool:
    """Tell whether a cell names a week by a date: "10/6", "Week of 10/6", "10/6-10/10"."""
    return is_a_day(cell) or week_of(cell) is not None


def rules_of_one_day(rows: TabRows, context: Context) -> TabRows:
    """Return the rows with Days, From and To of their date or week; those whose date cannot be read are
    reported and left out. Rows without a column Date or "Week of" stay as they are."""
    if WEEK_OF in rows.columns:
        return _of_one_week(rows, context)
    if "Date" not in rows.columns:
        return rows
    if "Days" in rows.columns:
        return _with_days(rows, context)
    dates = read_dates(rows, "Date", context.school_year)
    context.found.readings(rows, dates, where=dates.unread())
    column = dates.column
    report_blank(context, rows, column, column.blank(), "Date is blank.", "Write the date of the session.")
    days = [None if one is None else one.value for one in dates.found]
    columns = {
        "Days": _of_dates(column, "Days", [None if day is None else _DAYS[day.weekday()] for day in days]),
        "From": _of_dates(column, "From", days),
        "To": _of_dates(column, "To", days),
    }
    return replace(rows, columns={**rows.columns, **columns}).at(~dates.absent())


def _of_dates(column: Column, name: str, cells: Sequence[str | None] | Sequence[date | None]) -> Column:
    given: tuple[CellValue, ...] = tuple(cells)
    return replace(column, name=name, cells=given, blanks=column.blanks | [is_blank(cell) for cell in given])


def _of_one_week(rows: TabRows, context: Context) -> TabRows:
    """Bound each row by its week. A Sunday is the one before the week, unless it ends with it."""
    column = rows.column(WEEK_OF)
    header = text_of(rows.sheet.rows[rows.header - 1][column.position]).casefold()
    weeks = column.read(lambda cell: _week(cell, "end" in header, context.school_year))
    context.found.readings(rows, weeks, where=weeks.unread())
    problem, remedy = "The week is blank.", "Write a date of the week in which the session is."
    report_blank(context, rows, column, column.blank(), problem, remedy)
    spans = [None if one is None else one.value for one in weeks.found]
    columns = {
        "From": _of_dates(column, "From", [None if span is None else span[0] for span in spans]),
        "To": _of_dates(column, "To", [None if span is None else span[1] for span in spans]),
    }
    return replace(rows, columns={**rows.columns, **columns}).at(~weeks.absent())


def _week(cell: CellValue, ends: bool, year: SchoolYear) -> Reading[Span]:
    reading = read_span(week_of(cell) or cell, year=year)
    if reading.value is None or reading.value[0] < reading.value[1]:
        return reading
    day = reading.value[0]
    monday = (
        day + timedelta(days=1) if day.weekday() == 6 and not ends else day - timedelta(days=day.weekday())
    )
    return replace(reading, value=(monday, monday + timedelta(days=6)))


@dataclass(frozen=True)
class _Day:
    """What the date and the days of a row come to: `days` as the list would have it, or what is `wrong`."""

    days: CellValue
    wrong: str = ""


_TWO = "Date names one day, and Days several: the row is not counted."
_DIFFERENT = "Date is another day of the week than Days says: the row is not counted."
_REMEDIES = {
    _TWO: "Write one day; or, if the date is the day from which the session is held, name its column From.",
    _DIFFERENT: "Mend the one that is wrong.",
}


def _with_days(rows: TabRows, context: Context) -> TabRows:
    """Take the rows as those of their date, where Days agrees; of a span of dates Days says which."""
    dates = read_spans(rows, "Date", context.school_year)
    context.found.readings(rows, dates, where=dates.unread())
    column, typed = dates.column, rows.column("Days")
    problem = "Date is blank, and other rows have one: this may be a session of every week or of one day."
    remedy = "Write the date of the session; or keep what is held each week on a sheet without dates."
    report_blank(context, rows, column, column.blank(), problem, remedy)
    spans = [None if one is None else one.value for one in dates.found]
    pairs = list(zip(column.codes.tolist(), typed.codes.tolist(), strict=True))
    known = {(day, of): _day(spans[day], typed.cells[of]) for day, of in dict.fromkeys(pairs)}
    found = [known[pair] for pair in pairs]
    for wrong, remedy in _REMEDIES.items():
        where = np.array([one.wrong == wrong for one in found], dtype=bool)
        context.found.at_rows(Severity.ERROR, rows, typed, where, wrong, remedy)
    cells = tuple(one.days for one in known.values())
    number = {pair: at for at, pair in enumerate(known)}
    codes = np.array([number[pair] for pair in pairs], dtype=np.int64)
    days = replace(typed, cells=cells, codes=codes, blanks=np.array([is_blank(cell) for cell in cells]))
    columns = {
        "Days": days,
        "From": _of_dates(column, "From", [None if span is None else span[0] for span in spans]),
        "To": _of_dates(column, "To", [None if span is None else span[1] for span in spans]),
    }
    good = ~dates.absent() & [not one.wrong for one in found]
    return replace(rows, columns={**rows.columns, **columns}).at(good)


def _day(span: Span | None, typed: CellValue) -> _Day:
    if span is None or span[0] < span[1]:
        return _Day(typed)
    weekday = span[0].weekday()
    if is_blank(typed) or weekday in weekdays_of(typed):
        return _Day(_DAYS[weekday])
    rules = read_schedule(text_of(typed)).value
    if rules is None:
        return _Day(typed)
    bits = 0
    for rule in rules:
        bits |= rule.weekdays
    if not bits:
        return _Day(_DAYS[weekday])
    if bits & (bits - 1):
        return _Day(typed, _TWO)
    return _Day(typed) if bits == 1 << weekday else _Day(typed, _DIFFERENT)


def _as_text_of_any_year(cell: CellValue) -> Reading[Span]:
    if isinstance(cell, int | float):
        return Reading(None) if isinstance(cell, bool) else _span_of(read_date(cell))
    return read_span(cell, year=_ANY_YEAR)


def _span_of(reading: Reading[date]) -> Reading[Span]:
    return Reading(None if reading.value is None else (reading.value, reading.value))
