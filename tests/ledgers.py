"""Ledgers built by hand, for tests of the views: figures without a count behind them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from sheets_sync.ledger.calendars import build_calendar
from sheets_sync.ledger.result import ACCOUNTS, FIGURES, Ledger
from sheets_sync.ledger.rules import Rules
from sheets_sync.tables import (
    ATTENDANCE,
    CALENDAR,
    LINES,
    LOG,
    SCHEDULE,
    STAFF,
    STUDENTS,
    Category,
    Tables,
    table,
)

TODAY = date(2025, 11, 21)
"""A Friday; school began on Tuesday, September 2, and ends on June 18."""

Row = dict[str, Any]


def line(
    student: str = "Ana R.", service: str = "Speech therapy", status: str = "ON TRACK", **more: Any
) -> Row:
    """One row of Ledger.lines: 2 x 30 a week unless said otherwise; figures that are left out are 0."""
    row = {"student": student, "service": service, "status": status, "group": "", "provider": "J. Rivera"}
    row |= {"setting": "", "reason": "", "sessions": 2, "minutes": 30, "total": 60, "period": "week", "n": 1}
    row |= {
        "esy": False,
        "start": date(2025, 9, 2),
        "end": None,
        "percent": None,
        "watch": False,
        "over": False,
        "held": False,
    }
    row |= {"last_session": None, "next_session": None, "next_start": -1, "differs": (), "missed_watch": 0}
    row |= dict.fromkeys(FIGURES, 0) | {"refused_watch": 0} | more
    if status == "CHECK DATA":
        row |= dict.fromkeys(FIGURES)
    return row


def period(line: int, start: date, end: date, **more: Any) -> Row:
    """One row of Ledger.periods: a whole week of 60 minutes, all scheduled, unless said otherwise."""
    row: Row = {"line": line, "start": start, "end": end, "full": 60, "available": 5, "days": 5}
    row |= {"scheduled": 60, "shut": 0, "required": 60, "extra": 0, "not_asked": 0}
    row |= dict.fromkeys(ACCOUNTS, 0) | {"ended": end < TODAY, "in_progress": end >= TODAY}
    return row | more


def session(line: int, day: date, account: str, **more: Any) -> Row:
    """One row of Ledger.sessions: 30 minutes at 9:00."""
    row: Row = {"line": line, "period": 0, "date": day, "start": 540, "minutes": 30, "account": account}
    row |= {"schedule_row": 2, "log_rows": (), "category": -1, "reason": "", "provider": "J. Rivera"}
    return row | {"makeup_of": None, "note": ""} | more


def owed(line: int, day: date, reason: str = "provider absent", **more: Any) -> Row:
    category = int(Category.PROVIDER_ABSENT)
    return session(line, day, "owed", reason=reason, category=category, log_rows=(31,)) | more


def not_asked(line: int, day: date, why: str, minutes: int = 30) -> Row:
    """One row of Ledger.shut."""
    return {"line": line, "period": 0, "date": day, "minutes": minutes, "why": why}


def schedule(student: str, days_text: str, start: int = 540, minutes: int = 30, **more: Any) -> Row:
    """One row of the Schedule; its `row` is filled in by `ledger`."""
    row: Row = {"student": student, "service": "Speech therapy", "days_text": days_text, "start": start}
    return row | {"minutes": minutes, "pattern": "weekly", "weekdays": 1, "makeup": False} | more


def ledger(
    lines: Sequence[Row],
    periods: Sequence[Row] = (),
    sessions: Sequence[Row] = (),
    shut: Sequence[Row] = (),
    *,
    schedule: Sequence[Row] = (),
    served: Sequence[tuple[int, int]] = (),
    students: Sequence[Row] = (),
    last_day: date = date(2026, 6, 18),
    today: date = TODAY,
) -> Ledger:
    """Build a ledger; students that are left out stand on the Caseload in the order of their lines."""
    names = list(dict.fromkeys(str(row["student"]) for row in lines))
    calendar = _table(
        CALENDAR,
        [
            {"date": date(2025, 9, 2), "to": date(2025, 9, 2), "kind": "first day", "time": -1},
            {"date": last_day, "to": last_day, "kind": "last day", "time": -1},
        ],
    )
    tables = Tables(
        students=_table(STUDENTS, students or [{"student": name} for name in names]),
        lines=_table(LINES, []),
        schedule=_table(SCHEDULE, [{"row": at + 2} | row for at, row in enumerate(schedule)]),
        log=_table(LOG, []),
        calendar=calendar,
        attendance=_table(ATTENDANCE, []),
        staff=_table(STAFF, []),
    )
    return Ledger(
        today=today,
        tables=tables,
        calendar=build_calendar(calendar, Rules(), today, None),
        lines=_lines(lines),
        periods=_frame(periods, period(0, TODAY, TODAY)),
        served=pd.DataFrame(list(served), columns=["line", "schedule"], dtype="int64"),
        notices=(),
        problems=(),
        make_sessions=lambda: _frame(sessions, session(0, TODAY, "none")),
        make_shut=lambda: _frame(shut, not_asked(0, TODAY, "")),
    )


def _table(schema: dict[str, str], rows: Sequence[Row]) -> pd.DataFrame:
    columns = {name: [row[name] for row in rows] for name in schema if rows and name in rows[0]}
    return table(schema, columns) if columns else table(schema)


def _lines(rows: Sequence[Row]) -> pd.DataFrame:
    like = {"row": 2, "cell": ""} | line() | dict.fromkeys((*FIGURES, "percent"))
    numbered = [{"row": at + 2, "cell": f"Service Grid!A{at + 2}"} | row for at, row in enumerate(rows)]
    frame = _frame(numbered, like)
    figures = {name: frame[name].astype("Int64") for name in FIGURES}
    return frame.assign(**figures, percent=frame["percent"].astype("Float64"))


DATES = ("start", "end", "date", "makeup_of", "last_session", "next_session")


def _frame(rows: Sequence[Row], like: Row) -> pd.DataFrame:
    """A table with the columns of `like` and their types, also where there are no rows."""
    columns = {name: pd.Series([row[name] for row in rows], dtype=_dtype(name, like[name])) for name in like}
    return pd.DataFrame(columns)


def _dtype(name: str, value: object) -> str:
    if name in DATES and not isinstance(value, int):
        return "datetime64[s]"
    return "bool" if isinstance(value, bool) else "int64" if isinstance(value, int) else "object"
