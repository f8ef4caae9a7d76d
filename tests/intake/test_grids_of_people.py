"""A service grid for each student, on a tab with the student's name."""

from __future__ import annotations

import pytest

from sheets_sync.config import Names
from sheets_sync.problems import CannotCount
from tests.intake.small_workbook import SMALL, read, told

ANA = [["Service", "Frequency", "Provider"], ["Speech", "2x30/wk", "J. Rivera"], ["OT", "1x30/wk", None]]
BEN = [["Service", "Frequency", "Provider"], ["OT", "1x45/wk", "J. Rivera"]]
TABS = {"Service Grid": None, "Ana R.": ANA, "Ben T.": BEN}
SPEECH, OT = "Speech therapy", "Occupational therapy"
LINES = [("Ana R.", SPEECH, 60), ("Ana R.", OT, 30), ("Ben T.", OT, 45)]
LISTED = Names(tabs={"Service Grid": "Ana R."}, further_tabs={"Service Grid": ("Ben T.",)})


@pytest.mark.parametrize("names", [None, LISTED])
def test_each_tab_is_a_part_of_the_service_grid(names: Names | None) -> None:
    tables = read(TABS, names)
    found = tables.lines[["student", "service", "total"]].itertuples(index=False)
    assert [(str(who), str(what), int(total)) for who, what, total in found] == LINES
    assert told(tables) == []


def test_beside_a_service_grid_they_are_asked_about() -> None:
    tables = read({**TABS, "Service Grid": SMALL["Service Grid"]})
    assert len(tables.lines) == 1
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [
        ("question", "Ana R.!"),
        ("question", "Ben T.!"),
    ]


def test_one_that_cannot_be_read_is_said() -> None:
    tables = read({**TABS, "Ben T.": [["Service", "How much"], ["OT", "1x45/wk"]], "Ben T old": BEN})
    assert set(tables.lines["student"]) == {"Ana R."}
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [
        ("error", "Ben T.!"),
        ("note", "Ben T old!"),
    ]


def test_a_tab_of_nobody_is_no_service_grid() -> None:
    with pytest.raises(CannotCount, match='no tab "Service Grid"'):
        read({"Service Grid": None, "Prices": ANA})


CASELOAD = """
    Student     | Student ID | Grade
    Ana Rivera  | S1 | 3
    Ana Stone   | S2 | 4
    Ben Torres  | S3 | 4
    Dina Park   | S4 | 4
    """
OTHERS = {
    "Caseload": CASELOAD,
    "Service Grid": None,
    "Schedule": "Student | Service | Days | Start | End\nBen Torres | OT | Mon | 9:00 | 9:45",
    "Service Log": "Date | Student | Service | Status\n2025-10-06 | Ben Torres | OT | Delivered",
}


@pytest.mark.parametrize(
    ("tab", "student"),
    [
        *((name, "Ben Torres") for name in ("Ben T", "Ben T.", "Ben", "B. Torres", "Torres B", "Torres, B.")),
        *((name, "Ben Torres") for name in ("BT", "B.T.", "Ben T grid", "Ben's services", "Sheet4", "Tab 2")),
        *((name, "Ana Stone") for name in ("Ana S", "Ana S. grid", "Stone")),
        *((name, "") for name in ("Ben Tores", "Ben T IEP", "Zoe Hill", "Ben S", "Ana T", "DP", "Period 4")),
        *((name, "-") for name in ("Ben T old", "Ben copy", "Template")),
    ],
)
def test_a_tab_is_called_as_a_student_is_in_a_cell(tab: str, student: str) -> None:
    """A student whose tab is left out has no line at all: an error, unless its name says it is an old one."""
    title = [["Student:", "Ben Torres"]] if student == "Ben Torres" else [[]]
    tables = read({**OTHERS, "Ana R": ANA, tab: [*title, *BEN]})
    assert set(tables.lines["student"]) == {"Ana Rivera"} | ({student} - {"", "-"})
    left = [severity for severity, cell, _ in told(tables) if cell == f"{tab}!"]
    assert left == {"": ["error"], "-": ["note"]}.get(student, [])


def test_a_title_of_another_student_than_the_tabs_is_asked_about() -> None:
    tables = read({**OTHERS, "Ana R": [["Services for Ben Torres"], *ANA], "Ben T": [["Ben Torres"], *BEN]})
    assert [one[:2] for one in told(tables) if "title" in one[2]] == [("question", "Ana R!A1")]
