"""One provider's workbook: no column says the service, and the Service Grid has one alone."""

from __future__ import annotations

import pytest

from sheets_sync.problems import CannotCount
from tests.intake.small_workbook import only, read, told

SCHEDULE = "Student | Days | Start | End\nAna R. | Mon | 9:00 | 9:30"
LOG = "Date | Students | Time | Min | Attendance\n2025-10-06 | Ana R. | 9:00 | 30 | Present"
GRID = "Student | Service | Frequency\nAna R. | Speech | 2x30/wk\nBen T. | Speech therapy | 1x30/wk"


@pytest.mark.parametrize(("tab", "rows"), [("Schedule", SCHEDULE), ("Service Log", LOG)])
def test_a_list_without_a_service_is_of_the_only_one_and_noted(tab: str, rows: str) -> None:
    tables = read({"Service Grid": GRID, tab: rows})
    table = tables.schedule if tab == "Schedule" else tables.log
    assert table["service"].tolist() == ["Speech therapy"]
    assert (only(tables).severity, only(tables).tab, only(tables).cell) == ("note", tab, "A1")


@pytest.mark.parametrize(
    ("grid", "log"),
    [
        (f"{GRID}\nAna R. | OT | 1x30/wk", LOG),
        (GRID, f"OT and PT log | | | |\n{LOG}"),
        (GRID, LOG.replace("Attendance", "Mood")),
    ],
    ids=["two services", "a title of others", "more is lacking"],
)
def test_where_it_may_be_another_it_is_not(grid: str, log: str) -> None:
    with pytest.raises(CannotCount, match="Service"):
        read({"Service Grid": grid, "Service Log": log})


@pytest.mark.parametrize(
    ("tab", "rows"),
    [
        ("Schedule", "Time | Mon | Tue\n9:00-9:30 | Ana R. | Ben T.\n9:30-10:00 | Lunch | Ana R."),
        ("Service Log", "Student | 2025-10-06 | 2025-10-08\nAna R. | 30 | 20\nBen T. | | 30"),
    ],
)
def test_so_are_the_sessions_of_a_grid(tab: str, rows: str) -> None:
    tables = read({"Service Grid": GRID, tab: rows})
    table = tables.schedule if tab == "Schedule" else tables.log
    assert table["service"].tolist() == ["Speech therapy"] * 3
    assert (only(tables).severity, only(tables).tab, only(tables).cell) == ("note", tab, "B2")


@pytest.mark.parametrize(
    ("grid", "above", "cell"),
    [
        (f"{GRID}\nAna R. | OT | 1x30/wk", "", ""),
        (GRID, "Speech and OT | |\n", ""),
        (GRID, "", " - OT"),
    ],
    ids=["two services", "a title of two", "a cell of another"],
)
def test_but_not_where_something_speaks_of_another(grid: str, above: str, cell: str) -> None:
    week = f"{above}Time | Mon | Tue\n9:00-9:30 | Ana R. | Ben T.{cell}"
    tables = read({"Service Grid": grid, "Schedule": week})
    assert "Speech therapy" not in tables.schedule["service"].tolist()
    assert "Service is blank." in " ".join(problem for _, _, problem in told(tables))
