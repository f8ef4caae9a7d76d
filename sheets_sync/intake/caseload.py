"""The Caseload tab: one row a student, in the order of every view (spec: workbook.md, "Caseload")."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sheets_sync.intake.context import Context
from sheets_sync.intake.names import name_key
from sheets_sync.intake.shared_columns import day_column, read_dates, report_blank, report_error_cells
from sheets_sync.intake.students import make_roster
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.problems import Severity
from sheets_sync.tables import STUDENTS, table

_TEXTS = {
    "student_id": "Student ID",
    "grade": "Grade",
    "school": "School",
    "district": "District",
    "case_manager": "Case manager",
    "case_manager_email": "Case manager email",
    "teacher_email": "Teacher email",
    "plan": "Plan",
    "notes": "Notes",
}


def read_caseload(rows: TabRows, context: Context) -> pd.DataFrame:
    """Make the table STUDENTS and `context.roster`. A row without a name is reported and left out.

    Of students who share a name, each is called "Name (ID)" where the Caseload has an ID.
    """
    column = rows.column("Student")
    report_blank(context, rows, column, column.blank(), "Student is blank.", "Write the student's name.")
    for name in ("Student", "Student ID"):
        report_error_cells(rows, context, rows.column(name))
    ignored = {name_key(name) for name in context.names.ignored_students}
    keep = [bool(name) and name_key(name) not in ignored for name in column.texts()]
    rows = rows.at(np.array(keep, dtype=bool))
    names, ids = rows.column("Student").texts(), rows.column("Student ID").texts()
    context.roster = make_roster(
        names, ids, aliases=context.names.aliases, ignored=context.names.ignored_students
    )
    for label in context.roster.labels:
        context.students.code(label)
    _report_shared(rows, names, ids, context)
    leaving = read_dates(rows, "Exit date", context.school_year)
    context.found.readings(rows, leaving)
    texts = {key: rows.column(header).texts() for key, header in _TEXTS.items()}
    return table(
        STUDENTS,
        {
            "row": rows.rows,
            "student": _labels(names, ids, context),
            **texts,
            "exit": day_column(leaving),
        },
    )


def _labels(names: list[str], ids: list[str], context: Context) -> list[str]:
    roster = context.roster
    labels = []
    for name, student_id in zip(names, ids, strict=True):
        code = roster.by_id.get(name_key(student_id)) if student_id else None
        labels.append(name if code is None else roster.labels[code])
    return labels


def _report_shared(rows: TabRows, names: list[str], ids: list[str], context: Context) -> None:
    """Report a name that two students have and no IDs tell apart, and an ID that two students have."""
    for texts, header in ((names, "Student"), (ids, "Student ID")):
        first: dict[str, int] = {}
        for position, text in enumerate(texts):
            key = name_key(text)
            if not text or first.setdefault(key, position) == position:
                continue
            row = int(rows.rows[first[key]])
            if header == "Student ID":
                problem = f"The Student ID stands in row {row} too: it tells nobody apart."
                remedy = "Give each student an ID of their own."
            elif ids[position] and ids[first[key]]:
                problem = f"Row {row} has the same name: a row of another tab must give the Student ID."
                remedy = "Write the ID instead of the name in the other tabs, or tell the names apart."
            else:
                problem = f"Row {row} has the same name: rows of other tabs with it cannot be counted."
                remedy = "Give each a Student ID, or tell the names apart; of one student keep one row."
            context.found.cell(Severity.ERROR, rows, position, rows.column(header), problem, remedy)
