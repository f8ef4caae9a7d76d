"""Dates and spans of dates, from cells of every kind (phrases/README.md; phrases/dates_names.csv)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.written_dates import Order, Written, read_written, run_together
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue

_EPOCH = date(1899, 12, 30)
_SERIALS = range(32874, 73051)  # 1990 to 2099
_YEARS = range(1900, 2101)
_BLANKS = frozenset(
    ("n/a", "na", "none", "-", "--", "---", "tbd", "tba", "pending", "?", "unknown", "null", "nil", "x")
)
_REMEDY = 'Write the date with its year, like "9/3/2025".'
_NO_YEAR = "The date has no year, and it does not lie in the school year."
_TWO = lazy_regex(r"\d{1,4}[/.-]\d{1,2}\b.*[^\d/.-].*\b\d{1,2}[/.-]\d{1,2}")


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """The first and last day between which a date without a year lies."""

    first: date
    last: date


def read_date(
    value: CellValue, *, year: SchoolYear | None = None, order: Order | None = None
) -> Reading[date]:
    """Return the date in a cell: a date cell, a spreadsheet's serial number, or a text.

    Month first, as in the US, unless `order` says otherwise or a number above 12 decides; with the order
    "mixed" a date that could be both is refused. A date without a year is read only with `year`, and only
    where it lies in it. "N/A", "-" and "TBD" are refused like any word: a blank cell says that there is none.
    """
    if isinstance(value, datetime):
        return Reading(value.date())
    if isinstance(value, date):
        return Reading(value)
    if isinstance(value, time | timedelta | bool) or value is None:
        return Reading(None, "This is no date.", _REMEDY)
    if isinstance(value, int | float):
        return _read_number(float(value), year)
    text = plain(value if isinstance(value, str) else value.text[:LONGEST])
    return _read_text(text, year, order)


def _read_number(number: float, year: SchoolYear | None) -> Reading[date]:
    if not math.isfinite(number) or number < 1:
        return Reading(None, "This number is no date.", _REMEDY)
    whole = int(number)
    serial = _EPOCH + timedelta(days=whole) if whole in _SERIALS else None
    written = run_together(str(whole)) if 10_000 <= whole < 100_000_000 and number == whole else None
    together = None if written is None else _resolve(written, None, None).value
    both = [day for day in (serial, together) if day is not None]
    if len(both) == 2 and year is not None:
        both = [day for day in both if year.first <= day <= year.last] or both
    if len(both) == 1:
        return Reading(both[0])
    problem = "This number could be two different dates." if both else "This number is no date."
    return Reading(None, problem, _REMEDY)


def read_written_date(text: str, order: Order | None = None) -> Written | None:
    """Return what a text says of a date, with its time, or without day or year; None where it is no date."""
    typed = plain(text)
    return read_written(typed, order) if len(typed) <= LONGEST else None


def _read_text(text: str, year: SchoolYear | None, order: Order | None) -> Reading[date]:
    if text.lower().strip(" .") in _BLANKS or not text:
        return Reading(None, "There is no date here.", "Leave the cell blank, or write the date.")
    if len(text) > LONGEST:
        return Reading(None, "This is too long for a date.", _REMEDY)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _read_number(float(text), year)
    written = read_written(text, order)
    if written is None:
        problem = (
            "There are two dates in one cell." if _TWO.search(text) else "This is no date that can be read."
        )
        return Reading(None, problem, _REMEDY)
    return _resolve(written, year, order)


def _resolve(written: Written, year: SchoolYear | None, order: Order | None) -> Reading[date]:
    if written.day is None:
        return Reading(None, "The day is missing.", _REMEDY)
    if written.swapped and order == "mixed":
        return Reading(None, "Day and month could be the other way round; this column has both.", _REMEDY)
    if written.year is not None:
        return _checked(written.year, written)
    if year is None:
        return Reading(None, "The date has no year.", _REMEDY)
    inside = [
        day
        for number in range(year.first.year, year.last.year + 1)
        if (day := _checked(number, written).value) is not None and year.first <= day <= year.last
    ]
    if len(inside) == 1:
        return Reading(inside[0])
    if written.weekday is not None:
        undoubted = _resolve(replace(written, weekday=None), year, order).value
        if undoubted is not None:
            return _checked(undoubted.year, written)
    possible = _checked(2024, Written(None, written.month, written.day)).value  # a leap year has every day
    return Reading(None, _NO_YEAR if possible else "There is no such date.", _REMEDY)


def _checked(year: int, written: Written) -> Reading[date]:
    try:
        day = date(year, written.month, 1 if written.day is None else written.day)
    except ValueError:
        return Reading(None, "There is no such date.", _REMEDY)
    if year not in _YEARS:
        return Reading(None, "There is no such date.", _REMEDY)
    if written.weekday not in (None, day.weekday()):
        return Reading(
            None, f"This date is a {day:%A}: the day of the week does not fit.", "Mend the one that is wrong."
        )
    return Reading(day)


_BARE_DAY = lazy_regex(r"(\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")
_BETWEEN = lazy_regex(r"\s*(?:-+|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\btill\b)\s*", re.IGNORECASE)


def read_span(
    value: CellValue, *, year: SchoolYear | None = None, order: Order | None = None
) -> Reading[tuple[date, date]]:
    """Return first and last day of "11/3-11/7", "Nov 3-7", "11/3 - 11/7/25"; a single date is both."""
    single = read_date(value, year=year, order=order)
    if single.value is not None or not isinstance(value, str):
        return Reading((single.value, single.value) if single.value else None, single.problem, single.remedy)
    text = plain(value)
    if len(text) > LONGEST:
        return Reading(None, single.problem, single.remedy)
    parted: list[Reading[tuple[date, date]]] = []
    for found in _BETWEEN.finditer(text):
        reading = _read_ends(text[: found.start()], text[found.end() :], year, order)
        if reading is not None:
            parted.append(reading)
    return next(
        (reading for reading in parted if reading.value), parted[0] if parted else _unread_span(single)
    )


def _unread_span(single: Reading[date]) -> Reading[tuple[date, date]]:
    return Reading(None, single.problem, single.remedy)


def _read_ends(
    first: str, last: str, year: SchoolYear | None, order: Order | None
) -> Reading[tuple[date, date]] | None:
    """Read two ends of a span; None where they are no dates. An end takes month and year of the other."""
    begin, end = read_written(first, order), read_written(last, order)
    if begin is not None and end is None and (bare := _BARE_DAY.fullmatch(last.strip().lower())):
        end = Written(int(bare[2]) if bare[2] else begin.year, begin.month, int(bare[1]))
    elif end is not None and begin is None and (bare := _BARE_DAY.fullmatch(first.strip().lower())):
        begin = Written(end.year, end.month, int(bare[1]))
    if begin is None or end is None:
        return None
    begin_day, end_day = (
        _resolve(_with_year(begin, end), year, order),
        _resolve(_with_year(end, begin), year, order),
    )
    if begin_day.value is None:
        return Reading(None, begin_day.problem, begin_day.remedy)
    if end_day.value is None:
        return Reading(None, end_day.problem, end_day.remedy)
    start = begin_day.value
    last_day = end_day.value
    if start > last_day and begin.year is None and end.year is not None:  # 12/22-1/2/26
        start = _moved(start, end.year - 1)
    elif start > last_day and end.year is None and begin.year is not None:  # 12/22/25-1/2
        last_day = _moved(last_day, begin.year + 1)
    if start > last_day:
        return Reading(None, "The last day is before the first.", "Mend the one that is wrong.")
    if last_day - start > timedelta(days=366):
        return Reading(None, "These dates are more than a year apart.", "Mend the one that is wrong.")
    return Reading((start, last_day))


def _moved(day: date, year: int) -> date:
    """Return the same day of another year; February 29 stays where it is."""
    return day if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _with_year(one: Written, other: Written) -> Written:
    if one.year is not None or other.year is None:
        return one
    return Written(other.year, one.month, one.day, one.minutes, None, one.swapped)


_NUMERIC = lazy_regex(
    r"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})(?:\2\d{2,4})?(?![\d/])|(?<![\d-])(\d{1,2})-(\d{1,2})-\d{4}(?!\d)"
)


def column_order(values: Iterable[CellValue]) -> Order | None:
    """Tell which order the texts of a column write: a number above 12 is a day.

    None where no text decides (read_date then takes the US order); "mixed" where some can only be one and
    some only the other. One stray text among ten or more of the other order does not make a column mixed.
    """
    month_first = day_first = 0
    for value in values:
        if not isinstance(value, str) or len(value) > LONGEST:
            continue
        for found in _NUMERIC.finditer(plain(value)):
            first, second = int(found[1] or found[4]), int(found[3] or found[5])
            month_first += first <= 12 < second <= 31
            day_first += second <= 12 < first <= 31
    if month_first and day_first and max(month_first, day_first) < 10 * min(month_first, day_first):
        return "mixed"
    if month_first or day_first:
        return "mdy" if month_first >= day_first else "dmy"
    return None
