"""How long a session of the log was: Minutes, the status, Start and End; other amounts are asked about."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.ports import CellValue
from sheets_sync.tables import Category
from tests.intake.small_workbook import read, told

ENTRY = "2025-10-06 | Ana R. | Speech therapy"


def log(headers: str, row: str) -> dict[str, str]:
    return {"Service Log": f"Date | Student | Service | {headers}\n{ENTRY} | {row}"}


LENGTHS = [
    ("Start | End | Status", "9:00 | 9:15 | Delivered", 540, 15),
    ("Time In | Time Out | Status", "9:00 AM | 9:15 AM | Delivered", 540, 15),
    ("Start time | End time | Status", "12:45 | 1:15 | Delivered", 765, 30),
    ("Time | Status", "9:00-9:20 | Delivered", 540, 20),
    ("Time | Status", "9:00-9:20 | Make-up", 540, 20),
    ("Start | End | Minutes | Status", "9:00 | 9:15 | 15 | Delivered", 540, 15),
    ("Start | End | Minutes | Status", "9:00 | 9:15 | | Delivered", 540, 15),
    ("Start | End | Status", "9:00 | 9:15 | 15", 540, 15),
    ("Start | End | Status", "9:00 | | Delivered", 540, -1),
    ("Time spent | Status", "15 | Delivered", -1, 15),
    ("Start | End | Status", "9:00 | 9:15 | Student absent", 540, -1),
]


@pytest.mark.parametrize(("headers", "row", "start", "minutes"), LENGTHS)
def test_from_start_to_end_it_is_so_long(headers: str, row: str, start: int, minutes: int) -> None:
    tables = read(log(headers, row))
    assert tables.log[["start", "minutes"]].to_numpy().tolist() == [[start, minutes]]
    assert told(tables) == []


def test_times_of_the_clock_may_be_cells_of_times() -> None:
    header: list[CellValue] = ["Date", "Student", "Service", "Start", "End", "Status"]
    row: list[CellValue] = ["10/6/2025", "Ana R.", "Speech", time(9), time(9, 15), "Delivered"]
    assert read({"Service Log": [header, row]}).log["minutes"].tolist() == [15]


@pytest.mark.parametrize(
    ("row", "minutes"),
    [("9:00 | 9:15 | 30 | Delivered", 30), ("9:00 | 9:15 | | 30", 30), ("9:00-9:20 | | 30 | P", -1)],
)
def test_minutes_that_are_written_go_before_the_clock_and_are_asked_about(row: str, minutes: int) -> None:
    tables = read(log("Start | End | Minutes | Status", row))
    if minutes > 0:
        assert tables.log["minutes"].tolist() == [minutes]
        assert [severity for severity, _, _ in told(tables)] == ["question"]
    else:
        assert tables.log["category"].tolist() == [Category.UNKNOWN]


@pytest.mark.parametrize("end", ["9:00", "8:45", "soon"])
@pytest.mark.parametrize(
    ("rest", "severity", "category"),
    [
        ("| Delivered", "error", Category.UNKNOWN),
        ("30 | Delivered", "question", Category.DELIVERED),
        ("| Student absent", "question", Category.STUDENT_ABSENT),
    ],
)
def test_an_end_that_gives_no_length(end: str, rest: str, severity: str, category: Category) -> None:
    tables = read(log("Start | End | Minutes | Status", f"9:00 | {end} | {rest}"))
    assert tables.log["category"].tolist() == [category]
    assert [(found, cell) for found, cell, _ in told(tables)] == [(severity, "Service Log!E2")]


BELOW_TIME = [
    # header, cells of two rows -> start and minutes of each, what is told
    ("Time", "15 20", [(-1, 15), (-1, 20)], ["note"]),
    ("Session time", "15 45", [(-1, 15), (-1, 45)], ["note"]),
    ("Time", "9 10", [(540, -1), (600, -1)], []),
    ("Time", "10 10", [(600, -1), (600, -1)], ["question"]),
    ("Time", "900 1030", [(540, -1), (630, -1)], []),
    ("Time", "100 115", [(780, -1), (795, -1)], []),
    ("Time", "9:00 15", [(540, -1), (-1, -1)], ["question"]),
    ("Start", "15 20", [(-1, -1), (-1, -1)], ["question"]),
    ("Minutes | Time", "15 20", [(-1, 30), (-1, 30)], ["question"]),
    ("9:00 | Time", "15 20", [(540, -1), (540, -1)], ["question"]),
    ("9:00 | Session time", "15 30", [(540, -1), (540, -1)], ["question"]),
    ("9:00 | Time", "9:15 10:00", [(540, -1), (540, -1)], []),
    ("Time out", "9:15 9:20", [(-1, -1), (-1, -1)], ["question"]),
]


@pytest.mark.parametrize(("header", "cells", "found", "asked"), BELOW_TIME)
def test_numbers_below_time_are_minutes_or_asked_about(
    header: str, cells: str, found: list[tuple[int, int]], asked: list[str]
) -> None:
    """15 and 20 were 3 and 8 o'clock, and the sessions whole ones, in silence."""
    beside = {"Minutes | Time": "30 | ", "9:00 | Time": "9:00 | ", "9:00 | Session time": "9:00 | "}
    first, second = (f"{beside.get(header, '')}{cell}" for cell in cells.split())
    header = header.replace("9:00", "Start")
    rows = f"{first} | Delivered\n2025-10-08 | Ana R. | Speech therapy | {second} | Delivered"
    tables = read(log(f"{header} | Status", rows))
    assert list(tables.log[["start", "minutes"]].itertuples(index=False, name=None)) == found
    assert [severity for severity, _, _ in told(tables)] == asked


