"""Several tables on one tab, columns below a day, weeks A and B: each says whose it is, or is not read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake.bell_schedule import Bells, BellTime
from sheets_sync.intake.layouts.people_known import named, people
from sheets_sync.intake.layouts.title_text import read_title
from sheets_sync.intake.layouts.week_grid import read_week_grid
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount
from tests.intake.layouts.grids import OT, SPEECH, WEEK, Row, sessions, whose, with_staff
from tests.intake.small_workbook import told

KIM, RIVERA = "Kim Lee", "J. Rivera"
AT_NINE: Row = ["9:00-9:30", "Ana R. speech"]
KNOWN = people(named(("Ana R.", "Ben T.")), named((KIM, RIVERA)))

TITLES = [
    # a title                          student    provider  service  weeks
    ("Kim Lee - Speech", (), KIM, SPEECH, ""),
    ("Ms. Lee, M.S., CCC-SLP", (), KIM, "", ""),
    ("Kim Lee's schedule 25-26", (), KIM, "", ""),
    ("Provider: J. Rivera", (), RIVERA, "", ""),
    ("J. Rivera OT", (), RIVERA, OT, ""),
    ("Student: Ana R.", ("Ana R.",), "", "", ""),
    ("Week A", (), "", "", "A"),
    ("Kim Lee (B week)", (), KIM, "", "B"),
    ("Week A begins 9/8/2025", (), "", "", "A"),
    ("Weekly schedule", (), "", "", ""),
    # not understood as a whole: it names nobody
    ("Sub for Kim Lee: J. Rivera", (), "", "", ""),
    ("OLD Kim Lee", (), "", "", ""),
    ("Kim Lee Mon/Wed", (), "", "", ""),
    ("Ana Smith", (), "", "", ""),
]


@pytest.mark.parametrize(("text", "students", "provider", "service", "weeks"), TITLES)
def test_a_title(text: str, students: tuple[str, ...], provider: str, service: str, weeks: str) -> None:
    read = read_title(text, KNOWN)
    assert (read.said.students, read.said.provider, read.said.service) == (students, provider, service)
    assert "".join(read.weeks) == weeks


STACKED = [
    # what stands above the second table                                          whose its session is
    ([["Kim Lee - Speech"]], ("Ben T.", SPEECH, KIM, "Tue")),
    ([["Speech"]], ("Ben T.", SPEECH, "", "Tue")),
    ([["Kim Lee"], ["Speech"]], ("Ben T.", SPEECH, KIM, "Tue")),
]


@pytest.mark.parametrize(("titles", "expected"), STACKED)
def test_a_table_below_another_is_of_whom_its_title_names(
    titles: list[Row], expected: tuple[str, ...]
) -> None:
    first: list[Row] = [["J. Rivera - OT"], WEEK, ["9:00-9:30", "Ana R."], []]
    tables = with_staff(*first, *titles, WEEK, ["9:00-9:30", None, "Ben T."])
    assert whose(tables) == [("Ana R.", OT, RIVERA, "Mon"), expected]
    assert tables.problems == ()
    assert tables.layouts["Schedule"] == "a week grid: 2 tables, 2 times down, 5 days across, 2 sessions"


NOT_TOLD = [
    [],
    [["Zed - Speech"]],
    [["J. Rivera - OT"]],
    [["J. Rivera - OT (old)"]],
    [["ESY: Kim Lee"]],
    [[None, "Kim Lee - Speech"]],
]


@pytest.mark.parametrize("titles", NOT_TOLD, ids=str)
def test_a_second_table_that_does_not_say_whose_it_is_is_not_read(titles: list[Row]) -> None:
    first: list[Row] = [["J. Rivera - OT"], WEEK, ["9:00-9:30", "Ana R."]]
    tables = with_staff(*first, *titles, WEEK, ["9:00-9:30", None, "Ben T. OT"])
    assert [student for student, *_ in sessions(tables)] == ["Ana R."]
    assert "error" in {severity for severity, *_ in told(tables)}


def test_a_table_without_a_title_whose_times_go_on_is_the_one_above() -> None:
    tables = with_staff(["J. Rivera - OT"], WEEK, ["9:00-9:30", "Ana R."], [], WEEK, ["12:30-1:00", "Ben T."])
    assert whose(tables) == [("Ana R.", OT, RIVERA, "Mon"), ("Ben T.", OT, RIVERA, "Mon")]


def test_tables_side_by_side() -> None:
    tables = with_staff(
        ["Kim Lee - Speech", None, None, None, "J. Rivera - OT"],
        ["Time", "Mon", "Tue", None, "Time", "Mon", "Tue"],
        ["9:00-9:30", "Ana R.", None, None, "10:00-10:45", None, "Ben T."],
    )
    assert whose(tables) == [("Ana R.", SPEECH, KIM, "Mon"), ("Ben T.", OT, RIVERA, "Tue")]
    assert [(start, length) for *_, start, length in sessions(tables)] == [(540, 30), (600, 45)]
    assert tables.problems == ()


PLANS = [
    # a cell of Ana's plan           her session, or what is said
    ("Speech (Kim Lee)", [("Ana R.", SPEECH, KIM, "Mon")], []),
    ("OT", [("Ana R.", OT, "", "Mon")], []),
    ("Ana R. - OT", [("Ana R.", OT, "", "Mon")], []),
    ("Ben T. - OT", [], ["error"]),
    ("Chess club", [], ["error"]),
    ("Rm 4", [], ["question"]),
]


@pytest.mark.parametrize(("cell", "expected", "said"), PLANS)
@pytest.mark.parametrize("where", ["title", "tab"])
def test_the_plan_of_one_student(
    cell: str, expected: list[tuple[str, ...]], said: list[str], where: str
) -> None:
    title: list[Row] = [["Ana R.'s schedule"]] if where == "title" else []
    name = "Schedule" if where == "title" else "Ana R."
    tables = with_staff(*title, WEEK, ["9:00-9:30", cell], name=name)
    assert whose(tables) == expected
    assert [severity for severity, *_ in told(tables)] == said


def test_the_tab_of_one_provider() -> None:
    tables = with_staff(WEEK, ["9:00-9:30", "Ana R. speech", "Ben T. OT (J. Rivera)"], name="Kim Lee")
    assert whose(tables) == [("Ana R.", SPEECH, KIM, "Mon"), ("Ben T.", OT, RIVERA, "Tue")]
    assert [severity for severity, *_ in told(tables)] == ["question"]


def test_two_titles_that_name_two_providers_name_none() -> None:
    tables = with_staff(["Kim Lee"], ["J. Rivera"], WEEK, AT_NINE)
    assert whose(tables) == [("Ana R.", SPEECH, "", "Mon")]
    assert told(tables)[0][:2] == ("question", "Schedule!A2")


TWO: tuple[str, ...] = ("B1:C1", "D1:E1")
DAYS: Row = ["Time", "Monday", None, "Tuesday", None]
BELOW = [
    # the row below the days, a row of sessions, and whose they are
    (
        [None, "Student", "Service", "Student", "Service"],
        ["9:00-9:30", "Ana R.", "OT", "Ben T.", "Speech"],
        [("Ana R.", OT, "", "Mon"), ("Ben T.", SPEECH, "", "Tue")],
    ),
    (
        [None, "Kim Lee", "J. Rivera", "Kim Lee", "J. Rivera"],
        ["9:00-9:30", "Ana R. speech", "Ben T. OT", None, "Ana R. OT"],
        [("Ana R.", SPEECH, KIM, "Mon"), ("Ben T.", OT, RIVERA, "Mon"), ("Ana R.", OT, RIVERA, "Tue")],
    ),
    (
        [None, "Speech", "OT", "Speech", "OT"],
        ["9:00-9:30", "Ana R.", "Ben T.", None, "Ana R."],
        [("Ana R.", SPEECH, "", "Mon"), ("Ben T.", OT, "", "Mon"), ("Ana R.", OT, "", "Tue")],
    ),
    # no such row: both columns are the day's, where each cell names somebody
    (
        ["9:00-9:30", "Ana R. OT", "Ben T. OT", None, None],
        ["9:30-10:00", None, "Ana R. OT", "Lunch", None],
        [("Ana R.", OT, "", "Mon"), ("Ben T.", OT, "", "Mon"), ("Ana R.", OT, "", "Mon")],
    ),
]


@pytest.mark.parametrize(("below", "row", "expected"), BELOW)
def test_a_day_over_two_columns(below: Row, row: Row, expected: list[tuple[str, ...]]) -> None:
    tables = with_staff(DAYS, below, row, merged=TWO)
    assert whose(tables) == expected
    assert tables.problems == ()


UNKNOWN_BELOW = [
    ([None, "Student", "Zed", "Student", "Zed"], ["9:00-9:30", "Ana R. OT", "x", "Ben T. OT", "y"]),
    ([None, "Group 1", "Group 2", "Group 1", "Group 2"], ["9:00-9:30", "Ana R. OT", "x", "Ben T. OT", "y"]),
    (["9:00-9:30", "Ana R.", "OT", "Ben T.", "Speech"], ["9:30-10:00"]),
    ([None, "Student", "Service", "Student", "Service"], ["9:00-9:30", "Ana R. OT", "Speech"]),
]


@pytest.mark.parametrize(("below", "row"), UNKNOWN_BELOW, ids=str)
def test_columns_below_a_day_that_may_hold_anything_are_not_read(below: Row, row: Row) -> None:
    tables = with_staff(["Speech"], DAYS, below, row, merged=("B2:C2", "D2:E2"))
    assert sessions(tables) == []
    assert "error" in {severity for severity, *_ in told(tables)}


BEGINS = "Week A begins 9/8/2025"
SIDES: Row = ["Time", "Mon", "Tue", "Mon", "Tue"]
ALTERNATING = [
    [[BEGINS], WEEK, ["9:00-9:30", "Ana R. OT"], [], ["Week B"], WEEK, ["9:00-9:30", "Ben T. OT"]],
    [[BEGINS], [None, "Week A", None, "Week B"], SIDES, ["9:00-9:30", "Ana R. OT", None, "Ben T. OT"]],
    [[BEGINS], [], ["Time", "Mon A", "Mon B", "Tue"], ["9:00-9:30", "Ana R. OT", "Ben T. OT"]],
    [
        ["Week A:", date(2025, 9, 8)],
        [],
        ["Time", "A week Mon", "Mon (B)"],
        ["9:00-9:30", "Ana R. OT", "Ben T. OT"],
    ],
    [
        ["Week A", "begins 9/8/2025"],
        ["Time", "Mon A", "Mon B"],
        ["9:00-9:30", "Ana R. OT", "Ben T. OT"],
    ],
]


@pytest.mark.parametrize(
    "rows", ALTERNATING, ids=["stacked", "side by side", "headers", "date beside", "words beside"]
)
def test_weeks_a_and_b_begin_when_the_sheet_says(rows: list[Row]) -> None:
    tables = with_staff(*rows)
    assert [(one[0], one[2]) for one in sessions(tables)] == [
        ("Ana R.", "every other Mon"),
        ("Ben T.", "every other Mon"),
    ]
    assert tables.schedule["from"].dt.strftime("%m/%d").tolist() == ["09/08", "09/15"]
    assert [severity for severity, *_ in told(tables)] == ["note"]


def test_weeks_a_and_b_of_several_providers() -> None:
    tables = with_staff(
        *([BEGINS], ["Kim Lee - Week A"], WEEK, ["9:00-9:30", "Ana R. speech"], []),
        *(["J. Rivera - Week A"], WEEK, ["9:00-9:30", "Ben T. OT"], []),
        *(["Week B"], WEEK, ["9:00-9:30", None, "Ben T. OT"]),
    )
    assert [provider for _, _, provider, _ in whose(tables)] == [KIM, RIVERA, RIVERA]


def test_week_b_begins_on_the_monday_after_a_week_a_that_begins_later() -> None:
    tables = with_staff(
        ["Week A begins 9/3/2025"], [], ["Time", "Mon A", "Mon B"], ["9:00-9:30", "Ana R. OT", "Ben T. OT"]
    )
    assert tables.schedule["from"].dt.strftime("%m/%d").tolist() == ["09/03", "09/08"]


WEEKS_NOT_TOLD: list[list[Row]] = [
    [["Week A"], WEEK, ["9:00-9:30", "Ana R. OT"], [], ["Week B"], WEEK, ["9:00-9:30", "Ben T. OT"]],
    [["Week A begins 9/8"], WEEK, ["9:00-9:30", "Ana R. OT"]],
    [
        ["Week A begins 9/8/2025"],
        ["Week B begins 9/22/2025"],
        [],
        ["Time", "Mon A", "Mon B"],
        ["9:00-9:30", "Ana R. OT"],
    ],
    [[BEGINS], WEEK, ["9:00-9:30", "Ana R. OT"], [], ["Week C"], WEEK, ["9:00-9:30", "Ben T. OT"]],
    [["Every other week"], WEEK, ["9:00-9:30", "Ana R. OT"]],
    [["1st and 3rd weeks of the month"], WEEK, ["9:00-9:30", "Ana R. OT"]],
    [["Time", "Mon odd weeks", "Tue"], ["9:00-9:30", "Ana R. OT"]],
]


@pytest.mark.parametrize("rows", WEEKS_NOT_TOLD, ids=str)
def test_which_weeks_are_meant_is_never_guessed(rows: list[Row]) -> None:
    try:
        tables = with_staff(*rows)
    except CannotCount:  # nothing else is on the tab
        return
    assert sessions(tables) == []
    assert "error" in {severity for severity, *_ in told(tables)}


OVER_SOME: list[tuple[Row, tuple[str, ...]]] = [
    ([None, None, None, "Week B begins 9/15/2025"], ()),
    ([None, "Kim Lee", None, "J. Rivera"], ()),
    ([None, "Kim Lee", None], ("B2:C2",)),
]


@pytest.mark.parametrize(("titles", "merged"), OVER_SOME, ids=str)
def test_a_title_over_some_of_the_days_is_not_that_of_all(titles: Row, merged: tuple[str, ...]) -> None:
    with pytest.raises(CannotCount, match="some of the days"):
        with_staff(["2025-26"], titles, WEEK, AT_NINE, merged=merged)


DATED: list[list[Row]] = [
    [["Week of 9/8/2025"], WEEK, AT_NINE],
    [[None, date(2025, 9, 8), date(2025, 9, 9)], WEEK, AT_NINE],
    [WEEK, [None, date(2025, 9, 8), date(2025, 9, 9)], AT_NINE],
    [WEEK, [None, "9/8", "9/9"], AT_NINE],
    [["Time", "Mon 9/8", "Tue 9/9"], AT_NINE],
]


@pytest.mark.parametrize("rows", DATED, ids=["title", "above", "below", "typed", "in the headers"])
def test_a_grid_of_one_week_counts_for_every_week_and_is_asked_about(rows: list[Row]) -> None:
    tables = with_staff(*rows)
    assert [student for student, *_ in sessions(tables)] == ["Ana R."]
    assert [severity for severity, *_ in told(tables)] == ["question"]


@pytest.mark.parametrize("name", ["Week of 9-8", "Sept 8-12"])
def test_a_grid_on_a_tab_that_is_called_as_a_week_is_asked_about(name: str) -> None:
    tables = with_staff(WEEK, AT_NINE, name=name)
    assert [student for student, *_ in sessions(tables)] == ["Ana R."]
    assert [one[:2] for one in told(tables)] == [("question", f"{name}!A1")]


def test_a_week_named_below_the_days_is_not_every_week() -> None:
    tables = with_staff(WEEK, ["Week of 9/8"], AT_NINE)
    assert sessions(tables) == []
    assert [one[:2] for one in told(tables)] == [("error", "Schedule!A2")]


CELLS = st.sampled_from(
    [
        *(None, "", "Time", "Period", "Mon", "Tue", "Wed", "Day 1", "A day", "Mon A", "Mon B", "Week A", "T"),
        *(
            "Week B begins 9/8/2025",
            "9:00-9:30",
            "9:30",
            "Period 1",
            "1",
            1.0,
            0.375,
            "Lunch",
            "Start",
            "End",
        ),
        *("Ana R. OT", "Ben T.", "Kim Lee", "Kim Lee - Speech", "Student", "Service", "OT", "x", True),
        *(date(2025, 9, 8), "Rm 4", "Ana R. speech 9:05-9:20", "Old", "8:00-8:45"),
    ]
)


@settings(max_examples=80)
@given(
    st.lists(st.lists(CELLS | st.text(max_size=6), max_size=6), max_size=9),
    st.lists(st.sampled_from(["A1:A2", "B1:C1", "B2:B4", "C3:D3", "A5:F5"]), max_size=3),
)
def test_no_grid_raises_anything_else_and_every_session_is_somebodys(
    rows: list[list[CellValue]], merged: list[str]
) -> None:
    bells = Bells({"p1": (BellTime(480, 525),)})
    try:
        listed = read_week_grid(Sheet("Schedule", rows, merged=tuple(merged)), KNOWN, bells)
    except CannotCount:
        return
    for record in listed.records if listed else ():
        assert record["Student"][0] in ("Ana R.", "Ben T.")
        assert {"Days", "Start", "End"} <= record.keys()
