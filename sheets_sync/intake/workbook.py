"""From the tabs of a workbook to the tables that are counted (tables.py); nothing is guessed in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from sheets_sync.config import Names
from sheets_sync.intake.attendance import attendance_left_out, read_attendance
from sheets_sync.intake.bell_schedule import NO_BELLS, Bells, read_bells
from sheets_sync.intake.calendar_rows import no_calendar, read_calendar, school_year, usual_school_year
from sheets_sync.intake.caseload import read_caseload
from sheets_sync.intake.caseload_charts import join_charts
from sheets_sync.intake.caseload_headings import without_headings
from sheets_sync.intake.closed_days_of_books import with_closed_days
from sheets_sync.intake.context import Context
from sheets_sync.intake.headings import leave_out_headings
from sheets_sync.intake.hidden_and_merged import report_hidden_and_merged
from sheets_sync.intake.hidden_struck_noted import report_hidden_struck_noted
from sheets_sync.intake.late_starts import ask_of_late_starts
from sheets_sync.intake.layouts.key_tab import read_key_tabs
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.people_of_tabs import people_known
from sheets_sync.intake.layouts.reading import FIRST, PLAN_BOOK, layouts_of_nothing, read_tab
from sheets_sync.intake.outside_names import name_outside, quoted_outside
from sheets_sync.intake.plan_book import add_plan_book, marked_alone
from sheets_sync.intake.plan_book_weeks import BookReader, add_plan_book_weeks, noted_once
from sheets_sync.intake.problem_list import ProblemList
from sheets_sync.intake.roster import make_roster
from sheets_sync.intake.rotation_days import ask_of_rotation
from sheets_sync.intake.schedule_rows import read_schedule_rows
from sheets_sync.intake.seen import seen_tabs, source_of
from sheets_sync.intake.service_grid import read_service_grid
from sheets_sync.intake.service_log import read_service_log
from sheets_sync.intake.several_sheets import alike_once, below_each_other, together
from sheets_sync.intake.staff import read_staff
from sheets_sync.intake.tab_finder import BELLS, CASELOAD, OPTIONAL_TABS, FoundTabs, find_tabs, not_found
from sheets_sync.intake.tab_rows import TabRows, absent_rows
from sheets_sync.intake.tabs_of_people import add_grids_of_people, add_tabs_of_people
from sheets_sync.intake.times_on_caseload import add_service_times, names_for, told_once
from sheets_sync.intake.titles_above import ask_of_titles
from sheets_sync.intake.unread_sessions import unread_sessions
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.problems import CannotCount, Problem, Severity, in_sentences
from sheets_sync.tables import ATTENDANCE, LINES, LOG, SCHEDULE, STAFF, SheetRead, Tables, table

CAN_BE_ABSENT = ("Schedule", "Service Log", "Attendance")
"""Tabs of other workbooks without which the lines that do not need them can be counted (frozen.py)."""


BELOW_EACH_OTHER = ("Calendar", "Staff")
"""Tabs of which all sheets are read as one list: a part of each may be kept in other workbooks."""


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
    opened = open_tabs(snapshot, names, today=today, school_minutes=school_minutes, ours=ours)
    if opened.stop is not None:
        raise opened.stop
    return read_opened(opened, today).tables


NO_KEYS: Mapping[str, Mapping[str, str]] = {}


@dataclass(frozen=True)
class Opened:
    """The tabs of a workbook with their columns, before anything in the cells is read; `known` is whom those
    tabs name that say who is who.

    `stops` are the sheets that cannot be read as the tab they were found as, and why; `stop` is the error
    that says so of all of them and of what is missing, None where a run goes on.
    """

    found: FoundTabs
    tabs: Mapping[str, tuple[TabRows, ...]]
    known: PeopleKnown
    context: Context
    stops: tuple[tuple[str, Sheet, CannotCount], ...] = ()
    stop: CannotCount | None = None


@dataclass
class _SoFar:
    """What is read of a workbook so far; see Opened."""

    context: Context
    known: PeopleKnown
    tabs: dict[str, tuple[TabRows, ...]] = field(default_factory=dict)
    stops: list[tuple[str, Sheet, CannotCount]] = field(default_factory=list)


@dataclass(frozen=True)
class Read:
    """A workbook as it was read: `tabs` has every row from which `tables` were made, those about somebody;
    `found` knows all cells of each problem."""

    tables: Tables
    tabs: Mapping[str, tuple[TabRows, ...]]
    found: ProblemList


def open_tabs(
    snapshot: Snapshot,
    names: Names,
    *,
    today: date,
    school_minutes: int | None = None,
    ours: tuple[str, ...] = ("Compliance", "Data Problems"),
) -> Opened:
    """Find the tabs and their columns; see `read_tables`. Raises CannotCount for a tab that [tabs] alone
    names and that is not there."""
    found = find_tabs(snapshot, names, ours)
    context = Context(names, usual_school_year(today), make_roster((), ()), school_minutes)
    context.found.problems += layouts_of_nothing(names.layouts, snapshot.sheets)
    context.bells = _bells(found, context)
    return _open(found, names, context, today)


def read_opened(opened: Opened, today: date) -> Read:
    """Read what stands in the rows of the tabs that could be opened, of which one must be the Caseload."""
    found, tabs, context = opened.found, opened.tabs, opened.context
    names = context.names
    calendar = _calendar(tabs, found, today, context)
    context.school_year = school_year(calendar, today)
    staff = read_staff(tabs["Staff"][0], context) if "Staff" in tabs else table(STAFF)
    caseload = tabs["Caseload"][0]
    students = read_caseload(caseload, context)
    read: Mapping[str, Callable[[TabRows], pd.DataFrame]] = {
        "Service Grid": lambda rows: read_service_grid(rows, context),
        "Schedule": lambda rows: read_schedule_rows(rows, context),
        "Service Log": lambda rows: read_service_log(rows, context, today),
        "Attendance": lambda rows: read_attendance(rows, context),
    }
    known = opened.known
    about = {tab: [leave_out_headings(rows, context) for rows in tabs.get(tab, ())] for tab in read}
    for one in (caseload, *(rows for sheets in about.values() for rows in sheets)):
        ask_of_titles(one, context)
    frames = {tab: [reader(rows) for rows in about[tab]] for tab, reader in read.items()}
    lines = together(frames["Service Grid"], LINES, context)
    ask_of_late_starts(caseload, lines, context)
    schedule, sheets = together(frames["Schedule"], SCHEDULE, context), tabs.get("Schedule", ())
    schedule = told_once(alike_once(schedule, sheets, context), sheets, context)
    if calendar is not None and "Calendar" in tabs:
        ask_of_rotation(tabs["Calendar"][0], calendar, schedule, context.found)
    tables = Tables(
        students,
        lines,
        with_closed_days(schedule, sheets, calendar, context),
        together(frames["Service Log"], LOG, context),
        calendar,
        together(frames["Attendance"], ATTENDANCE, context),
        staff,
        tuple(dict.fromkeys(context.found.problems)),
        {
            tab: tuple(one for rows in sheets for one in _sheets(rows, source_of(rows, sheets), names, known))
            for tab, sheets in tabs.items()
        }
        | _bells_seen(found, context.bells, names, known),
        seen_tabs(tabs, context.found),
    )
    unread = unread_sessions(tables, sheets, context.found, known)
    tables = replace(tables, unread_sessions=unread)
    rows = {**tabs, **{tab: tuple(about[tab]) for tab in about if tab in tabs}}
    return Read(tables, rows, context.found)


def _sheets(rows: TabRows, source: str, names: Names, known: PeopleKnown) -> Iterator[SheetRead]:
    """Yield the sheet of these rows; of charts that were joined each of theirs, the first with all places."""
    for sheet in (rows.sheet, *rows.further):
        charts = [chart for chart in rows.charts if chart.sheet.name == sheet.name] or [rows]
        positions = {name: column.position for one in charts for name, column in one.columns.items()}
        places = _places(rows) if rows.charts and sheet is rows.sheet else {}
        outside = name_outside(sheet, rows.tab, names, known)
        yield SheetRead(
            sheet.name,
            positions,
            rows.taken_for,
            source,
            outside,
            bool(rows.sheet.as_tab),
            sheet.absent,
            stood=bool(sheet.absent) and not sheet.is_unread,
            as_of=sheet.as_of,
            used=frozenset().union(*(one.used for one in charts)),
            places=places,
        )


def _places(rows: TabRows) -> dict[tuple[str, int], tuple[str, str]]:
    return {
        (name, row): rows.place(at, column)
        for name, column in rows.columns.items()
        for at, row in enumerate(rows.rows.tolist())
    }


def _open(found: FoundTabs, names: Names, context: Context, today: date) -> Opened:
    """Open every tab; an optional tab with nothing in it is as one that is not there.

    Those that say who is who are read first: the others' cells and names are understood by them. What stops
    a run says what is wrong with every tab, not only the first.
    """
    so_far = _SoFar(context, people_known({}, names.aliases))
    _read_those(FIRST[:2], found, so_far)
    found = add_grids_of_people(found, names, so_far.known, context.bells, today)
    _read_those(FIRST[2:], found, so_far)
    known = so_far.known
    found = add_tabs_of_people(found, names, known, context.bells, today)
    found = add_plan_book(found, names, context.school_year, today)
    keys, unsure = read_key_tabs(found.keys)
    keys = {**keys, "Schedule": keys["Service Log"]}
    found = add_plan_book_weeks(found, BookReader(names, known, context.bells, keys["Service Log"], today))
    found = add_service_times(found, names)
    context.found.problems += found.problems
    rest = [tab for tab in found.sheets if tab not in FIRST]
    context.found.problems += unsure
    _read_those(rest, found, so_far, keys)
    tabs, stops = noted_once(marked_alone(so_far.tabs)), so_far.stops
    lacking = not_found(found, names.tabs)
    all_stops = [*([lacking] if lacking else []), *(stop for _, _, stop in stops)]
    read = [rows for tab in found.sheets for rows in tabs.get(tab, ())]
    for rows in read:
        hidden = [one for chart in rows.charts or (rows,) for one in report_hidden_and_merged(chart)]
        context.found.problems += [*rows.problems, *dict.fromkeys(hidden)]
    context.found.problems += report_hidden_struck_noted([c for rows in read for c in rows.charts or (rows,)])
    in_order = {tab: tabs[tab] for tab in found.sheets if tab in tabs}
    return Opened(found, in_order, known, context, tuple(stops), _as_one(all_stops))


def _as_one(stops: Sequence[CannotCount]) -> CannotCount | None:
    if not stops:
        return None
    return CannotCount("; ".join(stop.what for stop in stops), "; ".join(stop.remedy for stop in stops))


def _read_those(
    wanted: Iterable[str],
    found: FoundTabs,
    so_far: _SoFar,
    keys: Mapping[str, Mapping[str, str]] = NO_KEYS,
) -> None:
    """Add the rows of these tabs, and what stops a tab from being read, to what is read so far.

    `keys` are the codes of the workbook's key by tab; sheets of other workbooks have their own.
    """
    books = dict.fromkeys(found.books, PLAN_BOOK)
    context, stops = so_far.context, so_far.stops
    names = replace(context.names, layouts={**books, **context.names.layouts})
    for tab in wanted:
        read: list[TabRows] = []
        for sheet in found.sheets.get(tab, ()):
            if sheet.is_unread and tab in CAN_BE_ABSENT:
                read.append(absent_rows(sheet, tab, sheet.absent))
                continue
            if sheet.is_unread:
                stops.append((tab, sheet, _not_read(sheet, tab)))
                continue
            if tab in OPTIONAL_TABS and not any(any(cell is not None for cell in row) for row in sheet.rows):
                continue
            try:
                codes = {} if sheet.as_tab else keys.get(tab, {})
                own = names_for(sheet, tab, found, names)
                read.append(read_tab(sheet, tab, own, so_far.known, context.bells, codes))
            except CannotCount as stop:
                if sheet.as_tab and tab in CAN_BE_ABSENT:
                    read.append(absent_rows(sheet, tab, in_sentences(stop)))
                elif tab == "Attendance":
                    context.found.problems.append(attendance_left_out(sheet, stop))
                else:
                    stops.append((tab, sheet, stop))
        if read:
            so_far.tabs[tab] = _as_one_tab(tab, read, context)
            if tab in FIRST:
                so_far.known = people_known(so_far.tabs, names.aliases)


def _as_one_tab(tab: str, read: Sequence[TabRows], context: Context) -> tuple[TabRows, ...]:
    if tab == CASELOAD:
        charts = [without_headings(chart, context.school_year) for chart in read]
        return (join_charts(charts, context.names.aliases),)
    return (below_each_other(read),) if tab in BELOW_EACH_OTHER else tuple(read)


def _not_read(sheet: Sheet, tab: str) -> CannotCount:
    what = f"{quoted_outside(sheet, tab)} could not be read. {sheet.absent}"
    why = "; every line is counted by it, so all wait for it" if tab == "Calendar" else ""
    return CannotCount(what, f"see that it is there and shared{why}")


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


def _bells_seen(
    found: FoundTabs, bells: Bells, names: Names, known: PeopleKnown
) -> dict[str, tuple[SheetRead, ...]]:
    if found.bells is None:
        return {}
    layout = f"a bell schedule: {len(bells.times)} periods" if bells.times else ""
    outside = name_outside(found.bells, BELLS, names, known)
    return {BELLS: (SheetRead(found.bells.name, {}, layout, outside=outside),)}


def _calendar(
    tabs: Mapping[str, tuple[TabRows, ...]], found: FoundTabs, today: date, context: Context
) -> pd.DataFrame | None:
    if "Calendar" in tabs:
        return read_calendar(tabs["Calendar"][0], today, context.found)
    context.found.problems.append(no_calendar(empty=next(iter(found.sheets.get("Calendar", ())), None)))
    return None
