"""What the last trusted run counted, so that the next one sees what was changed since: values alone.

As little as that takes: of an entry no notes, no reason and no names but the student's. A field is a column
of the state file (edges/store).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

Course = tuple[str, str]
"""A student and a service."""


@dataclass(frozen=True, slots=True)
class CountedLine:
    """A line of the Service Grid; the fields are those of tables.LINES, blank is ""."""

    key: str
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
    start: dt.date | None
    end: dt.date | None
    esy: bool
    reason: str


@dataclass(frozen=True, slots=True)
class CountedSession:
    """A recurring session of the Schedule; the fields are those of tables.SCHEDULE, `begins` and `ends` its
    From and To."""

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
    begins: dt.date | None
    ends: dt.date | None
    makeup: bool


@dataclass(frozen=True, slots=True)
class CountedEntries:
    """The past entries of one student and service, one a line of `entries` and sorted (findings/entry_text).

    `rows` are their rows of the sheet in the same order: "31 40 47".
    """

    student: str
    service: str
    entries: str
    rows: str


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A row of the Calendar; the fields are those of tables.CALENDAR."""

    date: dt.date
    to: dt.date
    kind: str
    time: int
    label: str


@dataclass(frozen=True, slots=True)
class Counted:
    """`on` is the `today` of that run; None: nothing was counted yet, and nothing can have changed."""

    on: dt.date | None = None
    lines: tuple[CountedLine, ...] = ()
    schedule: tuple[CountedSession, ...] = ()
    log: tuple[CountedEntries, ...] = ()
    calendar: tuple[CountedDay, ...] = ()
