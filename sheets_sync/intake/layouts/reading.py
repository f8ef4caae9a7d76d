"""Reads a tab in whatever layout it is kept: a list, or a grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from sheets_sync.config import Names
from sheets_sync.intake.bell_schedule import NO_BELLS, Bells
from sheets_sync.intake.layouts.attendance_grid import read_attendance_grid
from sheets_sync.intake.layouts.attendance_marks import read_attendance_marks
from sheets_sync.intake.layouts.dated_sessions import read_dated_sessions
from sheets_sync.intake.layouts.key_of_list import KEYED, read_keyed_rows
from sheets_sync.intake.layouts.listed import Listed
from sheets_sync.intake.layouts.named_sections import read_named_sections
from sheets_sync.intake.layouts.one_service import read_with_one_service, with_one_service
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.plan_book_grid import read_plan_book
from sheets_sync.intake.layouts.service_above import read_with_service_above, with_another_service_asked
from sheets_sync.intake.layouts.service_sections import read_service_sections, with_service_sections
from sheets_sync.intake.layouts.service_times import LAYOUT as SERVICE_TIMES
from sheets_sync.intake.layouts.service_times import read_service_times
from sheets_sync.intake.layouts.services_across import read_services_across
from sheets_sync.intake.layouts.services_in_cells import read_services_in_cells
from sheets_sync.intake.layouts.times_in_cells import read_times_in_cells
from sheets_sync.intake.layouts.week_grid import read_week_grid
from sheets_sync.intake.layouts.wide_repeats import WIDE, read_wide_repeats
from sheets_sync.intake.lines_of_ways import lines_of_ways
from sheets_sync.intake.names import name_key
from sheets_sync.intake.outside_names import quoted_outside
from sheets_sync.intake.said_once import read_list_rows
from sheets_sync.intake.sheet_names import SaidByName, said_by, said_of
from sheets_sync.intake.tab_rows import TabRows, rows_of_grid
from sheets_sync.intake.two_header_rows import with_one_header_row
from sheets_sync.intake.used_columns import COLUMNS
from sheets_sync.ports import Sheet, source_name
from sheets_sync.problems import CannotCount, Problem, Severity

Codes = Mapping[str, str]
Reader = Callable[[Sheet, Mapping[str, str], PeopleKnown, Bells, Codes], Listed | None]
NO_CODES: Codes = {}
LIST, WEEK_GRID, ATTENDANCE_GRID, PLAN_BOOK = "list", "week grid", "attendance grid", "plan book"
SERVICES_ACROSS, SIDE_BY_SIDE = "services in columns", "records side by side"
SERVICES_IN_CELLS = "services in one cell"
TIMES_IN_CELLS, KINDS_IN_COLUMNS = "times in cells", "kinds in columns"
ATTENDANCE = "Attendance"


def _dates_across(
    tab: str, sheet: Sheet, configured: Mapping[str, str], known: PeopleKnown, bells: Bells, codes: Codes
) -> Listed | None:
    return read_attendance_grid(sheet, tab, configured, known, codes)


GRIDS: Mapping[str, Mapping[str, Reader]] = {
    "Schedule": {
        TIMES_IN_CELLS: lambda sheet, configured, known, _bells, _codes: read_times_in_cells(
            sheet, configured, known
        ),
        SERVICE_TIMES: lambda sheet, configured, known, _bells, _codes: read_service_times(
            sheet, configured, known
        ),
        WEEK_GRID: lambda sheet, _configured, known, bells, _codes: read_week_grid(sheet, known, bells),
    },
    "Service Log": {ATTENDANCE_GRID: partial(_dates_across, "Service Log")},
    "Service Grid": {
        SERVICES_ACROSS: lambda sheet, configured, known, _bells, _codes: read_services_across(
            sheet, configured, known
        ),
        SERVICES_IN_CELLS: lambda sheet, configured, known, _bells, _codes: read_services_in_cells(
            sheet, configured, known
        ),
    },
    ATTENDANCE: {
        ATTENDANCE_GRID: partial(_dates_across, ATTENDANCE),
        KINDS_IN_COLUMNS: lambda sheet, configured, _known, _bells, _codes: read_attendance_marks(
            sheet, configured
        ),
    },
}
"""The layouts in which a tab can be kept beside a list."""
BOOKS = ("Schedule", "Service Log")
"""The tabs which a plan book can be."""
SAID_BY_NAME = (*BOOKS, "Service Grid")
"""The tabs whose name can say whose they are."""
LAYOUTS: Mapping[str, tuple[str, ...]] = {
    tab: (
        *(LIST, *GRIDS.get(tab, ())),
        *((PLAN_BOOK,) if tab in BOOKS else ()),
        *((SIDE_BY_SIDE,) if tab in WIDE else ()),
    )
    for tab in COLUMNS
}
"""Canonical tab -> what [layouts] can call it."""
FIRST = ("Caseload", "Staff", "Service Grid")
"""The tabs that say who is who: cells of the others are read by them."""


def read_tab(
    sheet: Sheet,
    tab: str,
    names: Names,
    known: PeopleKnown,
    bells: Bells = NO_BELLS,
    codes: Codes = NO_CODES,
) -> TabRows:
    """Return the rows of a tab: of a list where it has a list's header, else of the first grid that it is.

    Records side by side go before a list: as one, all but the first of each row would be left unread. What
    the sheet's name says ("OT log - Kim") holds of all rows where no column says it. A layout that
    [layouts] names is the only one that is tried. `codes` is the key on a tab of its own.
    Raises CannotCount, of what the list lacks, where it is neither.
    """
    configured = _columns(sheet, tab, names)
    wanted = layout_of(names.layouts, sheet, tab)
    wide = read_wide_repeats(sheet, tab, configured) if tab in WIDE and wanted in ("", SIDE_BY_SIDE) else None
    if tab == ATTENDANCE and not wanted:
        wide = read_attendance_marks(sheet, configured, fewest=2)
    if wide is not None:
        return rows_of_grid(sheet, tab, wide)
    grids = GRIDS.get(tab, {})
    book = partial(_plan_book, sheet, tab, names, known, bells, codes)
    if wanted not in ("", LIST):
        if wanted == PLAN_BOOK:
            listed = book(is_one=True)
        else:
            listed = grids[wanted](sheet, configured, known, bells, codes) if wanted in grids else None
        if listed is None:
            raise _is_not(sheet, tab, wanted)
        return rows_of_grid(sheet, tab, listed)
    said = _said(sheet, known) if tab in SAID_BY_NAME else None
    given = said.given if said else {}
    one = with_one_header_row(sheet, tab, configured, given)
    sheet = one.sheet
    if tab == "Schedule" and (dated := _dated(sheet, names, given)) is not None:
        return dated

    def read_list(said_of_all: Mapping[str, str]) -> TabRows:
        if tab in KEYED:
            rows = read_keyed_rows(sheet, tab, configured, said_of_all, codes, known)
        else:
            rows = read_list_rows(sheet, tab, configured, said_of_all, known)
        rows = replace(rows, problems=(*rows.problems, *one.problems))
        return lines_of_ways(rows) if tab == "Service Grid" else rows

    try:
        rows = read_list(given)
        sections = with_service_sections(rows, given, known) if "Service" in given else None
        return with_another_service_asked(rows, given) if sections is None else sections
    except CannotCount:
        listed = None if wanted else book() or _first_grid(sheet, tab, configured, known, bells, codes)
        if listed is not None:
            return with_one_service(rows_of_grid(sheet, tab, listed), known)
        return _lacking_a_column(sheet, tab, read_list, given, known)


def _lacking_a_column(
    sheet: Sheet,
    tab: str,
    read_list: Callable[[Mapping[str, str]], TabRows],
    given: Mapping[str, str],
    known: PeopleKnown,
) -> TabRows:
    """Return the rows of a list of which the headings between its rows say a column, or whose service stands
    above it, or is the only one; where it lacks more, raise what is lacking."""

    def read(said_of_all: Mapping[str, str]) -> TabRows:
        try:
            return read_list(said_of_all)
        except CannotCount:
            sections = read_named_sections(sheet, tab, read_list, said_of_all, known)
            if sections is None:
                raise
            return sections

    if (rows := read_service_sections(tab, given, known, read)) is not None:
        return rows
    for without_service in (read_with_service_above, read_with_one_service):
        if (rows := without_service(sheet, tab, given, known, read)) is not None:
            return rows
    return read(given)


def _first_grid(
    sheet: Sheet, tab: str, configured: Mapping[str, str], known: PeopleKnown, bells: Bells, codes: Codes
) -> Listed | None:
    read = (grid(sheet, configured, known, bells, codes) for grid in GRIDS.get(tab, {}).values())
    return next((listed for listed in read if listed is not None), None)


def _plan_book(
    sheet: Sheet,
    tab: str,
    names: Names,
    known: PeopleKnown,
    bells: Bells,
    codes: Codes,
    *,
    is_one: bool = False,
) -> Listed | None:
    """Return a plan book of weeks with their dates; the codes are also those of the configuration."""
    source = names.sources.get(source_name(sheet)) if sheet.as_tab else None
    own = source.codes if source and source.codes else names.codes
    return read_plan_book(sheet, tab, known, bells, (codes, own), is_one=is_one) if tab in BOOKS else None


def _dated(sheet: Sheet, names: Names, said: Mapping[str, str]) -> TabRows | None:
    schedule, log = (_columns(sheet, tab, names) for tab in SAID_BY_NAME[:2])
    return read_dated_sessions(sheet, schedule, log, said)


def layout_of(layouts: Mapping[str, str], sheet: Sheet, tab: str) -> str:
    """Return the layout that [layouts] names for a sheet, by its own name before its tab's; "" for none.

    "Caseload" there is the tab of the program, also where columns of that sheet are read as another.
    """
    own = {name_key(name): layout for name, layout in layouts.items() if name not in LAYOUTS}
    return own.get(name_key(sheet.name)) or layouts.get(tab, "")


def _is_not(sheet: Sheet, tab: str, wanted: str) -> CannotCount:
    can = "" if wanted in LAYOUTS[tab] else f"; the {tab} can be: {', '.join(LAYOUTS[tab])}"
    return CannotCount(
        f'{quoted_outside(sheet, tab)} cannot be read as "{wanted}", which [layouts] calls it{can}',
        "mend [layouts] in the configuration, or leave the tab out there: it is then recognised by itself",
    )


def layouts_of_nothing(layouts: Mapping[str, str], sheets: Sequence[Sheet]) -> list[Problem]:
    """Ask about the entries of [layouts] that name no tab, of the program or of this workbook."""
    known = {*map(name_key, LAYOUTS), *(name_key(sheet.name) for sheet in sheets)}
    return [
        Problem(
            Severity.QUESTION,
            name,
            "",
            name,
            f'The configuration calls this tab a "{layout}"; there is no such tab.',
            "Mend [layouts] in the configuration, or give the tab that name.",
        )
        for name, layout in layouts.items()
        if name_key(name) not in known
    ]


def _said(sheet: Sheet, known: PeopleKnown) -> SaidByName | None:
    """Return what the sheet's name says; of another workbook's, what either of its two names does."""
    elsewhere = (said_by(name, known) for name in sheet.name.split(": ", 1)[::-1])
    said = elsewhere if sheet.as_tab else (said_of(sheet, known),)
    return next((one for one in said if one is not None and one.given), None)


def _columns(sheet: Sheet, tab: str, names: Names) -> Mapping[str, str]:
    """Return the words for the columns of a sheet: another workbook has its own."""
    if not sheet.as_tab:
        return names.columns.get(tab, {})
    source = names.sources.get(source_name(sheet))
    return source.columns.get(tab, {}) if source else {}
