"""What a count knows after each of its stages; each stage adds to the one before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sheets_sync.ledger.accounts import Accounts
from sheets_sync.ledger.belonging import Belonging
from sheets_sync.ledger.calendars import Bools, Ints, SchoolCalendar
from sheets_sync.ledger.entries import Entries, LogReading
from sheets_sync.ledger.index import Index
from sheets_sync.ledger.lines import Lines
from sheets_sync.ledger.makeup_pool import Pooled
from sheets_sync.ledger.makeups import Spent
from sheets_sync.ledger.matching import Matched
from sheets_sync.ledger.occurrences import Occurrences, ScheduleRows
from sheets_sync.ledger.pieces import Pieces
from sheets_sync.ledger.requirement import Shut
from sheets_sync.ledger.rules import Rules
from sheets_sync.ledger.spans import Spans
from sheets_sync.ledger.status import Judged
from sheets_sync.tables import Tables


@dataclass(eq=False, kw_only=True)
class Ground:
    """The calendar, the lines of the grid and their periods."""

    tables: Tables
    rules: Rules
    calendar: SchoolCalendar
    index: Index
    lines: Lines
    spans: Spans
    belonging: Belonging
    log: LogReading

    @cached_property
    def log_rows(self) -> Ints:
        """The sheet row of each position in tables.log."""
        return self.tables.log["row"].to_numpy(np.int64)

    @cached_property
    def log_dates(self) -> npt.NDArray[np.datetime64]:
        return self.tables.log["date"].to_numpy("datetime64[s]")


@dataclass(eq=False, kw_only=True)
class Planned(Ground):
    """The schedule laid on the lines: `pairs` are (row, strand) that serve or would; `unassigned` (row, day)
    of sessions on no line; `shut_serves`: the shut session is of a row that serves its line, not of one that
    would; `session_counts` sessions a period of rows that serve, closed days and days outside the line's
    dates included; `sessions_held` those that belong to it, closed days included; `asked` what each period
    requires."""

    rows: ScheduleRows
    pairs: tuple[Ints, Ints]
    occurrences: Occurrences
    unassigned: tuple[Ints, Ints]
    shut: Shut
    shut_serves: Bools
    session_counts: Ints
    sessions_held: Ints
    asked: Ints


@dataclass(eq=False, kw_only=True)
class Told(Planned):
    """What the log says of it. `off_strand` is -1 for off-schedule entries of no line (extra services)."""

    entries: Entries
    matched: Matched
    off_schedule: Ints
    off_strand: Ints
    pooled: Pooled
    absent: Bools
    pieces: Pieces


@dataclass(eq=False, kw_only=True)
class Count(Told):
    """The accounts, and what the statuses ask for."""

    accounts: Accounts
    spent: list[Spent]
    not_asked: Ints
    judged: Judged
    differs: list[tuple[str, ...]]
