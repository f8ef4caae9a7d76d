"""The bell schedule: when a period is, on which day; and periods in a list and in a week grid."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.intake.bell_schedule import is_bell_schedule, read_bells
from sheets_sync.intake.periods import period_key, periods_spanned
from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import CannotCount
from tests.intake.layouts.grids import OT, SPEECH, Row, sessions, with_schedule, with_staff
from tests.intake.small_workbook import told

KEYS = [
    (("Period 3", "P3", "Pd. 3", "per 3", "3rd period", "Hour 3", "PERIOD #3"), "p3"),
    (("Block 5", "Blk 5", "B5", "5th block"), "b5"),
    (("Block B", "B block"), "bb"),
    (("Homeroom", "HR", "home room"), "homeroom"),
    (("Study hall", "Study  Hall"), "study hall"),
    (("3", "3rd"), "3"),
    (("9:00", "Ana", "Period", "Period 3 Math", "", "1-2", "Rm 3", "Day 3"), None),
]


@pytest.mark.parametrize(("spellings", "key"), KEYS)
def test_what_a_period_is_called(spellings: tuple[str, ...], key: str | None) -> None:
    assert {period_key(text) for text in spellings} == {key}


@given(st.text(), st.sampled_from(["", "p", "b"]))
def test_no_text_raises(text: str, kind: str) -> None:
    period_key(text, kind)


PLAIN: list[Row] = [
    ["Period", "Start", "End"],
    [1.0, "8:00", "8:45"],
    ["2", time(8, 50), time(9, 35)],
    ["Study hall", "1:25", "2:10"],
]
READ = [
    # the tab                                                                        period, day -> start, end
    (PLAIN, "Period 1", "Mon", (480, 525)),
    (PLAIN, "P2", "D4", (530, 575)),
    (PLAIN, "Study Hall", "Fri", (805, 850)),
    (PLAIN, "Period 3", "Mon", None),
    (PLAIN, "Block 1", "Mon", None),
    ([["Lincoln MS bells 25-26"], ["Pd", "Time"], ["1", "8:00 - 8:45"]], "P1", "Mon", (480, 525)),
    ([["Block", "Start Time", "End Time"], ["1", "8:00", "9:20"]], "Block 1", "Mon", (480, 560)),
    ([["Period", "Regular", "Early Release"], ["1", "8:00-8:45", "8:00-8:30"]], "P1", "Mon", (480, 525)),
    # another day, another kind of day: the regular one, or the one that names the day
    (
        [["Regular"], *PLAIN, [], ["Early release"], ["Period", "Start", "End"], ["1", "8:00", "8:30"]],
        *("P1", "Wed", (480, 525)),
    ),
    ([["Period", "Start", "End", "Days"], ["1", "8:00", "8:45", "M, T, Th, F"], ["1", "8:30", "9:00", "Wed"]],
     "P1", "Wed", (510, 540)),
    ([["Period", "Start", "End", "Days"], ["1", "8:00", "8:45", None], ["1", "8:30", "9:00", "Wed"]],
     "P1", "Wed", (510, 540)),
    ([["Period", "Start", "End", "Days"], ["1", "8:00", "8:45", None], ["1", "8:30", "9:00", "Wed"]],
     "P1", "D2", None),
    ([["Period", "Start", "End", "Days"], ["1", "8:00", "8:45", "Mon"]], "P1", "Tue", None),
    (
        [["Regular"], *PLAIN, [], ["Wednesday early release"], ["Period", "Time"], ["1", "8:00-8:30"]],
        *("P1", "Wed", (480, 510)),
    ),
    # a column for each set of days
    ([["Period", "Mon/Tue/Thu/Fri", "Wednesday"], ["1", "8:00-8:45", "8:00-8:30"]], "P1", "Wed", (480, 510)),
    ([["Period", "Mon/Tue/Thu/Fri", "Wednesday"], ["1", "8:00-8:45", "8:00-8:30"]], "P1", "Thu", (480, 525)),
    ([["Period", "Mon/Wed", "Wednesday"], ["1", "8:00-8:45", "8:00-8:30"]], "P1", "Wed", None),
    ([["Period", "Mon", "Wed"], ["1", "8:00-8:45", "Ana R. OT"]], "P1", "Mon", None),
    # nothing tells which, or only days that are not regular
    ([["Schedule", "Period", "Time"], ["Red", "1", "8:00-8:45"], ["Blue", "1", "8:00-8:30"]],
     "P1", "Mon", None),
    ([["Period", "Start", "End"], ["1", "8:00", "8:45"], ["1", "8:30", "9:00"]], "P1", "Mon", None),
    ([["Early release"], ["Period", "Start", "End"], ["1", "8:00", "8:30"]], "P1", "Mon", None),
    ([["Period", "Start", "End"], ["1", "9:00", "8:45"]], "P1", "Mon", None),
    ([["Period", "Start", "End"], ["Period 1", "8:00", "8:45"], ["Block 1", "8:00", "9:20"]],
     "1", "Mon", None),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "period", "day", "expected"), READ)
def test_when_a_period_is(rows: list[Row], period: str, day: str, expected: tuple[int, int] | None) -> None:
    reading = read_bells(Sheet("Bells", rows), whole=True).at(period, day)
    assert reading.value == expected
    assert (reading.problem is None) == (expected is not None)


def test_a_time_that_cannot_be_read_is_reported_with_its_cell() -> None:
    bells = read_bells(Sheet("Bells", [["Period", "Start", "End"], ["1", "soon", "8:45"]]), whole=True)
    assert [(problem.severity, problem.cell) for problem in bells.problems] == [("error", "B2")]
    assert bells.times == {}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (PLAIN, True),
        ([["Student", "Period", "Start", "End"]], False),
        ([["Term", "Start", "End"]], False),
        ([], False),
    ],
)
def test_a_tab_is_a_bell_schedule_by_its_headers(rows: list[Row], expected: bool) -> None:
    assert is_bell_schedule(Sheet("Times", rows)) is expected


CELLS = st.sampled_from(
    [None, "Period", "Start", "End", "Time", "Days", "1", "8:00", "8:45", "8:00-8:45", "Wed", 0.5]
)


@given(st.lists(st.lists(CELLS | st.text(max_size=8), max_size=5), max_size=6), st.booleans())
def test_no_sheet_raises(rows: list[list[CellValue]], whole: bool) -> None:
    bells = read_bells(Sheet("Bells", rows), whole=whole)
    assert all(0 <= one.start < one.end for times in bells.times.values() for one in times)


LIST: Row = ["Student", "Service", "Days", "Start", "End", "Minutes"]
IN_A_LIST = [
    # Days, Start, Minutes            the sessions, and what is said
    (("Mon, Wed", "Period 1", None), [("Mon, Wed", 480, 45)], []),
    (("Mon", "P2", 30.0), [("Mon", 530, 30)], []),
    (("Mon", "P2", 60.0), [("Mon", 530, 60)], ["question"]),
    (("Day 1", "Study hall", None), [("Day 1", 805, 45)], []),
    (("Mon", "Period 9", None), [], ["error"]),
    (("Mon 9:00", "Period 1", None), [], ["error"]),
    (("Mon", 2.0, 30.0), [("Mon", 840, 30)], []),
]


@pytest.mark.parametrize(("row", "expected", "said"), IN_A_LIST)
def test_a_period_as_the_start_in_a_list(
    row: tuple[CellValue, ...], expected: list[tuple[str, int, int]], said: list[str]
) -> None:
    days, start, minutes = row
    tables = with_schedule(
        LIST, ["Ana R.", "OT", days, start, None, minutes], others=[Sheet("Bell Schedule", PLAIN)]
    )
    assert [(day, at, length) for _, _, day, at, length in sessions(tables)] == expected
    assert [severity for severity, *_ in told(tables)] == said


def test_a_row_whose_period_is_at_two_times_is_two_sessions() -> None:
    bells: list[Row] = [
        ["Period", "Start", "End", "Days"],
        ["1", "8:00", "8:45", "Mon, Fri"],
        ["1", "8:30", "9:00", "Wed"],
    ]
    tables = with_schedule(LIST, ["Ana R.", "OT", "Mon, Wed, Fri", "P1"], others=[Sheet("Bells", bells)])
    assert [(day, at, length) for _, _, day, at, length in sessions(tables)] == [
        ("Mon, Fri", 480, 45),
        ("Wed", 510, 30),
    ]


ACROSS: Row = ["Period", "Mon", "Tue", "Wed"]
IN_A_GRID: list[tuple[list[Row], list[Row]]] = [
    # the grid, and a tab of bells
    ([ACROSS, ["Period 1", "Ana R. speech"], ["Study hall", None, "Ben T. OT"]], PLAIN),
    ([ACROSS, [1.0, "Ana R. speech"], ["Study hall", None, "Ben T. OT"]], PLAIN),
    ([ACROSS, ["P1 (8:00-8:45)", "Ana R. speech"], ["Study hall 1:25-2:10", None, "Ben T. OT"]], []),
    ([*PLAIN, [], ACROSS, ["Period 1", "Ana R. speech"], ["Study hall", None, "Ben T. OT"]], []),
    ([ACROSS, ["Period 1", "Ana R. speech"], ["Study hall", None, "Ben T. OT"], [], *PLAIN], []),
    ([[*row, None, *bell] for row, bell in zip([[*ACROSS], ["Period 1", "Ana R. speech", None, None],
      ["Study hall", None, "Ben T. OT", None]], [PLAIN[0], PLAIN[1], PLAIN[3]], strict=True)], []),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "bells"), IN_A_GRID)
def test_periods_down_the_side_of_a_week_grid(rows: list[Row], bells: list[Row]) -> None:
    tables = with_staff(*rows, bells=bells)
    assert sessions(tables) == [("Ana R.", SPEECH, "Mon", 480, 45), ("Ben T.", OT, "Tue", 805, 45)]
    assert tables.problems == ()


def test_a_period_that_the_bell_schedule_lacks_is_said() -> None:
    tables = with_staff(
        ACROSS, ["Period 1", "Ana R. OT"], ["Period 7", "Ben T. OT"], ["Lunch", "Lunch"], bells=PLAIN
    )
    assert [student for student, *_ in sessions(tables)] == ["Ana R."]
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("error", "Schedule!A3")]


def test_a_cell_that_is_merged_over_a_period_lasts_until_its_end_where_that_is_known() -> None:
    rows: list[Row] = [ACROSS, ["P1", "Ana R. OT"], ["P2"], [], ACROSS, ["Study hall", "Ana R. OT"], ["P9"]]
    tables = with_staff(*rows[:3], merged=("B2:B3",), bells=PLAIN)
    assert [(start, length) for *_, start, length in sessions(tables)] == [(480, 95)]
    tables = with_staff(*rows[4:], merged=("B2:B3",), bells=PLAIN)
    assert sessions(tables) == []
    assert [(severity, cell) for severity, cell, _ in told(tables)][:1] == [("error", "Schedule!B2")]


FOUR: list[Row] = [["Period", "Start", "End"], *([n, f"{n + 7}:00", f"{n + 7}:40"] for n in range(1, 5))]
NUMBERED = [
    ("", ["1", "2", "3", "4"], [480, 540, 600, 660]),
    ("Period", ["3", "4"], [600, 660]),
    ("Time", ["1", "2", "3", "4"], None),
    ("", ["8", "9", "10", "11"], None),
    ("", ["1", "2", "3"], None),
]


@pytest.mark.parametrize(("header", "side", "starts"), NUMBERED)
def test_numbers_are_periods_below_such_a_header_or_where_they_count_from_one(
    header: str, side: list[str], starts: list[int] | None
) -> None:
    rows: list[Row] = [[header, "Mon", "Tue"], *([number, "Ana R. OT"] for number in side)]
    if starts is None:
        with pytest.raises(CannotCount):
            with_staff(*rows, bells=FOUR)
    else:
        assert [start for *_, start, _ in sessions(with_staff(*rows, bells=FOUR))] == starts


def test_a_grid_of_periods_without_a_bell_schedule_says_what_would_do() -> None:
    with pytest.raises(CannotCount, match="no bell schedule says when they are") as stopped:
        with_staff(ACROSS, ["Period 1", "Ana R. OT"])
    assert '"Bell Schedule"' in stopped.value.remedy


def test_of_two_tabs_that_look_like_a_bell_schedule_none_is_read_and_the_run_goes_on() -> None:
    two = [Sheet("North", PLAIN), Sheet("South", PLAIN)]
    tables = with_schedule(LIST, ["Ana R.", "OT", "Mon", "9:00", "9:30"], others=two)
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("note", "South!")]
    assert len(sessions(tables)) == 1


def test_a_bell_schedule_is_said_to_be_read_as_one() -> None:
    tables = with_schedule(LIST, ["Ana R.", "OT", "Mon", "9:00", "9:30"], others=[Sheet("Bells", PLAIN)])
    assert tables.layouts == {"Bells": "a bell schedule: 3 periods"}
    assert tables.tab("Bell Schedule") == "Bells"


SPANS = [
    (("Period 2-3", "Periods 2 & 3", "P2-P3", "Pd 2/3", "per. 2 to 3"), "", ("p2", "p3")),
    (("Block 2-3", "Blocks 2 and 3", "B2-B3"), "", ("b2", "b3")),
    (("2-3", "2 & 3"), "p", ("p2", "p3")),
    (("2-3",), "", ("2", "3")),
    (("3-2", "2 & 4", "9:00-9:30", "Period 2", "2-3 Ana", ""), "p", None),
]


@pytest.mark.parametrize(("spellings", "kind", "keys"), SPANS)
def test_several_periods_on_end(spellings: tuple[str, ...], kind: str, keys: tuple[str, str] | None) -> None:
    assert {periods_spanned(text, kind) for text in spellings} == {keys}


SPANNED = [
    # the header of the side, what stands below it     start and length; None: not read
    ("Period", ["1", "2-3"], [(480, 40), (540, 100)]),
    ("Period", ["1-2"], [(480, 100)]),
    ("Period", ["1-2", "3-4"], [(480, 100), (600, 100)]),
    ("", ["Period 1", "2 & 3"], [(480, 40), (540, 100)]),
    ("", ["P1", "2-3"], [(480, 40), (540, 100)]),
    ("", ["Periods 2-3"], [(540, 100)]),
    ("Hour", ["Hour 1", "2-3"], [(480, 40), (540, 100)]),
    ("Period", ["1-2", "2-3"], [(480, 100), (540, 100)]),
    # the hours of the day
    ("Time", ["1-2", "3-4"], [(780, 60), (900, 60)]),
    ("", ["9-10", "10-11"], [(540, 60), (600, 60)]),
    # either
    ("", ["1-2", "3-4"], None),
    ("Period", ["3-9"], None),
    ("Block", ["1-2", "3-4"], None),
]


@pytest.mark.parametrize(("header", "side", "expected"), SPANNED)
def test_several_periods_in_one_row_of_a_week_grid(
    header: str, side: list[str], expected: list[tuple[int, int]] | None
) -> None:
    rows: list[Row] = [[header, "Mon", "Tue"], *([periods, "Ana R. OT"] for periods in side)]
    tables = with_staff(*rows, bells=FOUR)
    assert [(start, length) for *_, start, length in sessions(tables)] == (expected or [])
    errors = [cell for severity, cell, _ in told(tables) if severity == "error"]
    assert errors == ([] if expected else [f"Schedule!A{row + 2}" for row in range(len(side))])


def test_a_span_in_a_list_is_one_of_periods_where_the_column_has_such() -> None:
    two: list[Row] = [["Ana R.", "OT", "Mon", "Period 1"], ["Ana R.", "OT", "Tue", "2-3"]]
    tables = with_schedule(LIST, *two, others=[Sheet("Bells", FOUR)])
    assert [(start, length) for *_, start, length in sessions(tables)] == [(480, 40), (540, 100)]
    tables = with_schedule(LIST, two[1], others=[Sheet("Bells", FOUR)])
    assert [(start, length) for *_, start, length in sessions(tables)] == [(840, 60)]
