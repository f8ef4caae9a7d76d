"""The Attendance tab: absent, tardy, dismissed."""

from __future__ import annotations

from datetime import date

import pytest

from sheets_sync.problems import Severity
from tests.intake.small_workbook import read, told

HEADER = "Date | Student | Attendance | Time"


def attendance(*rows: str) -> dict[str, str]:
    return {"Attendance": "\n".join((HEADER, *rows))}


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("absent", "absent"),
        ("Absent ", "absent"),
        ("Tardy", "tardy"),
        ("dismissed", "dismissed"),
        ("left early", "dismissed"),
    ],
)
def test_kinds(typed: str, kind: str) -> None:
    tables = read(attendance(f"2025-10-06 | Ana R. | {typed} | 9:40"))
    (row,) = tables.attendance.to_dict("records")
    assert (row["row"], row["date"].date(), row["student"], row["kind"], row["time"]) == (
        2,
        date(2025, 10, 6),
        "Ana R.",
        kind,
        580,
    )
    assert not tables.problems


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("Date | Student | Absent | Tardy | Dismissed", "Attendance"),
        ("Date | Absent | Tardy | Dismissed", "Student"),
        ("Date | Student | Status | Time in | Time out", "Time out"),
        ("Day off | Whatever", "Attendance"),
    ],
)
def test_a_tab_that_cannot_be_read_is_an_error_and_stops_nothing(header: str, named: str) -> None:
    tables = read({"Attendance": f"{header}\n2025-10-06 | Ana R."})
    assert (len(tables.attendance), len(tables.schedule), len(tables.log)) == (0, 1, 1)
    (problem,) = tables.problems
    assert (problem.severity, problem.tab) == (Severity.ERROR, "Attendance")
    assert named in problem.problem
    assert problem.remedy[:1].isupper()


def test_a_day_present_is_no_absence() -> None:
    tables = read(attendance("2025-10-06 | Ana R. | present |"))
    assert len(tables.attendance) == 0
    assert not tables.problems


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("tardy - bus", 'write "tardy" alone'),
        ("absent (am only)", 'write "absent" alone'),
        ("Field trip", "clear the cell where the student was at school"),
        ("No school", "clear the cell where the student was at school"),
        ("remote", "clear the cell where the student was at school"),
        ("A", 'a key on the tab, like "A = absent"'),
    ],
)
def test_what_would_do_makes_nobody_absent_who_was_there(typed: str, remedy: str) -> None:
    tables = read(attendance(f"2025-10-06 | Ana R. | {typed} |"))
    assert len(tables.attendance) == 0
    (problem,) = tables.problems
    assert (problem.cell, problem.severity) == ("C2", Severity.ERROR)
    assert remedy in problem.remedy


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("soon | Ana R. | tardy |", "A2"),
        ("2025-10-06 | Zoe Q. | absent |", "B2"),
        ("2025-10-06 | Ana R. | A |", "C2"),
        ("2025-10-06 | Ana R. | |", "C2"),
    ],
)
def test_a_row_that_cannot_be_read_is_reported_and_left_out(row: str, cell: str) -> None:
    tables = read(attendance(row, "2025-10-07 | Ben T. | absent |"))
    assert tables.attendance["row"].tolist() == [3]
    assert [(severity, where) for severity, where, _ in told(tables)] == [("error", f"Attendance!{cell}")]


def test_an_absence_whose_date_cannot_be_read_is_no_day_of_absence_but_known_to_be_there() -> None:
    tables = read(attendance("soon | Ana R. | absent |", "2025-10-07 | Ben T. | absent |"))
    rows = tables.attendance[["row", "student", "kind"]].to_dict("records")
    assert rows == [
        {"row": 2, "student": "Ana R.", "kind": ""},
        {"row": 3, "student": "Ben T.", "kind": "absent"},
    ]
    assert [(severity, where) for severity, where, _ in told(tables)] == [("error", "Attendance!A2")]
