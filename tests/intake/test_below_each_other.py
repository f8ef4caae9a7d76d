"""A Calendar and a Staff of which a part is kept in another workbook ([[sources]]): both are read.

A Caseload of which a part is there is joined by student, as its charts are (test_caseload_charts.py).
"""

from __future__ import annotations

from sheets_sync.ports import Sheet
from sheets_sync.tables import Tables
from tests.intake.small_workbook import cells, read, told

OWN = """
    Date       | Kind      | Label
    2025-08-25 | First day |
    2026-06-11 | Last day  |
    2025-10-21 | No school | Storm
    """
DISTRICT = """
    Kind      | Date       | Label
    First day | 2025-08-25 |
    Last day  | 2026-06-11 |
    No school | 2025-11-11 | Veterans Day
    """


def elsewhere(name: str, tab: str, table: str) -> dict[str, Sheet]:
    return {name: Sheet(name, cells(table), as_tab=tab)}


def days(tables: Tables) -> list[tuple[str, str]]:
    assert tables.calendar is not None
    closed = tables.calendar[tables.calendar["kind"] == "no school"]
    return [
        (tables.at("Calendar", row), str(day.date()))
        for row, day in zip(closed["row"].tolist(), closed["date"], strict=True)
    ]


def test_the_calendars_of_two_workbooks_are_read_together() -> None:
    """What both say alike is no question; that of the workbook itself is first."""
    tables = read({"Calendar": OWN, **elsewhere("District: Dates", "Calendar", DISTRICT)})
    assert days(tables) == [("Calendar!A4", "2025-10-21"), ("District: Dates!A4", "2025-11-11")]
    assert told(tables) == []


def test_the_calendars_of_two_other_workbooks_are_read_together() -> None:
    sheets = {
        "Calendar": None,
        **elsewhere("District: Dates", "Calendar", DISTRICT),
        **elsewhere("State: Dates", "Calendar", OWN),
    }
    tables = read(sheets)
    assert days(tables) == [("District: Dates!A4", "2025-11-11"), ("State: Dates!A4", "2025-10-21")]


def test_two_first_days_are_asked_about_and_a_bad_row_is_named_where_it_stands() -> None:
    other = DISTRICT.replace("First day | 2025-08-25", "First day | 2025-09-02").replace("No school", "Nope")
    tables = read({"Calendar": OWN, **elsewhere("District: Dates", "Calendar", other)})
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [
        ("error", "District: Dates!A4"),
        ("question", "District: Dates!A2"),
    ]


def test_one_calendar_with_two_first_days_is_asked_about_as_before() -> None:
    assert [cell for _, cell, _ in told(read({"Calendar": OWN + "2025-08-25 | First day |"}))] == [
        "Calendar!B5"
    ]


STAFF = """
    Name    | Role | Email
    Kim Lee | SLP  | kim@school.example
    """
AGENCY = """
    Email              | Name
    sam@agency.example | Sam Poe
    lee@agency.example | Kim Lee
    """


def test_the_staff_of_two_workbooks_is_read_together() -> None:
    tables = read({"Staff": STAFF, **elsewhere("Agency: People", "Staff", AGENCY)})
    assert [tables.at("Staff", row) for row in tables.staff["row"].tolist()] == [
        *("Staff!A2", "Agency: People!A2", "Agency: People!A3")
    ]
    assert tables.staff["email"].tolist() == [
        *("kim@school.example", "sam@agency.example", "lee@agency.example")
    ]
    ((severity, cell, problem),) = told(tables)
    assert (severity, cell) == ("question", "Agency: People!B3")
    assert problem.startswith('The name stands in row 2 of the tab "Staff" too, with another address')
    assert tables.place("Staff", "Email", tables.staff["row"].tolist()[1]) == ("Agency: People", "A2")


def test_a_caseload_elsewhere_is_joined_by_student_with_the_workbooks_own() -> None:
    office = "Student | Grade | Case manager email\nAna R. | 3 | cm@school.example\nZoe T. | 4 |"
    tables = read(elsewhere("Office: List", "Caseload", office))
    assert tables.students[["student", "grade"]].to_numpy().tolist() == [
        *(["Ana R.", "3"], ["Ben T.", ""], ["Zoe T.", "4"])
    ]
    assert [one for one in told(tables) if "read as one Caseload" in one[2]]
