"""Rows among the data that are about no student: section headings ("LUNCH_1"), totals, dates alone.

Those of a Caseload are told in caseload_headings.py: there a name may stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.context import Context
from sheets_sync.intake.dates import read_span
from sheets_sync.intake.headings_that_deny import ask_below, denies
from sheets_sync.intake.layouts.day_header import WEEK
from sheets_sync.intake.layouts.no_session import names_no_session
from sheets_sync.intake.layouts.title_text import FROM_WHEN, NOT_HELD
from sheets_sync.intake.names import name_key
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.students import Standing
from sheets_sync.intake.tab_rows import Column, Flags, TabRows
from sheets_sync.intake.total_rows import may_be_total, sums_up_a_student, total_rows
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue
from sheets_sync.problems import Severity

_CORE = {
    "Service Grid": ("Student", "Service", "Frequency", "Sessions", "Per"),
    "Schedule": ("Student", "Service", "Days", "Start"),
    "Service Log": ("Date", "Student", "Service", "Status"),
    "Attendance": ("Date", "Student", "Attendance"),
}
"""The columns of which a row about somebody fills more than one."""

_TOTALS = {"total", "totals", "grand total", "subtotal", "sum", "average", "count"}


_NAMES_TOO = frozenset(("art", "x"))
"""Words of idle hours that may be a name, or a mark."""
_COUNT = lazy_regex(r"[\s:=#]*\d*\s*$")


_NOTHING = frozenset(("n/a", "na", "none", "off", "out", "closed"))
"""Of these a remark says nothing of whose the hour is."""
_OPEN = lazy_regex(
    r"\W*(?:(?:still|currently|now|an?|my|slp|ot|pt|speech) )*"
    r"(?:open|available|avail|vacant|empty|free|flex(?:ible)?|unassigned|unfilled|no (?:student|one)|nobody)"
    r"(?: (?:slot|time|spot|block|period|hour|session|for .*))*\W*",
    re.IGNORECASE,
)
_STAFF_HOUR = (
    r"(?:(?:iep|504|team|staff|faculty|data|parent|grade|level|dept|mtss|sst|ard) )*(?:\w+ duty|lunch|plan"
    r"|planning|prep|testing|evals?|evaluations?|screenings?|meetings?|mtgs?|plc|pd|travel|documentation|paperwork|billing)"
    r"(?: (?:time|period))?"
)
_OF_STAFF = lazy_regex(rf"{_STAFF_HOUR}(?:\W+(?:and )?{_STAFF_HOUR})*", re.IGNORECASE)


def leave_out_headings(rows: TabRows, context: Context) -> TabRows:
    """Leave out headings and totals, and note them; leave out rows with nothing but a date, silently.

    A heading is a text that is no student of the Caseload, with nothing beside it that an entry needs. Below
    one that says that what follows is not held each week ("Week B", "On hold") rows of the Schedule are
    not read, up to the next heading; "Starting 11/3" is no such doubt for a row that has dates of its own.
    Lines of the Service Grid and entries of the Service Log are counted and asked about: none goes for a word
    above it.
    """
    rows = _without_idle_hours(rows, context) if rows.tab == "Schedule" else rows
    rows = _without_totals(rows, context) if rows.tab == "Service Grid" else rows
    core = [rows.column(name) for name in _CORE[rows.tab]]
    alone = np.sum([~column.blank() for column in core], axis=0) == 1
    student, date = rows.column("Student"), rows.column("Date")
    heading = student.where(is_total) | student.where(lambda cell: _is_stranger(cell, context), alone)
    if rows.tab == "Service Grid":
        heading |= student.where(lambda cell: sums_up_a_student(cell) and _is_stranger(cell, context)) & (
            rows.column("Service").blank()
        )
    heading |= date.where(is_total) & student.blank() & rows.column("Service").blank()
    ahead = alone & ~date.blank() if "Date" in _CORE[rows.tab] else np.zeros(len(rows), dtype=bool)
    heading |= date.where(lambda cell: _is_no_date(cell, context), ahead)
    left_out = heading | ahead
    if rows.tab == "Schedule":
        denied, below = _not_each_week(rows, heading, context)
        _report_denied(rows, denied, context)
        left_out, heading = left_out | below, heading & ~denied
    if rows.tab in ("Service Grid", "Schedule", "Service Log") and heading.any():
        ask_below(rows, heading, context)
    problem = "This is taken for a heading or a total: the row is about no student."
    remedy = "If it is about a student, fill the other columns."
    column = _where_it_stands(rows, heading)
    context.found.at_rows(Severity.NOTE, rows, column, heading, problem, remedy)
    return rows.at(~left_out) if left_out.any() else rows


def _without_totals(rows: TabRows, context: Context) -> TabRows:
    """Leave out the rows of a Service Grid that sum up lines ("Total | 90 min/wk"), and note them."""
    total = total_rows(rows)
    service, student = rows.column("Service"), rows.column("Student")
    alone = total & ~student.blank() & ~np.isin(student.codes, student.codes[~total])
    problem = "This reads as a total, and no line of this student stands here: nothing is required."
    remedy = "Write a row for each service of the student."
    context.found.at_rows(Severity.ERROR, rows, service, alone, problem, remedy)
    sums = total & ~alone
    column = rows.column("Frequency") if service.blank()[np.flatnonzero(sums)[:1]].any() else service
    problem = "This is taken for the total of other lines, and is no line itself."
    context.found.at_rows(
        Severity.NOTE, rows, column, sums, problem, "If it is a service, call it otherwise."
    )
    problem = "This may be the sum of other lines of the student: it is counted as a service of its own."
    remedy = 'If it is a sum, call it "Total"; else call it as the service is called.'
    maybe = service.where(may_be_total) & ~total & ~student.blank()
    maybe &= np.isin(student.codes, student.codes[~total & ~maybe])
    context.found.at_rows(Severity.QUESTION, rows, service, maybe, problem, remedy)
    return rows.at(~total) if total.any() else rows


def _without_idle_hours(rows: TabRows, context: Context) -> TabRows:
    """Leave out the rows of a Schedule with a day or time that hold "Lunch" or "Planning" where a student
    stands, and no service, or that as the service of nobody, or "open" beside neither; note them. A student
    who is called so stays."""
    student, service = rows.column("Student"), rows.column("Service")
    held = ~(rows.column("Days").blank() & rows.column("Start").blank())
    no_service = held & (service.blank() | service.where(is_idle))
    idle = student.where(lambda cell: is_idle(cell) and _is_stranger(cell, context), no_service)
    of_nobody = held & student.blank() & service.where(is_idle)
    problem = "This is no session of a student: the row is left out."
    remedy = "If it is one, write the student and the service."
    nameless = held & student.blank() & service.blank() & rows.column("Student ID").blank()
    says_open = {"Notes": _is_of_staff, "Location": _is_open}
    remarks = [(rows.column(name), says) for name, says in says_open.items()]
    of_some = ~student.blank() & ~idle
    open_slots = [(column, _nobodys(column, says, nameless, of_some)) for column, says in remarks]
    left_out = np.zeros(len(rows), dtype=bool)
    for column, where in ((student, idle), (service, of_nobody), *open_slots):
        context.found.at_rows(Severity.NOTE, rows, column, where & ~left_out, problem, remedy)
        left_out |= where
    return rows.at(~left_out) if left_out.any() else rows


def is_idle(cell: CellValue) -> bool:
    """Tell whether a cell names an hour without a student; what may be a service or a name too is none."""
    return isinstance(cell, str) and names_no_session(cell) and name_key(cell) not in _NAMES_TOO


def is_open_slot(cell: CellValue) -> bool:
    """Tell whether a remark says that its hour is nobody's: "open slot", "lunch", "available"."""
    return _is_open(cell) or (is_idle(cell) and name_key(text_of(cell)) not in _NOTHING)


