"""When each service is, in columns beside the students: "Mon 9:00-9:30" below "Speech time", or "Speech: Mon
9:00-9:30; OT: Tue 1:00-1:30" below "Service times". So many keep it on the Caseload itself.

Each service of a cell is one row of the Schedule. What says how often is of the Service Grid
(services_across.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.headings import is_total
from sheets_sync.intake.layouts.doubts import Doubts
from sheets_sync.intake.layouts.listed import Listed, Placed
from sheets_sync.intake.layouts.names_in_parts import filled_beside, is_header
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.layouts.service_time_cell import (
    ServiceTime,
    read_service_time,
    times_by_service,
)
from sheets_sync.intake.layouts.service_time_columns import (
    Times,
    TimesColumn,
    find_times,
    is_frequency,
    says_nothing,
)
from sheets_sync.intake.layouts.timed_cell import NotRead
from sheets_sync.intake.names import name_key
from sheets_sync.intake.services import services_spoken_of
from sheets_sync.ports import Sheet
from sheets_sync.problems import Severity

LAYOUT = "service times"
LISTED = "times of services in columns"
_WHEN_IT_IS = 'Write when it is, like "Mon 9:00-9:30", or leave the cell blank.'


def holds_service_times(sheet: Sheet, configured: Mapping[str, str]) -> bool:
    """Tell whether a tab has a column of services with a day and a time in it."""
    return find_times(sheet, configured) is not None


def places_of_times(sheet: Sheet, configured: Mapping[str, str]) -> frozenset[int]:
    """Return the 0-based columns of a tab that are read as times of services."""
    times = find_times(sheet, configured)
    columns = times.columns if times else ()
    return frozenset(place for one in columns for place in (one.place, one.days) if place >= 0)


def read_service_times(sheet: Sheet, configured: Mapping[str, str], known: PeopleKnown) -> Listed | None:
    """Return the sessions that stand in columns of services, None where no cell there has a day and a time.

    A start without an end takes the minutes that its cell says; a column of minutes may be those of a week. A
    column that is headed by the service alone may also hold how often it is, which is left to the Service
    Grid. Anything else in these columns is named.
    """
    times = find_times(sheet, configured)
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


def _records(times: Times, doubts: Doubts, known: PeopleKnown) -> Iterator[Mapping[str, Placed]]:
    sheet = doubts.sheet
    for row in range(times.row + 1, len(sheet.rows) + 1):
        beside = filled_beside(sheet, row, times.beside)
        whose = beside["Student"][0] if "Student" in beside else None
        if is_total(whose) or is_header(sheet, row, times.beside):
            continue
        for column in times.columns:
            yield from _of_cell(times, column, row, beside, doubts, known)


def _of_cell(
    times: Times,
    column: TimesColumn,
    row: int,
    beside: Mapping[str, Placed],
    doubts: Doubts,
    known: PeopleKnown,
) -> Iterator[Mapping[str, Placed]]:
    cell = column.text(doubts.sheet, row)
    here = (row, column.filled(doubts.sheet, row))
    if says_nothing(cell) or (column.bare and is_frequency(cell)):
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
    header: int, service: str, row: int, column: TimesColumn, read: ServiceTime
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
