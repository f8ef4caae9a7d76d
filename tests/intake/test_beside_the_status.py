"""What stands beside Delivered in the Service Log and says otherwise: a question, or a make-up."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.tables import Category
from tests.intake.small_workbook import cells, read, told

HEADER = "Date | Student | Service | Minutes | Status"
ASKED = [
    *(
        ("Reason", text)
        for text in ("Student absent", "SLP absent", "Snow day", "Refused", "Suspended", "SA")
    ),
    *(
        ("Notes", text)
        for text in ("student absent, not seen", "Ana was absent", "No session today", "no-show")
    ),
    *(
        ("Notes", text)
        for text in ("ERROR - delete", "Cancelled by parent.", "Did not meet", "wrong student")
    ),
    *(("Notes", text) for text in ("only 10 min", "Left after 20 minutes", "15 min only", "makeup for 10/1")),
    *(("Notes", text) for text in ("Make-up session", "MU 10/1", "for 10/1", "counts for 10/1")),
    *(("Notes", text) for text in ("double session - 30 for 10/1", "not a real session - consult")),
    *(("Reason", text) for text in ("makeup for 10/1", "only 10 min", "IEP meeting instead", "15 of 30 min")),
    *(("Notes", text) for text in ("Consult with teacher instead", "15/30 min")),
    *(("Makeup", text) for text in ("Y", "x", "10/1")),
    *(("Make-up session?", "Yes"), ("MU?", "from 10/1")),
    *(("Type", text) for text in ("Makeup", "Evaluation", "IEP meeting", "Consult", "Indirect", "Planning")),
]
PLAIN = [
    *(("Reason", text) for text in ("Field trip", "with the nurse", "Delivered", "late bus", "")),
    *(
        ("Notes", text)
        for text in ("began a new list, cancelled the next one", "only 30 min", "did not meet goal")
    ),
    *(
        ("Notes", text)
        for text in ("peer absent, so alone", "absent last week", "made up stories", "snow, holidays")
    ),
    *(
        ("Notes", text)
        for text in ("no make-up needed", "refused to read at first", "talked about the field trip")
    ),
    *(("Notes", text) for text in ("practice for 10 min", "homework for 10/9 quiz", "double consonants")),
    *(("Makeup", "N"), ("Make-up?", "No"), ("Type", "Direct"), ("Type", "Speech"), ("Type", "Group")),
]


def _log(header: str, text: str, status: str = "Delivered") -> dict[str, str]:
    return {"Service Log": f"{HEADER} | {header}\n2025-10-06 | Ana R. | Speech | 30 | {status} | {text}"}


@pytest.mark.parametrize(("header", "text"), ASKED)
def test_what_says_otherwise_than_delivered_is_counted_and_asked_about(header: str, text: str) -> None:
    tables = read(_log(header, text))
    assert tables.log["category"].tolist() == [Category.DELIVERED]
    assert [(severity, where) for severity, where, _ in told(tables)] == [("question", "Service Log!F2")]


@pytest.mark.parametrize(("header", "text"), PLAIN)
def test_anything_else_beside_it_is_left_alone(header: str, text: str) -> None:
    assert told(read(_log(header, text))) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        *((text, True) for text in ("left early", "15 min late", "Tardy", "short", "Student left at 9:15")),
        *((text, True) for text in ("half session", "picked up early", "came 5 minutes late")),
        *(
            (text, False)
            for text in ("short story", "late bus, full session", "8 of 10 trials", "early sounds")
        ),
    ],
)
def test_a_shorter_session_is_asked_about_where_minutes_are_blank(text: str, asked: bool) -> None:
    for header in ("Reason", "Notes"):
        blank = _log(header, text)["Service Log"].replace("| 30 |", "| |")
        assert [where for _, where, _ in told(read({"Service Log": blank}))] == ["Service Log!F2"] * asked
        assert told(read(_log(header, text))) == []


@pytest.mark.parametrize(
    ("header", "text", "status"),
    [
        ("Place", "", "Student absent - make up owed"),
        ("Place", "", "absent, make-up required"),
        ("Place", "", "Refused - needs MU"),
        ("Place", "", "student absent - will make up"),
        ("Place", "", "Snow day - owe 30"),
        ("Notes", "sick; makeup needed", "Student absent"),
        ("Reason", "to be made up", "Student absent"),
        ("Make-up?", "Y", "Student absent"),
        ("Makeup needed", "x", "Student refused"),
        ("Owed", "30", "Student absent"),
        ("Place", "", "Student absent - MU Fri"),
        ("Notes", "made up 10/9", "SLP absent"),
        ("Reason", "was made up on Oct 9", "SLP absent"),
        ("Notes", "made up", "Field trip"),
    ],
)
def test_a_missed_session_that_is_said_to_be_owed_or_made_up_is_asked_about(
    header: str, text: str, status: str
) -> None:
    assert [severity for severity, _, _ in told(read(_log(header, text, status)))] == ["question"]


@pytest.mark.parametrize(
    ("header", "text", "status"),
    [
        ("Place", "", "Student absent - no make up needed"),
        ("Place", "", "absent, make-up not required"),
        ("Place", "", "Student refused - not made up"),
        ("Place", "", "SLP absent - make up owed"),
        ("Notes", "no makeup owed", "Student absent"),
        ("Notes", "needs time to warm up", "Student absent"),
        ("Makeup needed", "no", "Student absent"),
        ("Owed", "30", "SLP absent"),
        ("Owed", "0", "Delivered"),
        ("Notes", "made up a story about 9 cats", "SLP absent"),
    ],
)
def test_one_that_is_not_or_is_owed_anyway_is_not(header: str, text: str, status: str) -> None:
    assert told(read(_log(header, text, status))) == []


def test_one_that_was_made_up_as_the_log_says_is_not() -> None:
    log = _log("Notes", "made up 10/9", "SLP absent")["Service Log"]
    made_up = f"{log}\n2025-10-09 | Ana R. | Speech | 30 | Make-up | from 10/6"
    assert told(read({"Service Log": made_up})) == []


def test_a_column_is_asked_about_once() -> None:
    rows = "\n".join(
        f"2025-10-{day} | Ana R. | Speech | 30 | Delivered | Student absent" for day in (14, 15, 16)
    )
    assert len(read({"Service Log": f"{HEADER} | Reason\n{rows}"}).problems) == 1


def test_a_reason_of_a_missed_session_is_no_question() -> None:
    assert told(read(_log("Reason", "SLP absent", "SNA"))) == []


MAKE_UPS = [
    ("Session type", "Make-up", Category.MAKE_UP),
    ("Group", "MU - group", Category.MAKE_UP),
    ("Group", "group", Category.DELIVERED),
    ("Make-up for", "2025-10-01", Category.MAKE_UP),
    ("Make-up for", "2025-10-06", Category.DELIVERED),
]


@pytest.mark.parametrize(("header", "text", "category"), MAKE_UPS)
def test_a_mark_in_group_or_another_day_in_make_up_for_makes_it_a_make_up(
    header: str, text: str, category: Category
) -> None:
    tables = read(_log(header, text))
    assert (tables.log["category"].tolist(), told(tables)) == ([category], [])
    assert tables.log["reason"].tolist() == ["make-up" if category == Category.MAKE_UP else "delivered"]


@pytest.mark.parametrize(
    ("text", "further", "asked"),
    [
        ("10/9", "", True),
        ("Y", "", True),
        ("No", "", False),
        ("10/9", "2025-10-09 | Ana R. | Speech | 30 | Make-up |", False),
        ("Y", "2025-10-09 | Ana R. | Speech | 30 | Make-up |", False),
        ("10/9", "2025-10-10 | Ana R. | Speech | 30 | Make-up |", True),
    ],
)
def test_made_up_beside_a_missed_session_needs_the_row_of_the_make_up(
    text: str, further: str, asked: bool
) -> None:
    log = _log("Made up on", text, "SNA")["Service Log"] + f"\n{further}"
    assert [where for _, where, _ in told(read({"Service Log": log}))] == ["Service Log!F2"] * asked


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["Reason", "Notes", "Type", "Make-up?", "Made up on"]), st.text(max_size=60))
def test_nothing_beside_a_status_loses_an_entry(header: str, text: str) -> None:
    typed = cells(_log(header, "")["Service Log"])
    assert len(read({"Service Log": [typed[0], [*typed[1][:5], text]]}).log) == 1
