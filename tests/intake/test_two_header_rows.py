"""Headers in two rows: groups over their columns, beside headers with nothing below (part 4, "Layouts")."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake.two_header_rows import with_one_header_row
from sheets_sync.intake.used_columns import COLUMNS
from sheets_sync.ports import Sheet
from sheets_sync.problems import Severity

ANA = "Ana Rivera"

READ_AS = [
    (
        "Service Grid",
        ["Student", "Service", "Amount", None, None, "Provider"],
        [None, None, "Sessions", "Minutes", "Per", None],
        [ANA, "Speech", 2.0, 30.0, "week", "Kim Lee"],
        ["Student", "Service", "Sessions", "Minutes", "Per", "Provider"],
    ),
    (
        "Service Grid",
        ["Student", None, "Service", "Frequency", "Dates", None],
        ["Last name", "First name", None, None, "Start", "End"],
        ["Rivera", "Ana", "Speech", "2x30/wk", None, None],
        ["Student Last name", "Student First name", "Service", "Frequency", "Dates Start", "Dates End"],
    ),
    (
        "Schedule",
        ["Student", "Service", "Days", "Time", None, "Provider"],
        [None, None, None, "Start", "End", "Name"],
        [ANA, "Speech", "Mon", "9:00", "9:30", "Kim Lee"],
        ["Student", "Service", "Days", "Time Start", "Time End", "Provider Name"],
    ),
    (
        "Service Log",
        ["Date", "Student", "Service", "Planned", "Given", None],
        [None, None, None, "Minutes", "Minutes", "Status"],
        ["9/8", ANA, "Speech", 30.0, 20.0, "Seen"],
        ["Date", "Student", "Service", "Planned Minutes", "Given Minutes", "Status"],
    ),
    (
        "Service Log",
        ["Date", "Student", "Service", "Cancelled", "Session"],
        [None, None, None, "Minutes", "Status"],
        ["9/8", ANA, "Speech", 30.0, "Seen"],
        ["Date", "Student", "Service", "Cancelled Minutes", "Session Status"],
    ),
    (
        "Caseload",
        ["Student", "Grade", "Case manager", None],
        ["Name", None, "Name", "Email"],
        [ANA, 3.0, "Pat Doe", "pdoe@school.example"],
        ["Student Name", "Grade", "Case manager Name", "Case manager Email"],
    ),
    (
        "Schedule",
        ["Student", "Service", "Days", "Session", "Lunch", None],
        [None, None, None, "Time", "Start", "End"],
        [ANA, "Speech", "Mon", "9:00-9:30", "11:00", "11:30"],
        ["Student", "Service", "Days", "Session Time", "Lunch Start", "Lunch End"],
    ),
    (
        "Service Log",
        ["Date", "Student", "Service", "Session", "Travel"],
        [None, None, None, "Status", "Minutes"],
        ["9/8", ANA, "Speech", "Seen", 15.0],
        ["Date", "Student", "Service", "Session Status", "Travel Minutes"],
    ),
    (
        "Service Grid",
        ["Student", "Service", "Amount", "IEP", None],
        [None, None, "Frequency", "Start", "End"],
        [ANA, "Speech", "2x30/wk", "11/16", "11/15"],
        ["Student", "Service", "Amount Frequency", "IEP Start", "IEP End"],
    ),
    (
        "Service Log",
        ["Date", "Student", "Service", "Minutes", None, "Status"],
        [None, None, None, "Scheduled", "Delivered", None],
        ["9/8", ANA, "Speech", 30.0, 15.0, "Seen"],
        ["Date", "Student", "Service", "Minutes Scheduled", "Minutes Delivered", "Status"],
    ),
    (
        "Service Grid",
        ["Student", "Service", "Frequency", None],
        [None, None, "Old", "New"],
        [ANA, "Speech", "3x30/wk", "2x30/wk"],
        ["Student", "Service", "Old", "New"],
    ),
    (
        "Service Grid",
        ["Student", "Service", "Frequency", "IEP", None],
        [None, None, None, "Start", "End"],
        [ANA, "Speech", "2x30/wk", "11/16", "11/15"],
        ["Student", "Service", "Frequency", "IEP Start", "IEP End"],
    ),
    (
        "Service Log",
        ["Date", "Student", "Service", "Status", "Make-up", None],
        [None, None, None, None, "Date", "Minutes"],
        ["9/8", ANA, "Speech", "SLP absent", "10/9", 30.0],
        ["Date", "Student", "Service", "Status", "Make-up Date", "Make-up Minutes"],
    ),
    (
        "Service Log",
        ["Date", "Student", "Service", "Session", None, "Status", "Record", None],
        [None, None, None, "Start", "Minutes", None, "Reason", "Notes"],
        ["9/8", ANA, "Speech", "9:00", 0.0, "Absent", "SLP out sick", None],
        ["Date", "Student", "Service", "Session Start", "Session Minutes", "Status", "Reason", "Notes"],
    ),
    (
        "Schedule",
        ["Student", "Service", "Pull-out", None, None, "Effective", None],
        [None, None, "Day", "Start", "End", "From", "To"],
        [ANA, "Speech", "Mon", "9:00", "9:30", "9/1", "10/30"],
        ["Student", "Service", "Day", "Start", "End", "Effective From", "To"],
    ),
    (
        "Service Grid",
        ["Student", "Service", "Mandate", None, "Provider"],
        [None, None, "Frequency", "Duration", None],
        [ANA, "Speech", "2x/week", "30 min", "Kim Lee"],
        ["Student", "Service", "Frequency", "Duration", "Provider"],
    ),
    (
        "Service Grid",
        ["Student", "Service", "Weekly service", None, None],
        [None, None, "Sessions", "Minutes", "Per"],
        [ANA, "Speech", 2.0, 30.0, "week"],
        ["Student", "Service", "Sessions", "Minutes", "Per"],
    ),
    (
        "Service Grid",
        ["Student", "Service", "School year", None, None, "ESY", None, None],
        [None, None, "Sessions", "Minutes", "Per", "Sessions", "Minutes", "Per"],
        [ANA, "Speech", 2.0, 30.0, "week", 1.0, 20.0, "week"],
        ["Student", "Service", "Sessions", "Minutes", "Per", "ESY Sessions", "ESY Minutes", "ESY Per"],
    ),
    (
        "Service Grid",
        ["Student", "Service", "Minutes per week", None],
        [None, None, "Individual", "Group"],
        [ANA, "Speech", 30.0, 30.0],
        ["Student", "Service", "Minutes per week Individual", "Minutes per week Group"],
    ),
    (
        "Service Log",
        ["Date", "Student", "Service", "Provided", None, None],
        [None, None, None, "Start", "Minutes", "Status"],
        ["9/8", ANA, "Speech", "9:00", 15.0, "Seen"],
        ["Date", "Student", "Service", "Provided Start", "Provided Minutes", "Status"],
    ),
    (
        "Service Log",
        ["Date", "Student", "Service", "Status", "If make-up", None],
        [None, None, None, None, "Make-up for", "Date"],
        ["10/9", ANA, "Speech", "Make-up", "10/5", None],
        ["Date", "Student", "Service", "Status", "Make-up for", "If make-up Date"],
    ),
    (
        "Caseload",
        ["Student", None, "Exit", None],
        ["Name", "Student ID", "Date", "Reason"],
        [ANA, "S1", "10/9", "moved"],
        ["Student Name", "Student Student ID", "Exit Date", "Exit Reason"],
    ),
    (
        "Calendar",
        ["Dates", None, "Event", None],
        ["From", "To", "Kind", "Label"],
        ["11/25", "11/27", "No school", "Thanksgiving"],
        ["Dates From", "Dates To", "Kind", "Label"],
    ),
]


@pytest.mark.parametrize(("tab", "upper", "lower", "row", "headers"), READ_AS)
def test_two_rows_of_headers_are_one_at_the_lower(
    tab: str, upper: list[Any], lower: list[Any], row: list[Any], headers: list[Any]
) -> None:
    sheet = Sheet(tab, [["Maple Hill"], upper, lower, row])
    one = with_one_header_row(sheet, tab, {}, {}).sheet
    assert list(one.rows) == [["Maple Hill"], [], headers, row]


LEFT_AS_IT_IS = [
    ("the header is one row", "Service Grid", [["Student", "Service", "Frequency", "Group", "Provider"]]),
    (
        "a value of the first record reads as a header",
        "Service Grid",
        [
            ["Student", "Service", "Frequency", "Setting", "Provider"],
            [ANA, "Speech", "2x30/wk", "Group", None],
        ],
    ),
    (
        "a line above the header says whose log it is",
        "Service Log",
        [["Student", ANA, None, None, "Provider", "Kim Lee"], ["Date", "Service", "Status", "Student"]],
    ),
    ("numbers are data", "Service Log", [["Date", "Student", "Service"], [3.0, "Status", None]]),
]


@pytest.mark.parametrize(("why", "tab", "rows"), LEFT_AS_IT_IS)
def test_what_is_no_header_of_two_rows_stays(why: str, tab: str, rows: list[list[Any]]) -> None:
    sheet = Sheet(tab, [*rows, [ANA, "Speech", "2x30/wk"]])
    assert with_one_header_row(sheet, tab, {}, {}).sheet is sheet, why


TEXTS = st.one_of(
    st.none(),
    st.sampled_from(
        ("Student", "Date", "Service", "Status", "Delivered", "Session", "IEP", "Start", "End", "Minutes")
    ),
    st.text(max_size=8),
)


@settings(max_examples=25)
@given(
    tab=st.sampled_from(sorted(COLUMNS)),
    rows=st.lists(st.lists(TEXTS, min_size=6, max_size=6), min_size=2, max_size=3),
)
def test_whatever_stands_in_two_rows_no_row_is_lost(tab: str, rows: list[list[Any]]) -> None:
    records: list[list[Any]] = [[ANA, "9/8", "Speech", "Seen", 30.0, None]]
    one = with_one_header_row(Sheet(tab, [*rows, *records]), tab, {}, {})
    assert len(one.sheet.rows) == len(rows) + 1
    assert list(one.sheet.rows[-1:]) == records
    assert all(problem.severity is Severity.QUESTION for problem in one.problems)
