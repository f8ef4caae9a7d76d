"""The Caseload: one row a student, in its order."""

from __future__ import annotations

from datetime import date

import pandas as pd

from sheets_sync.config import Names
from sheets_sync.ports import ErrorValue
from tests.intake.small_workbook import SMALL, cells, only, read, told

HEADER = (
    "Student ID | Student | Grade | School | District"
    " | Case manager | Case manager email | Plan | Exit date | Notes | Teacher email"
)


def caseload(*rows: str) -> dict[str, str]:
    return {"Caseload": "\n".join((HEADER, *rows))}


def test_a_student_with_everything() -> None:
    row = "0012x | Ana R. | 3 | North | D1 | C. Manager | c@example.org | ISP | 2026-03-02 | new"
    row += " | t@example.org"
    (student,) = read(caseload(row)).students.to_dict("records")
    assert student == {
        "row": 2,
        "student": "Ana R.",
        "student_id": "0012x",
        "grade": "3",
        "school": "North",
        "district": "D1",
        "case_manager": "C. Manager",
        "case_manager_email": "c@example.org",
        "teacher_email": "t@example.org",
        "plan": "ISP",
        "exit": pd.Timestamp(2026, 3, 2),
        "notes": "new",
    }


def test_only_the_name_is_required() -> None:
    tables = read({"Caseload": "Student\nAna R."})
    assert tables.students["student"].tolist() == ["Ana R."]
    assert tables.students["exit"].isna().all()


def test_a_row_without_a_name_is_reported_and_left_out() -> None:
    tables = read(caseload(" | Ana R. | | | | | | | |", " | | 4 | North | | | | | |"))
    assert tables.students["student"].tolist() == ["Ana R."]
    assert told(tables) == [("error", "Caseload!B3", "Student is blank.")]


def test_an_exit_date_that_cannot_be_read_is_reported() -> None:
    tables = read(caseload(" | Ana R. | | | | | | | in spring |"))
    assert tables.students["exit"].isna().all()
    assert (only(tables).severity, only(tables).cell) == ("error", "I2")


def test_one_id_of_two_students_is_reported_and_matches_nobody() -> None:
    tables = read({**caseload("S1 | Ana R. | | | | | | | |", "S1 | Ben T. | | | | | | | |")})
    assert [(where, problem) for _, where, problem in told(tables)] == [
        ("Caseload!A3", "The Student ID stands in row 2 too: it tells nobody apart.")
    ]
    log = SMALL["Service Log"].replace("Ana R.", "S1")
    assert (
        len(
            read(
                {**caseload("S1 | Ana R. | | | | | | | |", "S1 | Ben T. | | | | | | | |"), "Service Log": log}
            ).log
        )
        == 0
    )


def test_an_error_cell_as_a_name_is_reported() -> None:
    rows = [*cells(SMALL["Caseload"]), [ErrorValue("#REF!"), "S3"]]
    tables = read({"Caseload": rows})
    assert tables.students["student"].tolist() == ["Ana R.", "Ben T."]
    assert only(tables).cell == "A4"


def test_an_ignored_student_is_not_on_the_caseload() -> None:
    tables = read({}, Names(ignored_students=("Ben T.",)))
    assert tables.students["student"].tolist() == ["Ana R."]


def test_exits_typed_as_text_are_dates() -> None:
    tables = read(caseload(" | Ana R. | | | | | | | 10/22 |"))
    assert tables.students["exit"].dt.date.tolist() == [date(2025, 10, 22)]


def test_a_caseload_whose_names_all_show_an_error_is_read_all_the_same() -> None:
    """A formula that points nowhere, beside IDs and grades: nobody is known, and nothing stops."""
    error = ErrorValue("#REF!")
    tables = read({"Caseload": [["Student", "Student ID", "Grade"], [error, "S1", "3"], [error, "S2", "4"]]})
    assert ("question", "Caseload!A2") in [(one.severity, f"{one.tab}!{one.cell}") for one in tables.problems]
