"""Headers of columns and names of tabs, beside those of phrases/headers.csv: text -> canonical name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.headers import read_header, tab_name

ON_TABS = [
    ("Caseload", "Student Name", "Student"),
    ("Caseload", "Last, First", "Student"),
    ("Caseload", "Grade Level", "Grade"),
    ("Caseload", "Case Mgr", "Case manager"),
    ("Caseload", "CM", "Case manager"),
    ("Caseload", "casemanager e-mail", "Case manager email"),
    ("Caseload", "DOB", "Date of birth"),
    ("Caseload", "Annual Review Due", "IEP end"),
    ("Caseload", "Tri Due", "Evaluation due"),
    ("Caseload", "Exit", "Exit date"),
    ("Caseload", "Teacher*", "Classroom teacher"),
    ("Service Grid", "Service(s)", "Service"),
    ("Service Grid", "Frequency *", "Frequency"),
    ("Service Grid", "Freq.", "Frequency"),
    ("Service Grid", "# Sessions/Week", "Sessions"),
    ("Service Grid", "Times per Week", "Sessions"),
    ("Service Grid", "Minutes/Session", "Minutes"),
    ("Service Grid", "Session Length (min)", "Minutes"),
    ("Service Grid", "Duration", "Minutes"),
    ("Service Grid", "Period", "Per"),
    ("Service Grid", "Ind/Grp", "Group"),
    ("Service Grid", "Service\nProvider", "Provider"),
    ("Service Grid", "Location", "Setting"),
    ("Service Grid", "Start", "Start date"),
    ("Service Grid", "End", "End date"),
    ("Service Grid", "start_date", "Start date"),
    ("Service Grid", "ESY?", "ESY"),
    ("Schedule", "Start", "Start"),
    ("Schedule", "End", "End"),
    ("Schedule", "Start Time", "Start"),
    ("Schedule", "Time Out", "End"),
    ("Schedule", "Start Date", "From"),
    ("Schedule", "End Date", "To"),
    ("Schedule", "Day(s)", "Days"),
    ("Schedule", "Day of the week", "Days"),
    ("Schedule", "Room #", "Location"),
    ("Service Log", "Session Date", "Date"),
    ("Service Log", "DOS", "Date"),
    ("Service Log", "Time In", "Start"),
    ("Service Log", "Minutes Served", "Minutes"),
    ("Service Log", "Attendance", "Status"),
    ("Service Log", "Code", "Status"),
    ("Service Log", "Make up for", "Make-up for"),
    ("Service Log", "Reason Missed", "Reason"),
    ("Service Log", "Notes/Comments", "Notes"),
    ("Service Log", "STUDENT:", "Student"),
    ("Calendar", "Start Date", "Date"),
    ("Calendar", "End", "To"),
    ("Calendar", "Event Type", "Kind"),
    ("Calendar", "Description", "Label"),
    ("Staff", "Staff Name", "Name"),
    ("Staff", "Position", "Role"),
    ("Staff", "E-mail", "Email"),
    ("Attendance", "Status", "Attendance"),
    ("Attendance", "Arrival Time", "Time"),
]

UNKNOWN_ON_TABS = [
    ("Service Grid", "Minutes/Week Required (Weekly only)"),
    ("Service Grid", "Total Minutes (min/year)"),
    ("Service Grid", "Frequency (other)"),
    ("Service Grid", "Total Minutes Per Session Indirect"),
    ("Service Grid", "Goal 1"),
    ("Staff", "Nickname"),
    ("Caseload", "IEP date"),
    ("Caseload", "SEIS ID"),
    ("Service Log", "Day"),
    ("Service Log", "Notes 2"),
    ("Service Log", "Minutes Owed"),
    ("Schedule", "End_1"),
    ("Schedule", ""),
]


@pytest.mark.parametrize(("tab", "text", "column"), ON_TABS)
def test_a_header_is_read_on_its_tab(tab, text, column):
    assert read_header(text, tab=tab).value == column


@pytest.mark.parametrize(("tab", "text"), UNKNOWN_ON_TABS)
def test_a_header_that_is_none_of_the_tabs_columns_is_left_alone(tab, text):
    assert read_header(text, tab=tab).value is None
    assert read_header(text, tab=tab).problem


@pytest.mark.parametrize(
    "text", ["Start", "End", "Frequency", "Duration", "IEP date", "Tri", "From", "To", "Time", "Owner"]
)
def test_without_a_tab_a_header_of_several_meanings_is_refused(text):
    assert read_header(text).value is None
    assert read_header(text).problem


def test_the_configuration_goes_first():
    columns = {"Status": "Did it happen?", "Start": "from"}
    assert read_header("did it happen?", tab="Service Log", columns=columns).value == "Status"
    assert read_header("From", tab="Schedule", columns=columns).value == "Start"


@pytest.mark.parametrize(
    ("text", "tab"),
    [
        ("Service Grid", "Service Grid"),
        ("SERVICE_GRID", "Service Grid"),
        ("ServiceGrid", "Service Grid"),
        ("IEP Services", "Service Grid"),
        ("Service Log 25-26", "Service Log"),
        ("Therapy Log 2025-2026", "Service Log"),
        ("Session Log", "Service Log"),
        ("My Caseload", "Caseload"),
        ("Case Load", "Caseload"),
        ("Roster", "Caseload"),
        ("Schedules", "Schedule"),
        ("School Calendar", "Calendar"),
        ("Providers", "Staff"),
        ("Attendance", "Attendance"),
        ("Compliance", None),
        ("Sheet1", None),
        ("Goals", None),
        ("", None),
    ],
)
def test_a_tab_is_known_by_its_name_or_an_alias(text, tab):
    assert tab_name(text) == tab


def test_a_configured_tab_goes_first():
    assert tab_name("SLP 25", {"Service Log": "SLP 25"}) == "Service Log"


@given(
    st.text(max_size=60),
    st.sampled_from([None, "Caseload", "Service Grid", "Schedule", "Service Log", "none"]),
)
def test_no_text_raises(text, tab):
    reading = read_header(text, tab=tab)
    assert (reading.value is None) == bool(reading.problem)
    tab_name(text)
