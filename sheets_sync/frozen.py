"""What stays as it was while a sheet of another workbook cannot be read, or looks wrong. Pure.

Of the Schedule and the Service Log each provider may keep a part of her own ([[sources]]). Where one is
missing, the lines that need it are held: their figures stay those of the last trusted run, nothing of them is
told, and nothing is taken as over or as changed. All other lines go on (promises.md, "Guards": "only the
lines that need the doubtful one are held").

A line needs a sheet if that run read something of its student and service there. In doubt it is held too: of
the same service, or provider, and with no entry in any log that could be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from sheets_sync.counted import Counted, CountedEntries, CountedLine, CountedSession, Course
from sheets_sync.findings.grid_lines import text
from sheets_sync.findings.words import day_words
from sheets_sync.ledger.result import FIGURES, Ledger, Status
from sheets_sync.problems import CannotCount, on_sheet, row_on_sheet, sheet_of
from sheets_sync.state import State
from sheets_sync.tables import SheetRead, Tables
from sheets_sync.views import columns as col
from sheets_sync.views.tab import OutCell, Tab

TABS = ("Schedule", "Service Log")

Row = tuple[OutCell, ...]


@dataclass(frozen=True)
class Frozen:
    """What is held tonight: the lines of these students and services.

    `rows` are their rows of our tab, by key, as they were `as_of`; a line that was not there then has none.
    `sheets` are those that could not be read; `order` says by tab which of the sheets then (by their sources)
    had which number, and `now` which have it tonight.
    """

    courses: frozenset[Course]
    rows: Mapping[str, Row]
    sheets: tuple[SheetRead, ...]
    as_of: date
    order: Mapping[str, Sequence[str]]
    now: Mapping[str, Sequence[str]]

    def row_then(self, tab: str, row: int) -> int:
        """Return the number of a row of tonight, had its sheet the number that it had then."""
        sources, before = self.now[tab], self.order[tab]
        source = sources[sheet_of(row)]
        number = before.index(source) if source in before else len(before) + sheet_of(row)
        return on_sheet(row_on_sheet(row), number)

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
    order = {tab: [one.source for one in baseline.tabs if one.tab == tab] for tab in TABS}
    now = {tab: [one.source for one in tables.sheets_of(tab)] for tab in TABS}
    needed = frozenset(_courses(state.counted, order, frozenset(tables.absent)))
    courses = needed | _in_doubt(tables, state.counted, needed)
    kept = _last_good_rows(state)
    rows = {key: kept[key] for key, course in lines.items() if course in courses and key in kept}
    return Frozen(courses, rows, tuple(tables.absent.values()), baseline.today, order, now)


def _courses(
    counted: Counted, order: Mapping[str, Sequence[str]], absent: frozenset[str]
) -> Iterator[Course]:
    """Yield whose rows stood on these sheets at the last trusted run."""

    def stood(tab: str, row: int) -> bool:
        there = order[tab]
        return row > 0 and sheet_of(row) < len(there) and there[sheet_of(row)] in absent

    for session in counted.schedule:
        if stood("Schedule", session.row):
            yield session.student, session.service
    for entries in counted.log:
        if any(stood("Service Log", int(row)) for row in entries.rows.split()):
            yield entries.student, entries.service


def _in_doubt(tables: Tables, counted: Counted, needed: frozenset[Course]) -> frozenset[Course]:
    """Return who may need the same sheets: of the same service or provider, with no entry that was read."""
    services = {service for _, service in needed}
    known: tuple[CountedLine | CountedSession, ...] = (*counted.lines, *counted.schedule)
    of_these = (one for one in known if (one.student, one.service) in needed)
    providers = {one.provider.casefold() for one in of_these} - {""}
    logged = set(_pairs(tables.log))
    found: set[Course] = set()
    for frame in (tables.lines, tables.schedule):
        for course, provider in zip(_pairs(frame), map(text, frame["provider"]), strict=True):
            if course[1] in services or provider.casefold() in providers:
                found.add(course)
    return frozenset(found - logged)


def _pairs(frame: pd.DataFrame) -> list[Course]:
    return list(zip(map(text, frame["student"]), map(text, frame["service"]), strict=True))


def _last_good_rows(state: State) -> dict[str, Row]:
    line = col.NAMES.index(col.LINE)
    tabs: Iterator[Tab] = (tab for tab in state.guarded.tabs if tab.key is not None)
    rows = (row for tab in tabs for row in tab.rows[tab.frozen[0] :])
    return {str(row[line].value): row for row in rows if len(row) > line and row[line].value}


def with_last_good(ledger: Ledger, keys: Sequence[str], frozen: Frozen) -> Ledger:
    """Return the ledger with the status and the figures of held lines as they were; one that was not there
    then cannot be counted."""
    lines = ledger.lines.copy()
    held = [course in frozen.courses for course in _pairs(lines)]
    kept = [(at, frozen.rows[key]) for at, key in enumerate(keys) if key in frozen.rows]
    fresh = [at for at, key in enumerate(keys) if held[at] and key not in frozen.rows]
    columns = {column.figure: column.name for column in col.FIGURE_COLUMNS}
    for name in ("status", "reason", *FIGURES, "percent"):
        values: list[Any] = lines[name].tolist()
        for at, row in kept:
            values[at] = _as_it_was(name, row, columns, values[at])
        for at in fresh:
            values[at] = {"status": Status.CHECK_DATA.value, "reason": _not_read(frozen)}.get(name, pd.NA)
        lines[name] = pd.Series(values, index=lines.index, dtype=lines[name].dtype)
    lines["held"] = held
    return replace(ledger, lines=lines)


def _as_it_was(name: str, row: Row, columns: Mapping[str, str], now: object) -> object:
    header = col.STATUS if name == "status" else columns.get(name)
    if header is None:
        return "" if name == "reason" else now
    value = row[col.NAMES.index(header)].value
    return pd.NA if value is None else value


def held_words(to_do: str, key: str, course: Course, frozen: Frozen) -> str:
    """Return what to do for a line: of a held one what it was, and why it is held."""
    if course not in frozen.courses:
        return to_do
    row = frozen.rows.get(key)
    if row is None:
        return f"Not counted: {_not_read(frozen)}."
    was = str(row[col.NAMES.index(col.WHAT_TO_DO)].value or "nothing to do.")
    return f"Not updated: {_not_read(frozen)}. As it stood on {day_words(frozen.as_of)}: {was}"


def _not_read(frozen: Frozen) -> str:
    names = " and ".join(f"“{sheet.name}”" for sheet in frozen.sheets)
    return f"{names} could not be read"


def as_it_stood(before: Counted, now: Counted, frozen: Frozen) -> Counted:
    """Return tonight's count with what was counted of held students and services as it stood.

    Its rows are numbered by the sheets of the last trusted run, with which the next one is compared.
    """
    courses = frozen.courses

    def is_held(one: Any) -> bool:
        return (one.student, one.service) in courses

    then = replace(
        now,
        schedule=tuple(replace(one, row=frozen.row_then("Schedule", one.row)) for one in now.schedule),
        log=tuple(_renumbered(one, frozen) for one in now.log),
    )
    return replace(
        then,
        lines=(*(one for one in then.lines if not is_held(one)), *filter(is_held, before.lines)),
        schedule=(*(one for one in then.schedule if not is_held(one)), *filter(is_held, before.schedule)),
        log=(*(one for one in then.log if not is_held(one)), *filter(is_held, before.log)),
    )


def _renumbered(entries: CountedEntries, frozen: Frozen) -> CountedEntries:
    rows = (str(frozen.row_then("Service Log", int(row))) for row in entries.rows.split())
    return replace(entries, rows=" ".join(rows))
