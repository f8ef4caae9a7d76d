"""Whom a name that is not on the Caseload is asked to be: nobody, where that name would say less."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake.roster import make_roster
from sheets_sync.intake.students import Standing

NAMES = ["Ana Rivera", "Ana Ramirez", "Ben Torres", "Cal Young", "Maria Lopez", "Mario Lopez"]
ROSTER = make_roster(NAMES, ["S1", "S2", "S3", "S4", "S5", "S6"])


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("Ana Ra", "Ana Ramirez"),
        ("Ana Ra.", "Ana Ramirez"),
        ("Ana Ri", "Ana Rivera"),
        ("Ben Tores", "Ben Torres"),
        ("Bne Torres", "Ben Torres"),
        ("Torres, Benn", "Ben Torres"),
        ("Caleb Young", "Cal Young"),
        ("Maria Lopes", "Maria Lopez"),
        ("Mari Lopez", None),
        ("Zed Quick", None),
        ("Ana Rivera S2", None),
        ("Ana Rivera OT", None),
        ("Cal Young (OT)", None),
        ("Cal Young PT", None),
        ("Cal Young goals", None),
        ("Cal Yuong - eval", None),
        ("OT Cal Young", None),
        ("Consult: Cal Young", None),
        ("Young, Cal OT", None),
    ],
)
def test_a_hint_is_the_one_who_can_be_meant_and_says_no_less(typed: str, hint: str | None) -> None:
    assert ROSTER.find(typed).standing is Standing.UNKNOWN
    assert ROSTER.hint(typed) == hint


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("Bill Chen", None),
        ("Chen, Bill", None),
        ("Wil Chen", None),
        ("Bill Cheny", "Will Cheney"),
        ("Wil Cheney", "Will Cheney"),
        ("Williem Chen", "William Chen"),
    ],
)
def test_a_surname_that_is_anothers_own_is_no_misspelling(typed: str, hint: str | None) -> None:
    assert make_roster(["William Chen", "Will Cheney"], ["S1", "S2"]).hint(typed) == hint


@pytest.mark.parametrize("typed", ["Ana Maria Rivera", "Rivera, Ana Maria", "Ana M. Rivera"])
def test_a_middle_name_is_no_service(typed: str) -> None:
    found = ROSTER.find(typed)
    assert (found.standing, found.code) == (Standing.KNOWN, 0)


@settings(max_examples=60)
@given(
    st.text(max_size=30) | st.sampled_from(NAMES).flatmap(lambda name: st.text(max_size=8).map(name.__add__))
)
def test_no_text_crashes_a_hint(typed: str) -> None:
    assert ROSTER.hint(typed) in {None, *NAMES}
