"""Headers that say a unit, a period or, in brackets, that the column is another one."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.intake.header_measures import is_length_in_hours, total_of
from sheets_sync.intake.headers import read_header
from sheets_sync.intake.measured_columns import minutes_with_hours, total_in_words
from sheets_sync.ports import CellValue
from sheets_sync.problems import CannotCount
from tests.intake.small_workbook import only, read

WHO: list[CellValue] = ["Ana R.", "Speech therapy"]
WHAT: list[CellValue] = ["Student", "Service"]
SIXTY = [0, 0, 60, "week"]
TWICE_THIRTY = [2, 30, 60, "week"]


def _grid(headers: list[CellValue], *cells: CellValue) -> dict[str, list[list[CellValue]]]:
    return {"Service Grid": [[*WHAT, *headers], [*WHO, *cells]]}


def _line(headers: list[CellValue], *cells: CellValue) -> list[object]:
    tables = read(_grid(headers, *cells))
    assert not tables.problems
    return list(tables.lines[["sessions", "minutes", "total", "period"]].to_numpy().tolist()[0])


@pytest.mark.parametrize(
    ("header", "cell", "expected"),
    [
        ("Minutes per week", 60.0, SIXTY),
        ("Min/Wk", "60 min", SIXTY),
        ("Mins/Wk", "60 min/wk", SIXTY),
        ("Weekly minutes", "60", SIXTY),
        ("MPW", 60.0, SIXTY),
        ("Minutes (weekly)", 60.0, SIXTY),
        ("Minutes/Week Required (Weekly only)", 60.0, SIXTY),
        ("Frequency (min/week)", "2 x 30", TWICE_THIRTY),
        ("IEP minutes per month", 60.0, [0, 0, 60, "month"]),
        ("Hours per week", 1.5, [0, 0, 90, "week"]),
        ("Hrs/Month", time(1, 30), [0, 0, 90, "month"]),
        ("IEP minutes", "2x30/wk", TWICE_THIRTY),
        ("Frequency (weekly)", "2 x 30 min", TWICE_THIRTY),
    ],
)
def test_one_column_says_how_much_in_a_period(header: str, cell: CellValue, expected: list[object]) -> None:
    assert _line([header], cell) == expected


@pytest.mark.parametrize(
    ("headers", "cells", "expected"),
    [
        (["Frequency", "Minutes (weekly)"], ["2x/week", 60.0], TWICE_THIRTY),
        (["Sessions/Week", "Length (weekly)"], [2.0, 60.0], TWICE_THIRTY),
        (["Frequency", "Minutes per month"], ["2 x 30 min / week", 240.0], TWICE_THIRTY),
        (["Minutes per week", "Minutes per month"], [60.0, None], SIXTY),
        (["Minutes per week", "Minutes per month"], [0.0, 60.0], [0, 0, 60, "month"]),
        (["Times per week", "Minutes per session", "Total"], [2.0, 30.0, 60.0], TWICE_THIRTY),
        (["Times per week", "Minutes per session", "Weekly total"], [2.0, 30.0, "60 min"], TWICE_THIRTY),
        (["# per week", "# minutes"], [2.0, 30.0], TWICE_THIRTY),
        (["Frequency", "Duration (hrs)"], ["2x/week", 0.5], TWICE_THIRTY),
        (["Frequency", "Hours", "Minutes"], ["1x/week", 1.0, 15.0], [1, 75, 75, "week"]),
        (["Frequency", "Duration Hours", "Duration Minutes"], ["1x/week", 1.0, 0.0], [1, 60, 60, "week"]),
        (["Frequency", "Duration Hours", "Duration Minutes"], ["1x/week", 0.0, 30.0], [1, 30, 30, "week"]),
        (["Frequency", "Hours", "Minutes"], ["1x/week", 1.5, 90.0], [1, 90, 90, "week"]),
    ],
)
def test_columns_with_units_and_periods_are_joined(
    headers: list[CellValue], cells: list[CellValue], expected: list[object]
) -> None:
    assert _line(headers, *cells) == expected


@pytest.mark.parametrize(
    ("headers", "cells", "why"),
    [
        (
            ["Times per week", "Minutes per session", "Total minutes per week"],
            [2.0, 30.0, 90.0],
            "is 60, not 90",
        ),
        (["Sessions/Week", "Minutes (monthly)"], [2.0, 240.0], "how many minutes"),
        (["Frequency (monthly)"], ["2x30/wk"], "Per says month"),
        (["Minutes per week"], [2.0], "does not say of what"),
        (["Frequency", "Duration"], ["2x/week", 0.5], "hours or something else"),
        (["Frequency", "Minutes"], ["2x/week", 1.0], "hours or something else"),
        (["Frequency", "Duration (hrs)"], ["2x/week", 30.0], "no length"),
        (["Frequency", "Hours", "Minutes"], ["2x/week", 1.5, 30.0], "no length"),
        (["Frequency", "Minutes (total)"], ["2x/week", 60.0], "how many minutes"),
    ],
)
def test_what_contradicts_or_stays_open_is_not_counted(
    headers: list[CellValue], cells: list[CellValue], why: str
) -> None:
    problem = only(read(_grid(headers, *cells)))
    assert (problem.severity, why in problem.problem) == ("error", True), problem


def test_a_total_that_says_no_period_is_asked_about() -> None:
    headers: list[CellValue] = ["Times per week", "Minutes per session", "Total"]
    assert (
        only(read(_grid(headers, 2.0, 30.0, 90.0))).problem
        == "The total says 90, the line comes to 60 a week."
    )
    assert not read(_grid(headers, 2.0, 30.0, 2160.0)).problems  # that of a year


@pytest.mark.parametrize(
    ("tab", "header"),
    [
        ("Service Grid", "Duration (weeks)"),
        ("Service Grid", "Minutes (units)"),
        ("Service Grid", "Frequency (last year)"),
        ("Service Grid", "Frequency (of progress reports)"),
        ("Service Grid", "Frequency (ESY)"),
        ("Service Grid", "Service (declined)"),
        ("Service Log", "Minutes (scheduled)"),
        ("Service Log", "Minutes (owed)"),
        ("Service Log", "Minutes (prep)"),
        ("Service Log", "Date (billed)"),
        ("Service Log", "Date (due)"),
        ("Service Log", "Status (billing)"),
        ("Schedule", "Days (proposed)"),
        ("Schedule", "Days (A week)"),
        ("Calendar", "Date (tentative)"),
    ],
)
def test_brackets_make_another_column(tab: str, header: str) -> None:
    assert read_header(header, tab=tab).value is None


@pytest.mark.parametrize(
    ("tab", "header", "column"),
    [
        ("Caseload", "Student (Last, First)", "Student"),
        ("Service Grid", "Minutes (each)", "Minutes"),
        ("Service Grid", "Minutes (per session)", "Minutes"),
        ("Service Grid", "Frequency (e.g. 2x30/wk)", "Frequency"),
        ("Service Grid", "Start date (mm/dd/yyyy)", "Start date"),
        ("Service Grid", "Provider (SLP/OT)", "Provider"),
        ("Service Log", "Status (see key)", "Status"),
        ("Service Log", "Date (required)", "Date"),
        ("Service Log", "Minutes (actual)", "Minutes"),
        ("Schedule", "Days (M-F)", "Days"),
        ("Schedule", "Start (AM/PM)", "Start"),
    ],
)
def test_brackets_that_only_help_are_dropped(tab: str, header: str, column: str) -> None:
    assert read_header(header, tab=tab).value == column


def test_what_stands_in_brackets_is_asked_about_at_the_header() -> None:
    log: list[list[CellValue]] = [
        ["Date", *WHAT, "Minutes (planned)", "Status (Fox)"],
        [date(2025, 10, 6), *WHO, 45.0, "Delivered"],
    ]
    tables = read({"Service Log": log})
    asked = [(p.severity, p.cell, p.problem[-20:]) for p in tables.problems]
    assert asked == [("question", "D1", "not read as Minutes."), ("question", "E1", "t is read as Status.")]
    assert tables.log["minutes"].tolist() == [-1]


def test_a_column_in_brackets_beside_the_right_one_is_left_alone() -> None:
    assert (
        _line(["Frequency", "Frequency (last year)"], "2 x 30 min / week", "1 x 30 min / week")
        == TWICE_THIRTY
    )


@pytest.mark.parametrize(
    ("header", "cell", "minutes"), [("Duration (hours)", 1.0, 60), ("Length (hrs)", 0.5, 30)]
)
def test_hours_of_the_log_are_minutes(header: str, cell: float, minutes: int) -> None:
    log = [["Date", *WHAT, header, "Status"], [date(2025, 10, 6), *WHO, cell, "Delivered"]]
    tables = read({"Service Log": log})
    assert (tables.log["minutes"].tolist(), tables.problems) == ([minutes], ())


def test_hours_of_what_is_asked_in_the_log() -> None:
    log = [["Date", *WHAT, "Minutes", "Hours", "Status"], [date(2025, 10, 6), *WHO, 30.0, 2.0, "Delivered"]]
    assert (only(read({"Service Log": log})).cell, only(read({"Service Log": log})).severity) == (
        "E2",
        "question",
    )


def test_without_another_column_the_wrong_one_stops_the_run_by_its_cell() -> None:
    with pytest.raises(CannotCount, match="not known: C1"):
        read(_grid(["Frequency (proposed)"], "2 x 30 min / week"))


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.floats(),
    st.booleans(),
    st.times(),
    st.timedeltas(timedelta(-9), timedelta(9)),
)


@settings(max_examples=100)
@given(st.text(max_size=30), CELLS, CELLS)
def test_nothing_typed_raises(header: str, cell: CellValue, beside: CellValue) -> None:
    measure = total_of(header) or total_of("Minutes per week")
    assert measure is not None
    assert is_length_in_hours(header) in (True, False)
    total_in_words((cell, beside), (measure, measure))
    minutes_with_hours(cell, beside)
