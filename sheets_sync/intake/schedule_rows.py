"""The Schedule tab: recurring sessions, one rule a row (workbook.md and counting.md, "Schedule")."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.codes import read_code
from sheets_sync.intake.context import Context
from sheets_sync.intake.dated_rows import rules_of_one_day
from sheets_sync.intake.groups import is_makeup
from sheets_sync.intake.provider_column import provider_codes
from sheets_sync.intake.recurring_sessions import Session, read_sessions
from sheets_sync.intake.sessions import write_days
from sheets_sync.intake.shared_columns import (
    NEVER,
    drop_ignored_services,
    group_column,
    read_dates,
    read_groups,
    read_services,
    service_codes,
)
from sheets_sync.intake.student_column import Named, name_students
from sheets_sync.intake.tab_rows import Flags, TabRows
from sheets_sync.intake.titles_of_years import ask_of_another_year
from sheets_sync.ports import CellValue
from sheets_sync.problems import Severity
from sheets_sync.tables import DATE, SCHEDULE, Category, table

_GIVEN = (Category.DELIVERED, Category.MAKE_UP, Category.LATE)
Dates = npt.NDArray[np.datetime64]


def read_schedule_rows(rows: TabRows, context: Context) -> pd.DataFrame:
    """Make the table SCHEDULE. What cannot be placed in the week is reported and left out.

    That is a row whose student, service, days, length, From or To cannot be read, one that ends before it
    begins, and one of alternate weeks without a From date. Start may be blank: then the session has no time.
    """
    ask_of_another_year(rows, context)
    rows = rules_of_one_day(drop_ignored_services(rows, context), context)
    services = read_services(rows, context)
    begins, ends, bad = _bounds(rows, context)
    sessions = read_sessions(rows, context)
    bad |= services.absent() | _lacks_anchor(rows, sessions, begins, context)
    named = name_students(rows, context)
    named = named.at(~bad[named.take])
    entries, placed = _each(named, sessions)
    schedule = _table(named.rows.at(entries), placed, context, named.codes[entries])
    take = named.take[entries]
    schedule["service"] = context.services.categorical(service_codes(services, context)[take])
    schedule["from"], schedule["to"] = begins[take], ends[take]
    return _once(named.rows.at(entries), schedule, context)


def _table(
    rows: TabRows, placed: list[Session], context: Context, students: npt.NDArray[np.int64]
) -> pd.DataFrame:
    rules = [session.rule for session in placed]
    return table(
        SCHEDULE,
        {
            "row": rows.rows,
            "student": context.students.categorical(students),
            "provider": context.providers.categorical(provider_codes(rows, context)),
            "group": group_column(read_groups(rows, context)),
            "location": rows.column("Location").texts(),
            "pattern": [rule.pattern for rule in rules],
            "weekdays": [rule.weekdays for rule in rules],
            "nth": [rule.nth for rule in rules],
            "cycle_days": [rule.cycle_days for rule in rules],
            "cycle_length": [rule.cycle_length for rule in rules],
            "start": [session.start for session in placed],
            "minutes": [session.minutes for session in placed],
            "makeup": _says_makeup(rows),
            "notes": rows.column("Notes").texts(),
            "days_text": [write_days(rule) for rule in rules],
        },
    )


def _bounds(rows: TabRows, context: Context) -> tuple[Dates, Dates, Flags]:
    """Return From and To of each row, and which rows have an unreadable one or end before they begin."""
    begins, ends = read_dates(rows, "From", context.school_year), read_dates(rows, "To", context.school_year)
    for readings in (begins, ends):
        context.found.readings(rows, readings)
    start = begins.each(lambda day: np.datetime64(day, "s"), NEVER, DATE)
    end = ends.each(lambda day: np.datetime64(day, "s"), NEVER, DATE)
    backwards = end < start
    problem = "To is before From: the row yields no session."
    remedy = "Mend the one that is wrong."
    context.found.at_rows(Severity.ERROR, rows, ends.column, backwards, problem, remedy)
    return start, end, begins.unread() | ends.unread() | backwards


def _lacks_anchor(
    rows: TabRows, sessions: list[tuple[Session, ...]], begins: Dates, context: Context
) -> Flags:
    """Report the rows of alternate weeks without a From date: which weeks are meant cannot be told."""
    alternate = [any(s.rule.pattern == "alternate" for s in row) for row in sessions]
    lacking = np.array(alternate, dtype=bool) & rows.column("From").blank()
    context.found.at_rows(
        Severity.ERROR,
        rows,
        rows.column("Days"),
        lacking,
        "Every other week, but From does not say from which: the row yields no session.",
        "Write a date of a week in which there is a session into From.",
    )
    return lacking


def _each(named: Named, sessions: list[tuple[Session, ...]]) -> tuple[npt.NDArray[np.int64], list[Session]]:
    """Return each student's each session: the position in `named`, and the session."""
    entries, placed = [], []
    for entry, row in enumerate(named.take.tolist()):
        for session in sessions[row]:
            entries.append(entry)
            placed.append(session)
    return np.array(entries, dtype=np.int64), placed


def _says_makeup(rows: TabRows) -> Flags:
    def says(cell: CellValue) -> bool:
        return is_makeup(text_of(cell))

    def is_given_as_one(cell: CellValue) -> bool:
        """Tell it of the mark of a plan book: "absent - MU Fri" is of a session that was missed."""
        code = read_code(cell, codes=rows.codes).value if says(cell) else None
        return says(cell) and (code is None or code.category in _GIVEN)

    return (
        rows.column("Days").where(says)
        | rows.column("Group").where(says)
        | rows.column("Notes").where(says)
        | rows.column("Status").where(is_given_as_one)
    )


def _once(rows: TabRows, schedule: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Keep the first of rows that are alike in everything but their row, and list the others."""
    again = schedule.duplicated(subset=[name for name in SCHEDULE if name != "row"]).to_numpy()
    context.found.at_rows(
        Severity.NOTE,
        rows,
        rows.column("Student"),
        again,
        "A row above says exactly the same: the two are one session.",
        "Delete one of them, or tell them apart if they are two.",
    )
    return schedule[~again].reset_index(drop=True)
