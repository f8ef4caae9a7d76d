"""Records side by side: services in columns, and repeats ("Day_1 Start_1 End_1 Day_2 ...")."""

from __future__ import annotations

import pytest

from sheets_sync.intake.layouts.people_known import PeopleKnown, named
from sheets_sync.intake.layouts.services_across import read_services_across
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount
from sheets_sync.tables import Tables
from tests.intake.layouts.test_attendance_grid import SPEECH, Rows, entries
from tests.intake.small_workbook import read, told

OT = "Occupational therapy"


def lines(tables: Tables) -> list[tuple[str, str, str, bool]]:
    """Return student, service, frequency as typed, and whether it can be counted, of each line."""
    found = tables.lines
    columns = (found["student"], found["service"], found["frequency_text"], found["reason"] == "")
    return [(str(a), str(b), str(c), bool(d)) for a, b, c, d in zip(*columns, strict=True)]


def wrong(tables: Tables) -> list[tuple[str, str]]:
    return [(severity, cell) for severity, cell, _ in told(tables) if "is empty" not in cell]


ACROSS: Rows = [
    ["Caseload 25-26"],
    ["Student", "Grade", "SLP", "OT", "PT"],
    ["Ana R.", "3", "2x30/wk", "1 x 30 min weekly", "-"],
    ["Ben T.", "4", "Speech: 1x30/wk", None, "N/A"],
    ["Total", None, "2", "1", None],
]


@pytest.mark.parametrize(
    "changes",
    [{"Service Grid": ACROSS}, {"Service Grid": None, "Caseload": ACROSS}],
    ids=["on the grid's tab", "on the Caseload"],
)
def test_services_in_columns_are_the_service_grid(changes: dict[str, Rows | None]) -> None:
    tables = read(changes)
    assert lines(tables) == [
        ("Ana R.", SPEECH, "2x30/wk", True),
        ("Ana R.", OT, "1 x 30 min weekly", True),
        ("Ben T.", SPEECH, "Speech: 1x30/wk", True),
    ]
    tab = "Service Grid" if changes["Service Grid"] else "Caseload"
    assert tables.tab("Service Grid") == tab
    assert tables.cell("Service Grid", "Frequency", int(tables.lines["row"].iloc[1])) == "D3"
    of_the_caseload = [] if changes["Service Grid"] else [("note", "Caseload!A5")]
    assert wrong(tables) == [*of_the_caseload, ("note", f"{tab}!E2")]


IN_A_CELL: list[tuple[CellValue, list[bool], list[str]]] = [
    # what stands below SLP beside Ben, whether lines of it can be counted, what is named
    ("2x30/wk", [True], []),
    ("x", [False], ["C3"]),
    (60.0, [False], ["C3"]),
    (True, [False], ["C3"]),
    ("consult", [False], ["C3"]),
    ("consult 1x/mo 30 min", [True], []),
    ("2x30", [False], ["C3"]),
    ("was 2x30/wk", [False], ["C3"]),
    ("declined 2x30/wk", [False], ["C3"]),
    ("2x30/wk pending", [False], ["C3"]),
    ("OT: 2x30/wk", [], ["C3"]),
    ("2x30/wk speech, 1x30/wk OT", [], ["C3"]),
    ("none", [], []),
    (False, [], []),
]


@pytest.mark.parametrize(("cell", "counted", "named_cells"), IN_A_CELL)
def test_a_cell_below_a_service(cell: CellValue, counted: list[bool], named_cells: list[str]) -> None:
    grid: Rows = [["Student", "Grade", "SLP"], ["Ana R.", None, "1x30/wk"], ["Ben T.", None, cell]]
    tables = read({"Service Grid": grid})
    assert [line[3] for line in lines(tables)[1:]] == counted
    assert [cell for _, cell in wrong(tables)] == [f"Service Grid!{one}" for one in named_cells]
    assert all(severity == "error" for severity, _ in wrong(tables))


@pytest.mark.parametrize(
    ("cell", "provider"),
    [("2x30/wk (Kim Lee)", "Kim Lee"), ("2x30/wk - Lee, Kim", "Kim Lee"), ("2x30/wk (push-in)", None)],
)
def test_a_provider_behind_the_frequency(cell: str, provider: str | None) -> None:
    known = PeopleKnown(named([]), named(["Kim Lee"]))
    listed = read_services_across(Sheet("Caseload", [["Student", "SLP"], ["Ana R.", cell]]), {}, known)
    assert listed is not None
    assert listed.records[0].get("Provider", (None,))[0] == provider


def test_columns_of_providers_or_ticks_are_no_service_grid() -> None:
    with pytest.raises(CannotCount, match="Service Grid"):
        read({"Service Grid": None, "Caseload": [["Student", "SLP", "OT"], ["Ana R.", "K. Lee", "x"]]})


def test_a_schedule_with_its_days_side_by_side() -> None:
    rows: Rows = [
        ["Student", "Service", "Day_1", "Start_1", "End_1", "Day_2", "Start_2", "End_2"],
        ["Ana R.", "Speech", "Mon", "9:00", "9:30", "Wed", "10:00", "10:30"],
        ["Ben T.", "OT", "Tue", "9:00", "9:30", None, None, None],
        ["Ben T.", "OT", None, None, None, None, "11:00", "11:30"],
    ]
    tables = read({"Schedule": rows})
    assert [(str(who), int(start)) for who, start in tables.schedule[["student", "start"]].to_numpy()] == [
        ("Ana R.", 540),
        ("Ana R.", 600),
        ("Ben T.", 540),
    ]
    assert wrong(tables) == [("error", "Schedule!F4")]
    assert tables.layouts["Schedule"] == "records side by side: 3 rows with up to 2 records each"


