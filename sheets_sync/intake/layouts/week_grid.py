"""The week grid: times down the side, days across, students in the cells, as a therapist keeps a schedule.

Each session that a cell names is one row of the Schedule, on the day above it and at the time on its left. A
sheet may hold several tables: one a provider, one a student, one for weeks A and one for weeks B.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sheets_sync.intake.bell_schedule import NO_BELLS, Area, Bells, read_bells
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.alternate_weeks import Weeks, counted_from, read_weeks, said_in_one_cell
from sheets_sync.intake.layouts.days_across import DaysAcross, find_days
from sheets_sync.intake.layouts.grid_problems import GridProblems
from sheets_sync.intake.layouts.grid_sessions import CellReader, Sessions, read_sessions_below
from sheets_sync.intake.layouts.grid_titles import Titles, titles_of
from sheets_sync.intake.layouts.initials_or_marks import in_a_schedule
from sheets_sync.intake.layouts.lengths_in_cells import read_cell_with_lengths
from sheets_sync.intake.layouts.listed import Listed
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.session_cell import read_session_cell
from sheets_sync.intake.layouts.session_records import Record, Table
from sheets_sync.intake.layouts.times_again import parted_at_times
from sheets_sync.intake.layouts.whose_table import Whose, whose_tables
from sheets_sync.intake.merged_cells import merged_ranges
from sheets_sync.ports import Sheet
from sheets_sync.problems import CannotCount, Problem, Severity


def read_week_grid(sheet: Sheet, known: PeopleKnown, bells: Bells = NO_BELLS) -> Listed | None:
    """Return the sessions of a week grid, None where the tab is none.

    A cell that is merged over several rows lasts until the last of them; the same text in the rows below, not
    merged, is a session in each row, and noted. Student, provider and service that a cell does not name are
    those of its column's header, of its table's title or of the tab's name. Who is called by a part of the
    name is noted; what names nobody on the Caseload or on Staff is asked about, and "Lunch" is no session.
    `bells` is the bell schedule of the workbook; one on the sheet itself goes along.

    Raises CannotCount where the times are periods and there is no bell schedule.
    """
    sheet = said_in_one_cell(sheet)
    read = read_grid_tables(sheet, in_a_schedule(sheet, known), bells, read_cell_with_lengths)
    if read is None:
        return None
    if not read.found and (errors := [one for one in read.wrong if one.severity == Severity.ERROR]):
        raise nothing_read(errors[0])
    if not read.found:
        return None
    if read.lacks_bells:
        raise without_bells()
    records = read.records
    weeks = read.weeks
    noted = [counted_from(sheet, weeks)] if weeks.begins and any("From" in one for one in records) else []
    wrong = (*read.bells.problems, *read.unread, *weeks.problems, *noted, *read.problems)
    if not records and not wrong:
        return None
    times = sum(sessions.slots for _, sessions in read.found)
    days = max(sum(len(day.header.each) for day in table.days.days) for table, _ in read.found)
    several = f"{len(read.found)} tables, " if len(read.found) > 1 else ""
    seen = f"{several}{times} times down, {days} days across, {len(records)} sessions"
    return Listed("a week grid", seen, "Student", records, {}, wrong)


@dataclass(frozen=True)
class GridTables:
    """The tables of a sheet with their sessions: `found` are those that are read, `unread` says of rows
    of days why they are not; `bells` are those of the sheet itself, `rung` tells whether any are known."""

    found: tuple[tuple[Table, Sessions], ...]
    unread: tuple[Problem, ...]
    problems: tuple[Problem, ...]
    weeks: Weeks
    bells: Bells
    rung: bool

    @property
    def wrong(self) -> tuple[Problem, ...]:
        return (*self.unread, *self.problems)

    @property
    def lacks_bells(self) -> bool:
        """Tell whether all times are periods, and no bell schedule says when they are."""
        return all(sessions.periods for _, sessions in self.found) and not self.rung

    @property
    def records(self) -> tuple[Record, ...]:
        return tuple(record for _, sessions in self.found for record in sessions.records)


def read_grid_tables(
    sheet: Sheet,
    known: PeopleKnown,
    bells: Bells,
    cells: CellReader = read_session_cell,
    problems: GridProblems | None = None,
) -> GridTables | None:
    """Return the tables of a week grid; None where there are none, or nothing tells them apart. `cells` reads
    one cell of sessions, `problems` are those to add to."""
    here = read_bells(sheet, whole=False)
    bells = here.and_of(bells)
    merged = merged_ranges(sheet)
    tables, unread = find_days(sheet, merged, here.areas)
    if not tables or _is_a_list(sheet, tables):
        return None
    problems = GridProblems(sheet) if problems is None else problems
    titles = [titles_of(sheet, one, until(one, tables), merged, here.areas, known) for one in tables]
    owners = whose_tables(sheet, tables, titles, known, problems)
    if owners is None:
        return None
    weeks = read_weeks(sheet)
    read = [
        (table, read_sessions_below(table, known, bells, weeks, problems, cells))
        for table in _tables(sheet, tables, owners, titles, merged, here.areas, problems)
    ]
    found = tuple((table, sessions) for table, sessions in read if sessions is not None)
    return GridTables(found, unread, tuple(problems.all()), weeks, here, bool(bells.times))


def _is_a_list(sheet: Sheet, tables: Sequence[DaysAcross]) -> bool:
    """Tell whether a student and a service have each a column on the left of the days, or in a row above."""
    first = tables[0]
    for row, cells in enumerate(sheet.rows[: first.row], start=1):
        left = cells[: first.first] if row == first.row else cells
        names = {read_header(cell, tab="Schedule").value for cell in left if isinstance(cell, str)}
        if {"Student", "Service"} <= names:
            return True
    return False


def until(table: DaysAcross, tables: Sequence[DaysAcross]) -> int:
    """Return the first column that is not beside a table: the next one's days, or far beyond the last."""
    return min((one.left for one in tables if one.row == table.row and one.left > table.left), default=10_000)


def _tables(
    sheet: Sheet,
    tables: Sequence[DaysAcross],
    owners: Sequence[Whose | None],
    titles: Sequence[Titles],
    merged: Sequence[Area],
    areas: Sequence[Area],
    problems: GridProblems,
) -> Iterator[Table]:
    """Yield the tables that are read, each ended before the titles of those below it, and each with one
    column of times."""
    for number, (days, whose) in enumerate(zip(tables, owners, strict=True)):
        if whose is not None:
            end = until(days, tables)
            tops = [
                title.top - 1
                for one, title in zip(tables, titles, strict=True)
                if one.row > days.row and one.overlaps(days.left, days.end - 1)
            ]
            ended = replace(days, last_row=min((days.last_row, *tops)))
            times = _times_of(days, tables[:number])
            own = (*range(days.left, days.first), *times)
            for block in parted_at_times(sheet, ended, end, own, areas, problems):
                yield Table(sheet, block.days, whose, block.until, merged, areas, times, block.again)


def _times_of(days: DaysAcross, before: Sequence[DaysAcross]) -> range:
    """Return where the times of a table without any of its own stand: left of the first one in its row."""
    first = next((one for one in before if one.row == days.row), days)
    return range(first.left, first.first)


def nothing_read(why: Problem) -> CannotCount:
    return CannotCount(
        f"the Schedule is a week grid of which nothing can be read: {why.problem} ({why.cell})", why.remedy
    )


def without_bells() -> CannotCount:
    return CannotCount(
        "the Schedule is a week grid of periods, and no bell schedule says when they are",
        'add a tab "Bell Schedule" with the columns Period, Start and End, or write times like "9:00-9:30"',
    )
