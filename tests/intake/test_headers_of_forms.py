"""A log that a form fills: its questions are the headers."""

from __future__ import annotations

import pytest

from sheets_sync.intake.headers import read_header
from sheets_sync.problems import CannotCount
from sheets_sync.tables import Category
from tests.intake.small_workbook import read, told

FORMS = [
    "Date of session | Student's name | What service did you provide? | How many minutes? | How did it go?",
    "Session date | Who did you see? | Which service? | How long was the session? | What happened?",
    "Date of service | Student served | Type of service provided | Minutes of service | Outcome of session",
    "What date was the session? | Which student? | Service | Length of session (minutes) | Session outcome",
    "When was the session? | Student Name | Services | How many minutes did you provide? | Status",
    "Date | Students seen | What service was provided? | Minutes | Status",
    "Date | Student | Subject | Minutes | Status",
    "Date | Student | Program | Minutes | Status",
]


@pytest.mark.parametrize("form", FORMS)
def test_the_questions_of_a_form_are_the_columns(form: str) -> None:
    log = f"Timestamp | {form}\n2025-10-06 | 2025-10-06 | Ana R. | Speech | 20 | Delivered"
    tables = read({"Service Log": log})
    (entry,) = tables.log[["student", "service", "minutes", "category"]].to_numpy().tolist()
    assert entry == ["Ana R.", "Speech therapy", 20, Category.DELIVERED]
    assert told(tables) == []


@pytest.mark.parametrize("held", ["Was the session held?", "Did the session take place?", "Completed?"])
@pytest.mark.parametrize(
    "why",
    [
        "If not held, why?",
        "If not, why?",
        "If no, why not?",
        "Why not?",
        "Reason if not held",
        "If missed, reason",
    ],
)
def test_a_question_and_why_not(held: str, why: str) -> None:
    head = f"Date | Student | Service | {held} | {why}"
    log = f"{head}\n2025-10-06 | Ana R. | Speech | Yes |\n2025-10-08 | Ana R. | Speech | No | SLP absent"
    tables = read({"Service Log": log})
    assert tables.log["category"].tolist() == [Category.DELIVERED, Category.PROVIDER_ABSENT]
    assert told(tables) == []


def test_a_subject_is_a_service_on_a_schedule_too_and_only_where_services_stand_below_it() -> None:
    head = "Student | Subject | Days | Start | End\nAna R. | {} | Mon | 9:00 | 9:30"
    assert read({"Schedule": head.format("Speech")}).schedule["service"].tolist() == ["Speech therapy"]
    log = "Date | Student | Subject | Status | Service\n2025-10-06 | Ana R. | Math | Delivered | Speech"
    assert read({"Service Log": log}).log["service"].tolist() == ["Speech therapy"]


def test_a_question_of_something_else_is_no_column() -> None:
    for header in (
        "What was the session?",
        "How many minutes were missed?",
        "What did you work on?",
        "How long is the IEP?",
    ):
        assert read_header(header, tab="Service Log").value is None
    log = "Date | Student | Service | What did you work on?\n2025-10-06 | Ana R. | Speech | sounds"
    with pytest.raises(CannotCount, match="Status"):
        read({"Service Log": log})
