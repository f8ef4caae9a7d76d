"""A cell of a plan book: the session, and what became of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake.layouts.marked_cell import read_marked_cell
from sheets_sync.intake.layouts.people_known import named, people

KNOWN = people(named(("Ana R.", "Ben T.", "Cal M.")), named(("Kim Lee", "J. Rivera")))
KEY = {"P": "delivered", "C": "provider absent"}
ANA, BEN, CAL = ("Ana R.",), ("Ben T.",), ("Cal M.",)
SPEECH, OT = "Speech therapy", "Occupational therapy"

CELLS = [
    # what stands there           students     service  mark ("" for none)
    ("Ana - Speech", ANA, SPEECH, ""),
    ("Ana - Speech ✓", ANA, SPEECH, "Delivered"),
    ("Ana speech✔️", ANA, SPEECH, "Delivered"),
    ("✅ Ana speech", ANA, SPEECH, "Delivered"),
    ("☐ Ana speech", ANA, SPEECH, ""),
    ("Ben OT - absent", BEN, OT, "absent"),
    ("Ben OT absent", BEN, OT, "absent"),
    ("Ben OT provider absent", BEN, OT, "provider absent"),
    ("Cal speech (NS)", CAL, SPEECH, "NS"),
    ("NS: Cal speech", CAL, SPEECH, "NS"),
    ("Ana (absent) - Speech (Kim)", ANA, SPEECH, "absent"),
    ("Ana R. / Speech / Rm 12 - held", ANA, SPEECH, "held"),
    ("Ana\nSpeech\n✓", ANA, SPEECH, "Delivered"),
    ("Ana speech ✓ 20", ANA, SPEECH, "Delivered 20"),
    ("Ana speech - 20 min given", ANA, SPEECH, "20 min given"),
    ("Ana speech - no show", ANA, SPEECH, "no show"),
    ("Ana speech - snow day", ANA, SPEECH, "snow day"),
    ("Ana speech (nurse)", ANA, SPEECH, "nurse"),
    ("Ana speech - make-up given", ANA, SPEECH, "make-up given"),
    ("Ana speech MU ✓", ANA, SPEECH, "MU Delivered"),
    ("Ana speech MU 9/28 ✓", ANA, SPEECH, "MU given 9/28"),
    ("Ana speech - ✓ make-up 9/28", ANA, SPEECH, "make-up given 9/28"),
    ("Ana speech P", ANA, SPEECH, "P"),
    ("Ana, Ben OT ✓", ANA + BEN, OT, "Delivered"),
    ("Ana, Ben OT - provider absent", ANA + BEN, OT, "provider absent"),
    # the log says what is open about these: the session stays not logged
    ("Ana speech x", ANA, SPEECH, "x"),
    ("Ana speech ❌", ANA, SPEECH, "❌"),
    ("Ana speech CX", ANA, SPEECH, "CX"),
]


@pytest.mark.parametrize(("text", "students", "service", "mark"), CELLS)
def test_a_session_and_its_mark(text: str, students: tuple[str, ...], service: str, mark: str) -> None:
    (read,) = read_marked_cell(text, KNOWN, KEY)
    assert (read.students, read.service, read.mark, read.is_clear) == (students, service, mark, True)


SEVERAL = [
    ("Ana OT ✓\nBen OT absent", [(ANA, OT, "Delivered"), (BEN, OT, "absent")]),
    ("Ana ✓\nBen absent", [(ANA, "", "Delivered"), (BEN, "", "absent")]),
    ("Ana OT\nBen OT ✓", [(ANA, OT, ""), (BEN, OT, "Delivered")]),
    ("Ana OT\nBen OT", [(ANA, OT, ""), (BEN, OT, "")]),
]


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_a_line_for_each_student(text: str, expected: list[tuple[tuple[str, ...], str, str]]) -> None:
    read = read_marked_cell(text, KNOWN, KEY)
    assert [(one.students, one.service, one.mark) for one in read] == expected


REFUSED = [
    # what stands there                 what is said
    ("Ana, Ben ✓", "of whom the mark is"),
    ("✓ Ana, Ben OT", "of whom the mark is"),
    ("Ana, Ben OT - absent", "of whom the mark is"),
    ("Ana speech - Ben absent", "of whom the mark is"),
    ("Ana OT\nBen OT\n✓", "mark"),
    ("Ana speech - make-up", "planned or was given"),
    ("Ana speech MU/30", "planned or was given"),
    ("Ana speech - testing", "is the mark"),
    ("Ana nurse", "is the mark"),
    ("✓", "is the mark"),
    ("absent", "is the mark"),
    ("Ana speech 30 min", "speech 30 min is no name"),
    ("Ana speech A", "speech A is no name"),
    ("Ana speech not absent", "is no name"),
    ("Ana - no speech", "no speech is no name"),
    ("Ana Smith ✓", "Ana Smith is no name"),
    ("Zed speech ✓", "Zed speech is no name"),
    ("Ana speech?", "leaves open whether this session is meant"),
    ("Ana speech → Ben", "leaves open"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_what_leaves_open_what_became_of_whom_is_not_read(text: str, why: str) -> None:
    read = read_marked_cell(text, KNOWN, KEY)
    assert not any(one.is_clear for one in read)
    assert why in " ".join(one.why for one in read)


@pytest.mark.parametrize("text", ["Lunch", "prep / IEP meeting", "-"])
def test_what_is_no_session(text: str) -> None:
    assert read_marked_cell(text, KNOWN, KEY) == ()


PIECES = st.sampled_from(
    [
        *("Ana", "Ben", "Kim", "speech", "OT", "✓", "✗", "☐", "absent", "provider absent", "NS", "P", "30"),
        *("MU", " - ", ", ", "\n", "(", ")", "?", "no", "not", "Smith", "/", "9:00-9:20", "Lunch", ""),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=7).map(" ".join) | st.text(max_size=15))
def test_no_cell_raises_and_a_mark_is_behind_somebody_or_something(text: str) -> None:
    for one in read_marked_cell(text, KNOWN, KEY):
        assert not (one.mark and one.why)
        assert not one.mark or one.students or one.service or one.provider
