"""A list without a column Service, in which services stand alone above their rows."""

from __future__ import annotations

import pytest

from sheets_sync.ports import Sheet
from sheets_sync.problems import Severity
from sheets_sync.tables import Tables
from tests.intake.small_workbook import cells, read, told

SPEECH, OT = "Speech therapy", "Occupational therapy"
CASELOAD = {"Caseload": "Student\nAna R.\nBen T.\nCal Young"}
HEADER = "Student | Days | Start | End"
ROWS = ("Ana R. | Mon | 9:00 | 9:30", "Ben T. | Mon | 9:30 | 10:00", "Ana R. | Tue | 9:00 | 9:30")


def schedule(*lines: str, name: str = "Schedule") -> Tables:
    return read({**CASELOAD, "Schedule": None, name: Sheet(name, cells("\n".join(lines)))})


def services(tables: Tables) -> list[str]:
    return [str(one) for one in tables.schedule["service"]]


HEADINGS = [
    # the headings above the first two rows and the last, the services of the rows that are read, the errors
    ("SPEECH", "OT", [SPEECH, SPEECH, OT], []),
    ("Speech therapy:", " | Occupational Therapy", [SPEECH, SPEECH, OT], []),
    ("SPEECH", "Lunch", [SPEECH, SPEECH, SPEECH], []),
    ("SPEECH", "Grade 3", [SPEECH, SPEECH, SPEECH], []),
    ("SPEECH", "Evaluations", [SPEECH, SPEECH], ["A5"]),
    ("Screenings", "OT", [OT], ["A2"]),
]


@pytest.mark.parametrize(("above", "below", "read_as", "errors"), HEADINGS)
def test_a_service_alone_in_a_row_is_that_of_the_rows_below(
    above: str, below: str, read_as: list[str], errors: list[str]
) -> None:
    """The OT of a workbook whose grid has one service was read as speech."""
    tables = schedule(HEADER, above, *ROWS[:2], below, ROWS[2])
    assert services(tables) == read_as
    found = [(severity, cell) for severity, cell, _ in told(tables)]
    assert [cell for severity, cell in found if severity == "error"] == [f"Schedule!{one}" for one in errors]
    assert ("note", f"Schedule!A{5 if above == 'Screenings' else 2}") in found or below.startswith(" ")


def test_rows_above_the_first_heading_are_of_no_service() -> None:
    tables = schedule(HEADER, ROWS[0], "OT", ROWS[2])
    assert services(tables) == [OT]
    assert ("error", "Schedule!A2") in [one[:2] for one in told(tables)]


@pytest.mark.parametrize(
    ("title", "read_as"),
    [("Speech schedule", [SPEECH] * 3), ("Speech and OT schedule", [SPEECH, SPEECH, OT])],
)
def test_a_title_says_which_services_a_heading_can_be(title: str, read_as: list[str]) -> None:
    tables = schedule(title, "", HEADER, *ROWS[:2], ROWS[2]) if len(set(read_as)) == 1 else None
    tables = tables or schedule(title, "", HEADER, "SPEECH", *ROWS[:2], "OT", ROWS[2])
    assert services(tables) == read_as


def test_another_service_below_a_title_of_one_is_not_read() -> None:
    tables = schedule("Speech schedule", "", HEADER, "SPEECH", *ROWS[:2], "OT", ROWS[2])
    assert services(tables) == [SPEECH, SPEECH]
    errors = [(one.cell, one.value, one.problem) for one in tables.problems if one.severity is Severity.ERROR]
    problem = "The rows below this are of no service that is read: they are left out."
    assert errors[:1] == [("A7", "OT", problem)]


@pytest.mark.parametrize(("name", "title"), [("Speech schedule", ""), ("Schedule", "Speech schedule")])
def test_below_another_heading_rows_are_not_of_the_service_that_the_tab_is_called_by(
    name: str, title: str
) -> None:
    tables = schedule(
        title or HEADER, title and HEADER, ROWS[0], "Morning", ROWS[1], "OT", ROWS[2], name=name
    )
    assert services(tables) == [SPEECH, SPEECH]
    assert [one[1].split("!")[1] for one in told(tables) if one[0] == "error"] == ["A6"]


