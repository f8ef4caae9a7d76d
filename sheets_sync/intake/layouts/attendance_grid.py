"""The attendance grid: students (and services) down, dates across, a code or minutes in each cell.

An SLP's roster on which each day is clicked (voices.md). Each cell in which something stands is one entry of
the Service Log: the date above it, the student and what else stands on its left, itself as the status.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.headings import is_total
from sheets_sync.intake.layouts.dates_across import (
    DatesAcross,
    find_dates,
    is_below_the_dates,
    left_unread,
)
from sheets_sync.intake.layouts.key_of_codes import read_key
from sheets_sync.intake.layouts.listed import Listed, Placed, cell_at
from sheets_sync.intake.layouts.people_known import PeopleKnown, name_words
from sheets_sync.intake.layouts.title import service_of_the_tab
from sheets_sync.intake.names import name_key
from sheets_sync.intake.services import known_service
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity, a1

BESIDE = ("Student", "Student ID", "Service", "Provider", "Group")
"""The columns on the left of the dates that say whose row it is and of what."""
FEW = frozenset("1234")
"""Numbers that may be so many sessions, or the number of a code: no session is that short."""
TICKED = "Delivered"
"""What a ticked box says: the session was given."""
_HEADER_ROWS = 3
"""So many rows above the dates, and one below, may hold the headers of the columns beside them."""


@dataclass(frozen=True)
class _Grid:
    sheet: Sheet
    dates: DatesAcross
    beside: Mapping[str, int]  # canonical column -> 0-based column
    counts: list[str] = field(default_factory=list)  # cells with a number that is no session's minutes

    def cell(self, row: int, column: int) -> CellValue:
        """Return a cell by its 1-based row and 0-based column."""
        return cell_at(self.sheet, row, column)


def read_attendance_grid(sheet: Sheet, configured: Mapping[str, str], known: PeopleKnown) -> Listed | None:
    """Return the entries of an attendance grid, None where the tab is none.

    `configured` maps canonical columns to headers here ([columns."Service Log"]). Where no column names the
    service it is that of the heading above ("OT"), else the one that the titles or the tab's name speak of. A
    ticked box is a session that was given, one that is not ticked is as blank; a row without a student holds
    no entry.
    """
    dates = find_dates(sheet)
    if dates is None or is_below_the_dates(sheet, dates) or _names_a_student(sheet, dates, known):
        return None
    beside = _columns_beside(sheet, dates, configured)
    if "Student" not in beside:
        return None
    grid = _Grid(sheet, dates, beside)
    records = tuple(_records(grid))
    if not records:
        return None
    few = [_counted(grid)] if grid.counts else []
    last = max(record["Status"][1] for record in records)
    codes, problems = read_key(sheet, above=dates.row, below=last)
    students = len({name_key(str(record["Student"][0])) for record in records})
    seen = f"{students} student{'' if students == 1 else 's'} down, {len(dates.dates)} dates across"
    wrong = (*problems, *few, *left_unread(sheet, dates))
    return Listed("an attendance grid", seen, "Status", records, codes, wrong)


def _names_a_student(sheet: Sheet, dates: DatesAcross, known: PeopleKnown) -> bool:
    """Tell whether the row of dates is about somebody: then it is no header."""
    cells = sheet.rows[dates.row - 1][: dates.first]
    return any(isinstance(cell, str) and name_words(cell) in known.students.spoken for cell in cells)


def _columns_beside(sheet: Sheet, dates: DatesAcross, configured: Mapping[str, str]) -> dict[str, int]:
    """Return the columns left of the dates; without a header for the students, the first with texts below."""
    own = {name_key(text): column for column, text in configured.items()}
    found: dict[str, int] = {}
    rows = range(min(dates.row + 1, len(sheet.rows)), max(dates.row - _HEADER_ROWS, 1) - 1, -1)
    for number in sorted(rows, key=lambda row: row != dates.row):
        for place, cell in enumerate(sheet.rows[number - 1][: dates.first]):
            if not isinstance(cell, str) or is_blank(cell):
                continue
            name = own.get(name_key(cell)) or read_header(cell, tab="Service Log").value
            if name in BESIDE and place not in found.values():
                found.setdefault(name, place)
    if "Student" not in found:
        below = sheet.rows[dates.row :]
        left = (place for place in range(dates.first) if place not in found.values())
        texts = [place for place in left if any(_is_text(row, place) for row in below)]
        found |= {"Student": texts[0]} if texts else {}
    return found


def _is_text(row: Sequence[CellValue], place: int) -> bool:
    cell = row[place] if place < len(row) else None
    return isinstance(cell, str) and any(letter.isalpha() for letter in cell)


def _records(grid: _Grid) -> Iterator[Mapping[str, Placed]]:
    service = None if _has_services(grid) else service_of_the_tab(grid.sheet, grid.dates.row)
    student: Placed | None = None
    for number in range(grid.dates.row + 1, grid.dates.last_row + 1):
        beside = {
            name: (cell, number, place)
            for name, place in grid.beside.items()
            if not is_blank(cell := grid.cell(number, place))
        }
        heading = known_service(str(beside["Student"][0])) if "Student" in beside else None
        if heading:
            service, student = (heading, number, grid.beside["Student"]), None
            continue
        student = _whose(beside, student)
        if student is None or _is_header(beside) or is_total(student[0]):
            continue
        beside = {**({"Service": service} if service else {}), **beside, "Student": student}
        for place, day in grid.dates.dates.items():
            cell = grid.cell(number, place)
            if cell is False or is_blank(cell):
                continue
            if text_of(cell) in FEW:
                grid.counts.append(a1(number, place))
                continue
            status = TICKED if cell is True else cell
            yield {**beside, "Date": (day, grid.dates.row, place), "Status": (status, number, place)}


def _counted(grid: _Grid) -> Problem:
    cells = f" ({len(grid.counts)} cells, the last is {grid.counts[-1]})" if len(grid.counts) > 1 else ""
    problem = f"A number below 5 is no session's minutes: it is not read.{cells}"
    remedy = "Write the minutes, or a code: a key on the tab says what it means."
    return Problem(Severity.ERROR, grid.sheet.name, grid.counts[0], "", problem, remedy)


def _has_services(grid: _Grid) -> bool:
    """Tell whether a column beside the dates holds services, known as one or not: then no title does."""
    if "Service" in grid.beside:
        return True
    rows = range(grid.dates.row + 1, grid.dates.last_row + 1)
    places = [place for place in range(grid.dates.first) if place != grid.beside["Student"]]
    return any(known_service(str(grid.cell(row, place))) for row in rows for place in places)


def _whose(beside: Mapping[str, Placed], above: Placed | None) -> Placed | None:
    """Return the student of a row: a second service stands below the first without the name once more."""
    names_one = "Service" in beside and known_service(str(beside["Service"][0]))
    return beside.get("Student") or (above if names_one else None)


def _is_header(beside: Mapping[str, Placed]) -> bool:
    """Tell whether a row says the headers (once more): of the weekdays below the dates, of a new page."""
    cell = beside["Student"][0] if "Student" in beside else None
    return isinstance(cell, str) and read_header(cell, tab="Service Log").value in BESIDE
