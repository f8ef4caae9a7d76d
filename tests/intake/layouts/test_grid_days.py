"""Attendance grids with few dates, weekdays beside them, and rows and columns below them about the days."""

from __future__ import annotations

from datetime import time

import pytest

from sheets_sync.ports import CellValue
from sheets_sync.problems import CannotCount
from tests.intake.layouts.test_attendance_grid import Rows, entries, with_log
from tests.intake.layouts.test_grid_tables import days, wrong

DAYS: list[CellValue] = ["Student", "9/8", "9/10", "9/12"]
ANA: list[CellValue] = ["Ana R.", 30.0, None, 25.0]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([None, None, "NO SCHOOL", None], [("note", "C3")]),
        ([None, "9:00", "9:00", "9:30"], [("note", "B3")]),
        ([None, time(9), time(9), None], [("note", "B3")]),
        ([None, None, "Fire drill", None], [("error", "C3")]),
    ],
)
def test_a_row_about_the_days_stops_nobody(row: list[CellValue], said: list[tuple[str, str]]) -> None:
    tables = with_log(["Speech"], DAYS, row, ANA)
    assert days(tables) == ["09-08", "09-12"]
    assert wrong(tables) == said


@pytest.mark.parametrize("count", [1, 2])
def test_a_grid_that_was_begun_with_one_date(count: int) -> None:
    tables = with_log(["Speech"], DAYS[: count + 1], ["Ana R.", *[30.0] * count])
    assert days(tables) == ["09-08", "09-10"][:count]


def test_fewer_dates_than_three_behind_no_header_of_students_are_no_grid() -> None:
    with pytest.raises(CannotCount):
        with_log(["Speech", "9/8", "9/10"], ["Ana R.", 30.0, 30.0])


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        (["9/8 (Mon)", "9/10 (Wed)", "9/12 (Fri)"], []),
        (["9/8 (M)", "9/10 (W)", "9/12(F)"], []),
        (["9/8 (M)", "9/10 (T)", "9/12 (F)"], ["C2"]),
        (["9/8 (M)", "9/9 (T)", "9/11 (T)"], []),
    ],
)
def test_a_weekday_in_parentheses_is_compared_with_its_date(
    headers: list[CellValue], refused: list[str]
) -> None:
    tables = with_log(["Speech"], ["Student", *headers], ["Ana R.", 30.0, 30.0, 30.0])
    assert [cell for _, cell in wrong(tables)] == refused
    assert len(entries(tables)) == 3 - len(refused)


HALVES: Rows = [
    ["Student", "9/8", None, "9/10", None, "9/12", None],
    [None, "AM", "PM", "AM", "PM", "AM", "PM"],
    ["Ana R.", 30.0, 20.0, None, "SNA", None, None],
]


def test_two_columns_a_day_are_two_sessions() -> None:
    tables = with_log(["Speech"], *HALVES)
    assert [(entry[0][5:], entry[4]) for entry in entries(tables)] == [
        ("09-08", 30),
        ("09-08", 20),
        ("09-10", -1),
    ]


def test_columns_whose_meaning_is_not_known_are_not_read_as_entries() -> None:
    with pytest.raises(CannotCount):
        with_log(["Speech"], HALVES[0], [None, *["Plan", "Real"] * 3], HALVES[2])


KEY: list[CellValue] = ["T = therapist absent; P = present; M = made up"]
DATED: list[CellValue] = ["Student", "9/8/2025", "9/10/2025", "9/12/2025"]
BEN: list[CellValue] = ["Ben T.", "P", "P", "P"]


@pytest.mark.parametrize(
    ("rows", "read", "problems"),
    [
        ([DATED, ["Ana R.", "T", "T", "T"], BEN], 6, []),
        ([DATED, ["Ana R.", "P", "M", "M"], BEN], 6, []),
        ([["Student", "9/8/2025", "9/10/2025"], ["Ana R.", "T", "T"], ["Ben T.", "P", "P"]], 4, []),
        ([["September 2025"], ["Student", 8.0, 10.0, 12.0], ["Ana R.", "M", "M", "M"], BEN], 6, []),
        ([DATED, ["R., Ana", "T", "T", "T"], BEN], 6, [("note", "A4")]),
        ([DATED, BEN, ["Zoe Q.", "T", "T", "T"], ["Ana R.", "P", "P", "P"]], 6, [("error", "A5")]),
        ([DATED, ["Day", "Mon", "Wed", "Fri"], BEN], 3, []),
        ([DATED, ["Day of week", "M", "W", "F"], BEN], 3, []),
        ([["Weekday", "M", "W", "F"], DATED, BEN], 3, []),
        ([DATED, [None, "M", "W", "F"], BEN], 3, []),
        ([DATED, ["Day", "M", "T", "F"], BEN], 2, [("error", "C3")]),
    ],
)
def test_codes_beside_a_name_are_no_weekdays(rows: Rows, read: int, problems: list[tuple[str, str]]) -> None:
    tables = with_log(["Speech"], KEY, *rows)
    assert (len(entries(tables)), wrong(tables)) == (read, problems)
