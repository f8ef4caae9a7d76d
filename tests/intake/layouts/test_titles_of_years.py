"""Titles of a Schedule that name another school year than the one that is counted."""

from __future__ import annotations

import pytest

from tests.intake.layouts.grids import WEEK, Row, sessions, with_staff
from tests.intake.small_workbook import told

LIST_HEADER: Row = ["Student", "Service", "Days", "Start", "End"]
ANA: Row = ["Ana R.", "Speech", "Mon", "9:00", "9:30"]
YEARS = [
    # rows of the Schedule (today is in the school year 2025-26)   the cell asked about, "" for none
    ([["Speech schedule 2024-25"], WEEK, ["9:00-9:30", "Ana R."]], "Schedule!A1"),
    ([["Speech schedule 2025-26"], WEEK, ["9:00-9:30", "Ana R."]], ""),
    ([["Speech - Fall 2024"], WEEK, ["9:00-9:30", "Ana R."]], "Schedule!A1"),
    ([["Speech schedule"], WEEK, ["9:00-9:30", "Ana R. Rm 24"]], ""),
    ([["SY 2024-2025"], LIST_HEADER, ANA], "Schedule!A1"),
    ([["SY 2025-2026"], LIST_HEADER, ANA], ""),
]


@pytest.mark.parametrize(("rows", "cell"), YEARS)
def test_a_title_of_another_school_year_is_asked_about(rows: list[Row], cell: str) -> None:
    tables = with_staff(*rows)
    assert [where for _, where, problem in told(tables) if "school year" in problem] == (
        [cell] if cell else []
    )
    assert len(sessions(tables)) == 1


def test_a_tab_named_for_another_school_year_is_asked_about() -> None:
    tables = with_staff(WEEK, ["9:00-9:30", "Ana R. OT"], name="Schedule 2024-25")
    assert [severity for severity, _, _ in told(tables)] == ["question"]
