"""A Schedule whose rows have a date, or a week, and a day: sessions of that day or week alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.ports import CellValue
from tests.intake.small_workbook import cells, read, told

DAY = "Each row has a date: it is read as a session of that day alone."
WEEK = "Each row has a week: it is read as sessions of that week alone."
DIFFERENT = "Date is another day of the week than Days says: the row is not counted."
SEVERAL = "Date names one day, and Days several: the row is not counted."


def sheet(first: str, *rows: str) -> dict[str, str]:
    """Return a Schedule with these first two columns."""
    rest = (f" | {hour}:00 | {hour}:30 | Ana R. | Speech therapy" for hour in range(8, 12))
    head = f"{first} | Start | End | Student | Service"
    return {"Schedule": "\n".join([head, *(row + end for row, end in zip(rows, rest, strict=False))])}


def days(changes: dict[str, str]) -> list[tuple[str, str, str]]:
    return [
        (one["days_text"], str(one["from"])[:10], str(one["to"])[:10])
        for one in read(changes).schedule.to_dict("records")
    ]


ONE_DAY = [
    ("2025-10-06 | Mon", "Mon", "2025-10-06"),
    ("10/8 | W", "Wed", "2025-10-08"),
    ("2025-10-07 | T", "Tue", "2025-10-07"),
    ("2025-10-09 | T", "Thu", "2025-10-09"),
    ("2025-10-10 | ", "Fri", "2025-10-10"),
    ("2025-10-08 | Day 3", "Wed", "2025-10-08"),
]


@pytest.mark.parametrize(("row", "day", "of"), ONE_DAY)
@pytest.mark.parametrize("headers", ["Date | Day", "Session date | Days"])
def test_a_row_with_a_date_is_a_session_of_that_day(headers: str, row: str, day: str, of: str) -> None:
    changes = sheet(headers, row)
    assert days(changes) == [(day, of, of)]
    assert [what for _, _, what in told(read(changes))] == [DAY]


def test_of_a_span_of_dates_the_days_say_which() -> None:
    assert days(sheet("Dates | Days", "9/2-10/31 | Mon, Wed")) == [("Mon, Wed", "2025-09-02", "2025-10-31")]


@pytest.mark.parametrize(
    ("row", "cell", "problem"),
    [
        ("2025-10-07 | Mon", "B2", DIFFERENT),
        ("2025-09-03 | Mon, Wed", "B2", SEVERAL),
        (" | Wed", "A2", "Date is blank, and other rows have one"),
        ("soon | Wed", "A2", "This is no date"),
        ("2025-10-08 | Wendsdag", "B2", ""),
    ],
)
def test_a_row_whose_date_and_day_do_not_agree_is_not_counted(row: str, cell: str, problem: str) -> None:
    changes = sheet("Date | Day", row, "2025-10-06 | Mon")
    assert days(changes) == [("Mon", "2025-10-06", "2025-10-06")]
    _, (severity, where, what) = told(read(changes))
    assert (severity, where) == ("error", f"Schedule!{cell}")
    assert what.startswith(problem)


WEEKS = [
    ("Week of | Day", "2025-10-06 | Mon", "Mon", "2025-10-06", "2025-10-12"),
    ("Week | Days", "10/8 | M/W", "Mon, Wed", "2025-10-06", "2025-10-12"),
    ("Week beginning | Day", "2025-10-05 | Mon", "Mon", "2025-10-06", "2025-10-12"),
    ("Week ending | Day", "2025-10-12 | Mon", "Mon", "2025-10-06", "2025-10-12"),
    ("Week | Day", "Week of 10/6 | Tue", "Tue", "2025-10-06", "2025-10-12"),
    ("Weeks | Day", "10/6-10/17 | Tue", "Tue", "2025-10-06", "2025-10-17"),
]


@pytest.mark.parametrize(("headers", "row", "day", "first", "last"), WEEKS)
def test_a_row_with_a_week_is_of_that_week(headers: str, row: str, day: str, first: str, last: str) -> None:
    changes = sheet(headers, row)
    assert days(changes) == [(day, first, last)]
    assert [what for _, _, what in told(read(changes))] == [WEEK]


def test_a_row_without_its_week_is_not_counted_beside_others_that_have_one() -> None:
    changes = sheet("Week of | Day", "2025-10-06 | Mon", " | Fri")
    assert days(changes) == [("Mon", "2025-10-06", "2025-10-12")]
    assert told(read(changes))[1][:2] == ("error", "Schedule!A3")


@pytest.mark.parametrize("headers", ["Date | Day", "Week of | Day"])
@pytest.mark.parametrize(("cell", "asked"), [("", []), ("all year", []), ("fall only", ["question"])])
def test_a_column_without_a_date_in_it_bounds_nothing(headers: str, cell: str, asked: list[str]) -> None:
    changes = sheet(headers, f"{cell} | Mon")
    assert days(changes) == [("Mon", "NaT", "NaT")]
    assert [p.severity for p in read(changes).problems] == asked


CELLS = st.sampled_from(
    [
        "10/6",
        "10/6-10/9",
        "T",
        "Mon",
        "Week of 10/6",
        "A",
        "Day 2",
        "soon",
        None,
        6.0,
        45936.0,
        True,
        "M/W 9-10",
    ]
)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["Date", "Week of"]), st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_no_row_beside_it_changes_what_a_dated_row_says(
    header: str, rows: list[tuple[CellValue, CellValue]]
) -> None:
    rest = cells("9:00 | 9:30 | Ana R. | Speech therapy")[0]
    head: list[CellValue] = [header, "Day", "Start", "End", "Student", "Service"]
    last: list[CellValue] = ["10/6/2025", "Mon", "8:00", "8:30", "Ana R.", "Speech therapy"]
    tables = read({"Schedule": [head, *([*row, *rest] for row in rows), last]})
    first = [str(one)[:10] for one in tables.schedule["from"][tables.schedule["start"] == 480]]
    assert first == ["2025-10-06"]
