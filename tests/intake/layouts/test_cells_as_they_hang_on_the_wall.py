"""Cells of a week grid as a schedule on a wall has them: initials, grades, labels of groups, push-in, 1:1."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.config import Names
from sheets_sync.intake.layouts.lengths_in_cells import read_cell_with_lengths
from sheets_sync.intake.layouts.people_known import PeopleKnown, named, student_initials
from sheets_sync.intake.layouts.session_cell import read_session_cell
from sheets_sync.intake.workbook import read_tables
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.tables import Tables
from tests.intake.layouts.grids import SPEECH, Row, sessions, whose
from tests.intake.small_workbook import SMALL, TODAY, cells, told

CASELOAD: list[Row] = [
    ["Student", "Student ID", "Grade", "Teacher"],
    ["Ana Rivera", "S1", "3", "Ms. Bell"],
    ["Ben Torres", "S2", "4th", "Mr. Lee"],
    ["Cal Young", "S3", "3", "Bell, Jo"],
    ["Ona Tell", "S4", "K"],
    ["Art Moss", "S5", "5"],
    ["Karl Lund", "S6", "5"],
    ["Dan Poe", "S7", "2"],
    ["Dee Park", "S8", "2"],
    ["Mia Usk", "50", "2"],
]
STAFF: list[Row] = [["Name", "Role", "Services"], ["Kim Lee", "SLP", "Speech therapy"]]
ANA, BEN, CAL, ONA = "Ana Rivera", "Ben Torres", "Cal Young", "Ona Tell"
DAN, DEE = "Dan Poe", "Dee Park"


def _read(
    *rows: Row, name: str = "Schedule", staff: list[Row] = STAFF, caseload: list[Row] = CASELOAD
) -> Tables:
    kept = [Sheet(tab, cells(table)) for tab, table in SMALL.items() if tab in ("Service Log", "Calendar")]
    lines = ([ANA, "Speech", "1 x 30 min / week"], [BEN, "OT", "1 x 30 min / week"])
    grid = Sheet("Service Grid", [["Student", "Service", "Frequency"], *lines])
    tabs = [Sheet("Caseload", caseload), Sheet("Staff", staff), Sheet(name, rows)]
    return read_tables(Snapshot((*kept, grid, *tabs)), Names(tabs={"Schedule": name}), today=TODAY)


def _of_cell(cell: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Return student and group of each session of one cell, and the severities of what is said of it."""
    tables = _read(["Kim Lee - Speech"], ["", "Mon", "Tue"], ["9:00-9:30", cell], ["9:30-10:00", None, "Ana"])
    here = tables.schedule[tables.schedule["start"] == 540]
    groups = here["group"].astype(object).fillna("")
    found = list(zip(here["student"].astype(object), groups, strict=True))
    about = [p for p in tables.problems if p.tab == "Schedule" and p.cell == "B3"]
    return found, [one.severity.value for one in about if one.severity.value != "note"]


READ = [
    # the cell                      who, and in what group
    ("A.R.", [(ANA, "")]),
    ("AR, B.T.", [(ANA, ""), (BEN, "")]),
    ("BT/CY", [(BEN, ""), (CAL, "")]),
    ("Speech - AR", [(ANA, "")]),
    ("Cal (gr 3)", [(CAL, "")]),
    ("Ana Rivera 3rd", [(ANA, "")]),
    ("Ana (3rd), Ben (4th)", [(ANA, ""), (BEN, "")]),
    ("Gr 3: Ana, Cal", [(ANA, ""), (CAL, "")]),
    ("K: Ona", [(ONA, "")]),
    ("Ana (Ms. Bell)", [(ANA, "")]),
    ("Cal (Bell)", [(CAL, "")]),
    ("Bell's class: Ana", [(ANA, "")]),
    ("Ana - Mrs. Bell", [(ANA, "")]),
    ("Group A\nAna Rivera\nBen Torres", [(ANA, "group"), (BEN, "group")]),
    ("Group 1: Ana, Ben", [(ANA, "group"), (BEN, "group")]),
    ("Blue group - Ana, Ben", [(ANA, "group"), (BEN, "group")]),
    ("Ana (1:1)", [(ANA, "individual")]),
    ("1:1 Ana", [(ANA, "individual")]),
    ("2:1 Ana, Ben", [(ANA, "group"), (BEN, "group")]),
    ("Ana (push in)", [(ANA, "")]),
    ("pull-out: Ana", [(ANA, "")]),
    ("Ana (lang)", [(ANA, "")]),
]


