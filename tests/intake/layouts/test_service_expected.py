"""A service in a cell of a schedule against its title, and what Staff says: the service that is counted."""

from __future__ import annotations

import pytest

from sheets_sync.ports import Sheet
from sheets_sync.problems import Severity
from tests.intake.layouts.grids import OT, SPEECH, WEEK, Row, sessions, with_schedule

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


def test_a_service_beside_a_time_in_a_cell() -> None:
    rows: list[Row] = [["Ana R.", "9-9:30 w/ OT", "9:00-9:30 (math)", "9:00-9:30 OT"]]
    tables = with_schedule(["Kim Lee - Speech"], ["Student", "Mon", "Tue", "Wed"], *rows, others=[STAFF])
    assert [found[1:3] for found in sessions(tables)] == [(SPEECH, "Mon"), (SPEECH, "Tue")]
    assert [(one.severity, one.cell) for one in tables.problems] == [
        *((Severity.QUESTION, cell) for cell in ("B3", "C3")),
        (Severity.ERROR, "D3"),
    ]
