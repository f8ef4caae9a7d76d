"""Notes beside the days of a week grid that may change its sessions, and titles of which not all is told."""

from __future__ import annotations

import pytest

from tests.intake.layouts.grids import SPEECH, WEEK, sessions, whose, with_staff
from tests.intake.small_workbook import told


def _with_note(note: str) -> list[tuple[str, str]]:
    tables = with_staff(["Kim Lee - Speech"], [*WEEK, "Notes"], ["9:00-9:30", "Ana R.", *[None] * 4, note])
    assert len(sessions(tables)) == 1
    return [(severity, cell) for severity, cell, _ in told(tables) if severity != "note"]


@pytest.mark.parametrize("note", ["OT on Wed", "w/ J. Rivera", "Ben T. joins", "leaves at 9:20", "20 min",
                                  "OT", "until 11/1", "late", "Kim covers", "absent", "MU 9/8"])  # fmt: skip
def test_a_note_that_may_change_the_sessions_of_its_row_is_asked_about(note: str) -> None:
    assert _with_note(note) == [("question", "Schedule!G3")]


@pytest.mark.parametrize("note", ["Rm 12", "bring the iPad", "speech goals", "articulation: /r/"])
def test_other_notes_are_not(note: str) -> None:
    assert _with_note(note) == []


TITLES = [
    # the title                                       the service, the provider, and what is asked
    ("S/L Schedule - Kim Lee, SLP", SPEECH, "Kim Lee", 0),
    ("Kim Lee - Speech - Lincoln Elementary wing B", SPEECH, "Kim Lee", 0),
    ("Kim Lee - Speech - 1st Semester", SPEECH, "Kim Lee", 1),
    ("Kim Lee - Speech - Lincoln (M/W/F only)", SPEECH, "Kim Lee", 1),
    ("Kim Lee (J. Rivera covering) - Speech", SPEECH, "", 1),
    ("Speech - not Kim Lee", SPEECH, "", 1),
    ("Kim Lee - Speech (no school Fri)", SPEECH, "Kim Lee", 0),
    ("Sub for Kim Lee - Speech", SPEECH, "", 1),
]


@pytest.mark.parametrize(("title", "service", "provider", "asked"), TITLES)
def test_the_provider_whom_a_title_names_among_other_words(
    title: str, service: str, provider: str, asked: int
) -> None:
    tables = with_staff([title], WEEK, ["9:00-9:30", "Ana R. - speech"])
    assert whose(tables) == [("Ana R.", service, provider, "Mon")]
    assert [cell for severity, cell, _ in told(tables) if severity == "question"] == ["Schedule!A1"] * asked


@pytest.mark.parametrize("title", ["Speech/OT room schedule", "Speech and OT room"])
def test_a_room_of_two_services_says_neither(title: str) -> None:
    tables = with_staff([title], WEEK, ["9:00-9:30", "Ana R."])
    assert sessions(tables) == []
    assert [severity for severity, *_ in told(tables)] == ["error"]
