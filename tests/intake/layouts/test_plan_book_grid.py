"""A plan book kept week by week: dates over the days, sessions in the cells, and a mark behind them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake.bell_schedule import Bells, BellTime
from sheets_sync.intake.dates import SchoolYear, read_date
from sheets_sync.intake.layouts.listed import Listed
from sheets_sync.intake.layouts.people_known import named, people
from sheets_sync.intake.layouts.plan_book_grid import read_plan_book
from sheets_sync.intake.layouts.week_dates import week_number
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount, Severity

Row = list[CellValue]
KNOWN = people(named(("Ana R.", "Ben T.")), named(("Kim Lee",)))
DONE: Row = ["9:00-9:30", "Ana R. - Speech - held", "Ben T. OT - absent"]
TO_COME: Row = ["9:00-9:30", "Ana R. - Speech", "Ben T. OT"]
DAYS: Row = ["Time", "Mon", "Tue"]
DONE_AND_TO_COME = [
    ("09-08", "Ana R.", "held"),
    ("09-09", "Ben T.", "absent"),
    ("09-15", "Ana R.", ""),
    ("09-16", "Ben T.", ""),
]


def book(*rows: Row, name: str = "Plan book", tab: str = "Schedule", is_one: bool = False) -> Listed | None:
    return read_plan_book(Sheet(name, rows), tab, KNOWN, is_one=is_one)


def sessions(listed: Listed | None) -> list[tuple[str, str, str]]:
    """Return date (as the year of the school completes it), student and mark of each session."""
    year = SchoolYear(date(2025, 8, 25), date(2026, 6, 11))
    assert listed is not None
    return [
        (
            f"{read_date(record['Date'][0], year=year).value:%m-%d}",
            str(record["Student"][0]),
            str(record.get("Status", ("",))[0]),
        )
        for record in listed.records
    ]


def said(listed: Listed | None) -> list[tuple[str, str]]:
    assert listed is not None
    return [(one.severity.value, one.cell) for one in listed.problems if one.severity is not Severity.NOTE]


FORMS: dict[str, list[Row]] = {
    "beside the days": [["Time", "Mon 9/8", "Tue 9/9"], DONE, [], ["Time", "Mon 9/15", "Tue 9/16"], TO_COME],
    "line breaks": [["", "Monday\n9/8", "Tuesday\n9/9"], DONE, [], ["", "Mon, Sept 15", "9/16 Tue"], TO_COME],
    "a title": [["Week of 9/8/2025"], DAYS, DONE, [], ["Week of 9/15/2025"], DAYS, TO_COME],
    "a title, and whose": [["Kim Lee"], ["Week of 9/8"], DAYS, DONE, ["Week of Sept 15"], DAYS, TO_COME],
    "a title with more": [
        *(["Kim Lee - week of 9/8/2025 (no school Fri)"], DAYS, DONE),
        *(["Week of 9/15 (short week)"], DAYS, TO_COME),
    ],
    "a span": [["Sept 8-12, 2025"], DAYS, DONE, [], ["9/15 - 9/19"], DAYS, TO_COME],
    "beside the title": [
        ["Week of:", date(2025, 9, 8)],
        DAYS,
        DONE,
        [],
        ["Week of", "9/15/2025"],
        DAYS,
        TO_COME,
    ],
    "in the corner": [["Week of 9/8", "Mon", "Tue"], DONE, ["Week of 9/15", "Mon", "Tue"], TO_COME],
    "below the days": [
        DAYS,
        [None, date(2025, 9, 8), date(2025, 9, 9)],
        DONE,
        DAYS,
        [None, "9/15", "9/16"],
        TO_COME,
    ],
    "above the days": [[None, "9/8", "9/9"], DAYS, DONE, [], [None, "9/15", "9/16"], DAYS, TO_COME],
    "once the days": [DAYS, ["Week of 9/8"], DONE, ["Week of 9/15"], TO_COME],
    "side by side": [["Time", "Mon 9/8", "Tue 9/9", "Mon 9/15", "Tue 9/16"], [*DONE, *TO_COME[1:]]],
    "dates alone": [
        ["Time", *(date(2025, 9, day) for day in (8, 9, 10))],
        DONE,
        ["Time", *(date(2025, 9, day) for day in (15, 16, 17))],
        TO_COME,
    ],
    "dates of a whole week without a year": [
        ["Time", "9/8", "9/9", "9/10", "9/11", "9/12"],
        DONE,
        ["Time", "9/15", "9/16", "9/17", "9/18", "9/19"],
        TO_COME,
    ],
}


@pytest.mark.parametrize("rows", FORMS.values(), ids=FORMS.keys())
def test_weeks_and_their_dates(rows: list[Row]) -> None:
    listed = book(*rows)
    assert sorted(sessions(listed)) == DONE_AND_TO_COME
    assert said(listed) == []
    assert listed is not None
    assert listed.seen == "2 weeks, 4 sessions, 2 with a mark"
    assert all(record["Start"][0] == time(9) and record["End"][0] == time(9, 30) for record in listed.records)


@pytest.mark.parametrize("rows", FORMS.values(), ids=FORMS.keys())
def test_as_a_log_it_has_what_is_marked(rows: list[Row]) -> None:
    assert sorted(sessions(book(*rows, tab="Service Log"))) == DONE_AND_TO_COME[:2]


def test_the_name_of_the_tab_is_the_week() -> None:
    assert sessions(book(DAYS, DONE, name="Week of 9-8")) == DONE_AND_TO_COME[:2]
    assert sessions(book(DAYS, TO_COME, name="Sept 8-12", is_one=True)) == [
        ("09-08", "Ana R.", ""),
        ("09-09", "Ben T.", ""),
    ]


def test_weeks_far_down_are_found() -> None:
    hours: list[Row] = [[f"{hour}:00-{hour}:30", "Ana R. speech"] for hour in range(8, 18)]
    rows: list[Row] = []
    for week in range(7):
        monday = date(2025, 9, 1) + timedelta(weeks=week)
        rows += [[f"Week of {monday:%m/%d/%Y}"], DAYS, *hours, []]
    dates = [day for day, _, _ in sessions(book(*rows))]
    assert (len(dates), dates[0], dates[-1]) == (70, "09-01", "10-13")


@pytest.mark.parametrize(
    ("key", "above"),
    [
        ([["P = present", "C = provider absent"]], True),
        ([["Key"], ["P", "present"], ["C", "provider absent"]], True),
        ([["Key"], ["P", "present"], ["C", "provider absent"]], False),
        ([["P = present"], ["C = provider absent"]], True),
        ([["P = present"], ["C = provider absent"]], False),
    ],
)
def test_a_key_of_codes_on_the_tab(key: list[Row], above: bool) -> None:
    table: list[Row] = [["Time", "Mon 9/8", "Tue 9/9"], ["9:00-9:30", "Ana R. speech P", "Ben T. OT (C)"]]
    listed = book(*([*key, [], *table] if above else [*table, [], *key]))
    assert [mark for _, _, mark in sessions(listed)] == ["P", "C"]
    assert listed is not None
    assert listed.codes == {"P": "delivered", "C": "provider absent"}


ONE_WEEK: list[tuple[list[Row], bool]] = [
    ([["Time", "Mon 9/8", "Tue 9/9"], TO_COME], False),
    ([["Week of 9/8/2025"], DAYS, TO_COME], False),
    ([DAYS, DONE], False),  # no date at all
    ([["Time", "Mon 9/8", "Tue 9/9"], DONE], True),
]


@pytest.mark.parametrize(("rows", "is_book"), ONE_WEEK)
def test_one_week_with_marks_is_a_plan_book_and_asked_about(rows: list[Row], is_book: bool) -> None:
    listed = book(*rows)
    assert (listed is not None) == is_book
    assert listed is None or said(listed) == [("question", "B1")]


def test_a_tick_is_noted_unless_the_key_says_what_it_means() -> None:
    rows: list[Row] = [["Time", "Mon 9/8", "Tue 9/9"], ["9:00-9:30", "Ana R. speech ✓"]]
    listed, keyed = book(*rows, is_one=True), book(["✓ = provider absent"], *rows, is_one=True)
    assert listed is not None
    assert keyed is not None
    assert [(one.cell, one.value) for one in listed.problems if "tick" in one.problem] == [("B2", "✓")]
    assert [mark for _, _, mark in sessions(keyed)] == ["✓"]
    assert not [one for one in keyed.problems if "tick" in one.problem]


WRONG: dict[str, tuple[list[Row], list[tuple[str, str]]]] = {
    # rows, and what is said: the rest is read
    "a week without a date": ([["Time", "Mon 9/8", "Tue 9/9"], DONE, [], DAYS, TO_COME], [("error", "B4")]),
    "a day without a date": (
        [["Time", "Mon 9/8", "Tue 9/9", "Wed"], [*DONE, "Ana R. OT"]],
        [("error", "D1")],
    ),
    "a mark over two days": (
        [["Week of 9/8"], ["Time", "M/W", "Tue"], ["9:00-9:30", "Ana R. OT - held", "Ben T. OT - held"]],
        [("error", "B3")],
    ),
    "a name that is nobody's": (
        [["Time", "Mon 9/8", "Tue 9/9"], ["9:00-9:30", "Zed - held", "Ben T. OT - held"]],
        [("error", "B2")],
    ),
    "a title of another week": (
        [["Week of 9/1"], ["Time", "Mon 9/8", "Tue 9/9"], DONE, [], ["Week of 9/15"], DAYS, TO_COME],
        [("question", "A1")],
    ),
    "a date over two days": (
        [["Time", "M/W 9/8", "Tue 9/9"], ["9:00-9:30", "Ana R. OT", "Ben T. OT - held"]],
        [("error", "B1")],
    ),
}


@pytest.mark.parametrize(("rows", "expected"), WRONG.values(), ids=WRONG.keys())
def test_what_is_not_told_is_said_with_its_cell(rows: list[Row], expected: list[tuple[str, str]]) -> None:
    listed = book(*rows, is_one=True)
    assert said(listed) == expected
    assert ("09-09", "Ben T.") in {one[:2] for one in sessions(listed)}


CELLS = st.sampled_from(
    [
        *(None, "", "Time", "Mon", "Tue", "Wed", "Mon 9/8", "Tue 9/9", "M/W", "Day 1 9/8", "9/8", "9/9"),
        *("9/10", "Week of 9/8", "Week of", "9/15 - 9/19", "Week of 2/26", "9:00-9:30", "9:30", "Period 1"),
        *("Ana R. OT ✓", "Ben T.", "Kim Lee - Speech", "absent", "P = present", "Key", "P", "Lunch", True),
        *(date(2025, 9, 8), date(2025, 9, 9), date(2024, 2, 29), "Week A", "Student", "OT", 0.375, 1.0),
    ]
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.lists(CELLS | st.text(max_size=6), max_size=6), max_size=9),
    st.sampled_from(["Plan", "Week of 9-8", "Sept 8-12"]),
    st.booleans(),
)
def test_no_book_raises_and_every_session_is_on_a_date(rows: list[Row], name: str, is_one: bool) -> None:
    bells = Bells({"p1": (BellTime(480, 525),)})
    try:
        listed = read_plan_book(Sheet(name, rows), "Schedule", KNOWN, bells, is_one=is_one)
    except CannotCount:
        return
    for record in listed.records if listed else ():
        assert record["Student"][0] in ("Ana R.", "Ben T.")
        assert {"Date", "Start", "End"} <= record.keys()


@pytest.mark.parametrize(
    "days",
    [
        [date(2026, 12, 28), date(2026, 12, 29), date(2027, 1, 1)],
        [date(2023, 2, 27), date(2023, 3, 1), date(2023, 3, 3)],
        ["Mon 12/29", "Tue Dec 30", "Fri 1/2"],
        ["Mon 2/27", "Wed 3/1/2023", date(2023, 3, 3)],
    ],
)
def test_days_of_one_week_have_one_number(days: list[CellValue]) -> None:
    assert len({week_number(day) for day in days}) == 1
    assert week_number("2/30") is None
