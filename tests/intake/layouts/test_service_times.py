"""When each service is, in columns of the Caseload: "Mon 9:00-9:30" below "Speech time"."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sheets_sync.config import Names
from sheets_sync.intake.layouts.people_known import named, people
from sheets_sync.intake.layouts.service_time_cell import ServiceTime, read_service_time, times_by_service
from sheets_sync.intake.layouts.timed_cell import NotRead
from sheets_sync.problems import CannotCount
from sheets_sync.tables import Tables
from tests.intake.layouts.grids import OT, SPEECH, sessions, whose
from tests.intake.small_workbook import SMALL, read, told

PT = "Physical therapy"
KNOWN = people(named(["Ana R.", "Ben T."]), named(["Kim Lee", "J. Rivera"]))


def with_caseload(caseload: str, schedule: str | None = None, names: Names | None = None) -> Tables:
    """Read the small workbook with this Caseload; without a Schedule where none is given."""
    return read({"Caseload": caseload, "Schedule": schedule}, names)


def asked(tables: Tables) -> list[tuple[str, str, str]]:
    """Return severity, cell and problem of all but the note that times are read here."""
    return [one for one in told(tables) if not one[2].startswith("What stands here is read as the Schedule")]


HEADERS = [
    # header and cell                                    service, days, start and length of each session
    ("Speech time", "Mon 9:00-9:30", [(SPEECH, "Mon", 540, 30)]),
    ("Speech", "Mon 9:00-9:30", [(SPEECH, "Mon", 540, 30)]),
    ("SLP Times", "M/W 9:00-9:30", [(SPEECH, "Mon, Wed", 540, 30)]),
    ("OT day/time", "T/Th 1:00-1:30", [(OT, "Tue, Thu", 780, 30)]),
    ("OT schedule", "M/W 9:00 (30 min)", [(OT, "Mon, Wed", 540, 30)]),
    ("OT Days & Times", "Mon 9:00-9:30; Wed 1:00-1:45", [(OT, "Mon", 540, 30), (OT, "Wed", 780, 45)]),
    ("OT time", "Day 1 & 4 9:00-9:30", [(OT, "Day 1, Day 4", 540, 30)]),
    (
        "Service times",
        "Speech: Mon 9:00-9:30; OT: Tue 1:00-1:30",
        [(SPEECH, "Mon", 540, 30), (OT, "Tue", 780, 30)],
    ),
    (
        "Therapy schedule",
        "Speech Mon, Wed 9-9:30, OT Fri 1-1:30",
        [(SPEECH, "Mon, Wed", 540, 30), (OT, "Fri", 780, 30)],
    ),
    ("Service times", "OT - Mon 9-9:30\nWed 1-1:30", [(OT, "Mon", 540, 30), (OT, "Wed", 780, 30)]),
]


@pytest.mark.parametrize(("header", "cell", "expected"), HEADERS)
def test_times_of_services_beside_the_students_are_a_schedule(
    header: str, cell: str, expected: list[tuple[str, str, int, int]]
) -> None:
    tables = read(
        {
            "Caseload": [["Student", "Teacher", header], ["Ana R.", "Smith", cell], ["Ben T."]],
            "Schedule": None,
        }
    )
    assert sessions(tables) == [("Ana R.", *one) for one in expected]
    assert asked(tables) == []
    assert {tables.cell("Schedule", "Days", row) for row in tables.schedule["row"].tolist()} == {"C2"}


def test_it_is_said_that_times_are_read_and_the_configuration_can_say_no() -> None:
    caseload = "Student | Speech time\nAna R. | Mon 9:00-9:30"
    assert [one[:2] for one in told(with_caseload(caseload))] == [("note", "Caseload!B1")]
    with pytest.raises(CannotCount, match='no tab "Schedule"'):
        with_caseload(caseload, names=Names(layouts={"Caseload": "list"}))


def test_the_second_chart_of_a_caseload_has_the_times() -> None:
    tables = with_caseload("""
        Student | Grade
        Ana R.  | 3
        Ben T.  | 4
                |
        Student | Teacher | OT time                  | Speech time
        Ana R.  | Smith   |                          | Mon 9:00-9:30
        Ben T.  | Jones   | Tue 1:00-1:30 (J. Rivera) |
        """)
    assert whose(tables) == [("Ana R.", SPEECH, "", "Mon"), ("Ben T.", OT, "J. Rivera", "Tue")]


def test_how_often_is_the_grids_and_when_is_the_schedules() -> None:
    tables = read(
        {
            "Service Grid": None,
            "Schedule": None,
            "Caseload": """
            Student | Speech        | OT
            Ana R.  | 2x30/wk       | 1x30/wk
            Ben T.  | Mon 9:00-9:30 |
            """,
        }
    )
    assert [str(one) for one in tables.lines["student"]] == ["Ana R.", "Ana R."]
    assert sessions(tables) == [("Ben T.", SPEECH, "Mon", 540, 30)]
    assert asked(tables) == []


LEFT_OPEN = [
    ("Speech time", "Mon 9:00", "How long the session is"),
    ("Speech time", "Mon/Wed", "This does not say both"),
    ("Speech time", "9:00-9:30", "This does not say both"),
    ("Speech time", "2x30/wk", ""),
    ("Speech time", "TBD", "The day is not decided"),
    ("Speech time", "Mon 9:00-9:30 starting 11/3", ""),
    ("Speech time", "Mon 9:00-9:30 with Smith", "with smith beside the time"),
    ("Speech time", "Mon 9:00-9:30 on hold", ""),
    ("Speech", "OT: Mon 9:00-9:30", "This speaks of another service"),
    ("Service times", "Mon 9:00-9:30", "Of which service"),
    ("Service times", "Speech: Mon 9:00-9:30 and some", "No day is stated"),
]


@pytest.mark.parametrize(("header", "cell", "problem"), LEFT_OPEN)
def test_what_is_left_open_is_named_with_its_cell(header: str, cell: str, problem: str) -> None:
    good = "OT: Fri 9:00-9:30" if header == "Service times" else "Fri 9:00-9:30"
    tables = with_caseload(f"Student | {header}\nAna R. | {good}\nBen T. | {cell}")
    assert [student for student, *_ in sessions(tables)] == ["Ana R."]
    ((severity, where, said),) = asked(tables)
    assert (severity, where) == ("error", "Caseload!B3")
    assert said.startswith(problem)


@pytest.mark.parametrize("cell", ["60 min/wk", "Kim", "9:00-9:30", "x"])
def test_a_column_without_any_day_and_time_is_none_of_times(cell: str) -> None:
    tables = with_caseload(f"Student | Speech time\nAna R. | {cell}", SMALL["Schedule"])
    assert list(tables.layouts) == []


SIDE_BY_SIDE = [
    # the cell, and a row of the Schedule            the sessions, and what is asked
    ("Mon 9:00-9:30", "Mon | 9:00 | 9:30 | ", ["Mon"], [("note", "Caseload!A2")]),
    ("Mon 9:00-9:30", "Mon | 9:00 | 9:30 | J. Rivera", ["Mon"], [("note", "Caseload!B2")]),
    ("Mon 9:00-9:30", "Mon, Wed | 9:00 | 9:30 | J. Rivera", ["Mon, Wed"], [("note", "Caseload!B2")]),
    ("Mon/Wed 9:00-9:30", "Mon | 9:00 | 9:30 | J. Rivera", ["Mon", "Wed"], [("question", "Caseload!B2")]),
    ("Tue 9:00-9:30", "Mon | 9:00 | 9:30 | J. Rivera", ["Mon", "Tue"], [("question", "Caseload!B2")]),
    ("Mon 9:00-9:45", "Mon | 9:00 | 9:30 | J. Rivera", ["Mon", "Mon"], [("question", "Caseload!B2")]),
    ("Day 1 9:00-9:30", "Day 1 | 9:00 | 9:30 | J. Rivera", ["Day 1"], [("note", "Caseload!B2")]),
]


@pytest.mark.parametrize(("cell", "row", "days", "expected"), SIDE_BY_SIDE)
def test_beside_a_schedule_what_both_say_is_one_session(
    cell: str, row: str, days: list[str], expected: list[tuple[str, str]]
) -> None:
    schedule = f"Student | Service | Days | Start | End | Provider\nAna R. | Speech | {row}"
    tables = with_caseload(f"Student | Speech time\nAna R. | {cell}", schedule)
    assert [day for _, _, day, _, _ in sessions(tables)] == days
    assert [one[:2] for one in asked(tables)] == expected


def test_the_schedules_own_layout_says_nothing_of_the_caseload() -> None:
    caseload = "Student | Speech time\nAna R. |\nBen T. | Mon 9:00-9:30"
    tables = with_caseload(caseload, SMALL["Schedule"], Names(layouts={"Schedule": "list"}))
    assert [student for student, *_ in sessions(tables)] == ["Ana R.", "Ben T."]


typed = st.lists(
    st.sampled_from(["Mon", "M/W", "9:00", "9-9:30", "OT:", ",", ";", "(30)", "Kim", "A", "-", "2x30"])
)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=40), typed.map(" ".join)))
@example("OT")
@example(",")
def test_no_cell_stops_the_reading(text: str) -> None:
    for _, rest in [("", text), *times_by_service(text)]:
        assert isinstance(read_service_time(rest, KNOWN), ServiceTime | NotRead)


@pytest.mark.parametrize("header", ["Last Name | First Name", "Last | First", "Student | First Name"])
def test_a_name_in_two_columns_beside_services_and_times(header: str) -> None:
    rows = f"""
        {header} | Speech | Speech time
        R. | Ana | 2x30/wk | Mon 9:00-9:30
        {header} | Speech | Speech time
        T. | Ben | 1x30/wk | Tue 9:00-9:30
        """
    tables = read({"Caseload": rows, "Service Grid": None, "Schedule": None})
    assert tables.lines[["student", "service"]].values.tolist() == [["Ana R.", SPEECH], ["Ben T.", SPEECH]]
    assert tables.schedule["student"].tolist() == ["Ana R.", "Ben T."]
    assert not asked(tables)


def test_a_part_of_a_name_alone_is_no_student() -> None:
    with pytest.raises(CannotCount, match='there is no tab "Service Grid"'):
        read({"Caseload": "First Name | Speech\nAna | 2x30/wk", "Service Grid": None})
