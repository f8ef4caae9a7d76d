"""What a list says once for several rows: in merged cells, or below which the cells are left blank.

Merged cells hold for each row that they cover. A blank Date, Student or Provider is taken from above where
the list is kept so, and asked about, once a column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from sheets_sync.intake.cells import shown, text_of
from sheets_sync.intake.headings import is_idle, is_total
from sheets_sync.intake.layouts.people_known import PeopleKnown
from sheets_sync.intake.lines_said_once import further_sessions
from sheets_sync.intake.merged_cells import merged_ranges
from sheets_sync.intake.providers_said_once import blank_providers, may_be_theirs
from sheets_sync.intake.services import known_service, services_spoken_of
from sheets_sync.intake.tab_rows import Column, Flags, Ints, TabRows, read_rows
from sheets_sync.intake.total_rows import may_be_total, sums_up_a_student, total_rows
from sheets_sync.ports import Sheet
from sheets_sync.problems import Problem, Severity, a1

_OF_ENTRY = ("Service", "Status", "Start")
_OF_LINE = ("Service", "Frequency", "Sessions", "Minutes")
CARRIED: Mapping[str, Mapping[str, Sequence[tuple[str, ...]]]] = {
    "Service Log": {"Student": [_OF_ENTRY], "Date": [("Student",), ("Service", "Status")]},
    "Service Grid": {"Student": [_OF_LINE]},
    "Schedule": {
        "Student": [("Days", "Start")],
        "Days": [("Student",), ("Start",)],
        "Service": [("Student",), ("Start",)],
    },
    "Attendance": {"Student": [("Attendance",)], "Date": [("Student",), ("Attendance",)]},
}
"""Tab -> column that is said once -> others, one of each filled: else a row is a heading or a total."""
_NOBODY = PeopleKnown()
_WHO = ("Student", "Student ID")
_GIVEN_BY: Mapping[str, Sequence[tuple[str, ...]]] = {
    "Service Log": [_WHO, ("Date",), _OF_ENTRY],
    "Service Grid": [_WHO, ("Frequency", "Sessions", "Minutes")],
    "Schedule": [_WHO, ("Days", "Start")],
}
"""Of a row with a provider of its own, the columns of which one is filled."""
_ROWS_OWN = frozenset(("Student", "Student ID"))
_ALIKE = ("Date", "Service", "Days", "Start", "Status", "Frequency", "Minutes")
"""Two rows with the same in all of these are one row twice, not two rows of one student. In a Schedule a
second time on the same days may be an open slot."""
_SORTED_BY = ("Days", "Service")
"""Columns of a Schedule by which it may be sorted: each value stands once, above two rows or more."""
_LEAST_SHARE = 5
"""So many rows at most stand for one blank: a single one among many was forgotten."""
_MOST_REPEATS = 4
"""Of so many blanks one value may stand again below itself, as at the top of a page."""


def read_list_rows(
    sheet: Sheet,
    tab: str,
    configured: Mapping[str, str],
    given: Mapping[str, str] | None = None,
    known: PeopleKnown = _NOBODY,
) -> TabRows:
    """Read the rows of a list, each with what holds of it; `known` is what services those on Staff give.
    Raises CannotCount where there is no header."""
    rows = _carried(_with_merged(read_rows(sheet, tab, configured, given)))
    return _with_providers(rows, known)


def holds_for_each_row(merged: tuple[int, int, int, int], rows: TabRows) -> bool:
    """Tell whether merged cells (merged_ranges) stand in one column of a list and are read in each row that
    they cover. The students of a Caseload are one a row."""
    top, left, bottom, right = merged
    used = [name for name, column in rows.columns.items() if left <= column.position <= right]
    here = bool(used) and all(rows.columns[name].position == left for name in used)
    return here and bottom > top > rows.header > 0 and not (rows.tab == "Caseload" and _ROWS_OWN & {*used})


def _with_merged(rows: TabRows) -> TabRows:
    columns = dict(rows.columns)
    ranges = [one for one in merged_ranges(rows.sheet) if holds_for_each_row(one, rows)]
    for name, column in rows.columns.items():
        own = [(top, bottom) for top, left, bottom, _ in ranges if left == column.position]
        codes = column.codes.copy() if own else column.codes
        for top, bottom in own:
            first, last = np.searchsorted(rows.rows, (top, bottom + 1))
            here = codes[first:last]
            if last > first and rows.rows[first] == top:
                here[column.blanks[here]] = here[0]
        columns[name] = replace(column, codes=codes)
    return replace(rows, columns=columns) if ranges else rows


def _carried(rows: TabRows) -> TabRows:
    """Give the rows in which a column is said once what stands above, and ask about each. With the
    Date or Student of a log its Service is said once too, where that is blank in the same rows."""
    idle = _idle(rows)
    for name, others in CARRIED.get(rows.tab, {}).items():
        column = rows.columns.get(name)
        if column is None or column.position < 0 or len(rows) < 2:
            continue
        filled = np.logical_and.reduce([_several_filled(rows)] + [_one_filled(rows, one) for one in others])
        further = np.zeros(len(rows), dtype=bool)
        if name == "Student":
            further = further_sessions(rows, _row_above(rows, column, further, idle))
            filled &= rows.column("Student ID").blank() & (_of_services(rows) | further)
        if name in _SORTED_BY:
            filled &= ~idle
        totals = _sums(rows)
        filled &= ~totals
        above = _row_above(rows, column, totals, idle)
        blank = column.blank() & filled & (above >= 0)
        if name == "Student":
            blank &= ~_same(rows, above)
        least = 2 if name in _SORTED_BY or (name == "Student" and "Date" in rows.columns) else 1
        if name in _SORTED_BY and _stands_twice(column):
            continue
        if int(blank.sum()) >= least and _is_kept_so(column, filled, blank):
            service = rows.column("Service")
            rows = _taken(rows, column, blank, above)
            of_log = rows.tab == "Service Log" and np.array_equal(service.blank() & filled, blank)
            too = blank if of_log else blank & further
            if service.position >= 0 and too.any():
                last = _row_above(rows, service, totals, _idle(rows)) if further.any() else above
                rows = _taken(rows, service, too, last)
            idle = _idle(rows)
    return rows


def _with_providers(rows: TabRows, known: PeopleKnown) -> TabRows:
    column = rows.column("Provider")
    if rows.tab not in _GIVEN_BY or column.position < 0 or column.blank().sum() in (0, len(rows)):
        return rows
    filled = np.logical_and.reduce([_one_filled(rows, choice) for choice in _GIVEN_BY[rows.tab]])
    totals = total_rows(rows) if rows.tab == "Service Grid" else np.zeros(len(rows), dtype=bool)
    idle = _idle(rows)
    filled &= ~totals & ~idle
    above = _row_above(rows, column, totals, idle)
    blank = blank_providers(rows, filled, above)
    if blank.any():
        blank &= may_be_theirs(rows, above, known)
    return _taken(rows, column, blank, above) if blank.any() else rows


def _sums(rows: TabRows) -> Flags:
    """Tell which rows of a Service Grid sum up others, or may do so."""
    if rows.tab != "Service Grid":
        return np.zeros(len(rows), dtype=bool)
    return total_rows(rows) | rows.column("Service").where(may_be_total)


def _sum_of_a_student(rows: TabRows, column: Column) -> Flags:
    """Tell which rows of a Service Grid have "Ana R. Total" in the place of a student."""
    if rows.tab != "Service Grid" or column.name != "Student":
        return np.zeros(len(rows), dtype=bool)
    sums: Flags = column.where(sums_up_a_student) & rows.column("Service").blank()
    return sums


def _stands_twice(column: Column) -> bool:
    stands = column.codes[~column.blank()]
    return len(np.unique(stands)) < len(stands)


def _several_filled(rows: TabRows) -> Flags:
    """Tell in which rows more than one cell is filled: what stands alone is a heading or a remark. A service
    alone in a Service Grid is a line of which the amount is blank, unless the list begins with one."""
    there = [~column.blank() for column in rows.columns.values() if column.position >= 0]
    several: Flags = np.sum(there, axis=0) > 1
    service = rows.column("Service")
    if rows.tab != "Service Grid" or service.position < 0:
        return several
    alone = ~several & service.where(lambda cell: bool(services_spoken_of(text_of(cell))))
    return several if alone[0] else several | alone


def _one_filled(rows: TabRows, names: Sequence[str]) -> Flags:
    filled: Flags = ~np.logical_and.reduce([rows.column(name).blank() for name in names])
    return filled


def _of_services(rows: TabRows) -> Flags:
    """Tell which rows are not of what is no service: "Lunch" has no student."""
    column = rows.column("Service")
    if rows.tab != "Schedule" or column.position < 0:
        return np.ones(len(rows), dtype=bool)
    return column.where(lambda cell: known_service(text_of(cell)) is not None)


def _idle(rows: TabRows) -> Flags:
    """Tell which rows of a Schedule are of nobody: "Lunch" where the student or the service stands."""
    if rows.tab != "Schedule":
        return np.zeros(len(rows), dtype=bool)
    idle: Flags = rows.column("Student").where(is_idle) | rows.column("Service").where(is_idle)
    return idle


def _row_above(rows: TabRows, column: Column, sums: Flags, idle: Flags) -> Ints:
    """Return for each row the position of the last one above in which something stands, -1 across a gap in
    the rows, and below a total. Of an idle row nothing holds on: the service above it does, no student."""
    places = np.arange(len(rows), dtype=np.int64)
    passed = column.blank() | (idle & (column.name == "Service"))
    last = np.maximum.accumulate(np.where(passed, -1, places))
    gap = np.concatenate(([True], np.diff(rows.rows) != 1))
    begun = np.maximum.accumulate(np.where(gap, places, 0))
    begun = np.maximum(begun, np.maximum.accumulate(np.where(sums & column.blank(), places, 0)))
    totals = column.where(is_total) | _sum_of_a_student(rows, column) | (idle & (column.name == "Student"))
    found: Ints = np.where((last >= begun) & ~totals[np.maximum(last, 0)], last, -1)
    return found


def _same(rows: TabRows, above: Ints) -> Flags:
    same = above >= 0
    alike = ("Days",) if rows.tab == "Schedule" else _ALIKE
    there = [rows.columns[name] for name in alike if name in rows.columns]
    for column in there:
        same = same & (column.codes == column.codes[np.maximum(above, 0)])
    return same if there else np.zeros(len(rows), dtype=bool)


def _is_kept_so(column: Column, filled: Flags, blank: Flags) -> bool:
    """Tell whether a list says what a column has once and leaves it blank below: in a good part of its rows,
    and hardly ever the same twice."""
    blanks = int(blank.sum())
    if _LEAST_SHARE * blanks < int(filled.sum()):
        return False
    stands = np.flatnonzero(~column.blank())
    repeats = int((column.codes[stands[1:]] == column.codes[stands[:-1]]).sum())
    return _MOST_REPEATS * repeats <= blanks


def _taken(rows: TabRows, column: Column, blank: Flags, above: Ints) -> TabRows:
    columns = dict(rows.columns)
    for name in ("Student", "Student ID") if column.name == "Student" else (column.name,):
        if name in columns:
            codes = columns[name].codes
            columns[name] = replace(columns[name], codes=np.where(blank, codes[np.maximum(above, 0)], codes))
    places = np.flatnonzero(blank)
    row = int(rows.rows[places[0]])
    more = f" ({len(places)} rows, the last is {int(rows.rows[places[-1]])})" if len(places) > 1 else ""
    value = shown(column.cells[int(column.codes[above[places[0]]])])
    asked = Problem(
        Severity.QUESTION,
        rows.sheet.name,
        a1(row, column.position),
        value,
        f"{column.name} is blank here: the one above is taken to hold on.{more}",
        f"Write the {column.name.lower()} into each row, or merge the cells that it holds for.",
    )
    return replace(rows, columns=columns, problems=(*rows.problems, asked))
