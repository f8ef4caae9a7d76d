"""The attendance grid: students (and services) down, dates across, a code or minutes in each cell.

An SLP's roster on which each day is clicked (voices.md). Each cell in which something stands is one entry of
the Service Log: the date above it, the student and what else stands on its left, itself as the status.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.intake.cells import is_blank
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.dates_across import DatesAcross, find_dates
from sheets_sync.intake.layouts.key_of_codes import read_key
from sheets_sync.intake.layouts.listed import Listed, Placed
from sheets_sync.intake.layouts.title import service_of_the_tab
from sheets_sync.intake.names import name_key
from sheets_sync.ports import CellValue, Sheet

BESIDE = ("Student", "Student ID", "Service", "Provider", "Group")
"""The columns on the left of the dates that say whose row it is and of what."""
TICKED = "Delivered"
"""What a ticked box says: the session was given."""
_HEADER_ROWS = 3
"""So many rows above the dates, and one below, may hold the headers of the columns beside them."""


@dataclass(frozen=True)
class _Grid:
    sheet: Sheet
    dates: DatesAcross
    beside: Mapping[str, int]  # canonical column -> 0-based column

    def cell(self, row: int, column: int) -> CellValue:
        """Return a cell by its 1-based row and 0-based column."""
        cells = self.sheet.rows[row - 1]
        return cells[column] if column < len(cells) else None


def read_attendance_grid(sheet: Sheet, configured: Mapping[str, str]) -> Listed | None:
    """Return the entries of an attendance grid, None where the tab is none.

    `configured` maps canonical columns to headers here ([columns."Service Log"]). Where no column names the
    service it is the one that the tab's name or a title above the dates names. A ticked box is a session that
    was given, one that is not ticked is as blank; a row without a student, and a column without a date, hold
    no entry.
    """
    dates = find_dates(sheet)
    beside = _columns_beside(sheet, dates, configured) if dates else {}
    if dates is None or "Student" not in beside:
        return None
    grid = _Grid(sheet, dates, beside)
    records = tuple(_records(grid))
    codes, problems = read_key(sheet)
    students = len({name_key(str(record["Student"][0])) for record in records})
    seen = f"{students} student{'' if students == 1 else 's'} down, {len(dates.dates)} dates across"
    return Listed("an attendance grid", seen, "Status", records, codes, problems)


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
    service = None if "Service" in grid.beside else service_of_the_tab(grid.sheet, grid.dates.row)
    student: Placed | None = None
    for number in range(grid.dates.row + 1, len(grid.sheet.rows) + 1):
        beside = {
            name: (cell, number, place)
            for name, place in grid.beside.items()
            if not is_blank(cell := grid.cell(number, place))
        }
        student = _whose(beside, student)
        if student is None or _is_header(grid, beside):
            continue
        beside = {**({"Service": service} if service else {}), **beside, "Student": student}
        for place, day in grid.dates.dates.items():
            cell = grid.cell(number, place)
            if cell is False or is_blank(cell):
                continue
            status = TICKED if cell is True else cell
            yield {**beside, "Date": (day, grid.dates.row, place), "Status": (status, number, place)}


def _whose(beside: Mapping[str, Placed], above: Placed | None) -> Placed | None:
    """Return the student of a row: a second service stands below the first without the name once more."""
    return beside.get("Student") or (above if "Service" in beside else None)


def _is_header(grid: _Grid, beside: Mapping[str, Placed]) -> bool:
    """Tell whether a row says the headers (once more): of the weekdays below the dates, of a new page."""
    cell = beside["Student"][0] if "Student" in beside else None
    return isinstance(cell, str) and read_header(cell, tab="Service Log").value in BESIDE
