"""A Schedule with a date, or a week, in each row: each row is a session of that day or week alone.

So a plan book is kept in which each session is written down ahead and marked when it was given. A column Day
beside the date is a check of it; beside a week it says the day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from sheets_sync.intake.cells import cell_in, is_blank
from sheets_sync.intake.dated_rows import WEEK_OF, is_a_day, is_a_week
from sheets_sync.intake.header_row import Header, find_header, meaning_of_headers
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.said_once import read_list_rows
from sheets_sync.intake.tab_rows import TabRows, column_of
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount, Problem, Severity, column_letter

_WEEK = lazy_regex(
    r"(?:weeks?|wks?)(?:[ -]?(?:of|beginning|beg|begins|starting|starts|commencing|ending|ends|end|dates?))*"
    r"(?: date)?",
    re.IGNORECASE,
)


def read_dated_sessions(
    sheet: Sheet, schedule: Mapping[str, str], log: Mapping[str, str], said: Mapping[str, str]
) -> TabRows | None:
    """Return the rows of a Schedule with the columns Date or "Week of" and, if it has marks, Status; None
    where there is no such list.

    `schedule` and `log` are what [columns] says of these tabs, `said` what the sheet's name says of all rows.
    dated_rows.py makes rules of one day, or of the days of one week, of them.
    """
    given = {**said, "Days": ""}
    try:
        header = find_header(sheet, "Schedule", schedule, given)
        more = _more_columns(sheet, header, log)
        rows = read_list_rows(sheet, "Schedule", schedule, given) if more else None
    except CannotCount:
        return None
    if rows is None:
        return None
    columns = {
        name: column for name, column in rows.columns.items() if name != "Days" or column.position >= 0
    }
    for name, place in more.items():
        cells = [_cell(sheet, row, place) for row in rows.rows.tolist()]
        columns[name] = column_of(name, place, cells)
    used = {column_letter(place) for place in more.values()}
    asked = [problem for problem in rows.problems if problem.cell.rstrip("0123456789") not in used]
    what = (
        "date: it is read as a session of that day"
        if "Date" in more
        else "week: it is read as sessions of that week"
    )
    problem = f"Each row has a {what} alone."
    remedy = (
        "Nothing, if that is right. A session of every week has its days in a column Days"
        ' ("Mon, Wed") and no date but From and To.'
    )
    note = Problem(Severity.NOTE, sheet.name, "", "", problem, remedy)
    return replace(rows, columns=columns, problems=(*asked, note))


def _more_columns(sheet: Sheet, header: Header, log: Mapping[str, str]) -> dict[str, int]:
    """Return the places of Date or "Week of", and of Status; none where it is no list of days or weeks.

    Beside Days a column Date in which no date stands is something else (columns_that_take_back.py).
    """
    meaning = meaning_of_headers("Service Log", log)
    taken = set(header.columns.values())
    free = [
        (place, cell)
        for place, cell in enumerate(sheet.rows[header.row - 1])
        if isinstance(cell, str) and place not in taken
    ]
    found = {name: [place for place, cell in free if meaning(cell) == name] for name in ("Date", "Status")}
    has_days = "Days" in header.columns
    dates, marks = found["Date"], found["Status"]
    if len(dates) == 1 and len(marks) <= 1 and (not has_days or _any(sheet, header, dates[0], is_a_day)):
        return {"Date": dates[0], **dict.fromkeys(("Status",) if marks else (), *marks)}
    weeks = [
        place
        for place, cell in free
        if len(cell) <= LONGEST and _WEEK.fullmatch(plain(cell).strip(" :.")) is not None
    ]
    if has_days and not dates and len(weeks) == 1 and _any(sheet, header, weeks[0], is_a_week):
        return {WEEK_OF: weeks[0]}
    return {}


def _any(sheet: Sheet, header: Header, place: int, holds: Callable[[CellValue], bool]) -> bool:
    cells = {_cell(sheet, row, place) for row in range(header.row + 1, len(sheet.rows) + 1)}
    return any(holds(cell) for cell in cells if not is_blank(cell))


def _cell(sheet: Sheet, row: int, place: int) -> CellValue:
    cells = sheet.rows[row - 1]
    return cell_in(cells, place)
