"""The sample school as rows of cells, and how staff edit it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sheets_sync.ports import CellValue
from sheets_sync.sample.school import sample_school

NAMED = ("Student", "Service")
TODAY = date(2025, 11, 20)
"""A Thursday. On it the sample has 15 students, 33 lines, 27 rows of Schedule and 578 of Log."""

Tabs = dict[str, list[list[CellValue]]]
Edit = Callable[[Tabs], object]

REQUIRED = {
    "Caseload": ("Student",),
    "Service Grid": ("Student", "Service", "Frequency"),
    "Schedule": ("Student", "Service", "Days", "Start", "End"),
    "Service Log": ("Date", "Student", "Service", "Status"),
}
OPTIONAL = ("Calendar", "Staff", "Attendance")


def sample_tabs() -> Tabs:
    """Return the rows of every tab of the sample school; numbers are floats, as every edge reads them."""
    tabs: Tabs = {}
    for name, rows in sample_school(TODAY).items():
        header = list(dict.fromkeys(column for row in rows for column in row))
        values = [[row.get(column) for column in header] for row in rows]
        tabs[name] = [
            list(header),
            *[[float(v) if isinstance(v, int) else v for v in row] for row in values],
        ]
    return tabs


def at(tabs: Tabs, tab: str, column: str) -> int:
    return tabs[tab][0].index(column)


def each_cell(tabs: Tabs, tab: str, column: str, change: Callable[[CellValue], CellValue]) -> None:
    place = at(tabs, tab, column)
    for row in tabs[tab][1:]:
        row[place] = change(row[place])


def row_of(tabs: Tabs, tab: str, **cells: CellValue) -> list[CellValue]:
    """Return a new row: cells by their headers, "_" for a space."""
    named = {name.replace("_", " "): cell for name, cell in cells.items()}
    assert set(named) <= set(map(str, tabs[tab][0]))
    return [named.get(str(column)) for column in tabs[tab][0]]


def type_cells(tab: str, column: str, value: CellValue, rows: Sequence[int]) -> Edit:
    """Somebody types the same into some rows of a column; the first below the header is 1."""

    def edit(tabs: Tabs) -> None:
        for row in rows:
            tabs[tab][row][at(tabs, tab, column)] = value

    return edit


SAMPLE = sample_tabs()
