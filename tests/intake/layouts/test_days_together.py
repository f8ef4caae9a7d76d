"""Columns of a week grid for several days: what stands below "M/W" is on Mondays and on Wednesdays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake.layouts.day_header import read_day
from sheets_sync.ports import CellValue
from sheets_sync.problems import CannotCount
from tests.intake.layouts.grids import Row, sessions, with_schedule, with_staff
from tests.intake.small_workbook import told

HEADERS = [
    # headers across                       days of the first column, and of the second
    (["M/W", "T/Th"], ["Mon", "Wed"], ["Tue", "Thu"]),
    (["M/W/F", "T/R"], ["Mon", "Wed", "Fri"], ["Tue", "Thu"]),
    (["Mon & Wed", "Fri"], ["Mon", "Wed"], ["Fri"]),
    (["Monday/Wednesday", "Tuesday/Thursday"], ["Mon", "Wed"], ["Tue", "Thu"]),
    (["Mon-Thu", "Fri"], ["Mon", "Tue", "Wed", "Thu"], ["Fri"]),
    (["MWF", "TTh"], ["Mon", "Wed", "Fri"], ["Tue", "Thu"]),
    (["T and Th", "T/Th"], None, None),
    (["Day 1/3", "Day 2/4"], ["Day 1", "Day 3"], ["Day 2", "Day 4"]),
    # a day over two columns, or one that is not told
    (["M/W", "M/F"], None, None),
    (["M/W", "Wed"], None, None),
    (["M/T", "W/Th"], None, ["Wed", "Thu"]),
    (["M or W", "Tue"], None, ["Tue"]),
    (["M/W or F", "T/Th"], None, ["Tue", "Thu"]),
]


@pytest.mark.parametrize(("headers", "first", "second"), HEADERS, ids=str)
def test_what_stands_below_several_days_is_on_each(
    headers: Row, first: list[str] | None, second: list[str] | None
) -> None:
    rows: list[Row] = [["Time", *headers], ["9:00-9:30", "Ana R. speech", "Ben T. OT"]]
    try:
        tables = with_schedule(*rows)
    except CannotCount:
        assert first is None
        return
    found = [
        (student, day) for student, _, day, start, length in sessions(tables) if (start, length) == (540, 30)
    ]
    assert found == [*(("Ana R.", day) for day in first or ()), *(("Ben T.", day) for day in second or ())]
    assert [severity for severity, *_ in told(tables)] == ([] if first else ["error"])


def test_three_columns_of_five_days() -> None:
    rows: list[Row] = [
        ["", "M/W", "T/Th", "F"],
        ["9:00-9:30", "Ana R. speech", None, None],
        ["9:30-10:00", "Ana R. speech", "Zed", "Lunch"],
    ]
    tables = with_schedule(*rows)
    assert tables.layouts["Schedule"] == "a week grid: 2 times down, 5 days across, 4 sessions"
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [
        ("error", "Schedule!C3"),
        ("note", "Schedule!B3"),
    ]
    assert "(" not in told(tables)[1][2]


def test_periods_are_rung_on_each_of_the_days() -> None:
    bells: list[Row] = [["Period", "Mon/Tue", "Wed"], ["1", "8:00-8:40", "9:00-9:30"]]
    tables = with_staff(["Period", "M/W", "Tue"], ["1", "Ana R. speech"], bells=bells)
    assert [(day, start, length) for _, _, day, start, length in sessions(tables)] == [
        ("Mon", 480, 40),
        ("Wed", 540, 30),
    ]


def test_initials_below_the_days_are_no_days() -> None:
    tables = with_schedule(["Time", "Mon", "Tue"], ["9:00-9:30", "MW", "TR"], ["9:30-10:00", "Ana R. OT"])
    assert [student for student, *_ in sessions(tables)] == ["Ana R."]
    assert "error" in {severity for severity, *_ in told(tables)}


PIECES = st.sampled_from(
    ["M", "W", "T", "Th", "R", "F", "Mon", "/", "&", "-", " ", ",", "and", "or", "9/8", "A", "Day 1", "2"]
)


@given(st.lists(PIECES, max_size=6).map("".join) | st.text(max_size=9))
@settings(max_examples=60, deadline=None)
def test_no_header_raises_and_its_days_are_days(text: CellValue) -> None:
    header = read_day(text)
    assert header is None or all(one.key and not one.several for one in header.each)
