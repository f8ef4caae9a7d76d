"""A second column of times among the days of a week grid: what is right of it is at these times."""

from __future__ import annotations

import pytest

from sheets_sync.problems import CannotCount
from tests.intake.layouts.grids import Row, sessions, with_schedule
from tests.intake.small_workbook import told

TITLE: Row = ["J. Rivera - Speech"]
ANA, BEN = "Ana R.", "Ben T."
EARLY = [
    ["Time", "Mon", "Tue", "Thu", "Fri", "Time", "Wed"],
    ["9:00-9:30", ANA, None, ANA, None, "8:30-9:00", BEN],
    ["9:30-10:00", None, BEN, None, None, "9:00-9:20", ANA],
]
READ = [("Mon", 540, 30), ("Thu", 540, 30), ("Tue", 570, 30), ("Wed", 510, 30), ("Wed", 540, 20)]


def _moved(rows: list[Row], header: str | None, *, empty: bool = False) -> list[Row]:
    """Return the same with another header of the second times, and with an empty column before them."""
    gap: Row = [None] if empty else []
    return [[*row[:5], *gap, header if at == 0 else row[5], row[6]] for at, row in enumerate(rows)]


@pytest.mark.parametrize("rows", [EARLY, *(_moved(EARLY, said) for said in ("", None, "Early Release Time",
    "Wed bells", "Lincoln")), _moved(EARLY, None, empty=True)])  # fmt: skip
def test_days_right_of_other_times_are_at_these(rows: list[Row]) -> None:
    tables = with_schedule(TITLE, *rows)
    assert [(day, start, length) for *_, day, start, length in sessions(tables)] == READ
    assert told(tables) == []


def test_each_day_with_times_of_its_own() -> None:
    rows: list[Row] = [
        ["Time", "Mon", "Time", "Tue", "Start", "End", "Wed"],
        ["9:00-9:30", ANA, "8:30-9:00", BEN, "1:00", "1:20", ANA],
    ]
    tables = with_schedule(TITLE, *rows)
    expected = [("Mon", 540, 30), ("Tue", 510, 30), ("Wed", 780, 20)]
    assert [(day, start, length) for *_, day, start, length in sessions(tables)] == expected


@pytest.mark.parametrize(
    ("across", "beside"),
    [
        (["Time", "Mon", "Tue", "Time"], ["9:00-9:30", ANA, BEN, "9:00-9:30"]),
        (["Time", "Mon", "Tue", None], ["9:00-9:30", ANA, BEN, "9:00"]),
        (["Time", "Mon", "Time", "Tue"], ["9:00-9:30", ANA, "9:00-9:30", BEN]),
    ],
)
def test_times_that_stand_there_again_are_passed_over(across: Row, beside: Row) -> None:
    tables = with_schedule(TITLE, across, beside)
    assert [(day, start) for *_, day, start, _ in sessions(tables)] == [("Mon", 540), ("Tue", 540)]
    assert told(tables) == []


def test_days_between_two_times_are_not_read() -> None:
    with pytest.raises(CannotCount, match="other times than on the left"):
        with_schedule(TITLE, ["Time", "Mon", "Tue", "Time"], ["9:00-9:30", ANA, BEN, "8:30-9:00"])


def test_a_row_without_one_of_the_second_times_is_not_read() -> None:
    rows = [*EARLY, ["10:00-10:30", ANA, None, None, None, None, BEN]]
    tables = with_schedule(TITLE, *rows)
    assert [day for *_, day, start, _ in sessions(tables) if start == 600] == ["Mon"]
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("error", "Schedule!G5")]


def test_what_stands_left_of_the_first_days_may_hold_for_all_of_them() -> None:
    rows: list[Row] = [
        ["Time", "Service", "Mon", "Time", "Wed"],
        ["9:00-9:30", "OT", ANA, "8:30-9:00", BEN],
    ]
    tables = with_schedule(*rows)
    assert [(student, day) for student, _, day, *_ in sessions(tables)] == [(ANA, "Mon")]
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("error", "Schedule!D1")]
