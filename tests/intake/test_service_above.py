"""The service, and who gives it, in a title above a list or in the name of its tab."""

from __future__ import annotations

import pytest

from sheets_sync.problems import CannotCount
from tests.intake.small_workbook import only, read, told

GRID = """
Student | Service | Frequency | Provider
Ana R. | Speech | 2x30/wk | Kim Lee
Ben T. | OT | 1x30/wk | Sarah Kim
"""
LOG = "Date | Student | Minutes | Status\n2025-10-06 | Ana R. | 30 | Delivered"
SCHEDULE = "Student | Days | Start | End\nAna R. | Mon | 9:00 | 9:30"
SPEECH, OT = "Speech therapy", "Occupational therapy"


@pytest.mark.parametrize(
    ("title", "service", "provider"),
    [
        ("Speech Therapy Log 2025-26", SPEECH, ""),
        ("Speech log - Kim Lee", SPEECH, "Kim Lee"),
        ("Oakwood Elementary Occupational Therapy Services", OT, ""),
        ("Kim Lee, SLP", SPEECH, "Kim Lee"),
        ("Service: | Speech", SPEECH, ""),
        ("Therapist: Kim Lee\nOakwood School\nSpeech / Language", SPEECH, ""),
    ],
)
def test_a_title_says_the_service_of_a_log(title: str, service: str, provider: str) -> None:
    tables = read({"Service Grid": GRID, "Service Log": f"{title}\n{LOG}"})
    (entry,) = tables.log[["service", "provider"]].astype(object).fillna("").to_numpy().tolist()
    assert entry == [service, provider]
    assert [severity for severity, _, problem in told(tables) if "says the service" in problem] == ["note"]


def test_so_it_does_of_a_schedule_and_of_a_log_in_sections() -> None:
    sections = "Speech log | |\nDate | Minutes | Status\nAna R. | |\n2025-10-06 | 30 | Delivered"
    tables = read(
        {
            "Service Grid": GRID,
            "Service Log": sections,
            "Schedule": f"OT Schedule - Sarah Kim\n{SCHEDULE}",
        }
    )
    assert tables.log["service"].tolist() == [SPEECH]
    assert tables.schedule[["service", "provider"]].to_numpy().tolist() == [[OT, "Sarah Kim"]]


@pytest.mark.parametrize(
    "title",
    [
        "Speech Therapy and OT log",
        "Speech/OT",
        "Speech\nOT",
        "No speech on Fridays",
        "Sessions in the OT room",
        "See OT log for Ben",
        "S = Speech, A = absent",
        "Log of sessions",
    ],
)
def test_a_title_of_several_services_or_of_a_place_says_none(title: str) -> None:
    with pytest.raises(CannotCount, match="Service"):
        read({"Service Grid": GRID, "Service Log": f"{title}\n{LOG}"})


@pytest.mark.parametrize("title", ["OT log", "Speech and OT log"])
def test_a_title_that_names_another_than_the_tabs_name_is_asked_about(title: str) -> None:
    tables = read({"Service Log": None, "Speech Log": f"{title}\n{LOG}"})
    assert tables.log["service"].tolist() == [SPEECH]
    assert (only(tables).severity, only(tables).cell) == ("question", "A1")
