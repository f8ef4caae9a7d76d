"""What a cell of a week grid says that is no session: the work of staff among themselves."""

from __future__ import annotations

import pytest

from sheets_sync.intake.layouts.no_session import is_no_session

NONE = [
    *(
        "MTSS mtg",
        "504 mtg",
        "504 meeting",
        "Data team",
        "Data Team Meeting",
        "Kinder screening",
        "SST",
        "PLC",
    ),
    *(
        "Billing / Medicaid",
        "Medicaid billing",
        "IEP mtgs",
        "Child study team",
        "Grade level mtg",
        "Dept. meeting",
    ),
    *(
        "Parent conferences",
        "Problem-solving team",
        "Vision screenings",
        "Case manager meeting",
        "Mtg w/ admin",
    ),
    *("WIN", "Writer's Workshop", "Bus duty", "IEP mtg / lunch", "Staff meeting\nLunch"),
]
SESSIONS = [
    # a session, or somebody may be called so
    *("Ana R. mtg", "IEP meeting - Ana", "Speech", "Speech screening", "Social skills", "Lunch bunch - Ana"),
    *(
        "Parent training",
        "Data",
        "Consult",
        "Vision",
        "Hearing",
        "K",
        "504",
        "Transition",
        "Ana team",
        "Support",
    ),
]


@pytest.mark.parametrize("text", NONE)
def test_no_session(text: str) -> None:
    assert is_no_session(text)


@pytest.mark.parametrize("text", SESSIONS)
def test_what_may_be_a_session(text: str) -> None:
    assert not is_no_session(text)