GIVEN = [
    ("Scheduled time | Actual time", "9:00-9:30 | 9:00-9:15", 540, 15, ["note"]),
    ("Time | Actual time", "9:00-9:30 | 9:00-9:15", 540, 15, ["note"]),
    ("Time | Actual time", "9:00-9:30 | ", 540, 30, []),
    ("Start | Actual time", "9:00 | 15 min", 540, 15, ["note"]),
    ("Start | End | Actual start | Actual end", "9:00 | 9:30 | 9:00 | 9:15", 540, 15, []),
    ("Start | End | Actual time", "9:00 | 9:30 | 9:00-9:15", 540, 15, ["note"]),
    ("Scheduled | Delivered", "30 | 15", -1, 15, ["note"]),
    ("Session length | Minutes seen", "30 | 15", -1, 15, []),
    ("Minutes seen | Minutes", "9:00-9:20 | 20", 540, 20, ["note"]),
    ("Session length | Minutes seen", "30 | ", -1, -1, ["question"]),
    ("Minutes | Actual minutes", "30 | 15", -1, 15, []),
    ("Minutes | Delivered", "30 | 100", -1, 30, ["question"]),
    ("Minutes | Delivered", "30 | Y", -1, 30, []),
]


@pytest.mark.parametrize(("headers", "row", "start", "minutes", "asked"), GIVEN)
def test_what_was_given_counts_and_not_what_was_scheduled(
    headers: str, row: str, start: int, minutes: int, asked: list[str]
) -> None:
    tables = read(log(f"{headers} | Status", f"{row} | Seen"))
    assert tables.log[["start", "minutes"]].to_numpy().tolist() == [[start, minutes]]
    assert [severity for severity, _, _ in told(tables)] == asked


def test_a_session_without_the_time_it_was_given_at_is_asked_about() -> None:
    rows = "9:00-9:30 | 9:00-9:15 | Seen\n2025-10-08 | Ana R. | Speech therapy | 9:00-9:30 | | Seen"
    tables = read(log("Time | Actual time | Status", rows))
    assert tables.log["minutes"].tolist() == [15, -1]
    assert [severity for severity, _, _ in told(tables)] == ["note", "question"]


@pytest.mark.parametrize(
    ("header", "alone", "beside"),
    [
        *((header, 1, 1) for header in ("Actual", "Provided", "Given", "Time seen", "Short by")),
        *((header, 1, 0) for header in ("Total", "Amount", "How much", "Seen for", "Session total")),
        *((header, 0, 0) for header in ("Given by", "Seen at", "Accuracy", "Trials", "Room", "Total goals")),
        ("Actual minutes", 0, 0),  # beside Minutes it is what counts
    ],
)
def test_what_was_given_below_another_header_is_asked_about(header: str, alone: int, beside: int) -> None:
    assert len(told(read(log(f"{header} | Status", "15 | Delivered")))) == alone
    assert len(told(read(log(f"Minutes | {header} | Status", "30 | 15 | Delivered")))) == beside
    assert (
        header == "Short by" or told(read(log(f"Minutes | {header} | Status", "15 | 15 | Delivered"))) == []
    )


ASKED = [
    ("Direct minutes", "30"),
    ("Group minutes", "30"),
    ("Ind. min", "15 min"),
    ("Minutes missed", "10"),
    ("Min. owed", "10"),
    ("Time lost (min)", "10"),
    ("Therapy time", "0:15"),
    ("Time missed", "0:10"),
    ("Time late", "10"),
    ("Late time", "10 min"),
    ("Make-up time", "0:15"),
]


