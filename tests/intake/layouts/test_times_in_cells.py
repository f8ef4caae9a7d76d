"""A schedule with students (or one student's services) down, days across, and times in the cells."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sheets_sync.config import Names
from sheets_sync.intake.layouts.people_known import named, people
from sheets_sync.intake.layouts.timed_cell import NotRead, read_timed_cell
from sheets_sync.intake.workbook import read_tables
from sheets_sync.ports import CellValue
from sheets_sync.problems import CannotCount
from sheets_sync.tables import Tables
from tests.intake.layouts.grids import OT, SPEECH, Row, sessions, whose, with_schedule, with_staff
from tests.intake.small_workbook import TODAY, told, workbook

KNOWN = people(named(["Ana R.", "Ben T."]), named(["Kim Lee", "J. Rivera"]))
DAYS: Row = ["Student", "Service", "Mon", "Tue", "Wed", "Thu", "Fri"]

CELLS: list[tuple[CellValue, list[tuple[int | None, int | None, int | None]]]] = [
    # what stands below the day         start, end and length of each session
    ("9:00-9:30", [(540, 570, None)]),
    ("9-9:30 & 1:00-1:30", [(540, 570, None), (780, 810, None)]),
    ("9:00–9:30\n1:00–1:30", [(540, 570, None), (780, 810, None)]),
    ("9:00-9:30, 10:00-10:30", [(540, 570, None), (600, 630, None)]),
    ("930-1000", [(570, 600, None)]),
    ("930", [(570, None, None)]),
    ("1:00 PM", [(780, None, None)]),
    ("9:00", [(540, None, None)]),
    ("9:00 (30)", [(540, None, 30)]),
    ("9:00 x 30 min", [(540, None, 30)]),
    ("9:00 - 30 min", [(540, None, 30)]),
    ("9:00-9:30 (30)", [(540, 570, 30)]),
    ("30 min", [(None, None, 30)]),
    ("Rm 204 9:00-9:30", [(540, 570, None)]),
    (time(9, 0), [(540, None, None)]),
    (0.375, [(540, None, None)]),
]


@pytest.mark.parametrize(("cell", "expected"), CELLS)
def test_when_a_cell_says_that_it_is(
    cell: CellValue, expected: list[tuple[int | None, int | None, int | None]]
) -> None:
    read = read_timed_cell(cell, KNOWN)
    assert not isinstance(read, NotRead)
    assert [(one.start, one.end, one.minutes) for one in read] == expected


BESIDE_THE_TIME = [
    # what stands there                          service, provider and place of each session
    ("Speech 9:00-9:30", [(SPEECH, "", "")]),
    ("9:00 Kim", [("", "Kim Lee", "")]),
    ("9:00-9:30 w/ Kim Lee", [("", "Kim Lee", "")]),
    ("1:00-1:30 pm Speech (Kim) Rm 4", [(SPEECH, "Kim Lee", "Rm 4")]),
    ("Speech 9-9:30; OT 10-10:30", [(SPEECH, "", ""), (OT, "", "")]),
    ("Speech 9:00-9:30, 1:00-1:30", [(SPEECH, "", ""), (SPEECH, "", "")]),
    ("Speech\n9:00-9:30\n1:00-1:30", [(SPEECH, "", ""), (SPEECH, "", "")]),
]


@pytest.mark.parametrize(("cell", "expected"), BESIDE_THE_TIME)
def test_what_stands_beside_the_time(cell: str, expected: list[tuple[str, str, str]]) -> None:
    read = read_timed_cell(cell, KNOWN)
    assert not isinstance(read, NotRead)
    assert [(one.said.service, one.said.provider, one.said.place) for one in read] == expected


NOT_READ: list[CellValue] = [
    "9:00?",
    "~9:00",
    "(9:00-9:30)",
    "9:00 A",
    "9:00-9:30 A week",
    "9:00 every other week",
    "9:00 start 9/8",
    "9:00-9:30 no speech",
    "9:00-9:30 cancelled",
    "9:00-9:30 Smith",
    "9:00-9:30 OT/PT",
    "9:00-9:30, 1:00-1:30 OT",
    "9-10 or 10-11",
    "8:30 9:00",
    "9:00-9:30-10:00",
    "9:00-9:30 (45)",
    "10:00-9:00 am",
    "25:00",
    "TBD",
    "9",
    9.0,
    30.0,
    date(2026, 9, 10),
]


@pytest.mark.parametrize("cell", NOT_READ)
def test_a_cell_that_leaves_anything_open_is_not_read(cell: CellValue) -> None:
    assert isinstance(read_timed_cell(cell, KNOWN), NotRead)


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(
                ["9:00", "9-9:30", "&", ",", "\n", "(30)", "Kim", "OT", "x", "30 min", "/", "A", "-"]
            )
        ).map(" ".join),
    )
)
@example("9:00-")
@example("(")
def test_no_cell_stops_the_reading(text: str) -> None:
    read = read_timed_cell(text, KNOWN)
    assert isinstance(read, NotRead | tuple)


def test_students_down_and_days_across() -> None:
    tables = with_schedule(
        ["Therapy schedule"],
        [],
        DAYS,
        ["Ana R.", "Speech", "9:00-9:30", None, "9-9:30 & 1:00-1:30"],
        ["Ben T.", "OT", None, "lunch", None, "10:00-10:30"],
        [None, "Speech", None, None, None, None, "1:00-1:30"],
        ["Total", None, "1"],
    )
    assert sessions(tables) == [
        ("Ana R.", SPEECH, "Mon", 540, 30),
        ("Ana R.", SPEECH, "Wed", 540, 30),
        ("Ana R.", SPEECH, "Wed", 780, 30),
        ("Ben T.", OT, "Thu", 600, 30),
        ("Ben T.", SPEECH, "Fri", 780, 30),
    ]
    assert tables.problems == ()
    assert tables.layouts == {"Schedule": "times in cells: 2 students down, 5 days across, 5 sessions"}
    rows = tables.schedule["row"].tolist()
    assert [tables.cell("Schedule", "Student", row) for row in rows] == ["C4", "E4", "E4", "F5", "G6"]


HEADERS: list[tuple[Row, Row, tuple[str, str, str, int, int]]] = [
    (["Student", "Mon", "Tue"], ["Ana R.", "Speech 9:00-9:30"], ("Ana R.", SPEECH, "Mon", 540, 30)),
    (["Name", "Gr", "Mon", "Tue"], ["Ana R.", 3, "OT 9-9:30"], ("Ana R.", OT, "Mon", 540, 30)),
    (
        ["Student", "Service", "Day 1", "Day 2"],
        ["Ana R.", "OT", None, "9-9:20"],
        ("Ana R.", OT, "Day 2", 540, 20),
    ),
    (["Student", "Service", "A day", "B day"], ["Ana R.", "OT", "9-9:20"], ("Ana R.", OT, "A day", 540, 20)),
    (
        ["Student", "Service", "Min", "Mon", "Tue"],
        ["Ana R.", "OT", 45, "9:00"],
        ("Ana R.", OT, "Mon", 540, 45),
    ),
    (
        ["Student", "Service", "Mon", "Tue", "Min"],
        ["Ana R.", "OT", "9:00", None, 45],
        ("Ana R.", OT, "Mon", 540, 45),
    ),
    (
        ["Last Name", "First Name", "Service", "Mon", "Tue"],
        ["R.", "Ana", "OT", "9-9:20"],
        ("Ana R.", OT, "Mon", 540, 20),
    ),
]


@pytest.mark.parametrize(("header", "row", "expected"), HEADERS)
def test_the_columns_beside_the_days(header: Row, row: Row, expected: tuple[str, str, str, int, int]) -> None:
    tables = with_schedule(header, row)
    assert sessions(tables) == [expected]
    assert tables.problems == ()


def test_a_tick_is_a_session_at_the_time_of_its_row_and_is_asked_about() -> None:
    header: Row = ["Student", "Service", "Time", "M", "T", "W", "Th", "F"]
    tables = with_schedule(header, ["Ana R.", "OT", "9:00-9:30", "x", None, None, "x"])
    assert sessions(tables) == [("Ana R.", OT, "Mon", 540, 30), ("Ana R.", OT, "Thu", 540, 30)]
    assert [one[:2] for one in told(tables)] == [("question", "Schedule!D2")]


def test_a_column_of_several_days() -> None:
    tables = with_schedule(["Student", "Service", "M/W", "T/Th"], ["Ana R.", "OT", "9:00-9:30"])
    assert [bin(bits) for bits in tables.schedule["weekdays"]] == ["0b101"]
    assert tables.problems == ()


def test_one_students_services_down_below_the_name() -> None:
    tables = with_schedule(
        ["Ana R."], ["Service", "Mon", "Tue"], ["Speech", "9:00-9:30"], ["OT", None, "1-1:30"]
    )
    assert sessions(tables) == [("Ana R.", SPEECH, "Mon", 540, 30), ("Ana R.", OT, "Tue", 780, 30)]


def test_providers_come_from_the_cell_the_column_or_the_title() -> None:
    tables = with_staff(
        ["Kim Lee's schedule"],
        ["Student", "Service", "Provider", "Mon", "Tue"],
        ["Ana R.", "Speech", None, "9:00-9:30", "9:00-9:30 J. Rivera"],
        ["Ben T.", "OT", "J. Rivera", "9:00-9:30"],
    )
    assert [provider for _, _, provider, _ in whose(tables)] == ["Kim Lee", "J. Rivera", "J. Rivera"]


def test_a_title_between_makes_the_same_header_anothers_table() -> None:
    header: Row = ["Student", "Mon", "Tue"]
    first: list[Row] = [["Kim Lee - Speech"], header, ["Ana R.", "9:00-9:30"], []]
    tables = with_staff(*first, ["J. Rivera - OT"], header, ["Ana R.", None, "1:00-1:30"])
    assert whose(tables) == [("Ana R.", SPEECH, "Kim Lee", "Mon"), ("Ana R.", OT, "J. Rivera", "Tue")]


def test_a_heading_says_the_service_of_the_rows_below() -> None:
    tables = with_schedule(
        ["Student", "Mon", "Tue"],
        ["Speech"],
        ["Ana R.", "9:00-9:30"],
        ["Student", "Mon", "Tue"],
        ["OT"],
        ["Ben T.", None, "9:00-9:30"],
        ["On hold"],
        ["Ana R.", None, "1:00-1:30"],
    )
    assert [(student, service) for student, service, *_ in sessions(tables)] == [
        ("Ana R.", SPEECH),
        ("Ben T.", OT),
    ]
    assert [told_[:2] for told_ in told(tables)] == [("error", "Schedule!A7")]


def test_weeks_that_alternate_need_a_date() -> None:
    header: Row = ["Student", "Service", "Mon A", "Mon B"]
    row: Row = ["Ana R.", "OT", None, "9:00-9:30"]
    tables = with_schedule(["Week A begins 9/8/2025"], header, row)
    assert list(tables.schedule["pattern"]) == ["alternate"]
    assert [str(day.date()) for day in tables.schedule["from"]] == ["2025-09-15"]
    assert told(with_schedule(header, row))[0][:2] == ("error", "Schedule!D2")


LEFT_OPEN: list[tuple[Row, Row, str, str, str]] = [
    # header, row, severity, cell and the beginning of what is wrong
    (DAYS, ["Ana R.", "OT", "9:00-9:30", "1:00"], "error", "D2", "How long this is"),
    (DAYS, ["Ana R.", "OT", "9:00-9:30", "PT 1-1:30"], "error", "D2", "Service is another one"),
    (DAYS, ["Ana R.", "OT", "9:00-9:30", "1-1:30 Ben T."], "error", "D2", "Student is another one"),
    (DAYS, ["Ana R.", "OT", "9:00-9:30", "x"], "error", "D2", "No time stands here"),
    (DAYS, ["Ana R.", "OT", "9:00-9:30", "9:00?"], "error", "D2", "? here leaves open"),
    (DAYS, ["Zed Q.", "OT", "9:00-9:30"], "error", "A2", "Zed Q. is not on the Caseload"),
    (DAYS, ["Ana R.", None, "9:00-9:30"], "note", "C2", "Nothing says the service"),
    (DAYS, [None, "OT", "9:00-9:30"], "error", "C2", "No student stands"),
    (["Student", "Service", "M", "T", "W"], ["Ana R.", "OT", None, "9-9:30"], "question", "D1", '"T" alone'),
    (
        ["Student", "Service", "Mon", "Tuessday", "Wed"],
        ["Ana R.", "OT", "9-9:30", "9-9:30"],
        "error",
        "D1",
        "Above",
    ),
    (
        ["Student", "Service", "Mon", "Tue", "Wedsday"],
        ["Ana R.", "OT", "9-9:30", None, "9-9:30"],
        "error",
        "E1",
        "Above",
    ),
    (
        ["Student", "Service", "Time", "Mon", "Tue"],
        ["Ana R.", "OT", "9:00", "10-10:30"],
        "error",
        "D2",
        "A time stands",
    ),
    (
        ["Student", "Service", "Min", "Mon", "Tue"],
        ["Ana R.", "OT", 45, "9:00 (30)"],
        "error",
        "D2",
        "The length here",
    ),
    (
        ["Student", "Service", "Status", "Mon", "Tue"],
        ["Ana R.", "OT", "on hold", "9-9:30"],
        "question",
        "C2",
        "The column",
    ),
    (
        ["Student", "Service", "Mon 9/8", "Tue 9/9"],
        ["Ana R.", "OT", "9-9:30"],
        "question",
        "C1",
        "This names a date",
    ),
]


@pytest.mark.parametrize(("header", "row", "severity", "cell", "problem"), LEFT_OPEN)
def test_what_is_left_open_is_named_with_its_cell(
    header: Row, row: Row, severity: str, cell: str, problem: str
) -> None:
    found = told(with_schedule(header, row))
    assert [(one, at) for one, at, said in found if said.startswith(problem)] == [
        (severity, f"Schedule!{cell}")
    ], found


def test_a_start_and_an_end_in_two_columns_of_a_day_are_not_two_sessions() -> None:
    tables = with_schedule(
        ["Student", "Service", "Min", "Mon", None, "Tue", None],
        [None, None, None, "Start", "End", "Start", "End"],
        ["Ana R.", "OT", 30, "9:00", "9:30", None, None],
        merged=("D1:E1", "F1:G1"),
    )
    assert sessions(tables) == []
    assert ("error", "Schedule!D3") in [one[:2] for one in told(tables)]


def test_days_across_without_any_time_are_no_schedule() -> None:
    with pytest.raises(CannotCount, match='no column "Days"'):
        with_schedule(DAYS, ["Ana R.", "OT", 30, None, 30])


def test_the_configuration_can_call_a_tab_so() -> None:
    snapshot = workbook({"Schedule": [["Child", "What", "Mon", "Tue"], ["Ana R.", "OT", "9:00-9:30"]]})
    names = Names(columns={"Schedule": {"Service": "What"}}, layouts={"Schedule": "times in cells"})
    assert sessions(read_tables(snapshot, names, today=TODAY)) == [("Ana R.", OT, "Mon", 540, 30)]


grid_cells = st.sampled_from(
    [
        None,
        "9:00-9:30",
        "x",
        "Mon",
        "Ana R.",
        "OT",
        "Student",
        True,
        30.0,
        time(9, 0),
        "On hold",
        "Wk A",
        "9:00",
        "?",
    ]
)


def read_or_refused(*rows: Row) -> Tables | CannotCount:
    try:
        return with_schedule(*rows)
    except CannotCount as stop:
        return stop


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(grid_cells, max_size=6), max_size=5))
def test_no_time_beside_a_student_goes_in_silence_whatever_stands_around(rows: list[Row]) -> None:
    """The last row is as it should be: a session, or told of at its cell, or the tab is refused in words."""
    found = read_or_refused(DAYS, *rows, ["Ben T.", "OT", None, "10:00-10:30"])
    if isinstance(found, CannotCount):
        assert found.remedy
    else:
        of_the_tab = [one for one in found.problems if one.tab == "Schedule"]
        own_cells = {f"{column}{len(rows) + 2}" for column in "ABD"}
        told_of = [
            one
            for one in of_the_tab
            if one.cell in own_cells or re.search(r"\b(?:below|table)\b.*\bnot read\b", one.problem)
        ]
        assert ("Ben T.", OT, "Tue", 600, 30) in sessions(found) or told_of
