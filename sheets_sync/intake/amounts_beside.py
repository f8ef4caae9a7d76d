"""Columns of amounts on the Service Log that are not read: "Direct minutes", "Minutes missed".

They may say that a session was shorter than the row says: beside a blank Minutes any that tells a part of it,
beside every session that was given one of what was lost, and one of what was given ("Actual", "Provided")
where it is not the Minutes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from sheets_sync.intake.cells import cell_in, is_blank, text_of
from sheets_sync.intake.clock import read_duration
from sheets_sync.intake.codes import read_code
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.what_was_given import is_of_what_was_given
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue
from sheets_sync.tables import Category

_AMOUNT = lazy_regex(
    r"\b(?:min(?:ute)?s?|hours?|hrs?|units?|duration|dur|length|how long|(?:tx|total|therapy|actual) time)\b",
    re.IGNORECASE,
)
_OF_ALL = lazy_regex(
    r"\W*(?:(?:session|day|row|service|grand|sub)\W*)?(?:total|amount|direct|indirect"
    r"|how much|seen for|quantity|qty|short(?:ed|age)?|short by)"
    r"\W*(?:(?:session|therapy|service|time)\W*)?",
    re.IGNORECASE,
)
_TIME = lazy_regex(r"\W*(?:(?:session|service|tx|therapy|treatment)\W*)?time\W*", re.IGNORECASE)
"""When a session was, or how long: numbers alone are minutes there, with the unit or without."""
_LOST = lazy_regex(
    r"\b(?:missed|lost|owed|owing|due|short(?:ed|age)?|remaining|left|cancel\w*|absent|late|not|un\w+"
    r"|to make up)\b",
    re.IGNORECASE,
)
_LOST_TIME = lazy_regex(
    r"\btime\b.*\b(?:missed|lost|owed|owing|due|late|short(?:ed|age)?|tardy|to (?:be )?ma[dk]e up)\b"
    r"|\b(?:missed|missing|lost|owed|late|tardy|make-?\s?up)\W+time\b",
    re.IGNORECASE,
)
_PLANNED = lazy_regex(
    r"\b(?:scheduled|sched|planned|required|req|mandated|iep|expected|goals?|per (?:week|wk|month|mo|year|yr)"
    r"|weekly|monthly|/ ?(?:week|wk|month|mo)|travel|prep\w*|planning|paperwork|documentation|driv\w+"
    r"|meetings?|iep|notes?|running|year to date|ytd|to date|cumulative)\b",
    re.IGNORECASE,
)
"""What was to be given, or is no part of a session: neither says how long one was."""
_LENGTH = lazy_regex(r"(?:[5-9]|[1-9]\d|1[0-2]\d)(?:\.0+)?(?:\s?min(?:ute)?s?\.?)?", re.IGNORECASE)
_GIVEN = (Category.DELIVERED, Category.LATE, Category.MAKE_UP, Category.TEAM_DECISION)

Row = Sequence[CellValue]


def asks_how_long(header: str, place: int, columns: Mapping[str, int]) -> Callable[[Row], bool] | None:
    """Return what tells whether a row of the log is to be asked about for its amount in this column; None for
    a column of anything else."""
    typed = plain(header[:LONGEST])
    was_given = is_of_what_was_given(header)
    of_lost = _LOST_TIME.search(typed) is not None
    is_amount = bool(was_given or of_lost or _AMOUNT.search(typed) or _OF_ALL.fullmatch(typed))
    is_time = not is_amount and bool(_TIME.fullmatch(typed))
    if not (is_amount or is_time) or _PLANNED.search(typed) or _is_known(header, columns):
        return None
    told = () if of_lost or _LOST.search(typed) else ("Minutes", "End", "Hours")
    others = [columns[name] for name in told if name in columns]
    minutes, status = columns.get("Minutes", -1), columns.get("Status", -1)

    def asks(row: Row) -> bool:
        is_told = any(not is_blank(cell_in(row, other)) for other in others)
        if is_told and not (was_given and _differ(cell_in(row, minutes), cell_in(row, place))):
            return False
        cell = cell_in(row, place)
        return (_is_minutes(cell) if is_time else _is_an_amount(cell)) and _may_be_given(cell_in(row, status))

    return asks


def _differ(minutes: CellValue, given: CellValue) -> bool:
    """Tell whether two lengths are told, and not the same."""
    told, other = (None if is_blank(cell) else read_duration(cell).value for cell in (minutes, given))
    return told is not None and other is not None and told != other


def _is_known(header: str, columns: Mapping[str, int]) -> bool:
    """Tell whether a header is a column of the log, other than one of minutes beside that which is used: then
    the configuration names another for it. A second column of times may be one of lengths."""
    name = read_header(header, tab="Service Log").value
    return name is not None and not (name in ("Minutes", "Start") and name in columns)


def _is_an_amount(cell: CellValue) -> bool:
    return not is_blank(cell) and bool(read_duration(cell).value)


def _is_minutes(cell: CellValue) -> bool:
    """Tell whether a cell below "Time" is a length: 15, "15 min", and no "9:00"."""
    return _LENGTH.fullmatch("" if isinstance(cell, bool) else text_of(cell).strip()) is not None


@lru_cache(maxsize=4096)
def _status_counts(text: str) -> bool:
    code = read_code(text).value
    return code is None or (code.category in _GIVEN and code.minutes is None)


def _may_be_given(cell: CellValue) -> bool:
    return not is_blank(cell) and _status_counts(text_of(cell))