@pytest.mark.parametrize(("header", "amount"), ASKED)
def test_another_amount_beside_a_session_without_minutes_is_asked_about(header: str, amount: str) -> None:
    tables = read(log(f"{header} | Status", f"{amount} | Delivered"))
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("question", "Service Log!D2")]
    assert told(read(log(f"{header} | Status", f"{amount} | Student absent"))) == []
    assert told(read(log(f"{header} | Status", "0 | Delivered"))) == []


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        ("Minutes missed", ["question"]),
        ("Minutes late", ["question"]),
        ("Time owed", ["question"]),
        ("Time on task", []),
        ("Direct minutes", []),
        ("IEP minutes", []),
    ],
)
def test_beside_minutes_only_what_was_lost_is(header: str, asked: list[str]) -> None:
    tables = read(log(f"Minutes | {header} | Status", "30 | 10 | Delivered"))
    assert [p.severity for p in tables.problems] == asked


@pytest.mark.parametrize(
    "header", ["Minutes scheduled", "Prep minutes", "Travel time (min)", "Minutes per week"]
)
def test_what_was_planned_or_is_no_part_of_the_session_is_left_alone(header: str) -> None:
    assert told(read(log(f"{header} | Status", "30 | Delivered"))) == []


CELLS = st.one_of(
    st.sampled_from(["9:00", "9:00-9:30", "soon", "0:30", None, 30.0, 0.5, time(9, 30), True]),
    st.text(max_size=20),
)


@settings(max_examples=30, deadline=None)
@given(CELLS, CELLS, CELLS)
def test_whatever_stands_there_the_row_is_an_entry(
    start: CellValue, end: CellValue, minutes: CellValue
) -> None:
    header: list[CellValue] = ["Date", "Student", "Service", "Start", "End", "Minutes", "Status"]
    row: list[CellValue] = ["10/6/2025", "Ana R.", "Speech", start, end, minutes, "Delivered"]
    tables = read({"Service Log": [header, row]})
    assert len(tables.log) == 1
    assert tables.log["minutes"].iloc[0] >= -1


TYPED_LIKE_TIMES: dict[str, tuple[list[str], list[list[CellValue]], list[int], list[int], list[str]]] = {
    # headers and cells between the service and the status; starts and minutes; what is told of the column
    "beside a start": (
        ["Start", "Time"],
        [["9:00", time(0, 30)], ["10:00", "1:00"]],
        [540, 600],
        [30, 60],
        ["note"],
    ),
    "beside both": (
        ["Time in", "Time out", "Time"],
        [["9:00", "9:15", timedelta(minutes=15)], ["10:00", "10:45", "0:45"]],
        [540, 600],
        [15, 45],
        ["note"],
    ),
    "alone": (["Time"], [[time(0, 30)], [time(1, 0)]], [-1, -1], [-1, -1], ["question"]),
    "alone, as text": (["Time"], [["0:30"], ["0:45"]], [-1, -1], [-1, -1], ["question"]),
    "a time of day": (["Time"], [[time(1, 0)], [time(1, 30)]], [780, 810], [-1, -1], ["note"]),
    "two times of day": (["Start", "Time"], [["9:00", "1:00"], ["9:00", "1:30"]], [540, 540], [-1, -1], []),
    "beside Minutes": (
        ["Minutes", "Time"],
        [[30.0, "9:00"], [30.0, "0:30"]],
        [540, -1],
        [30, 30],
        ["question"],
    ),
}


@pytest.mark.parametrize("case", TYPED_LIKE_TIMES)
def test_lengths_that_are_typed_like_times(case: str) -> None:
    headers, cells, starts, minutes, severities = TYPED_LIKE_TIMES[case]
    rows = [["10/6/2025", "Ana R.", "Speech", *some, "Delivered"] for some in cells]
    tables = read({"Service Log": [["Date", "Student", "Service", *headers, "Status"], *rows]})
    assert (tables.log["start"].tolist(), tables.log["minutes"].tolist()) == (starts, minutes)
    assert [severity for severity, *_ in told(tables)] == severities


def test_a_schedule_may_say_how_long_below_time() -> None:
    header: list[CellValue] = ["Student", "Service", "Days", "Start", "Time"]
    rows: list[list[CellValue]] = [["Ana R.", "Speech", "Mon", "9:00", time(0, 20)]]
    tables = read({"Schedule": [header, *rows]})
    assert tables.schedule[["start", "minutes"]].to_numpy().tolist() == [[540, 20]]
    assert [one[:2] for one in told(tables)] == [("note", "Schedule!E1")]


def test_the_same_question_of_several_cells_is_one() -> None:
    rows = [["10/6/2025", "Ana R.", "Speech", number, "Delivered"] for number in (15.0, 20.0, 15.0, "9:00")]
    problems = read({"Service Log": [["Date", "Student", "Service", "Start", "Status"], *rows]}).problems
    assert [(one.cell, one.value) for one in problems] == [("D2", "15; 20")]
    assert "(3 rows: 2, 3, 4)" in problems[0].problem
