"""What counting gives: the ledger. The tab, the mails, `explain` and the JSON are views of it.

All tables are pandas DataFrames; dates datetime64[s] at local midnight, clock times minutes after midnight
(-1 blank), lengths whole minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, cast

import pandas as pd

from sheets_sync.ledger.calendars import SchoolCalendar
from sheets_sync.problems import Problem
from sheets_sync.tables import Tables

ACCOUNTS = ("delivered", "made_up", "upcoming", "owed", "not_logged", "excused", "not_scheduled")
"""required = the sum of these, for every line and period (counting.md)."""

FIGURES = ("required", *ACCOUNTS, "behind", "extra", "not_asked")


class Status(StrEnum):
    """Status of a line, in the order in which they are tried (counting.md)."""

    CHECK_DATA = "CHECK DATA"
    AS_NEEDED = "AS NEEDED"
    NOT_STARTED = "NOT STARTED"
    ENDED = "ENDED"
    NOT_SCHEDULED = "NOT SCHEDULED"
    MAKE_UP_OWED = "MAKE-UP OWED"
    PARTLY_SCHEDULED = "PARTLY SCHEDULED"
    NOT_LOGGED = "NOT LOGGED"
    SCHEDULE_DIFFERS = "SCHEDULE DIFFERS"
    WATCH = "WATCH"
    ON_TRACK = "ON TRACK"


@dataclass(frozen=True)
class Notice:
    """Something seen while counting that findings tell somebody about (mail.md).

    `kind` is extra-service, logs-disagree, logged-twice or absent-but-delivered. `line` is the position in
    `Ledger.lines`, -1 where there is none. `cells` are like "Service Log!A31". `providers` are the people
    who wrote or gave it. `text` is one plain sentence without the student's name.
    """

    kind: str
    student: str
    service: str
    line: int
    date: date
    minutes: int
    cells: tuple[str, ...]
    providers: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Ledger:
    """The result of one count.

    `lines`: one row a line of the grid, in its order (RangeIndex). Columns: row, cell ("Service Grid!A7"),
      student, service, group ("" for none), provider ("" for none), setting, status (Status value), reason
      (of CHECK DATA), sessions, minutes, total, period, n, esy, start, end (after the cuts; NaT: none),
      FIGURES (Int64, <NA> for CHECK DATA), percent (Float64, one decimal, <NA> where blank), watch (bool),
      over (bool), last_session (date), next_session (date), next_start, differs (tuple of sentences for
      SCHEDULE DIFFERS), missed_watch (sessions missed in the last 20 open days), refused_watch, held (its
      figures are those of an earlier night: frozen.py).
    `periods`: one row a line and period. Columns: line, start, end (the period's whole dates, inclusive),
      full (R), available (A), days (D), scheduled (S_open), shut (S_shut), required, ACCOUNTS, extra,
      not_asked, ended (bool, for this line), in_progress (bool).
    `sessions` (made when first asked for): one row a session and account, by line and date. Columns: line,
      period (position in `periods`; -1: none), date, start, minutes, account (one of ACCOUNTS without
      not_scheduled, "extra", or "none": it found no room in its period), schedule_row (0: none), log_rows
      (tuple of sheet rows of the Service Log), category (Category of the entry, -1 without one), reason
      (its words), provider, makeup_of (for made_up: the date or period start of what it repairs, NaT
      otherwise), note (a plain sentence or "").
    `shut` (made when first asked for): what was not asked for: line, period, date (a closed day, or one
      outside the line's dates), minutes, why ("no school: Thanksgiving", "before the line starts", ...).
    `served`: which Schedule rows serve which line: line, schedule (position in tables.schedule).
    """

    today: date
    tables: Tables
    calendar: SchoolCalendar
    lines: pd.DataFrame
    periods: pd.DataFrame
    served: pd.DataFrame
    notices: tuple[Notice, ...]
    problems: tuple[Problem, ...]
    make_sessions: Callable[[], pd.DataFrame] = field(repr=False)
    make_shut: Callable[[], pd.DataFrame] = field(repr=False)

    @cached_property
    def line_records(self) -> list[dict[str, Any]]:
        """`lines` row by row, for views that go through them one by one; not to be changed."""
        return cast("list[dict[str, Any]]", self.lines.to_dict("records"))

    @cached_property
    def sessions(self) -> pd.DataFrame:
        return self.make_sessions()

    @cached_property
    def shut(self) -> pd.DataFrame:
        return self.make_shut()
