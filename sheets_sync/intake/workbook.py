"""From the tabs of a workbook to the tables that are counted (tables.py); nothing is guessed in silence."""

from __future__ import annotations

from datetime import date

import pandas as pd

from sheets_sync.config import Names
from sheets_sync.intake.attendance import read_attendance
from sheets_sync.intake.bell_schedule import NO_BELLS, Bells, read_bells
from sheets_sync.intake.calendar_rows import no_calendar, read_calendar, school_year, usual_school_year
from sheets_sync.intake.caseload import read_caseload
from sheets_sync.intake.context import Context, Labels
from sheets_sync.intake.headings import leave_out_headings
from sheets_sync.intake.hidden_and_merged import report_hidden_and_merged
from sheets_sync.intake.layouts.reading import FIRST, people_known, read_tab
from sheets_sync.intake.roster import make_roster
from sheets_sync.intake.schedule_rows import read_schedule_rows
from sheets_sync.intake.seen import seen_tabs
from sheets_sync.intake.service_grid import read_service_grid
from sheets_sync.intake.service_log import read_service_log
from sheets_sync.intake.staff import read_staff
from sheets_sync.intake.tab_finder import BELLS, OPTIONAL_TABS, FoundTabs, find_tabs
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.problems import CannotCount, Problem, Severity
from sheets_sync.tables import ATTENDANCE, STAFF, Tables, table

_ABOUT_STUDENTS = ("Service Grid", "Schedule", "Service Log", "Attendance")


def read_tables(
    snapshot: Snapshot,
    names: Names,
    *,
    today: date,
    school_minutes: int | None = None,
    ours: tuple[str, ...] = ("Compliance", "Data Problems"),
) -> Tables:
    """Read every tab that staff keep into the tables of tables.py.

    Whatever cannot be read becomes one Problem a cause in `Tables.problems`, with its first cell, tab by
    tab; the other rows are read all the same. The tables share their categories: a student, a service
    or a provider has the same code in each. `today` only decides the year of dates without one, and which
    rows of the log are prepared for later. `ours` are the names of the tabs that the program writes.

    A date such as 9/3 is read month first, as is usual in the US, unless the cells of its column show that
    they put the day first; where some cells can only be one and some only the other, it is refused.

    Raises CannotCount if a tab or a required column is missing, or a column stands there twice.
    """
    found = find_tabs(snapshot, names.tabs, ours)
    context = Context(names, usual_school_year(today), make_roster((), ()), school_minutes)
    context.found.problems += found.problems
    context.bells = _bells(found, context)
    tabs = _read_tabs(found, names, context)
    calendar = _calendar(tabs, found, today, context)
    context.school_year = school_year(calendar, today)
    staff = read_staff(tabs["Staff"], context) if "Staff" in tabs else table(STAFF)
    students = read_caseload(leave_out_headings(tabs["Caseload"], context), context)
    about = {tab: leave_out_headings(tabs[tab], context) for tab in _ABOUT_STUDENTS if tab in tabs}
    lines = read_service_grid(about["Service Grid"], context)
    schedule = read_schedule_rows(about["Schedule"], context)
    log = read_service_log(about["Service Log"], context, today)
    attendance = read_attendance(about["Attendance"], context) if "Attendance" in tabs else table(ATTENDANCE)
    for frame in (lines, schedule, log, attendance):
        _share_categories(frame, context)
    return Tables(
        students,
        lines,
        schedule,
        log,
        calendar,
        attendance,
        staff,
        tuple(context.found.problems),
        {tab: sheet.name for tab, sheet in _all_sheets(found)},
        {tab: {name: column.position for name, column in rows.columns.items()} for tab, rows in tabs.items()},
        {tab: rows.taken_for for tab, rows in tabs.items() if rows.taken_for} | _bells_seen(context.bells),
        seen_tabs(tabs, context.found),
    )


def _read_tabs(found: FoundTabs, names: Names, context: Context) -> dict[str, TabRows]:
    """Read the rows of every tab; an optional tab with nothing in it is as one that is not there.

    Raises CannotCount that says what is wrong with every tab, not only the first.
    """
    tabs: dict[str, TabRows] = {}
    stops: list[CannotCount] = []
    for tab, sheet in sorted(found.sheets.items(), key=lambda named: named[0] not in FIRST):
        if tab in OPTIONAL_TABS and not any(any(cell is not None for cell in row) for row in sheet.rows):
            continue
        known = people_known(tabs, names.aliases)
        try:
            tabs[tab] = read_tab(sheet, tab, names.columns.get(tab, {}), known, context.bells)
        except CannotCount as stop:
            stops.append(stop)
            continue
        context.found.problems += [*tabs[tab].problems, *report_hidden_and_merged(tabs[tab])]
    if stops:
        raise CannotCount("; ".join(stop.what for stop in stops), "; ".join(stop.remedy for stop in stops))
    return {tab: tabs[tab] for tab in found.sheets if tab in tabs}


def _bells(found: FoundTabs, context: Context) -> Bells:
    """Read the bell schedule; one from which nothing can be read is asked about."""
    if found.bells is None:
        return NO_BELLS
    bells = read_bells(found.bells, whole=True)
    context.found.problems += bells.problems
    if not bells.times and found.bells.rows:
        problem = "This looks like a bell schedule, and no period with a time is found on it."
        remedy = "Give it the columns Period, Start and End."
        context.found.problems.append(
            Problem(Severity.QUESTION, found.bells.name, "", found.bells.name, problem, remedy)
        )
    return bells


def _bells_seen(bells: Bells) -> dict[str, str]:
    return {BELLS: f"a bell schedule: {len(bells.times)} periods"} if bells.times else {}


def _all_sheets(found: FoundTabs) -> list[tuple[str, Sheet]]:
    return [*found.sheets.items(), *([(BELLS, found.bells)] if found.bells else [])]


def _calendar(
    tabs: dict[str, TabRows], found: FoundTabs, today: date, context: Context
) -> pd.DataFrame | None:
    if "Calendar" in tabs:
        return read_calendar(tabs["Calendar"], today, context.found)
    context.found.problems.append(no_calendar(empty=found.sheets.get("Calendar")))
    return None


def _share_categories(frame: pd.DataFrame, context: Context) -> None:
    """Give a table's students, services and providers the categories of the whole workbook."""
    shared: dict[str, Labels] = {
        "student": context.students,
        "service": context.services,
        "provider": context.providers,
    }
    for name, labels in shared.items():
        if name in frame:
            frame[name] = labels.categorical(frame[name].cat.codes.to_numpy())
