"""When each service is, in columns beside the students: "Mon 9:00-9:30" below "Speech time", or "Speech: Mon
9:00-9:30; OT: Tue 1:00-1:30" below "Service times". So many keep it on the Caseload itself.

Each service of a cell is one row of the Schedule. What says how often is of the Service Grid
(services_across.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.headings import is_total
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.listed import Listed, Placed, cell_at
from sheets_sync.intake.layouts.no_session import is_no_session
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.service_time_cell import (
    ServiceTime,
    is_service_time,
    read_service_time,
    times_by_service,
)
from sheets_sync.intake.layouts.timed_cell import NotRead
from sheets_sync.intake.line_frequency import read_line_frequency
from sheets_sync.intake.names import name_key
from sheets_sync.intake.services import known_service, services_spoken_of
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Severity

LAYOUT = "service times"
LISTED = "times of services in columns"
ROWS_SEARCHED = 50
_BESIDE = ("Student", "Student ID")
_AND = r"(?:\s*(?:/|&|\+|and)\s*"
_WHEN = rf"(?:days?{_AND}times?)?|times?{_AND}days?)?|schedules?|sched|when|slots?)"
_OF_ONE = re.compile(rf"(?P<service>.+?)[\s:(–-]*\b{_WHEN}\.?\)?", re.IGNORECASE)
_OF_ALL = re.compile(
    r"(?:(?:related|sped|special ed(?:ucation)?|iep|therapy)\s+)*"
    rf"(?:services?|therap(?:y|ies)|pull-?outs?|sessions?)?\s*{_WHEN}\.?",
    re.IGNORECASE,
)
_NONE = frozenset(("-", "--", "---", "none", "no", "n/a", "na", "0"))
_WHEN_IT_IS = 'Write when it is, like "Mon 9:00-9:30", or leave the cell blank.'


@dataclass(frozen=True)
class _Column:
    """`service` is "" where each cell names its own; `bare` tells that the header is the service alone."""

    place: int
    service: str
    bare: bool = False


@dataclass(frozen=True)
class _Times:
    row: int  # 1-based
    beside: Mapping[str, int]  # canonical column -> 0-based column
    columns: Sequence[_Column]


def holds_service_times(sheet: Sheet, configured: Mapping[str, str]) -> bool:
    """Tell whether a tab has a column of services with a day and a time in it."""
    return _find(sheet, configured) is not None


def places_of_times(sheet: Sheet, configured: Mapping[str, str]) -> frozenset[int]:
    """Return the 0-based columns of a tab that are read as times of services."""
    times = _find(sheet, configured)
    return frozenset(column.place for column in times.columns) if times else frozenset()


def read_service_times(sheet: Sheet, configured: Mapping[str, str], known: PeopleKnown) -> Listed | None:
    """Return the sessions that stand in columns of services, None where no cell there has a day and a time.

    A start without an end takes the minutes that its cell says; a column of minutes may be those of a week. A
    column that is headed by the service alone may also hold how often it is, which is left to the Service
    Grid. Anything else in these columns is named.
    """
    times = _find(sheet, configured)
    if times is None:
        return None
    doubts = Doubts(sheet)
    records = tuple(_records(times, doubts, known))
    services = sorted({str(record["Service"][0]) for record in records})
    if records:
        problem = f"What stands here is read as the Schedule of {', '.join(services)}."
        remedy = 'Nothing, if that is right; else say so in the configuration: [layouts] "Caseload" = "list".'
        doubts.at(times.row, times.columns[0].place, problem, remedy, Severity.NOTE)
    students = len({name_key(text_of(record["Student"][0])) for record in records if "Student" in record})
    down = f"{students} student{'' if students == 1 else 's'} down"
    seen = f"{down}, {len(times.columns)} across, {len(records)} with a time"
    return Listed(LISTED, seen, "Days", records, {}, tuple(doubts.problems()))


def _find(sheet: Sheet, configured: Mapping[str, str]) -> _Times | None:
    """Return the first row with a header for the students and a column in which a service's time stands."""
    own = {name_key(text): column for column, text in configured.items()}
    for number, cells in enumerate(sheet.rows[:ROWS_SEARCHED], start=1):
        beside: dict[str, int] = {}
        columns: list[_Column] = []
        for place, cell in enumerate(cells):
            if not isinstance(cell, str) or is_blank(cell):
                continue
            name = own.get(name_key(cell)) or read_header(cell, tab="Caseload").value
            if name in _BESIDE:
                beside.setdefault(name, place)
            elif name is None and (column := _column(cell.strip(), place)):
                columns.append(column)
        if "Student" in beside:
            read = [column for column in columns if _holds_times(sheet, number, column)]
            if read:
                return _Times(number, beside, read)
    return None


