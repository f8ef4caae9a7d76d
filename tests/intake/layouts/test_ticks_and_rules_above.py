"""Ticks that are typed into an attendance grid, and texts above one that tell how it is kept."""

from __future__ import annotations

import pytest

from sheets_sync.config import Names
from sheets_sync.intake.layouts.key_meanings import category_words
from sheets_sync.intake.layouts.key_pairs import is_key_line, pairs_in
from sheets_sync.ports import CellValue
from sheets_sync.problems import CannotCount
from tests.intake.layouts.test_attendance_grid import entries, with_log
from tests.intake.layouts.test_grid_tables import wrong

DAYS: list[CellValue] = ["Student", "9/8/2025", "9/10/2025", "9/15/2025"]
TICKED: list[CellValue] = ["Ana R.", "✓", "Abs", "✔"]


def test_a_tick_that_is_typed_is_a_session_that_was_given_and_noted_once() -> None:
    tables = with_log(["Speech log"], DAYS, TICKED)
    assert [entry[3] for entry in entries(tables)] == ["delivered", "student absent", "delivered"]
    assert wrong(tables) == [("note", "B3")]


def test_what_a_key_or_the_configuration_says_of_a_tick_goes_before() -> None:
    keyed = with_log(["Speech log"], ["✓ = student absent"], DAYS, ["Ana R.", "✓", None, None])
    assert [entry[3] for entry in entries(keyed)] == ["student absent"]
    own = Names(codes={"✓": "student absent"})
    configured = with_log(["Speech log"], DAYS, ["Ana R.", "✓", None, None], names=own)
    assert [entry[3] for entry in entries(configured)] == ["student absent"]


def test_below_a_title_of_absences_or_plans_a_tick_is_none_of_a_session() -> None:
    tables = with_log(["Speech absences"], DAYS, TICKED)
    assert [entry[3] for entry in entries(tables)].count("delivered") == 0
    with pytest.raises(CannotCount):
        with_log(["Planned speech sessions"], DAYS, TICKED)


@pytest.mark.parametrize(
    "text",
    [
        "P: Present | A: Absent | T: Therapist absent | M: Make up",
        "Codes: SA student absent; PA provider absent; MU make-up",
        "P - present  A - absent  R - refused  E - evaluation",
        "Legend: (P) present, (A) student absent, (T) therapist absent",
        "Students missed due to absence are not made up",
        "Enter minutes. Use A for absent, M for missed",
        "Missed sessions will not be made up",
    ],
)
def test_a_key_or_a_rule_above_a_grid_is_no_title(text: str) -> None:
    assert wrong(with_log(["Speech log"], [text], DAYS, ["Ana R.", "SA", 30.0, "SNA"])) == []


@pytest.mark.parametrize(
    "text", ["IEP: make-ups owed", "Speech - make-ups owed", "Make-up sessions", "MU owed"]
)
def test_a_title_that_denies_is_no_key(text: str) -> None:
    assert not is_key_line(text)


def test_codes_in_brackets_before_their_words_are_a_key() -> None:
    pairs = pairs_in("Legend: (P) present, (A) student absent", category_words)
    assert [(pair.code, pair.meaning) for pair in pairs] == [("P", "present"), ("A", "student absent")]


@pytest.mark.parametrize("text", ["Missed sessions not made up", "Sessions that are not made up yet"])
def test_a_title_of_sessions_that_are_owed_is_no_rule(text: str) -> None:
    try:
        found = wrong(with_log(["Speech log"], [text], DAYS, ["Ana R.", 30.0, 30.0, None]))
    except CannotCount:
        return
    assert ("question", "A2") in found
