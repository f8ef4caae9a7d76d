"""Of a student whom a cell of the Schedule names that could not be read, the line says where that stands."""

from __future__ import annotations

import pytest

from tests.intake.small_workbook import cells, read

LIST = "Student | Service | Provider | Days | Start | End"
GRID = "Time | Mon | Tue"
SCHEDULES = [
    (f"{LIST}\nAna R. | Speech therapy | J. Rivera | Mon | 9:00 | 9:30", {}),
    (f"{LIST}\nBen T. | Speech therapy | J. Rivera | after lunch | 9:00 | 9:30", {"Ben T.": "Schedule!D2"}),
    (
        f"{LIST}\nAna R. | Speech | | soon | 9:00 | 9:30\nBen T. | Speech | | soon | 9:00 | 9:30",
        {"Ana R.": "Schedule!D2", "Ben T.": "Schedule!D3"},
    ),
    (f"{LIST}\nCal | Speech therapy | J. Rivera | Mon | 9:00 | 9:30", {}),
    (f"{GRID}\n9:00-9:30 | Ana R. - Speech | Ben T. - Speech", {}),
    (f"{GRID}\n9:00-9:30 | Ana R. - Speech | Ben (every other) - Speech", {"Ben T.": "Schedule!C2"}),
    (f"{GRID}\n9:00-9:30 | Ana R. - Speech | Lia - Speech", {}),
]


@pytest.mark.parametrize(("schedule", "unread"), SCHEDULES)
def test_errors_on_the_schedule_are_known_by_the_student_whom_their_cells_name(
    schedule: str, unread: dict[str, str]
) -> None:
    assert read({"Schedule": schedule}).unread_sessions == unread


def test_who_was_read_from_a_cell_beside_another_is_not_meant() -> None:
    tables = read({"Schedule": cells(f"{LIST}\nAna R.; Cal | Speech therapy | | Mon | 9:00 | 9:30")})
    assert (tables.unread_sessions, tables.schedule["student"].tolist()) == ({}, ["Ana R."])
    assert [p.cell for p in tables.problems] == ["A2"]
