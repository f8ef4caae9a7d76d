"""Columns beside the marks of a roster: the length of each session, what is owed, and remarks."""

from __future__ import annotations

from datetime import time

import pytest

from sheets_sync.ports import CellValue
from tests.intake.layouts.test_attendance_grid import entries, with_log
from tests.intake.small_workbook import told

KEY: list[CellValue] = ["P = present, A = absent, MU = make-up"]


def _with(header: str, cell: CellValue, *, right: bool = False) -> tuple[list[int], list[str]]:
    """Return the minutes of P, A and 15 beside which a cell stands (-1: the session's own), and how severe
    what is said is."""
    rows: list[list[CellValue]] = [
        ["Student", "Service", header, "9/3", "9/8", "10/1"],
        ["Ana R.", "Speech", cell, "P", "A", 15],
    ]
    if right:
        rows = [[*row[:2], *row[3:], row[2]] for row in rows]
    tables = with_log(KEY, *rows)
    return [one[-1] for one in entries(tables)], [severity for severity, *_ in told(tables)]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Min per session", 20),
        ("Min/session", "20 min"),
        ("Minutes each session", 20.0),
        ("Session length", 20),
        ("Session length (min)", 20),
        ("Length", "20"),
        ("How long?", "20 min"),
        ("Duration", 20),
        *(("Session time", cell) for cell in (20, "20", "20 min", time(0, 20), "0:20")),
        ("Tx time (min)", 20),
        ("Time per session", 20.0),
    ],
)
def test_the_length_of_each_session_is_that_of_its_marks(header: str, cell: CellValue) -> None:
    assert _with(header, cell) == ([20, -1, 15], [])


@pytest.mark.parametrize(
    ("header", "cell", "right"),
    [
        ("Min", 20, False),
        ("Minutes", "30 min", False),
        ("Session length", "20 or 30", False),
        *(("Session length", cell, False) for cell in ("9:30", time(9, 30), 930, 0.3958)),
        *(("Duration", weeks, False) for weeks in (9, 10, "10", 36, 40)),
        ("Length", 36, False),
        *(("Session time", cell, False) for cell in (9, "10", 115, "20 or 30")),
        ("Owed", 30, False),
        ("Missed", 2, False),
        ("Makeup", "10/1", False),
        *(("Notes", text, False) for text in ("10/1 was a makeup for 9/8", "left early")),
        *(
            ("Comments", text, True)
            for text in ("9/3 only 10 min", "moved 9/8 to 9/9", "absent 9/3", "MU 9/3", "made up 9/8")
        ),
        *(  # the mark is another: A is the student's, 15 are no 10, P is whole
            ("Notes", text, True)
            for text in ("9/8 SLP absent", "9/8 Kim out sick", "9/8 field trip", "absent 9/8, made up 9/9")
        ),
        *(
            ("Notes", text, True)
            for text in ("10/1 only 10 min", "left early 9/3", "absent 10/1", "9/8 absent, owed", "absent")
        ),
        *(
            ("Comments", text, True)
            for text in ("10/1 holiday", "10/1 testing", "9/3 fire drill, 9/8 assembly", "10/1 out")
        ),
        *(
            ("Comments", text, True)
            for text in ("did not come 10/1", "10/1 wouldn't come", "10/1 no session")
        ),
    ],
)
def test_what_may_say_something_of_the_marks_is_asked_about(
    header: str, cell: CellValue, right: bool
) -> None:
    assert _with(header, cell, right=right) == ([-1, -1, 15], ["question"])


@pytest.mark.parametrize(
    ("header", "cell", "right"),
    [
        *((header, 60, False) for header in ("Min/week", "Min per month", "Minutes required", "IEP min")),
        *(("Freq", "2x30", False), ("Grade", 3, False), ("Room", "Rm 12", False), ("Owed", 0, False)),
        *(("Session time", when, False) for when in ("9:30", "1:15", time(9), time(13, 15), 930, 0.3958)),
        *(("Tx time", when, False) for when in ("9-9:30", "M/W 9:30", "Mon 10", "10 am", "period 5", 1.15)),
        *((f"{what} time", "9:30", False) for what in ("Meeting", "Visit")),
        *(("Time of session", when, False) for when in ("9:00-9:30", "12 noon", "3rd", "after lunch")),
        *(("Min", None, False), ("Min", "n/a", False), ("Total min", 45, True)),
        *(
            ("Notes", text, True)
            for text in ("9/8 absent - flu", "Absent Sept 8", "10/1 left early", "9/8 no show")
        ),
        *(
            ("Notes", text, True)
            for text in ("10/1 only 15 min", "9/8 sick, 10/1 late", "Student out sick 9/8")
        ),
        *(
            ("Notes", text, True)
            for text in ("9/8 out", "9/8 doctor", "10/1 worked out /r/", "10/1 great day")
        ),
        *(("Notes", text, True) for text in ("only /r/", "artic only", "late bus rider", "half day student")),
        *(
            ("Notes", text, True)
            for text in ("moved here 9/1", "moved to Oak School 9/1", "short term goals")
        ),
        *(("Notes", text, True) for text in ("8/10 trials", "works on /r/ in short words now", "new IEP")),
    ],
)
def test_anything_else_beside_them_is_left_alone(header: str, cell: CellValue, right: bool) -> None:
    assert _with(header, cell, right=right) == ([-1, -1, 15], [])


def test_minutes_alone_and_codes_with_minutes_need_no_length() -> None:
    tables = with_log(
        ["F = 25 min"], ["Student", "Service", "Min", "9/3", "9/8"], ["Ana R.", "Speech", 20, 30, "F"]
    )
    assert [one[-1] for one in entries(tables)] == [30, 25]
    assert told(tables) == []


def test_a_remark_on_another_s_absence_and_its_make_up_agrees_with_such_marks() -> None:
    rows: list[list[CellValue]] = [
        ["Student", "Service", "9/3", "9/8", "Notes"],
        ["Ana R.", "Speech", "T", "MU", "9/3 Kim sick, made up 9/8"],
    ]
    assert told(with_log(["T = therapist absent, MU = make-up"], *rows)) == []
