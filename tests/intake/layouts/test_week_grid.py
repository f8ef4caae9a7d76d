"""A schedule kept as a week grid: times down, days across, students in the cells."""

from __future__ import annotations

from datetime import time

import pytest

from sheets_sync.ports import CellValue
from sheets_sync.problems import CannotCount
from tests.intake.layouts.grids import OT, SPEECH, WEEK, Row, sessions, with_schedule
from tests.intake.small_workbook import told


def test_each_session_that_a_cell_names_is_a_row_of_the_schedule() -> None:
    tables = with_schedule(
        WEEK,
        ["9:00-9:30", "Ana R. - Speech (J. Rivera)", None, "OT: Ana R., Ben T."],
        ["12:30-1:00", None, "Ben T. speech", "Lunch"],
    )
    assert sessions(tables) == [
        ("Ana R.", SPEECH, "Mon", 540, 30),
        ("Ana R.", OT, "Wed", 540, 30),
        ("Ben T.", OT, "Wed", 540, 30),
        ("Ben T.", SPEECH, "Tue", 750, 30),
    ]
    assert list(tables.schedule["provider"].astype(object)[:1]) == ["J. Rivera"]
    assert tables.problems == ()
    assert tables.layouts == {"Schedule": "a week grid: 2 times down, 5 days across, 3 sessions"}


def test_a_session_is_known_by_its_cell() -> None:
    tables = with_schedule(["Speech"], WEEK, ["9:00-9:30", None, None, "Ana R."])
    assert tables.cell("Schedule", "Student", int(tables.schedule["row"].iloc[0])) == "D3"


TIMES = [
    # the times down the side                        start and length of the sessions beside them
    (["9:00-9:30", "9:30-10:00"], [(540, 30), (570, 30)]),
    (["9:00", "9:30", "10:00"], [(540, 30), (570, 30), (600, 30)]),
    ([time(9, 0), time(9, 45)], [(540, 45), (585, 45)]),
    (["8:05-8:35 AM", "12:30-1:00", "1:00 - 1:45 pm"], [(485, 30), (750, 30), (780, 45)]),
]


@pytest.mark.parametrize(("times", "expected"), TIMES)
def test_the_times_down_the_side(times: Row, expected: list[tuple[int, int]]) -> None:
    tables = with_schedule(WEEK, *([at, "Ana R. speech"] for at in times))
    assert [(start, length) for *_, start, length in sessions(tables)] == expected


DAYS = [
    (["", "Monday", "Tuesday"], ["Mon", "Tue"]),
    (["", "Day 1", "D2", "Day 3"], ["Day 1", "Day 2", "Day 3"]),
    (["", "A day", "B day"], ["A day", "B day"]),
    (["", "M", "T", "W", "T", "F"], ["Mon", "Tue", "Wed", "Thu", "Fri"]),
    (["", "Mon", "Fri (early release)"], ["Mon", "Fri"]),
]


@pytest.mark.parametrize(("across", "expected"), DAYS)
def test_the_days_across(across: Row, expected: list[str]) -> None:
    tables = with_schedule(across, ["9:00-9:30", *["Ana R. speech"] * len(expected)])
    assert [day for _, _, day, *_ in sessions(tables)] == expected


def test_a_merged_cell_lasts_until_the_last_row_that_it_covers() -> None:
    tables = with_schedule(
        WEEK, ["9:00-9:30", "Ana R. speech"], ["9:30-10:00", None, "Ben T. OT"], merged=("B2:B3",)
    )
    assert [(student, length) for student, *_, length in sessions(tables)] == [("Ana R.", 60), ("Ben T.", 30)]
    assert tables.problems == ()


@pytest.mark.parametrize(("title", "tab"), [("Speech 25-26", "Schedule"), ("", "Speech schedule")])
def test_the_service_that_the_title_or_the_tab_names(title: str, tab: str) -> None:
    tables = with_schedule([title], WEEK, ["9:00-9:30", "Ana R."], name=tab)
    assert [service for _, service, *_ in sessions(tables)] == [SPEECH]


WRONG = [
    # rows below the days                                                     what is said, and where
    ([["9:00-9:30", "Zoe Q. - OT"]], [("error", "Schedule!B2")]),
    ([["9:00-9:30", "Ana R. - OT (Zed)"]], [("error", "Schedule!B2")]),
    ([["9:00-9:30", "Ana - OT"]], [("note", "Schedule!B2")]),
    ([["9:00-9:30", "OT"]], [("question", "Schedule!B2")]),
    ([["9:00-9:30", "Ana R."]], [("note", "Schedule!B2")]),
    ([["10:00-10:30", "Ana R. OT"], ["9:00-9:30", "Ben T. OT"]], [("error", "Schedule!A3")]),
    ([["9:00-9:45", "Ana R. OT"], ["9:30-10:00", "Ben T. OT"]], [("error", "Schedule!A3")]),
    ([["9:00-9:30", "Ana R. OT"], ["Block 5", "Ben T. OT"]], [("error", "Schedule!A3")]),
    ([["9:00-9:30", "Ana R. OT"], [None, "Ben T. OT"]], [("error", "Schedule!B3")]),
    ([["9:00-9:30", "Ana R. OT"], ["11:30 PM", "Ben T. OT"]], [("error", "Schedule!A3")]),
    # a start alone, and the next one far off, or later than usual
    ([["9:00", "Ana R. OT"], ["9:30"], ["10:00", "Ben T. OT"], ["1:00"]], [("error", "Schedule!A4")]),
    ([["9:00", "Ana R. OT"], ["9:30"], ["10:00", "Ben T. OT"], ["11:00"]], [("question", "Schedule!A4")]),
    # a time of another row, the same text in two rows, days that are more than days
    ([["9:00-9:30", "Ana R. OT 1:00-1:30"]], [("question", "Schedule!B2")]),
    ([["9:00-9:30", "Ana R. OT"], ["9:30-10:00", "Ana R. OT"]], [("note", "Schedule!B3")]),
    (
        [["9:00-9:30", "Ana R. OT"], ["", "Thu", "Fri"], ["9:00-9:30", "Ben T. OT"]],
        [("error", "Schedule!B3")],
    ),
]


