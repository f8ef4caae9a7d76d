"""Which columns beside the students say when a service is, when a cell, or a whole column, cannot be read."""

from __future__ import annotations

import pytest

from tests.intake.layouts.grids import OT, SPEECH, sessions
from tests.intake.small_workbook import read, told

GOOD = "Mon 9:00-9:30"


def asked(header: str, *rows: str) -> list[tuple[str, str]]:
    """Return severity and cell of all problems but the note that times are read here."""
    tables = read({"Caseload": "\n".join((header, *rows)), "Schedule": None})
    assert ("Ana R.", SPEECH, "Mon", 540, 30) in sessions(tables)
    return [one[:2] for one in told(tables) if not one[2].startswith("What stands here is read as")]


NO_CELL_OF_THE_SECOND = [
    # the second column           its one cell
    ("OT time", "Tue, Period 3"),
    ("OT time", "Tue after lunch"),
    ("OT schedule", "Tue 9:30-10 starting 11/3"),
    ("OT times", "9:30-10:00"),
    ("OT days", "Tue"),
    ("OT When", "ask Ms. Bell"),
    ("Therapy times", "Tue 9:30-10:00"),
    ("OT", "Tue, Period 3"),
]


@pytest.mark.parametrize(("header", "cell"), NO_CELL_OF_THE_SECOND)
def test_beside_a_column_of_times_one_that_is_headed_so_is_one_too(header: str, cell: str) -> None:
    rows = (f"Ana R. | {GOOD} |", f"Ben T. | | {cell}")
    assert asked(f"Student | Speech time | {header}", *rows) == [("error", "Caseload!C3")]


NO_TIMES = [
    ("OT time", "30 min/wk"),
    ("OT time", "-"),
    ("OT", "x"),
    ("OT", "J. Rivera"),
    ("Days", "M-F"),
    ("Schedule", "Block A"),
]


@pytest.mark.parametrize(("header", "cell"), NO_TIMES)
def test_what_is_another_column_is_left_alone(header: str, cell: str) -> None:
    rows = (f"Ana R. | {GOOD} |", f"Ben T. | | {cell}")
    assert asked(f"Student | Speech time | {header}", *rows) == []


APART = [
    "Student | Speech days | Speech time | OT days | OT time",
    "Student | SLP Days | SLP Times | OT Days | OT Times",
]


@pytest.mark.parametrize("header", APART)
def test_days_and_times_may_stand_in_two_columns(header: str) -> None:
    tables = read(
        {
            "Caseload": f"{header}\nAna R. | M/W | 9:00-9:30 | |\nBen T. | | | Tue | 1:00-1:30",
            "Schedule": None,
        }
    )
    assert sessions(tables) == [("Ana R.", SPEECH, "Mon, Wed", 540, 30), ("Ben T.", OT, "Tue", 780, 30)]


@pytest.mark.parametrize(("days", "time", "cell"), [("Mon", "", "D3"), ("", "1:00-1:30", "E3")])
def test_one_of_the_two_alone_is_named_where_it_stands(days: str, time: str, cell: str) -> None:
    rows = ("Ana R. | Mon | 9:00-9:30 | |", f"Ben T. | | | {days} | {time}")
    assert asked(APART[0], *rows) == [("error", f"Caseload!{cell}")]


BEHIND = [
    # what follows each service
    ("When", "Mon 9:00-9:30", "Tue 1:00-1:30"),
    ("Schedule", "Mon 9:00-9:30", "Tue 1:00-1:30"),
    ("Days | Time", "Mon | 9:00-9:30", "Tue | 1:00-1:30"),
    ("Time | Day", "9:00-9:30 | Mon", "1:00-1:30 | Tue"),
]


@pytest.mark.parametrize(("header", "speech", "ot"), BEHIND)
def test_when_stands_behind_each_service(header: str, speech: str, ot: str) -> None:
    blank = " | " * header.count("|")
    rows = f"Ana R. | 2x30/wk | {speech} | |\nBen T. | | {blank} | 1x30/wk | {ot}"
    tables = read(
        {
            "Service Grid": None,
            "Schedule": None,
            "Caseload": f"Student | Speech | {header} | OT | {header}\n{rows}",
        }
    )
    assert sessions(tables) == [("Ana R.", SPEECH, "Mon", 540, 30), ("Ben T.", OT, "Tue", 780, 30)]


def test_days_that_are_another_columns_are_not_joined_with_whole_times() -> None:
    assert asked("Student | Speech time | Days", f"Ana R. | {GOOD} | M-F") == []


def test_one_schedule_behind_two_services_is_of_neither() -> None:
    header = "Student | Speech time | Speech | OT | Schedule"
    assert asked(header, f"Ana R. | {GOOD} | | | Tue 1:00-1:30") == []
