"""Plain records of one school: what the tables say, without pandas."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd

from sheets_sync.ledger.rules import Rules
from sheets_sync.tables import Category, Tables

DAY = timedelta(days=1)


@dataclass(eq=False)
class Line:
    """One row of the Service Grid."""

    order: int
    row: int
    student: str
    service: str
    group: str
    provider: str
    sessions: int
    minutes: int
    total: int
    period: str
    n: int
    start: date | None
    end: date | None
    esy: bool
    reason: str


@dataclass(eq=False)
class Row:
    """One Schedule rule of one student."""

    order: int
    row: int
    student: str
    service: str
    provider: str
    group: str
    pattern: str
    weekdays: int
    nth: int
    cycle_days: int
    cycle_length: int
    start: int
    minutes: int
    begins: date | None
    ends: date | None
    makeup: bool


@dataclass(eq=False)
class Entry:
    """One Service Log row of one student on one date (spans are expanded in entries.py)."""

    row: int
    date: date
    to: date | None
    student: str
    service: str
    provider: str
    start: int
    minutes: int
    category: Category
    group: str
    makeup_for: date | None
    decided: bool


@dataclass
class School:
    """Everything that is counted."""

    today: date
    rules: Rules
    exits: dict[str, date | None]
    lines: list[Line]
    rows: list[Row]
    log: list[Entry]
    calendar: list[dict[str, object]] | None
    absent: set[tuple[str, date]]
    roles: dict[str, str] = field(default_factory=dict)


def school_of(tables: Tables, rules: Rules, today: date) -> School:
    """Turn the tables into plain records."""
    return School(
        today=today,
        rules=rules,
        exits={record["student"]: record["exit"] for record in plain(tables.students)},
        lines=[_line(order, record) for order, record in enumerate(plain(tables.lines))],
        rows=[_row(order, record) for order, record in enumerate(plain(tables.schedule))],
        log=[_entry(record) for record in plain(tables.log)],
        calendar=None if tables.calendar is None else plain(tables.calendar),
        absent={
            (record["student"], record["date"])
            for record in plain(tables.attendance)
            if record["kind"] == "absent"
        },
        roles={record["name"]: record["role"] for record in plain(tables.staff)},
    )


def plain(frame: pd.DataFrame) -> list[dict]:
    """Rows as dictionaries: dates as datetime.date or None, labels as str, blank as ""."""
    columns = {}
    for name in frame.columns:
        series = frame[name]
        if str(series.dtype).startswith("datetime64"):
            columns[name] = [None if pd.isna(value) else value.date() for value in series]
        elif isinstance(series.dtype, pd.CategoricalDtype):
            columns[name] = ["" if pd.isna(value) else str(value) for value in series]
        else:
            columns[name] = series.tolist()
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _line(order: int, record: dict) -> Line:
    names = {"row", "student", "service", "group", "provider", "sessions", "minutes", "total", "period", "n"}
    names |= {"start", "end", "esy", "reason"}
    return Line(order=order, **{name: record[name] for name in names})


def _row(order: int, record: dict) -> Row:
    names = {"row", "student", "service", "provider", "group", "pattern", "weekdays", "nth", "cycle_days"}
    names |= {"cycle_length", "start", "minutes", "makeup"}
    columns = {name: record[name] for name in names}
    return Row(order=order, begins=record["from"], ends=record["to"], **columns)


def _entry(record: dict) -> Entry:
    names = {"row", "date", "to", "student", "service", "provider", "start", "minutes", "group", "makeup_for"}
    names |= {"decided"}
    return Entry(category=Category(record["category"]), **{name: record[name] for name in names})


def monday(day: date) -> date:
    """The Monday of this day's week."""
    return day - timedelta(days=day.weekday())


def days_between(first: date, last: date) -> list[date]:
    """Every date from first to last, both included."""
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]
