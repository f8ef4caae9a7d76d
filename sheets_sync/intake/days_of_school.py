"""Rows of a Calendar whose Kind says that there is school ("School", "Regular day"), and what stands beside.

A calendar of every day has its rotation there, "A" and "B", or the day's own kind, "half day": that is the
row's kind. Such a row is not one that changes no session because of the word below Kind alone.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sheets_sync.intake.calendar_events import is_day_of_school
from sheets_sync.intake.calendar_kinds import NO_SCHOOL, SHORT, read_kind
from sheets_sync.intake.calendar_words import weekdays
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.names import name_key
from sheets_sync.intake.problem_list import ProblemList
from sheets_sync.intake.rotation_names import count_on, read_rotation_day, rotation_days
from sheets_sync.intake.tab_rows import Column, Ints, TabRows, column_of
from sheets_sync.problems import COLUMN_BIT, Severity

_PROBLEM = "Kind says that there is school, and this says another thing: the row is not counted."
_REMEDY = 'Write into Kind what the day is: "Early release" with its time, "A day", "No school".'
_CONTRARY = (NO_SCHOOL, "esy")


def days_of_school(rows: TabRows, found: ProblemList) -> TabRows:
    """Return the rows of a Calendar, those of a day of school with the kind that Label says. One beside which
    anything else stands is left out and reported."""
    column, label, time = (rows.column(name) for name in ("Kind", "Label", "Time"))
    school = column.where(lambda cell: is_day_of_school(name_key(text_of(cell))))
    if not school.any():
        return rows
    said = [f"Day {text}" if text.isdecimal() else text for text in label.texts()]
    beside = [said[at] for at in np.flatnonzero(school)]
    rotation, counted = rotation_days(beside), count_on(beside)
    kinds = [column.cells[code] for code in column.codes.tolist()]
    numbers, wrong = _numbers(rows, column), np.zeros(len(rows), dtype=bool)
    numbers_beside, times = _numbers(rows, label), time.texts()
    for at in np.flatnonzero(school):
        kind = "cycle_day" if said[at] in rotation else _kind(said[at])
        if kind and kind not in _CONTRARY:
            kinds[at], numbers[at] = said[at], numbers_beside[at]
        elif not _says_nothing(said[at], counted=counted):
            wrong[at] = True
        wrong[at] |= kind not in SHORT and not _says_nothing(times[at], counted=False)
    of_label = wrong & ~label.blank() & (time.blank() | (numbers != numbers_beside))
    found.at_rows(Severity.ERROR, rows, label, of_label, _PROBLEM, _REMEDY)
    found.at_rows(Severity.ERROR, rows, time, wrong & ~of_label, _PROBLEM, _REMEDY)
    read = column_of("Kind", max(column.position, 0), kinds, numbers)
    return replace(rows, columns={**rows.columns, "Kind": read}).at(~wrong)


def _numbers(rows: TabRows, column: Column) -> Ints:
    """Return the number of each row's cell in a column (problems.cell_number)."""
    return rows.rows | (column.position + 1) << COLUMN_BIT if column.places is None else column.places.copy()


def _kind(text: str) -> str:
    kind = read_kind(text).value if text else None
    return kind.kind if kind is not None else ""


def _says_nothing(text: str, *, counted: bool) -> bool:
    """Tell whether a text beside the Kind says no more than it: "Monday", "Picture day", "Day 45"."""
    if not text or text.casefold().strip(" .") in weekdays():
        return True
    kind = read_kind(text).value
    return (kind is not None and not kind.kind) or (counted and read_rotation_day(text) is not None)
