"""A table of a week grid with one day, or one column for several: not a row of the table above."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.layouts.one_day import days_beside_times
from sheets_sync.ports import CellValue
from tests.intake.layouts.grids import Row, sessions, with_staff
from tests.intake.small_workbook import told

KIM: Row = ["Kim Lee - Speech"]
MOST: list[Row] = [KIM, ["Time", "Mon", "Tue", "Thu", "Fri"], ["9:00-9:30", "Ana R."]]
FIRST = ("Ana R.", "Mon")
EVERY = ["Mon", "Tue", "Wed", "Thu", "Fri"]

ROWS = [
    # a row                                            begins a table, alone / below another
    (["Time", "Wednesday"], True, True),
    (["Times", "W"], True, True),
    (["Time slot", "Fri 10/10"], True, True),
    (["Start", "End", "Mon"], True, True),
    (["Period", "M-F"], True, True),
    (["Block", "Day 3"], True, True),
    (["", "Time", "Min", "Tuesdays"], True, True),
    (["Time", "Wed", "Teacher of the room"], False, True),
    (["Early release", "Wednesday"], False, True),
    # among the rows of a table somebody may be called so, or it is a list
    (["9:00-9:30", "Wednesday"], False, False),
    (["Period 3", "F"], False, False),
    (["Early release", "W"], False, False),
    (["Early release", "Wednesday", "Ana R."], False, False),
    (["Wednesday"], False, False),
    (["Student", "Time", "Mon"], False, False),
    (["Time", "Ana R."], False, False),
]


@pytest.mark.parametrize(("row", "alone", "below"), ROWS)
def test_a_row_with_one_day(row: Row, alone: bool, below: bool) -> None:
    assert (bool(days_beside_times(row, below=False)), bool(days_beside_times(row, below=True))) == (
        alone,
        below,
    )


BELOW = [
    # header of the second table             days of its session, after that of the first one
    (["Time", "Wednesday"], ["Wed"]),
    (["Early release", "Wednesday"], ["Wed"]),
    (["Period/Block", "Wed"], ["Wed"]),
]


@pytest.mark.parametrize(("header", "days"), BELOW)
def test_what_stands_below_is_on_its_own_day(header: Row, days: list[str]) -> None:
    tables = with_staff(*MOST, [], header, ["10:30-10:50", "Ben T."])
    found = [(student, day) for student, _, day, _, _ in sessions(tables)]
    assert found == [FIRST, *(("Ben T.", day) for day in days)]


def test_one_column_for_all_days_below_the_table_of_another() -> None:
    tables = with_staff(*MOST, [], ["J. Rivera, OT"], ["Time", "M-F"], ["11:00-11:30", "Ben T."])
    found = [(student, day) for student, _, day, _, _ in sessions(tables)]
    assert found == [FIRST, *(("Ben T.", day) for day in EVERY)]


def test_a_day_that_stands_above_already_is_asked_whose_it_is() -> None:
    tables = with_staff(*MOST, [], ["Time", "Fri"], ["8:00-8:30", "Ben T."])
    assert [(student, day) for student, _, day, _, _ in sessions(tables)] == [FIRST]
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("error", "Schedule!B5")]


@pytest.mark.parametrize(("header", "days"), [("Mon", ["Mon"]), ("M-F", EVERY), ("Daily", EVERY)])
def test_the_only_table_has_one_column(header: str, days: list[str]) -> None:
    tables = with_staff(KIM, ["Time", header], ["9:00-9:30", "Ana R."])
    assert [(student, day) for student, _, day, _, _ in sessions(tables)] == [("Ana R.", day) for day in days]


def test_a_table_for_each_day_below_one_another() -> None:
    rows: list[Row] = [KIM]
    for day in EVERY:
        rows += [["Time", day], ["9:00-9:30", "Ana R."], []]
    assert [day for _, _, day, _, _ in sessions(with_staff(*rows))] == EVERY


@given(
    st.lists(st.none() | st.text() | st.floats() | st.sampled_from(["Time", "Mon", "M-F", "W"])),
    st.booleans(),
)
def test_no_row_crashes(row: list[CellValue], below: bool) -> None:
    assert set(days_beside_times(row, below=below)) <= set(range(len(row)))
