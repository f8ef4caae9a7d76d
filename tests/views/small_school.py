"""A small school for the tests of the views: Ana and Ben, speech 2 x 30, as in the worked examples.

School from Mon Aug 25 2025 to Thu Jun 11 2026, Oct 13 closed; the line from Mon Oct 6, Mon and Wed 9:00.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from sheets_sync.ledger import Ledger, Rules, count
from sheets_sync.tables import (
    ATTENDANCE,
    CALENDAR,
    LINES,
    LOG,
    SCHEDULE,
    STAFF,
    STUDENTS,
    Category,
    SheetRead,
    Tables,
    table,
)

WORDS = {Category.DELIVERED: "delivered", Category.PROVIDER_ABSENT: "provider absent"}


def day(text: str) -> pd.Timestamp:
    """Return a date of the school year: "10-06" is Mon Oct 6 2025."""
    month = int(text[:2])
    return pd.Timestamp(f"{2025 if month >= 8 else 2026}-{text}")


def entry(
    on: str, category: Category = Category.DELIVERED, minutes: int = 30, **more: object
) -> dict[str, object]:
    """Return one row of the log, of Ana unless said otherwise."""
    return {
        "date": day(on),
        "student": "Ana R.",
        "service": "Speech therapy",
        "start": -1,
        "minutes": minutes,
        "category": int(category),
        "reason": WORDS.get(category, category.name.lower().replace("_", " ")),
        **more,
    }


def small_school(
    log: Sequence[dict[str, object]] = (),
    *,
    today: date,
    frequency: tuple[int, int, str] = (2, 30, "week"),
    weekdays: int = 0b00101,
    student: str = "Ana R.",
    reason: str = "",
    tab_names: dict[str, str] | None = None,
) -> Ledger:
    """Count one line; `weekdays` are bits (0: nothing scheduled); a `reason` makes it CHECK DATA."""
    sessions, minutes, period = frequency
    line = {
        "row": [7],
        "student": [student],
        "service": ["Speech therapy"],
        "provider": ["M. Duarte"],
        "sessions": [sessions],
        "minutes": [minutes],
        "total": [sessions * minutes],
        "period": [period],
        "n": [1],
        "start": [day("10-06")],
        "frequency_text": ["2 x 30 mpw"],
        "reason": [reason],
    }
    slot = {
        "row": [4],
        "student": [student],
        "service": ["Speech therapy"],
        "provider": ["M. Duarte"],
        "pattern": ["weekly"],
        "weekdays": [weekdays],
        "start": [540],
        "minutes": [30],
        "days_text": ["Mon, Wed"],
    }
    rows = [{**one, "student": student, "row": at} for at, one in enumerate(log, start=31)]
    names = {name: [one.get(name) for one in rows] for name in (rows[0] if rows else {})}
    tables = Tables(
        students=table(
            STUDENTS, {"row": [2, 3], "student": [student, "Ben T."], "student_id": ["12A", "13"]}
        ),
        lines=table(LINES, line),
        schedule=table(SCHEDULE, slot if weekdays else {}),
        log=table(LOG, names),
        calendar=table(
            CALENDAR,
            {
                "row": [2, 3, 4],
                "date": [day("08-25"), day("06-11"), day("10-13")],
                "to": [day("08-25"), day("06-11"), day("10-13")],
                "kind": ["first day", "last day", "no school"],
                "time": [-1, -1, -1],
                "label": ["", "", "Columbus Day"],
            },
        ),
        attendance=table(ATTENDANCE),
        staff=table(STAFF),
        sheets={tab: (SheetRead(name),) for tab, name in (tab_names or {}).items()},
    )
    return count(tables, Rules(), today)
