"""A plan book kept week by week: times down, days with their dates across, sessions in the cells, and behind
each that was held, or was not, a mark.

Each session is one of that day alone: a row of the Schedule, and where it has a mark an entry of the Service
Log too. One week without marks may be the plan of every week: that is a week grid, unless it is called a plan
book.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sheets_sync.categories import Category
from sheets_sync.intake.bell_schedule import NO_BELLS, Bells, read_bells
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.codes import read_code
from sheets_sync.intake.dates import read_written_date
from sheets_sync.intake.layouts.day_header import read_day
from sheets_sync.intake.layouts.days_across import DaysAcross, find_days
from sheets_sync.intake.layouts.grid_problems import GridProblems
from sheets_sync.intake.layouts.grid_sessions import CellReader
from sheets_sync.intake.layouts.grid_titles import titles_of
from sheets_sync.intake.layouts.header_words import week_in_name
from sheets_sync.intake.layouts.key_meanings import category_words
from sheets_sync.intake.layouts.key_of_codes import (
    Key,
    lines_alone,
    read_key,
    texts_at,
    together,
)
from sheets_sync.intake.layouts.key_tables import key_tables, without
from sheets_sync.intake.layouts.listed import Listed, cell_at
from sheets_sync.intake.layouts.marked_cell import TICKED, TICKS, read_marked_cell
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.session_cell import SessionText
from sheets_sync.intake.layouts.session_records import Record
from sheets_sync.intake.layouts.times_down import clock_of
from sheets_sync.intake.layouts.week_dates import DatedDays, dates_in_week, monday_of, read_week_dates
from sheets_sync.intake.layouts.week_grid import GridTables, read_grid_tables, until, without_bells
from sheets_sync.intake.layouts.weekdays_beside import monday_meant
from sheets_sync.intake.layouts.whose_table import NAMES_A_DATE, SAY_WHICH_WEEKS
from sheets_sync.intake.merged_cells import merged_ranges
from sheets_sync.intake.periods import period_key
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Severity

SCHEDULE = "Schedule"
LAYOUT = "a plan book"
ONE_DAY = "Each day has a date: what stands below it is read as sessions of that day alone."
NO_MONDAY = (
    "A week may be named by its Tuesday, or by the weekend before it: it is read as the week of that Monday."
)
_IF_ANOTHER = 'If another week is meant, write its Monday: "Week of 9/8/2025".'
_ONE_WEEK = "One week has a date, and marks behind its sessions: it is counted as that week alone."
_IF_RIGHT = "Nothing, if that is right. The plan of every week has no dates."
_WRITE_A_DATE = 'Write the date beside each day, like "Mon 9/8/2025", or "Week of 9/8/2025" above them.'
_OTHER_WEEK = (
    "This names another week than the dates of the days below it: the days are counted by their dates."
)
_MEND_ONE = "Mend the one that is wrong."
_EACH_DAY = "Give each day a column of its own."
Codes = Mapping[str, str]


@dataclass(frozen=True)
class _Week:
    """The tables of one week alone, in their places; `dated` tells whether it has a date."""

    sheet: Sheet
    tables: tuple[DaysAcross, ...]
    dated: bool


def read_plan_book(
    sheet: Sheet,
    tab: str,
    known: PeopleKnown,
    bells: Bells = NO_BELLS,
    codes: tuple[Codes, Codes] = ({}, {}),
    *,
    is_one: bool = False,
) -> Listed | None:
    """Return the sessions of a plan book, for the Service Log those that have a mark; None where the tab is
    none. `codes` are the key on a tab of its own, which the tab's goes before, and those of the
    configuration, which go before both; `is_one` says that the tab is a plan book also with one week and no
    marks.

    Raises CannotCount where the times are periods and there is no bell schedule.
    """
    if not _has_times(sheet):
        return None
    keyed, key = _without_key(sheet)
    keys = together(codes[0], key.codes)
    told = together(keys, codes[1])
    days = read_week_dates(keyed)
    if not days.dates and week_in_name(sheet.name) is None:
        return None
    here = read_bells(days.sheet, whole=False)
    bells = here.and_of(bells)
    weeks = list(_weeks(days, here, known))
    if not any(week.dated for week in weeks):
        return None
    problems = GridProblems(sheet)
    reader = _reader(told)
    read = [(week, read_grid_tables(week.sheet, known, bells, reader, problems)) for week in weeks]
    found = [(week, grid) for week, grid in read if grid is not None and grid.found]
    records = [record for week, grid in found if week.dated for record in _on_dates(days, grid, problems)]
    if found and all(grid.lacks_bells for _, grid in found):
        raise without_bells()
    mondays = {_monday(days, table) for week, _ in found if week.dated for table in week.tables}
    marked = sum("Status" in record for record in records)
    bare = any(table.row in days.bare for week, _ in found for table in week.tables)
    if not records or not (len(mondays) > 1 or marked or bare or is_one):
        return None
    for week, _ in found:
        if not week.dated:
            _report_undated(week, problems)
    if len(mondays) > 1 or is_one:
        problems.report(Severity.NOTE, *records[0]["Date"][1:], ONE_DAY, _IF_RIGHT)
    else:
        problems.report(Severity.QUESTION, *records[0]["Date"][1:], _ONE_WEEK, SAY_WHICH_WEEKS)
    for title in days.moved[:1]:
        problems.report(Severity.NOTE, *title, NO_MONDAY, _IF_ANOTHER)
    for title in days.doubted:
        problems.report(Severity.QUESTION, *title, _OTHER_WEEK, _MEND_ONE)
    _note_ticks(sheet, records, problems)
    wrong = (*here.problems, *key.problems, *(one for _, grid in read if grid for one in grid.unread))
    said = [one for one in problems.all() if one.problem != NAMES_A_DATE]
    weeks_read = f"{len(mondays)} week{'' if len(mondays) == 1 else 's'}"
    seen = f"{weeks_read}, {len(records)} sessions, {marked} with a mark"
    kept = records if tab == SCHEDULE else [_entry(one, told) for one in records if "Status" in one]
    return Listed(LAYOUT, seen, "Student", tuple(kept), keys, (*wrong, *said))


def _reader(codes: Mapping[str, str]) -> CellReader:
    """Return what reads a cell: each different text once, for a week is much like the next."""
    read: dict[str, tuple[SessionText, ...]] = {}

    def of_text(text: str, known: PeopleKnown) -> tuple[SessionText, ...]:
        if text not in read:
            read[text] = read_marked_cell(text, known, codes)
        return read[text]

    return of_text


def _without_key(sheet: Sheet) -> tuple[Sheet, Key]:
    """Return the sheet without the key of codes on it, above the first days or in lines of its own."""
    every = range(1, len(sheet.rows) + 1)
    in_columns = key_tables(sheet, every, category_words)
    bare = without(sheet, {place for table in in_columns for place in table.cells})
    top = _first_days(sheet) or len(sheet.rows) + 1
    texts = {*lines_alone(bare, every, category_words), *texts_at(bare, range(1, top))}
    key = read_key(bare, in_columns, sorted(texts), category_words)
    return without(bare, key.cells), key


def _first_days(sheet: Sheet) -> int | None:
    """Return the first row (1-based) with two days or dates."""
    rows = enumerate(sheet.rows, start=1)
    return next((row for row, cells in rows if sum(map(_is_of_a_day, cells)) > 1), None)


def _is_of_a_day(cell: CellValue) -> bool:
    if isinstance(cell, str):
        written = read_written_date(cell) if any(map(str.isdigit, cell)) else None
        return read_day(cell) is not None or (written is not None and written.day is not None)
    return isinstance(cell, date)


def _has_times(sheet: Sheet) -> bool:
    """Tell whether a time or a period stands left of the days: where students do, it is another grid."""
    top = _first_days(sheet)
    if top is None:
        return False
    first = next(place for place, cell in enumerate(sheet.rows[top - 1]) if _is_of_a_day(cell))
    left = (cell for cells in sheet.rows[top:] for cell in cells[:first] if cell is not None)
    return any(clock_of(cell) is not None or period_key(text_of(cell)) is not None for cell in left)


def _weeks(days: DatedDays, here: Bells, known: PeopleKnown) -> Iterator[_Week]:
    """Yield the tables of each week apart, with the titles above all of them."""
    sheet, merged = days.sheet, merged_ranges(days.sheet)
    tables, _ = find_days(sheet, merged, here.areas)
    _date_by_the_tab(days, tables)
    titles = [titles_of(sheet, one, until(one, tables), merged, here.areas, known) for one in tables]
    tops = [title.top if one.below else one.row for one, title in zip(tables, titles, strict=True)]
    by_week: dict[int | None, list[DaysAcross]] = {}
    for table in tables:
        by_week.setdefault(_monday(days, table), []).append(table)
    for monday, own in by_week.items():
        rows = {
            row
            for table, top in zip(tables, tops, strict=True)
            if table in own
            for row in range(top, _last_row(table, tables, tops) + 1)
        }
        hidden = _columns_of_others(tables, own)
        yield _Week(_part(sheet, range(1, tables[0].row), rows, hidden), tuple(own), monday is not None)


def _last_row(table: DaysAcross, tables: Sequence[DaysAcross], tops: Sequence[int]) -> int:
    """Return the last row of a table, above the titles of those below it."""
    below = [top - 1 for one, top in zip(tables, tops, strict=True) if one.row > table.row]
    return max(table.row, min((table.last_row, *below)))


def _columns_of_others(tables: Sequence[DaysAcross], own: Sequence[DaysAcross]) -> set[tuple[int, int]]:
    """Return the cells of other weeks beside these, but for the times that the first table has for all."""
    found = set()
    for table in tables:
        if table not in own and any(one.row == table.row for one in own):
            is_first = next(one for one in tables if one.row == table.row) is table
            columns = range(table.first if is_first else table.left, table.end)
            found |= {(row, place) for row in range(table.row, table.last_row + 1) for place in columns}
    return found


def _part(sheet: Sheet, above: range, rows: set[int], hidden: set[tuple[int, int]]) -> Sheet:
    """Return the rows above all tables and those of one week, in their places."""
    kept = [cells if row in above or row in rows else () for row, cells in enumerate(sheet.rows, start=1)]
    return without(replace(sheet, rows=kept), {place for place in hidden if place[0] in rows})


def _date_by_the_tab(days: DatedDays, tables: Sequence[DaysAcross]) -> None:
    """Date the only table of a tab whose name is a week: "Week of 9-8"."""
    first = week_in_name(days.sheet.name)
    if first is None or len({table.row for table in tables}) != 1 or days.dates:
        return
    monday = monday_meant(first, (key for table in tables for day in table.days for key in day.header.keys))
    days.moved += [(1, 0)] if monday != first else []
    for table in tables:
        for day in table.days:
            days.dates[table.row, day.places[0]] = dates_in_week(day.header, monday, (1, 0))


def _monday(days: DatedDays, table: DaysAcross) -> int | None:
    """Return a number for the week of a table, None where none of its days has a date."""
    dates = (days.dates.get((table.row, day.places[0]), {}) for day in table.days)
    return next((monday for one in dates if (monday := monday_of(one)) is not None), None)


def _on_dates(days: DatedDays, grid: GridTables, problems: GridProblems) -> Iterator[Record]:
    """Yield the sessions of a week with their dates instead of days; a day without one is reported."""
    for table, sessions in grid.found:
        for record in sessions.records:
            said, row, place = record["Days"]
            day = next(one for one in reversed(table.days.days) if one.places[0] <= place)
            keys = [one.key for one in day.header.each if text_of(said).endswith(one.day)]
            dates = days.dates.get((row, day.places[0]), {})
            placed = next((dates[key] for key in keys if key in dates), None)
            if placed is None:
                problem = "No date stands over this day: what stands below it is not read."
                problems.report(Severity.ERROR, row, day.places[0], problem, _WRITE_A_DATE)
                continue
            left_out = {"Days", "From"}
            if day.header.several and "Status" in record:
                problem = "This is over several days, and of which of them the mark is is not told."
                problems.report(Severity.ERROR, *record["Status"][1:], problem, _EACH_DAY)
                left_out |= {"Status"}
            kept = {name: one for name, one in record.items() if name not in left_out}
            yield {**kept, "Date": placed}


def _note_ticks(sheet: Sheet, records: Sequence[Record], problems: GridProblems) -> None:
    """Note at the first tick how it is read."""
    for record in records:
        mark, row, place = record.get("Status", (None, 1, 0))
        found = TICKS.search(text_of(cell_at(sheet, row, place))) if TICKED in text_of(mark) else None
        if found is not None:
            problem = "A tick behind a session is read as given."
            remedy = 'If it means something else, say so above the days, like "✓ = planned".'
            problems.report(Severity.NOTE, row, place, problem, remedy, found[0])
            return


def _entry(record: Record, codes: Codes) -> Record:
    """Return a marked session as an entry of the log: minutes in the mark go before those of the plan, which
    one that was late or left early did not have."""
    code = read_code(record["Status"][0], codes=codes).value
    own = code is not None and (code.minutes is not None or code.category is Category.LATE)
    return {name: one for name, one in record.items() if not (own and name == "End")}


def _report_undated(week: _Week, problems: GridProblems) -> None:
    for table in week.tables:
        problem = "No date tells of which week this is: what stands below it is not read."
        problems.report(Severity.ERROR, table.row, table.first, problem, _WRITE_A_DATE)