def test_a_log_with_its_sessions_side_by_side() -> None:
    rows: Rows = [
        ["Student", "Service", "Date 1", "Status 1", "Date 2", "Status 2"],
        ["Ana R.", "Speech", "9/3", "Delivered", "9/8", "SA"],
        ["Ben T.", "OT", "9/3", 30.0, None, None],
    ]
    tables = read({"Service Log": rows})
    assert [(entry[0][5:], entry[1], entry[3]) for entry in entries(tables)] == [
        ("09-03", "Ana R.", "delivered"),
        ("09-08", "Ana R.", "student absent"),
        ("09-03", "Ben T.", "delivered"),
    ]
    assert wrong(tables) == []


@pytest.mark.parametrize("first", ["Service", "Service 1"])
def test_a_service_grid_with_its_services_side_by_side(first: str) -> None:
    """With or without a number on the first: as a list, every second service would be left out in silence."""
    rows: Rows = [
        ["Student", first, first.replace("Service", "Frequency"), "Service 2", "Frequency 2"],
        ["Ana R.", "Speech", "2x30/wk", "OT", "1x30/wk"],
        ["Ben T.", "Speech", "2x30/wk", None, None],
    ]
    assert [line[:3] for line in lines(read({"Service Grid": rows}))] == [
        ("Ana R.", SPEECH, "2x30/wk"),
        ("Ana R.", OT, "1x30/wk"),
        ("Ben T.", SPEECH, "2x30/wk"),
    ]


def test_numbers_that_repeat_no_record_leave_a_list_a_list() -> None:
    rows: Rows = [
        ["Student", "Service", "Frequency", "Provider 1", "Provider 2", "Minutes 1"],
        ["Ana R.", "Speech", "2x30/wk", "K. Lee", "J. Rivera", None],
    ]
    assert read({"Service Grid": rows}).layouts == {}


def test_a_status_of_several_dates_is_refused() -> None:
    rows: Rows = [
        ["Student", "Service", "Status", "Date 1", "Minutes 1", "Date 2", "Minutes 2"],
        ["Ana R.", "Speech", "SA", "9/3", 30.0, "9/8", 30.0],
    ]
    with pytest.raises(CannotCount):
        read({"Service Log": rows})


@pytest.mark.parametrize(
    "header", [["Student", "SLP", "OT"], ["Student", "Service 1", "Frequency 1", "Service 2", "Frequency 2"]]
)
def test_a_second_table_below_is_not_read_as_the_first(header: list[CellValue]) -> None:
    """Its columns are others: read on, its OT would be speech."""
    filled = {2: ["1x30/wk", "1x20/wk"], 4: ["Speech", "1x30/wk", "OT", "1x20/wk"]}[len(header) - 1]
    second: Rows = [["Student", "PT", "Counseling"], ["Ben T.", "1x20/wk", "2x20/wk"]]
    tables = read({"Service Grid": [header, ["Ana R.", *filled], [], *second]})
    assert [line[0] for line in lines(tables)] == ["Ana R.", "Ana R."]
    assert wrong(tables) == [("error", "Service Grid!A4")]


def test_a_header_that_speaks_of_a_service_is_said_to_be_left_alone() -> None:
    rows: Rows = [["Student", "Speech minutes", "Speech goal", "OT"], ["Ana R.", 60.0, "/r/", "1x30/wk"]]
    tables = read({"Service Grid": rows})
    assert [line[1] for line in lines(tables)] == [OT]
    assert wrong(tables) == [("error", "Service Grid!B1"), ("note", "Service Grid!C1")]


UNITS: dict[str, tuple[Rows, list[tuple[str, str]], list[str]]] = {
    # rows, each line's service and frequency, the cells that cannot be read
    "minutes a week": (
        [
            ["Student", "Speech min/wk", "OT minutes per month"],
            ["Ana R.", 60.0, "30 min"],
            ["Student", "Speech min/wk", "OT minutes per month"],
            ["Ben T.", None, 45.0],
        ],
        [(SPEECH, "60 min / week"), (OT, "30 min / month"), (OT, "45 min / month")],
        [],
    ),
    "how often and how long": (
        [
            ["Student", "Speech freq", "Speech min", "OT frequency", "OT min"],
            ["Ana R.", "2x/week", 30.0, "1x/wk", None],
        ],
        [(SPEECH, "2x/week"), (OT, "1x/wk")],
        ["Service Grid!D2"],
    ),
    "a column of amounts without a unit": (
        [
            ["Student", "SLP", "OT"],
            ["Ana R.", "2x30/wk", 30.0],
            ["Ben T.", None, "30 min"],
            ["Ben T.", None, "2x/week"],
        ],
        [(SPEECH, "2x30/wk"), (OT, "30"), (OT, "30 min"), (OT, "2x/week")],
        ["Service Grid!C2", "Service Grid!C3", "Service Grid!C4"],
    ),
    "ticks": (
        [["Student", "SLP", "OT"], ["Ana R.", "2x30/wk", "x"]],
        [(SPEECH, "2x30/wk")],
        ["Service Grid!C1"],
    ),
}


@pytest.mark.parametrize("how", UNITS)
def test_services_in_columns_with_their_units_and_without(how: str) -> None:
    rows, read_lines, said = UNITS[how]
    tables = read({"Service Grid": rows})
    assert [line[1:3] for line in lines(tables)] == read_lines
    assert [cell for _, cell in wrong(tables)] == said
