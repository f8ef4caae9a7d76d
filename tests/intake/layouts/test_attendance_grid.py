"""A log kept as a grid: students down, dates across, a code or minutes in each cell."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from sheets_sync.config import Names
from sheets_sync.intake.workbook import read_tables
from sheets_sync.ports import CellValue, Sheet, Snapshot
from sheets_sync.problems import CannotCount
from sheets_sync.tables import Tables
from tests.intake.small_workbook import SMALL, TODAY, cells, read, row_added, told

Rows = list[list[CellValue]]
SPEECH = "Speech therapy"


def with_log(*rows: list[CellValue], name: str = "Service Log", names: Names | None = None) -> Tables:
    """Read the small workbook (Ana R. and Ben T.) with this log."""
    tabs = [Sheet(tab, cells(table)) for tab, table in SMALL.items() if tab != "Service Log"]
    return read_tables(Snapshot((*tabs, Sheet(name, rows))), names or Names(), today=TODAY)


def entries(tables: Tables) -> list[tuple[str, str, str, str, int]]:
    """Return date, student, service, status in words and minutes (-1: the session's own) of each entry."""
    log = tables.log
    columns = (log["date"].dt.date.astype(str), log["student"], log["service"], log["reason"], log["minutes"])
    return [(day, *map(str, words), int(minutes)) for day, *words, minutes in zip(*columns, strict=True)]


MONDAY = datetime.combine(date(2025, 9, 8), time())
HEADER: list[CellValue] = ["Student", "Service", "9/3", "9/8", "10/1"]


def test_each_cell_in_which_something_stands_is_an_entry() -> None:
    tables = with_log(
        HEADER,
        ["Ana R.", "Speech", "Delivered", None, 30.0],
        ["Ben T.", "OT", "SNA", "MU/30", ""],
    )
    assert entries(tables) == [
        ("2025-09-03", "Ana R.", SPEECH, "delivered", -1),
        ("2025-10-01", "Ana R.", SPEECH, "delivered", 30),
        ("2025-09-03", "Ben T.", "Occupational therapy", "provider absent", -1),
        ("2025-09-08", "Ben T.", "Occupational therapy", "make-up", 30),
    ]
    assert tables.layouts == {"Service Log": "an attendance grid: 2 students down, 3 dates across"}
    assert tables.problems == ()


def test_an_entry_is_known_by_its_cell_and_a_problem_names_the_one_to_change() -> None:
    tables = with_log(
        HEADER, ["Ana R.", "Speech", None, "she was lovely", None], ["Zoe Q.", "OT", "x", 30, 30]
    )
    assert {where for _, where, _ in told(tables)} == {"Service Log!D2", "Service Log!A3"}
    assert tables.cell("Service Log", "Status", int(tables.log["row"].iloc[0])) == "D2"


DATES_ACROSS = [
    # what stands above the columns of three days
    [["Student", "Service", date(2025, 9, 3), MONDAY, "10/1/25"]],
    [["Student", "Service", "Wed 9/3", "Mon 9/8", "Wed 10/1"]],
    [["Student", "Service", "Sept 3", "8-Sep", "Oct 1"]],
    [[None, None, "September", None, "October"], ["Student", "Service", 3.0, 8.0, 1.0]],
    [[None, None, "Sept. 2025", None, "Oct '25"], ["Student", "Service", "3", "8", "1st"]],
    [[None, None, date(2025, 9, 1), None, date(2025, 10, 1)], ["Student", "Service", 3.0, 8.0, 1.0]],
    [["Log of Ms. Lee"], [], ["Student", "Service", "9/3", "9/8", "10/1"]],
    [["Student", "Service", "9/3", "9/8", "10/1"], [None, None, "W", "M", "W"]],
    [["Student", "Service", None, None, None], [None, None, "9/3", "9/8", "10/1"]],
]


@pytest.mark.parametrize("above", DATES_ACROSS)
def test_dates_across_in_the_ways_of_staff(above: Rows) -> None:
    tables = with_log(*above, ["Ana R.", "Speech", 30.0, 30.0, 30.0])
    assert [entry[0] for entry in entries(tables)] == ["2025-09-03", "2025-09-08", "2025-10-01"]


def test_a_total_a_remark_and_a_gap_are_no_dates() -> None:
    tables = with_log(
        ["Student", "Service", "9/3", None, "9/8", "10/1", "Total", "Remarks"],
        ["Ana R.", "Speech", 30.0, "x", None, 30.0, 60.0, "IEP meeting 9/30"],
        ["Total", None, 30.0, None, None, 30.0, 60.0, None],
    )
    assert [entry[:2] for entry in entries(tables)] == [("2025-09-03", "Ana R."), ("2025-10-01", "Ana R.")]


def test_a_second_service_stands_below_the_first_without_the_name_once_more() -> None:
    tables = with_log(HEADER, ["Ana R.", "Speech", 30.0], [None, "OT", None, 30.0], [None, None, 20.0])
    assert [entry[:3] for entry in entries(tables)] == [
        ("2025-09-03", "Ana R.", SPEECH),
        ("2025-09-08", "Ana R.", "Occupational therapy"),
    ]


@pytest.mark.parametrize(
    ("title", "tab"), [("Speech attendance 25-26", "Service Log"), ("Ms. Lee", "Speech log")]
)
def test_without_a_column_the_service_is_the_one_that_the_title_or_the_tab_names(
    title: str, tab: str
) -> None:
    tables = with_log([title], ["Name", "9/3", "9/8", "10/1"], ["Ana R.", 30.0], name=tab)
    assert entries(tables) == [("2025-09-03", "Ana R.", SPEECH, "delivered", 30)]


def test_with_none_of_several_services_each_entry_asks_for_it() -> None:
    grid = row_added("Service Grid", "Ben T. | OT | 1 x 30 min / week | | | | |")
    tables = read({**grid, "Service Log": [["Name", "9/3", "9/8", "10/1"], ["Ana R.", 30.0, 30.0]]})
    assert entries(tables) == []
    assert told(tables) == [
        ("error", "Service Log!B2", "Service is blank. (2 cells: B2, C2)"),
    ]


def test_a_box_is_ticked_or_as_blank() -> None:
    tables = with_log(HEADER, ["Ana R.", "Speech", True, False, True])
    assert [entry[:1] + entry[3:4] for entry in entries(tables)] == [
        ("2025-09-03", "delivered"),
        ("2025-10-01", "delivered"),
    ]


KEYS = [
    # a key on the sheet                                      what P stands for
    (["Key: P = present; A = absent"], "delivered"),
    (["P = provider absent"], "provider absent"),
    (["P - present, A - absent"], "delivered"),
    (["Codes", "P: present\nA: absent"], "delivered"),
]


@pytest.mark.parametrize(("key", "meaning"), KEYS)
def test_the_key_on_the_sheet_gives_a_letter_its_meaning(key: list[CellValue], meaning: str) -> None:
    tables = with_log(key, HEADER, ["Ana R.", "Speech", "P"])
    assert [entry[3] for entry in entries(tables)] == [meaning]
    assert tables.problems == ()


def test_the_configuration_goes_before_the_key() -> None:
    names = Names(codes={"P": "provider absent"})
    tables = with_log(["P = present"], HEADER, ["Ana R.", "Speech", "P"], names=names)
    assert [entry[3] for entry in entries(tables)] == ["provider absent"]


@pytest.mark.parametrize("second", ["C = consultation", "C = school closed"])
def test_a_code_of_two_meanings_keeps_none(second: str) -> None:
    tables = with_log(["C = present"], [second], HEADER, ["Ana R.", "Speech", "C"])
    assert [severity for severity, *_ in told(tables)] == ["question", "error"]
    assert [cell for _, cell, _ in told(tables)] == ["Service Log!A2", "Service Log!C4"]
    assert "two meanings" in told(tables)[0][2]


def test_a_letter_without_a_key_is_asked_about() -> None:
    tables = with_log(HEADER, ["Ana R.", "Speech", "P", "P"])
    ((severity, cell, problem),) = told(tables)
    assert (severity, cell) == ("error", "Service Log!C2")
    assert problem.endswith("(2 cells: C2, D2)")


def test_a_tab_that_is_neither_a_list_nor_a_grid_says_what_a_list_lacks() -> None:
    with pytest.raises(CannotCount, match="no column"):
        with_log(["Student", "Service", "Monday", "Tuesday"], ["Ana R.", "Speech", 30.0])


def test_a_list_is_read_as_a_list_though_dates_stand_in_its_header() -> None:
    tables = with_log(
        ["Date", "Student", "Service", "Status", "9/3", "9/8", "10/1"],
        [date(2025, 9, 3), "Ana R.", "Speech", "Delivered", "x", "x", "x"],
    )
    assert tables.layouts == {}
    assert len(tables.log) == 1


def test_a_second_row_of_dates_begins_another_table() -> None:
    tables = with_log(
        HEADER,
        ["Ana R.", "Speech", 30.0],
        ["Student", "Service", "10/1", "10/6", "10/8"],
        ["Ana R.", "OT", 30.0],
    )
    assert [entry[0] for entry in entries(tables)] == ["2025-09-03", "2025-10-01"]
    assert tables.problems == ()


def test_a_heading_that_names_a_service_gives_it_to_the_students_below() -> None:
    tables = with_log(
        ["Speech and OT"],
        ["Name", "9/3", "9/8", "10/1"],
        ["Speech"],
        ["Ana R.", 30.0],
        ["OT"],
        ["Ben T.", 30.0],
    )
    assert [entry[1:3] for entry in entries(tables)] == [
        ("Ana R.", SPEECH),
        ("Ben T.", "Occupational therapy"),
    ]


NO_GRID = [
    [["", "Sept", None, None, None], ["Name", 29.0, 30.0, 1.0, 2.0], ["Ana R.", 30.0, 30.0, 30.0]],
    [["", "Sept", None, None, None], ["Name", 1.0, 2.0, 3.0, 4.0], ["Ana R.", 30.0, 30.0, 30.0]],
    [HEADER, [None, None, "Min", "Code", "Min"], ["Ana R.", "OT", 30.0, "SA", 30.0]],
    [["Student", "S1", "S2", "S3"], ["Ana R.", "9/3", "9/8", "9/10"], ["Ben T.", "9/3", "9/8", "9/10"]],
]


@pytest.mark.parametrize(
    "rows", NO_GRID, ids=["a month without a name", "weeks", "minutes and codes", "a list"]
)
def test_what_cannot_be_an_attendance_grid_is_refused_whole(rows: Rows) -> None:
    with pytest.raises(CannotCount):
        with_log(*rows)


def test_a_column_among_the_dates_that_has_none_is_said() -> None:
    tables = with_log(["Student", "Service", "9/3", "9/8 (M)", "9/10", "9/12"], ["Ana R.", "OT", 30.0, 30.0])
    assert [cell for _, cell, _ in told(tables)] in ([], ["Service Log!D1"])
    assert len(entries(tables)) == 2 - len(told(tables))


def test_a_remark_in_a_cell_is_no_key() -> None:
    tables = with_log(HEADER, ["Ana R.", "Speech", "MU - provider absent", "MU/30"])
    assert [entry[3] for entry in entries(tables)][1] == "make-up"


@pytest.mark.parametrize("key", ["NS = nurse visit", "NS: no snack"])
def test_a_key_with_a_meaning_that_is_not_known_takes_the_built_in_one_away(key: str) -> None:
    tables = with_log([key], HEADER, ["Ana R.", "Speech", "NS"])
    ((severity, cell, problem),) = told(tables)
    assert (severity, cell) == ("error", "Service Log!C3")
    assert "meaning that is not known" in problem


def test_a_total_of_a_service_below_the_last_student_is_nobodys() -> None:
    tables = with_log(HEADER, ["Ana R.", "Speech", 30.0], [None, "Speech minutes", 60.0, 30.0])
    assert len(entries(tables)) == 1


def test_a_number_that_may_be_a_count_of_sessions_is_no_minutes() -> None:
    tables = with_log(HEADER, ["Ana R.", "Speech", 1.0, "2", 30.0])
    assert [entry[0] for entry in entries(tables)] == ["2025-10-01"]
    ((severity, cell, problem),) = told(tables)
    assert (severity, cell) == ("error", "Service Log!C2")
    assert problem.endswith("(2 cells, the last is D2)")


def test_numbers_are_codes_where_a_key_says_so() -> None:
    tables = with_log(["1 = seen, 2 = student absent"], HEADER, ["Ana R.", "Speech", 1.0, "2", 30])
    assert [(words, minutes) for *_, words, minutes in entries(tables)] == [
        ("delivered", -1),
        ("student absent", -1),
        ("delivered", 30),
    ]
    assert tables.problems == ()


@pytest.mark.parametrize("name", ["Session #", "Session No.", "Visit number", "#", "Total"])
def test_a_row_that_counts_the_columns_is_no_second_table(name: str) -> None:
    tables = with_log(HEADER, [name, None, 1, 2, 3], ["Ana R.", "Speech", 30, 20, 30], [name, None, 1, 2, 3])
    assert [one[-1] for one in entries(tables)] == [30, 20, 30]
    assert tables.problems == ()


@pytest.mark.parametrize(
    ("one", "several"), [("Ind", "Grp"), ("Individual", "Group"), ("Indiv.", "Small group")]
)
def test_individual_and_group_below_a_date_are_that_group_of_each_entry(one: str, several: str) -> None:
    tables = with_log(
        ["Student", "Service", "9/3", None, "9/8", None, "10/1", None],
        [None, None, *[one, several] * 3],
        ["Ana R.", "Speech", "Delivered", 20.0, None, "SNA", None, None],
    )
    groups = tables.log["group"].astype(object).tolist()
    assert list(zip(groups, (entry[3:] for entry in entries(tables)), strict=True)) == [
        ("individual", ("delivered", -1)),
        ("group", ("delivered", 20)),
        ("group", ("provider absent", -1)),
    ]
    assert tables.problems == ()


@pytest.mark.parametrize(
    ("beside", "ana", "ben", "expected"),
    [
        (["Student ID"], ["S1"], ["s2"], ["Ana R.", "Ben T."]),
        (["ID #", "Grade"], ["S1", "3rd"], ["S2", "4th"], ["Ana R.", "Ben T."]),
        (["Student ID", None], ["S2", "Ana R."], ["S9", "Ben T."], ["Ben T."]),
        (["Student ID"], [99123.0], ["S2"], ["Ben T."]),
    ],
)
def test_a_roster_may_call_students_by_their_ids_alone(
    beside: list[CellValue], ana: list[CellValue], ben: list[CellValue], expected: list[str]
) -> None:
    days: list[CellValue] = ["9/3", "9/8", "10/1"]
    tables = with_log(
        ["Speech"], [*beside, *days], [*ana, "Delivered", None, None], [*ben, "Delivered", None, None]
    )
    assert [entry[1] for entry in entries(tables)] == expected
    assert len(tables.problems) == (0 if len(expected) == 2 else 1)


def test_an_id_without_entries_is_a_student_and_no_heading() -> None:
    rows: Rows = [["Student ID", "9/3", "9/8", "10/1"], [99123.0], ["S2", "Delivered", None, None]]
    tables = with_log(["Speech"], *rows)
    assert [entry[1:3] for entry in entries(tables)] == [("Ben T.", SPEECH)]
