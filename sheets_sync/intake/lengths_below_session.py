"""A column "Session" of a Service Log that is not read: 15, 20 and 30 there may be how long each session was.

Numbers that count the sessions of each student (7, 8, 9) are none. Anything else is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from sheets_sync.intake.cells import cell_in, is_blank, text_of
from sheets_sync.intake.clock import read_time_range
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue

_HEADER = lazy_regex(
    r"(?:(?:therapy|tx|treatment|service|speech|ot|pt) )?(?:sess(?:ions?)?\.?|visits?|lessons?|treatment"
    r"|therapy|tx)",
    re.IGNORECASE,
)
_NUMBER = lazy_regex(r"(?P<number>\d{1,3})(?:\.0+)?(?P<unit>\s?m(?:in(?:ute)?s?)?\.?)?", re.IGNORECASE)
_FEWEST, _MOST = 5, 180
"""Minutes of a session; a smaller number counts sessions."""

Row = Sequence[CellValue]


def asks_of_session(
    header: str, place: int, columns: Mapping[str, int], rows: Sequence[Row]
) -> Callable[[Row], bool] | None:
    """Return what tells whether a row of the log is to be asked about for its number in this column, where no
    other says how long the session was. None for any other column, and where the numbers count sessions."""
    if not _HEADER.fullmatch(plain(header[:LONGEST])) or _count(place, columns, rows):
        return None
    told = [columns[name] for name in ("Minutes", "End", "Hours") if name in columns]
    start = columns.get("Start", -1)

    def asks(row: Row) -> bool:
        if any(not is_blank(cell_in(row, other)) for other in told) or _is_span(cell_in(row, start)):
            return False
        return _FEWEST <= _number(cell_in(row, place)) <= _MOST

    return asks


def _count(place: int, columns: Mapping[str, int], rows: Sequence[Row]) -> bool:
    """Tell whether the numbers go up or down by one, of each student and service or of all rows."""
    numbers: dict[tuple[str, str], list[int]] = {}
    student = ""
    for row in rows:
        student = text_of(cell_in(row, columns.get("Student", -1))) or student
        number = _number(cell_in(row, place))
        if number:
            service = text_of(cell_in(row, columns.get("Service", -1)))
            numbers.setdefault((student, service), []).append(number)
    everyone = [number for row in rows if (number := _number(cell_in(row, place)))]
    return _are_steps([everyone]) or _are_steps(list(numbers.values()))


def _are_steps(runs: Sequence[Sequence[int]]) -> bool:
    """Tell whether there are steps from number to number at all, nearly all of one up or all of one down. One
    that begins again at 1 to 4 is none; one may have been left out, or stand there twice."""
    steps = [
        after - before
        for run in runs
        for before, after in pairwise(run)
        if after >= _FEWEST or before < _FEWEST
    ]
    of_one = max(steps.count(1), steps.count(-1))
    return bool(steps) and of_one * 4 >= len(steps) * 3 and all(abs(step) <= 2 for step in steps)


@lru_cache(maxsize=4096, typed=True)
def _number(cell: CellValue) -> int:
    """Return a whole number, with the unit or without; 0 for anything else."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return 0
    found = _NUMBER.fullmatch(text_of(cell).strip())
    return int(found["number"]) if found else 0


def _is_span(cell: CellValue) -> bool:
    return isinstance(cell, str) and read_time_range(cell).value is not None