def _column(header: str, place: int) -> _Column | None:
    if service := known_service(header):
        return _Column(place, service, bare=True)
    found = _OF_ONE.fullmatch(header)
    if found and (service := known_service(found["service"])):
        return _Column(place, service)
    return _Column(place, "") if _OF_ALL.fullmatch(header) else None


def _holds_times(sheet: Sheet, header: int, column: _Column) -> bool:
    cells = (cell_at(sheet, row, column.place) for row in range(header + 1, len(sheet.rows) + 1))
    texts = (cell for cell in cells if isinstance(cell, str) and not is_blank(cell))
    if column.service:
        return any(map(is_service_time, texts))
    parts = (times_by_service(text) for text in texts)
    return any(is_service_time(rest) for part in parts if part for service, rest in part if service)


def _records(times: _Times, doubts: Doubts, known: PeopleKnown) -> Iterator[Mapping[str, Placed]]:
    sheet = doubts.sheet
    for row in range(times.row + 1, len(sheet.rows) + 1):
        beside: dict[str, Placed] = {
            name: (cell, row, place)
            for name, place in times.beside.items()
            if not is_blank(cell := cell_at(sheet, row, place))
        }
        whose = beside["Student"][0] if "Student" in beside else None
        if is_total(whose) or _is_header(whose):
            continue
        for column in times.columns:
            yield from _of_cell(times, column, row, beside, doubts, known)


def _of_cell(
    times: _Times,
    column: _Column,
    row: int,
    beside: Mapping[str, Placed],
    doubts: Doubts,
    known: PeopleKnown,
) -> Iterator[Mapping[str, Placed]]:
    cell = cell_at(doubts.sheet, row, column.place)
    here = (row, column.place)
    if _says_nothing(cell) or (column.bare and is_frequency(cell)):
        return
    parts = [(column.service, text_of(cell))] if column.service else times_by_service(text_of(cell))
    if not parts:
        doubts.at(*here, "Of which service this is is not told: it is not read.", _WHEN_IT_IS)
        return
    for service, text in parts:
        read = read_service_time(text, known)
        spoken = services_spoken_of(text) - {service}
        if spoken:
            read = NotRead("This speaks of another service than its column: it is not read.", _WHEN_IT_IS)
        if isinstance(read, NotRead):
            doubts.at(*here, read.problem, read.remedy)
            continue
        said = _said(times.row, service, row, column, read)
        if said is None:
            problem = "How long the session is cannot be told: it is not read."
            doubts.at(*here, problem, 'Write when it ends, like "Mon 9:00-9:30".')
            continue
        yield {**beside, **said}


def _said(
    header: int, service: str, row: int, column: _Column, read: ServiceTime
) -> dict[str, Placed] | None:
    """Return the session as columns of the Schedule; None where it is not told how long it is."""
    here = (row, column.place)
    of_all: Placed = (service, header if column.service else row, column.place)
    said: dict[str, Placed] = {"Service": of_all, "Days": (read.days, *here)}
    if read.provider:
        said["Provider"] = (read.provider, *here)
    if read.place:
        said["Location"] = (read.place, *here)
    if read.has_ends:
        return said
    return {**said, "Minutes": (float(read.minutes), *here)} if read.minutes else None


def _says_nothing(cell: CellValue) -> bool:
    if is_blank(cell) or cell is False or text_of(cell).casefold() in _NONE:
        return True
    return isinstance(cell, str) and is_no_session(cell)


def is_frequency(cell: CellValue) -> bool:
    """Tell whether a cell says how often a service is."""
    return read_line_frequency(cell, None, None, None).value is not None


def _is_header(cell: CellValue) -> bool:
    return isinstance(cell, str) and read_header(cell, tab="Caseload").value in _BESIDE
