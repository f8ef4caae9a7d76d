"""The sessions of one table of a week grid: each cell, with what its column, table and tab say of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from sheets_sync.intake.bell_schedule import Area, Bells
from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.dates import read_written_date
from sheets_sync.intake.layouts.alternate_weeks import Weeks, without_a_date
from sheets_sync.intake.layouts.below_days import Columns, DayColumn, read_columns
from sheets_sync.intake.layouts.beside_times import (
    lengths_beside,
    minutes_beside,
    of_these_minutes,
    read_beside_times,
)
from sheets_sync.intake.layouts.days_across import left_unread
from sheets_sync.intake.layouts.grid_problems import GridProblems
from sheets_sync.intake.layouts.grid_sections import Body, Section, find_sections, report_sections
from sheets_sync.intake.layouts.listed import cell_at
from sheets_sync.intake.layouts.notes_beside import ask_of_notes
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.session_cell import SessionText, read_session_cell
from sheets_sync.intake.layouts.session_records import Cell, Record, Table, record_of
from sheets_sync.intake.layouts.side import Side, Slot, is_session
from sheets_sync.intake.layouts.times_down import SlotsFound, find_slots
from sheets_sync.intake.layouts.whose_table import NAMES_A_DATE, SAY_WHICH_WEEKS
from sheets_sync.ports import CellValue, ErrorValue, Sheet
from sheets_sync.problems import Severity

CellReader = Callable[[str, PeopleKnown], tuple[SessionText, ...]]


@dataclass(frozen=True)
class Sessions:
    """`records` are the rows of the list, `slots` how many rows have a time; `periods` tells whether all that
    stands on the side are periods whose times are not known."""

    records: tuple[Record, ...]
    slots: int
    periods: bool


def read_sessions_below(
    table: Table,
    known: PeopleKnown,
    bells: Bells,
    weeks: Weeks,
    problems: GridProblems,
    cells: CellReader = read_session_cell,
) -> Sessions | None:
    """Return the sessions of a table, None where it has no times. `cells` reads one cell."""
    until = min(table.until, max(map(len, table.sheet.rows)))
    columns = read_columns(table.sheet, table.days, until, known)
    columns = _below_dates(table, columns, problems)
    columns = replace(columns, columns=tuple(_on_each_day(columns.columns)))
    own = range(table.days.left, table.days.first)
    body = Body(table.sheet, table.days, columns.first_row, (*table.times, *own), table.merged)
    sections = find_sections(body, table.whose, known, problems)
    found, side = _slots(table, columns, body, (own, table.times), sections, bells)
    if found is None:
        return None
    of_length, odd = of_these_minutes(body, minutes_beside(body, side), found.slots)
    beside = read_beside_times(body, side, of_length, sections, known)
    found = replace(found, slots=tuple(slot for slot in of_length if slot.row not in beside.unread))
    problems.add((*columns.problems, *found.problems, *odd, *beside.problems))
    table = replace(table, of_rows=beside.of_rows)
    of = text_of(table.whose.service[0]) if table.whose.service else ""
    ask_of_notes(body, beside.notes, until, of, known, problems)
    problems.add(left_unread(table.sheet, table.days, columns.used | table.again, until, table.areas))
    places = [column.place for column in columns.columns]
    report_sections(sections, _filled(table.sheet, found.slots, places), body, known, problems)
    reader = _Reader(known, cells, {})
    records: list[Record] = []
    for part, end in zip(sections, [*(one.first for one in sections[1:]), sys.maxsize], strict=True):
        slots = [slot for slot in found.slots if part.first <= slot.row < end]
        if slots and part.whose is not None:
            here = replace(table, whose=part.whose)
            kept = [column for column in columns.columns if _has_weeks(here, column, weeks, problems)]
            records += [
                record
                for slot in slots
                for column in kept
                for record in _of_cell(here, column, slot, slots, reader, weeks, problems)
            ]
            problems.again += _again(table.sheet, kept, slots)
    return Sessions(tuple(records), len(found.slots), found.periods)


def _slots(
    table: Table,
    columns: Columns,
    body: Body,
    sides: Sequence[range],
    sections: Sequence[Section],
    bells: Bells,
) -> tuple[SlotsFound | None, range]:
    """Return the rows of times on the first of these sides that has any, and which side it is."""
    places = tuple(column.place for column in columns.columns)
    days = tuple(column.header.key for column in columns.columns)
    headings = tuple(part.first for part in sections[1:])
    for side in sides:
        lengths = lengths_beside(body, side)
        where = Side(
            columns.first_row, table.days.last_row, side, places, days, table.merged, headings, lengths
        )
        found = find_slots(table.sheet, where, bells)
        if found is not None:
            return found, side
    return None, range(0)


def _on_each_day(columns: Sequence[DayColumn]) -> Iterator[DayColumn]:
    """Yield each column once for each day that stands over it."""
    for column in columns:
        for header in column.header.each:
            yield replace(column, header=header)


def _filled(sheet: Sheet, slots: Sequence[Slot], places: Sequence[int]) -> set[int]:
    """Return the rows of times in which a session stands."""
    return {slot.row for slot in slots if any(is_session(cell_at(sheet, slot.row, at)) for at in places)}


@dataclass(frozen=True)
class _Reader:
    """Reads each different text once."""

    known: PeopleKnown
    cells: CellReader
    read: dict[str, tuple[SessionText, ...]]

    def sessions(self, text: str) -> tuple[SessionText, ...]:
        if text not in self.read:
            self.read[text] = self.cells(text, self.known)
        return self.read[text]


def _below_dates(table: Table, columns: Columns, problems: GridProblems) -> Columns:
    """Pass over a row of dates right below the days: it says of which week they are."""
    row = columns.first_row
    if row > table.days.last_row:
        return columns
    cells = [cell_at(table.sheet, row, column.place) for column in columns.columns]
    if sum(map(_is_date, cells)) < 2:
        return columns
    problems.report(Severity.QUESTION, row, columns.columns[0].place, NAMES_A_DATE, SAY_WHICH_WEEKS)
    return replace(columns, first_row=row + 1)


def _is_date(cell: CellValue) -> bool:
    if isinstance(cell, str):
        written = read_written_date(cell)
        return written is not None and written.day is not None
    return isinstance(cell, date)


def _has_weeks(table: Table, column: DayColumn, weeks: Weeks, problems: GridProblems) -> bool:
    """Tell whether it is known when a column's sessions are; where weeks alternate a date has to say it."""
    week = column.header.week or table.whose.week
    if not week or week in weeks.begins:
        return True
    row, place = (table.days.row, column.place) if column.header.week else table.whose.week_cell
    problems.add([without_a_date(table.sheet, row, place)])
    return False


