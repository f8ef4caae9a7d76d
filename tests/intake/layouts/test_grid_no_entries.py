"""What stands in an attendance grid and is no entry, or not the one that it seems to be."""

from __future__ import annotations

from datetime import date

import pytest

from sheets_sync.config import Names
from sheets_sync.ports import CellValue
from sheets_sync.problems import CannotCount
from tests.intake.layouts.test_attendance_grid import Rows, entries, with_log
from tests.intake.layouts.test_grid_tables import days, wrong
from tests.intake.small_workbook import told

DAYS: list[CellValue] = ["9/8", "9/10", "9/12"]
ANA: list[CellValue] = ["Ana R.", 30.0, "SNA", 25.0]

KINDS: dict[str, tuple[Rows, list[int], list[tuple[str, str]]]] = {
    # rows of a student, the minutes that are read, what is said
    "required, actual and owed": (
        [
            ["Student", "Type", *DAYS],
            ["Ana R.", "Required", 30.0, 30.0, 30.0],
            ["Ana R.", "Actual", 25.0, None, 20.0],
            ["Ana R.", "Owed", 5.0, 30.0, 10.0],
        ],
        [25, 20],
        [("note", "B3")],
    ),
    "a row for each mark": (
        [
            ["Student", "Mark", *DAYS],
            ["Ana R.", "Present", True, False, False],
            ["Ana R.", "Absent", False, True, False],
            ["Ana R.", "Make-up", False, False, True],
        ],
        [-1],
        [("error", "B4")],
    ),
    "services of two kinds": (
        [
            ["Student", "Service", *DAYS],
            ["Ana R.", "Speech", 30.0, None, None],
            ["Ana R.", "Speech scheduled", 30.0, 30.0, 30.0],
            ["Ana R.", "Speech make-up", None, None, 20.0],
        ],
        [30],
        [("error", "B4")],
    ),
    "a teacher beside it, and a remark": (
        [
            ["Student", "Teacher", "Notes", *DAYS],
            ["Ana R.", "Hill", "absent", 30.0],
            ["Ben T.", "SNA", None, 30.0],
        ],
        [30, 30],
        [("question", "C3")],
    ),
}


@pytest.mark.parametrize("how", KINDS)
def test_a_row_that_is_said_to_be_of_a_kind_is_read_only_where_it_is_what_was_given(how: str) -> None:
    rows, minutes, said = KINDS[how]
    tables = with_log(["Speech"], *rows)
    assert [entry[4] for entry in entries(tables)] == minutes
    assert wrong(tables) == said


AMONG: dict[str, tuple[list[CellValue], list[CellValue], list[int], list[str]]] = {
    # headers, a row, the minutes of each entry, the cells that are named
    "minutes": (
        ["9/8", "Min", "9/10", "Min", "9/12", "Min"],
        ["Delivered", 20.0, "SNA", None, "Delivered", 15.0],
        [20, -1, 15],
        [],
    ),
    "notes": (
        ["9/8", "Notes", "9/10", "Notes", "9/12", "Notes"],
        [30.0, "sang", 25.0, None, 20.0],
        [30, 25, 20],
        [],
    ),
    "notes beside one alone": (["9/8", "Notes", "9/10", "9/12"], [30.0, "actually absent"], [30], ["C2"]),
    "minutes of a week": (
        ["9/8", "9/10", "Min", "9/12", "Min"],
        [30.0, 30.0, 60.0, 25.0, 25.0],
        [30, 30, 25],
        ["D2"],
    ),
    "a sum": (
        ["9/8", "9/10", "Sept total", "9/12", "Total min"],
        [30.0, 30.0, None, 25.0, 85.0],
        [30, 30, 25],
        [],
    ),
}


@pytest.mark.parametrize("how", AMONG)
def test_columns_beside_each_date_are_read_or_named(how: str) -> None:
    headers, row, minutes, named = AMONG[how]
    tables = with_log(["Speech"], ["Student", *headers], ["Ana R.", *row])
    assert [entry[4] for entry in entries(tables)] == minutes
    assert [cell for _, cell in wrong(tables)] == named


