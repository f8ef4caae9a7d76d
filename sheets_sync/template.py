"""A new workbook to start with: every tab that staff keep, and one example in it that can be counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sheets_sync.sample.staff_tabs import TypedRow

STUDENT = "EXAMPLE Ana R."
PROVIDER = "EXAMPLE J. Rivera"
DELETE_ME = "Example: write over it or delete this row."


def write_template(path: Path, today: date | None = None) -> None:
    """Write the workbook: headers, dropdowns, help on the headers, one example student. Raises OSError."""
    from sheets_sync.sample.writer import write_staff_workbook

    write_staff_workbook(path, example_rows(today), title="Service tracking")


def example_rows(today: date | None = None) -> Mapping[str, Sequence[TypedRow]]:
    """Return the example: one student, one weekly session on Wednesdays, one entry, tab by tab.

    It lies in the week before `today` (default: the machine's date), or in the last week of the school year
    before it, so that the untouched template counts without a question.
    """
    first_day, last_day, monday = _school_year(today or datetime.now().astimezone().date())
    wednesday = monday + timedelta(days=2)
    return {
        **_people(monday),
        **_one_service(monday, wednesday),
        "Calendar": [
            {"Date": first_day, "Kind": "First day", "Label": "Example: write your school's own dates"},
            {"Date": last_day, "Kind": "Last day", "Label": "Example"},
            {"Date": _labor_day(first_day.year), "Kind": "No school", "Label": "Example: Labor Day"},
        ],
        "Attendance": [{"Date": wednesday, "Student": STUDENT, "Attendance": "tardy", "Time": time(8, 40)}],
    }


def _people(plan_starts: date) -> dict[str, Sequence[TypedRow]]:
    student: TypedRow = {
        "Student ID": "0001",
        "Student": STUDENT,
        "Grade": "3",
        "School": "Example School",
        "Case manager": "EXAMPLE C. Manager",
        "Case manager email": "case.manager@example.org",
        "Plan": "IEP",
        "IEP start": plan_starts,
        "IEP end": plan_starts + timedelta(days=364),
        "Notes": DELETE_ME,
    }
    provider: TypedRow = {
        "Name": PROVIDER,
        "Role": "Speech-language pathologist",
        "Services": "Speech therapy",
        "Email": "j.rivera@example.org",
        "Supervisor": "EXAMPLE S. Director",
        "Supervisor email": "director@example.org",
    }
    return {"Caseload": [student], "Staff": [provider]}


def _one_service(starts: date, given: date) -> dict[str, Sequence[TypedRow]]:
    service: TypedRow = {
        "Student": STUDENT,
        "Service": "Speech therapy",
        "Provider": PROVIDER,
        "Group": "individual",
        "Notes": DELETE_ME,
    }
    promised: TypedRow = {
        "Frequency": "1 x 30 min / week",
        "Setting": "Special education",
        "Start date": starts,
    }
    planned: TypedRow = {"Days": "Wed", "Start": time(9, 0), "End": time(9, 30), "Location": "Room 12"}
    entry: TypedRow = {"Date": given, "Start": time(9, 0), "Minutes": 30, "Status": "Delivered"}
    return {
        "Service Grid": [service | promised],
        "Schedule": [service | planned],
        "Service Log": [service | entry],
    }


def _school_year(today: date) -> tuple[date, date, date]:
    """Return the first and last day of school and the Monday of the example's week, a week before today."""
    monday = _monday(today) - timedelta(weeks=1)
    first_day, last_day = _year_from(monday.year if monday.month >= 8 else monday.year - 1)
    if monday < first_day:
        first_day, last_day = _year_from(first_day.year - 1)
    return first_day, last_day, min(monday, _monday(last_day))


def _year_from(year: int) -> tuple[date, date]:
    """Return the last Monday of August and a Friday in the middle of June, a usual school year."""
    return _monday(date(year, 8, 31)), _monday(date(year + 1, 6, 14)) + timedelta(days=4)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _labor_day(year: int) -> date:
    return _monday(date(year, 9, 7))
