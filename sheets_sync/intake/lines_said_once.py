"""A Schedule by students, in which Student and Service stand once above the further sessions of a line.

Where a Schedule is kept by the day, a row without both is an open slot: nothing is taken from above, nor in
a row that says so itself ("open", "testing").
"""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.headings import is_open_slot
from sheets_sync.intake.layouts.title_text import OTHER_WORK
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.sessions import read_schedule
from sheets_sync.intake.tab_rows import Flags, Ints, TabRows
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue
from sheets_sync.problems import sheet_row

_OF_NOBODY = lazy_regex(
    r"\b(?:open|available|avail|vacant|unassigned|hold|held|reserved?|blocked|flex|lunch|mtgs?|collab\w*|plc|travel"
    r"|documentation|notes|tbd|new student|waiting|no student)\b|\?",
    re.IGNORECASE,
)
_SHORT = 4
"""A remark of so many words at most is about the hour as a whole."""
_FEWEST = 2
"""So many such rows and so many students there must be."""


def further_sessions(rows: TabRows, above: Ints) -> Flags:
    """Tell which rows have neither student nor service and are of the line above, whose student stands at
    the position `above`, -1 for none."""
    none = np.zeros(len(rows), dtype=bool)
    student, service, days = (rows.column(name) for name in ("Student", "Service", "Days"))
    leads = 0 <= max(student.position, service.position) < days.position
    if rows.tab != "Schedule" or not leads or min(student.position, service.position) < 0:
        return none
    held = ~days.blank()
    further: Flags = student.blank() & service.blank() & held & (above >= 0)
    further &= ~service.blank()[np.maximum(above, 0)]
    further &= ~np.isin(rows.rows, [row for row in rows.rows[further].tolist() if _is_of_nobody(rows, row)])
    students = int((~student.blank() & held).sum())
    if further.sum() < _FEWEST or students < _FEWEST or _go_on(rows, held):
        return none
    return further


def _go_on(rows: TabRows, held: Flags) -> bool:
    """Tell whether the days of a Schedule never go back to an earlier one: it is kept by the day."""
    column = rows.column("Days")
    first = {code: _first_day(text_of(column.cells[code])) for code in set(column.codes[held].tolist())}
    days = [first[code] for code in column.codes[held].tolist()]
    return all(before <= after for before, after in pairwise(days))


def _first_day(text: str) -> int:
    """Return the first day of the week or the cycle that is named, as a bit; 0 where none can be read."""
    rules = read_schedule(text).value or ()
    days = [rule.weekdays or rule.cycle_days for rule in rules]
    return min((bits & -bits for bits in days), default=0)


def _is_of_nobody(rows: TabRows, row: int) -> bool:
    """Tell whether a cell of this row (1-based) says that it is an open slot, or of other work."""
    return any(map(_says_of_nobody, rows.sheet.rows[sheet_row(row) - 1]))


def _says_of_nobody(cell: CellValue) -> bool:
    text = plain(cell) if isinstance(cell, str) and len(cell) <= LONGEST else ""
    of_hour = len(text.split()) <= _SHORT and _OF_NOBODY.search(text) is not None
    return of_hour or is_open_slot(cell) or OTHER_WORK.search(text) is not None
