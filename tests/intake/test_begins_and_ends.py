"""Columns of a Schedule headed "Begins" and "Ends": dates are From and To, times Start and End."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.config import Names
from sheets_sync.intake.begins_and_ends import told_by_values
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount
from sheets_sync.tables import Tables
from tests.intake.small_workbook import read, told

BY_VALUES = [
    # headers and a row below Student, Service and Days          From, To, start and length
    (
        "Begins | Ends | Begins | Ends",
        "2025-09-03 | 2026-06-01 | 9:00 | 9:30",
        ("2025-09-03", "2026-06-01", 540, 30),
    ),
    ("Start | End | Start | End", "9:00 | 9:30 | 9/3/2025 | 6/1/2026", ("2025-09-03", "2026-06-01", 540, 30)),
    ("Start | End | Begins | Ends", "9:00 | 9:30 | 9/3 | 6/1", ("2025-09-03", "2026-06-01", 540, 30)),
    (
        "Start | End | Start time | End time",
        "9/3/25 | 6/1/26 | 9:00 | 9:30",
        ("2025-09-03", "2026-06-01", 540, 30),
    ),
    ("Begins | Start time | End time", "Sept 3 | 9:00 | 9:30", ("2025-09-03", "", 540, 30)),
    ("Starts | Ends | Time | Minutes", "9/3/25 | 6/1/26 | 9:00 | 30", ("2025-09-03", "2026-06-01", 540, 30)),
    ("Begins | Ends", "9:00 | 9:30", ("", "", 540, 30)),
    ("Start | End | Start | End", " | | 9:00 | 9:30", ("", "", 540, 30)),
]


def with_columns(headers: str, row: str, days: str = "Mon") -> Tables:
    return read({"Schedule": f"Student | Service | Days | {headers}\nAna R. | Speech | {days} | {row}"})


@pytest.mark.parametrize(("headers", "row", "expected"), BY_VALUES)
def test_what_begins_is_told_by_the_cells(
    headers: str, row: str, expected: tuple[str, str, int, int]
) -> None:
    tables = with_columns(headers, row)
    (one,) = tables.schedule[["from", "to", "start", "minutes"]].itertuples(index=False, name=None)
    begins, ends, start, minutes = one
    assert (
        str(begins)[:10].replace("NaT", ""),
        str(ends)[:10].replace("NaT", ""),
        start,
        minutes,
    ) == expected
    assert tables.problems == ()


def test_days_may_hold_the_times() -> None:
    tables = with_columns("Begins | Ends", "2025-09-03 | 2026-06-01", days="Mon 9:00-9:30")
    assert [tuple(map(str, row)) for row in tables.schedule[["from", "start"]].to_numpy()] == [
        ("2025-09-03 00:00:00", "540")
    ]
    assert tables.problems == ()


def test_without_any_time_the_cell_of_the_days_is_named() -> None:
    tables = with_columns("Begins | Ends", "2025-09-03 | 2026-06-01")
    assert [one[:2] for one in told(tables)] == [("error", "Schedule!C2")]


@pytest.mark.parametrize("row", ["9-10 | 9-10 | 9:00 | 9:30", "9:00 | 9:30 | 10:00 | 10:30"])
def test_where_the_cells_do_not_decide_it_is_refused(row: str) -> None:
    with pytest.raises(CannotCount, match="2 columns that read as Start: D1"):
        with_columns("Start | End | Start | End", row)


def test_one_cell_of_the_other_kind_among_many_is_a_mistake() -> None:
    rows = "\n".join(["Ana R. | Speech | Mon | 9/3 | 9:00 | 9:30"] * 5)
    head = "Student | Service | Days | Begins | Start time | End time"
    tables = read({"Schedule": f"{head}\n{rows}\nBen T. | OT | Mon | 9:00 | 10:00 | 10:30"})
    assert ("error", "Schedule!D7") in [one[:2] for one in told(tables)]


def test_a_column_that_the_configuration_names_is_what_it_says() -> None:
    table = "Student | Service | Days | Begins | Ends | First\nAna R. | OT | Mon 9:00-9:30 | 9/3 | 6/1 | 9/10"
    tables = read({"Schedule": table}, Names(columns={"Schedule": {"From": "First"}}))
    assert [str(day.date()) for day in tables.schedule["from"]] == ["2025-09-10"]
    assert ("question", "Schedule!D2") in [one[:2] for one in told(tables)]


any_cell = st.one_of(
    st.none(),
    st.floats(),
    st.booleans(),
    st.text(max_size=6),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.timedeltas(),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.lists(any_cell, min_size=2, max_size=2), max_size=4))
def test_no_cell_stops_the_reading(rows: list[list[CellValue]]) -> None:
    found = {"Start": (0, 1)}
    told_ = told_by_values(Sheet("Schedule", [["Start", "Start"], *rows]), 1, found, found, ())
    assert {place for places in told_.values() for place in places} <= {0, 1}
