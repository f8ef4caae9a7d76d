"""What stays as it was while a sheet of another workbook cannot be read, or looks wrong. Pure.

Of most tabs a part may be kept in other workbooks ([[sources]]). Where one is missing, the lines that need it
(who_needs.py) are held: their figures stay those of the last trusted run, nothing of them is told, and
nothing is taken as over or as changed. All other lines go on (promises.md, "Guards": "only the lines that
need the doubtful one are held").

No line needs Staff, which is then read as it stood; but what it alone says of an address may no longer hold,
so mails there wait. Every line needs the Calendar: without it all of the workbook is held (hold.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from sheets_sync.counted import Counted, CountedEntries, Course
from sheets_sync.findings.words import day_words
from sheets_sync.intake.tab_rows import ABSENT_REMEDY
from sheets_sync.kept_sheets import STAND_IN
from sheets_sync.ledger.result import FIGURES, Ledger, Status
from sheets_sync.problems import CannotCount, Problem, Severity, on_sheet, row_on_sheet, sheet_of
from sheets_sync.state import HeldLine, State
from sheets_sync.tables import SheetRead, Tables
from sheets_sync.views import columns as col
from sheets_sync.views.tab import OutCell
from sheets_sync.who_needs import (
    STAFF,
    TABS,
    Waiting,
    addresses_that_wait,
    courses_that_wait,
    pairs_of,
    sources_then,
    staff_away,
)

Row = tuple[OutCell, ...]
LINE, WHAT_TO_DO = col.NAMES.index(col.LINE), col.NAMES.index(col.WHAT_TO_DO)


@dataclass(frozen=True)
class Frozen:
    """What is held tonight: the lines of these students and services, each for which sheets.

    `rows` are their rows of our tab, by key, as they were on their `days`; a line that was on none has none.
    `as_of` is the day of the last run that could read everything.
    `sheets` are those that could not be read, `holding` those of them that lines need, `stood` those that
    were read as they stood. `waits` are addresses to which nothing goes tonight, `staff` the people on a
    Staff that could not be read, in lower case. `order` says by tab which of the sheets then (by their
    sources) had which number, and `now` which have it tonight.
    """

    waiting: Waiting
    rows: Mapping[str, Row]
    days: Mapping[str, date]
    sheets: tuple[SheetRead, ...]
    as_of: date
    order: Mapping[str, Sequence[str]]
    now: Mapping[str, Sequence[str]]
    stood: tuple[SheetRead, ...] = ()
    waits: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()
    holding: tuple[SheetRead, ...] = ()

    @property
    def courses(self) -> frozenset[Course]:
        return frozenset(self.waiting)

    def row_then(self, tab: str, row: int) -> int:
        """Return the number of a row of tonight, had its sheet the number that it had then."""
        sources, before = self.now[tab], self.order[tab]
        source = sources[sheet_of(row)]
        number = before.index(source) if source in before else len(before) + sheet_of(row)
        return on_sheet(row_on_sheet(row), number)

    def stood_on(self, sheet: SheetRead) -> date:
        """Return the day as of which a sheet is taken that was read as it stood."""
        return sheet.as_of or self.as_of

    def held_lines(self, lines: Mapping[str, Course]) -> tuple[HeldLine, ...]:
        """Return what is to be remembered of the lines that are held, of all `lines` by their keys."""
        keys = (key for key, course in lines.items() if course in self.waiting)
        return tuple(HeldLine(key, self.days.get(key), self._was_to_do(key)) for key in keys)

    def _was_to_do(self, key: str) -> str:
        return str(self.rows[key][WHAT_TO_DO].value or "") if key in self.rows else ""

    def holds(self, student: str, service: str, line: str) -> bool:
        return line in self.rows or (student, service) in self.courses


def refuse_never_read(tables: Tables, state: State) -> None:
    """Raise CannotCount for a sheet of another workbook that could not be read, and by no trusted run was."""
    known = sources_read(state)
    for source, sheet in tables.absent.items():
        if source not in known:
            raise CannotCount(
                f"{sheet.outside} could not be read, and never was. {sheet.absent}",
                "see that it is there and shared, or take it out of [[sources]] in the configuration; if it"
                " had another name there before, give it that name again until it can be read",
            )


def sources_read(state: State) -> frozenset[str]:
    """Return the sheets (SheetRead.source) that the last trusted run read."""
    baseline = state.guarded.baseline
    return frozenset(one.source for one in baseline.tabs) if baseline else frozenset()


def frozen_tonight(ledger: Ledger, state: State, lines: Mapping[str, Course]) -> Frozen | None:
    """Return what is held, None where every sheet was read; `lines` are those of tonight by their keys.

    Raises CannotCount for a sheet that no trusted run has read: nobody knows which lines need it.
    """
    tables = ledger.tables
    stood = {tab: tuple(tables.stood(tab).values()) for tab in STAND_IN}
    if not tables.absent and not any(stood.values()):
        return None
    refuse_never_read(tables, state)
    baseline = state.guarded.baseline
    assert baseline is not None
    order = sources_then(state)
    now = {tab: [one.source for one in tables.sheets_of(tab)] for tab in TABS}
    waiting = courses_that_wait(ledger, state, order)
    kept = _last_good_rows(state, baseline.today)
    held = {key: kept[key] for key, course in lines.items() if course in waiting and key in kept}
    absent = tuple(tables.absent.values())
    return Frozen(
        waiting,
        {key: row for key, (row, _) in held.items()},
        {key: day for key, (_, day) in held.items()},
        (*absent, *(one for sheets in stood.values() for one in sheets)),
        baseline.today,
        order,
        now,
        tuple(one for sheets in stood.values() for one in sheets),
        addresses_that_wait(tables),
        staff_away(tables),
        (*absent, *(one for tab, sheets in stood.items() if tab != STAFF for one in sheets)),
    )


def _last_good_rows(state: State, last: date) -> dict[str, tuple[Row, date]]:
    """Return the rows of our tab as they were when their lines were last counted, each with that day."""
    guarded = state.guarded
    held = {one.key: one for one in guarded.held}
    tabs = (tab for tab in guarded.tabs if tab.key is not None)
    rows = (row for tab in tabs for row in tab.rows[tab.frozen[0] :])
    found = {}
    for row in rows:
        key = str(row[LINE].value or "") if len(row) > LINE else ""
        one = held.get(key)
        if key and one is None:
            found[key] = row, guarded.shown or last
        elif one is not None and one.as_of is not None:
            was = replace(row[WHAT_TO_DO], value=one.what_to_do or None)
            found[key] = (*row[:WHAT_TO_DO], was, *row[WHAT_TO_DO + 1 :]), one.as_of
    return found


def with_last_good(ledger: Ledger, keys: Sequence[str], frozen: Frozen) -> Ledger:
    """Return the ledger with the status and the figures of held lines as they were; one that was not there
    then cannot be counted. What our tab does not show of a line (extra, not_asked) is not known: <NA>."""
    lines = ledger.lines.copy()
    courses = pairs_of(lines)
    held = [course in frozen.waiting for course in courses]
    kept = [(at, frozen.rows[key]) for at, key in enumerate(keys) if key in frozen.rows]
    fresh = [at for at, key in enumerate(keys) if held[at] and key not in frozen.rows]
    columns = {column.figure: column.name for column in col.FIGURE_COLUMNS}

    def fresh_values(at: int) -> dict[str, str]:
        return {"status": Status.CHECK_DATA.value, "reason": _not_read(frozen.waiting[courses[at]])}

    for name in ("status", "reason", *FIGURES, "percent"):
        values: list[Any] = lines[name].tolist()
        for at, row in kept:
            values[at] = _as_it_was(name, row, columns)
        for at in fresh:
            values[at] = fresh_values(at).get(name, pd.NA)
        lines[name] = pd.Series(values, index=lines.index, dtype=lines[name].dtype)
    lines["held"] = held
    return replace(ledger, lines=lines)


def _as_it_was(name: str, row: Row, columns: Mapping[str, str]) -> object:
    header = col.STATUS if name == "status" else columns.get(name)
    if header is None:
        return "" if name == "reason" else pd.NA
    value = row[col.NAMES.index(header)].value
    return pd.NA if value is None else value


def held_words(to_do: str, key: str, course: Course, frozen: Frozen) -> str:
    """Return what to do for a line: of a held one what it was, and why it is held."""
    if course not in frozen.waiting:
        return to_do
    why = _not_read(frozen.waiting[course])
    row = frozen.rows.get(key)
    if row is None:
        return f"Not counted: {why}."
    was = str(row[WHAT_TO_DO].value or "nothing to do.")
    return f"Not updated: {why}. As it stood on {day_words(frozen.days[key])}: {was}"


def _not_read(sheets: Sequence[SheetRead]) -> str:
    names = " and ".join(dict.fromkeys(f"“{sheet.name}”" for sheet in sheets))
    return f"{names} could not be read"


def said_to_stand(frozen: Frozen) -> Iterator[Problem]:
    """Yield a question for each sheet that was read as it stood: what was changed there is not known."""
    for sheet in frozen.stood:
        as_of = day_words(frozen.stood_on(sheet))
        problem = f"This could not be read, and is taken as it stood on {as_of}. {sheet.absent}"
        yield Problem(Severity.QUESTION, sheet.name, "", "", problem, ABSENT_REMEDY)


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


def with_calendar_then(before: Counted, now: Counted) -> Counted:
    """Return tonight's count to be remembered, with the Calendar of the last one.

    A change of the Calendar touches lines that are held and lines that are not: it is told of all of them
    once everything can be read, late of the one rather than never of the other.
    """
    return replace(now, calendar=before.calendar or now.calendar)


def _renumbered(entries: CountedEntries, frozen: Frozen) -> CountedEntries:
    rows = (str(frozen.row_then("Service Log", int(row))) for row in entries.rows.split())
    return replace(entries, rows=" ".join(rows))
