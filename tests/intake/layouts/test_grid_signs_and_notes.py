"""Signs alone in a week grid, one student's name with another's ID, and notes and titles around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.layouts.no_session import is_no_session, is_sign
from sheets_sync.intake.layouts.people_known import PeopleKnown, named, people
from sheets_sync.intake.layouts.services_across import read_services_across
from sheets_sync.intake.layouts.session_cell import read_session_cell
from sheets_sync.ports import Sheet
from tests.intake.layouts.grids import WEEK, Row, sessions, with_staff
from tests.intake.small_workbook import told

ANA_AND_BEN: list[Row] = [WEEK, ["9:00-9:30", "Ana R. OT", "Ben T. OT"]]

SIGNS = [
    # below a session         what is said
    *((sign, [("error", "Schedule!B3")]) for sign in ("↓", '"', "''", "|", "→", "^", "✓", "?")),
    *((sign, [("question", "Schedule!B3")]) for sign in ("x", "X")),
    *((sign, []) for sign in ("-", "–", "—", "--", " - ", "Lunch")),
]


@pytest.mark.parametrize(("sign", "expected"), SIGNS)
def test_a_sign_alone_is_asked_about_but_for_a_stroke(sign: str, expected: list[tuple[str, str]]) -> None:
    tables = with_staff(*ANA_AND_BEN, ["9:30-10:00", sign])
    assert [(severity, cell) for severity, cell, _ in told(tables)] == expected
    assert len(sessions(tables)) == 2


def test_a_cross_that_stands_below_no_session_blocks_the_time() -> None:
    tables = with_staff(*ANA_AND_BEN, ["9:30-10:00", None, None, "x"])
    assert told(tables) == []


@given(st.text(alphabet="-–—↓→|\"'^?✓ \n\u200bx", max_size=6))
def test_signs_are_no_session_or_asked_about(text: str) -> None:
    assert not (is_sign(text) and is_no_session(text))
    assert all(read.doubt or read.unknown for read in read_session_cell(text, KNOWN))


KNOWN = people(
    named(
        ("Ana Rivera", "Ana Ramirez", "Ben Ito"), {"S1": "Ana Rivera", "S2": "Ana Ramirez", "S3": "Ben Ito"}
    ),
    named(("Kim Lee",)),
)
TWO = [
    # as typed                         students, none where the name is one's and the ID another's
    ("Ana Rivera (S2)", ()),
    ("Ana Rivera S2 - OT", ()),
    ("Rivera (S2)", ()),
    ("Ana Rivera (Ramirez)", ()),
    ("S2 (Ana Rivera) OT", ()),
    ("Ana Rivera - S2", ()),
    ("Ana Rivera\n(S2)", ()),
    ("Ana Rivera (S1)", ("Ana Rivera",)),
    ("Ana Rivera S1 - OT", ("Ana Rivera",)),
    ("Ana Rivera, S2", ("Ana Rivera", "Ana Ramirez")),
    ("S1 S2", ("Ana Rivera", "Ana Ramirez")),
    ("Ana Rivera & Ben Ito (S3)", ("Ana Rivera", "Ben Ito")),
    ("OT (Ana Rivera, Ben Ito)", ("Ana Rivera", "Ben Ito")),
]


@pytest.mark.parametrize(("text", "students"), TWO)
def test_one_name_with_anothers_id_is_neither(text: str, students: tuple[str, ...]) -> None:
    (read,) = read_session_cell(text, KNOWN)
    assert (() if read.unknown else read.students) == students
    assert bool(read.two) == (students == ())


BELOW = [
    *("Odd weeks only", "Ana 20 min", "Wed = OT", "Ana is seen by Kim Lee", "Not yet started"),
    *("every other week", "OT begins 10/1", "Ben goes to the library", "Ben T. - OT"),
]


@pytest.mark.parametrize("note", BELOW)
def test_a_note_below_the_grid_that_may_change_it_is_asked_about(note: str) -> None:
    tables = with_staff(*ANA_AND_BEN, [None], [note])
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("question", "Schedule!A4")]
    assert len(sessions(tables)) == 2


def test_each_of_several_notes_below_is_asked_about() -> None:
    tables = with_staff(*ANA_AND_BEN, [None], ["Updated by the office"], ["Ben every other week"])
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("question", "Schedule!A5")]


@pytest.mark.parametrize("note", ["Updated by the office", "Have a nice day", "Room 12", "Kim Lee, SLP"])
def test_other_notes_below_are_left_alone(note: str) -> None:
    assert told(with_staff(*ANA_AND_BEN, [None], [note])) == []


TITLES = [
    ("Speech evaluations schedule", "may be of other work than services"),
    ("Kim Lee / J. Rivera - Speech", "more than one provider (Kim Lee, J. Rivera)"),
]


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_a_title_that_says_more_is_asked_about(title: str, expected: str) -> None:
    tables = with_staff([title], WEEK, ["9:00-9:30", "Ana R."])
    ((severity, cell, problem),) = told(tables)
    assert (severity, cell, len(sessions(tables))) == ("question", "Schedule!A1", 1)
    assert expected in problem


STARTS = [
    (["8:00", "9:30", "11:00"], [("question", "Schedule!A2")]),
    (["8:00", "8:45", "9:30"], []),
]


@pytest.mark.parametrize(("starts", "expected"), STARTS)
def test_long_sessions_by_their_starts_alone_are_asked_about_once(
    starts: list[str], expected: list[tuple[str, str]]
) -> None:
    tables = with_staff(
        WEEK, *([at, f"{who} OT"] for at, who in zip(starts, ("Ana R.", "Ben T.", "Ana R."), strict=True))
    )
    assert [(severity, cell) for severity, cell, _ in told(tables)] == expected


@pytest.mark.parametrize("text", ["Prep time", "Planning time", "Travel time", "IEP mtg", "Dismissal duty"])
def test_more_words_for_no_session(text: str) -> None:
    assert told(with_staff(*ANA_AND_BEN, ["9:30-10:00", text])) == []


def test_a_tab_of_other_work_is_asked_about() -> None:
    tables = with_staff(WEEK, ["9:00-9:30", "Ana R."], name="Speech evaluations")
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("question", "Speech evaluations!A1")]


def test_providers_beside_services_in_columns_are_asked_about() -> None:
    rows: list[Row] = [["Student", "Speech", "Provider", "OT"], ["Ana R.", "2x30/wk", "Kim Lee", "1x30/wk"]]
    listed = read_services_across(Sheet("Service Grid", rows), {}, PeopleKnown())
    assert listed is not None
    assert [(str(one.severity), one.cell) for one in listed.problems] == [("question", "C1")]
    assert len(listed.records) == 2
