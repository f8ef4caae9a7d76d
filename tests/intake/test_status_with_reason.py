"""A Status that says that there was no session takes from the Reason why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake.codes import read_code
from sheets_sync.tables import Category
from tests.intake.small_workbook import read, told


def log(*rows: str) -> dict[str, str]:
    entries = (f"2025-10-{6 + 2 * n:02d} | Ana R. | Speech | {row}" for n, row in enumerate(rows))
    return {"Service Log": "\n".join(["Date | Student | Service | Status | Reason", *entries])}


WHY = [
    ("Cancelled", "SLP absent", Category.PROVIDER_ABSENT),
    ("Missed", "Student absent", Category.STUDENT_ABSENT),
    ("Not delivered", "field trip", Category.SCHOOL_ACTIVITY),
    ("Session canceled", "snow day", Category.SCHOOL_CLOSED),
    ("No", "IEP meeting", Category.PROVIDER_ABSENT),
    ("Not held", "SNA", Category.STUDENT_ABSENT),
    ("Cancelled", "parent request", Category.STUDENT_ABSENT),
    ("Cancelled", "by SLP", Category.PROVIDER_ABSENT),
    ("Other", "SLP sick", Category.PROVIDER_ABSENT),
]


@pytest.mark.parametrize(("status", "reason", "category"), WHY)
def test_the_reason_says_why_there_was_no_session(status: str, reason: str, category: Category) -> None:
    if reason == "SNA":
        category = read(log("SNA | ")).log["category"].iloc[0]
    tables = read(log(f"{status} | {reason}"))
    assert tables.log["category"].tolist() == [category]
    assert told(tables) == []


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("Cancelled", "sick"),
        ("Cancelled", ""),
        ("Missed", "made up 10/9"),
        ("Missed", "parent"),
        ("Cancelled", "OT"),
        ("Other", "worked on sounds"),
        ("Missed", "delivered"),
        ("Yes", "Student absent"),
        ("See notes", "Student absent"),
        ("Rescheduled", "SLP absent"),
    ],
)
def test_otherwise_the_status_stays_refused(status: str, reason: str) -> None:
    tables = read(log(f"{status} | {reason}"))
    assert tables.log["category"].tolist() == [Category.UNKNOWN]
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("error", "Service Log!D2")]


@pytest.mark.parametrize("header", ["Attended?", "Present?", "Held?", "Was the session held?", "Seen (Y/N)"])
@pytest.mark.parametrize("no", ["N", "n", "No", False, "✗"])
def test_below_a_question_any_no_takes_the_reason(header: str, no: str | bool) -> None:
    rows = [
        ["Date", "Student", "Service", header, "Reason"],
        ["10/6/2025", "Ana R.", "Speech", no, "SLP absent"],
        ["10/8/2025", "Ana R.", "Speech", "Y", None],
    ]
    tables = read({"Service Log": rows})
    assert tables.log["category"].tolist() == [Category.PROVIDER_ABSENT, Category.DELIVERED]
    assert told(tables) == []


@pytest.mark.parametrize("reason", ["", "sick", "present", "made up 10/9"])
def test_and_stays_refused_where_that_does_not_say_why(reason: str) -> None:
    log = f"Date | Student | Service | Attended? | Reason\n2025-10-06 | Ana R. | Speech | N | {reason}"
    tables = read({"Service Log": log})
    assert tables.log["category"].tolist() == [Category.UNKNOWN]
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("error", "Service Log!D2")]


@pytest.mark.parametrize(("header", "status"), [("Attended?", "N"), ("Status", "Missed")])
def test_a_short_note_says_why_where_there_is_no_reason(header: str, status: str) -> None:
    row = f"2025-10-06 | Ana R. | Speech | {status} | SLP absent"
    log = f"Date | Student | Service | {header} | Comments\n{row}"
    tables = read({"Service Log": log})
    assert (tables.log["category"].tolist(), told(tables)) == ([Category.PROVIDER_ABSENT], [])


def test_an_n_below_status_stays_a_letter() -> None:
    assert read(log("N | Student absent")).log["category"].tolist() == [Category.UNKNOWN]


@pytest.mark.parametrize(
    ("typed", "category"),
    [
        ("Absent (student)", Category.STUDENT_ABSENT),
        ("absent - student", Category.STUDENT_ABSENT),
        ("Abs: child", Category.STUDENT_ABSENT),
        ("Absent - provider", Category.PROVIDER_ABSENT),
        ("Absent (therapist)", Category.PROVIDER_ABSENT),
        ("Absent - SLP", None),
        ("Absent - OT", None),
        ("Absent - teacher", None),
        ("Absent - student or therapist", None),
    ],
)
def test_who_was_absent_may_stand_behind_it(typed: str, category: Category | None) -> None:
    code = read_code(typed).value
    assert (code and code.category) == category


def test_each_row_has_its_own_reason() -> None:
    tables = read(
        log("Cancelled | SLP absent", "Delivered | SLP absent", "Cancelled | ", "Cancelled | Field trip")
    )
    assert tables.log["category"].tolist() == [
        Category.PROVIDER_ABSENT,
        Category.DELIVERED,
        Category.UNKNOWN,
        Category.SCHOOL_ACTIVITY,
    ]


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40).filter(lambda text: "|" not in text and text.isprintable()))
def test_no_reason_makes_a_missed_session_a_given_one(reason: str) -> None:
    found = read(log(f"Missed | {reason}")).log["category"].iloc[0]
    assert found not in (Category.DELIVERED, Category.MAKE_UP, Category.LATE, Category.TEAM_DECISION)
