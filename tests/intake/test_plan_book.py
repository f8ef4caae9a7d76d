"""A plan book in which each session is marked is schedule and log at once (voices.md)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.config import Names
from sheets_sync.ports import CellValue
from sheets_sync.problems import CannotCount
from sheets_sync.tables import Category, Tables
from tests.intake.small_workbook import read, told

PLAN = """
    Date       | Start | End   | Student | Service        | Provider  | Status
    2025-10-06 | 9:00  | 9:30  | Ana R.  | Speech therapy | J. Rivera | Delivered
    2025-10-08 | 9:00  | 9:30  | Ana R.  | Speech therapy | J. Rivera | Student absent
    2025-10-09 | 13:00 | 13:30 | Ana R.  | Speech therapy | J. Rivera | Make-up
    2025-10-22 | 9:00  | 9:30  | Ana R.  | Speech therapy | J. Rivera |
    """
"""Today is 2025-10-20."""
NO_TAB = {"Schedule": None, "Service Log": None}
ONE_DAY = "Each row has a date: it is read as a session of that day alone."
ENTRIES = [
    ("2025-10-06", Category.DELIVERED),
    ("2025-10-08", Category.STUDENT_ABSENT),
    ("2025-10-09", Category.MAKE_UP),
]


def entries(tables: Tables) -> list[tuple[str, int]]:
    return [
        (str(day.date()), kind) for day, kind in zip(tables.log["date"], tables.log["category"], strict=True)
    ]


def sessions(tables: Tables) -> list[tuple[str, str, str, int, int, bool]]:
    return [
        (
            str(one["from"].date()),
            str(one["to"].date()),
            one["days_text"],
            one["start"],
            one["minutes"],
            one["makeup"],
        )
        for one in tables.schedule.to_dict("records")
    ]


SESSIONS = [
    ("2025-10-06", "2025-10-06", "Mon", 540, 30, False),
    ("2025-10-08", "2025-10-08", "Wed", 540, 30, False),
    ("2025-10-09", "2025-10-09", "Thu", 780, 30, True),
    ("2025-10-22", "2025-10-22", "Wed", 540, 30, False),
]


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"Schedule": PLAN, "Service Log": None}, Names()),
        ({"Schedule": None, "Service Log": PLAN}, Names()),
        ({**NO_TAB, "Plan book": PLAN}, Names()),
        ({**NO_TAB, "Book": PLAN}, Names(tabs={"Schedule": "Book", "Service Log": "Book"})),
        ({**NO_TAB, "Book": PLAN, "Ideas": "Date | Idea\n2025-10-22 | games"}, Names()),
    ],
    ids=["as Schedule", "as Service Log", "by itself", "as configured", "beside another tab"],
)
def test_a_list_of_dated_and_marked_sessions_is_both(changes: dict[str, str | None], names: Names) -> None:
    tables = read(changes, names)
    assert entries(tables) == ENTRIES
    assert sessions(tables) == SESSIONS
    assert [what for _, _, what in told(tables)] == [ONE_DAY]


def test_a_schedule_of_dates_beside_a_log_is_a_schedule_alone() -> None:
    tables = read({"Schedule": PLAN})
    assert sessions(tables) == SESSIONS
    assert entries(tables) == [("2025-10-06", Category.DELIVERED)]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"Schedule": None, "Service Log": PLAN.replace("2025-10-22", "2025-10-15")}, "Schedule"),
        ({"Schedule": None}, "Schedule"),
        ({"Schedule": PLAN.replace("Status", "Mood  "), "Service Log": None}, "Service Log"),
        ({**NO_TAB, "Book": PLAN, "Book 2": PLAN}, "Schedule"),
    ],
    ids=["nothing to come", "a plain log", "no marks", "two of them"],
)
def test_what_is_no_plan_book_stays_missing(changes: dict[str, str | None], missing: str) -> None:
    with pytest.raises(CannotCount, match=f'there is no tab "{missing}"'):
        read(changes)


def test_a_past_session_without_a_mark_is_scheduled_and_not_logged() -> None:
    tables = read({"Schedule": PLAN.replace("Student absent", ""), "Service Log": None})
    assert sessions(tables) == SESSIONS
    assert entries(tables) == [ENTRIES[0], ENTRIES[2]]
    assert [what for _, _, what in told(tables)] == [ONE_DAY]


@pytest.mark.parametrize(
    ("old", "new", "cell"),
    [
        ("2025-10-22", "soon", "Schedule!A5"),
        ("2025-10-22", "", "Schedule!A5"),
        (
            "| 9:00  | 9:30  | Ana R.  | Speech therapy | J. Rivera |\n",
            "| 9:00 | | Ana R. | Speech therapy | |\n",
            "Schedule!C5",
        ),
        ("Delivered", "✓", "Schedule!G2"),
        (
            "9:30  | Ana R.  | Speech therapy | J. Rivera | Del",
            "9:30  | Zoe | Speech therapy | J. Rivera | Del",
            "Schedule!D2",
        ),
    ],
)
def test_what_cannot_be_read_is_said_once_with_its_cell(old: str, new: str, cell: str) -> None:
    tables = read({"Schedule": PLAN.replace(old, new, 1), "Service Log": None})
    errors = [where for severity, where, _ in told(tables) if severity == "error"]
    assert errors == [cell]


CELLS = st.sampled_from(
    ["9:00", "Ana R.", "Speech", "Delivered", "soon", "9/8-9/12", None, 30.0, "13/45/2026", "10/8", True]
)


@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=5))
@settings(max_examples=30, deadline=None)
def test_whatever_stands_in_a_plan_book_the_last_row_is_read(garbage: list[list[CellValue]]) -> None:
    header: list[CellValue] = ["Date", "Start", "End", "Student", "Service", "Provider", "Status"]
    last: list[CellValue] = ["2025-10-07", "9:00", "9:30", "Ana R.", "Speech", None, "Delivered"]
    tables = read({"Schedule": [header, *garbage, last], "Service Log": None})
    assert ("2025-10-07", Category.DELIVERED) in entries(tables)
    assert ("2025-10-07", "2025-10-07", "Tue", 540, 30, False) in sessions(tables)


def test_a_missed_session_with_a_make_up_to_come_is_no_make_up() -> None:
    plan = PLAN.replace("Student absent", "Provider absent (MU Fri)")
    tables = read({"Schedule": plan, "Service Log": None})
    assert sessions(tables) == SESSIONS
    assert entries(tables)[1] == ("2025-10-08", Category.PROVIDER_ABSENT)
