"""Which students and services need a sheet of another workbook that cannot be read tonight. Pure.

* A part of the Schedule or the Service Log: those of whom the last trusted run read something there; in doubt
  also those of the same service, or provider, and with no entry in any log that could be read. Of a log also
  suspensions of the same students, whatever the service: they are excused by how many days there were in all.
* The Attendance: those with a session up to today without an entry. Only such a session is excused by it.
* A part of the Service Grid: those who stand there, and those who stand in no grid, for that one may have
  them by now.
* A part of the Caseload: all of the students who stand there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date

import pandas as pd

from sheets_sync.counted import Counted, CountedLine, CountedSession, Course
from sheets_sync.findings.addresses import normal_address
from sheets_sync.findings.entry_text import day_of
from sheets_sync.findings.finding import Kind
from sheets_sync.findings.grid_lines import text
from sheets_sync.ledger.result import Ledger
from sheets_sync.problems import sheet_of
from sheets_sync.state import State
from sheets_sync.tables import Category, SheetRead, Tables

TABS = ("Schedule", "Service Log")
CASELOAD, STAFF, GRID, ATTENDANCE = "Caseload", "Staff", "Service Grid", "Attendance"


Waiting = Mapping[Course, tuple[SheetRead, ...]]
"""Whose lines are held, and for which sheets each."""


def courses_that_wait(ledger: Ledger, state: State, order: Mapping[str, Sequence[str]]) -> Waiting:
    """Return everybody whose lines are held; `order` are by tab the sources of the last trusted run."""
    found: dict[Course, dict[str, SheetRead]] = {}
    for sheet, courses in _needed(ledger, state, order):
        for course in courses:
            found.setdefault(course, {})[sheet.name] = sheet
    return {course: tuple(sheets.values()) for course, sheets in found.items()}


def _needed(
    ledger: Ledger, state: State, order: Mapping[str, Sequence[str]]
) -> Iterator[tuple[SheetRead, frozenset[Course]]]:
    """Yield each sheet that cannot be read with those whose lines need it."""
    tables = ledger.tables
    for tab in TABS:
        for sheet in _absent_of(tables, tab):
            needed = frozenset(_courses(state.counted, order, tab, sheet.source))
            found = needed | _in_doubt(tables, state.counted, needed)
            yield sheet, found | _suspended(tables, found) if tab == "Service Log" else found
    for sheet in _absent_of(tables, ATTENDANCE):
        yield sheet, _without_entry(ledger) | _said_to_be_absent(state)
    for number, sheet in tables.stood(GRID).items():
        yield sheet, _in_grid(tables, number)
    for sheet in tables.stood(CASELOAD).values():
        students = _students_on(tables, {sheet.name})
        yield sheet, frozenset(course for course in _everybody(tables) if course[0] in students)


def _absent_of(tables: Tables, tab: str) -> list[SheetRead]:
    return [sheet for sheet in tables.sheets.get(tab, ()) if sheet.absent and not sheet.stood]


def sources_then(state: State) -> dict[str, list[str]]:
    """Return by tab the sources of the sheets at the last trusted run, in their order."""
    tabs = state.guarded.baseline.tabs if state.guarded.baseline else ()
    return {tab: [one.source for one in tabs if one.tab == tab] for tab in TABS}


def earliest_away(tables: Tables, state: State) -> date | None:
    """Return the earliest date that the last trusted run read on sheets which cannot be read tonight: where
    the Calendar names no first day, the count may begin there."""
    order = sources_then(state)
    days: list[date | None] = []
    for tab in TABS:
        for sheet in _absent_of(tables, tab):
            days += _dates_on(state.counted, order, tab, sheet.source)
    return min(filter(None, days), default=None)


def _dates_on(
    counted: Counted, order: Mapping[str, Sequence[str]], tab: str, source: str
) -> Iterator[date | None]:
    if tab == "Schedule":
        for session in counted.schedule:
            if _stood(order, tab, source, session.row):
                yield from (session.begins, session.ends)
        return
    for entries in counted.log:
        for entry, row in zip(entries.entries.split("\n"), entries.rows.split(), strict=True):
            if _stood(order, tab, source, int(row)):
                yield date.fromisoformat(day_of(entry))


def _courses(counted: Counted, order: Mapping[str, Sequence[str]], tab: str, source: str) -> Iterator[Course]:
    """Yield whose rows stood on this sheet at the last trusted run."""
    if tab == "Schedule":
        for session in counted.schedule:
            if _stood(order, tab, source, session.row):
                yield session.student, session.service
        return
    for entries in counted.log:
        if any(_stood(order, tab, source, int(row)) for row in entries.rows.split()):
            yield entries.student, entries.service


def _stood(order: Mapping[str, Sequence[str]], tab: str, source: str, row: int) -> bool:
    there = order[tab]
    return row > 0 and sheet_of(row) < len(there) and there[sheet_of(row)] == source


def _suspended(tables: Tables, found: frozenset[Course]) -> frozenset[Course]:
    """Return who of the same students was suspended: how many days, entries of any service say (counting.md,
    "Log")."""
    students = {student for student, _ in found}
    own = tables.log[tables.log["category"] == Category.SUSPENDED]
    return frozenset(course for course in pairs_of(own) if course[0] in students)


def _in_doubt(tables: Tables, counted: Counted, needed: frozenset[Course]) -> frozenset[Course]:
    """Return who may need the same sheets: of the same service or provider, with no entry that was read."""
    services = {service for _, service in needed}
    known: tuple[CountedLine | CountedSession, ...] = (*counted.lines, *counted.schedule)
    of_these = (one for one in known if (one.student, one.service) in needed)
    providers = {one.provider.casefold() for one in of_these} - {""}
    logged = set(pairs_of(tables.log))
    found: set[Course] = set()
    for frame in (tables.lines, tables.schedule):
        for course, provider in zip(pairs_of(frame), map(text, frame["provider"]), strict=True):
            if course[1] in services or provider.casefold() in providers:
                found.add(course)
    return frozenset(found - logged)


def pairs_of(frame: pd.DataFrame) -> list[Course]:
    """Return whose each row of a table is: student and service."""
    return list(zip(map(text, frame["student"]), map(text, frame["service"]), strict=True))


def _without_entry(ledger: Ledger) -> frozenset[Course]:
    """Return who has a session up to today without an entry, or made up: it may have been such a one."""
    sessions = ledger.sessions
    planned = (sessions["schedule_row"] > 0) & (sessions["date"] <= pd.Timestamp(ledger.today))
    open_ones = planned & ((sessions["category"] < 0) | sessions["makeup_of"].notna())
    pairs = pairs_of(ledger.lines)
    return frozenset(pairs[line] for line in sessions["line"][open_ones])


def _said_to_be_absent(state: State) -> frozenset[Course]:
    """Return who may have been told to be absent by the one and there by the other."""
    told = (one for one in state.told.alerts if one.kind == Kind.LOGS_DISAGREE)
    return frozenset((one.student, one.service) for one in told)


def _in_grid(tables: Tables, number: int) -> frozenset[Course]:
    rows = zip(pairs_of(tables.lines), tables.lines["row"], strict=True)
    there = {course for course, row in rows if sheet_of(int(row)) == number}
    return frozenset(there | (_everybody(tables) - set(pairs_of(tables.lines))))


def _everybody(tables: Tables) -> set[Course]:
    return {pair for frame in (tables.lines, tables.schedule, tables.log) for pair in pairs_of(frame)}


def _students_away(tables: Tables) -> frozenset[str]:
    """Return the students who stand on a Caseload that could not be read; charts are joined by student."""
    return _students_on(tables, {sheet.name for sheet in tables.stood(CASELOAD).values()})


def _students_on(tables: Tables, away: Set[str]) -> frozenset[str]:
    sheets = tables.sheets_of(CASELOAD)
    rows = zip(tables.students["student"], tables.students["row"], strict=True)
    if not away:
        return frozenset()
    there = {row for (_, row), (name, _) in sheets[0].places.items() if name in away}
    return frozenset(student for student, row in rows if len(sheets) == 1 or row in there)


def staff_away(tables: Tables) -> frozenset[str]:
    """Return, in lower case, who stands on a Staff that could not be read."""
    staff, away = tables.staff, tables.stood(STAFF)
    people = zip(staff["name"], staff["row"], strict=True)
    return frozenset(name.casefold() for name, row in people if sheet_of(int(row)) in away)


def addresses_that_wait(tables: Tables) -> frozenset[str]:
    """Return the addresses that stand on sheets alone that could not be read: they may no longer be right."""
    away, students = tables.stood(STAFF), _students_away(tables)
    if not away and not students:
        return frozenset()
    found: dict[bool, set[str]] = {True: set(), False: set()}
    staff = tables.staff
    for row, *emails in zip(staff["row"], staff["email"], staff["supervisor_email"], strict=True):
        found[sheet_of(int(row)) in away].update(map(normal_address, emails))
    own = tables.students
    for student, *emails in zip(own["student"], own["case_manager_email"], own["teacher_email"], strict=True):
        found[student in students].update(map(normal_address, emails))
    return frozenset(found[True] - found[False] - {""})