NO_LOG: dict[str, tuple[Rows, str]] = {
    # rows, the cell that is named
    "accuracy": ([["Speech data - % accuracy"], ["Student", *DAYS], ["Ana R.", 80.0, 75.0, 90.0]], "A1"),
    "progress": ([["Speech progress monitoring"], ["Student", *DAYS], ["Ana R.", 80.0]], "A1"),
    "goals": ([["Speech"], ["Student", "Goal", *DAYS], ["Ana R.", "/r/ in words", 80.0]], "B2"),
    "sums by month": (
        [["Speech"], ["Student", *(date(2025, month, 1) for month in (9, 10, 11))], ["Ana R.", 240.0]],
        "B2",
    ),
    "sums by month, over the new year": (
        [["Speech"], ["Student", "12/1", "1/1", "2/1"], ["Ana R.", 240.0]],
        "B2",
    ),
    "a heading that is not understood": ([["Student", *DAYS], ["Evaluations"], ANA], "A2"),
}


@pytest.mark.parametrize("how", NO_LOG)
def test_scores_and_sums_are_not_read_as_minutes(how: str) -> None:
    rows, cell = NO_LOG[how]
    with pytest.raises(CannotCount, match=f"no entry that can be read: {cell}: "):
        with_log(*rows)


@pytest.mark.parametrize(
    "rows",
    [
        [["Speech minutes (goal: 60 a week)"], ["Student", *DAYS], ANA],
        [["Speech attendance"], ["Student", "Goal", *DAYS], ["Ana R.", "/r/", *ANA[1:]]],
        [["Speech - % accuracy on tab 2"], ["Student", *DAYS], ["Ana R.", "Delivered", "SNA", "Delivered"]],
    ],
    ids=["minutes", "attendance", "codes"],
)
def test_what_may_be_scores_and_is_plainly_a_log_is_read(rows: Rows) -> None:
    assert len(entries(with_log(*rows))) == 3


def test_a_table_of_scores_below_a_log_is_named_and_the_log_is_read() -> None:
    tables = with_log(
        ["Speech"], ["Student", *DAYS], ANA, [], ["Progress"], ["Student", "10/1", "10/6", "10/8"], ANA
    )
    assert days(tables) == ["09-08", "09-10", "09-12"]
    assert wrong(tables) == [("error", "A5")]


WEEKDAYS: dict[str, tuple[Rows, list[str]]] = {
    # rows, the cells that are refused
    "above dates": (
        [[None, "M", "T", "F"], ["Student", *[date(2025, 9, day) for day in (8, 10, 12)]]],
        ["C3"],
    ),
    "above dates without a year": ([[None, "M", "T", "F"], ["Student", *DAYS]], ["C3"]),
    "a Tuesday and a Thursday": ([[None, "T", "T", "F"], ["Student", "9/9", "9/11", "9/12"]], []),
    "below days": ([["September 2025"], ["Student", 8.0, 10.0, 12.0], [None, "M", "T", "F"]], ["C3"]),
    "below days without a year": (
        [["September"], ["Student", 8.0, 10.0, 12.0], [None, "M", "T", "F"]],
        ["C3"],
    ),
    "over the new year": ([[None, "F", "T", "T"], ["Student", "12/19", "1/6", "1/8"]], []),
    "in the cell": ([["Student", "Mon 9/8", "Tue 9/10", "Fri 9/12"]], ["C2"]),
}


@pytest.mark.parametrize("how", WEEKDAYS)
def test_a_weekday_that_speaks_against_its_date_refuses_it_and_says_so(how: str) -> None:
    above, cells = WEEKDAYS[how]
    tables = with_log(["Speech"], *above, ANA)
    refused = [cell for _, cell in wrong(tables) if "day of the week" in str(told(tables))]
    assert refused == cells
    assert len(entries(tables)) == 3 - len(cells)


def month_named(tab: str, *rows: list[CellValue]) -> list[tuple[str, str]]:
    return wrong(with_log(*rows, name=tab, names=Names(tabs={"Service Log": tab})))


def test_a_tab_that_was_copied_with_the_month_of_the_other_is_not_read() -> None:
    copied: Rows = [["Speech", "September 2025"], ["Student", 3.0, 8.0, 10.0], ANA]
    with pytest.raises(CannotCount, match="called Oct"):
        month_named("Oct", *copied)
    assert month_named("Sept log", *copied) == []
    assert month_named("Log since Sept", ["Speech"], ["Student", *DAYS], ANA) == []
    assert month_named("Log Oct", ["Speech"], ["Student", *DAYS], ANA) == [("question", "B2")]
