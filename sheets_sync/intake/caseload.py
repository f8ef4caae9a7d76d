"""The Caseload tab: one row a student, in the order of every view (spec: workbook.md, "Caseload")."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from sheets_sync.intake.cells import is_blank, shown, text_of
from sheets_sync.intake.context import Context
from sheets_sync.intake.names import name_key
from sheets_sync.intake.person_names import words_of
from sheets_sync.intake.roster import make_roster, student_labels
from sheets_sync.intake.shared_columns import day_column, read_dates, report_blank, report_error_cells
from sheets_sync.intake.students import Standing
from sheets_sync.intake.tab_rows import TabRows
from sheets_sync.intake.vocabulary import meanings
from sheets_sync.problems import Severity, sheet_row
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

_NO_NAME = frozenset(("", "n/a", "na", "none", "no", "same", "-", "--", "?"))
"""What stands in a column of other names where there is none."""


def read_caseload(rows: TabRows, context: Context) -> pd.DataFrame:
    """Make the table STUDENTS and `context.roster`. A row without a name is reported and left out.

    Of students who share a name, each is called "Name (ID)" where the Caseload has an ID, else "Name (gr 3)".
    """
    column = rows.column("Student")
    report_blank(context, rows, column, column.blank(), "Student is blank.", "Write the student's name.")
    for name in ("Student", "Student ID"):
        report_error_cells(rows, context, rows.column(name))
    ignored = {name_key(name) for name in context.names.ignored_students}
    keep = [bool(name) and name_key(name) not in ignored for name in column.texts()]
    rows = rows.at(np.array(keep, dtype=bool))
    names, ids = rows.column("Student").texts(), rows.column("Student ID").texts()
    grades = rows.column("Grade").texts()
    also_called = [other_names(text) for text in rows.column("Also called").texts()]
    context.roster = make_roster(
        names,
        ids,
        aliases=context.names.aliases,
        ignored=context.names.ignored_students,
        grades=grades,
        also_called=also_called,
    )
    for label in context.roster.labels:
        context.students.code(label)
    labels = student_labels(names, ids, grades)
    _report_shared(rows, names, ids, labels, context)
    _report_other_names(rows, names, labels, also_called, context)
    leaving = read_dates(_without_no(rows), "Exit date", context.school_year)
    context.found.readings(rows, leaving)
    texts = {key: rows.column(header).texts() for key, header in _TEXTS.items()}
    return table(
        STUDENTS,
        {
            "row": rows.rows,
            "student": labels,
            **texts,
            "exit": day_column(leaving),
        },
    )


def _without_no(rows: TabRows) -> TabRows:
    """Return the rows with a blank Exit date where "No" or an empty box stands: the student is there."""
    column = rows.column("Exit date")
    cells = tuple(
        None if meanings("yes_no").get(text_of(cell).casefold()) == "no" else cell for cell in column.cells
    )
    blanks = np.array([is_blank(cell) for cell in cells])
    return replace(rows, columns={**rows.columns, "Exit date": replace(column, cells=cells, blanks=blanks)})


def other_names(text: str) -> tuple[str, ...]:
    """Return the other names of a student in one cell: "Annie; Rivera, Annie" or "Annie, Nan"."""
    parts = text.split(";" if ";" in text else ",")
    names = (part.strip() for line in parts for part in line.splitlines())
    return tuple(dict.fromkeys(name for name in names if name_key(name) not in _NO_NAME))


def _report_shared(
    rows: TabRows, names: list[str], ids: list[str], labels: list[str], context: Context
) -> None:
    """Report a name that two students have and nothing tells apart, and an ID that two students have."""
    for texts, header in ((names, "Student"), (ids, "Student ID")):
        first: dict[str, int] = {}
        for position, text in enumerate(texts):
            key = name_key(text)
            if not text or first.setdefault(key, position) == position:
                continue
            row = sheet_row(int(rows.rows[first[key]]))
            if header == "Student ID":
                problem = f"The Student ID stands in row {row} too: it tells nobody apart."
                remedy = "Give each student an ID of their own."
            elif ids[position] and ids[first[key]]:
                problem = f"Row {row} has the same name: a row of another tab must give the Student ID."
                remedy = "Write the ID instead of the name in the other tabs, or tell the names apart."
            elif labels[position] != labels[first[key]] and not ids[position] and not ids[first[key]]:
                problem = f"Row {row} has the same name: a row of another tab must give the grade."
                remedy = f'Write "{labels[position]}" there or add a column Grade, or tell the names apart.'
            else:
                problem = f"Row {row} has the same name: rows of other tabs with it cannot be counted."
                remedy = "Give each a Student ID, or tell the names apart; of one student keep one row."
            context.found.cell(Severity.ERROR, rows, position, rows.column(header), problem, remedy)


def _report_other_names(
    rows: TabRows,
    names: list[str],
    labels: list[str],
    also_called: list[tuple[str, ...]],
    context: Context,
) -> None:
    """Ask about another name of a student that is somebody else's too: it tells nobody apart."""
    roster = context.roster
    for position, others in enumerate(also_called):
        own = set(words_of(names[position]))
        for other in others:
            found = roster.find(other)
            meant = found.standing is Standing.KNOWN and roster.labels[found.code] == labels[position]
            if meant or set(words_of(other)) <= own or name_key(names[position]) in roster.shared:
                continue
            problem = f"{shown(other)} can mean somebody else on the Caseload too: it is taken for nobody."
            remedy = 'Write another name that is nobody else\'s, like "Ana R.", or leave it out.'
            column = rows.column("Also called")
            context.found.cell(Severity.QUESTION, rows, position, column, problem, remedy, other)