@pytest.mark.parametrize(("cell", "expected"), READ)
def test_what_says_no_more_than_the_caseload_is_read(cell: str, expected: list[tuple[str, str]]) -> None:
    assert _of_cell(cell) == (expected, [])


REFUSED = [
    "ar",  # a word
    "OT",  # a service, and Ona Tell
    "KL",  # Kim Lee's too
    "DP",  # two students
    "Ben AR",  # another Ben, or two
    "Ana (BT)",
    "Cal (gr 4)",
    "Ana (4th), Ben (3rd)",
    "Gr 3: Ana, Ben",
    "Ana 4th",
    "Ana (Ms. Fox)",
    "Ana (Mr. Bell)",
    "Ms. Bell: Ana, Ben",
    "Ms. Bell",
    "Ana (3)",
    "Art",  # the lesson, or Art Moss
]


@pytest.mark.parametrize("cell", REFUSED)
def test_what_may_be_somebody_else_is_not(cell: str) -> None:
    found, said = _of_cell(cell)
    assert found == []
    assert set(said) in ({"error"}, {"question"})


@pytest.mark.parametrize(
    "cell", ["PE", "Music", "Library", "Science", "Morning meeting", "Lunch bunch", "open slot"]
)
def test_lessons_are_no_sessions(cell: str) -> None:
    assert _of_cell(cell) == ([], [])


def test_a_lesson_that_the_service_grid_names_is_asked_about() -> None:
    known = PeopleKnown(services=frozenset(("science",)))
    assert [one.unknown for one in read_session_cell("Science", known)] == [("Science",)]


def test_another_grade_than_that_of_the_caseload_is_said() -> None:
    tables = _read(["Kim Lee - Speech"], ["", "Mon", "Tue"], ["9:00-9:30", "Cal (gr 4)"])
    errors = [what for severity, _, what in told(tables) if severity == "error"]
    assert errors == ["gr 4 is not the grade that the Caseload has: it is not read."]


def test_the_grade_and_the_teacher_beside_the_times() -> None:
    tables = _read(
        ["Kim Lee - Speech"],
        ["Time", "Grade", "Teacher", "Mon", "Tue"],
        ["9:00-9:30", "3", "Bell", "Ana", None],
        ["9:30-10:00", "4", "Poe", "Ben", "Cal"],
    )
    assert [(student, day) for student, _, day, *_ in sessions(tables)] == [(ANA, "Mon"), (BEN, "Mon")]
    assert [cell for severity, cell, _ in told(tables) if severity == "error"] == ["Schedule!E4"]


@pytest.mark.parametrize(("services", "expected"), [("Speech therapy", [(ANA, SPEECH, "Kim Lee", "Mon")]),
                                                    ("Speech, OT", []), (None, [])])  # fmt: skip
def test_the_one_service_that_staff_names_of_a_provider(
    services: str | None, expected: list[tuple[str, str, str, str]]
) -> None:
    staff: list[Row] = [["Name", "Role", "Services"], ["Kim Lee", None, services]]
    tables = _read(["", "Mon", "Tue"], ["9:00-9:30", ANA], name="Kim Lee", staff=staff)
    assert whose(tables) == expected
    about = [severity for severity, cell, _ in told(tables) if cell == "Kim Lee!B2"]
    assert about == (["note"] if expected else ["error"])


