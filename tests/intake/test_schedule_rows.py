"""Rows of the Schedule become rules: days, time, length; what cannot be placed in the week is reported."""

from __future__ import annotations

from datetime import time, timedelta

import pandas as pd
import pytest

from sheets_sync.problems import Severity
from tests.intake.small_workbook import cells, only, read, told

HEADER = "Student | Service | Provider | Days | Start | End | Minutes | Group | From | To | Notes"
MON, TUE, WED, THU, FRI = 1, 2, 4, 8, 16


def schedule(*rows: str) -> dict[str, str]:
    return {"Schedule": "\n".join((HEADER, *rows))}


def row(days: str, start: str = "", end: str = "", minutes: str = "", rest: str = "| | |") -> str:
    return f"Ana R. | Speech therapy | J. Rivera | {days} | {start} | {end} | {minutes} | {rest}"


PLACED = [
    # days                        start     end        minutes  -> weekdays, start, minutes
    (row("Mon, Wed", "9:00", "9:30"), [(MON + WED, 540, 30)]),
    (row("MWF", "9:00 AM", "", "45"), [(MON + WED + FRI, 540, 45)]),
    (row("M-F", "1:15", "1:45"), [(MON + TUE + WED + THU + FRI, 795, 30)]),
    (row("Tue", "11:30", "12:15"), [(TUE, 690, 45)]),
    (row("Mon 9:00-9:30"), [(MON, 540, 30)]),
    (row("Mon 9:00", "", "", "20"), [(MON, 540, 20)]),
    (row("M 10:00 / W 1:15", "", "", "30"), [(MON, 600, 30), (WED, 795, 30)]),
    (row("Thu", "9:00-9:30"), [(THU, 540, 30)]),
    (row("Thu", "", "", "30"), [(THU, -1, 30)]),
]


@pytest.mark.parametrize(("typed", "placed"), PLACED, ids=[case[0].strip() for case in PLACED])
def test_sessions_are_placed_in_the_week(typed: str, placed: list[tuple[int, int, int]]) -> None:
    tables = read(schedule(typed))
    assert (
        list(tables.schedule[["weekdays", "start", "minutes"]].itertuples(index=False, name=None)) == placed
    )
    assert not tables.problems


def test_a_time_cell_at_night_is_after_noon_and_noted_once() -> None:
    header = ["Student", "Service", "Days", "Start", "End"]
    rows = [
        ["Ana R.", "Speech therapy", day, start, time(1, 45)]
        for day, start in (("Mon", time(1, 15)), ("Wed", time(12, 45)))
    ]
    tables = read({"Schedule": [header, *rows]})
    placed = tables.schedule[["start", "minutes"]].to_numpy().tolist()
    assert placed == [[13 * 60 + 15, 30], [12 * 60 + 45, 60]]
    assert [(problem.severity, problem.cell) for problem in tables.problems] == [(Severity.NOTE, "D2")]


def test_clock_cells_are_read_as_they_are() -> None:
    rows = cells("\n".join((HEADER, row("Mon"))))
    rows[1][4], rows[1][5] = time(13, 0), timedelta(hours=13, minutes=45)
    assert read({"Schedule": rows}).schedule[["start", "minutes"]].to_numpy().tolist() == [[780, 45]]


UNPLACED = [
    # row                                    cell
    (row("", "9:00", "9:30"), "D2"),
    (row("Mon", "9:00", "9:30").replace("Speech therapy", ""), "B2"),
    (row("Mon", "9:00", "9:30").replace("Ana R.", ""), "A2"),
    (row("9:00-9:30"), "D2"),
    (row("some days", "9:00", "9:30"), "D2"),
    (row("Mon", "9:00"), "G2"),
    (row("Mon", "10:00", "9:30"), "F2"),
    (row("Mon", "9:00", "", "lots"), "G2"),
    (row("Mon", "9:00", "9:30", rest="| soon | |"), "I2"),
    (row("Mon", "9:00", "9:30", rest="| 2025-10-06 | 2025-10-05 |"), "J2"),
    (row("Every other Fri", "9:00", "9:30"), "D2"),
]


