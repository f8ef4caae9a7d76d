"""Headings between the times of a week grid: what is below one is its own, or is not read."""

from __future__ import annotations

from datetime import date

import pytest

from tests.intake.layouts.grids import OT, SPEECH, WEEK, Row, sessions, whose, with_staff
from tests.intake.small_workbook import told

KIM, RIVERA = "Kim Lee", "J. Rivera"
ABOVE: list[Row] = [["Kim Lee - Speech"], WEEK, ["8:00-8:30", "Ana R."], []]
BELOW: Row = ["12:00-12:30", "Ben T."]

UNDERSTOOD = [
    # a heading between the times       whose the session below it is
    ("J. Rivera - OT", (OT, RIVERA)),
    ("OT", (OT, "")),  # who gives it is not said: Kim Lee gives speech
    ("Kim Lee", (SPEECH, KIM)),
    # these say nothing of the sessions
    ("Lunch", (SPEECH, KIM)),
    ("PM", (SPEECH, KIM)),
    ("Rm 12", (SPEECH, KIM)),
]


@pytest.mark.parametrize(("heading", "expected"), UNDERSTOOD)
def test_a_heading_holds_for_what_is_below_it(heading: str, expected: tuple[str, str]) -> None:
    tables = with_staff(*ABOVE, [heading], BELOW)
    assert whose(tables) == [("Ana R.", SPEECH, KIM, "Mon"), ("Ben T.", *expected, "Mon")]
    assert tables.problems == ()


NOT_TOLD: list[tuple[list[Row], tuple[str, ...]]] = [
    *(
        ([[text]], ())
        for text in ("Make-up slots", "Proposed", "Dismissed / on hold", "Starting 11/3", "Zed - OT")
    ),
    ([[date(2025, 11, 3)]], ()),
    ([["Week B"]], ()),
    ([["Week C"]], ()),
    ([[None, "On hold"]], ("B5:F5",)),
    ([[None, "OT"]], ()),
    ([["Proposed"], ["OT"]], ()),
    ([["Proposed"], ["10:00-10:30"], ["OT"]], ()),
    ([["Kim Lee"], ["J. Rivera"]], ()),
    ([["Starting 11/3", "Ben T."]], ()),
]


@pytest.mark.parametrize(("headings", "merged"), NOT_TOLD, ids=str)
def test_what_is_below_a_heading_that_is_not_understood_is_not_read(
    headings: list[Row], merged: tuple[str, ...]
) -> None:
    tables = with_staff(*ABOVE, *headings, BELOW, merged=merged)
    assert "Ben T." not in {student for student, *_ in sessions(tables)}
    errors = [cell for severity, cell, _ in told(tables) if severity == "error"]
    assert set(errors) & {"Schedule!A5", "Schedule!B5", "Schedule!A7"}


def test_another_provider_below_has_no_service_from_the_title() -> None:
    tables = with_staff(*ABOVE, ["J. Rivera"], BELOW)
    assert [student for student, *_ in sessions(tables)] == ["Ana R."]
    assert told(tables) == [("error", "Schedule!B6", "Service is blank.")]


def test_the_times_below_a_heading_may_begin_anew() -> None:
    tables = with_staff(*ABOVE, ["J. Rivera - OT"], ["8:00-8:30", "Ben T."])
    assert [(start, length) for *_, start, length in sessions(tables)] == [(480, 30), (480, 30)]
    assert tables.problems == ()


def test_weeks_a_and_b_below_one_another() -> None:
    tables = with_staff(
        ["Week A begins 9/8/2025"], ["OT"], WEEK, ["8:00-8:30", "Ana R."], ["Week B"], ["8:00-8:30", "Ben T."]
    )
    assert [(one[0], one[2]) for one in sessions(tables)] == [
        ("Ana R.", "every other Mon"),
        ("Ben T.", "every other Mon"),
    ]
    assert tables.schedule["from"].dt.strftime("%m/%d").tolist() == ["09/08", "09/15"]


@pytest.mark.parametrize("foot", ["* every other week", "Effective 11/3/2025", "Old schedule"])
def test_a_foot_that_may_speak_of_all_is_asked_about(foot: str) -> None:
    tables = with_staff(["OT"], WEEK, ["8:00-8:30", "Ana R."], [], [foot])
    assert len(sessions(tables)) == 1
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("question", "Schedule!A5")]


@pytest.mark.parametrize(
    ("times", "read"),
    [
        (["9:30", "9:00", "10:00"], []),
        (["8:00", "8:30", "9:00", "12:30", "9:30", "10:00"], [480, 510, 600]),
    ],
)
def test_where_starts_go_backwards_those_beside_are_not_read(times: Row, read: list[int]) -> None:
    tables = with_staff(["OT"], WEEK, *([at, "Ana R."] for at in times))
    assert [start for *_, start, _ in sessions(tables)] == read
    assert [cell for severity, cell, _ in told(tables) if severity == "error"]
