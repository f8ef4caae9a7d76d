"""Nights on which a workbook looks wrong: edits of the sample school that are to be held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sheets_sync.intake.used_columns import COLUMNS
from sheets_sync.ports import ErrorValue
from tests.sample_edits import (
    OPTIONAL,
    REQUIRED,
    SAMPLE,
    Edit,
    Tabs,
    at,
    each_cell,
    type_cells,
)


def empty(tab: str) -> Edit:
    return lambda tabs: tabs.update({tab: tabs[tab][:1]})


def wipe(tab: str) -> Edit:
    return lambda tabs: tabs.update({tab: []})


def delete(tab: str) -> Edit:
    return lambda tabs: tabs.pop(tab)


def rename(tab: str, to: str) -> Edit:
    return lambda tabs: tabs.update({to: tabs.pop(tab)})


def rename_header(tab: str, column: str, to: str = "Xyzzy") -> Edit:
    def edit(tabs: Tabs) -> None:
        tabs[tab][0][at(tabs, tab, column)] = to

    return edit


def double_header(tab: str, column: str) -> Edit:
    def edit(tabs: Tabs) -> None:
        for row in tabs[tab]:
            row.append(row[at(tabs, tab, column)] if row is not tabs[tab][0] else column)

    return edit


def halve(tab: str) -> Edit:
    return lambda tabs: tabs.update({tab: [tabs[tab][0], *tabs[tab][1::2]]})


def without_last(tab: str, rows: int) -> Edit:
    return lambda tabs: tabs.update({tab: tabs[tab][: len(tabs[tab]) - rows]})


def first_day(day: date, kind: str = "First day") -> Edit:
    """Somebody types another date for the first day of school, or for another kind of day."""

    def edit(tabs: Tabs) -> None:
        row = next(row for row in tabs["Calendar"] if kind in row)
        row[at(tabs, "Calendar", "Date")] = day

    return edit


def other_names(*names: str) -> Edit:
    """Every student is called otherwise, as another class would be; in all of the tabs alike."""

    def edit(tabs: Tabs) -> None:
        for tab in names:
            each_cell(tabs, tab, "Student", lambda name: f"Q{str(name)[::-1]}" if name else name)
            if "Student ID" in tabs[tab][0]:
                each_cell(tabs, tab, "Student ID", lambda number: f"9{number}" if number else number)

    return edit


def errors(tab: str, column: str) -> Edit:
    return lambda tabs: each_cell(tabs, tab, column, lambda _: ErrorValue("#REF!"))


def sort_alone(tab: str, column: str, *, down: bool = False) -> Edit:
    """Somebody marks one column and sorts it, upwards or `down`."""

    def edit(tabs: Tabs) -> None:
        place = at(tabs, tab, column)
        cells = [row[place] for row in tabs[tab][1:]]
        cells.sort(key=lambda cell: (cell is None, str(cell)), reverse=down)
        for row, cell in zip(tabs[tab][1:], cells, strict=True):
            row[place] = cell

    return edit


def both(*edits: Edit) -> Edit:
    """One after the other, between two runs."""

    def edit(tabs: Tabs) -> None:
        for one in edits:
            one(tabs)

    return edit


def insert_above(tab: str, rows: int) -> Edit:
    """New rows are written on top: those of the end once more, a week later."""

    def edit(tabs: Tabs) -> None:
        new = [
            [cell + timedelta(days=7) if isinstance(cell, date) else cell for cell in row]
            for row in tabs[tab][-rows:]
        ]
        tabs[tab][1:1] = new

    return edit


def sort_together(tab: str, *columns: str) -> Edit:
    """Somebody marks some columns and sorts them, each row of them in one piece; the others stand."""

    def edit(tabs: Tabs) -> None:
        places = [at(tabs, tab, column) for column in columns]
        cells = [[row[place] for place in places] for row in tabs[tab][1:]]
        for row, piece in zip(tabs[tab][1:], sorted(cells, key=lambda one: list(map(str, one))), strict=True):
            for place, cell in zip(places, piece, strict=True):
                row[place] = cell

    return edit


def shift_up(tab: str, column: str, row: int) -> Edit:
    """Somebody deletes one cell; those below it move up."""

    def edit(tabs: Tabs) -> None:
        place = at(tabs, tab, column)
        cells = [row[place] for row in tabs[tab]]
        for line, cell in zip(tabs[tab][row:], [*cells[row + 1 :], None], strict=True):
            line[place] = cell

    return edit


SORTED_BESIDE_EDITS: dict[str, Edit] = {
    "Schedule: Days sorted alone, and a row deleted": both(
        sort_alone("Schedule", "Days"), without_last("Schedule", 1)
    ),
    "Schedule: Days sorted alone, and two To dates typed": both(
        sort_alone("Schedule", "Days"), type_cells("Schedule", "To", date(2026, 5, 1), (4, 5))
    ),
    "Schedule: Days sorted alone, and three Providers typed": both(
        sort_alone("Schedule", "Days"), type_cells("Schedule", "Provider", "N. Newman", (1, 2, 3))
    ),
    "Caseload: Student sorted down alone, and a row deleted": both(
        sort_alone("Caseload", "Student", down=True), without_last("Caseload", 1)
    ),
    "Service Log: Student sorted alone, and rows written on top": both(
        sort_alone("Service Log", "Student"), insert_above("Service Log", 12)
    ),
    "Service Log: Status sorted alone, and a row deleted": both(
        sort_alone("Service Log", "Status"), without_last("Service Log", 1)
    ),
    "Schedule: Days, Start and End sorted together": sort_together("Schedule", "Days", "Start", "End"),
    "Service Log: a cell of Student deleted, those below moved up": shift_up("Service Log", "Student", 3),
}


def roll_over(tabs: Tabs) -> None:
    """The file is made ready for next year: the log begins anew, half of the students are others."""
    empty("Service Log")(tabs)
    each_cell(
        tabs,
        "Calendar",
        "Date",
        lambda day: day + timedelta(days=364) if isinstance(day, date) else day,
    )
    for row in tabs["Caseload"][1::2]:
        row[at(tabs, "Caseload", "Student")] = f"New {row[at(tabs, 'Caseload', 'Student')]}"


def _columns_to_break(tabs: Tabs) -> Iterator[tuple[str, str]]:
    """Yield the columns that are used and hold something in at least three rows."""
    for tab in REQUIRED:
        for column in map(str, tabs[tab][0]):
            filled = [row[at(tabs, tab, column)] for row in tabs[tab][1:]]
            if column in COLUMNS[tab] and sum(cell is not None for cell in filled) >= 3:
                yield tab, column


def _columns_to_sort(tabs: Tabs) -> Iterator[tuple[str, str]]:
    """Yield the columns that three rows or more show in another place once they are sorted."""
    for tab, column in _columns_to_break(tabs):
        before = [row[at(tabs, tab, column)] for row in tabs[tab][1:]]
        after = sorted(before, key=lambda cell: (cell is None, str(cell)))
        if sum(str(one) != str(other) for one, other in zip(before, after, strict=True)) >= 3:
            yield tab, column


FAULTS: dict[str, Edit] = {
    **{f"{tab} emptied": empty(tab) for tab in (*REQUIRED, *OPTIONAL)},
    **{f"{tab} emptied, header and all": wipe(tab) for tab in (*REQUIRED, *OPTIONAL)},
    **{f"{tab} deleted": delete(tab) for tab in (*REQUIRED, *OPTIONAL)},
    **{f"{tab} renamed": rename(tab, "Old stuff") for tab in (*REQUIRED, *OPTIONAL)},
    **{
        f"header {column} of {tab} renamed": rename_header(tab, column)
        for tab, columns in REQUIRED.items()
        for column in columns
    },
    **{
        f"header {column} of {tab} doubled": double_header(tab, column)
        for tab, columns in REQUIRED.items()
        for column in columns
    },
    **{f"half of {tab} gone": halve(tab) for tab in REQUIRED},
    "every name changed": other_names(*REQUIRED),
    **{f"every name of {tab} changed": other_names(tab) for tab in REQUIRED},
    **{f"{tab}: all of {column} #REF!": errors(tab, column) for tab, column in _columns_to_break(SAMPLE)},
    **{f"{tab}: {column} sorted alone": sort_alone(tab, column) for tab, column in _columns_to_sort(SAMPLE)},
    **SORTED_BESIDE_EDITS,
    "school year rolled over": roll_over,
    "the first day of school mistyped: November for September": first_day(date(2025, 11, 17)),
    "the last day of school mistyped: September for June": first_day(date(2025, 9, 26), "Last day"),
}
