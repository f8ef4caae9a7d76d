"""A Schedule with several sessions side by side in which a cell says more than one column: "9:00-9:30"."""

from __future__ import annotations

import pytest

from sheets_sync.problems import CannotCount
from tests.intake.small_workbook import read, told


@pytest.mark.parametrize(
    ("headers", "row"),
    [
        ("Day 1 | Time 1 | Day 2 | Time 2", "Mon | 9:00-9:30 | Wed | 1:00-1:30"),
        ("Session 1 | Session 2", "Mon 9:00-9:30 | Wed 1:00-1:30"),
        ("Day/Time 1 | Day/Time 2", "Mon 9:00-9:30 | Wed 1:00-1:30"),
    ],
)
def test_spans_and_days_with_times_need_no_column_of_their_own(headers: str, row: str) -> None:
    tables = read({"Schedule": f"Student | Service | {headers}\nAna R. | Speech | {row}"})
    found = tables.schedule[["days_text", "start", "minutes"]].to_numpy().tolist()
    assert found == [["Mon", 540, 30], ["Wed", 780, 30]]
    assert told(tables) == []


def test_a_cell_without_an_end_is_an_error_of_its_own() -> None:
    head = "Student | Service | Day 1 | Time 1 | Day 2 | Time 2"
    tables = read({"Schedule": f"{head}\nAna R. | Speech | Mon | 9:00-9:30 | Wed | 1:00"})
    assert tables.schedule["days_text"].tolist() == ["Mon"]
    assert [severity for severity, _, _ in told(tables)] == ["error"]


def test_sessions_that_say_no_day_are_no_schedule() -> None:
    with pytest.raises(CannotCount, match="Days"):
        read({"Schedule": "Student | Service | Session 1 | Session 2\nAna R. | Speech | 30 | x"})
