"""The sessions of one table of a week grid: each cell, with what its column, table and tab say of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import pairwise

from sheets_sync.intake.bell_schedule import Area, Bells
from sheets_sync.intake.cells import is_blank, shown, text_of
from sheets_sync.intake.layouts.alternate_weeks import Weeks, without_a_date
from sheets_sync.intake.layouts.below_days import Columns, DayColumn, read_columns
from sheets_sync.intake.layouts.days_across import DaysAcross, left_unread
from sheets_sync.intake.layouts.grid_problems import GridProblems
from sheets_sync.intake.layouts.listed import Placed, cell_at
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.session_cell import SessionText, read_session_cell
from sheets_sync.intake.layouts.times_down import Side, Slot, find_slots
from sheets_sync.intake.layouts.whose_table import Whose
from sheets_sync.intake.names import name_key
from sheets_sync.intake.services import known_service
from sheets_sync.ports import CellValue, ErrorValue, Sheet
from sheets_sync.problems import Severity

Record = Mapping[str, Placed]


@dataclass(frozen=True)
class Table:
    """One table with what stands around it: `until` is the first column that is not beside it, `times` where
    its times stand where it has none of its own."""

    sheet: Sheet
    days: DaysAcross
    whose: Whose
    until: int
    merged: Sequence[Area]
    areas: Sequence[Area]
    times: range


@dataclass(frozen=True)
class Sessions:
    """`records` are the rows of the list, `slots` how many rows have a time; `periods` tells whether all that
    stands on the side are periods whose times are not known."""

    records: tuple[Record, ...]
    slots: int
    periods: bool


@dataclass(frozen=True)
class _Cell:
    """One cell of sessions with its place."""

    table: Table
    column: DayColumn
    slot: Slot
    end: int
    problems: GridProblems

    @property
    def place(self) -> tuple[int, int]:
        return self.slot.row, self.column.place

    def report(self, severity: Severity, problem: str, remedy: str, stands: str | None = None) -> None:
        self.problems.report(severity, *self.place, problem, remedy, stands)


def read_sessions_below(
    table: Table, known: PeopleKnown, bells: Bells, weeks: Weeks, problems: GridProblems
) -> Sessions | None:
    """Return the sessions of a table, None where it has no times."""
    until = min(table.until, max(map(len, table.sheet.rows)))
    columns = read_columns(table.sheet, table.days, until, known)
    columns = _below_dates(table, columns, problems)
    found = None
    for side in (range(table.days.left, table.days.first), table.times):
        places = tuple(column.place for column in columns.columns)
        days = tuple(column.header.key for column in columns.columns)
        found = find_slots(
            table.sheet, Side(columns.first_row, table.days.last_row, side, places, days, table.merged), bells
        )
        if found is not None:
            break
    if found is None:
        return None
    problems.add((*columns.problems, *found.problems))
    problems.add(left_unread(table.sheet, table.days, columns.used, until, table.areas))
    kept = tuple(column for column in columns.columns if _has_weeks(table, column, weeks, problems))
    reader = _Reader(known, {})
    records = [
        record
        for slot in found.slots
        for column in kept
        for record in _of_cell(table, column, slot, found.slots, reader, weeks, problems)
    ]
    problems.again += _again(table.sheet, kept, found.slots, table.merged)
    return Sessions(tuple(records), len(found.slots), found.periods)


@dataclass(frozen=True)
class _Reader:
    """Reads each different text once."""

    known: PeopleKnown
    read: dict[str, tuple[SessionText, ...]]

    def sessions(self, text: str) -> tuple[SessionText, ...]:
        if text not in self.read:
            self.read[text] = read_session_cell(text, self.known)
        return self.read[text]


def _below_dates(table: Table, columns: Columns, problems: GridProblems) -> Columns:
    """Pass over a row of dates right below the days: it says of which week they are."""
    row = columns.first_row
    if row > table.days.last_row:
        return columns
    cells = [cell_at(table.sheet, row, column.place) for column in columns.columns]
    if sum(isinstance(cell, date | datetime) for cell in cells) < 2:
        return columns
    problem = "This names a date: the grid is counted as that of every week."
    remedy = "If sessions change from week to week, keep them as a list with From and To."
    problems.report(Severity.QUESTION, row, columns.columns[0].place, problem, remedy)
    return replace(columns, first_row=row + 1)


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
    here = _Cell(table, column, slot, end or 0, problems)
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
    for session in reader.sessions(cell if isinstance(cell, str) else text_of(cell)):
        record = _record(here, session, weeks)
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


def _record(cell: _Cell, session: SessionText, weeks: Weeks) -> Record | None:
    """Return one session as a row of the list; None, and reported, where its cell leaves anything open."""
    cell.problems.called(session.short, *cell.place)
    for unknown in session.unknown:
        problem = f"{shown(unknown)} is nobody on the Caseload or on Staff, and no service: it is not read."
        remedy = 'Write names as on the Caseload and on Staff, a place like "Rm 12", and nothing else.'
        cell.report(Severity.ERROR, problem, remedy, unknown)
    students = _students(cell, session)
    if session.unknown or students is None:
        return None
    said = _said(cell, session)
    if said is None:
        return None
    return {"Student": students, **said, **_when(cell, session, weeks)}


def _students(cell: _Cell, session: SessionText) -> Placed | None:
    """Return who is served: whom the cell names, else the student whose plan the table is."""
    titled = cell.table.whose.student
    if session.students:
        if titled and set(session.students) != {titled[0]}:
            problem = f"This names somebody else than the plan's title ({titled[0]}): it is not read."
            cell.report(
                Severity.ERROR, problem, "Write it on the plan of each, or on one without a name above."
            )
            return None
        return ("; ".join(session.students), *cell.place)
    if titled and (session.service or session.provider or session.group):
        return (titled[0], *cell.place)
    if not session.unknown:
        problem = "This names no student: no session is read here."
        cell.report(Severity.QUESTION, problem, "Write whom it is for.")
    return None


def _said(cell: _Cell, session: SessionText) -> dict[str, Placed] | None:
    """Return service, provider, place and group of a session: those of its cell, of the columns beside it, of
    its column's header, of the table's title. None, and reported, where the first two differ."""
    own = {
        "Service": session.service,
        "Provider": session.provider,
        "Location": session.place,
        "Group": session.group,
    }
    here: dict[str, Placed] = {name: (text, *cell.place) for name, text in own.items() if text}
    row = cell.slot.row
    beside: dict[str, Placed] = {
        name: (value, row, place)
        for name, place in cell.column.beside.items()
        if not is_blank(value := cell_at(cell.table.sheet, row, place))
    }
    for name, (value, _, _) in {**beside, **cell.column.fixed}.items():
        if name in here and _key(here[name][0]) != _key(value):
            problem = f"{name} is another one here than in the column or header beside it: it is not read."
            cell.report(Severity.ERROR, problem, "Write it in one of the two.")
            return None
    whose = {"Provider": cell.table.whose.provider, "Service": cell.table.whose.service}
    titled = {name: placed for name, placed in whose.items() if placed}
    if (
        "Provider" in here
        and "Provider" in titled
        and _key(here["Provider"][0]) != _key(titled["Provider"][0])
    ):
        problem = f"The title names {titled['Provider'][0]}, this cell {session.provider}: the cell is taken."
        cell.report(Severity.QUESTION, problem, "Write the provider in one of the two.")
    return {**titled, **cell.column.fixed, **beside, **here}


def _key(value: CellValue) -> str:
    text = text_of(value)
    return known_service(text) or name_key(text)


def _when(cell: _Cell, session: SessionText, weeks: Weeks) -> dict[str, Placed]:
    header, place = cell.column.header, cell.column.place
    week = header.week or cell.table.whose.week
    start, end = (cell.slot.on(header.key) or (0, 0))[0], cell.end
    at = (cell.slot.row, cell.slot.column)
    if session.times:
        if session.times[1] <= start or session.times[0] >= end:
            problem = "The time in this cell is another one than that of its row: the cell's is taken."
            cell.report(Severity.QUESTION, problem, "Write it into the row of its time.")
        (start, end), at = session.times, cell.place
    day = f"every other {header.key}" if week else header.day
    found: dict[str, Placed] = {
        "Days": (day, cell.table.days.row, place),
        "Start": (time(*divmod(start, 60)), *at),
        "End": (time(*divmod(end, 60)), *at),
    }
    return {**found, "From": weeks.begins[week]} if week else found


def _again(
    sheet: Sheet, columns: Sequence[DayColumn], slots: Sequence[Slot], merged: Sequence[Area]
) -> list[tuple[int, int]]:
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
    return found