@pytest.mark.parametrize(("typed", "cell"), UNPLACED, ids=[case[0].strip() for case in UNPLACED])
def test_what_cannot_be_placed_is_reported_and_left_out(typed: str, cell: str) -> None:
    tables = read(schedule(typed, row("Tue", "9:00", "9:30")))
    assert tables.schedule["row"].tolist() == [3]
    assert ("error", f"Schedule!{cell}") in [(severity, where) for severity, where, _ in told(tables)]


def test_alternate_weeks_count_from_their_from_date() -> None:
    tables = read(schedule(row("Every other Fri", "9:00", "9:30", rest="| 2025-10-10 | |")))
    (rule,) = tables.schedule.to_dict("records")
    assert (rule["pattern"], rule["weekdays"], rule["from"]) == ("alternate", FRI, pd.Timestamp(2025, 10, 10))


def test_nth_weekdays_and_cycle_days() -> None:
    tables = read(schedule(row("1st & 3rd Wed", "9:00", "9:30"), row("Day 1, Day 4", "9:00", "9:30")))
    nth, cycle = tables.schedule.to_dict("records")
    assert (nth["pattern"], nth["weekdays"], nth["nth"], nth["days_text"]) == (
        "nth",
        WED,
        1 + 4,
        "1st & 3rd Wed",
    )
    assert (cycle["pattern"], cycle["cycle_days"], cycle["days_text"]) == ("cycle", 1 + 8, "Day 1, Day 4")


def test_a_group_of_students_is_a_row_for_each() -> None:
    tables = read(schedule(row("Mon, Wed", "9:00", "9:30").replace("Ana R.", "Ana R.; Ben T.")))
    assert tables.schedule[["row", "student"]].to_numpy().tolist() == [[2, "Ana R."], [2, "Ben T."]]


def test_two_rows_alike_in_everything_are_one_and_listed() -> None:
    tables = read(schedule(row("Mon, Wed", "9:00", "9:30"), row("Wed Mon", "9:00 AM", "", "30")))
    assert tables.schedule["row"].tolist() == [2]
    assert (only(tables).severity, only(tables).cell) == ("note", "A3")


def test_rows_that_differ_in_the_provider_are_two() -> None:
    other = row("Mon, Wed", "9:00", "9:30").replace("J. Rivera", "L. Okafor")
    assert len(read(schedule(row("Mon, Wed", "9:00", "9:30"), other)).schedule) == 2


@pytest.mark.parametrize("rest", ["make-up | | |", "| | | Make-up", "Makeup | | |", "| | | make up for 10/8"])
def test_a_make_up_row_is_marked_in_group_or_notes(rest: str) -> None:
    tables = read(schedule(row("Mon", "9:00", "9:30", rest=rest)))
    assert tables.schedule["makeup"].tolist() == [True]
    assert not tables.problems


def test_minutes_that_do_not_fit_the_times_are_asked_about() -> None:
    tables = read(schedule(row("Mon", "9:00", "9:30", "45")))
    assert tables.schedule["minutes"].tolist() == [30]
    assert (only(tables).severity, only(tables).cell) == ("question", "G2")


def test_a_start_that_cannot_be_read_leaves_a_session_without_a_time() -> None:
    tables = read(schedule(row("Mon", "during WIN", "", "30")))
    assert tables.schedule[["start", "minutes"]].to_numpy().tolist() == [[-1, 30]]
    assert (only(tables).severity, only(tables).cell) == ("question", "E2")


@pytest.mark.parametrize("cells_", [("M-F", "all day"), ("M-F all day",), ("M-F", "", "", "Full day")])
def test_a_full_day_is_as_long_as_the_configuration_says(cells_: tuple[str, ...]) -> None:
    rows = schedule(row(*cells_))
    assert read(rows, school_minutes=390).schedule["minutes"].tolist() == [390]
    tables = read(rows)
    assert len(tables.schedule) == 0
    assert "school_minutes" in only(tables).remedy


def test_t_alone_is_tuesday_where_the_sheet_writes_thursday_otherwise() -> None:
    tables = read(schedule(row("T", "9:00", "9:30"), row("Th", "9:00", "9:30")))
    assert tables.schedule["weekdays"].tolist() == [TUE, THU]
    assert not tables.problems


def test_t_alone_is_asked_about_where_no_thursday_is_written() -> None:
    tables = read(schedule(row("T", "9:00", "9:30")))
    assert only(tables).cell == "D2"
