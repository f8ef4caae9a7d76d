"""A Schedule with a date in each row instead of days: each row is one session, of that day alone.

So a plan book is kept in which each session is written down ahead and marked when it was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sheets_sync.intake.header_row import meaning_of_headers
from sheets_sync.intake.tab_rows import TabRows, column_of, read_rows
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount, Problem, Severity


def read_dated_sessions(
    sheet: Sheet, schedule: Mapping[str, str], log: Mapping[str, str], said: Mapping[str, str]
) -> TabRows | None:
    """Return the rows of a Schedule with the columns Date and, if it has marks, Status; None where there is
    no such list.

    `schedule` and `log` are what [columns] says of these tabs, `said` what the sheet's name says of all rows.
    dated_rows.py makes rules of one day of them.
    """
    try:
        rows = read_rows(sheet, "Schedule", schedule, {**said, "Days": ""})
    except CannotCount:
        return None
    meaning = meaning_of_headers("Service Log", log)
    taken = {column.position for column in rows.columns.values()}
    more = {
        name: [
            place
            for place, cell in enumerate(sheet.rows[rows.header - 1])
            if isinstance(cell, str) and place not in taken and meaning(cell) == name
        ]
        for name in ("Date", "Status")
    }
    if len(more["Date"]) != 1 or len(more["Status"]) > 1:
        return None
    columns = {name: column for name, column in rows.columns.items() if name != "Days"}
    for name, places in more.items():
        for place in places:
            cells = [_cell(sheet, row, place) for row in rows.rows.tolist()]
            columns[name] = column_of(name, place, cells)
    problem = "Each row has a date: it is read as a session of that day alone."
    remedy = 'Nothing, if that is right. A session of every week has its days in a column Days: "Mon, Wed".'
    note = Problem(Severity.NOTE, sheet.name, "", "", problem, remedy)
    return replace(rows, columns=columns, problems=(*rows.problems, note))


def _cell(sheet: Sheet, row: int, place: int) -> CellValue:
    cells = sheet.rows[row - 1]
    return cells[place] if place < len(cells) else None
