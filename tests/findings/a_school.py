"""A school for the tests of findings: tables by hand, counted by the real count.

School from Mon Aug 25 2025 to Thu Jun 11 2026, Oct 13 closed. Unless said otherwise Ana has speech
2 x 30 min / week from Mon Oct 6, with Ms. Lee on Mon and Wed at 9:00; her case manager is Ms. Cruz.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from sheets_sync.config import Config
from sheets_sync.findings.counting_again import counted
from sheets_sync.findings.find import find
from sheets_sync.findings.finding import Finding
from sheets_sync.findings.known_tonight import comparable, with_unread
from sheets_sync.ledger import Ledger, Rules, count
from sheets_sync.problems import Problem
from sheets_sync.tables import (
    ATTENDANCE,
    CALENDAR,
    CATEGORY_WORDS,
    LINES,
    LOG,
    SCHEDULE,
    STAFF,
    STUDENTS,
    Category,
    Tables,
    table,
)

Row = dict[str, Any]

CRUZ, DIAZ = "cruz@school.example", "diaz@school.example"
LEE, HEAD = "lee@school.example", "head@school.example"


def day(text: str) -> date:
    """Return a date of the school year: "10-06" is Mon Oct 6 2025."""
    month, number = int(text[:2]), int(text[3:])
    return date(2025 if month >= 8 else 2026, month, number)


def student(name: str = "Ana R.", manager: str = CRUZ, **more: Any) -> Row:
    return {"student": name, "case_manager": "Ms. Cruz", "case_manager_email": manager} | more


def line(
    name: str = "Ana R.", service: str = "Speech therapy", provider: str = "Ms. Lee", **more: Any
) -> Row:
    row = {"student": name, "service": service, "provider": provider or None, "period": "week", "n": 1}
    return row | {"sessions": 2, "minutes": 30, "total": 60, "start": day("10-06")} | more


def slot(
    name: str = "Ana R.", service: str = "Speech therapy", provider: str = "Ms. Lee", **more: Any
) -> Row:
    """A row of the Schedule: Mon and Wed 9:00, 30 minutes."""
    row = {"student": name, "service": service, "provider": provider or None, "pattern": "weekly"}
    return row | {"weekdays": 0b101, "start": 540, "minutes": 30, "days_text": "Mon, Wed"} | more


def entry(on: str, category: Category = Category.DELIVERED, name: str = "Ana R.", **more: Any) -> Row:
    row = {"date": day(on), "student": name, "service": "Speech therapy", "provider": "Ms. Lee", "start": -1}
    words = {"minutes": 30, "category": int(category), "reason": CATEGORY_WORDS[category]}
    return row | words | more


def given(*days: str, name: str = "Ana R.") -> list[Row]:
    """Entries that say delivered."""
    return [entry(on, name=name) for on in days]


def person(name: str = "Ms. Lee", email: str = LEE, **more: Any) -> Row:
    return {"name": name, "role": "SLP", "email": email, "supervisor_email": HEAD} | more


def tables(
    *,
    students: Sequence[Row] | None = None,
    grid: Sequence[Row] | None = None,
    schedule: Sequence[Row] | None = None,
    log: Sequence[Row] = (),
    staff: Sequence[Row] | None = None,
    problems: Sequence[Problem] = (),
    days: Sequence[Row] = (),
) -> Tables:
    closed = [("08-25", "first day"), ("06-11", "last day"), ("10-13", "no school")]
    calendar = [{"date": day(on), "to": day(on), "kind": kind, "time": -1} for on, kind in closed]
    calendar += days
    return Tables(
        students=_table(STUDENTS, [student()] if students is None else students),
        lines=_table(LINES, [line()] if grid is None else grid),
        schedule=_table(SCHEDULE, [slot()] if schedule is None else schedule),
        log=_table(LOG, log),
        calendar=_table(CALENDAR, calendar),
        attendance=_table(ATTENDANCE, []),
        staff=_table(STAFF, [person()] if staff is None else staff),
        problems=tuple(problems),
    )


def school(today: str, *, rules: Rules | None = None, **sheets: Any) -> Ledger:
    """Count the school on a day; `sheets` are those of `tables`."""
    return count(tables(**sheets), rules or Rules(), day(today))


def keys(ledger: Ledger) -> tuple[str, ...]:
    return tuple(f"line{position}" for position in range(len(ledger.lines)))


def found(ledger: Ledger, config: Config | None = None) -> tuple[Finding, ...]:
    """Return the findings of a ledger."""
    settings = config or Config()
    return find(
        ledger,
        keys(ledger),
        (*ledger.tables.problems, *ledger.problems),
        alerts=settings.alerts,
        rules=settings.rules,
        allowed_domains=settings.allowed_domains,
    )


def second_night(
    first: Ledger, second: Ledger, config: Config | None = None, *, kinds: str = ""
) -> tuple[Finding, ...]:
    """Return what is found on a second night: what was changed since the first, all kinds but for `kinds`.

    A line is the same line if it stands in the same place of the grid.
    """
    settings = config or Config()
    now = counted(second, keys(second))
    before = comparable(counted(first, keys(first)), now, second.calendar)
    findings = find(
        second,
        keys(second),
        (*second.tables.problems, *second.problems),
        alerts=settings.alerts,
        rules=settings.rules,
        allowed_domains=settings.allowed_domains,
        before=before,
        now=with_unread(before, now, second.tables),
    )
    return tuple(finding for finding in findings if not kinds or finding.kind == kinds)


def of_kind(findings: Sequence[Finding], kind: str) -> list[Finding]:
    return [finding for finding in findings if finding.kind == kind]


def _table(schema: Mapping[str, str], rows: Sequence[Row]) -> pd.DataFrame:
    numbered = [{"row": at} | row for at, row in enumerate(rows, start=2)]
    names = {name for row in numbered for name in row}
    columns: dict[str, object] = {}
    for name, kind in schema.items():
        if name in names:
            blank = "" if kind == "object" else None
            columns[name] = [row.get(name, blank) for row in numbered]
    return table(dict(schema), columns)
