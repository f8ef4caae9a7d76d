"""Rows of a Caseload that are no students, and what may say that a student is not served."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.small_workbook import cells, only, read, told

HEADINGS = [
    *("Active", "Grade 3", "3rd grade", "KINDERGARTEN", "504", "Ms. Fox's class", "Mrs. Lee's 4th graders"),
    *(
        "Room 12",
        "Total: 4",
        "TOTAL STUDENTS 12",
        "Lincoln Elementary",
        "Speech",
        "Speech only",
        "Days",
        "IEP",
    ),
    *("Kim Lee's caseload", "Consult", "K-2 students", "Group 1", "Monday", "New students"),
    "These are the students whom we see in the afternoon",
]
NOT_SERVED = [
    *(
        "EXITED STUDENTS",
        "Exited",
        "Exited 24-25",
        "Moved",
        "Dismissed 2025",
        "Inactive",
        "Withdrawn",
        "Waitlist",
    ),
    *("Referrals", "Initial evals", "Evaluations", "Former students", "Transferred", "Declined services"),
    *("Not eligible", "DNQ", "Pending", "Not yet qualified", "2024-25 students", "On hold", "RTI"),
    *("MONITOR ONLY", "Monitoring", "Monitored students"),
]
STUDENTS = [
    *(
        "Ana",
        "Ed Moore",
        "Summer",
        "Student 12",
        "Student A",
        "A.R.",
        "OT",
        "AM",
        "K",
        "Grace Block",
        "May Day",
    ),
    *(
        "Young, Cal",
        "Art Grant",
        "Will Wait",
        "Hope",
        "New, Pat",
        "Ivy Rooms",
        "Mark Old",
        "María de los Ángeles",
    ),
]


def _caseload(*rows: str) -> dict[str, str]:
    return {"Caseload": "\n".join(("Student | Student ID", "Ana R. | S1", *rows))}


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_is_no_student_and_noted(heading: str) -> None:
    tables = read(_caseload(f"{heading} |", "Ben T. | S2"))
    assert tables.students["student"].tolist() == ["Ana R.", "Ben T."]
    assert (only(tables).severity, only(tables).cell) == ("note", "A3")


@pytest.mark.parametrize("heading", NOT_SERVED)
def test_students_below_one_that_says_they_are_not_served_are_counted_and_asked_about(heading: str) -> None:
    tables = read(_caseload(f"{heading} |", "Ben T. | S2"))
    assert tables.students["student"].tolist() == ["Ana R.", "Ben T."]
    assert (only(tables).severity, only(tables).cell) == ("question", "A3")


@pytest.mark.parametrize("name", STUDENTS)
def test_a_name_alone_is_a_student(name: str) -> None:
    tables = read({"Caseload": f"Student\nAna R.\n{name}\nBen T."})
    assert (len(tables.students), told(tables)) == (3, [])


def test_a_total_stands_in_any_column() -> None:
    tables = read({"Caseload": "Student ID | Student\nS1 | Ana R.\nS2 | Ben T.\nTotal | 2"})
    assert tables.students["student"].tolist() == ["Ana R.", "Ben T."]
    assert (only(tables).severity, only(tables).cell) == ("note", "A4")


def test_a_heading_or_a_title_of_a_second_chart_is_no_student() -> None:
    rows = ("Ben T. | S2", "Days |", "Student | Room | Case manager", "Ana R. | 12 | K. Lee", "Grade 4 |")
    tables = read({"Caseload": "\n".join(("Student | Student ID | Plan", "Ana R. | S1 | IEP", *rows))})
    assert tables.students["student"].tolist() == ["Ana R.", "Ben T."]
    assert [p.severity for p in tables.problems if p.cell] == ["note", "note"]


@pytest.mark.parametrize("name", ["Ben T. (moved 10/1)", "Ben T. - exited", "Ben T. DNQ"])
def test_a_remark_behind_a_name_is_asked_about(name: str) -> None:
    tables = read(_caseload(f"{name} | S2"))
    assert (len(tables.students), only(tables).severity, only(tables).cell) == (2, "question", "A3")


COLUMNS = [
    # header and cell of Ben T.: whether it is asked about
    *((*pair, True) for pair in (("Status", "Exited 9/12/2025"), ("Status", "Inactive"), ("Active?", "N"))),
    *((*pair, True) for pair in (("Status", "Moved 10/1"), ("Enrolled", "no"), ("Eligible", "DNQ"))),
    *((*pair, True) for pair in (("Inactive", "x"), ("Transferred", "10/1/2025"), ("Consent", "declined"))),
    *(
        (*pair, True)
        for pair in (("Notes", "moved 10/1"), ("Notes", "Dismissed"), ("Remarks 2", "exited Sept"))
    ),
    *(
        (*pair, False)
        for pair in (("Status", "Active"), ("Status", "IEP"), ("Active?", "Y"), ("Eligible", "SLI"))
    ),
    *(
        (*pair, False)
        for pair in (("Status", "Annual done"), ("Transferred", "No"), ("Home language", "gone"))
    ),
    *(
        (*pair, False)
        for pair in (("Notes", "moved his desk to the front"), ("Notes", "moved from Ohio 9/1"))
    ),
]


@pytest.mark.parametrize(("header", "cell", "asked"), COLUMNS)
def test_what_may_say_that_a_student_left_is_asked_about(header: str, cell: str, asked: bool) -> None:
    tables = read({"Caseload": f"Student | Student ID | {header}\nAna R. | S1 |\nBen T. | S2 | {cell}"})
    said = [(p.severity.value, p.cell) for p in tables.problems]
    assert (len(tables.students), said) == (2, [("question", "C3")] if asked else [])


def test_a_student_with_an_exit_date_may_be_called_exited() -> None:
    caseload = "Student | Status | Exit date\nAna R. | |\nBen T. | Exited | 2025-10-01"
    assert told(read({"Caseload": caseload})) == []


@pytest.mark.parametrize("header", ["Dismissed", "Discharged", "Moved", "Date left", "Graduated"])
@pytest.mark.parametrize(("cell", "leaves"), [("2025-10-01", True), ("No", False)])
def test_a_date_below_dismissed_or_moved_is_the_exit_date(header: str, cell: str, leaves: bool) -> None:
    tables = read({"Caseload": f"Student | {header}\nAna R. |\nBen T. | {cell}"})
    assert tables.students["exit"].notna().tolist() == [False, leaves]
    assert told(tables) == []


def test_a_second_column_of_exit_dates_is_asked_about_where_the_first_is_blank() -> None:
    tables = read({"Caseload": "Student | Exited | Moved\nAna R. | 2025-10-01 |\nBen T. | | 2025-10-02"})
    assert [(p.severity, p.cell) for p in tables.problems] == [("note", "C1"), ("question", "C3")]


@pytest.mark.parametrize(
    ("header", "day", "start", "asked"),
    [
        ("Entry date", "2025-11-03", "", ["B2"]),
        ("Enrollment date", "9/15/2025", "", ["B2"]),
        ("Entry date", "2025-11-03", "2025-11-03", []),
        ("Entry date", "2021-09-01", "", []),
        ("Annual", "2025-11-03", "", []),
    ],
)
def test_a_student_who_came_later_needs_lines_with_a_start_date(
    header: str, day: str, start: str, asked: list[str]
) -> None:
    grid = f"Student | Service | Frequency | Start date\nAna R. | Speech | 1 x 30 min / week | {start}"
    tables = read({"Caseload": f"Student | {header}\nAna R. | {day}\nBen T. |", "Service Grid": grid})
    assert [p.cell for p in tables.problems] == asked


@settings(max_examples=30, deadline=None)
@given(
    st.text(max_size=60), st.text(max_size=60), st.sampled_from(["Status", "Notes", "Entry date", "Moved"])
)
def test_nothing_beside_or_between_the_students_loses_one(between: str, beside: str, header: str) -> None:
    typed = cells(f"Student | Student ID | {header}\nAna R. | S1 |\nBen T. | S2 |")
    tables = read({"Caseload": [*typed[:2], [between], [*typed[2][:2], beside]]})
    assert {"S1", "S2"} <= set(tables.students["student_id"])
