"""An attendance grid of the first days of a year, in which nothing stands yet, is a log without entries."""

from __future__ import annotations

import pytest

from sheets_sync.ports import CellValue
from sheets_sync.problems import CannotCount
from tests.intake.layouts.test_attendance_grid import Rows, entries, with_log
from tests.intake.small_workbook import read, told

DAYS: list[CellValue] = ["Student", "9/8", "9/10", "9/12"]

BLANK: dict[str, tuple[Rows, int]] = {
    "nothing": ([["Speech"], DAYS, ["Ana R."], ["Ben T.", None, "", " "]], 2),
    "a column of services": ([["Student", "Service", "9/8", "9/10"], ["Ana R.", "Speech"]], 1),
    "boxes": ([["Speech"], DAYS, ["Ana R.", False, False, False]], 1),
    "a key": ([["Speech"], ["P = present"], DAYS, ["Ana R."], [], ["A = absent"]], 1),
    "below months": ([["September"], ["Student", 3.0, 8.0, 10.0, 15.0], ["Ana R."]], 1),
}


@pytest.mark.parametrize(("rows", "students"), BLANK.values(), ids=BLANK.keys())
def test_a_grid_without_entries_is_an_empty_log(rows: Rows, students: int) -> None:
    tables = with_log(*rows)
    assert entries(tables) == []
    assert tables.layouts["Service Log"].startswith(f"an attendance grid: {students} student")
    assert tables.problems == ()


NO_GRID: dict[str, Rows] = {
    "nobody who is known": [["Speech"], DAYS, ["Zed Q."], ["Materials"]],
    "no student at all": [["Speech"], DAYS],
    "days that are no dates": [["Student", "Sepp 8", "Sepp 10"], ["Ana R."]],
}


@pytest.mark.parametrize("rows", NO_GRID.values(), ids=NO_GRID.keys())
def test_what_may_be_a_table_of_anything_still_stops(rows: Rows) -> None:
    with pytest.raises(CannotCount):
        with_log(*rows)


@pytest.mark.parametrize(
    ("row", "said"),
    [(["Zed Q."], ("question", "Service Log!A4")), ([None, 30.0], ("error", "Service Log!B4"))],
)
def test_what_is_nobodys_is_said_with_its_cell(row: list[CellValue], said: tuple[str, str]) -> None:
    tables = with_log(["Speech"], DAYS, ["Ana R."], row)
    assert [problem[:2] for problem in told(tables)] == [said]


def test_an_attendance_of_nobody_absent_yet_stops_nothing() -> None:
    tables = read({"Attendance": [DAYS, ["Ana R."]]})
    assert (len(tables.attendance), told(tables)) == (0, [])
