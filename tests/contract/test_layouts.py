"""A schedule kept as a week grid and a log kept as an attendance grid, in either house, as the lists are."""

from __future__ import annotations

from datetime import date

import pytest

from tests.contract.houses import House, Rows
from tests.contract.school import TODAY

CASELOAD: Rows = [["Student", "Case manager email"], ["Ana R.", "cm@x.example"], ["Ben T.", "cm@x.example"]]
GRID: Rows = [
    ["Student", "Service", "Frequency", "Provider"],
    ["Ana R.", "Speech", "2 x 30 min / week", "K. Lee"],
    ["Ben T.", "Speech", "1 x 30 min / week", "K. Lee"],
]
CALENDAR: Rows = [["Date", "Kind"], [date(2025, 9, 29), "First day"], [date(2026, 6, 11), "Last day"]]
LISTS = {
    "Schedule": [
        ["Student", "Service", "Days", "Start", "End"],
        ["Ana R.", "Speech", "Mon", "9:00", "9:30"],
        ["Ben T.", "Speech", "Mon", "9:00", "9:30"],
        ["Ana R.", "Speech", "Wed", "9:30", "10:00"],
    ],
    "Service Log": [
        ["Date", "Student", "Service", "Status"],
        [date(2025, 9, 29), "Ana R.", "Speech", "Provider absent"],
        [date(2025, 9, 29), "Ben T.", "Speech", 30],
        [date(2025, 10, 1), "Ana R.", "Speech", "Delivered"],
    ],
}
GRIDS = {
    "Schedule": [
        ["Speech, Ms. K. Lee"],
        ["", "Mon", "Tue", "Wed"],
        ["9:00-9:30", "Ana R., Ben T.", "Lunch", None],
        ["9:30-10:00", None, None, "Ana R."],
    ],
    "Service Log": [
        ["Speech", "P = present", "S: provider absent"],
        ["Student", date(2025, 9, 29), "10/1", "10/6"],
        ["Ana R.", "S", "P", None],
        ["Ben T.", 30, None, None],
    ],
}


@pytest.fixture
def others() -> dict[str, Rows]:
    return {"Caseload": CASELOAD, "Service Grid": GRID, "Calendar": CALENDAR}


def test_grids_count_as_lists_do(house: House, others: dict[str, Rows]) -> None:
    lists, grids = (house.make({**others, **tabs}).sync(TODAY) for tabs in (LISTS, GRIDS))
    keys = {"line"}
    assert [{**one, **dict.fromkeys(keys)} for one in grids["lines"]] == [
        {**one, **dict.fromkeys(keys)} for one in lists["lines"]
    ]
    assert grids["problems"] == lists["problems"]


def test_explain_leads_to_the_cells_of_the_grids(house: House, others: dict[str, Rows]) -> None:
    book = house.make({**others, **GRIDS})
    told = book.run("explain", "Ana R.", "--json", today=TODAY).json
    (line,) = told["lines"]
    sessions = [one for period in line["periods"] for one in period["sessions"]]
    by_date = {(one["date"], one["account"]): one["cells"] for one in sessions}
    assert by_date["2025-09-29", "owed"] == ["Schedule!B3", "Service Log!B3"]
    assert by_date["2025-10-01", "delivered"] == ["Schedule!D4", "Service Log!C3"]


def test_check_says_what_each_tab_was_taken_for(house: House, others: dict[str, Rows]) -> None:
    said = house.make({**others, **GRIDS}).run("check", today=TODAY).out
    assert '"Schedule" is read as a week grid: 2 times down, 3 days across, 2 sessions' in said
    assert '"Service Log" is read as an attendance grid: 2 students down, 3 dates across' in said


def test_a_code_that_is_added_is_counted_the_next_night(house: House, others: dict[str, Rows]) -> None:
    book = house.make({**others, **GRIDS})
    before = book.sync(TODAY)["lines"][0]["not_logged"]
    book.type("Service Log", "D3", "P")
    after = book.sync(TODAY)["lines"][0]
    assert (before - after["not_logged"], after["behind"]) == (30, 30)


def test_services_in_columns_of_the_caseload_count_as_a_service_grid_does(
    house: House, others: dict[str, Rows]
) -> None:
    caseload: Rows = [
        ["Student", "Case manager email", "SLP"],
        ["Ana R.", "cm@x.example", "2 x 30 min / week"],
        ["Ben T.", "cm@x.example", "1 x 30 min / week"],
    ]
    columns = {"Caseload": caseload, "Calendar": CALENDAR, **LISTS}
    listed, across = (house.make(tabs).sync(TODAY)["lines"] for tabs in ({**others, **LISTS}, columns))
    assert [one["cell"] for one in across] == ["Caseload!C2", "Caseload!C3"]
    apart = dict.fromkeys(("line", "provider", "cell"))
    assert [{**one, **apart} for one in across] == [{**one, **apart} for one in listed]
