"""Attendance grids of several tables and of several columns a date: what is read, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.config import Names
from sheets_sync.intake.layouts.attendance_grid import read_attendance_grid
from sheets_sync.intake.layouts.people_known import PeopleKnown, named
from sheets_sync.intake.workbook import read_tables
from sheets_sync.ports import CellValue, Sheet, Snapshot
from sheets_sync.problems import CannotCount
from sheets_sync.tables import Tables
from tests.intake.layouts.test_attendance_grid import HEADER, SPEECH, Rows, entries, with_log
from tests.intake.small_workbook import SMALL, TODAY, cells, told

ANA: list[CellValue] = ["Ana R.", "Speech", 30.0, "SA", 25.0]
BEN: list[CellValue] = ["Ben T.", "Speech", None, 20.0, None]
LEFT: list[CellValue] = ["Student", "Service"]


def days(tables: Tables) -> list[str]:
    return [entry[0][5:] for entry in entries(tables)]


def wrong(tables: Tables) -> list[tuple[str, str]]:
    """Return severity and cell of every problem."""
    return [(severity, cell.partition("!")[2]) for severity, cell, _ in told(tables)]


MONTHS: dict[str, Rows] = {
    "a title above each month": [
        ["September 2025"],
        [*LEFT, 3.0, 8.0, 10.0],
        ANA,
        [],
        ["October 2025"],
        [*LEFT, 1.0, 6.0, 8.0],
        ANA,
    ],
    "no year, a blank row, the month over its first day": [
        [None, None, "September"],
        [None, None, 3.0, 8.0, 10.0],
        ANA,
        [None, None, "Oct."],
        [None, None, 1.0, 6.0, 8.0],
        ANA,
    ],
    "the month beside its days": [
        ["September", None, 3.0, 8.0, 10.0],
        ANA,
        ["October", None, 1.0, 6.0, 8.0],
        ANA,
    ],
    "weekdays above and below, weeks": [
        ["Speech log, September 2025"],
        [None, None, "W", "M", "W"],
        [*LEFT, 3.0, 8.0, 10.0],
        ANA,
        ["Speech log, October 2025"],
        [None, None, "Week 1", "Week 2", "Week 2"],
        [*LEFT, 1.0, 6.0, 8.0],
        [None, None, "Wed", "Mon", "Wed"],
        ANA,
    ],
    "weeks of": [
        ["Week of 9/1/25"],
        [*LEFT, "Wed", "Thu", "Fri"],
        ANA,
        ["Week of Sept 29 - Oct 3"],
        [*LEFT, "Mon", "Wed", "Fri"],
        ANA,
    ],
}
DAYS = {"weeks of": ["09-03", "09-04", "09-05", "09-29", "10-01", "10-03"]}


@pytest.mark.parametrize("how", MONTHS)
def test_months_below_each_other(how: str) -> None:
    tables = with_log(*MONTHS[how])
    assert days(tables) == DAYS.get(how, ["09-03", "09-08", "09-10", "10-01", "10-06", "10-08"])
    assert tables.problems == ()
    assert tables.layouts["Service Log"].endswith("in 2 tables")


def test_a_tab_of_one_month_is_named_by_it() -> None:
    tables = with_log([*LEFT, 3.0, 8.0, 10.0], ANA, name="Service Log, Sept 2025", names=LOG_OF_SEPTEMBER)
    assert days(tables) == ["09-03", "09-08", "09-10"]


LOG_OF_SEPTEMBER = Names(tabs={"Service Log": "Service Log, Sept 2025"})

REFUSED_DATES: dict[str, tuple[Rows, list[tuple[str, str]]]] = {
    # rows, what is said; nothing is read of those columns
    "a weekday that does not fit": (
        [[None, None, "M", "T", "W"], [*LEFT, "9/2", "9/9", "9/10"], ["Ana R.", "OT", 30.0, None, None]],
        [("error", "C2")],
    ),
    "weekdays of another year": (
        [["September"], [*LEFT, 3.0, 8.0, 10.0], [None, None, "Thu", "Tue", "Thu"], ANA],
        [("error", "C2"), ("error", "D2"), ("error", "E2")],
    ),
    "a date twice": ([[*LEFT, "9/3", "9/8", "9/8"], ["Ana R.", "OT", None, 30.0, None]], [("error", "D1")]),
    "a week that begins on a Tuesday": (
        [["Week of 9/9/25"], [*LEFT, "Mon", "Tue", "Wed"], ["Ana R.", "OT", 30.0, None, None]],
        [("error", "C2")],
    ),
}


@pytest.mark.parametrize("how", REFUSED_DATES)
def test_dates_that_cannot_be_are_refused_with_their_cell(how: str) -> None:
    rows, said = REFUSED_DATES[how]
    if how == "a date twice":
        rows = [*rows, ["Ana R.", "OT", 20.0]]
    tables = with_log(*rows)
    assert wrong(tables) == said
    assert days(tables) == (["09-03"] if how == "a date twice" else [])


@pytest.mark.parametrize(
    "days",
    [range(1, 9), range(1, 6), (1, 2, 3)],
    ids=["periods", "weeks", "sessions"],
)
def test_numbers_below_a_month_that_may_count_something_else_are_no_days(days: Sequence[int]) -> None:
    with pytest.raises(CannotCount):
        with_log(["September 2025"], [*LEFT, *map(float, days)], ANA)
    weekdays = [f"{date(2025, 9, day):%a}" for day in days]
    assert len(
        entries(with_log(["September 2025"], [None, None, *weekdays], [*LEFT, *map(float, days)], ANA))
    )


@pytest.mark.parametrize(
    ("dates", "back"),
    [
        (["9/3", "10/8", "9/10"], ["E1"]),
        (["12/3/25", "1/8/26", date(2026, 1, 9)], []),
        (["12/3", "1/8", "2/10"], []),
        ([date(2025, 9, 3), date(2025, 10, 8), date(2025, 9, 10)], ["E1"]),
    ],
)
def test_dates_that_go_back_are_asked_about(dates: list[CellValue], back: list[str]) -> None:
    tables = with_log([*LEFT, *dates], ANA)
    assert wrong(tables) == [("question", cell) for cell in back]


SUB = [*LEFT, "9/3", None, "9/8", None, "9/10", None]
CODE_MIN: list[CellValue] = [*LEFT, *["Code", "Min"] * 3]
PARTED: dict[str, tuple[Rows, list[tuple[str, int]]]] = {
    # rows, reason and minutes of each entry
    "code and minutes": (
        [SUB, CODE_MIN, ["Ana R.", "OT", "Delivered", 25.0, "SA", None, None, None]],
        [("delivered", 25), ("student absent", -1)],
    ),
    "the date over each of its columns": (
        [
            [*LEFT, "9/3", "9/3", "9/8", "9/8", "9/10", "9/10"],
            CODE_MIN,
            ["Ana R.", "OT", "Delivered", 25.0, None, None, "SA", None],
        ],
        [("delivered", 25), ("student absent", -1)],
    ),
    "minutes and remarks": (
        [SUB, [*LEFT, *["Min", "Notes"] * 3], ["Ana R.", "OT", 25.0, "sang", None, "IEP 9/8", None, None]],
        [("delivered", 25)],
    ),
    "minutes and goals": (
        [SUB, [*LEFT, *["Min", "Goal"] * 3], ["Ana R.", "OT", 25.0, "/r/", None, "/s/", None, None]],
        [("delivered", 25)],
    ),
    "boxes": (
        [
            SUB,
            [*LEFT, *["Present", "Student absent"] * 3],
            ["Ana R.", "OT", True, False, False, True, False, False],
            ["Ben T.", "OT", "x", None, None, None, None, "X"],
        ],
        [("delivered", -1), ("student absent", -1), ("delivered", -1), ("student absent", -1)],
    ),
    "boxes of the key": (
        [
            ["P = present, A = absent"],
            SUB,
            [*LEFT, *["P", "A"] * 3],
            ["Ana R.", "OT", None, True, None, None, None, None],
        ],
        [("student absent", -1)],
    ),
    "in and out": (
        [SUB, [*LEFT, *["In", "Out"] * 3], ["Ana R.", "OT", "9:00", "9:25", None, None, None, None]],
        [("delivered", 25)],
    ),
    "a service in each column": (
        [SUB, ["Student", None, *["Speech", "OT"] * 3], ["Ana R.", None, 30.0, "SA", None, None, None, None]],
        [("delivered", 30), ("student absent", -1)],
    ),
}


@pytest.mark.parametrize("how", PARTED)
def test_several_columns_below_a_date(how: str) -> None:
    rows, read = PARTED[how]
    tables = with_log(*rows)
    assert [entry[3:] for entry in entries(tables)] == read
    assert tables.problems == ()
    assert {entry[0] for entry in entries(tables)} <= {"2025-09-03", "2025-09-08", "2025-09-10"}


NOT_READ: dict[str, tuple[Rows, list[str]]] = {
    # rows (of each the first entry is to be refused), the cells that are named
    "two boxes": (
        [SUB, [*LEFT, *["Present", "SA"] * 3], ["Ana R.", "OT", True, True, None, None, None, None]],
        ["D3"],
    ),
    "minutes in a box": (
        [SUB, [*LEFT, *["Present", "SA"] * 3], ["Ana R.", "OT", 30.0, None, None, None, None, None]],
        ["C3"],
    ),
    "out before in": (
        [SUB, [*LEFT, *["In", "Out"] * 3], ["Ana R.", "OT", "9:30", "9:00", None, None, None, None]],
        ["C3"],
    ),
    "in without out": (
        [SUB, [*LEFT, *["In", "Out"] * 3], ["Ana R.", "OT", "9:30", None, None, None, None, None]],
        ["C3"],
    ),
    "minutes without a code": (
        [SUB, CODE_MIN, ["Ana R.", "OT", None, 30.0, None, None, None, None]],
        ["C3"],
    ),
    "totals that repeat a service": (
        [HEADER, ["Ana R.", "Speech", None], [None, "OT", 30.0], [None, "Speech", 60.0]],
        ["C3"],
    ),
    "a row of nobody": ([HEADER, ["Ana R.", "Speech", None], [], [None, "OT", 30.0]], ["C4"]),
}


@pytest.mark.parametrize("how", NOT_READ)
def test_what_is_not_certain_is_refused_with_its_cell(how: str) -> None:
    rows, said = NOT_READ[how]
    tables = with_log(*rows, ["Ben T.", "OT", *[None] * 6], [*LEFT, "10/1", "10/6", "10/8"], BEN)
    assert [cell for _, cell in wrong(tables)] == said
    delivered = [entry for entry in entries(tables) if entry[3] != tables.log["typed"].iloc[-1]]
    assert all(entry[0] == "2025-10-06" or entry[4] == 30 for entry in delivered)
    assert [entry[0] for entry in entries(tables) if entry[1] == "Ben T."] == ["2025-10-06"]


def test_a_service_below_a_name_that_has_no_entries_of_its_own() -> None:
    rows: Rows = [
        ["Name", "9/3", "9/8", "10/1"],
        ["Ana R."],
        ["Speech", 30.0],
        ["OT", None, 20.0],
        ["Ben T."],
    ]
    assert [entry[:3] for entry in entries(with_log(*rows))] == [
        ("2025-09-03", "Ana R.", SPEECH),
        ("2025-09-08", "Ana R.", "Occupational therapy"),
    ]


@pytest.mark.parametrize("beside", [["Student", "9/10"], ["", "9/10"]])
def test_a_second_table_beside_the_first_is_nobodys_of_the_first(beside: list[CellValue]) -> None:
    tables = with_log([*HEADER, *beside], ["Ana R.", "OT", 30.0, None, None, "Ben T.", 20.0])
    assert [entry[:2] for entry in entries(tables)] == [("2025-09-03", "Ana R.")]
    assert wrong(tables) == [("error", "F1")]


def test_a_cell_merged_over_days_or_students_is_refused() -> None:
    log = Sheet("Service Log", [HEADER, ANA, BEN, ["Ana R.", "OT", "snow day"]], merged=("D2:E2", "C4:C5"))
    tabs = [Sheet(tab, cells(table)) for tab, table in SMALL.items() if tab != "Service Log"]
    tables = read_tables(Snapshot((*tabs, log)), Names(), today=TODAY)
    assert [(entry[0], entry[4]) for entry in entries(tables)] == [
        ("2025-09-03", 30),
        ("2025-10-01", 25),
        ("2025-09-08", 20),
    ]
    assert wrong(tables) == [("error", "D2")]


@pytest.mark.parametrize(
    "rows",
    [
        [["Key"], ["P", "present"], ["A", "student absent"], [], HEADER, ["Ana R.", "OT", "P"]],
        [[*HEADER, None, "Key"], ["Ana R.", "OT", "P", None, None, None, "P", "present"]],
        [HEADER, ["Ana R.", "OT", "P"], [None, None, "P = present", None]],
    ],
    ids=["two columns above", "on the right", "among the dates"],
)
def test_where_a_key_of_codes_stands(rows: Rows) -> None:
    tables = with_log(*rows)
    assert [entry[3] for entry in entries(tables)] == ["delivered"]
    assert tables.problems == ()


def test_a_column_behind_the_dates_with_codes_but_no_date_is_said() -> None:
    tables = with_log(HEADER, ["Ana R.", "OT", 30.0, None, None, "SA", "sang well"])
    assert wrong(tables) == [("error", "F1")]


def test_another_table_below_the_students_is_not_read_as_entries() -> None:
    tables = with_log(HEADER, ANA, [], [*LEFT, "Grade", "Goal", "Room"], ["Ben T.", "OT", 30.0, 25.0, 20.0])
    assert {entry[1] for entry in entries(tables)} == {"Ana R."}
    assert wrong(tables) == [("error", "A4")]


def with_attendance(*rows: list[CellValue], name: str = "Attendance") -> Tables:
    tabs = [Sheet(tab, cells(table)) for tab, table in SMALL.items()]
    return read_tables(Snapshot((*tabs, Sheet(name, rows))), Names(), today=TODAY)


def absences(tables: Tables) -> list[tuple[str, str, str, int]]:
    found = tables.attendance
    columns = (found["date"].dt.date.astype(str), found["student"], found["kind"], found["time"])
    return [(day[5:], str(who), str(kind), int(time)) for day, who, kind, time in zip(*columns, strict=True)]


def test_an_attendance_tab_is_a_grid_with_its_key() -> None:
    tables = with_attendance(
        ["A = absent, T = tardy, D: dismissed, P = present"],
        ["Student", "9/3", "9/8", "10/1"],
        ["Ana R.", "A", "T 9:15", "P"],
        ["Ben T.", "dismissed 1:30 PM", None, "absent"],
    )
    assert absences(tables) == [
        ("09-03", "Ana R.", "absent", -1),
        ("09-08", "Ana R.", "tardy", 555),
        ("09-03", "Ben T.", "dismissed", 810),
        ("10-01", "Ben T.", "absent", -1),
    ]
    assert tables.problems == ()


@pytest.mark.parametrize(
    ("name", "cell", "read"),
    [
        ("Absences", True, ["absent"]),
        ("Attendance", True, []),
        ("Attendance", "A", []),
        ("Attendance", 1.0, []),
    ],
)
def test_a_mark_of_attendance_that_may_mean_the_contrary_is_refused(
    name: str, cell: CellValue, read: list[str]
) -> None:
    tables = with_attendance(
        ["Student", "9/3", "9/8", "10/1"], ["Ana R.", cell], ["Ben T.", None, "present"], name=name
    )
    assert [kind for _, _, kind, _ in absences(tables)] == read
    assert wrong(tables) == ([] if read else [("error", "B2")])


anything = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from(
        ("Ana R.", "Speech", "9/3", "9/8", "10/1", "Mon", "W", "September", "Week of 9/8", "Code")
    ),
    st.sampled_from(("Min", "P", "P = present", "Key", "Total", "In", "Out", "9:00", "Student", "x", "May")),
    st.floats(0, 40),
    st.integers(1, 31).map(float),
    st.dates(date(2025, 8, 1), date(2026, 6, 30)),
    st.text(max_size=6),
)


@settings(max_examples=150)
@given(st.lists(st.lists(anything, max_size=7), max_size=9), st.sampled_from(("Service Log", "Attendance")))
def test_no_grid_crashes_and_each_cell_is_one_entry_at_most(rows: Rows, tab: str) -> None:
    known = PeopleKnown(named(["Ana R.", "Ben T."]), named([]))
    listed = read_attendance_grid(Sheet("May", rows, merged=("C2:D3",)), tab, {}, known)
    own = [record[listed.own][1:] for record in listed.records] if listed else []
    assert len(set(own)) == len(own)
