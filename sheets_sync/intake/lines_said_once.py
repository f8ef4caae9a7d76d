"""A Schedule by students, in which Student and Service stand once above the further sessions of a line.

Where a Schedule is kept by the day, a row without both is an open slot: nothing is taken from above.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.sessions import read_schedule
from sheets_sync.intake.tab_rows import Flags, Ints, TabRows

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