def _of_cell(
    table: Table,
    column: DayColumn,
    slot: Slot,
    slots: Sequence[Slot],
    reader: _Reader,
    weeks: Weeks,
    problems: GridProblems,
) -> Iterator[Record]:
    cell = cell_at(table.sheet, slot.row, column.place)
    if is_blank(cell) or isinstance(cell, ErrorValue):
        _lonely_details(table, column, slot, problems)
        return
    end = _end(table.merged, slot, column, slots)
    here = Cell(table, column, slot, end or 0, problems)
    if any(
        top <= slot.row <= bottom and left <= column.place <= right and right > left
        for top, left, bottom, right in table.merged
    ):
        problem = "This cell is merged over several columns: it is not read."
        here.report(Severity.ERROR, problem, "Write it below each day.")
        return
    if end is None:
        problem = (
            "This cell is merged over rows without a time that can be read: until when it lasts is not told."
        )
        here.report(Severity.ERROR, problem, 'Write the time of each row like "9:00-9:30".')
        return
    if text_of(cell).casefold() == "x" and is_session(cell_at(table.sheet, slot.row - 1, column.place)):
        problem = (
            "This may say that the session above goes on, or that there is none here: no session is read."
        )
        here.report(Severity.QUESTION, problem, 'Merge the cells, or write "-" where there is none.')
    for session in reader.sessions(cell if isinstance(cell, str) else text_of(cell)):
        record = record_of(here, session, weeks, reader.known)
        if record is not None:
            yield record


def _lonely_details(table: Table, column: DayColumn, slot: Slot, problems: GridProblems) -> None:
    """Report details of a session (a service, a place) beside a cell that names nobody."""
    for place in column.beside.values():
        if not is_blank(cell_at(table.sheet, slot.row, place)):
            problem = "This stands beside a cell that names nobody: no session is read here."
            problems.report(Severity.QUESTION, slot.row, place, problem, "Write whom it is for.")
            return


def _end(merged: Sequence[Area], slot: Slot, column: DayColumn, slots: Sequence[Slot]) -> int | None:
    """Return when a cell's session ends: with its row, or with the last of those over which it is merged.

    None where one of these has no time.
    """
    here = (slot.row, column.place)
    covered = max((bottom for top, left, bottom, _ in merged if (top, left) == here), default=slot.row)
    times = {other.row: other.on(column.header.key) for other in slots if slot.row <= other.row <= covered}
    ends = [time[1] for time in times.values() if time is not None]
    return max(ends) if len(ends) == covered - slot.row + 1 else None


def _again(sheet: Sheet, columns: Sequence[DayColumn], slots: Sequence[Slot]) -> list[tuple[int, int]]:
    """Return the cells that say what the cell of the row before says, where its time goes on."""
    found = []
    for before, slot in pairwise(slots):
        for column in columns:
            day, place = column.header.key, column.place
            text = cell_at(sheet, slot.row, place)
            if (
                isinstance(text, str)
                and not is_blank(text)
                and text == cell_at(sheet, before.row, place)
                and (one := before.on(day)) is not None
                and (other := slot.on(day)) is not None
                and one[1] == other[0]
            ):
                found.append((slot.row, place))
    return list(dict.fromkeys(found))
