"""Groups over headers: what stands below one is the column, is another, or is asked about."""

from __future__ import annotations

from typing import Any

import pytest

from sheets_sync.intake.two_header_rows import with_one_header_row
from sheets_sync.ports import Sheet

ANA = "Ana Rivera"

ASKED = [
    (
        "other columns say when",
        "Schedule",
        ["Student", "Service", "Days", "Start", "Minutes", "Aide", None],
        [None, None, None, None, None, "Start", "End"],
        [ANA, "Speech", "Mon", "9:00", 30.0, "8:30", "11:00"],
        {"F3": "not read as Start and End: other headers"},
    ),
    (
        "nothing tells which",
        "Service Log",
        ["Date", "Student", "Service", "Status", "Speech", "OT"],
        [None, None, None, None, "Minutes", "Minutes"],
        ["9/8", ANA, "Speech", "Seen", 30.0, 15.0],
        {"E3": "not read as Minutes", "F3": "not read as Minutes"},
    ),
    (
        "what was given counts",
        "Service Log",
        ["Date", "Student", "Service", "Status", "Ordered", "Rendered"],
        [None, None, None, None, "Minutes", "Minutes"],
        ["9/8", ANA, "Speech", "Seen", 30.0, 15.0],
        {},
    ),
    (
        "no other column",
        "Service Log",
        ["Date", "Student", "Service", "Status", "Billing", None],
        [None, None, None, None, "Start", "Code"],
        ["9/8", ANA, "Speech", "Seen", "9:00", "92507"],
        {"E3": "not read as Start: that may make"},
    ),
    (
        "a required column",
        "Service Grid",
        ["Student", "Service", "ESY", None, None],
        [None, None, "Sessions", "Minutes", "Per"],
        [ANA, "Speech", 2.0, 30.0, "week"],
        {"C3": "is read as Sessions, Minutes and Per: that may"},
    ),
    (
        "surely another column",
        "Schedule",
        ["Student", "Service", "Days", "Start", "Minutes", "Lunch", None],
        [None, None, None, None, None, "Start", "End"],
        [ANA, "Speech", "Mon", "9:00", 30.0, "11:00", "11:30"],
        {},
    ),
]


_GRID = (["Student", "Service", "Frequency"], [ANA, "Speech", "2x30/wk"])
_SCHEDULE = (["Student", "Service", "Days", "Minutes"], [ANA, "Speech", "Mon", 30.0])
_LOG = (["Date", "Student", "Service", "Status"], ["9/8", ANA, "Speech", "Seen"])
NOT, READ = "is not read as", "is read as"
OF_A_GROUP = [
    # the tab, its columns without a group and their row, the groups, what stands below, what is said of it
    ("Service Grid", _GRID, ("Effective", "Term", "Service dates", "Per IEP term", "In effect"), "Start", ""),
    ("Service Grid", _GRID, ("Hold", "Leave", "Authorization", "Consent dates", "Gap", "Rx"), "Start", NOT),
    ("Service Grid", _GRID, ("Not in effect", "School hours", "RTI", "Trial period"), "End date", NOT),
    ("Service Grid", _GRID, ("Gen ed", "School day", "Reading", "Given", "Year to date"), "Minutes", NOT),
    ("Service Grid", _GRID, ("Gen ed", "Teacher", "Classroom"), "Provider", NOT),
    ("Service Grid", _GRID, ("Assigned staff", "Service delivery"), "Provider", ""),
    ("Service Grid", (_GRID[0][:2], _GRID[1][:2]), ("Mandate", "IEP minutes", "Freq"), "Frequency", ""),
    ("Service Grid", (_GRID[0][:2], _GRID[1][:2]), ("District", "Speech"), "Frequency", READ),
    ("Schedule", _SCHEDULE, ("Therapy times", "Session", "Weekly schedule", "Pull-out"), "Start", ""),
    ("Schedule", _SCHEDULE, ("Class", "Math", "Whole class"), "Start", READ),
    ("Calendar", (["Kind", "Label"], ["No school", "snow"]), ("Closed", "School calendar"), "Date", ""),
    ("Calendar", (["Kind", "Label"], ["No school", "snow"]), ("Camp", "IEP meetings"), "Date", READ),
    ("Service Log", _LOG, ("Time in/out", "Actual session", "Clock"), "Start", ""),
    ("Service Log", _LOG, ("Nurse", "Teacher", "Para", "Setup", "Other", "Notes"), "Start", NOT),
    ("Service Log", _LOG, ("Outcome", "If absent", "Documentation", "Other", "Notes"), "Reason", ""),
    ("Service Log", _LOG, ("Seating", "Behavior"), "Reason", NOT),
    ("Caseload", (["Student", "Notes"], [ANA, "new"]), ("Team", "Case manager"), "Exit date", ""),
    ("Caseload", (["Student", "Notes"], [ANA, "new"]), ("Camp", "Clinic"), "Exit date", NOT),
]