@pytest.mark.parametrize(
    "heading", ["Resource room", "Learning Center", "RR:", "SDC", "Resource (3rd)", "Ms. Diaz Resource"]
)
def test_a_heading_that_is_a_place_too_is_asked_about_and_the_rows_below_are_read(heading: str) -> None:
    tables = schedule(HEADER, ROWS[0], heading, ROWS[1], name="Speech schedule")
    assert services(tables) == [SPEECH, SPEECH]
    assert {one[1].split("!")[1] for one in told(tables) if one[0] == "error"} == {"A3", "B3"}
    below_speech = schedule(HEADER, "Speech", ROWS[0], heading, ROWS[1], name="Speech schedule")
    assert services(below_speech) == [SPEECH]


def test_a_day_ends_what_a_service_below_another_day_says() -> None:
    rows = ("Mon", "SPEECH", "9:00-9:30 | Ana R.", "OT", "9:30-10:00 | Ben T.", "Tue", "9:00-9:30 | Ana R.")
    below_days = schedule("Time | Student", *rows)
    assert list(zip(services(below_days), below_days.schedule["days_text"], strict=True)) == [
        (SPEECH, "Mon"),
        (OT, "Mon"),
    ]
    above_days = schedule("Time | Student", "SPEECH", *rows[::2][:2], "Tue", "9:00-9:30 | Ana R.")
    assert services(above_days)[-1:] == [SPEECH]


def test_a_log_and_a_grid_may_be_kept_so() -> None:
    log = ("Date | Student | Minutes | Status", "SPEECH", "10/6 | Ana R. | 30 | Seen", "OT")
    grid = ("Student | Frequency", "SPEECH", "Ana R. | 2x30/wk", "Ben T. | 1x30/wk", "OT", "Ana R. | 1x30/wk")
    changes = {"Service Log": "\n".join((*log, "10/7 | Ana R. | 30 | Seen")), "Service Grid": "\n".join(grid)}
    tables = read({**CASELOAD, **changes})
    assert tables.log["service"].tolist() == [SPEECH, OT]
    assert tables.lines["service"].tolist() == [SPEECH, SPEECH, OT]


HOW_GIVEN = [
    # the heading below that of Speech, the service and group of its row (those of a cell in a column Service)
    ("Speech - consult", SPEECH, "consultation"),
    ("OT Consult", OT, "consultation"),
    ("Indirect speech", SPEECH, "consultation"),
    ("Speech (group)", SPEECH, "group"),
    ("Speech Group 2", SPEECH, "group"),
    ("Speech - individual", SPEECH, "individual"),
    ("OT 1:1", OT, "individual"),
    ("Group", SPEECH, "group"),
    ("Individual", SPEECH, "individual"),
    ("Tuesday group", SPEECH, "group"),
    ("Speech - individual / group", SPEECH, ""),
    ("Speech - Gr 3", SPEECH, ""),
    ("Grade 3", SPEECH, ""),
    ("Consult", "", ""),
]


@pytest.mark.parametrize(("heading", "service", "group"), HOW_GIVEN)
def test_a_heading_says_also_how_the_service_is_given(heading: str, service: str, group: str) -> None:
    """Make-ups were owed for lines that had lost their group. Of what "Consult" alone is, is not told."""
    table = f"Student | Frequency\nSpeech\nAna R. | 2x30/wk\n{heading}\nBen T. | 1x30/month"
    lines = read({**CASELOAD, "Service Grid": table}).lines
    assert lines["service"].astype(object).fillna("").tolist() == [SPEECH, service]
    assert lines["group"].astype(object).fillna("").tolist() == ["", group]
    assert [reason != "" for reason in lines["reason"]] == [False, not service]
