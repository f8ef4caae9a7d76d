"""How each cell was read, as a table: by the reading that a run counts, with what is wrong at its cell."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from sheets_sync.config import Config, Names
from sheets_sync.looked_at import LookedAt, look_at
from sheets_sync.ports import Sheet, Snapshot
from sheets_sync.views.preview import TabSeen
from sheets_sync.views.preview_table import preview_json, preview_tables
from tests.intake.small_workbook import SMALL, TODAY, row_added, workbook

WEEK_GRID = """
    Time      | Mon          | Wed
    9:00-9:30 | Ana R. - SLP | Ben, Ana R. - OT
    10:00     |              | lunch with Zed
    """
ATTENDANCE_GRID = """
    Student | Service | 9/3 | 9/5    | 9/8
    Ana R.  | SLP     | 30  | MU/30  | CX
    Ben T.  | SLP     | CX  | absent |
    """

DATES = """
    Student | Student ID | Exit date
    Ana R.  | S1         |
    Ben T.  | S2         | 2026-01-16
    """.strip()
DAYS = """
    Student | Room | Grade
    Ben T.  | 104  | 2
    Ana R.  | 112  | 3
    """.strip()


def looked(changes: dict[str, str | None], most: int = 20, names: Names | None = None) -> LookedAt:
    return look_at(workbook(changes), Config(names=names or Names()), TODAY, most)


def tab(found: LookedAt, name: str) -> TabSeen:
    return next(one for one in found.seen if one.name == name)


def printed(found: LookedAt) -> str:
    console = Console(file=StringIO(), width=80)
    console.print(preview_tables(found.seen, found.left))
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


LOG = "2025-10-06 | {} | {} | Kim | 9:00 | {} | {} | |"
READ = [
    # tab, row added, column, how it was read
    ("Service Grid", "Ben T. | SLP | 3x/wk for 20 | | | | |", "Service", "Speech therapy"),
    ("Service Grid", "Ben T. | SLP | 3x/wk for 20 | | | | |", "Frequency", "3 x 20 min / week"),
    ("Service Grid", "Ben T. | SLP | 60 min monthly | | | | |", "Frequency", "60 min / month"),
    ("Service Grid", "Ben T. | SLP | 60 min monthly | group | | 9/8 | | y", "Start date", "Mon, Sep 8, 2025"),
    ("Service Grid", "Ben T. | SLP | 60 min monthly | group | | 9/8 | | y", "ESY", "yes"),
    ("Service Grid", "Ben T. | SLP | often | | | | |", "Frequency", ""),
    ("Schedule", "Ana R.; Ben | SLP | | MWF | 1:00 | | 30 | | | |", "Student", "Ana R.; Ben T."),
    ("Schedule", "Ana R.; Ben | SLP | | MWF | 1:00 | | 30 | | | |", "Days", "Mon, Wed, Fri"),
    ("Schedule", "Ana R.; Ben | SLP | | MWF | 1:00 | | 30 | | | |", "Start", "1:00"),
    ("Schedule", "Ana R. | SLP | | Tue | 9 | 9:45 | | | | |", "End", "9:45"),
    (
        "Schedule",
        "Ana R. | SLP | | Mon 9-9:30, Wed 10-10:30 | | | | | | |",
        "Days",
        "Mon 9:00-9:30; Wed 10:00-10:30",
    ),
    ("Service Log", LOG.format("Ben", "SLP", "", "30"), "Status", "delivered, 30 min"),
    ("Service Log", LOG.format("Ben", "SLP", "30", "SA"), "Status", "student absent"),
    ("Service Log", LOG.format("Ben", "SLP", "30", "MU 9/3/25"), "Date", "Mon, Oct 6, 2025"),
    ("Service Log", LOG.format("Zed", "SLP", "30", "SA"), "Student", ""),
    ("Service Log", LOG.format("Zed", "SLP", "30", "SA"), "Status", ""),
    ("Calendar", "11/3 | | no sch | | ", "Kind", ""),
    ("Calendar", "11/3 | | early dismissal | 12:30 PM | ", "Time", "12:30"),
    ("Caseload", "Cal W. | S012", "Student ID", "S012"),
]


@pytest.mark.parametrize(("name", "row", "column", "reading"), READ)
def test_a_cell_of_a_list_is_shown_as_it_was_read(name: str, row: str, column: str, reading: str) -> None:
    seen = tab(looked(row_added(name, row)), name)
    cell = next(one for one in reversed(seen.cells) if one.column == column)
    assert cell.reading.startswith(reading) if reading else cell.reading == ""


@pytest.mark.parametrize(
    ("changes", "name", "cell", "reading"),
    [
        ({"Schedule": WEEK_GRID}, "Schedule", "B2", "Ana R., Speech therapy: Mon 9:00-9:30"),
        ({"Schedule": WEEK_GRID}, "Schedule", "C2", "Ben T.; Ana R., Occupational therapy: Wed 9:00-9:30"),
        ({"Schedule": WEEK_GRID}, "Schedule", "C3", ""),
        (
            {"Service Log": ATTENDANCE_GRID},
            "Service Log",
            "D2",
            "Ana R., Speech therapy: Fri, Sep 5, 2025, make-up, 30 min",
        ),
        (
            {"Service Log": ATTENDANCE_GRID},
            "Service Log",
            "C3",
            "Ben T., Speech therapy: Wed, Sep 3, 2025, what happened is not read",
        ),
        (
            {"Service Grid": None, "Caseload": "Student | OT\nAna R. | 2x30/wk"},
            "Caseload",
            "B2",
            "Ana R., Occupational therapy: 2 x 30 min / week",
        ),
    ],
)
def test_a_cell_of_a_grid_says_all_that_was_read_of_it(
    changes: dict[str, str | None], name: str, cell: str, reading: str
) -> None:
    found = [c for one in looked(changes).seen if one.name == name for c in one.cells if c.cell == cell]
    assert [one.reading for one in found if not one.column] == [reading]


def test_a_problem_of_many_cells_stands_at_each_of_them() -> None:
    rows = "\n".join(LOG.format("Ana R.", "SLP", "30", "CX") for _ in range(9))
    seen = tab(looked(row_added("Service Log", rows)), "Service Log")
    asked = [cell for cell in seen.cells if cell.column == "Status" and cell.severity]
    assert [cell.cell for cell in asked] == [f"G{row}" for row in range(3, 12)]
    assert {(cell.reading, cell.stands) for cell in asked} == {("", "CX")}


def test_only_the_first_rows_are_shown_and_no_later_cell_of_a_grid() -> None:
    seen = tab(looked({"Service Log": ATTENDANCE_GRID}, most=2), "Service Log")
    assert ([cell.cell for cell in seen.cells], seen.rows, seen.shown) == (["C2", "D2"], 5, 2)
    assert "... and 3 more cells" in printed(looked({"Service Log": ATTENDANCE_GRID}, most=2))


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"Lunch menu": "a | b"}, "Lunch menu: not read. Its name is that of no tab that the program reads."),
        ({"Staff": ""}, "Staff: not read. It is the Staff, and nothing stands in it."),
        (
            {"Schedule": "Student | Days"},
            'Schedule: not read. It is the Schedule, but the tab "Schedule" has',
        ),
        (
            {"Schedule": None, "Weekly schedule": SMALL["Schedule"], "Master schedule": SMALL["Schedule"]},
            'Weekly schedule: not read. It could be the Schedule, and so could "Master schedule".',
        ),
        ({"Compliance": "a"}, "Compliance: not read. This program writes it."),
        ({"Caseload": None}, "How its cells are read can be told once there is a Caseload."),
        ({"Schedule": WEEK_GRID}, "Schedule: a week grid: 2 times down, 2 days across, 2 sessions"),
        ({}, "Service Log: a list, 1 row"),
    ],
)
def test_each_tab_says_what_it_was_taken_for_or_why_it_is_not_read(
    changes: dict[str, str | None], line: str
) -> None:
    assert line in " ".join(printed(looked(changes)).split())


def test_a_tab_of_another_workbook_that_cannot_be_read_says_why() -> None:
    absent = Sheet("OT log: Log", [], as_tab="Service Log", absent="It is not shared.")
    found = look_at(Snapshot((*workbook().sheets, absent)), Config(), TODAY, 20)
    assert found.left == (("OT log: Log", "It is not shared."),)
    assert [one.name for one in found.seen if one.tab == "Service Log"] == ["Service Log"]


def test_a_tab_of_another_workbook_that_is_away_is_shown_as_it_stood() -> None:
    rows = (("Name", "Email"), ("J. Rivera", "rivera@example.org"))
    absent = Sheet("Other: Sheet", (), as_tab="Staff", absent="It is not shared.")
    sheets = (*(one for one in workbook().sheets if one.name != "Staff"), absent)
    found = look_at(Snapshot(sheets), Config(), TODAY, 20, [replace(absent, rows=rows, absent="")])
    assert (found.opened.stop, found.left) == (None, ())
    said = " ".join(printed(found).split())
    assert "Other: Sheet (Staff): a list, 1 row This could not be read, and is shown as it stood" in said
    assert "J. Rivera" in said


def test_why_a_tab_is_not_read_has_one_full_stop() -> None:
    absent = Sheet("Other: Sheet", (), as_tab="Staff", absent="It is not shared.")
    (left,) = look_at(Snapshot((*workbook().sheets, absent)), Config(), TODAY, 20).left
    assert left[1].endswith("It is not shared.")


def test_a_part_of_a_name_is_not_left_alone() -> None:
    (caseload,) = (
        one for one in looked({"Caseload": "Last | First | Room\nR. | Ana | 4"}).seen if one.tab == "Caseload"
    )
    assert [column.header for column in caseload.left_alone] == ["Room"]


@pytest.mark.parametrize(
    ("changes", "tabs"),
    [
        ({"Caseload": None, "Roster": DATES, "Student info": DAYS}, ["Roster", "Student info"]),
        ({"Caseload": f"{DATES}\n |\n{DAYS}"}, ["Caseload"]),
    ],
)
def test_each_chart_of_a_caseload_shows_its_own_cells(
    changes: dict[str, str | None], tabs: list[str]
) -> None:
    found = looked(changes)
    charts = [one for one in found.seen if one.tab == "Caseload"]
    assert [one.name for one in charts] == tabs
    assert {one.layout for one in charts} == {"one of 2 charts, joined by student"}
    cells = {(cell.column, cell.reading) for one in charts for cell in one.cells}
    assert {("Exit date", "Fri, Jan 16, 2026"), ("Grade", "2"), ("Student", "Ben T.")} <= cells
    assert [(column.cell[0], column.header) for one in charts for column in one.left_alone] == [("B", "Room")]
    assert found.left == ()


def test_a_plan_book_is_shown_as_each_of_the_two_that_it_is() -> None:
    row = "{} | Ana R. | SLP | 9:00 | 9:30 | {}"
    rows = (row.format("2025-10-06", "held"), row.format("2025-10-22", ""))
    plan = "\n".join(("Date | Student | Service | Start | End | Status", *rows))
    found = looked({"Schedule": None, "Service Log": None, "Plan book": plan})
    dates = [(one.tab, c.reading) for one in found.seen for c in one.cells if one.name == "Plan book"][:1]
    assert dates == [("Schedule", "Mon, Oct 6, 2025")]
    assert [one.tab for one in found.seen if one.name == "Plan book"] == ["Schedule", "Service Log"]


TEXTS = st.sampled_from(["Ana R.", "SLP", "2x30", "9/3", "CX", "9:00", "[red]", "=1+1", "Mon"]) | st.text()


@settings(max_examples=25)
@given(st.lists(st.lists(TEXTS, min_size=7, max_size=9), max_size=4), st.sampled_from(sorted(SMALL)))
def test_whatever_is_typed_each_problem_stands_at_its_cell(rows: list[list[str]], name: str) -> None:
    snapshot = workbook()
    sheets = tuple(
        Sheet(sheet.name, [*sheet.rows, *rows]) if sheet.name == name else sheet for sheet in snapshot.sheets
    )
    found = look_at(Snapshot(sheets), Config(), TODAY, 99)
    printed(found)
    preview_json(found.seen, found.left)
    for one in found.seen:
        assert len({(cell.cell, cell.column) for cell in one.cells}) == len(one.cells)
        for problem in one.problems:
            assert not problem.cell or problem.cell in {cell.cell for cell in one.cells}


def test_what_stands_there_is_what_stands_there() -> None:
    """One note tells of two names: each cell shows its own."""
    grid = "Student | 9/3 | 9/8 | 9/10\nAna | SA | SA | SA\nBen | SA | SA | SA"
    found = looked({"Service Log": None, "Speech log": grid})
    cells = {cell.cell: cell.stands for cell in tab(found, "Speech log").cells}
    assert (cells["A2"], cells["A3"]) == ("Ana", "Ben")
