"""The Student column of every tab but the Caseload: whom each row is about, one row for each student."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sheets_sync.intake.cells import text_of
from sheets_sync.intake.context import Context
from sheets_sync.intake.student_problems import report_names
from sheets_sync.intake.students import Match, Standing
from sheets_sync.intake.students_in_cell import students_in_cell, with_doubts
from sheets_sync.intake.tab_rows import Flags, Ints, TabRows
from sheets_sync.ports import ErrorValue


@dataclass(frozen=True)
class Named:
    """`rows` has one row for each student of a row; `codes` are those of `Context.students`.

    `take` are the positions in the rows given;
    `unmatched` are rows of somebody who is not on the Caseload, or whose name two students share.
    """

    rows: TabRows
    take: Ints
    codes: Ints
    unmatched: Flags

    def at(self, keep: Flags) -> Named:
        """Return these of the rows."""
        return Named(self.rows.at(keep), self.take[keep], self.codes[keep], self.unmatched[keep])


def name_students(rows: TabRows, context: Context, *, keep: bool = False) -> Named:
    """Match the Student column (and Student ID, where the tab has one) to the Caseload.

    Students whom [ignore] names are dropped silently. Those not on the Caseload are reported, one problem a
    name or one for many; their rows are left out unless `keep` is true (a line of the grid stays, as CHECK
    DATA). A row without a student is reported and left out.
    """
    matches, which = _match(rows, context)
    people = [[m for m in row if m.standing is not Standing.IGNORED] for row in matches]
    report_names(rows, context, people, which)
    kept = [[m for m in row if keep or m.standing is Standing.KNOWN] for row in people]
    counts = np.array([len(row) for row in kept], dtype=np.int64)
    flat = [m for row in kept for m in row]
    codes = np.array([_code(m, context) for m in flat], dtype=np.int64)
    unmatched = np.array([m.standing is not Standing.KNOWN for m in flat], dtype=bool)
    starts = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int64)
    per_row = counts[which]
    take = np.repeat(np.arange(len(rows)), per_row)
    ends = np.cumsum(per_row)
    within = np.arange(len(take)) - np.repeat(ends - per_row, per_row)
    places = starts[which[take]] + within
    if len(take) == len(rows) and (per_row == 1).all():
        return Named(rows, take, codes[places], unmatched[places])
    return Named(rows.at(take), take, codes[places], unmatched[places])


def _code(match: Match, context: Context) -> int:
    return match.code if match.standing is Standing.KNOWN else context.students.code(match.typed)


def _match(rows: TabRows, context: Context) -> tuple[list[list[Match]], Ints]:
    """Match each distinct combination of Student, Student ID and Grade; return each row's combination too."""
    columns = [rows.column(name) for name in ("Student", "Student ID", "Grade")]
    beside = [column for column in columns[1:] if column.position >= 0]
    which, column = columns[0].codes, columns[0]
    texts = [[text_of_name(cell) for cell in one.cells] for one in columns]
    for other in beside:
        which = which * len(other.cells) + other.codes
    distinct, which = (
        np.unique(which, return_inverse=True) if beside else (np.arange(len(column.cells)), which)
    )
    people = []
    for combination in distinct.tolist():
        said = ["", "", ""]
        for at in (2, 1):
            if columns[at].position >= 0:
                combination, code = divmod(combination, len(columns[at].cells))
                said[at] = texts[at][code]
        people.append(students_in_cell(texts[0][combination], said[1], said[2], context.roster))
    return with_doubts(people, context.roster), which.astype(np.int64)


def text_of_name(cell: object) -> str:
    """Return a name as typed; an error cell names nobody."""
    return "" if isinstance(cell, ErrorValue) else text_of(cell)  # type: ignore[arg-type]
