"""The days of an absence: from its Date to one in a second column, and columns that may say it was longer."""

from __future__ import annotations

import pytest

from tests.intake.small_workbook import read, told


@pytest.mark.parametrize("header", ["To", "Through", "Thru", "Until", "End date", "Last day"])
def test_an_absence_to_a_day_in_a_second_column(header: str) -> None:
    rows = (
        "10/9 | 10/14 | Ana R. | absent",
        "10/20 | | Ana R. | absent",
        "10/21 | 10/21 | Ana R. | tardy",
        "10/22-10/23 | 10/23 | Ana R. | absent",
    )
    tables = read({"Attendance": "\n".join((f"Date | {header} | Student | Attendance", *rows))})
    days = [9, 10, 11, 12, 13, 14, 20, 21, 22, 23]
    assert [day.day for day in tables.attendance["date"]] == days
    assert told(tables) == []


@pytest.mark.parametrize(
    ("rows", "days", "asked"),
    [
        ("Date | To\n10/9 | 10/6", [None], "error Attendance!B2"),
        ("Date | To\n10/9 | soon", [None], "error Attendance!B2"),
        ("Date | To\n10/9 | 12/20", [None], "error Attendance!B2"),
        ("Date | To\n10/9-10/10 | 10/14", [None], "error Attendance!B2"),
        ("From | To\n10/9 | 10/10", [9, 10], ""),
        ("First day absent | Last day absent\n10/9 | 10/10", [9, 10], ""),
        ("Date | # of days\n10/9 | 5", [9], "question Attendance!B2"),
        ("Date | Days absent\n10/9 | 2 days", [9], "question Attendance!B2"),
        ("Date | Return date\n10/10 | 10/15", [10], "question Attendance!B2"),
        ("Date | Back on\n10/10 | Wed", [10], "question Attendance!B2"),
        ("Date | # of days\n10/9 | 1", [9], ""),
        ("Date | Return date\n10/10 | 10/13", [10], ""),
    ],
)
def test_days_that_cannot_be_told_are_reported(rows: str, days: list[int | None], asked: str) -> None:
    header, row = rows.split("\n")
    tables = read({"Attendance": f"{header} | Student | Attendance\n{row} | Ana R. | absent"})
    first = [None if day != day else day.day for day in tables.attendance["date"]]
    assert (first, [f"{how} {cell}" for how, cell, _ in told(tables)]) == (days, [asked] if asked else [])


@pytest.mark.parametrize(
    ("header", "row", "found", "asked"),
    [
        ("To | Absent | Tardy", "10/10 | x |", 2, ""),
        ("# of days | Absent | Tardy", "5 | x |", 1, "question Attendance!C2"),
        ("Return date | Absent | Tardy", "10/15 | x |", 1, "question Attendance!C2"),
        ("Absent | Tardy (min)", "| 15", 0, "question Attendance!D2"),
        ("Absent | Tardy | Excused", "| | x", 0, "question Attendance!E2"),
        ("Absent | Tardy | Excused", "x | | x", 1, ""),
    ],
)
def test_days_and_marks_beside_a_column_for_each_kind(header: str, row: str, found: int, asked: str) -> None:
    tables = read({"Attendance": f"Date | Student | {header}\n10/9 | Ana R. | {row}"})
    assert len(tables.attendance) == found
    assert [f"{how} {cell}" for how, cell, _ in told(tables)] == ([asked] if asked else [])
