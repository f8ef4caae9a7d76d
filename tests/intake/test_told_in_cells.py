"""Columns that a list can do without, and headers that mean one where no other column does."""

from __future__ import annotations

import pytest

from sheets_sync.problems import CannotCount
from sheets_sync.tables import Category
from tests.intake.small_workbook import read, told

ONCE = [
    ("Days | Time", "M/W | 9:00-9:30"),
    ("Day | Start", "Mon, Wed | 9-9:30"),
    ("Days | Time slot", "Mon & Wed | 9:00 - 9:30 am"),
    ("Days | Times", "M/W | 900-930"),
    ("Days | Start/End", "M/W | 9:00-9:30"),
    ("Day/Time", "M/W 9:00-9:30"),
    ("When", "Mon & Wed 9-9:30"),
    ("Days & Times", "M/W 9:00-9:30"),
    ("Schedule", "M/W 9:00-9:30"),
    ("Day(s)/Time(s) | Minutes", "M/W 9:00 | 30"),
    ("Days | Schedule | Start | End", "M/W | A lunch | 9:00 | 9:30"),
]


@pytest.mark.parametrize(("headers", "row"), ONCE)
def test_a_schedule_may_have_its_times_in_one_cell(headers: str, row: str) -> None:
    tables = read({"Schedule": f"Student | Service | {headers}\nAna R. | Speech therapy | {row}"})
    one = tables.schedule.iloc[0]
    assert (one["days_text"], one["start"], one["minutes"]) == ("Mon, Wed", 540, 30)
    assert told(tables) == []


def test_a_start_that_is_a_period_needs_no_end() -> None:
    tables = read(
        {
            "Schedule": "Student | Service | Days | Time\nAna R. | Speech therapy | Mon | Period 2",
            "Bell Schedule": "Period | Start | End\n1 | 8:00 | 8:45\n2 | 9:00 | 9:45",
        }
    )
    assert tables.schedule[["start", "minutes"]].to_numpy().tolist() == [[540, 45]]


@pytest.mark.parametrize(
    ("headers", "row"),
    [("Days | Time", "Mon | 9:00"), ("When", "Mon"), ("Time", "9:00-9:30"), ("Days | Minutes", "Mon | 30")],
)
def test_a_schedule_in_which_no_cell_says_it_still_lacks_the_column(headers: str, row: str) -> None:
    with pytest.raises(CannotCount, match="has no column"):
        read({"Schedule": f"Student | Service | {headers}\nAna R. | Speech therapy | {row}"})


STATUSES = [
    ("Attended", "Yes", Category.DELIVERED),
    ("Attended?", "Y", Category.DELIVERED),
    ("Present (Y/N)", "y", Category.DELIVERED),
    ("Seen?", "✓", Category.DELIVERED),
    ("Session held", "yes", Category.DELIVERED),
    ("Delivered?", "Yes", Category.DELIVERED),
    ("Attended?", "No", Category.UNKNOWN),
    ("Attended?", "N", Category.UNKNOWN),
    ("Attended", "P", Category.UNKNOWN),
    ("P/A", "P", Category.DELIVERED),
    ("P/A", "A", Category.STUDENT_ABSENT),
    ("Present/Absent", "a", Category.STUDENT_ABSENT),
    ("P/A", "Y", Category.UNKNOWN),
    ("What happened?", "SLP absent", Category.PROVIDER_ABSENT),
    ("What happened?", "Yes", Category.UNKNOWN),
]


@pytest.mark.parametrize(("header", "status", "category"), STATUSES)
def test_a_log_may_call_its_status_by_what_it_asks(header: str, status: str, category: Category) -> None:
    log = f"Date | Student | Service | {header}\n2025-10-06 | Ana R. | Speech therapy | {status}"
    tables = read({"Service Log": log})
    assert tables.log["category"].tolist() == [category]
    assert [p.severity for p in tables.problems] == (["error"] if category == Category.UNKNOWN else [])


def test_beside_a_status_such_a_column_is_asked_about_as_before() -> None:
    log = "Date | Student | Service | Attended | Status\n2025-10-06 | Ana R. | Speech | No | Delivered"
    assert [p.severity for p in read({"Service Log": log}).problems] == ["question"]


@pytest.mark.parametrize("header", ["Service type", "Type", "Type of therapy"])
@pytest.mark.parametrize("name", ["Name", "Initials"])
def test_service_and_student_may_be_called_by_words_of_many_meanings(header: str, name: str) -> None:
    typed = {"Name": "Ana R.", "Initials": "A.R."}[name]
    tables = read(
        {"Service Log": f"Date | {name} | {header} | Status\n10/6/2025 | {typed} | Speech | Delivered"}
    )
    assert tables.log[["student", "service"]].to_numpy().tolist() == [["Ana R.", "Speech therapy"]]


def test_a_type_that_is_no_service_is_none() -> None:
    log = "Date | Student | Type | Status\n10/6/2025 | Ana R. | Pull-out | Delivered"
    grid = "Student | Service | Frequency\nAna R. | Speech | 2x30/wk\nAna R. | OT | 1x30/wk"
    with pytest.raises(CannotCount, match='no column "Service"'):
        read({"Service Log": log, "Service Grid": grid})


@pytest.mark.parametrize(
    ("staff", "name"),
    [
        ("First Name | Last Name | Role\nJo | Rivera | SLP", "Jo Rivera"),
        ("Last | First | Role\nRivera | Jo | SLP", "Jo Rivera"),
        ("Staff | First name | Role\nJo Rivera | Jo | SLP", "Jo Rivera"),
    ],
)
def test_the_names_of_staff_may_stand_in_two_columns(staff: str, name: str) -> None:
    assert read({"Staff": staff}).staff["name"].tolist() == [name]
