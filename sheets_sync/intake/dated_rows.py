"""Rows of a Schedule that each have a date: rules of one day (layouts/dated_sessions.py)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.context import Context
from sheets_sync.intake.shared_columns import read_dates, report_blank
from sheets_sync.intake.tab_rows import Column, TabRows
from sheets_sync.ports import CellValue

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def rules_of_one_day(rows: TabRows, context: Context) -> TabRows:
    """Return the rows with Days, From and To of their date; those whose date cannot be read are reported and
    left out. Rows without a column Date stay as they are."""
    if "Date" not in rows.columns:
        return rows
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


def _of_dates(column: Column, name: str, cells: list[str | None] | list[date | None]) -> Column:
    given: tuple[CellValue, ...] = tuple(cells)
    return replace(column, name=name, cells=given, blanks=column.blanks | [is_blank(cell) for cell in given])