@pytest.mark.parametrize(
    ("tab", "beside", "group", "below", "said"),
    [(tab, beside, group, *rest) for tab, beside, groups, *rest in OF_A_GROUP for group in groups],
)
def test_below_a_group_that_may_mean_anything_a_header_is_asked_about(
    tab: str, beside: tuple[list[Any], list[Any]], group: str, below: str, said: str
) -> None:
    headers, record = beside
    place = len(headers)
    rows = [[*headers, group, None], [*[None] * place, below, "Room"], [*record, "9:00", "12"]]
    one = with_one_header_row(Sheet(tab, rows), tab, {}, {})
    assert one.sheet.rows[1][place] in ([f"{group} {below}"] if said == NOT else [below, f"{group} {below}"])
    assert [problem.cell for problem in one.problems] == ([f"{'ABCDEF'[place]}2"] if said else [])
    assert all(said in problem.problem for problem in one.problems)


def test_what_is_needed_is_read_below_any_group_with_what_it_says_together() -> None:
    rows: list[list[Any]] = [
        ["Student", "Service", "District", None, None, None],
        [None, None, "Frequency", "Duration", "Start", "End"],
        [ANA, "Speech", "2x/week", "30 min", "9/1", "6/11"],
    ]
    one = with_one_header_row(Sheet("Service Grid", rows), "Service Grid", {}, {})
    assert list(one.sheet.rows[1]) == [
        *("Student", "Service", "Frequency", "Duration", "District Start", "District End")
    ]
    assert [problem.problem.split(":")[0].split(") ")[1] for problem in one.problems] == [
        "is read as Frequency and Minutes",
        "is not read as Start date and End date",
    ]


@pytest.mark.parametrize(("why", "tab", "upper", "lower", "row", "asked"), ASKED)
def test_what_a_group_may_make_another_column_is_asked_about(
    why: str, tab: str, upper: list[Any], lower: list[Any], row: list[Any], asked: dict[str, str]
) -> None:
    problems = with_one_header_row(Sheet(tab, [["Maple Hill"], upper, lower, row]), tab, {}, {}).problems
    assert [one.cell for one in problems] == list(asked), why
    assert all(text in one.problem for one, text in zip(problems, asked.values(), strict=True)), why


@pytest.mark.parametrize(
    ("first", "second", "is_read"), [("Now", "Last year", True), ("Now", "In class", False)]
)
def test_of_two_groups_that_say_how_often_none_is_read_unless_one_is_surely_another(
    first: str, second: str, is_read: bool
) -> None:
    rows: list[list[Any]] = [
        ["Student", "Service", first, None, second, None],
        [None, None, "Freq", "Min", "Freq", "Min"],
        [ANA, "Speech", "2x/week", 30.0, "1x/week", 30.0],
    ]
    one = with_one_header_row(Sheet("Service Grid", rows), "Service Grid", {}, {})
    assert (one.sheet.rows[0] == []) is is_read
    assert one.problems == ()
