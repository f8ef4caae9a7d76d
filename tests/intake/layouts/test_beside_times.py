"""Columns between the times of a week grid and its days, notes beside it, and minutes in its title."""

from __future__ import annotations

from datetime import date

import pytest

from sheets_sync.ports import CellValue
from tests.intake.layouts.grids import OT, SPEECH, Row, sessions, whose, with_staff
from tests.intake.small_workbook import told

KIM, RIVERA = "Kim Lee", "J. Rivera"

LENGTHS = [
    # header      time          beside it   start and length, and what is said
    ("Min", "9:00", 20.0, [(540, 20), (570, 30)], []),
    ("Length", "9:00", "20 min", [(540, 20), (570, 30)], []),
    ("Minutes", "9:00-9:30", 30.0, [(540, 30), (570, 30)], []),
    ("Minutes", "9:00-9:30", 20.0, [(570, 30)], ["Schedule!B3"]),
    ("Duration", "9:00", "short", [(570, 30)], ["Schedule!B3"]),
]


@pytest.mark.parametrize(("header", "time", "beside", "expected", "said"), LENGTHS)
def test_minutes_beside_the_times(
    header: str, time: str, beside: CellValue, expected: list[tuple[int, int]], said: list[str]
) -> None:
    days: Row = ["Time", header, "Mon", "Tue"]
    tables = with_staff(["OT"], days, [time, beside, "Ana R."], ["9:30-10:00", 30.0, "Ben T."])
    assert [(start, length) for *_, start, length in sessions(tables)] == expected
    assert [cell for severity, cell, _ in told(tables) if severity == "error"] == said


DETAILS = [
    # header        beside the time   service and provider of the session, under the title "Speech"
    ("Service", "OT", (OT, "")),
    ("Provider", "J. Rivera", (SPEECH, RIVERA)),
    ("Room", "12", (SPEECH, "")),
    (None, "J. Rivera", (SPEECH, RIVERA)),
    (None, "OT", (OT, "")),
    (None, "AM", (SPEECH, "")),
    ("#", 1.0, (SPEECH, "")),
    ("Notes", "bring the tablet", (SPEECH, "")),
]


@pytest.mark.parametrize(("header", "beside", "expected"), DETAILS)
def test_what_stands_beside_a_time_holds_for_its_row(
    header: str | None, beside: CellValue, expected: tuple[str, str]
) -> None:
    tables = with_staff(["Speech"], ["Time", header, "Mon", "Tue"], ["9:00-9:30", beside, "Ana R."])
    assert whose(tables) == [("Ana R.", *expected, "Mon")]
    assert tables.problems == ()


def test_a_provider_that_is_merged_over_the_rows_on_the_left_of_the_times() -> None:
    rows: list[Row] = [["Kim Lee", "9:00-9:30", "Ana R."], [None, "9:30-10:00", "Ben T."]]
    tables = with_staff(["Speech"], [None, "Time", "Mon", "Tue"], *rows, merged=("A3:A4",))
    assert [provider for _, _, provider, _ in whose(tables)] == [KIM, KIM]
    alone = with_staff(["Speech"], [None, "Time", "Mon", "Tue"], *rows)
    assert [student for student, *_ in sessions(alone)] == ["Ana R."]
    assert told(alone)[0][:2] == ("error", "Schedule!A3")


@pytest.mark.parametrize("header", ["Starts", "From", "Effective"])
def test_a_date_beside_the_time_is_from_when(header: str) -> None:
    tables = with_staff(
        ["OT"], ["Time", header, "Mon", "Tue"], ["9:00-9:30", date(2025, 11, 3), "Ana R."], ["9:30-10:00"]
    )
    assert tables.schedule["from"].dt.strftime("%m/%d").tolist() == ["11/03"]
    assert tables.problems == ()


UNKNOWN: list[tuple[str | None, CellValue]] = [
    ("Week", "A"),
    ("Week", "1"),
    ("Week", "1st & 3rd"),
    ("Type", "Consult"),
    (None, "Group 2"),
    (None, "every other week"),
]


@pytest.mark.parametrize(("header", "beside"), UNKNOWN)
def test_a_column_beside_the_times_that_is_not_understood_leaves_its_rows_open(
    header: str | None, beside: CellValue
) -> None:
    tables = with_staff(["OT"], ["Time", header, "Mon", "Tue"], ["9:00-9:30", beside, "Ana R."])
    assert sessions(tables) == []
    assert told(tables)[0][:2] == ("error", "Schedule!B2" if header else "Schedule!B3")


@pytest.mark.parametrize(
    "note", ["every other week", "starts 11/3", "Fri only", "20 min", "Week B", "no show x2"]
)
def test_a_note_on_the_right_that_may_change_the_sessions_is_asked_about(note: str) -> None:
    tables = with_staff(["OT"], ["Time", "Mon", "Tue", "Notes"], ["9:00-9:30", "Ana R.", None, note])
    assert [student for student, *_ in sessions(tables)] == ["Ana R."]
    assert [(severity, cell) for severity, cell, _ in told(tables)] == [("question", "Schedule!D3")]


TITLES = [
    # a title                      the lengths that are read beside 9:00-9:30 and 9:30-9:50
    ("OT - 20 minute sessions", [20]),
    ("OT 30 min", [30]),
    ("OT 60 min/week", [30, 20]),
    ("OT 60 minutes per week", [30, 20]),
]


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_the_minutes_in_a_title(title: str, expected: list[int]) -> None:
    tables = with_staff([title], ["Time", "Mon", "Tue"], ["9:00-9:30", "Ana R."], ["9:30-9:50", "Ben T."])
    assert [length for *_, length in sessions(tables)] == expected
    errors = [cell for severity, cell, _ in told(tables) if severity == "error"]
    assert errors == (["Schedule!A1"] if len(expected) == 1 else [])
