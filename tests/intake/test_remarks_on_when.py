"""Notes of a Service Grid on when a line is given: what is asked about, and in how many questions."""

from __future__ import annotations

import pytest

from tests.intake.small_workbook import read

HEADERS, LINE = "Student | Service | Frequency", "Ana R. | Speech therapy | 2 x 30 min / week"

DATED_NOTES = [
    # the row's dates, what its note says, whether that is asked about
    ("8/25/2025 | 6/11/2026", "starts 11/3", True),
    ("11/3/2025 | ", "starts 11/3", False),
    ("11/3/2025 | ", "starting in Nov.", False),
    ("11/3/2025 | ", "starting in Nov. (on hold)", True),
    ("11/3/2025 | ", "on hold since 11/3", True),
    ("9/2/2025 | 1/30/2026", "Sept-Jan only", False),
    ("9/2/2025 | 6/11/2026", "Sept-Jan only", True),
    ("9/2/2025 | 6/11/2026", "not in June", True),
    ("9/2/2025 | 6/11/2026", "2nd semester", True),
    (" | 6/11/2026", "until 6/11", False),
]


@pytest.mark.parametrize(("dates", "note", "asked"), DATED_NOTES)
def test_a_note_on_when_a_line_is_given_is_asked_about_unless_its_dates_say_so(
    dates: str, note: str, asked: bool
) -> None:
    tables = read({"Service Grid": f"{HEADERS} | Start date | End date | Notes\n{LINE} | {dates} | {note}"})
    assert [p.cell for p in tables.problems if p.tab == "Service Grid"] == (["F2"] if asked else [])
    assert tables.lines["reason"].tolist() == [""]


NOTES_OF_LINES = [
    # the notes, and what is asked: the cell, what stands there, how the question ends
    (
        ("Sept-Jan only", "push-in", "as needed", "Sept-Jan only"),
        [("D2", "Sept-Jan only", "(2 rows: 2, 5)"), ("D4", "as needed", "say.")],
    ),
    (
        ("Sept-Jan only", "S2 only", "push-in", "as needed", "trial", "for 6 weeks", "trial"),
        [("D2", "Sept-Jan only; S2 only; as needed; trial", "(6 rows: 2, 3, 5, 6, 7, 8)")],
    ),
]


@pytest.mark.parametrize(("notes", "questions"), NOTES_OF_LINES)
def test_each_different_note_of_a_line_is_asked_about_at_its_own_cell_or_many_in_one_question(
    notes: tuple[str, ...], questions: list[tuple[str, str, str]]
) -> None:
    lines = [f"{LINE.replace('Speech', 'ABCDEFG'[at])} | {note}" for at, note in enumerate(notes)]
    tables = read({"Service Grid": "\n".join([f"{HEADERS} | Notes", *lines])})
    asked = [p for p in tables.problems if p.problem.startswith("This may say when")]
    assert [(p.cell, p.value) for p in asked] == [(cell, value) for cell, value, _ in questions]
    assert all(p.problem.endswith(end) for p, (*_, end) in zip(asked, questions, strict=True))
