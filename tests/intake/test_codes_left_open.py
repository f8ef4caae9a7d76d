"""Statuses that leave open who was away, or how much was given: they are refused or asked about."""

from __future__ import annotations

import pytest

from sheets_sync.categories import CATEGORY_WORDS
from sheets_sync.intake.codes import read_code
from tests.intake.layouts.test_attendance_grid import entries, with_log
from tests.intake.small_workbook import told

REFUSED = [
    "P/A",
    "p / a",
    "SNA - TA",
    "SNA/TA",
    "No show - staff",
    "Absent (SLP)",
    "Mom absent",
    "Parent was out",
    "P+A",
    "S & A",
]
READ = {
    "PA": "provider absent",
    "No show - sick": "student absent",
    "Absent - mom called": "student absent",
    "Family out of town": "student absent",
    "SNA - training": "provider absent",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_a_status_that_does_not_say_who_is_refused(typed: str) -> None:
    assert read_code(typed).value is None


@pytest.mark.parametrize("typed", READ)
def test_what_is_like_it_and_says_who_is_read(typed: str) -> None:
    found = read_code(typed)
    assert found.value is not None
    assert (CATEGORY_WORDS[found.value.category], found.problem) == (READ[typed], None)


def test_a_date_beside_a_code_of_the_key_is_asked_about() -> None:
    found = read_code("P (10/9)", codes={"P": "delivered"})
    assert found.value is not None
    assert CATEGORY_WORDS[found.value.category] == "delivered"
    assert found.problem == "It does not say what the number counts."


def test_a_part_of_a_session_without_minutes_is_counted_and_asked_about() -> None:
    tables = with_log(
        ["Date", "Student", "Service", "Status", "Minutes"],
        ["9/8", "Ana R.", "Speech", "Partial", None],
        ["9/10", "Ana R.", "Speech", "Partial", 15.0],
        ["9/12", "Ana R.", "Speech", "Partial 10 min", None],
    )
    assert [entry[4] for entry in entries(tables)] == [-1, 15, 10]
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("question", "Service Log!D2")]
