"""What an attendance grid's titles and columns say against what stands in it, and rosters that count rows."""

from __future__ import annotations

import pytest

from sheets_sync.ports import CellValue
from tests.intake.layouts.test_attendance_grid import Rows, entries, with_log
from tests.intake.layouts.test_grid_tables import days, wrong

DAYS: list[CellValue] = ["9/8", "9/10", "9/12"]
ANA: list[CellValue] = ["Ana R.", 30.0, "SNA", 25.0]


@pytest.mark.parametrize("header", ["#", "No.", "No", "Nr", "Num"])
def test_a_monthly_roster_may_count_its_students(header: str) -> None:
    rows: Rows = [["Speech - October 2025"], [header, "Student", 1.0, 2.0, 6.0, 8.0]]
    tables = with_log(*rows, [1.0, "Ana R.", 30.0, "SA", 30.0, 25.0], [2.0, "Ben T.", None, 20.0])
    assert days(tables) == ["10-01", "10-02", "10-06", "10-08", "10-02"]
    assert [entry[4] for entry in entries(tables)] == [30, -1, 30, 25, 20]
    assert wrong(tables) == []
