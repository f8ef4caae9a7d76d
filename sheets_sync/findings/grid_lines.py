"""The lines of the ledger as findings look at them, and the school days around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from sheets_sync.ledger.calendars import SchoolCalendar
from sheets_sync.ledger.result import Ledger, Status
from sheets_sync.ledger.rules import Rules

ARRANGED_PERIODS = frozenset({"quarter", "trimester", "semester", "term", "grading_period", "year", "once"})
ONE_DAY = timedelta(days=1)
RECENT_DAYS = 20
"""Open days before today of which it is said that something happened lately."""


@dataclass(frozen=True, slots=True)
class GridLine:
    """One line of the grid. `key` is its key, `position` its row in `Ledger.lines`."""

    position: int
    key: str
    student: str
    service: str
    group: str
    provider: str
    cell: str
    status: Status
    behind: int
    period: str
    start: date | None
    watch: bool
    over: bool
    differs: tuple[str, ...]
    missed_watch: int
    refused_watch: int


@dataclass(frozen=True)
class Scene:
    """What every finding is made from: the ledger, its lines, the rules by which it was counted."""

    ledger: Ledger
    lines: tuple[GridLine, ...]
    rules: Rules

    @property
    def today(self) -> date:
        return self.ledger.today

    @property
    def recently(self) -> date:
        """The first of the last 20 open days (mail.md, "excused-often")."""
        return self.ledger.calendar.nth_open_day_back(self.today, RECENT_DAYS)


def scene(ledger: Ledger, keys: Sequence[str], rules: Rules) -> Scene:
    """Take the lines out of the ledger; `keys` stand in their order."""
    rows = ledger.line_records
    lines = (_line(position, key, row) for position, (key, row) in enumerate(zip(keys, rows, strict=True)))
    return Scene(ledger, tuple(lines), rules)


def _line(position: int, key: str, row: dict[Any, Any]) -> GridLine:
    return GridLine(
        position=position,
        key=key,
        student=str(row["student"]),
        service=str(row["service"]),
        group=text(row["group"]),
        provider=text(row["provider"]),
        cell=row["cell"],
        status=Status(row["status"]),
        behind=0 if pd.isna(row["behind"]) else int(row["behind"]),
        period=row["period"],
        start=to_day(row["start"]),
        watch=bool(row["watch"]),
        over=bool(row["over"]),
        differs=tuple(row["differs"]),
        missed_watch=int(row["missed_watch"]),
        refused_watch=int(row["refused_watch"]),
    )


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table, each as column -> cell. A third of the time of pandas' own way, which
    looks at the kind of each cell."""
    names = table.columns.tolist()
    return [
        dict(zip(names, row, strict=True))
        for row in zip(*(table[name].tolist() for name in names), strict=True)
    ]


def distinct(table: pd.DataFrame, one: str, other: str) -> set[tuple[str, str]]:
    """Return the pairs of two text columns, each once; what is missing is ""."""
    pairs = set(zip(table[one].tolist(), table[other].tolist(), strict=True))
    return {(text(left), text(right)) for left, right in pairs}


def text(value: object) -> str:
    """Return a text cell of a table; what is missing is ""."""
    return value if isinstance(value, str) else ""


def to_day(value: Any) -> date | None:
    """Return a date cell of a table; NaT is None."""
    return None if pd.isna(value) else value.date()


def school_days(calendar: SchoolCalendar, first: date, last: date) -> int:
    """Count the days from `first` to `last` on which there is school, those of ESY windows among them."""
    if last < first:
        return 0
    extended = calendar.esy_before[calendar.at(last) + 1] - calendar.esy_before[calendar.at(first)]
    return calendar.open_days(first, last) + int(extended)


def school_days_between(calendar: SchoolCalendar, first: date, last: date) -> int:
    """Count the school days after `first` and before `last`."""
    return school_days(calendar, first + ONE_DAY, last - ONE_DAY)


def is_school_day(calendar: SchoolCalendar, day: date) -> bool:
    return school_days(calendar, day, day) > 0
