"""What stands below each day of a week grid: one column of sessions, one a provider, or one a detail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.day_header import DayHeader
from sheets_sync.intake.layouts.days_across import DaysAcross
from sheets_sync.intake.layouts.listed import Placed, cell_at, not_read
from sheets_sync.intake.layouts.no_session import is_no_session, is_sign
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.session_cell import read_session_line
from sheets_sync.ports import Sheet
from sheets_sync.problems import Problem

DETAILS = ("Student", "Service", "Provider", "Location", "Group", "Notes")
_REMEDY = (
    'Write above it what it holds: "Student", "Service", "Provider", "Location", "Group" or a name of Staff.'
)


@dataclass(frozen=True)
class DayColumn:
    """A column of sessions: `beside` are the columns of details, `fixed` is what its header says of all."""

    place: int
    header: DayHeader
    beside: Mapping[str, int] = field(default_factory=dict)
    fixed: Mapping[str, Placed] = field(default_factory=dict)


@dataclass(frozen=True)
class Columns:
    """`columns` in their order; sessions begin at `first_row`; `used` are the columns that are spoken for."""

    columns: tuple[DayColumn, ...]
    first_row: int
    used: set[int]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Below:
    """What one header below the days says: a detail of the sessions, or one that all of them share."""

    detail: str = ""
    fixed: Mapping[str, Placed] = field(default_factory=dict)


def read_columns(sheet: Sheet, table: DaysAcross, until: int, known: PeopleKnown) -> Columns:
    """Return the columns of sessions of a table; `until` is the first column that is not beside its days.

    Where each day has a known header below it the row is one of headers. Without such a row a day over
    several columns is read only where each of their cells names somebody: they may hold anything else.
    """
    headers = _headers(sheet, table, until, known)
    first_row = table.row + 2 if headers else table.row + 1
    columns: list[DayColumn] = []
    problems: list[Problem] = []
    used: set[int] = set()
    ends = [*(later.places[0] for _, later in pairwise(table.days)), until]
    for day, end in zip(table.days, ends, strict=True):
        places = [place for place in range(day.places[0], end) if place in day.places or place in headers]
        used |= set(places)
        unknown = [place for place in places if headers and place not in headers]
        filled = [place for place in unknown if _is_filled(sheet, place, table)]
        if headers:
            made = _of_day(day.header, {place: headers[place] for place in places if place in headers})
            if made is None or filled:
                where = filled[0] if filled else places[0]
                problem = "What the columns below this day hold cannot be told: they are not read."
                problems.append(not_read(sheet, table.row + 1, where, problem, _REMEDY))
            else:
                columns += made
        elif len(places) > 1 and not _names_somebody(sheet, places, table, known):
            problem = "This day is over several columns, and what each holds cannot be told: it is not read."
            problems.append(not_read(sheet, table.row, day.places[0], problem, _REMEDY))
        else:
            columns += [DayColumn(place, day.header) for place in places]
    return Columns(tuple(columns), first_row, used, tuple(problems))


def _headers(sheet: Sheet, table: DaysAcross, until: int, known: PeopleKnown) -> dict[int, _Below]:
    """Return the headers in the row below the days, {} where it is none: some day has no known one."""
    if table.row >= table.last_row:
        return {}
    row = table.row + 1
    found = {
        place: below
        for place in range(table.first, until)
        if (below := _header(sheet, row, place, known)) is not None
    }
    return found if all(day.places[0] in found for day in table.days) else {}


def _header(sheet: Sheet, row: int, place: int, known: PeopleKnown) -> _Below | None:
    cell = cell_at(sheet, row, place)
    if not isinstance(cell, str) or is_blank(cell):
        return None
    detail = read_header(cell, tab="Schedule").value
    if detail in DETAILS:
        return _Below(detail)
    said = read_session_line(cell, known)
    if said.unknown or said.students or said.times or not (said.provider or said.service):
        return None
    named = {"Provider": said.provider, "Service": said.service, "Location": said.place, "Group": said.group}
    return _Below(fixed={name: (text, row, place) for name, text in named.items() if text})


def _of_day(header: DayHeader, headers: Mapping[int, _Below]) -> list[DayColumn] | None:
    """Return the columns of sessions of a day: one for each header that names somebody, else one for each
    student (a service, in the plan of one student) with the details that follow; None where it has neither.
    """
    details = {place: below.detail for place, below in headers.items() if below.detail}
    fixed = {place: below.fixed for place, below in headers.items() if below.fixed}
    if details and fixed:
        return None
    if fixed:
        return [DayColumn(place, header, fixed=said) for place, said in fixed.items()]
    main = "Student" if "Student" in details.values() else "Service"
    starts = [place for place, detail in details.items() if detail == main]
    if not starts or (len(starts) > 1 and starts[0] != min(details)):
        return None
    columns = []
    for start, end in zip(starts, [*starts[1:], max(details) + 1], strict=True):
        of_it = {
            place: name
            for place, name in details.items()
            if place < end and (place >= start or len(starts) == 1)
        }
        if len(set(of_it.values())) < len(of_it):
            return None
        columns.append(
            DayColumn(start, header, {name: place for place, name in of_it.items() if place != start})
        )
    return columns


def _is_filled(sheet: Sheet, place: int, table: DaysAcross) -> bool:
    return any(not is_blank(cell_at(sheet, row, place)) for row in range(table.row + 1, table.last_row + 1))


def _names_somebody(sheet: Sheet, places: Sequence[int], table: DaysAcross, known: PeopleKnown) -> bool:
    """Tell whether each cell of these columns names a student, or says that there is no session."""
    for row in range(table.row + 1, table.last_row + 1):
        for place in places:
            cell = cell_at(sheet, row, place)
            if is_blank(cell) or (isinstance(cell, str) and (is_no_session(cell) or is_sign(cell))):
                continue
            if not isinstance(cell, str) or not read_session_line(cell, known).students:
                return False
    return True
