"""Columns that are not used, and notes, where they may take back what their row says: a question."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.small_workbook import cells, only, read, told

LISTS = {
    "Schedule": ("Student | Service | Days | Start | End", "Ana R. | Speech therapy | Mon | 9:00 | 9:30"),
    "Service Grid": ("Student | Service | Frequency", "Ana R. | Speech therapy | 2 x 30 min / week"),
    "Service Log": ("Date | Student | Service | Status", "2025-10-06 | Ana R. | Speech therapy | Delivered"),
}
ASKED = [
    *(("Schedule", "Notes", note) for note in ("1st Monday only", "monthly", "Q1 only", "B days", "HOLD")),
    *(("Schedule", "Notes", note) for note in ("2nd semester", "until winter break", "moved to Tue")),
    *(
        ("Schedule", "Notes", note)
        for note in ("switch to Thu 10/20", "lasts 20 min", "only if OT out", "summer")
    ),
    *(("Service Grid", "Notes", note) for note in ("reduce to 1x30/wk 10/1", "3 weeks on, 1 week off")),
    *(("Service Grid", "Notes", "in 3-week cycle"), ("Service Grid", "Agreed", "No")),
    *(
        ("Service Log", "Compensatory?", "Y"),
        ("Service Log", "Approved", "No"),
        ("Service Log", "Voided", "x"),
    ),
    *(("Service Log", "Refused?", "yes"), ("Service Log", "Wrong student", "x")),
    *(("Service Log", "Error?", "Y"), ("Service Log", "Student present?", "No")),
    *(("Service Log", "Subject", "Consult w/ teacher"), ("Service Log", "Rescheduled to", "10/9")),
    *(("Schedule", "Type", text) for text in ("Makeup", "Evaluation", "IEP meeting", "ESY")),
    *(("Schedule", "Day type", "B"), ("Schedule", "Month", "Oct"), ("Schedule", "Per", "month")),
    *(("Schedule", "Every", "2 weeks"), ("Schedule", "Location", "on hold")),
    *(("Service Grid", "Notes", note) for note in ("DNQ", "per month", "ESY only", "changed to 1x30")),
    *(("Service Grid", "Dates", "9/1/25-10/1/25"), ("Service Grid", "Amended", "10/1 to 1x30/wk")),
    *(
        ("Service Grid", "Type", "Compensatory"),
        ("Service Grid", "Comp ed", "Y"),
        ("Service Grid", "Quarter", "Q1"),
    ),
    ("Service Grid", "Setting", "Consult"),
    ("Schedule", "Week", "A"),
    ("Schedule", "Week", "1"),
    ("Schedule", "Weeks", "Odd"),
    ("Schedule", "A/B", "B"),
    ("Schedule", "Cycle", "2"),
    ("Schedule", "How often", "every other week"),
    ("Schedule", "Frequency", "2x/month"),
    ("Schedule", "Semester", "Fall"),
    ("Schedule", "Begins", "after Thanksgiving"),
    ("Schedule", "Ends", "winter break"),
    ("Schedule", "Exit date", "9/30/2025"),
    ("Schedule", "Status", "On hold"),
    ("Schedule", "Active?", "No"),
    ("Schedule", "Type", "Consult"),
    ("Schedule", "Notes", "every other week"),
    ("Schedule", "Notes", "starting 11/3"),
    ("Schedule", "Remarks", "Not since 10/1"),
    ("Service Grid", "Status", "Exited 9/30"),
    ("Service Grid", "Active", "No"),
    ("Service Grid", "Declined", "x"),
    ("Service Grid", "Dismissed", "9/30/2025"),
    ("Service Grid", "Proposed?", "Yes"),
    ("Service Grid", "Change", "1x30/wk from 10/1"),
    ("Service Grid", "Notes", "ended 9/30"),
    ("Service Grid", "Mood", "parent declined"),
    ("Service Grid", "Delivery Type", "Indirect"),
    ("Service Grid", "Indirect", "x"),
    ("Service Grid", "Indirect minutes", "15"),
    ("Service Grid", "Amendment", "1x30/wk"),
    ("Service Log", "Outcome", "Student absent"),
    ("Service Log", "Attendance", "Absent"),
    ("Service Log", "Cancelled", "x"),
    ("Service Log", "Absent?", "Yes"),
    ("Service Log", "Scheduled/Actual", "Scheduled"),
    ("Service Log", "Entry type", "Planned"),
    ("Service Log", "Units", "2"),
    *(("Service Log", units, "1") for units in ("Units (15 min)", "# Units", "No. of units", "Unit count")),
    *(("Service Log", header, "Evaluation") for header in ("Task", "Activity description", "Work type")),
    ("Service Grid", "Consult (monthly)", "15"),
    *(("Service Grid", end, "10/10/2025") for end in ("Service Duration", "Projected end", "Valid until")),
    ("Service Grid", "Service duration", "9/1/25 - 10/10/25"),
    ("Service Log", "Hours", "0.5"),
]
ASKED += [
    *(("Service Grid", "Notes", note) for note in ("D/C 10/15", "graduated speech 10/15", "only sept-dec")),
    *(("Service Grid", "Notes", note) for note in ("amended 11/2: now 3x30", "cut to 1x a week by team")),
    *(("Service Grid", header, "2025-10-15") for header in ("D/C", "D/C date", "As of")),
    *(
        ("Service Grid", "Sem", "Fall"),
        ("Service Grid", "Weeks", "18"),
        ("Service Grid", "Months", "Sep-Dec"),
    ),
    *(("Service Grid", "On hold?", "Y"), ("Service Grid", "Consent received", "N")),
    *(("Service Grid", "Consent signed", text) for text in ("sent 9/15", "not yet", "refused 9/15")),
    *(("Service Grid", "Agreed", "requested 9/15/2025"), ("Service Grid", "Active?", "9/30/2025")),
    *(("Schedule", "Notes", note) for note in ("Mon only", "1st & 3rd only", "new time 12/1: 10:00")),
    *(("Schedule", "Notes", "ends at 9:20"), ("Schedule", "Moved to", "Thu"), ("Schedule", "Skip", "11/9")),
    *(("Schedule", "Alt week", "x"), ("Schedule", "Make-up", "Y"), ("Schedule", "Confirmed?", "N")),
]
ASKED += [
    *(("Service Grid", "Notes", note) for note in ("Sept-Jan only", "S2 only", "2nd half of year only")),
    *(("Service Grid", "Remarks", note) for note in ("not in June", "starts in January", "eff. 10/15")),
    *(("Service Grid", "Comments", note) for note in ("10/1 - 5/30", "for 6 weeks", "resumes 1/5")),
    *(("Service Grid", "Notes", note) for note in ("as needed", "consult only until Nov 1", "trial")),
    *(
        ("Service Grid", "Notes", note)
        for note in ("when SLP is available", "1x/wk in Jan", "push-in (Q2-Q3)")
    ),
    *(("Service Grid", "Notes", note) for note in ("until Q2 review", "starts Sept. Eval done", "Q2 only")),
    *(("Service Grid", "Notes", note) for note in ("speech since Sept", "on hold, uses device since Sept")),
    *(("Schedule", "Notes", note) for note in ("no Fridays", "none in Dec", "last day 10/3")),
]
LEFT_ALONE = [
    *(("Service Grid", "Notes", note) for note in ("per IEP meeting", "push-in", "with 2 peers", "May")),
    *(("Service Grid", "Notes", note) for note in ("reviewed in Sept", "not during lunch", "fall risk")),
    *(("Service Grid", "Notes", note) for note in ("not on Fridays", "annual due 10/15", "until he is calm")),
    *(("Service Grid", "Notes", note) for note in ("uses AAC device since Sept", "Q2 report due")),
    *(("Service Grid", "Notes", note) for note in ("start of Sept. eval done", "see goals Q1-Q2")),
    *(("Service Grid", "Notes", note) for note in ("consult with OT in fall", "new glasses since 10/1")),
    *(("Service Grid", "Notes", note) for note in ("IEP 10/15/25-10/14/26", "group only")),
    *(("Schedule", "Notes", note) for note in ("meets in room 2", "new student", "ends with a game")),
    *(("Schedule", "Confirmed?", "Yes"), ("Schedule", "Make-up", "No"), ("Service Grid", "On hold?", "N")),
    *(("Service Grid", "Projected length", "30"), ("Service Grid", "IEP ends on", "10/10/2025")),
    *(("Service Log", "Unit", ""), ("Service Log", "Unit of study", "2"), ("Service Log", "Task", "Cards")),
    ("Service Grid", "Duration of meeting", "10/10/2025"),
    *(("Service Grid", "Consent signed", text) for text in ("9/15", "2025-09-15", "Yes - 9/15/25")),
    *(("Service Grid", "Consent received", "Signed 9/15"), ("Service Grid", "Signed?", "Y (9/15/2025)")),
    *(
        ("Service Log", "Subject", "articulation"),
        ("Service Log", "Approved", "Yes"),
        ("Service Log", "Topic", "/s/"),
    ),
    *(("Service Grid", "Agreed", "Yes"), ("Schedule", "Notes", "bring headphones")),
    *(("Schedule", "Per", "week"), ("Schedule", "Every", "week"), ("Schedule", "Location", "Room 12")),
    *(("Schedule", "Notes", "a day with art first"), ("Service Grid", "Setting", "Gen ed classroom")),
    *(("Service Grid", "Comp ed", "N"), ("Service Grid", "Type", "Related service")),
    *(("Service Grid", "Goal 2", text) for text in ("80% by Feb", "begins in Oct", "for 6 weeks", "S1")),
    ("Schedule", "Frequency", "2x/week"),
    ("Schedule", "Status", "Active"),
    ("Schedule", "Active?", "Yes"),
    ("Schedule", "Grade level", "3"),
    ("Schedule", "Notes", "in the back room, with Ben"),
    ("Schedule", "Type", "Pull-out"),
    ("Service Grid", "Declined", "No"),
    ("Service Grid", "Delivery", "Direct"),
    ("Service Grid", "Indirect minutes", "0"),
    ("Service Grid", "Previous frequency", "1x30/wk"),
    ("Service Grid", "Goal 3", "80% from 30%"),
    ("Service Grid", "Annual review", "2026-03-01"),
    *(("Service Log", "Absent?", "No"), ("Service Log", "Refused?", "N"), ("Service Log", "Error?", "")),
    ("Service Log", "Outcome", "Delivered"),
    ("Service Log", "Outcome", "8/10 with two prompts"),
    ("Service Log", "Notes", "began a new list, cancelled the next one"),
    ("Service Log", "Scheduled/Actual", "Actual"),
]


def _with_column(tab: str, header: str, cell: str) -> dict[str, str]:
    headers, row = LISTS[tab]
    return {tab: f"{headers} | {header}\n{row} | {cell}"}


@pytest.mark.parametrize(("tab", "header", "cell"), ASKED)
def test_a_column_that_may_take_a_row_back_is_asked_about(tab: str, header: str, cell: str) -> None:
    tables = read(_with_column(tab, header, cell))
    problem = only(tables)
    place = f"{'ABCDEF'[LISTS[tab][0].count('|') + 1]}2"
    assert (problem.severity, problem.tab, problem.cell) == ("question", tab, place)
    assert [len(tables.lines), len(tables.schedule), len(tables.log)] == [1, 1, 1]


@settings(max_examples=30, deadline=None)
@given(st.sampled_from([row[:2] for row in ASKED if row[1] != "Notes"]), st.text(max_size=60))
def test_nothing_in_such_a_column_stops_a_row_from_being_counted(column: tuple[str, str], cell: str) -> None:
    tab, header = column
    headers, row = (line.split(" | ") for line in LISTS[tab])
    typed = cells(f"{' | '.join(headers)} | {header}\n{' | '.join(row)}")
    tables = read({tab: [typed[0], [*typed[1], cell]]})
    assert [len(tables.lines), len(tables.schedule), len(tables.log)] == [1, 1, 1]


@pytest.mark.parametrize(("tab", "header", "cell"), LEFT_ALONE)
def test_any_other_column_is_left_alone(tab: str, header: str, cell: str) -> None:
    assert told(read(_with_column(tab, header, cell))) == []


def test_one_question_names_all_its_rows_and_what_stands_in_them() -> None:
    rows = [
        "Ana R. | Active",
        "Ben T. | Inactive",
        "Cal Y. | Moved 10/15",
        "Dina P. | Pending",
        "Eva Q. | Moved 10/15",
    ]
    asked = next(
        p for p in read({"Caseload": "\n".join(["Student | Status", *rows])}).problems if p.tab == "Caseload"
    )
    assert (asked.cell, asked.value) == ("B3", "Inactive; Moved 10/15; Pending")
    assert asked.problem.endswith(" (4 rows: 3, 4, 5, 6)")


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        *((header, "2025-10-15") for header in ("D/C date", "W/D", "End date", "Disenrolled")),
        *(("Notes", "D/C 10/15"), ("Notes", "w/d 10/15"), ("IEP?", "No")),
    ],
)
def test_a_student_who_may_have_left_is_asked_about(header: str, cell: str) -> None:
    assert only(read({"Caseload": f"Student | {header}\nAna R. | {cell}\nBen T. |"})).cell == "B2"


def test_a_column_is_asked_about_once_at_its_first_cell() -> None:
    headers, row = LISTS["Schedule"]
    rows = "\n".join(
        f"{row.replace('9:00', start)} | {week}"
        for start, week in (("8:30", ""), ("8:45", "A"), ("9:00", "B"))
    )
    assert only(read({"Schedule": f"{headers} | Week\n{rows}"})).cell == "F3"


def test_a_row_with_dates_of_its_own_may_tell_of_them_in_its_notes() -> None:
    headers, row = LISTS["Schedule"]
    schedule = f"{headers} | From | Notes\n{row} | 2025-11-03 | starting 11/3"
    assert told(read({"Schedule": schedule})) == []


def test_units_beside_minutes_are_no_question() -> None:
    headers, row = LISTS["Service Log"]
    assert told(read({"Service Log": f"{headers} | Minutes | Units\n{row} | 30 | 2"})) == []


DAYS = [
    ("M/W alt", 0),
    ("M & W (Ben only)", 0),
    ("M - consult", 0),
    ("Mon only", 1),
    ("M/W only", 1),
    ("Mon (group only)", 1),
    ("Mon (pull-out only)", 1),
]


@pytest.mark.parametrize(("days", "count"), DAYS)
def test_days_that_may_not_be_each_week_or_anothers_are_refused(days: str, count: int) -> None:
    headers, row = LISTS["Schedule"]
    tables = read({"Schedule": f"{headers}\n{row.replace('Mon', days)}"})
    assert (len(tables.schedule), [p.cell for p in tables.problems]) == (count, [] if count else ["C2"])


@pytest.mark.parametrize(
    ("days", "makeup"), [("Mon (make-up)", True), ("Mon - makeups", True), ("Mon", False)]
)
def test_days_may_say_that_the_session_is_a_make_up(days: str, makeup: bool) -> None:
    headers, row = LISTS["Schedule"]
    tables = read({"Schedule": f"{headers}\n{row.replace('Mon', days)}"})
    assert tables.schedule["makeup"].tolist() == [makeup]


FREQUENCIES = [
    ("30 min 2x/wk for 6 weeks", ["question"]),
    ("2x30/wk trial", ["question"]),
    ("30 min 2x/wk x 6 weeks", ["question"]),
    ("2x30/wk for one month", ["question"]),
    ("2 x 30 min / week", []),
    ("1 x 30 min every 2 weeks", []),
]


@pytest.mark.parametrize(("frequency", "asked"), FREQUENCIES)
def test_a_frequency_that_speaks_of_an_end_is_counted_and_asked_about(
    frequency: str, asked: list[str]
) -> None:
    headers, row = LISTS["Service Grid"]
    tables = read({"Service Grid": f"{headers}\n{row.replace('2 x 30 min / week', frequency)}"})
    assert [p.severity for p in tables.problems] == asked
    assert tables.lines["reason"].tolist() == [""]
