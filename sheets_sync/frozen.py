"""What stays as it was while a sheet of another workbook cannot be read, or looks wrong. Pure.

Of the Schedule and the Service Log each provider may keep a part of her own ([[sources]]). Where one is
missing, the lines of the students and services of which the last trusted run read something in it are held:
their figures stay those of that run, nothing of them is told, and nothing is taken as over or as changed.
All other lines go on (promises.md, "Guards": "only the lines that need the doubtful one are held").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from sheets_sync.counted import Counted, CountedEntries, Course
from sheets_sync.findings.words import day_words
from sheets_sync.ledger.result import Ledger
from sheets_sync.problems import CannotCount, sheet_of
from sheets_sync.state import State
from sheets_sync.tables import SheetRead, Tables
from sheets_sync.views import columns as col
from sheets_sync.views.tab import OutCell, Tab

Row = tuple[OutCell, ...]
_HELD = re.compile(r"^Not updated: .*? As it stood on [^:]+: ", re.DOTALL)


@dataclass(frozen=True)
class Frozen:
    """What is held tonight. `rows` are the rows of our tab, as they were `as_of`, of the lines that are; by
    key. `sheets` are those that could not be read."""

    courses: frozenset[Course]
    rows: Mapping[str, Row]
    sheets: tuple[SheetRead, ...]
    as_of: date

    def holds(self, student: str, service: str, line: str) -> bool:
        return line in self.rows or (student, service) in self.courses


def frozen_tonight(tables: Tables, state: State, lines: Mapping[str, Course]) -> Frozen | None:
    """Return what is held, None where every sheet was read; `lines` are those of tonight by their keys.

    Raises CannotCount for a sheet that no trusted run has read: nobody knows which lines need it.
    """
    if not tables.absent:
        return None
    baseline = state.guarded.baseline
    known = {one.source for one in baseline.tabs} if baseline else set()
    for source, sheet in tables.absent.items():
        if source not in known:
            raise CannotCount(
                f"{sheet.outside} could not be read, and never was. {sheet.absent}",
                "see that it is there and shared, or take it out of [[sources]] in the configuration",
            )
    assert baseline is not None
    courses = frozenset(_courses(state, frozenset(tables.absent)))
    kept = _last_good_rows(state)
    rows = {key: kept[key] for key, course in lines.items() if course in courses and key in kept}
    return Frozen(courses, rows, tuple(tables.absent.values()), baseline.today)


def _courses(state: State, absent: frozenset[str]) -> Iterator[Course]:
    """Yield whose rows stood on these sheets at the last trusted run."""
    baseline = state.guarded.baseline
    assert baseline is not None
    sheets = {
        tab: [one.source in absent for one in baseline.tabs if one.tab == tab]
        for tab in ("Schedule", "Service Log")
    }

    def stood(tab: str, row: int) -> bool:
        there = sheets[tab]
        return row > 0 and sheet_of(row) < len(there) and there[sheet_of(row)]

    for session in state.counted.schedule:
        if stood("Schedule", session.row):
            yield session.student, session.service
    for entries in state.counted.log:
        if any(stood("Service Log", int(row)) for row in entries.rows.split()):
            yield entries.student, entries.service


def _last_good_rows(state: State) -> dict[str, Row]:
    line = col.NAMES.index(col.LINE)
    tabs: Iterator[Tab] = (tab for tab in state.guarded.tabs if tab.key is not None)
    rows = (row for tab in tabs for row in tab.rows[tab.frozen[0] :])
    return {str(row[line].value): row for row in rows if len(row) > line and row[line].value}


def with_last_good(ledger: Ledger, keys: tuple[str, ...], frozen: Frozen) -> Ledger:
    """Return the ledger with the status and the figures of held lines as they were."""
    lines = ledger.lines.copy()
    kept = [(at, frozen.rows[key]) for at, key in enumerate(keys) if key in frozen.rows]
    columns = {column.figure: column.name for column in col.FIGURE_COLUMNS}
    for name, header in {"status": col.STATUS, **columns}.items():
        values: list[Any] = lines[name].tolist()
        for at, row in kept:
            value = row[col.NAMES.index(header)].value
            values[at] = pd.NA if value is None else value
        lines[name] = pd.Series(values, index=lines.index, dtype=lines[name].dtype)
    return replace(ledger, lines=lines)


def held_words(to_do: str, key: str, frozen: Frozen) -> str:
    """Return what to do for a line: of a held one what it was, and why it is held."""
    row = frozen.rows.get(key)
    if row is None:
        return to_do
    was = _HELD.sub("", str(row[col.NAMES.index(col.WHAT_TO_DO)].value or "nothing to do."))
    names = " and ".join(f"“{sheet.name}”" for sheet in frozen.sheets)
    return f"Not updated: {names} could not be read. As it stood on {day_words(frozen.as_of)}: {was}"


def as_it_stood(before: Counted, now: Counted, frozen: Frozen) -> Counted:
    """Return tonight's count with what was counted of held students and services as it stood."""
    courses = frozen.courses
    return replace(
        now,
        schedule=(
            *(one for one in now.schedule if (one.student, one.service) not in courses),
            *(one for one in before.schedule if (one.student, one.service) in courses),
        ),
        log=(*_but(now.log, courses), *(one for one in before.log if (one.student, one.service) in courses)),
    )


def _but(log: tuple[CountedEntries, ...], courses: frozenset[Course]) -> Iterator[CountedEntries]:
    return (one for one in log if (one.student, one.service) not in courses)
