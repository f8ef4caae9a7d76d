"""`explain --json`: every minute of a line, period by period and session by session."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.ledger import ACCOUNTS, Ledger
from sheets_sync.problems import WrongUse
from sheets_sync.tables import Category
from sheets_sync.views.explain import explain, find_service, find_student
from tests.views.small_school import day, entry, small_school

MONDAY = date(2025, 10, 20)
MADE_UP_IN_PART = [
    entry("10-06", start=540),
    entry("10-08", Category.PROVIDER_ABSENT),
    entry("10-15"),
    entry("10-17", Category.MAKE_UP, 20, makeup_for=day("10-08")),
]


def explained(ledger: Ledger) -> dict[str, object]:
    (line,) = json.loads(json.dumps(explain(ledger, ["key-1"], [""])))
    return line


def test_a_period_has_its_accounts_and_its_sessions_with_their_cells() -> None:
    """Oct 6 delivered, Oct 8 missed, 20 of its 30 minutes made up on Oct 17: owed 10."""
    week = explained(small_school(MADE_UP_IN_PART, today=MONDAY))["periods"][0]
    assert {name: week[name] for name in week if name != "sessions"} == {
        "start": "2025-10-06",
        "end": "2025-10-12",
        "required": 60,
        "not_asked": 0,
        "delivered": 30,
        "made_up": 20,
        "upcoming": 0,
        "owed": 10,
        "not_logged": 0,
        "excused": 0,
        "not_scheduled": 0,
        "extra": 0,
    }
    assert week["sessions"][:2] == [
        {
            "date": "2025-10-06",
            "start": "09:00",
            "minutes": 30,
            "account": "delivered",
            "cells": ["Schedule!A4", "Service Log!A31"],
        },
        {
            "date": "2025-10-08",
            "start": "09:00",
            "minutes": 10,
            "account": "owed",
            "cells": ["Schedule!A4", "Service Log!A32"],
        },
    ]
    repaired = week["sessions"][2]
    assert (repaired["date"], repaired["minutes"], repaired["account"]) == ("2025-10-17", 20, "made_up")
    assert "Service Log!A34" in repaired["cells"]


def test_what_was_not_asked_for_stands_with_its_period() -> None:
    weeks = explained(small_school(MADE_UP_IN_PART, today=MONDAY))["periods"]
    assert [week["not_asked"] for week in weeks] == [0, 30, 0]


def test_a_session_in_two_accounts_is_listed_once_for_each_with_its_minutes() -> None:
    """20 of 30 minutes given on Oct 6, nobody says why: owed 10."""
    week = explained(small_school([entry("10-06", minutes=20), entry("10-08")], today=date(2025, 10, 10)))
    of_monday = [one for one in week["periods"][0]["sessions"] if one["date"] == "2025-10-06"]
    assert sorted((one["account"], one["minutes"]) for one in of_monday) == [("delivered", 20), ("owed", 10)]


def test_a_missed_session_that_the_week_no_longer_needs_stands_there_with_nothing() -> None:
    """Mon, Wed, Fri scheduled for 2 x 30: Monday missed, the others given (worked example 8)."""
    log = [entry("10-06", Category.PROVIDER_ABSENT), entry("10-08"), entry("10-10")]
    week = explained(small_school(log, today=date(2025, 10, 13), weekdays=0b10101))["periods"][0]
    assert (week["delivered"], week["owed"]) == (60, 0)
    assert (week["sessions"][0]["account"], week["sessions"][0]["minutes"]) == ("owed", 0)


def test_what_is_logged_as_needed_stands_in_a_period_of_its_own() -> None:
    ledger = small_school(
        [entry("10-06")], today=date(2025, 10, 10), frequency=(0, 0, "as_needed"), weekdays=0
    )
    (only,) = explained(ledger)["periods"]
    assert (only["start"], only["required"], only["extra"]) == ("2025-10-06", 0, 30)


def test_cells_name_the_tabs_of_this_workbook() -> None:
    ledger = small_school(MADE_UP_IN_PART, today=MONDAY, tab_names={"Service Log": "SLP log 25-26"})
    assert explained(ledger)["periods"][0]["sessions"][0]["cells"][1] == "SLP log 25-26!A31"


@pytest.mark.parametrize("log", [MADE_UP_IN_PART, [], [entry("10-06", minutes=75), entry("10-09")]])
@pytest.mark.parametrize("weekdays", [0b00101, 0b10101, 0b00001])
def test_the_sums_are_those_of_the_tab(log: list[dict[str, object]], weekdays: int) -> None:
    check_sums(small_school(log, today=MONDAY, weekdays=weekdays))


def check_sums(ledger: Ledger) -> None:
    """Every line: its periods, and their sessions, add up to its figures."""
    count = len(ledger.lines)
    for line in explain(ledger, [""] * count, [""] * count):
        if line["status"] == "CHECK DATA":
            continue
        sums: Counter[str] = Counter()
        for period in line["periods"]:
            names = ("required", "not_asked", *ACCOUNTS, "extra")
            sums.update({name: period[name] for name in names})
            sessions: Counter[str] = Counter()
            for session in period["sessions"]:
                sessions[session["account"]] += session["minutes"]
            if sessions:
                held = ("delivered", "made_up", "owed", "excused")
                assert {name: sessions[name] for name in held} == {name: period[name] for name in held}, (
                    period
                )
        assert {name: sums[name] for name in sums} == {name: line[name] for name in sums}, line["cell"]


@pytest.mark.parametrize("typed", ["Ana R.", "ana r.", "  ANA   R. ", "Ána R.", "12A", "12a", "Ana"])
def test_a_student_is_found_by_name_or_id_however_it_is_typed(typed: str) -> None:
    assert find_student(small_school(today=MONDAY), typed) == "Ana R."


@pytest.mark.parametrize("typed", ["Zoe Q.", "", "Ana Rodriguez", "99"])
def test_an_unknown_student_is_said_without_any_name(typed: str) -> None:
    with pytest.raises(WrongUse) as raised:
        find_student(small_school(today=MONDAY), typed)
    words = f"{raised.value.what} {raised.value.remedy}"
    assert not [name for name in ("Ana", "Ben", "Zoe") if name in words]


def test_a_beginning_that_fits_several_students_is_not_guessed() -> None:
    ledger = small_school(today=MONDAY, student="Ben A.")
    with pytest.raises(WrongUse, match="several students"):
        find_student(ledger, "Ben")


@pytest.mark.parametrize("typed", ["Speech therapy", "speech", "SPEECH THERAPY", "ST"])
def test_a_service_is_found_by_its_name_or_a_part_of_it(typed: str) -> None:
    assert find_service(small_school(today=MONDAY), "Ana R.", typed) == "Speech therapy"


ANYTHING_TYPED = small_school(today=MONDAY)


@given(st.text())
def test_whatever_is_typed_is_a_student_or_none(typed: str) -> None:
    with suppress(WrongUse):
        assert find_student(ANYTHING_TYPED, typed) in ("Ana R.", "Ben T.")


@given(st.text())
def test_whatever_is_typed_is_a_service_or_none(typed: str) -> None:
    with suppress(WrongUse):
        assert find_service(ANYTHING_TYPED, "Ana R.", typed) == "Speech therapy"


def test_an_unknown_service_says_which_there_are() -> None:
    with pytest.raises(WrongUse) as raised:
        find_service(small_school(today=MONDAY), "Ana R.", "OT")
    assert "Speech therapy" in raised.value.remedy
