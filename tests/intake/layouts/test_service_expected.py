"""A service in a cell of a schedule against its title, and what Staff says: the service that is counted."""

from __future__ import annotations

import pytest

from sheets_sync.ports import Sheet
from sheets_sync.problems import Severity
from tests.intake.layouts.grids import OT, SPEECH, WEEK, Row, sessions, with_schedule
from tests.intake.small_workbook import cells

STAFF = Sheet(
    "Staff",
    [["Name", "Role", "Services"], ["Kim Lee", "SLP", "Speech, Social skills"], ["Sarah Poe", "OT", "OT"]],
)

CELLS = [
    # title            cell                     service, "" where it is not read     asked
    ("Kim Lee - Speech", "Ana R. (w/ OT)", SPEECH, True),
    ("Kim Lee - Speech", "Ana R. with OT", SPEECH, True),
    ("Kim Lee - Speech", "Ana R. + OT", SPEECH, True),
    ("Kim Lee - Speech", "Ana R. (math)", SPEECH, True),
    ("Kim Lee - Speech", "Ana R. - ELA", SPEECH, True),
    ("Speech", "Ana R. (resource)", SPEECH, True),
    ("Kim Lee - Speech", "Ana R./OT", "", True),
    ("Kim Lee - Speech", "OT: Ana R.", "", True),
    ("Kim Lee", "Ana R. - PT", "", True),  # of two services of hers neither is taken
    ("Kim Lee", "Ana R. (math)", "", True),
    ("Sarah Poe", "Ana R. (math)", OT, True),
    ("Kim Lee - Speech", "Ana R. - speech", SPEECH, False),
    ("Kim Lee - Speech", "Ana R. - social skills", "Social skills", False),
    ("Kim Lee", "Ana R. - speech", SPEECH, False),
    ("Counseling", "Ana R. - group counseling", "Group counseling", False),
    ("Resource room", "Ana R. - math", "Math", False),
    ("", "Ana R. w/ OT", OT, False),  # nothing says another one
    ("", "Ana R. - math", "Math", False),
]


@pytest.mark.parametrize(("title", "cell", "service", "asked"), CELLS)
def test_the_service_of_a_cell(title: str, cell: str, service: str, asked: bool) -> None:
    tables = with_schedule([title], WEEK, ["9:00-9:30", cell], others=[STAFF])
    assert [found[1] for found in sessions(tables)] == ([service] if service else [])
    assert bool([one for one in tables.problems if one.severity != Severity.NOTE]) == asked


GRID = """
    Student | Service         | Frequency         | Provider
    Ana R.  | Speech therapy  | 2 x 30 min / week | Kim Lee
    Ana R.  | Social skills   | 1 x 30 min / week | Kim Lee
    Ana R.  | OT              | 1 x 30 min / week | Sarah Poe
    Ben T.  | Counseling      | 1 x 30 min / week |
    Ben T.  | Adapted PE      | 1 x 30 min / week | Sarah Poe
    Ben T.  | Study skills    | 1 x 30 min / week | Lou Day
"""
OF_THE_GRID = [
    # title                     cell                    service, "" where it is not read     asked
    ("Kim Lee - Speech", "Ana R. - social skills", "Social skills", False),
    ("Speech", "Ana R. - social skills", "Social skills", False),
    ("Kim Lee - Speech", "Ana R. - OT", "", True),  # hers too, and another's to give
    ("Kim Lee - Speech", "Ana R. w/ OT", SPEECH, True),
    ("Kim Lee - Speech", "Ana R. w/ social skills", SPEECH, True),
    ("Kim Lee - Speech", "Ben T. - counseling", "Counseling", False),
    ("Physical Therapy - Sarah Poe", "Ben T. - APE", "Adapted physical education", False),
    ("Resource Room - Lou Day", "Ben T. - study skills", "Study skills", False),
    ("Kim Lee - Speech", "Ben T. - OT", "", True),  # nobody gives him that
    ("Kim Lee - Speech", "Ana R., Ben T. - counseling", "", True),  # his, and not hers
]


@pytest.mark.parametrize(("title", "cell", "service", "asked"), OF_THE_GRID)
def test_a_service_that_the_grid_gives_the_student(title: str, cell: str, service: str, asked: bool) -> None:
    tables = with_schedule([title], WEEK, ["9:00-9:30", cell], others=[Sheet("Service Grid", cells(GRID))])
    assert [found[1] for found in sessions(tables)] == ([service] if service else [])
    assert (
        bool([one for one in tables.problems if one.tab == "Schedule" and one.severity != Severity.NOTE])
        == asked
    )


def test_a_service_beside_a_time_in_a_cell() -> None:
    rows: list[Row] = [["Ana R.", "9-9:30 w/ OT", "9:00-9:30 (math)", "9:00-9:30 OT"]]
    tables = with_schedule(["Kim Lee - Speech"], ["Student", "Mon", "Tue", "Wed"], *rows, others=[STAFF])
    assert [found[1:3] for found in sessions(tables)] == [(SPEECH, "Mon"), (SPEECH, "Tue")]
    assert [(one.severity, one.cell) for one in tables.problems] == [
        *((Severity.QUESTION, cell) for cell in ("B3", "C3")),
        (Severity.ERROR, "D3"),
    ]
