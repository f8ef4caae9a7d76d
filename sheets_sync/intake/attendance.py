"""The Attendance tab: days on which a student was absent, late or left early (counting.md, "Attendance")."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sheets_sync.intake.attendance_days import read_days
from sheets_sync.intake.attendance_words import ABSENT, DISMISSED, Said, attendance_kind, attendance_said
from sheets_sync.intake.cells import text_of
from sheets_sync.intake.clock import read_time
from sheets_sync.intake.context import Context
from sheets_sync.intake.known_codes import code_key
from sheets_sync.intake.reading import Reading
from sheets_sync.intake.shared_columns import (
    note_afternoons,
    numbers,
    read_times,
    report_blank,
)
from sheets_sync.intake.student_column import name_students
from sheets_sync.intake.tab_rows import Flags, Ints, TabRows
from sheets_sync.lazy_regex import lazy_regex
from sheets_sync.ports import Sheet
from sheets_sync.problems import CannotCount, Problem, Severity
from sheets_sync.tables import ATTENDANCE, table

_REMARK = lazy_regex(r"\s+-\s+|\s*[(:;,/]\s*")
_DAY = np.timedelta64(1, "D")
_TIMES = ("Time", "Left at")
_IN_WORDS = (
    'Write "absent", "tardy" or "dismissed" where the student was; clear the cell where the student was at'
    " school, on a trip or working from home, or where there was no school."
)
_ALONE = 'Where that is all it says, write "{}" alone, and the remark into another column.'


def read_attendance(rows: TabRows, context: Context) -> pd.DataFrame:
    """Make the table ATTENDANCE, a row for each day. A row of the tab whose date, student or kind cannot be
    read is reported and left out.

    Only an absence of which the date alone cannot be read stays, as one of the kind "".
    """
    kinds = rows.column("Attendance").read(lambda cell: _read_kind(text_of(cell), rows.codes))
    context.found.readings(rows, kinds)
    there = kinds.each(lambda said: said.kind, "", "object")
    first, last = read_days(rows, there, context)
    dates = rows.column("Date")
    for column in (kinds.column, dates):
        remedy = f"Write the {column.name.lower()}, or clear the row."
        report_blank(context, rows, column, column.blank(), f"{column.name} is blank.", remedy)
    undated = np.isnat(first) & ~dates.blank() & (there == ABSENT)
    good = (~np.isnat(first) & (there != "") & (there != "present")) | undated
    good &= ~_came(rows, there == ABSENT, context)
    there = np.where(undated, "", there)
    named = name_students(rows.at(good), context)
    of_marks = kinds.each(lambda said: read_time(said.time).value if said.time else -1, -1, "int64")
    times = _times(named.rows, there[good][named.take], of_marks[good][named.take], context)
    first, last = first[good][named.take], last[good][named.take]
    many = (np.where(np.isnat(first), _DAY, last - first + _DAY) // _DAY).astype(np.int64)
    each = np.repeat(np.arange(len(many)), many)
    after = np.arange(len(each)) - np.repeat(np.cumsum(many) - many, many)
    return table(
        ATTENDANCE,
        {
            "row": named.rows.rows[each],
            "date": first[each] + after * _DAY,
            "student": context.students.categorical(named.codes[each]),
            "kind": there[good][named.take][each],
            "time": times[each],
        },
    )


def _came(rows: TabRows, absent: Flags, context: Context) -> Flags:
    """Tell, and report, which of the absent came in or went out by the times beside it."""
    if not all(name in rows.columns for name in _TIMES):
        return np.zeros(len(rows), dtype=bool)
    came: Flags = np.zeros(len(rows), dtype=bool)
    for name in _TIMES:
        there = absent & ~came & (numbers(read_times(rows, name)) >= 0)
        problem = "A time stands beside absent: the row is not counted."
        remedy = 'Clear the time, or write "tardy" or "dismissed".'
        context.found.at_rows(Severity.ERROR, rows, rows.column(name), there, problem, remedy)
        came |= there
    return came


def _times(rows: TabRows, kinds: npt.NDArray[Any], of_marks: Ints, context: Context) -> Ints:
    """Return each row's time: of a dismissal that of Left at, else that of Time, else that of the mark."""
    read = {name: read_times(rows, name) for name in _TIMES}
    for times in read.values():
        context.found.readings(rows, times, Severity.QUESTION)
    note_afternoons(rows, _TIMES, context.found)
    came, went = (numbers(read[name]) for name in _TIMES)
    beside = np.where((kinds == DISMISSED) & (went >= 0), went, came)
    return np.where(beside >= 0, beside, of_marks)


def attendance_left_out(sheet: Sheet, stop: CannotCount) -> Problem:
    """Say that the tab cannot be read: all is counted as in a workbook that has no such tab."""
    problem = f"This tab is not read, and all is counted without it: {stop.what}."
    return Problem(
        Severity.ERROR, sheet.name, "", "", problem, f"{stop.remedy[:1].upper()}{stop.remedy[1:]}."
    )


def _read_kind(text: str, codes: Mapping[str, str]) -> Reading[Said]:
    """Read a mark; the key on the tab goes before the words that are built in."""
    own = {code_key(code): meaning for code, meaning in codes.items()}
    key = code_key(text)
    said = attendance_said(text, own)
    if said:
        return Reading(said)
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