@pytest.mark.parametrize(("rows", "expected"), WRONG)
def test_what_cannot_be_told_is_said_with_the_cell_to_change(
    rows: list[Row], expected: list[tuple[str, str]]
) -> None:
    tables = with_schedule(WEEK, *rows)
    assert [(severity, cell) for severity, cell, _ in told(tables)] == expected


WORDS = [
    # a cell                what stands in the problem, and what it says
    ("ana - OT", "ana", "ana may be Ana R.: it is not read."),
    (
        "Ana R. OT/PT",
        "Ana R. OT/PT",
        "This names Occupational therapy and Physical therapy, and which is meant",
    ),
    ("Ana R. OT (until 11/1)", "Ana R. OT (until 11/1)", "More stands here than names"),
    ("Ana R. OT?", "Ana R. OT?", "? here leaves open whether this is held each week"),
    ("Ana R.\nBen T. OT", "Ana R. Ben T. OT", "One line here says more than another"),
]


@pytest.mark.parametrize(("cell", "stands", "problem"), WORDS)
def test_what_a_cell_leaves_open_is_said_once_and_as_it_stands(cell: str, stands: str, problem: str) -> None:
    tables = with_schedule(["Speech"], WEEK, ["9:00-9:30", cell])
    assert sessions(tables) == []
    (found,) = tables.problems
    assert (found.cell, found.value) == ("B3", stands)
    assert found.problem.startswith(problem)


def test_the_same_thing_wrong_in_many_cells_is_one_problem() -> None:
    tables = with_schedule(WEEK, ["9:00-9:30", *["Ana - OT"] * 5], ["10:00-10:30", "Ben speech"])
    ((_, cell, problem),) = told(tables)
    assert cell == "Schedule!B2"
    assert "(Ana for Ana R., Ben for Ben T.)" in problem
    assert len(sessions(tables)) == 6


def test_a_cell_that_is_merged_over_days_is_said() -> None:
    tables = with_schedule(WEEK, ["9:00-9:30", "Ana R. OT", None, "Ben T. OT"], merged=("B2:C2",))
    assert [student for student, *_ in sessions(tables)] == ["Ben T."]
    assert ("error", "Schedule!B2") in [(severity, cell) for severity, cell, _ in told(tables)]


def test_starts_and_ends_in_two_columns() -> None:
    header: Row = ["Start", "End", "Mon", "Tue"]
    tables = with_schedule(header, ["9:00", "9:30", "Ana R. OT"], ["1:00", "1:20", "Ben T. OT"])
    assert [(start, length) for *_, start, length in sessions(tables)] == [(540, 30), (780, 20)]


def test_the_number_of_a_period_is_no_time() -> None:
    tables = with_schedule(["Period", "Time", "Mon", "Tue"], [1.0, "8:10-8:50", "Ana R. OT"])
    assert [(start, length) for *_, start, length in sessions(tables)] == [(490, 40)]


@pytest.mark.parametrize("header", ["Tue or Thu", "Wendsday", "Tue am", "Wed speech", None])
def test_a_column_without_a_day_is_said(header: CellValue) -> None:
    tables = with_schedule(["Time", "Mon", header, "Fri"], ["9:00-9:30", "Ana R. OT", "Ben T. OT", None])
    assert told(tables)[0][:2] == ("error", "Schedule!C1")


def test_a_time_that_is_merged_over_rows_is_that_of_each() -> None:
    tables = with_schedule(WEEK, ["9:00-9:30", "Ana R. OT"], [None, "Ben T. OT"], merged=("A2:A3",))
    assert [(start, length) for *_, start, length in sessions(tables)] == [(540, 30), (540, 30)]
    assert tables.problems == ()


NO_GRID = [
    [["Time", "Mon", "Tue", "", "Time", "Mon", "Tue"], ["9:00-9:30", "Ana R. OT"]],
    [["", "A Week", None, "B Week"], ["Time", "Mon", "Tue", "Wed"], ["9:00-9:30", "Ana R. OT"]],
    [["Time", "Mon", "Tue", "Wed", "Tue", "Fri"], ["9:00-9:30", "Ana R. OT", None, None, "Ben T. OT"]],
]


@pytest.mark.parametrize("rows", NO_GRID, ids=["two side by side", "weeks", "Tue twice"])
def test_what_cannot_be_a_week_grid_is_refused_whole(rows: list[Row]) -> None:
    with pytest.raises(CannotCount):
        with_schedule(*rows)


def test_a_tab_of_days_without_times_is_no_grid() -> None:
    with pytest.raises(CannotCount, match="Schedule"):
        with_schedule(["Mon", "Tue"], ["Ana R.", "Ben T."])


def test_a_mark_in_a_cell_says_what_became_of_a_session_and_no_schedule_does() -> None:
    tables = with_schedule(WEEK, ["9:00-9:30", "Ana R. - Speech \u2713", "Ben T. speech"])
    assert [one[0] for one in sessions(tables)] == ["Ben T."]
    assert told(tables) == [
        (
            "error",
            "Schedule!B2",
            "\u2713 says what became of a session, and this is the schedule: it is not read.",
        )
    ]
