"""A schedule or a log on several tabs: one for each provider, service or student (issue 5, "Layouts")."""

from __future__ import annotations

import pytest

from sheets_sync.config import Names
from sheets_sync.problems import CannotCount
from sheets_sync.tables import Tables
from tests.intake.small_workbook import cells, read, told

GRID = """
    Student | Service        | Frequency         | Provider
    Ana R.  | Speech therapy | 2 x 30 min / week | Kim Lee
    Ben T.  | OT             | 1 x 30 min / week | Sam Poe
    """
STAFF = """
    Name    | Role | Services       | Email
    Kim Lee | SLP  | Speech therapy | kim@school.example
    Sam Poe | OT   | OT             | sam@school.example
    """
KIM = """
    Student | Service        | Days     | Start | End
    Ana R.  | Speech therapy | Mon, Wed | 9:00  | 9:30
    """
SAM = """
    When    | Student | Service | Days | Start | End
    weekly  | Ben T.  | OT      | Tue  | 10:00 | 10:30
    """
SPEECH_LOG = """
    Date       | Student | Minutes | Status
    2025-10-06 | Ana R.  | 30      | Delivered
    """
OT_LOG = """
    Student | Date       | Minutes | Status
    Ben T.  | 2025-10-07 | 30      | Delivered
    Ben T.  | 2025-10-14 | 30      | Abducted
    """


def school(**tabs: str | None) -> dict[str, str | None]:
    named = {name.replace("__", " - ").replace("_", " "): rows for name, rows in tabs.items()}
    return {"Service Grid": GRID, "Staff": STAFF, **named}


def sessions(tables: Tables) -> list[tuple[str, str, str, str]]:
    frame = tables.schedule[["student", "provider", "days_text"]].astype("object").fillna("")
    rows = tables.schedule["row"].tolist()
    return [
        (tables.at("Schedule", row), *one) for row, one in zip(rows, frame.to_numpy().tolist(), strict=True)
    ]


def test_a_tab_for_each_provider_is_one_schedule() -> None:
    tables = read(school(Schedule=None, Kim_schedule=KIM, Schedule__Sam=SAM))
    assert sessions(tables) == [
        ("Kim schedule!A2", "Ana R.", "Kim Lee", "Mon, Wed"),
        ("Schedule - Sam!A2", "Ben T.", "Sam Poe", "Tue"),
    ]
    assert tables.cell("Schedule", "Student", tables.schedule["row"].iat[1]) == "B2"


def test_a_tab_that_is_called_by_a_provider_alone_is_known_by_what_stands_on_it() -> None:
    tables = read(school(Schedule=None, Kim=KIM, Sam_Poe=SAM))
    assert [cell for cell, *_ in sessions(tables)] == ["Kim!A2", "Sam Poe!A2"]


def test_a_tab_for_each_student_says_whose_sessions_these_are() -> None:
    own = "Service | Days | Start | End\nSpeech therapy | Mon | 9:00 | 9:30"
    other = "Service | Days | Start | End\nOT | Tue | 10:00 | 10:30"
    tables = read(school(Schedule=None, Ana_R=own, Ben_T=other))
    assert [one[:2] for one in sessions(tables)] == [("Ana R!A2", "Ana R."), ("Ben T!A2", "Ben T.")]


def test_a_log_for_each_service_says_of_what_service_it_is() -> None:
    tables = read(school(Service_Log=None, Speech_log=SPEECH_LOG, OT_log=OT_LOG))
    assert tables.log[["student", "service"]].to_numpy().tolist() == [
        ["Ana R.", "Speech therapy"],
        ["Ben T.", "Occupational therapy"],
        ["Ben T.", "Occupational therapy"],
    ]
    assert [one[1] for one in told(tables) if one[0] == "error"] == ["OT log!D3"]


def test_the_configuration_names_the_tabs_whatever_they_are_called() -> None:
    names = Names(tabs={"Schedule": "A"}, further_tabs={"Schedule": ("B",)})
    assert [cell for cell, *_ in sessions(read(school(Schedule=None, A=KIM, B=SAM), names))] == [
        "A!A2",
        "B!A2",
    ]


def test_a_tab_that_the_configuration_names_and_that_is_not_there_stops_the_run() -> None:
    names = Names(tabs={"Schedule": "A"}, further_tabs={"Schedule": ("B",)})
    with pytest.raises(CannotCount, match='no tab "B"'):
        read(school(Schedule=None, A=KIM), names)


