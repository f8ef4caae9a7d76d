"""Dates and times; a date is a serial number."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from tests.sheets_server.date_formats import moment_of, serial_of
from tests.sheets_server.formula_functions import function
from tests.sheets_server.formula_values import FormulaError, Scalar, today
from tests.sheets_server.typed_dates import read_moment

if TYPE_CHECKING:
    from tests.sheets_server.calculator import Arguments


def _moment(given: Arguments, index: int = 0) -> datetime:
    moment = moment_of(given.number(index))
    if moment is None:
        raise FormulaError("NUM", f"Function {given.call.name} parameter {index + 1} value is out of range.")
    return moment


def _month_start(year: int, month: int) -> datetime:
    """Return the first of a month; months count on over the ends of the year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not 1 <= year <= 9999:
        raise FormulaError("NUM", "The date is out of range.")
    return datetime(year, month, 1)  # noqa: DTZ001 - a cell's date has no zone


@function("TODAY", 0)
def today_(given: Arguments) -> Scalar:
    return float(int(serial_of(given.here.calculator.now)))


@function("NOW", 0)
def now(given: Arguments) -> Scalar:
    return serial_of(given.here.calculator.now)


@function("DATE", 3)
def date(given: Arguments) -> Scalar:
    year = given.integer(0)
    start = _month_start(year + 1900 if 0 <= year < 1900 else year, given.integer(1))
    return float(int(serial_of(start))) + given.integer(2) - 1


@function("TIME", 3)
def time(given: Arguments) -> Scalar:
    return ((given.integer(0) * 3600 + given.integer(1) * 60 + given.integer(2)) / 86400) % 1


@function("DATEVALUE", 1)
def datevalue(given: Arguments) -> Scalar:
    value = given.value(0)
    if isinstance(value, str):
        read = read_moment(value.strip(), given.here.calculator.locale, today)
        if read is None:
            raise FormulaError("VALUE", f"DATEVALUE parameter '{value}' cannot be parsed to date/time.")
        return float(int(read[0]))
    return float(int(given.number(0)))


@function("TIMEVALUE", 1)
def timevalue(given: Arguments) -> Scalar:
    return given.number(0) % 1


@function("YEAR", 1)
def year(given: Arguments) -> Scalar:
    return float(_moment(given).year)


@function("MONTH", 1)
def month(given: Arguments) -> Scalar:
    return float(_moment(given).month)


@function("DAY", 1)
def day(given: Arguments) -> Scalar:
    return float(_moment(given).day)


@function("HOUR", 1)
def hour(given: Arguments) -> Scalar:
    return float(_moment(given).hour)


@function("MINUTE", 1)
def minute(given: Arguments) -> Scalar:
    return float(_moment(given).minute)


@function("SECOND", 1)
def second(given: Arguments) -> Scalar:
    return float(_moment(given).second)


@function("WEEKDAY", 1, 2)
def weekday(given: Arguments) -> Scalar:
    """Sunday is 1 (kind 1), Monday is 1 (kind 2), Monday is 0 (kind 3)."""
    index = _moment(given).weekday()
    kind = given.integer(1, 1)
    return float((index + 1) % 7 + 1 if kind == 1 else index + 1 if kind == 2 else index)


@function("DAYS", 2)
def days(given: Arguments) -> Scalar:
    return float(int(given.number(0)) - int(given.number(1)))


@function("EDATE", 2)
def edate(given: Arguments) -> Scalar:
    moment = _moment(given)
    start = _month_start(moment.year, moment.month + given.integer(1))
    last = monthrange(start.year, start.month)[1]
    return float(int(serial_of(start.replace(day=min(moment.day, last)))))


@function("EOMONTH", 2)
def eomonth(given: Arguments) -> Scalar:
    moment = _moment(given)
    start = _month_start(moment.year, moment.month + given.integer(1))
    return float(int(serial_of(start.replace(day=monthrange(start.year, start.month)[1]))))


@function("NETWORKDAYS", 2, 3)
def networkdays(given: Arguments) -> Scalar:
    start, end = _moment(given, 0), _moment(given, 1)
    sign = 1 if start <= end else -1
    start, end = min(start, end), max(start, end)
    free = {float(value) for value, _ in given.values(2) if isinstance(value, (int, float))}
    span = (end - start).days + 1
    if span > 100_000:
        raise FormulaError("NUM", "The dates are too far apart.")
    each = (start + timedelta(days=step) for step in range(span))
    return float(
        sign * sum(1 for one in each if one.weekday() < 5 and float(int(serial_of(one))) not in free)
    )
