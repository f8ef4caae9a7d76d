"""The week grid: times down the side, days across, students in the cells, as a therapist keeps a schedule.

Each session that a cell names is one row of the Schedule, on the day above it and at the time on its left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import time

from sheets_sync.intake.cells import is_blank, shown, text_of
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.hidden_and_merged import merged_ranges
from sheets_sync.intake.layouts.days_across import ROWS_SEARCHED, DaysAcross, find_days, left_unread
from sheets_sync.intake.layouts.listed import Listed, Placed, cell_at
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.session_cell import SessionText, read_session_cell
from sheets_sync.intake.layouts.times_down import Slot, find_slots
from sheets_sync.intake.layouts.title import service_of_the_tab
from sheets_sync.ports import CellValue, ErrorValue, Sheet
from sheets_sync.problems import Problem, Severity, a1


@dataclass
class _Grid:
    """The grid while it is read; each different thing that is wrong is reported once, at its first cell."""

    sheet: Sheet
    days: DaysAcross
    service: Placed | None
    problems: dict[tuple[str, str], Problem] = field(default_factory=dict)
    short: dict[tuple[str, str], str] = field(default_factory=dict)  # (typed, name) -> its first cell

    def report(self, severity: Severity, cell: str, stands: str, problem: str, remedy: str) -> None:
        found = Problem(severity, self.sheet.name, cell, shown(stands), problem, remedy)
        self.problems.setdefault((stands, problem), found)


def read_week_grid(sheet: Sheet, known: PeopleKnown) -> Listed | None:
    """Return the sessions of a week grid, None where the tab is none.

    A cell that is merged over several rows lasts until the last of them. Where a cell names no service it is
    the one that a title above the days or the tab's name speaks of. Who is called by a part of the name is
    noted; what names nobody on the Caseload or on Staff is asked about, and "Lunch" is no session.
    """
    days = None if _is_a_list(sheet) else find_days(sheet)
    times = find_slots(sheet, days) if days else None
    if days is None or times is None:
        return None
    slots, problems = times
    grid = _Grid(sheet, days, service_of_the_tab(sheet, [range(1, days.row)]))
    records = tuple(record for slot in slots for record in _of_slot(grid, slot, slots, known))
    wrong = (*problems, *left_unread(sheet, days), *grid.problems.values(), *_short_names(grid))
    if not records and not wrong:
        return None
    seen = f"{len(slots)} times down, {len(days.days)} days across, {len(records)} sessions"
    return Listed("a week grid", seen, "Student", records, {}, wrong)


def _is_a_list(sheet: Sheet) -> bool:
    """Tell whether a row has the headers of a list: a student and a service, each in a column."""
    for cells in sheet.rows[:ROWS_SEARCHED]:
        names = {read_header(cell, tab="Schedule").value for cell in cells if isinstance(cell, str)}
        if {"Student", "Service"} <= names:
            return True
    return False


def _of_slot(
    grid: _Grid, slot: Slot, slots: tuple[Slot, ...], known: PeopleKnown
) -> Iterator[Mapping[str, Placed]]:
    for place, day in grid.days.days.items():
        cell = cell_at(grid.sheet, slot.row, place)
        if is_blank(cell) or isinstance(cell, ErrorValue):
            continue
        if _covers_days(grid, slot.row, place):
            problem = "This cell is merged over several days: it is not read."
            grid.report(
                Severity.ERROR, a1(slot.row, place), text_of(cell), problem, "Write it below each day."
            )
            continue
        end = _end(grid.sheet, slot, place, slots)
        for session in read_session_cell(text_of_lines(cell), known):
            if _is_read(grid, session, a1(slot.row, place), text_of(cell)):
                yield _record(grid, session, slot, end, place, day)


def text_of_lines(cell: CellValue) -> str:
    """Return what stands in a cell with its lines, which part sessions."""
    return cell if isinstance(cell, str) else text_of(cell)


def _covers_days(grid: _Grid, row: int, column: int) -> bool:
    merged = (one for one in merged_ranges(grid.sheet) if one[0] <= row <= one[2])
    return any(left <= column < right and right > left for _, left, _, right in merged)


def _end(sheet: Sheet, slot: Slot, column: int, slots: tuple[Slot, ...]) -> int:
    """Return when a cell's session ends: with its row, or with the last of those over which it is merged."""
    for top, left, bottom, right in merged_ranges(sheet):
        if top == slot.row and left <= column <= right:
            return max(other.end for other in slots if top <= other.row <= bottom)
    return slot.end


def _is_read(grid: _Grid, session: SessionText, cell: str, stands: str) -> bool:
    """Report what a cell leaves open; tell whether there is a session in it, and nothing is left over."""
    grid.short |= {said: cell for said in session.short if said not in grid.short}
    for unknown in session.unknown:
        problem = f"{shown(unknown)} is nobody on the Caseload or on Staff, and no service: it is not read."
        remedy = 'Write names as on the Caseload and on Staff, a place like "Rm 12", and nothing else.'
        grid.report(Severity.ERROR, cell, unknown, problem, remedy)
    if not session.students and not session.unknown:
        problem = "This names no student: no session is read here."
        grid.report(Severity.QUESTION, cell, stands, problem, "Write whom it is for.")
    return bool(session.students) and not session.unknown


def _short_names(grid: _Grid) -> Iterator[Problem]:
    """Note, in one problem, who was called by a part of the name."""
    if grid.short:
        (typed, _), cell = next(iter(grid.short.items()))
        taken = ", ".join(f"{shown(said)} for {name}" for said, name in grid.short)
        problem = f"A part of the name is taken for whom it calls alone ({taken})."
        remedy = "If somebody else is meant, write the whole name."
        yield Problem(Severity.NOTE, grid.sheet.name, cell, shown(typed), problem, remedy)


def _record(
    grid: _Grid, session: SessionText, slot: Slot, end: int, column: int, day: str
) -> Mapping[str, Placed]:
    start, end = session.times or (slot.start, end)
    here = {
        "Student": "; ".join(session.students),
        "Service": session.service,
        "Provider": session.provider,
        "Location": session.place,
        "Group": session.group,
    }
    record: dict[str, Placed] = {name: (text, slot.row, column) for name, text in here.items() if text}
    if grid.service and not session.service:
        record["Service"] = grid.service
    return {
        **record,
        "Days": (day, grid.days.row, column),
        "Start": (time(*divmod(start, 60)), slot.row, slot.column),
        "End": (time(*divmod(end, 60)), slot.row, slot.column),
    }
