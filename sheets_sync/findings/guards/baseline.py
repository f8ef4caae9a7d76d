"""What a trusted run leaves for the next to compare with (promises.md, "Guards")."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from sheets_sync import __version__
from sheets_sync.config import Config
from sheets_sync.guarded import Amount, Baseline, SeenStudent
from sheets_sync.intake.seen import number_of
from sheets_sync.ledger.calendars import Ints, day_numbers
from sheets_sync.ledger.result import Ledger
from sheets_sync.tables import Tables

LINE, SESSION, ENTRY, IN_YEAR = "line", "session", "entry", "entry in the school year"


def baseline_of(ledger: Ledger, config: Config) -> Baseline:
    """Return the workbook as this run read it, for a run that is trusted."""
    return Baseline(
        today=ledger.today,
        counted_with=counted_with(config),
        tabs=tuple(replace(tab, numbers=()) for tab in ledger.tables.seen),
        students=students_of(ledger.tables),
        amounts=amounts_of(ledger),
    )


def counted_with(config: Config) -> str:
    """Return what stands for the rules and names that lines are counted by, and for this version."""
    told = repr((__version__, config.rules, config.names, config.school_minutes))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def students_of(tables: Tables) -> tuple[SeenStudent, ...]:
    """Return the students of the Caseload."""
    caseload = tables.students
    return tuple(
        SeenStudent(number_of(name), number_of(student_id), _day(left))
        for name, student_id, left in zip(
            caseload["student"], caseload["student_id"], caseload["exit"], strict=True
        )
    )


def amounts_of(ledger: Ledger) -> tuple[Amount, ...]:
    """Return how many lines, sessions a week and entries there are, until when; and entries in the year.

    A line and its sessions end with the student's exit: that somebody tidies up what is over is no loss.
    """
    tables = ledger.tables
    lines = Counter(map(_day, ledger.lines["end"]))
    sessions: Counter[date | None] = Counter()
    for until, number in _sessions(tables):
        sessions[until] += number
    entries = Counter({None: len(tables.log)})
    in_year = Counter({None: entries_in_year(ledger)})
    amounts = ((LINE, lines), (SESSION, sessions), (ENTRY, entries), (IN_YEAR, in_year))
    return tuple(Amount(what, until, number) for what, found in amounts for until, number in found.items())


def entries_in_year(ledger: Ledger) -> int:
    """Return how many entries lie in the school year or an ESY window: others count nowhere."""
    return int(ledger.calendar.in_school_year(entry_days(ledger)).sum())


def entry_days(ledger: Ledger) -> Ints:
    """Return the days of the entries, as positions in the school's calendar."""
    return ledger.calendar.positions(day_numbers(ledger.tables.log["date"]), blank=-1)


def _sessions(tables: Tables) -> Iterator[tuple[date | None, int]]:
    """Yield each row of the Schedule: its last day, and on how many days of its week or cycle it is."""
    schedule = tables.schedule
    left = dict(zip(tables.students["student"], map(_day, tables.students["exit"]), strict=True))
    days = zip(schedule["weekdays"], schedule["cycle_days"], schedule["nth"], strict=True)
    for student, to, bits in zip(schedule["student"], schedule["to"], days, strict=True):
        known = [day for day in (_day(to), left.get(student)) if day is not None]
        weekdays, cycle_days, nth = (int(bit).bit_count() for bit in bits)
        yield min(known, default=None), (weekdays or cycle_days) * max(nth, 1)


def _day(value: object) -> date | None:
    if value is None or value is pd.NaT or isinstance(value, np.datetime64):
        return None if value is None or pd.isna(value) else pd.Timestamp(value).date()
    assert isinstance(value, pd.Timestamp)
    return value.date()
