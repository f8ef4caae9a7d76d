"""Numbers alone in the column Start of a log: "Time" 15 and 20 are minutes, and no 3 and 8 o'clock.

Minutes are read only where nothing else can be meant: a log without Minutes and End whose column "Time" holds
nothing else than numbers of minutes. Anywhere else a number that nobody writes for an hour is asked about.
"""

from __future__ import annotations

import re

import numpy as np

from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.context import Context
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.short_times import are_lengths
from sheets_sync.intake.tab_rows import Ints, TabRows
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue
from sheets_sync.problems import Severity

_ALONE = lazy_regex(r"([1-9]\d{0,2})(?:\.0+)?")
_FEWEST, _MOST = 5, 90
"""Minutes of a session; above them a number may be a time, 100 for 1:00."""
_HOURS = range(1, 13)
_BY_FIVES = (5, 10)
"""Of the numbers that are hours too, those that are likely minutes."""
_OF_A_CLOCK = lazy_regex(
    r"\b(?:start\w*|begin\w*|in|at|from|clock|when|schedul\w*|arriv\w*|of day)\b", re.IGNORECASE
)
_REMEDY = 'Call the column Minutes if these are minutes; else write the time like "9:00".'


def lengths_below_time(rows: TabRows, context: Context) -> Ints | None:
    """Return each row's minutes where they stand in a column called by the time, with a note; None where
    that holds times, or may."""
    column = rows.column("Start")
    cells = [cell for cell in column.cells if not is_blank(cell)]
    alone = [number_alone(cell) for cell in cells]
    if not cells or not all(_FEWEST <= number <= _MOST for number in alone):
        return None
    if {"Minutes", "End", "Hours"} & set(rows.columns):
        return None
    header = _header(rows, column.position)
    if all(number in _HOURS for number in alone):
        if set(alone) <= set(_BY_FIVES):
            problem = "These may be minutes: they are taken for times, and the sessions for whole ones."
            context.found.at_rows(Severity.QUESTION, rows, column, ~column.blank(), problem, _REMEDY)
        return None
    if not header or _OF_A_CLOCK.search(header):
        return None
    problem = "These are taken for minutes: none is written like a time."
    context.found.at_rows(Severity.NOTE, rows, column, ~column.blank(), problem, _REMEDY)
    of_cells = np.array([number_alone(cell) or -1 for cell in column.cells], dtype=np.int64)
    return of_cells[column.codes]


def asks_of_short_times(rows: TabRows, context: Context) -> bool:
    """Tell, and ask, whether a log has in its only column of times what is hardly when: "0:30", "1:00"."""
    column = rows.column("Start")
    if "End" in rows.columns or not are_lengths(column.cells):
        return False
    problem = "These may be how long each session was: they are not used."
    context.found.at_rows(Severity.QUESTION, rows, column, ~column.blank(), problem, _REMEDY)
    return True


def may_be_a_length(cell: CellValue) -> Reading[tuple[int, int]] | None:
    """Return the question about a number that nobody writes for an hour: 15; None for anything else."""
    number = number_alone(cell)
    if number < _HOURS.stop or number > 99:
        return None
    return Reading(None, "Is this a time, or minutes? It is not used.", _REMEDY)


def number_alone(cell: CellValue) -> int:
    """Return a whole number without a colon, "am" or a unit; 0 for anything else."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return 0
    found = _ALONE.fullmatch(text_of(cell).strip())
    return int(found[1]) if found else 0


def _header(rows: TabRows, place: int) -> str:
    headers = rows.sheet.rows[rows.header - 1] if 0 < rows.header <= len(rows.sheet.rows) else ()
    return text_of(headers[place]) if 0 <= place < len(headers) else ""
