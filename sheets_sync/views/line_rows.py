"""The ledger's tables as plain rows by line, taken apart once: a tab asks for thousands of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from sheets_sync.ledger.result import Ledger


class Session(NamedTuple):
    """One session in one account; see `Ledger.sessions`."""

    line: int
    account: str
    date: dt.date
    start: int
    minutes: int
    category: int
    reason: str
    log_rows: tuple[int, ...]
    makeup_of: dt.date | None
    note: str


class Period(NamedTuple):
    """One period of a line; see `Ledger.periods`."""

    line: int
    start: dt.date
    end: dt.date
    full: int
    available: int
    days: int
    scheduled: int
    shut: int
    required: int
    delivered: int
    made_up: int
    upcoming: int
    owed: int
    not_logged: int
    excused: int
    not_scheduled: int
    not_asked: int
    ended: bool
    in_progress: bool


class NotAsked(NamedTuple):
    """One day that was not asked for; see `Ledger.shut`."""

    line: int
    date: dt.date
    minutes: int
    why: str


@dataclass(frozen=True)
class LineRows:
    """`sessions` by (line, account), `periods` and `not_asked` by line, all by date."""

    sessions: Mapping[tuple[int, str], Sequence[Session]]
    periods: Mapping[int, Sequence[Period]]
    not_asked: Mapping[int, Sequence[NotAsked]]


def line_rows(ledger: Ledger) -> LineRows:
    """Take the ledger's tables apart."""
    sessions: dict[tuple[int, str], list[Session]] = defaultdict(list)
    for session in map(Session._make, zip(*_columns(ledger.sessions, Session._fields), strict=True)):
        sessions[session.line, session.account].append(session)
    periods: dict[int, list[Period]] = defaultdict(list)
    for period in map(Period._make, zip(*_columns(ledger.periods, Period._fields), strict=True)):
        periods[period.line].append(period)
    not_asked: dict[int, list[NotAsked]] = defaultdict(list)
    for day in map(NotAsked._make, zip(*_columns(ledger.shut, NotAsked._fields), strict=True)):
        not_asked[day.line].append(day)
    return LineRows(sessions, periods, not_asked)


def _columns(table: pd.DataFrame, names: Sequence[str]) -> list[list[Any]]:
    return [_values(table[name]) for name in names]


def _values(column: pd.Series) -> list[Any]:
    if column.dtype.kind == "M":
        return column.to_numpy("datetime64[D]").tolist()
    return column.tolist()
