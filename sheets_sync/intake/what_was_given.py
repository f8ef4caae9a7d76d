"""Columns of a Service Log that hold what was given: "Actual minutes" beside "Minutes", "Delivered" beside
"Scheduled", "Actual time" beside "Scheduled time".

What stood scheduled is no record of a session: where both are there, what was given counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from sheets_sync.intake.cells import cell_in, is_blank, shown, text_of
from sheets_sync.intake.clock import read_duration, read_time_range
from sheets_sync.intake.codes import read_code
from sheets_sync.intake.plain import LONGEST, plain
from sheets_sync.intake.rows_named import in_rows
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Problem, Severity, a1
from sheets_sync.tables import Category

Found = Mapping[str, Sequence[int]]
Row = Sequence[CellValue]
LOG = "Service Log"
_SAYS_GIVEN = lazy_regex(
    r"\b(?:actual(?:ly)?|provided|given|received|delivered|served|seen|rendered)\b", re.IGNORECASE
)
_WAS_GIVEN = lazy_regex(
    r"\W*(?:(?:mins?|minutes?|time|length|amount|session|service|total|direct|tx|therapy)\W+)*"
    r"(?:actual(?:ly)?|provided|given|received|delivered|served|seen|rendered)\b"
    r"(?:\W*(?:mins?|minutes?|time|length|duration|amount|session|service|total|given|provided|delivered))*\W*",
    re.IGNORECASE,
)
_GIVEN = (Category.DELIVERED, Category.LATE, Category.MAKE_UP, Category.TEAM_DECISION)
_TIMES = ("Minutes", "Start", "End")
_MOST = 120
"""Minutes of a session: a greater number below "Delivered" may be anything."""
_MOST_OTHERS = 5
"""So many cells of a kind stand beside one of another before that one is taken for a mistake."""
_OF_A_LENGTH = lazy_regex(r"0{1,2}:[0-5]\d|\d{1,3}(?:\.0+)?(?:\s?min(?:ute)?s?\.?)?", re.IGNORECASE)


def is_of_what_was_given(header: str) -> bool:
    """Tell whether a header as a whole names what was given; with more words it is something else ("Given
    by", "Seen at")."""
    return _WAS_GIVEN.fullmatch(plain(header[:LONGEST])) is not None


def with_what_was_given(
    sheet: Sheet, tab: str, row: int, found: Found, every: Found, configured: Mapping[str, str]
) -> tuple[dict[str, Sequence[int]], list[Problem]]:
    """Return the columns of a log with Minutes, Start and End from what was given, and notes on what its
    cells alone tell: `row` is the 1-based header, `every` its columns with those behind an exact header."""
    told = dict(found)
    if tab != LOG:
        return told, []
    headers = sheet.rows[row - 1]
    for name in _TIMES:
        given = [place for place in every.get(name, ()) if says_given(headers[place])]
        if name == "Minutes":
            given = [place for place in given if not _holds_spans(sheet.rows[row:], place)]
        if len(given) == 1 and name not in configured:
            told[name] = given
    used = {place for places in told.values() for place in places}
    problems = []
    for place, cell in enumerate(headers):
        if place in used or not isinstance(cell, str) or not is_of_what_was_given(cell):
            continue
        column = _column_of(sheet.rows[row:], place, told.get("Minutes", ()))
        if (
            column is None
            or column in configured
            or any(says_given(headers[at]) for at in told.get(column, ()))
        ):
            continue
        told[column] = (place,)
        if column == "Start" and not any(says_given(headers[at]) for at in told.get("End", ())):
            told.pop("End", None)
        problems.append(_note(sheet, row, place, column))
    return told, [*problems, *_ask_of_blanks(sheet, row, found, told)]


def says_given(cell: CellValue) -> bool:
    """Tell whether a header speaks of what was given."""
    return isinstance(cell, str) and _SAYS_GIVEN.search(plain(cell[:LONGEST])) is not None


def _column_of(rows: Sequence[Row], place: int, minutes: Sequence[int]) -> str | None:
    """Return Minutes where lengths stand in a column, other than those of the `minutes` beside it and none
    longer, Start where spans of time do, None for anything else."""
    kinds: Counter[str] = Counter()
    for cell, times in Counter(cell_in(cells, place) for cells in rows).items():
        kinds[_kind(cell)] += times
    for kind, name in (("length", "Minutes"), ("span", "Start")):
        alike, others = kinds[kind], kinds.total() - kinds[kind] - kinds["nothing"]
        if alike and alike >= _MOST_OTHERS * others:
            return name if name == "Start" or _are_other_minutes(rows, place, minutes) else None
    return None


def _are_other_minutes(rows: Sequence[Row], place: int, minutes: Sequence[int]) -> bool:
    distinct = {(cell_in(cells, place), cell_in(cells, at)) for at in minutes for cells in rows}
    pairs = [(_minutes(given), _minutes(other)) for given, other in distinct]
    longer = any(given > other > 0 for given, other in pairs)
    return not minutes or (not longer and any(given != other for given, other in pairs))


def _holds_spans(rows: Sequence[Row], place: int) -> bool:
    """Tell whether times of day stand below a header of minutes ("Minutes seen": 9:00-9:20)."""
    return any(_kind(cell) == "span" for cell in {cell_in(cells, place) for cells in rows})


def _minutes(cell: CellValue) -> int:
    return 0 if is_blank(cell) else read_duration(cell).value or 0


def _kind(cell: CellValue) -> str:
    if is_blank(cell):
        return "nothing"
    if isinstance(cell, str) and read_time_range(cell).value is not None:
        return "span"
    if isinstance(cell, bool) or (
        isinstance(cell, str) and not _OF_A_LENGTH.fullmatch(plain(cell[:LONGEST]))
    ):
        return "other"
    length = read_duration(cell).value
    if length == 0:
        return "nothing"
    return "length" if length is not None and length <= _MOST else "other"


def _note(sheet: Sheet, row: int, place: int, name: str) -> Problem:
    header = shown(sheet.rows[row - 1][place])
    what = "minutes" if name == "Minutes" else "times"
    return Problem(
        Severity.NOTE,
        sheet.name,
        a1(row, place),
        header,
        f'What stands below "{header}" is taken for the {what} that were given.',
        "Nothing, if that is right; else rename the column.",
    )


def _ask_of_blanks(sheet: Sheet, row: int, found: Found, told: Found) -> list[Problem]:
    """Ask about sessions of which the time is told, and not the one at which they were given."""
    before, now = (columns.get("Start", (-1,))[0] for columns in (found, told))
    status = told.get("Status", (-1,))[0]
    if before in (-1, now) or status < 0:
        return []
    counts = cache(_counts)
    asked = [
        number
        for number, cells in enumerate(sheet.rows[row:], start=row + 1)
        if is_blank(cell_in(cells, now))
        and not is_blank(cell_in(cells, before))
        and counts(cell_in(cells, status))
    ]
    if not asked:
        return []
    problem = f"No time stands here at which the session was given: all of it is counted.{in_rows(asked)}"
    remedy = "Write the times that were given, or the minutes into Minutes."
    return [Problem(Severity.QUESTION, sheet.name, a1(asked[0], now), "", problem, remedy)]


def _counts(cell: CellValue) -> bool:
    """Tell whether a Status says that the session was given, and not for how long."""
    code = None if is_blank(cell) else read_code(text_of(cell)).value
    return code is not None and code.category in _GIVEN and code.minutes is None