def test_beside_a_schedule_that_of_a_provider_is_asked_about() -> None:
    tables = read(school(Schedule=KIM, Sam=SAM))
    assert [cell for cell, *_ in sessions(tables)] == ["Schedule!A2"]
    assert [one[1:] for one in told(tables) if one[1] == "Sam!"] == [
        ("Sam!", 'This tab also looks like a Schedule. It was not read; "Schedule" was.')
    ]


@pytest.mark.parametrize("name", ["Kim old", "Kim schedule copy", "Kim and Sam"])
def test_a_name_that_says_more_than_whose_it_is_is_not_read(name: str) -> None:
    with pytest.raises(CannotCount, match='no tab "Schedule"'):
        read({**school(Schedule=None), name: KIM})


def test_tabs_of_providers_and_tabs_of_students_are_not_read_together() -> None:
    own = "Service | Days | Start | End\nSpeech therapy | Mon | 9:00 | 9:30"
    with pytest.raises(CannotCount, match='no tab "Schedule"'):
        read(school(Schedule=None, Kim=KIM, Ana_R=own))


def test_a_session_that_two_tabs_name_alike_is_one() -> None:
    names = Names(tabs={"Schedule": "A"}, further_tabs={"Schedule": ("B",)})
    tables = read(school(Schedule=None, A=KIM, B=KIM), names)
    assert [cell for cell, *_ in sessions(tables)] == ["A!A2"]
    assert (
        "note",
        "B!A2",
        "Another tab that was read says exactly the same: the two are one session.",
    ) in told(tables)


def test_a_log_that_is_called_by_its_service_is_read_with_that_of_another() -> None:
    """ "Speech log" alone would do for the Service Log; beside it "Sam's OT log" is another part of it."""
    tables = read({**school(Service_Log=None, Speech_log=SPEECH_LOG), "Sam's OT log": OT_LOG})
    assert [tables.at("Service Log", row) for row in tables.log["row"]] == [
        *("Speech log!A2", "Sam's OT log!A2", "Sam's OT log!A3")
    ]


def test_a_tab_called_like_the_others_that_cannot_be_read_is_an_error() -> None:
    """Her sessions would be "never scheduled", and nobody would know why."""
    odd = "Student | Service | Days | Begins\nAna R. | Speech therapy | Mon | 9:00"
    tables = read(school(Schedule=None, Kim_schedule=odd, Sam_schedule=SAM))
    assert [cell for cell, *_ in sessions(tables)] == ["Sam schedule!A2"]
    assert [(one[0], one[1]) for one in told(tables) if one[1] == "Kim schedule!"] == [
        ("error", "Kim schedule!")
    ]


def test_a_week_grid_of_which_no_cell_can_be_read_is_read_with_its_errors() -> None:
    grid = "- | Mon | Tue\n9:00-9:30 | Anna | Bn\n9:30-10:00 | Anna | Bn"
    tables = read(school(Schedule=None, Kim=grid, Sam=SAM))
    assert {one[1] for one in told(tables) if one[0] == "error"} >= {"Kim!B2", "Kim!C2"}


def test_the_tabs_that_are_left_are_named() -> None:
    tables = read({**school(Schedule=None, Kim=KIM, Sam=SAM), "Ideas": "x | y", "Zed Moss": "a | b"})
    (note,) = [one for one in told(tables) if "are read as nothing" in one[2]]
    assert note == ("note", "Ideas!", 'Of the tabs these are read as nothing: "Ideas", "Zed Moss".')


def test_a_log_for_each_month_is_one_log() -> None:
    october = "Date | Student | Minutes | Status\n2025-10-13 | Ana R. | 30 | Delivered"
    tabs = {"Speech log Sept": SPEECH_LOG, "Speech log Oct": october}
    tables = read({**school(Service_Log=None), **tabs})
    assert [tables.at("Service Log", row) for row in tables.log["row"]] == [
        *("Speech log Sept!A2", "Speech log Oct!A2")
    ]


def test_schedules_of_two_months_are_not_read_together() -> None:
    with pytest.raises(CannotCount):
        read({**school(Schedule=None), "Kim schedule Sept": KIM, "Kim schedule Oct": KIM})


def test_what_stops_a_tab_names_no_student() -> None:
    with pytest.raises(CannotCount) as stop:
        read({**school(Schedule=None), "Ana R": cells("x | y"), "Zoe": cells("x | y")})
    assert "Ana" not in stop.value.what + stop.value.remedy
