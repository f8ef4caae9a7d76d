"""Hours of a Schedule in which there is no student: lunch, planning, meetings."""

from __future__ import annotations

import pytest

from tests.intake.small_workbook import read, row_added, told

LIST = "Days | Time | Student | Service\nMon | 9:00-9:30 | Ana R. | Speech"


@pytest.mark.parametrize(
    ("student", "service"),
    [
        ("Lunch", ""),
        ("LUNCH", "Lunch"),
        ("Planning", ""),
        ("Prep / planning", ""),
        ("IEP meetings", ""),
        ("Lunch/Recess duty", ""),
        ("MTSS mtg", ""),
        ("Testing", "Evaluations"),
        ("", "Lunch"),
    ],
)
def test_a_row_without_a_student_is_no_session_and_noted(student: str, service: str) -> None:
    tables = read({"Schedule": f"{LIST}\nMon | 11:30-12:00 | {student} | {service}"})
    assert tables.schedule["student"].tolist() == ["Ana R."]
    assert [one[0] for one in told(tables)] == ["note"]


def test_several_are_one_note() -> None:
    rows = "\n".join(
        f"{day} | 11:30-12:00 | {what} |" for day in ("Mon", "Tue") for what in ("Lunch", "Prep")
    )
    assert [one[:2] for one in told(read({"Schedule": f"{LIST}\n{rows}"}))] == [("note", "Schedule!C3")]


@pytest.mark.parametrize(
    ("student", "service"),
    [
        ("Lunch", "Speech"),
        ("Lunch bunch", "Speech"),
        ("Lunch with Ana R.", ""),
        ("Art", ""),
        ("Zed Q.", ""),
        ("", "Speech"),
    ],
)
def test_what_may_be_a_session_or_a_student_stays_an_error(student: str, service: str) -> None:
    tables = read({"Schedule": f"{LIST}\nMon | 11:30-12:00 | {student} | {service}"})
    assert "error" in [one[0] for one in told(tables)]


def test_a_student_of_the_caseload_who_is_called_so_is_the_student() -> None:
    caseload = row_added("Caseload", "Recess | S3")
    tables = read({**caseload, "Schedule": f"{LIST}\nMon | 11:30-12:00 | Recess |"})
    assert [one[0] for one in told(tables)] == ["error"]


@pytest.mark.parametrize(
    ("cell", "severity"),
    [("Lunch 12-12:30", ["note"]), ("Specials 10:00-10:45", ["note"]), ("Zed 10:00-10:45", ["error"])],
)
def test_times_in_cells(cell: str, severity: list[str]) -> None:
    week = [["Student", "Mon", "Tue"], ["Ana R.", "9:00-9:30 Speech", cell]]
    assert [one[0] for one in told(read({"Schedule": week})) if one[1] == "Schedule!C2"] == severity