def _nobodys(column: Column, says: Callable[[CellValue], bool], nameless: Flags, whose: Flags) -> Flags:
    """Tell of which nameless rows a remark says that they are nobody's. One that stands in a row of a student
    too (`whose`) says where or when sessions are."""
    with_student = {_spoken(column.cells[code]) for code in column.standing_in(whose)}
    return column.where(lambda cell: says(cell) and _spoken(cell) not in with_student, nameless)


def _spoken(cell: CellValue) -> str:
    return plain(text_of(cell)[:LONGEST]).casefold()


def _is_of_staff(cell: CellValue) -> bool:
    """The same of a note alone: "library", "math block" and "lunch bunch" may be where or when it is held."""
    return _is_open(cell) or (
        is_idle(cell) and _OF_STAFF.fullmatch(plain(text_of(cell)[:LONGEST])) is not None
    )


def _is_open(cell: CellValue) -> bool:
    """The same of a place: a session may be held at lunch or in homeroom, and none in "open"."""
    return isinstance(cell, str) and _OPEN.fullmatch(plain(cell[:LONGEST])) is not None


def _not_each_week(rows: TabRows, heading: Flags, context: Context) -> tuple[Flags, Flags]:
    """Return the headings below which rows are not read, and these rows."""
    texts = rows.column("Student").texts()
    starts, ends = (rows.column(name).blank() for name in ("From", "To"))
    denied, below = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    at, dated_only = -1, False
    for row in range(len(rows) if heading.any() else 0):
        if heading[row]:
            says_so = bool(NOT_HELD.search(texts[row]) or WEEK.search(texts[row]))
            says_so |= denies(texts[row], context.school_year)
            dated_only = not says_so and bool(FROM_WHEN.search(texts[row]))
            at = row if says_so or dated_only else -1
        elif at >= 0 and not (dated_only and not (starts[row] and ends[row])):
            denied[at] = below[row] = True
    return denied, below


def _report_denied(rows: TabRows, denied: Flags, context: Context) -> None:
    problem = "By this heading the rows below it do not hold in every week: they are not read."
    remedy = 'Say it in each row ("every other Mon" with From, or From and To), or keep them on another tab.'
    for row in np.flatnonzero(denied):
        where = np.arange(len(rows)) == row
        context.found.at_rows(Severity.ERROR, rows, rows.column("Student"), where, problem, remedy)


def is_total(cell: CellValue) -> bool:
    """Tell whether a cell in the place of a student says "Total" or the like."""
    return isinstance(cell, str) and _COUNT.sub("", name_key(cell)) in _TOTALS


def _is_stranger(cell: CellValue, context: Context) -> bool:
    if not isinstance(cell, str) or not cell.strip():
        return False
    return context.roster.match(text_of(cell)).standing is Standing.UNKNOWN


def _is_no_date(cell: CellValue, context: Context) -> bool:
    return isinstance(cell, str) and read_span(cell, year=context.school_year, order="mdy").value is None


def _where_it_stands(rows: TabRows, where: Flags) -> Column:
    """Return the column in which the first of these rows holds its text."""
    student, date = rows.column("Student"), rows.column("Date")
    first = np.flatnonzero(where)[:1]
    return date if student.blank()[first].any() else student
