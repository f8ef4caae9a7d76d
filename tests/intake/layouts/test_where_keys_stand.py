"""Where the key of codes stands: around a grid or a list, on a tab of its own; what is asked about.

In each, NS is "no show" and PA "parent cancelled", against what they mean by themselves (agreed day off,
provider absent), and P is "present", a letter that means nothing by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.config import Names
from sheets_sync.intake.layouts.key_of_list import read_keyed_rows
from sheets_sync.intake.tabs_left import tabs_left
from sheets_sync.intake.workbook import open_tabs, read_tables
from sheets_sync.ports import CellValue, Sheet, Snapshot
from sheets_sync.tables import Tables
from sheets_sync.views.preview import tabs_seen
from tests.intake.small_workbook import SMALL, TODAY, cells, told

Rows = list[list[CellValue]]
HEADER: list[CellValue] = ["Student", "Service", "9/3", "9/8", "9/10"]
ANA: list[CellValue] = ["Ana R.", "Speech", "NS", "PA", "P"]
LIST: Rows = [
    ["Date", "Student", "Service", "Code"],
    *[[day, "Ana R.", "Speech", code] for day, code in (("9/3", "NS"), ("9/8", "PA"), ("9/10", "P"))],
]
KEY: Rows = [["NS", "No show"], ["PA", "Parent cancelled"], ["P", "Present"]]
IN_WORDS = "NS = no show; PA = parent cancelled; P = present"
BY_KEY = ["student absent", "student absent", "delivered"]
BUILT_IN = ["agreed day off", "provider absent"]


def read(
    log: Sequence[Sequence[CellValue]], others: Mapping[str, Rows] | None = None, **names: object
) -> Tables:
    """Read the small workbook with this log and other tabs."""
    tabs = [Sheet(tab, cells(table)) for tab, table in SMALL.items() if tab != "Service Log"]
    more = [Sheet(name, rows) for name, rows in (others or {}).items()]
    snapshot = Snapshot((*tabs, Sheet("Service Log", log), *more))
    return read_tables(snapshot, Names(**names), today=TODAY)  # type: ignore[arg-type]


def reasons(tables: Tables) -> list[str]:
    return list(map(str, tables.log.sort_values("date")["reason"]))


def beside(left: Rows, right: Rows, gap: int = 1) -> Rows:
    """Put a key beside a table, so many columns apart."""
    width = max(map(len, left)) + gap
    blank: Rows = [[]] * len(right)
    rows = zip([*left, *blank[len(left) :]], [*right, *[[]] * (len(left) - len(right))], strict=True)
    return [[*row, *[None] * (width - len(row)), *key] for row, key in rows]


GRID: Rows = [HEADER, ANA]
BY_NUMBERS: Rows = [["Student", "Service", 3, 8, 10], ANA]
AROUND: dict[str, Rows] = {
    "two columns above a grid": [*KEY, [], *GRID],
    "below the title of a grid": [["Speech log"], *KEY, *GRID],
    "between the month and the days": [["September 2025"], [IN_WORDS], *BY_NUMBERS],
    "one code a cell below the month": [
        ["September 2025"],
        ["NS = no show", "PA = parent cancelled", "P = present"],
        *BY_NUMBERS,
    ],
    "a caption below the month": [["September 2025"], [f"Key: {IN_WORDS}"], [], *BY_NUMBERS],
    "a line for each code below the month": [
        ["September 2025"],
        *[[f"{code} = {meaning}"] for code, meaning in KEY],
        *BY_NUMBERS,
    ],
    "above weekdays, below the month": [
        ["September 2025"],
        [IN_WORDS],
        ["", "", "W", "M", "W"],
        *BY_NUMBERS,
    ],
    "two columns below a grid": [*GRID, [], *KEY],
    "directly below the students": [*GRID, *KEY],
    "below the word Legend": [*GRID, [], ["Legend"], *KEY],
    "below headers": [*GRID, [], ["Code", "Meaning"], *KEY],
    "the words first": [*GRID, [], ["Meaning", "Code"], *[row[::-1] for row in KEY]],
    "beside the word Key": [["Key:", *KEY[0]], *[[None, *row] for row in KEY[1:]], [], *GRID],
    "beside a grid": beside(GRID, [["Code", "Meaning"], *KEY]),
    "a line below a grid": [*GRID, [], [IN_WORDS]],
    "a line for each code": [*GRID, [], ["No show = NS"], ["Parent cancelled - PA"], ["P: present"]],
    "a line above a list": [[IN_WORDS], [], *LIST],
    "two columns above a list": [*KEY, [], *LIST],
    "a line below a list": [*LIST, [], [f"Key: {IN_WORDS}"]],
    "two columns below a list": [*LIST, [], *KEY],
    "below the word Key at the foot of a list": [*LIST, [], ["Key"], *KEY],
    "beside a list": beside(LIST, [["Code", "Meaning"], *KEY]),
    "directly beside a list": beside(LIST, [["Code", "Meaning"], *KEY], gap=0),
    "beside a list, with a description": beside(LIST, [["Code", "Description"], *KEY]),
    "two columns beside a list": beside(LIST, [[], *KEY]),
    "two columns beside a grid": beside([*GRID, ["Ben T.", "Speech"], [], []], [[], *KEY]),
    "lines beside a list": beside(
        LIST, [["Key"], ["NS = no show"], ["PA = parent cancelled"], ["P = present"]]
    ),
}


@pytest.mark.parametrize("where", AROUND)
def test_the_key_on_a_log_goes_before_what_is_built_in(where: str) -> None:
    tables = read(AROUND[where])
    assert reasons(tables) == BY_KEY
    assert told(tables) == []


TABS: dict[str, Rows] = {
    "Codes": [["Code", "Meaning", "Counts"], *[[*row, "yes"] for row in KEY]],
    "Key": KEY,
    "Legend": [["Legend"], [], ["NS = no show"], ["PA = parent cancelled"], ["P = present"]],
    "Attendance codes": [["Meaning", "Code"], *[row[::-1] for row in KEY]],
}


@pytest.mark.parametrize("log", [GRID, LIST], ids=["grid", "list"])
@pytest.mark.parametrize("name", TABS)
def test_a_tab_is_the_key_of_the_logs(name: str, log: Rows) -> None:
    tables = read(log, {name: TABS[name]})
    assert reasons(tables) == BY_KEY
    assert told(tables) == []


def test_the_key_on_a_log_goes_before_that_on_a_tab_and_the_configuration_before_both() -> None:
    codes: Rows = [["NS", "Therapist absent"], ["PA", "Therapist absent"], ["P", "Snow day"]]
    log = [["NS = no show; P = field trip"], *LIST]
    tables = read(log, {"Codes": codes}, codes={"p": "delivered"})
    assert reasons(tables) == ["student absent", "provider absent", "delivered"]


def test_the_key_on_a_tab_is_that_of_the_attendance_too() -> None:
    attendance: Rows = [
        ["Date", "Student", "Attendance"],
        ["9/3", "Ana R.", "Z"],
        ["9/8", "Ana R.", "absent"],
    ]
    tables = read(LIST, {"Codes": [*KEY, ["Z", "Absent"]], "Attendance": attendance})
    assert list(tables.attendance["kind"]) == ["absent", "absent"]


@pytest.mark.parametrize("name", ["Codes", "Key to symbols"])
def test_a_code_to_which_the_key_gives_no_known_meaning_is_not_read_as_built_in(name: str) -> None:
    tables = read(LIST, {name: [["NS", "Went home with aunt"], ["PA", "Pep"], ["P", "Present"]]})
    assert reasons(tables) == ["NS", "PA", "delivered"]
    assert [problem for _, _, problem in told(tables)] == [
        "The key of codes gives this a meaning that is not known here, or two."
    ] * 2


def test_check_says_that_a_tab_is_read_as_a_key() -> None:
    tabs = [Sheet(tab, cells(table)) for tab, table in SMALL.items()]
    opened = open_tabs(Snapshot((*tabs, Sheet("Codes", KEY))), Names(), today=TODAY)
    (key,) = [one for one in tabs_seen(opened, None, 3) if one.name == "Codes"]
    assert key.layout == "a key of codes: 3 codes"
    assert list(tabs_left(Snapshot((Sheet("Codes", KEY),)), opened, ())) == []


AROUND_A_LIST = st.sampled_from([None, "", "Key", "NS", "No show", "Codes", "Meaning", "P = present", 1.0])


@settings(max_examples=150)
@given(st.lists(st.lists(AROUND_A_LIST, max_size=4), max_size=7), st.booleans())
def test_whatever_stands_around_a_list_none_of_its_rows_is_lost(around: Rows, above: bool) -> None:
    log = [["Date", "Student", "Service", "Status"], *LIST[1:]]
    whole = [*around, *log] if above else beside(log, around, gap=2)
    rows = read_keyed_rows(Sheet("Service Log", whole), "Service Log", {})
    assert rows.column("Status").texts() == ["NS", "PA", "P"]


def test_two_tabs_that_give_a_code_two_meanings_give_it_none() -> None:
    tables = read(LIST, {"Codes": KEY, "Key": [["NS", "Snow day"]]})
    assert reasons(tables) == ["NS", "student absent", "delivered"]


def test_a_tab_called_like_a_key_without_codes_is_noted() -> None:
    tables = read([*LIST[:1], ["9/3", "Ana R.", "Speech", "delivered"]], {"Key": [["Cabinet", 12.0]]})
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("note", "Key!")]


ASKED: dict[str, tuple[Rows, str]] = {
    # rows, the cell that is asked about; NS and PA are read as built in
    "words above a grid": ([["Use NS if she did not come"], [], *GRID], "A1"),
    "two columns of words that are not known": ([["NS", "Didn't come"], ["TA", "Pep"], [], *GRID], "A1"),
    "words above a list": ([["Use NS if she did not come"], [], *LIST], "A1"),
    "a remark beside a list": (beside(LIST, [[], ["NS: no show"]]), "F2"),
}


@pytest.mark.parametrize("what", ASKED)
def test_words_near_a_code_that_are_not_understood_are_asked_about(what: str) -> None:
    rows, cell = ASKED[what]
    tables = read(rows)
    assert reasons(tables)[:2] == BUILT_IN
    assert [at for severity, at, _ in told(tables) if severity == "question"] == [f"Service Log!{cell}"]


NO_KEY: dict[str, Rows] = {
    "a list's own columns": [
        ["Date", "Student", "Service", "Code", "Description"],
        ["9/3", "Ana R.", "Speech", "NS", "no show"],
        ["9/8", "Ana R.", "Speech", "PA", "parent called"],
    ],
    "notes": [
        ["Date", "Student", "Service", "Code", "Notes"],
        ["9/3", "Ana R.", "Speech", "NS", "NS = no show"],
        ["9/8", "Ana R.", "Speech", "PA", "PA = parent called"],
    ],
    "counts": [*LIST[:3], [], [None, "NS total", 1.0]],
    "words that say the same": [["SLP absent (PA)"], ["Write NS: not scheduled"], *LIST[:3]],
}


@pytest.mark.parametrize("what", NO_KEY)
def test_what_is_no_key_changes_no_code(what: str) -> None:
    tables = read(NO_KEY[what])
    assert reasons(tables)[:2] == BUILT_IN
    contrary = ["Service Log!E2"] if what == "a list's own columns" else []  # "no show" beside NS
    assert [cell for severity, cell, _ in told(tables) if severity == "question"] == contrary


def test_students_by_their_initials_are_no_key() -> None:
    log: Rows = [["Student", "9/3", "9/8", "9/10"], ["A.R.", 30.0], ["BT", "absent"], ["AR", None, "SA"]]
    assert "student absent" in reasons(read([["Speech"], *log]))
