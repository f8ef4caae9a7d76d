"""A column of a Service Grid that is not read and may be how many sessions: "Quantity" 2 beside "Weekly".

"Weekly" beside 30 minutes is 30 a week. Two sessions a week are 60: the column is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from sheets_sync.intake.cells import cell_in, is_blank, text_of
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.line_frequency import period_alone
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.used_columns import TOTAL
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue

_MOST = 20
_COUNT = lazy_regex(r"(?:(\d{1,2})|(\d{1,2}(?=\D))\s*(?:x|times?|sessions?|visits?))", re.IGNORECASE)
_OF_SOMETHING_ELSE = lazy_regex(
    r"\b(?:goals?|objectives?|grades?|gr|age|years?|yrs?|rooms?|rm|group|size|line|row|order|priority|id|level"
    r"|tier|school|bldg|building|phone|page|bus|weeks?|wks?|hours?|hrs?|students?|staff|ratio|area|code"
    r"|make-?ups?|missed|owed|given|done|delivered|to date|ytd|remaining|left|seen)\b",
    re.IGNORECASE,
)

Row = Sequence[CellValue]


def asks_how_many(
    header: str, place: int, columns: Mapping[str, int], rows: Sequence[Row]
) -> Callable[[Row], bool] | None:
    """Return what tells whether a line is to be asked about for its count in this column; `rows` are those
    of all lines. None where the count is told, or the column is of something else."""
    if not {"Frequency", "Minutes"} <= set(columns) or {"Sessions", TOTAL} & set(columns):
        return None
    if _OF_SOMETHING_ELSE.search(plain(header[:LONGEST])) or _is_known(header):
        return None
    is_period = cache(lambda cell: isinstance(cell, str) and period_alone(cell) is not None)
    frequency = columns["Frequency"]
    filled = [row for row in rows if not is_blank(cell_in(row, place)) and is_period(cell_in(row, frequency))]
    counts = [_count(cell_in(row, place)) for row in filled]
    numbered = len(counts) > 1 and counts == list(range(counts[0], counts[0] + len(counts)))
    if not all(counts) or numbered:
        return None
    return lambda row: is_period(cell_in(row, frequency)) and _count(cell_in(row, place)) > 1


def _is_known(header: str) -> bool:
    """Tell whether a header is a column of another meaning, on the grid or on the Caseload."""
    return any(read_header(header, tab=tab).value is not None for tab in ("Service Grid", "Caseload"))


def _count(cell: CellValue) -> int:
    """Return a small whole number, 0 for anything else."""
    found = _COUNT.fullmatch(plain(text_of(cell)[:LONGEST])) if isinstance(cell, int | float | str) else None
    number = int(found[1] or found[2]) if found else 0
    return number if number <= _MOST else 0
