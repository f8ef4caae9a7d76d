"""Times in the cells: students (or one student's services) down, days across, "9:00-9:30" in each cell.

The reverse of a week grid. Each time in a cell is one row of the Schedule, on the day above it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from sheets_sync.intake.calendar_words import weekdays
from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.columns_that_take_back import ask_of_columns
from sheets_sync.intake.header_row import meaning_of_headers
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.alternate_weeks import counted_from, read_weeks
from sheets_sync.intake.layouts.days_across import DaysAcross, find_days, left_unread
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.grid_problems import GridProblems
from sheets_sync.intake.layouts.grid_titles import titles_of
from sheets_sync.intake.layouts.listed import Listed, Placed, cell_at
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.timed_cell import NotRead, read_timed_cell
from sheets_sync.intake.layouts.timed_rows import TimesReader, TimesTable, is_tick
from sheets_sync.intake.layouts.times_down import clock_of
from sheets_sync.intake.layouts.whose_table import whose_tables
from sheets_sync.intake.merged_cells import merged_ranges
from sheets_sync.intake.name_parts import with_whole_name
from sheets_sync.intake.names import name_key
from sheets_sync.intake.used_columns import COLUMNS
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem

TAB = "Schedule"
_FAR = 10_000
_LIKE_A_DAY = 0.7
_NOT_TIMED = (
    "Other days begin here, with no student or service on their left: what is below them is not read."
)


def read_times_in_cells(sheet: Sheet, configured: Mapping[str, str], known: PeopleKnown) -> Listed | None:
    """Return the sessions of a sheet with times below its days, None where the tab is none.

    Students stand below the header Student; where services or providers do, the title, the tab's name or the
    cell says whose they are. A start alone lasts as long as its cell or the column Minutes says. A tick
    stands for the time in the row's column Start. What a cell says has to agree with the columns beside it.
    """
    found, unread = find_days(sheet, merged_ranges(sheet), ())
    sheet, found = _as_one_page(sheet, found)
    tables = [one for one in found if _columns(sheet, one, configured)]
    if not any(_holds_sessions(sheet, one, _columns(sheet, one, configured), known) for one in tables):
        return None
    problems, weeks = GridProblems(sheet), read_weeks(sheet)
    problems.add((*unread, *weeks.problems))
    merged = merged_ranges(sheet)
    titles = [titles_of(sheet, one, _FAR, merged, (), known) for one in tables]
    owners = whose_tables(sheet, tables, titles, known, problems) or [None] * len(tables)
    doubts = Doubts(sheet)
    for days in found:
        if days not in tables:
            doubts.at(days.row, days.first, _NOT_TIMED, "Give it a tab of its own.")
    records: list[Mapping[str, Placed]] = []
    for days, whose in zip(tables, owners, strict=True):
        if whose is not None:
            columns = _columns(sheet, days, configured)
            reader = TimesReader(sheet, TimesTable(days, whose, columns), known, weeks, doubts)
            records += reader.records()
            for short, cell in reader.short.items():
                problems.called([short], *cell)
            rows = range(days.row + 1, days.last_row + 1)
            problems.add(_unread_columns(sheet, days, columns, known))
            problems.add(ask_of_columns(sheet, TAB, days.row, {**columns, **_over(days)}, rows))
    if any("From" in one and one["From"] in weeks.begins.values() for one in records):
        problems.add([counted_from(sheet, weeks)])
    wrong = (*problems.all(), *doubts.problems())
    if not records and not wrong:
        return None
    students = len({name_key(text_of(one["Student"][0])) for one in records if "Student" in one})
    across = max(len(table.days) for table in tables)
    down = f"{students} student{'' if students == 1 else 's'} down"
    seen = f"{down}, {across} days across, {len(records)} sessions"
    return Listed("times in cells", seen, "Days", tuple(records), {}, wrong)


def _over(days: DaysAcross) -> dict[str, int]:
    return {f"day {place}": place for day in days.days for place in day.places}


def _as_one_page(sheet: Sheet, tables: Sequence[DaysAcross]) -> tuple[Sheet, tuple[DaysAcross, ...]]:
    """Return the sheet without headers that are those of the table above once more, which goes on there."""
    found: list[DaysAcross] = []
    rows = list(sheet.rows)
    for table in tables:
        again = found and sheet.rows[table.row - 1] == sheet.rows[found[-1].row - 1]
        if again and not table.beside and not _is_titled(sheet, table):
            found[-1] = replace(found[-1], last_row=table.last_row)
            rows[table.row - 1] = ()
        else:
            found.append(table)
    return replace(sheet, rows=rows), tuple(found)


def _is_titled(sheet: Sheet, table: DaysAcross) -> bool:
    """Tell whether a text alone stands above the days: then they are another's, or of another service."""
    above = (cells for cells in reversed(sheet.rows[: table.row - 1]) if not all(map(is_blank, cells)))
    return sum(not is_blank(cell) for cell in next(above, ())) == 1


