"""Where every minute of a line stands, period by period and session by session (spec: commands.md, explain).

The sums over periods and sessions are the figures of the tab: both come from the same ledger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sheets_sync.intake.names import name_key
from sheets_sync.intake.services import read_service
from sheets_sync.ledger.result import ACCOUNTS, Ledger
from sheets_sync.problems import WrongUse
from sheets_sync.tables import Category
from sheets_sync.views.result_json import Json, line_results, whole

Row = Mapping[Any, Any]
"""One row of a table of the ledger, by column."""

OUTSIDE = -1
"""The period of a session that lies in none: what is logged for a line that is as needed, or over."""


def explain(
    ledger: Ledger,
    keys: Sequence[str],
    what_to_do: Sequence[str],
    *,
    student: str | None = None,
    service: str | None = None,
) -> list[Json]:
    """Return the lines as `sync --json` has them, each with its "periods" and their "sessions".

    `student` and `service` are as `find_student` and `find_service` return them; None: all. Of a line that is
    held no period is shown: only its last figures are known.
    """
    lines = line_results(ledger, keys, what_to_do)
    wanted = chosen(ledger, student, service)
    sessions = sessions_by_period(ledger, wanted)
    periods = periods_by_line(ledger, wanted)
    held = ledger.lines["held"].tolist()
    return [
        lines[at] | {"periods": [] if held[at] else _line_periods(ledger, at, periods.get(at, ()), sessions)}
        for at in wanted
    ]


def explain_result(
    ledger: Ledger,
    keys: Sequence[str],
    what_to_do: Sequence[str],
    *,
    workbook: str,
    student: str | None = None,
    service: str | None = None,
) -> Json:
    """Return the object that `explain --json` prints: as that of `sync --json`, with the lines explained."""
    lines = explain(ledger, keys, what_to_do, student=student, service=service)
    return {"today": ledger.today.isoformat(), "workbook": workbook, "lines": lines}


def chosen(ledger: Ledger, student: str | None, service: str | None) -> list[int]:
    """Return the positions of the lines of this student and service, in the order of the grid."""
    fits = pd.Series(True, index=ledger.lines.index)
    if student is not None:
        fits &= ledger.lines["student"] == student
    if service is not None:
        fits &= ledger.lines["service"] == service
    return [int(at) for at in ledger.lines.index[fits]]


def periods_by_line(ledger: Ledger, lines: Sequence[int]) -> Mapping[int, list[Row]]:
    """Return the periods of these lines, the oldest first; "at" is the position in `Ledger.periods`."""
    periods = ledger.periods[ledger.periods["line"].isin(lines)]
    found: dict[int, list[Row]] = defaultdict(list)
    for row in periods.assign(at=periods.index).to_dict("records"):
        found[row["line"]].append(row)
    return found


def sessions_by_period(ledger: Ledger, lines: Sequence[int]) -> Mapping[tuple[int, int], list[Row]]:
    """Return the sessions of these lines by date, under (line, position of the period or OUTSIDE).

    Those to come in periods that have not begun are left out.
    """
    sessions = ledger.sessions[ledger.sessions["line"].isin(lines)]
    later = (sessions["period"] == OUTSIDE) & (sessions["account"] == "none")
    later &= sessions["date"] >= pd.Timestamp(ledger.today)
    found: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in sessions[~later].sort_values(["date", "start"], kind="stable").to_dict("records"):
        found[row["line"], row["period"]].append(row)
    return found


def _line_periods(
    ledger: Ledger, line: int, periods: Sequence[Row], sessions: Mapping[tuple[int, int], list[Row]]
) -> list[Json]:
    """Return the periods of one line, the oldest first, each with its sessions by date.

    What lies in no period stands in one of its own, which requires nothing.
    """
    explained = [
        _period(row) | {"sessions": _sessions(ledger, sessions.get((line, row["at"]), ()))} for row in periods
    ]
    outside = _sessions(ledger, sessions.get((line, OUTSIDE), ()))
    return [*explained, _outside(outside)] if outside else explained


def session_identity(row: Row) -> tuple[object, ...]:
    """Return what makes two rows of `Ledger.sessions` parts of one session."""
    return (row["date"], row["start"], row["schedule_row"], row["log_rows"])


def _period(row: Row) -> Json:
    figures = {name: whole(row[name]) for name in ("required", "not_asked", *ACCOUNTS, "extra")}
    return {"start": _day(row["start"]), "end": _day(row["end"]), **figures}


def _outside(sessions: list[Json]) -> Json:
    days = [session["date"] for session in sessions]
    extra = sum(session["minutes"] for session in sessions if session["account"] == "extra")
    nothing = dict.fromkeys(("required", "not_asked", *ACCOUNTS), 0)
    return {"start": min(days), "end": max(days), **nothing, "extra": extra, "sessions": sessions}


def _sessions(ledger: Ledger, rows: Sequence[Row]) -> list[Json]:
    counted = {session_identity(row) for row in rows if row["account"] != "none"}
    return [
        {
            "date": _day(row["date"]),
            "start": clock(row["start"]),
            "minutes": 0 if row["account"] == "none" else int(row["minutes"]),
            "account": account_of(row, ledger) if row["account"] == "none" else str(row["account"]),
            "cells": cells_of(ledger, row),
        }
        for row in rows
        if row["account"] != "none" or session_identity(row) not in counted
    ]


def account_of(row: Row, ledger: Ledger) -> str:
    """Return the account of a session that found no room in its period: it stands there with 0 minutes."""
    category = int(row["category"])
    if category < 0:
        return "upcoming" if row["date"].date() >= ledger.today else "not_logged"
    return NO_ROOM.get(Category(category), "excused")


NO_ROOM = {
    Category.UNKNOWN: "not_logged",
    Category.DELIVERED: "owed",
    Category.MAKE_UP: "extra",
    Category.SCHOOL_ACTIVITY: "owed",
    Category.PROVIDER_ABSENT: "owed",
}


def cells_of(ledger: Ledger, row: Row) -> list[str]:
    """Return the cells that a session comes from: ["Schedule!A4", "Service Log!A31"]."""
    schedule = [ledger.tables.at("Schedule", row["schedule_row"])] if row["schedule_row"] else []
    return schedule + [ledger.tables.at("Service Log", entry) for entry in row["log_rows"]]


def clock(minutes: int) -> str | None:
    """Return minutes after midnight as "09:05", None for blank (-1)."""
    return None if minutes < 0 else f"{minutes // 60:02d}:{minutes % 60:02d}"


def _day(day: pd.Timestamp) -> str:
    return f"{day:%Y-%m-%d}"


def find_student(ledger: Ledger, text: str) -> str:
    """Return the student of the Caseload that a typed name, its unmistakable beginning or a Student ID means.

    Names are read without regard to case, spaces and accents. Raises WrongUse, which names nobody.
    """
    students = ledger.tables.students
    names = [str(name) for name in students["student"]]
    key = name_key(text)
    by_id = {name_key(str(number)): name for number, name in zip(students["student_id"], names, strict=True)}
    exact = [name for name in names if name_key(name) == key]
    found = exact or ([by_id[key]] if key and key in by_id else [])
    found = found or [name for name in names if key and name_key(name).startswith(key)]
    if len(found) == 1:
        return found[0]
    if found:
        raise WrongUse("several students on the Caseload fit", "write the whole name, or the Student ID")
    raise WrongUse(
        "no such student on the Caseload",
        '"sheets-sync explain" without a name shows who is on it; a name with a space stands in quotes',
    )


def find_service(ledger: Ledger, student: str, text: str) -> str:
    """Return the service of this student that a typed text means: its name, a part of it ("speech") or its
    usual abbreviation ("OT").

    Raises WrongUse, which says what services there are and names nobody.
    """
    lines = ledger.lines
    services = list(dict.fromkeys(str(name) for name in lines.loc[lines["student"] == student, "service"]))
    key = name_key(text)
    meant = read_service(text).value or text
    found = [name for name in services if name_key(name) in (key, name_key(meant))]
    found = found or [name for name in services if key and key in name_key(name)]
    if len(found) == 1:
        return found[0]
    there = ", ".join(services) or "none"
    raise WrongUse("no such service in this student's grid", f"the services there are: {there}")
