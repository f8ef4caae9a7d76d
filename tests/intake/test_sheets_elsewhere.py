"""Tabs of another workbook beside the workbook's own ([[sources]]): own ones are read as without it."""

from __future__ import annotations

import pytest

from sheets_sync.config import Names
from sheets_sync.ports import Sheet
from sheets_sync.problems import CannotCount
from sheets_sync.tables import Tables
from tests.intake.small_workbook import cells, read, told

GRID = """
    Student | Service          | Frequency         | Provider
    Ana R.  | Speech therapy   | 2 x 30 min / week | Kim Lee
    Ben T.  | OT               | 1 x 30 min / week | Sam Poe
    Ben T.  | Physical therapy | 1 x 30 min / week | Pat Ara
    """
LOGS = {
    "speech": """
        Date       | Student | Service        | Minutes | Status
        2025-10-06 | Ana R.  | Speech therapy | 30      | Delivered
        """,
    "pt": """
        Date       | Student | Service          | Minutes | Status
        2025-10-07 | Ben T.  | Physical therapy | 30      | Delivered
        """,
    "ot": """
        Date       | Student | Service | Minutes | Status
        2025-10-08 | Ben T.  | OT      | 30      | Delivered
        """,
}


def elsewhere(name: str, table: str, tab: str = "Service Log") -> dict[str, Sheet]:
    return {name: Sheet(name, cells(table), as_tab=tab)}


def logged_on(tables: Tables) -> list[str]:
    return [tables.tab("Service Log", row) for row in tables.log["row"].tolist()]


def asked(tables: Tables) -> list[tuple[str, str]]:
    return [(cell, problem) for severity, cell, problem in told(tables) if severity == "question"]


@pytest.mark.parametrize(
    ("one", "other"), [("Speech log", "PT log"), ("Kim", "Pat"), ("Lee log", "Log - Pat Ara"), ("Kim", None)]
)
def test_own_tabs_of_people_are_read_before_those_of_another_workbook(one: str, other: str | None) -> None:
    own = {one: LOGS["speech"]} | ({other: LOGS["pt"]} if other else {})
    tables = read({"Service Grid": GRID, "Service Log": None, **own, **elsewhere("OT log: Log", LOGS["ot"])})
    assert logged_on(tables) == [*own, "OT log: Log"]
    assert asked(tables) == []


def test_an_own_tab_that_is_not_read_beside_is_asked_about() -> None:
    """Tabs of a student and of a provider are never read together."""
    own = {"Kim": LOGS["speech"], "Ben T.": LOGS["pt"]}
    tables = read({"Service Grid": GRID, "Service Log": None, **own, **elsewhere("OT log: Log", LOGS["ot"])})
    assert logged_on(tables) == ["OT log: Log"]
    assert [cell for cell, _ in asked(tables)] == ["Kim!", "Ben T.!"]
    says = "This tab also looks like a Service Log. It was not read; what other workbooks have of the "
    assert {problem for _, problem in asked(tables)} == {says + "Service Log was."}


def test_two_own_tabs_that_could_each_be_it_stop_the_run_as_without_the_other_workbook() -> None:
    own = {"Calendar": None, "School calendar": "Date | Kind", "Academic calendar": "Date | Kind"}
    with pytest.raises(CannotCount, match="could each be the Calendar"):
        read({**own, **elsewhere("District: Dates", "Date | Kind", "Calendar")})


def test_a_tab_that_the_configuration_names_is_missed_also_where_another_workbook_has_one() -> None:
    with pytest.raises(CannotCount, match='no tab "Sessions"'):
        read(
            {"Service Log": None, **elsewhere("OT log: Log", LOGS["ot"])},
            Names(tabs={"Service Log": "Sessions"}),
        )