def _columns(sheet: Sheet, table: DaysAcross, configured: Mapping[str, str]) -> dict[str, int]:
    """Return the columns beside the days by their headers; none where no student or service stands left of
    the days, or a column of days does."""
    meaning = meaning_of_headers(TAB, configured)
    over = {place for day in table.days for place in day.places}
    found: dict[str, list[int]] = {}
    called: list[int] = []
    for place, cell in enumerate(sheet.rows[table.row - 1]):
        name = meaning(cell) if isinstance(cell, str) and place not in over and not is_blank(cell) else None
        if name in COLUMNS[TAB]:
            found.setdefault(name, []).append(place)
        elif name is None and isinstance(cell, str) and _is_name(cell):
            called.append(place)
    if called and "Student" not in found:
        found["Student"] = called
    columns = {name: places[0] for name, places in with_whole_name(found, "Schedule").items()}
    first = next((columns[name] for name in ("Student", "Service", "Provider") if name in columns), _FAR)
    of_cells = "Student" in columns or not _has_times_beside(sheet, table)
    return columns if first < table.first and "Days" not in columns and of_cells else {}


def _is_name(header: str) -> bool:
    return read_header(header, tab="Caseload").value == "Student"


def _has_times_beside(sheet: Sheet, table: DaysAcross) -> bool:
    """Tell whether times stand left of the days: then it is a week grid."""
    rows = range(table.row + 1, table.last_row + 1)
    return any(clock_of(cell_at(sheet, row, place)) for row in rows for place in range(table.first))


def _holds_sessions(sheet: Sheet, table: DaysAcross, columns: Mapping[str, int], known: PeopleKnown) -> bool:
    """Tell whether a time stands below a day, or a tick where a column says the time."""
    ticked = {"Student", "Start"} <= columns.keys()
    cells = (
        cell_at(sheet, row, place)
        for row in range(table.row + 1, table.last_row + 1)
        for day in table.days
        for place in day.places
    )
    return any((ticked and is_tick(cell)) or _is_time(cell, known) for cell in cells)


def _is_time(cell: CellValue, known: PeopleKnown) -> bool:
    if is_blank(cell) or isinstance(cell, bool):
        return False
    read = read_timed_cell(cell, known)
    return not isinstance(read, NotRead) and any(one.start is not None or one.period for one in read)


def _unread_columns(
    sheet: Sheet, table: DaysAcross, columns: Mapping[str, int], known: PeopleKnown
) -> list[Problem]:
    """Report the columns among the days above which no day stands, and those behind them that have times
    below a header that is blank or like a day's."""
    behind = range(table.end, max(map(len, sheet.rows)))
    others = {place for place in behind if not _may_be_of_a_day(sheet, table, place, known)}
    days = {place for day in table.days for place in day.places}
    return left_unread(sheet, table, {*columns.values(), *days, *others}, behind.stop, ())


def _may_be_of_a_day(sheet: Sheet, table: DaysAcross, place: int, known: PeopleKnown) -> bool:
    header = text_of(cell_at(sheet, table.row, place)).casefold()
    rows = range(table.row + 1, table.last_row + 1)
    is_like_a_day = not header or get_close_matches(header, weekdays(), n=1, cutoff=_LIKE_A_DAY)
    return bool(is_like_a_day) and any(_is_time(cell_at(sheet, row, place), known) for row in rows)
