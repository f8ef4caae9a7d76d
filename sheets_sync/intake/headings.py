"""Rows among the data that are about no student: section headings ("LUNCH_1"), totals, dates alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.context import Context
from sheets_sync.intake.dates import read_span
from sheets_sync.intake.names import name_key
from sheets_sync.intake.students import Standing
from sheets_sync.intake.tab_rows import Column, Flags, TabRows
from sheets_sync.ports import CellValue
from sheets_sync.problems import Severity

_CORE = {
    "Caseload": ("Student",),
    "Service Grid": ("Student", "Service", "Frequency", "Sessions", "Per"),
    "Schedule": ("Student", "Service", "Days", "Start"),
    "Service Log": ("Date", "Student", "Service", "Status"),
    "Attendance": ("Date", "Student", "Attendance"),
}
"""The columns of which a row about somebody fills more than one."""

_TOTALS = {"total", "totals", "grand total", "subtotal", "sum", "average", "count"}


def leave_out_headings(rows: TabRows, context: Context) -> TabRows:
    """Leave out headings and totals, and note them; leave out rows with nothing but a date, silently.

    A heading is a text that is no student of the Caseload, with nothing beside it that an entry needs.
    """
    core = [rows.column(name) for name in _CORE[rows.tab]]
    filled = np.sum([~column.blank() for column in core], axis=0)
    student = rows.column("Student")
    heading = student.where(is_total)
    ahead = np.zeros(len(rows), dtype=bool)
    if len(core) > 1:
        dated = "Date" in _CORE[rows.tab]
        alone = filled == 1
        heading |= alone & _holds(student, alone, lambda cell: _is_stranger(cell, context))
        date = rows.column("Date")
        ahead = alone & ~date.blank() if dated else ahead
        heading |= ahead & _holds(date, ahead, lambda cell: _is_no_date(cell, context))
    problem = "This is taken for a heading or a total: the row is about no student."
    remedy = "If it is about a student, fill the other columns."
    column = _where_it_stands(rows, heading)
    context.found.at_rows(Severity.NOTE, rows, column, heading, problem, remedy)
    left_out = heading | ahead
    return rows.at(~left_out) if left_out.any() else rows


def is_total(cell: CellValue) -> bool:
    """Tell whether a cell in the place of a student says "Total" or the like."""
    return isinstance(cell, str) and name_key(cell).rstrip(":") in _TOTALS


def _holds(column: Column, where: Flags, holds: Callable[[str], bool]) -> Flags:
    """Tell for each row whether something holds of its text; only what stands in these rows is looked at."""
    wanted = set(column.codes[where].tolist())
    cells = enumerate(column.cells)
    return np.array([n in wanted and isinstance(cell, str) and holds(cell) for n, cell in cells])[
        column.codes
    ]


def _is_stranger(typed: str, context: Context) -> bool:
    return bool(typed.strip()) and context.roster.match(text_of(typed)).standing is Standing.UNKNOWN


def _is_no_date(typed: str, context: Context) -> bool:
    return read_span(typed, year=context.school_year, order="mdy").value is None


def _where_it_stands(rows: TabRows, where: Flags) -> Column:
    """Return the column in which the first of these rows holds its text."""
    student, date = rows.column("Student"), rows.column("Date")
    first = np.flatnonzero(where)[:1]
    return date if student.blank()[first].any() else student
