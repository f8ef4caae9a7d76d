"""What stands above a list, and may take back all that is below it: one question, at the title."""

from __future__ import annotations

import pytest

from tests.intake.small_workbook import read, told

LISTS = {
    "Caseload": ["Student | Student ID", "Ana R. | S1", "Ben T. | S2"],
    "Service Grid": ["Student | Service | Frequency", "Ana R. | Speech therapy | 2 x 30 min / week"],
    "Schedule": ["Student | Service | Days | Start | End", "Ana R. | Speech therapy | Mon | 9:00 | 9:30"],
    "Service Log": [
        "Date | Student | Service | Minutes | Status",
        "2025-10-06 | Ana R. | Speech therapy | 30 | Delivered",
    ],
}
ASKED = {
    "Caseload": (
        *("Exited students", "Former caseload", "Waitlist", "DRAFT", "2024-25 caseload", "Inactive"),
        *("Referrals", "Evaluations 25-26", "Dismissed"),
    ),
    "Service Grid": (
        *("Declined services", "Proposed services", "Draft IEPs", "2024-25 services", "ESY services"),
        *("Compensatory services", "Previous IEP services", "Services discontinued", "Not eligible"),
        *("Services beginning 1/5/2026", "Private services (parent paid)", "Services that expired"),
        *("Consultation only", "Initial evaluations", "Not yet approved", "Services until Dec 1"),
    ),
    "Schedule": (
        *(
            "Schedule begins 11/3/2025",
            "DRAFT schedule 25-26",
            "Week of 10/6",
            "A Week",
            "Semester 2 schedule",
        ),
        *("Early release schedule", "Evaluation schedule", "Make-up sessions", "ESY 2025 schedule"),
        *("Summer 2025", "Consultation schedule", "Every other week", "Testing", "Half-day schedule"),
        *("Parent meetings", "Observations", "Fall schedule", "Proposed", "Schedule 2024-25"),
    ),
    "Service Log": (
        *("Missed sessions", "Planned sessions", "Cancelled sessions", "Sessions to make up", "Make-up log"),
        *("Draft", "Absences", "Evaluations", "IEP meetings", "Parent contacts", "Sessions owed", "No shows"),
        *("Consultation log", "Screening log", "Compensatory sessions", "Not delivered", "Medicaid billing"),
    ),
}
PLAIN = {
    "Caseload": ("Caseload 2025-26", "Lincoln Elementary", "Kim Lee, SLP", "Updated 10/1/2025", "Students"),
    "Service Grid": (
        *("IEP services 2025-26", "Service minutes", "Private school students", "As of 10/1/2025", "Speech"),
        "Please enter declined services on the other tab",
    ),
    "Schedule": ("Speech schedule 2025-26", "Kim Lee - Speech", "Room 12", "Updated 10/1/2025", "2025-2026"),
    "Service Log": (
        *("Service log 2025-26", "Delivered and missed sessions", "Speech attendance, with absences"),
        *(
            "SA = student absent, MU = make-up",
            "P - present, A - absent",
            "Enter every session, also missed ones",
            "October 2025",
        ),
    ),
}


def _below(tab: str, title: str) -> list[tuple[str, str]]:
    """Read the list below the title: every row counts as without it; return what is said."""
    header, *rows = LISTS[tab]
    tables = read({tab: "\n".join((title, header, *rows))})
    assert [len(tables.students), len(tables.lines), len(tables.schedule), len(tables.log)] == [2, 1, 1, 1]
    return [(severity, where) for severity, where, _ in told(tables)]


@pytest.mark.parametrize(
    ("tab", "title"), [(tab, title) for tab, titles in ASKED.items() for title in titles]
)
def test_a_title_that_may_take_back_what_is_below_it_is_asked_about_once(tab: str, title: str) -> None:
    assert _below(tab, title) == [("question", f"{tab}!A1")]


@pytest.mark.parametrize(
    ("tab", "title"), [(tab, title) for tab, titles in PLAIN.items() for title in titles]
)
def test_a_plain_title_is_no_question(tab: str, title: str) -> None:
    assert _below(tab, title) == []


@pytest.mark.parametrize("tab", ["Service Grid", "Schedule"])
@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("Effective August 25, 2025", False),
        ("Begins 8/25/2025", False),
        ("Kim Lee - starting 8/25", False),
        ("2025-26 (effective as of 8/18/2025)", False),
        ("Effective August 26, 2025", True),
        ("Starting 9/15", True),
        ("Effective 8/25 - 10/10", True),
        ("From 8/25 to 10/10", True),
        ("Until 8/25", True),
        ("Begins 8/25, ends 1/16", True),
    ],
)
def test_from_the_first_day_of_school_on_takes_nothing_back(tab: str, title: str, asked: bool) -> None:
    tables = read({tab: "\n".join([title, *LISTS[tab]])})
    assert [one[:2] for one in told(tables) if "from or until when" in one[2]] == (
        [("question", f"{tab}!A1")] if asked else []
    )
