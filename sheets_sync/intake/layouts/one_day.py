"""A row of a week grid with one day alone, or one column for several: "Time | Wednesday", "Period | M-F".

Two days in a row are a table wherever they stand; one is where a header of times stands on its left. Below
a table it is one too where nothing else stands in the row but what is no time: "Early release | Wednesday".
What is below it is no longer of the days above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sheets_sync.intake.calendar_words import weekdays
from sheets_sync.intake.cells import is_blank, text_of
from sheets_sync.intake.clock import RANGE, read_time
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.layouts.day_header import DayHeader, read_day
from sheets_sync.intake.periods import kind_of_header, period_key
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue

_BESIDE_TIMES = frozenset(("Start", "End", "Minutes", "Notes", "Location"))
_OF_TIMES = frozenset(("Start", "End"))
_TIMES = lazy_regex(r"(?:\w+ )?(?:times?(?:[ -]?slots?)?|timeslots?|slots?)", re.IGNORECASE)


def days_beside_times(cells: Sequence[CellValue], *, below: bool) -> dict[int, DayHeader]:
    """Return the places of the one day of a row, {} where it begins no table. `below` tells whether a table
    stands above: among its rows one that begins like this ends it, whatever else stands there.
    """
    filled = {place: cell for place, cell in enumerate(cells) if not is_blank(cell)}
    found = {place: day for place, cell in filled.items() if (day := read_day(cell)) is not None}
    if not found or min(found) == min(filled):
        return {}
    left = [filled[place] for place in filled if place < min(found)]
    if is_of_times(left[0]):
        others = [cell for place, cell in filled.items() if place not in found]
        return found if below or all(map(_is_beside_times, others)) else {}
    spelt = all(text_of(filled[place]).casefold().strip(" .:s") in _spelt() for place in found)
    alone = len(left) == 1 and len(left) + len(found) == len(filled) and not _is_time(left[0])
    return found if below and spelt and alone else {}


def is_of_times(cell: CellValue) -> bool:
    """Tell whether a cell is the header of a column of times or of periods."""
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return False
    typed = plain(cell).strip(" .:")
    return bool(_TIMES.fullmatch(typed) or kind_of_header(typed)) or _header(cell) in _OF_TIMES


def _is_beside_times(cell: CellValue) -> bool:
    return is_of_times(cell) or _header(cell) in _BESIDE_TIMES


def _header(cell: CellValue) -> str | None:
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return None
    return read_header(cell, tab="Schedule").value


def _is_time(cell: CellValue) -> bool:
    """Tell whether a cell left of the days may be a time or a period, beside which somebody may stand."""
    if not isinstance(cell, str):
        return True
    return bool(RANGE.search(cell)) or read_time(cell).value is not None or period_key(cell) is not None


def _spelt() -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in weekdays() if len(word) > 2)
