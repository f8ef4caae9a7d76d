"""The Attendance tab: days on which a student was absent, late or left early (counting.md, "Attendance")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.codes import code_key
from sheets_sync.intake.context import Context
from sheets_sync.intake.names import name_key
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.shared_columns import (
    NEVER,
    note_afternoons,
    numbers,
    read_dates,
    read_times,
    report_blank,
)
from sheets_sync.intake.student_column import name_students
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.intake.vocabulary import words
from sheets_sync.ports import Sheet
from sheets_sync.problems import CannotCount, Problem, Severity
from sheets_sync.tables import ATTENDANCE, DATE, table

_REMARK = re.compile(r"\s+-\s+|\s*[(:;,/]\s*")
_IN_WORDS = (
    'Write "absent", "tardy" or "dismissed" where the student was; clear the cell where the student was at'
    " school, on a trip or working from home, or where there was no school."
)
_ALONE = 'Where that is all it says, write "{}" alone, and the remark into another column.'


def read_attendance(rows: TabRows, context: Context) -> pd.DataFrame:
    """Make the table ATTENDANCE. A row whose date, student or kind cannot be read is reported and left out.

    Only an absence of which the date alone cannot be read stays, as one of the kind "".
    """
    kinds = rows.column("Attendance").read(lambda cell: _read_kind(text_of(cell), rows.codes))
    dates = read_dates(rows, "Date", context.school_year)
    context.found.readings(rows, kinds)
    context.found.readings(rows, dates)
    for column in (kinds.column, dates.column):
        remedy = f"Write the {column.name.lower()}, or clear the row."
        report_blank(context, rows, column, column.blank(), f"{column.name} is blank.", remedy)
    there = kinds.each(str, "", "object")
    undated = dates.unread() & (there == "absent")
    good = (~dates.absent() & (there != "") & (there != "present")) | undated
    there = np.where(undated, "", there)
    named = name_students(rows.at(good), context)
    times = read_times(named.rows, "Time")
    context.found.readings(named.rows, times, Severity.QUESTION)
    note_afternoons(named.rows, ["Time"], context.found)
    days = dates.each(lambda day: np.datetime64(day, "s"), NEVER, DATE)
    return table(
        ATTENDANCE,
        {
            "row": named.rows.rows,
            "date": days[good][named.take],
            "student": context.students.categorical(named.codes),
            "kind": there[good][named.take],
            "time": numbers(times),
        },
    )


def attendance_left_out(sheet: Sheet, stop: CannotCount) -> Problem:
    """Say that the tab cannot be read: all is counted as in a workbook that has no such tab."""
    problem = f"This tab is not read, and all is counted without it: {stop.what}."
    return Problem(
        Severity.ERROR, sheet.name, "", "", problem, f"{stop.remedy[:1].upper()}{stop.remedy[1:]}."
    )


@cache
def _kinds() -> dict[str, str]:
    spoken = words("attendance_kinds")
    return {name_key(word): kind for kind, others in spoken.items() for word in (kind, *others)}


def attendance_kind(text: str) -> str | None:
    """Return absent, tardy, dismissed or present, in whatever words; None for any other."""
    return _kinds().get(name_key(text))


def _read_kind(text: str, codes: Mapping[str, str]) -> Reading[str]:
    """Read a mark; the key on the tab goes before the words that are built in."""
    own = {code_key(code): meaning for code, meaning in codes.items()}
    key = code_key(text)
    kind = own.get(key, attendance_kind(text))
    if kind:
        return Reading(kind)
    if key in own:
        problem = (
            "The key of codes gives this a meaning that is not known here, or two: the row is not counted."
        )
        return Reading(None, problem, _IN_WORDS)
    if len(key) == 1 and key.isalpha():
        problem = "One letter means nothing until a key says so: the row is not counted."
        return Reading(None, problem, f'{_IN_WORDS} Or write a key on the tab, like "A = absent".')
    first = attendance_kind(_REMARK.split(text.strip(), maxsplit=1)[0])
    remedy = _ALONE.format(first) if first else _IN_WORDS
    return Reading(
        None, "This says neither absent nor tardy nor dismissed alone: the row is not counted.", remedy
    )
