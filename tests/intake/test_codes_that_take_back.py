"""A Status that begins as a session that was given, or as a reason, and says otherwise behind it."""

from __future__ import annotations

import pytest

from sheets_sync.categories import Category
from sheets_sync.intake.codes import is_part_of_a_session, read_code
from tests.intake.small_workbook import read as read_workbook
from tests.intake.small_workbook import row_added, told

REFUSED = [
    "Zoom - didn't log on",
    "Zoom - student didnt log in",
    "Virtual (couldn't connect)",
    "Teletherapy - tech issue",
    "Seen - eval",
    "Seen (consult)",
    "Held: IEP mtg",
    "Attended IEP",
    "Attended the IEP",
    "Complete - owed",
    "Done - owe 15",
    "Provided to teacher",
    "Delivered to staff",
    "Student absent - seen later",
    "SLP absent - session provided",
    "Field trip - saw him Friday",
    "Suspension hearing",
    "Suspension meeting",
    *("Seen + MU", "Seen+15 MU", "30 + MU", "Delivered & make-up", "Delivered / MU", "Seen and made up"),
    *("Seen for 2 sessions", "Seen (2 sessions)", "Delivered both sessions", "Delivered - double session"),
]

ASKED = ["Seen - consult with his teacher about goals", "Delivered - evaluated /r/ in three sentences"]

READ = {
    **dict.fromkeys(("Seen - for make up", "Seen, make up", "Delivered make-up"), Category.MAKE_UP),
    "Seen 1 session": Category.DELIVERED,
    "IEP services provided": Category.DELIVERED,
    "Seen - goal 2": Category.DELIVERED,
    "Held in class with teacher": Category.DELIVERED,
    "Present: great session": Category.DELIVERED,
    "Seen - short vowels": Category.DELIVERED,
    "Student absent - not seen": Category.STUDENT_ABSENT,
    "SLP absent - session not held": Category.PROVIDER_ABSENT,
    "Student refused - given 3 prompts": Category.STUDENT_REFUSED,
    "Suspended": Category.SUSPENDED,
}


@pytest.mark.parametrize("typed", REFUSED)
def test_what_takes_the_session_back_is_refused(typed: str) -> None:
    assert read_code(typed).value is None


@pytest.mark.parametrize("typed", ASKED)
def test_a_longer_remark_on_other_work_is_asked_about(typed: str) -> None:
    reading = read_code(typed)
    assert reading.value is not None
    assert reading.value.category is Category.DELIVERED
    assert reading.problem


@pytest.mark.parametrize(("typed", "category"), READ.items())
def test_other_remarks_leave_it_what_it_is(typed: str, category: Category) -> None:
    reading = read_code(typed)
    assert reading.value is not None
    assert (reading.value.category, reading.problem) == (category, None)


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("Held - short", True),
        ("Held, partial", True),
        ("Seen (half session)", True),
        ("Seen - shortened due to drill", True),
        ("Seen - short vowels", False),
        ("Seen", False),
    ],
)
def test_a_part_of_a_session_behind_a_mark(typed: str, part: bool) -> None:
    assert is_part_of_a_session(typed) is part


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        ("Seen by OT", True),
        ("Seen by the PT", True),
        ("Provided by teacher", True),
        ("Seen - OT", True),
        ("Seen by SLP", False),
        ("Provided by sub", False),
        ("Co-treat w/ OT", False),
    ],
)
def test_who_saw_the_student_gives_another_service(status: str, asked: bool) -> None:
    """The row is one of Speech therapy."""
    row = f"2025-10-08 | Ana R. | Speech therapy | | | 30 | {status} | |"
    problems = told(read_workbook(row_added("Service Log", row)))
    assert [(severity, cell) for severity, cell, _ in problems] == [("question", "Service Log!G3")] * asked


TIMED = {
    "Seen 9:00-9:15": (Category.DELIVERED, 15),
    "P (9:00-9:15)": (Category.DELIVERED, 15),
    "Present 9-9:15": (Category.DELIVERED, 15),
    "Delivered from 11:45 to 12:15": (Category.DELIVERED, 30),
    "MU 1:00 - 1:20 pm": (Category.MAKE_UP, 20),
    "Late 9:10-9:30": (Category.LATE, 20),
    "P5": (Category.DELIVERED, 5),
    "P 2 min": (Category.DELIVERED, 2),
    "P2": None,
    "P 1": None,
}


@pytest.mark.parametrize("typed", TIMED)
def test_times_behind_a_code_say_how_long_it_was_and_small_numbers_do_not(typed: str) -> None:
    code = read_code(typed, codes={"P": "delivered"}).value
    assert (code and (code.category, code.minutes)) == TIMED[typed]