LENGTHS = {
    # what stands at 9:00-9:30; the sessions: of whom, and how long
    "Ana (20)": [(ANA, 20)],
    "Ana - 20": [(ANA, 20)],
    "Ana Rivera 20 min": [(ANA, 20)],
    "20 mins Ana": [(ANA, 20)],
    "Ana (10 min)": [(ANA, 10)],
    "Ana (30)": [(ANA, 30)],
    "Ana - Speech - 20": [(ANA, 20)],
    "Ana (gr 3) - 20 min": [(ANA, 20)],
    "Ana 20 min / Ben 15 min": [(ANA, 20), (BEN, 15)],
    "Ana (15)\nCal (20)": [(ANA, 15), (CAL, 20)],
    "Ana (15), Ben (15)": [(ANA, 15), (BEN, 15)],
    # a grade, an ID, a room; whose it is; more than there is; a frequency
    "Ana (3)": [],
    "Ana (10)": [],
    "Ana 20": [],
    "Ana (22)": [],
    "Ana (50)": [],
    "Ana, Ben (20)": [],
    "Ana (20), Ben": [],
    "Ana (45)": [],
    "Ana 2 x 20 min": [],
    "Ana 20-25 min": [],
    "Ana (15-20)": [],
    "Ana (10-15)": [],
    "Ana 20 min per week": [],
    "Ana first 20 min": [],
}


@pytest.mark.parametrize("typed", LENGTHS)
def test_a_length_beside_a_name_is_that_of_the_students_session(typed: str) -> None:
    tables = _read(["Speech"], ["Time", "Mon"], ["9:00-9:30", typed])
    assert [(who, minutes) for who, _, _, start, minutes in sessions(tables)] == LENGTHS[typed]
    errors = [cell for severity, cell, _ in told(tables) if severity == "error"]
    assert errors == ([] if LENGTHS[typed] else ["Schedule!B3"])
    noted = [severity for severity, _, problem in told(tables) if "from when the row begins" in problem]
    shorter = any(minutes < 30 for _, minutes in LENGTHS[typed])
    assert noted == (["note" if " min" in typed else "question"] if shorter else [])


INITIALS = {
    # two cells; who is called
    "a code": (["DP", "D.P."], [DAN, DAN]),
    "beside another's": (["AR", "DP"], [ANA, DAN]),
    "of two students": (["DP", "Dee"], ["", DEE]),
    "beside a mark": (["DP", "Absent"], ["", ""]),
    "beside a tick": (["DP", "Ana \u2713"], ["", ""]),
    "a make-up": (["MU", "Ana"], ["", ANA]),
}


@pytest.mark.parametrize("case", INITIALS)
def test_initials_that_are_a_code_call_a_student_where_no_mark_stands(case: str) -> None:
    typed, called = INITIALS[case]
    students = [row for row in CASELOAD if case == "of two students" or row[0] != DEE]
    tables = _read(["Speech"], ["Time", "Mon", "Tue"], ["9:00-9:30", *typed], caseload=students)
    assert [student for student, *_ in sessions(tables)] == [name for name in called if name]
    errors = [cell for severity, cell, _ in told(tables) if severity == "error"]
    assert errors == [
        cell for cell, name in zip(("Schedule!B3", "Schedule!C3"), called, strict=True) if not name
    ]


def test_in_a_plan_book_initials_that_are_a_code_call_nobody() -> None:
    tables = _read(["Speech"], ["Time", "Mon 10/6", "Tue 10/7"], ["9:00-9:30", "Ana \u2713", "DP"])
    assert [student for student, *_ in sessions(tables)] == [ANA]


@given(st.text(alphabet="AaBn(20) -min,/&\n", max_size=20))
def test_no_length_raises_or_leaves_a_session_without_its_student(text: str) -> None:
    for read in read_cell_with_lengths(text, PeopleKnown(named([ANA, BEN]), numbers=frozenset(["50"]))):
        assert read.students or not read.minutes
        assert not read.minutes or 5 <= read.minutes < 1000


@given(st.text(alphabet="AaRr.,:1(gr3) B", max_size=14))
def test_no_cell_raises(text: str) -> None:
    initials = student_initials({ANA: ANA, BEN: BEN}, ["Kim Lee"])
    known = PeopleKnown(named([ANA, BEN]), named(["Kim Lee"]), grades={ANA: "3"}, initials=initials)
    read_session_cell(text, known)
