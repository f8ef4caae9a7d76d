"""The Attendance tab: absent, tardy, dismissed."""

from __future__ import annotations

from datetime import date
from datetime import time as clock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.ports import CellValue, Sheet
from sheets_sync.problems import Severity
from sheets_sync.tables import Tables
from tests.intake.small_workbook import read, told

DAY = date(2025, 10, 6)
HEADER = "Date | Student | Attendance | Time"


def attendance(*rows: str) -> dict[str, str]:
    return {"Attendance": "\n".join((HEADER, *rows))}


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("absent", "absent"),
        ("Absent ", "absent"),
        ("Tardy", "tardy"),
        ("dismissed", "dismissed"),
        ("left early", "dismissed"),
        ("Absent (excused)", "absent"),
        ("absent - unexcused", "absent"),
        ("Excused absence", "absent"),
        ("Absent, sick", "absent"),
        ("absent (all day)", "absent"),
        ("sick", "absent"),
        ("Tardy (excused)", "tardy"),
        ("late 15 min", "tardy"),
    ],
)
def test_kinds(typed: str, kind: str) -> None:
    tables = read(attendance(f"2025-10-06 | Ana R. | {typed} | 9:40"))
    (row,) = tables.attendance.to_dict("records")
    assert (row["row"], row["date"].date(), row["student"], row["kind"], row["time"]) == (
        2,
        date(2025, 10, 6),
        "Ana R.",
        kind,
        580,
    )
    assert not tables.problems


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("Date | Student | Excused | Unexcused | Tardy", "Attendance"),
        ("Date | Student | Present", "Attendance"),
        ("Day off | Whatever", "Attendance"),
    ],
)
def test_a_tab_that_cannot_be_read_is_an_error_and_stops_nothing(header: str, named: str) -> None:
    tables = read({"Attendance": f"{header}\n2025-10-06 | Ana R."})
    assert (len(tables.attendance), len(tables.schedule), len(tables.log)) == (0, 1, 1)
    (problem,) = tables.problems
    assert (problem.severity, problem.tab) == (Severity.ERROR, "Attendance")
    assert named in problem.problem
    assert problem.remedy[:1].isupper()


def test_a_day_present_is_no_absence() -> None:
    tables = read(attendance("2025-10-06 | Ana R. | present |"))
    assert len(tables.attendance) == 0
    assert not tables.problems


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("tardy - bus", 'write "tardy" alone'),
        ("absent (am only)", 'write "absent" alone'),
        ("Field trip", "clear the cell where the student was at school"),
        ("No school", "clear the cell where the student was at school"),
        ("remote", "clear the cell where the student was at school"),
        ("A", 'a key on the tab, like "A = absent"'),
    ],
)
def test_what_would_do_makes_nobody_absent_who_was_there(typed: str, remedy: str) -> None:
    tables = read(attendance(f"2025-10-06 | Ana R. | {typed} |"))
    assert len(tables.attendance) == 0
    (problem,) = tables.problems
    assert (problem.cell, problem.severity) == ("C2", Severity.ERROR)
    assert remedy in problem.remedy


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ("soon | Ana R. | tardy |", "A2"),
        ("2025-10-06 | Zoe Q. | absent |", "B2"),
        ("2025-10-06 | Ana R. | A |", "C2"),
        ("2025-10-06 | Ana R. | |", "C2"),
    ],
)
def test_a_row_that_cannot_be_read_is_reported_and_left_out(row: str, cell: str) -> None:
    tables = read(attendance(row, "2025-10-07 | Ben T. | absent |"))
    assert tables.attendance["row"].tolist() == [3]
    assert [(severity, where) for severity, where, _ in told(tables)] == [("error", f"Attendance!{cell}")]


def test_an_absence_whose_date_cannot_be_read_is_no_day_of_absence_but_known_to_be_there() -> None:
    tables = read(attendance("soon | Ana R. | absent |", "2025-10-07 | Ben T. | absent |"))
    rows = tables.attendance[["row", "student", "kind"]].to_dict("records")
    assert rows == [
        {"row": 2, "student": "Ana R.", "kind": ""},
        {"row": 3, "student": "Ben T.", "kind": "absent"},
    ]
    assert [(severity, where) for severity, where, _ in told(tables)] == [("error", "Attendance!A2")]


def marked(header: str, *rows: list[CellValue]) -> Tables:
    return read({"Attendance": [header.split(" | "), *rows]})


def said(tables: Tables) -> list[tuple[object, ...]]:
    """Return day, student, kind and time of each entry."""
    columns = zip(*(tables.attendance[name] for name in ("date", "student", "kind", "time")), strict=True)
    return [(getattr(day, "day", 0), student, kind, minutes) for day, student, kind, minutes in columns]


@pytest.mark.parametrize(
    ("typed", "kind", "time"),
    [
        ("dismissed 1:30", "dismissed", 810),
        ("late 9:40", "tardy", 580),
        ("Tardy @ 9:40 am", "tardy", 580),
        ("late (9:40)", "tardy", 580),
        ("tardy - 9:40", "tardy", 580),
        ("T 930", None, None),
        ("tardy 930", "tardy", 570),
        ("left at 1:30", "dismissed", 810),
        ("picked up 1:30 PM", "dismissed", 810),
        ("arrived 10:05", "tardy", 605),
        ("9:40 late", "tardy", 580),
        ("1:30 pm dismissed", "dismissed", 810),
        ("late 15", None, None),
        ("late 9:40-10:15", None, None),
        ("not late 9:40", None, None),
        ("absent 9:40", None, None),
        ("absent until 10:00", None, None),
        ("absent (tardy)", None, None),
        ("absent - no", None, None),
        ("absent?", None, None),
        ("out 9:00-1:30", None, None),
        ("tardy 9:40, dismissed 1:30", None, None),
        ("sick, went home 1:30", None, None),
        ("excused", None, None),
        ("in", None, None),
    ],
)
def test_a_time_in_the_words(typed: str, kind: str | None, time: int | None) -> None:
    tables = read({"Attendance": [["Date", "Student", "Status"], [DAY, "Ana R.", typed]]})
    assert said(tables) == ([(6, "Ana R.", kind, time)] if kind else [])
    assert [where for _, where, _ in told(tables)] == ([] if kind else ["Attendance!C2"])


@pytest.mark.parametrize(
    ("row", "expected", "wrong"),
    [
        (["tardy", clock(9, 40), None], ("tardy", 580), ""),
        (["dismissed", None, "1:30"], ("dismissed", 810), ""),
        (["dismissed", "9:00", "1:30"], ("dismissed", 810), ""),
        (["tardy", "9:40", "3:00"], ("tardy", 580), ""),
        (["late 9:40", None, None], ("tardy", 580), ""),
        (["absent", None, None], ("absent", -1), ""),
        (["absent", "10:40", None], None, "D2"),
        (["absent", None, "1:30"], None, "E2"),
    ],
)
def test_time_in_and_time_out(row: list[CellValue], expected: tuple[str, int] | None, wrong: str) -> None:
    tables = marked("Date | Student | Status | Time in | Time out", [DAY, "Ana R.", *row])
    assert said(tables) == ([(6, "Ana R.", *expected)] if expected else [])
    assert [where for _, where, _ in told(tables)] == ([f"Attendance!{wrong}"] if wrong else [])


@pytest.mark.parametrize(
    ("marks", "expected", "wrong"),
    [
        (["x", None, None], [("absent", -1)], ""),
        ([True, False, False], [("absent", -1)], ""),
        ([False, False, False], [], ""),
        ([1.0, None, None], [("absent", -1)], ""),
        (["✓", None, None], [("absent", -1)], ""),
        (["Excused", None, None], [("absent", -1)], ""),
        (["sick", None, None], [("absent", -1)], ""),
        (["A", None, None], [("absent", -1)], ""),
        (["no", "-", "x"], [("dismissed", -1)], ""),
        ([None, "9:40", None], [("tardy", 580)], ""),
        ([None, clock(9, 40), clock(1, 30)], [("tardy", 580), ("dismissed", 810)], "note"),
        ([None, "10 min", None], [("tardy", -1)], ""),
        ([None, "late 9:40", "1:30 PM"], [("tardy", 580), ("dismissed", 810)], ""),
        ([None, 10.0, None], [], "D2"),
        (["9:40", None, None], [], "C2"),
        (["am only", None, None], [], "C2"),
        (["P", None, None], [], "C2"),
        (["field trip", None, None], [], "C2"),
        (["half day", None, "x"], [("dismissed", -1)], "C2"),
        (["x", "x", None], [], "C2"),
        (["x", None, "1:30"], [], "C2"),
    ],
)
def test_a_column_for_each_kind(marks: list[CellValue], expected: list[tuple[str, int]], wrong: str) -> None:
    tables = marked("Date | Student | Absent | Tardy | Dismissed", [DAY, "Ana R.", *marks])
    assert said(tables) == [(6, "Ana R.", *one) for one in expected]
    if wrong == "note":
        assert [severity for severity, _, _ in told(tables)] == ["note"]
    else:
        assert [where for _, where, _ in told(tables)] == ([f"Attendance!{wrong}"] if wrong else [])


@pytest.mark.parametrize(
    ("header", "row", "expected", "asked"),
    [
        ("Date | Absent | Tardy | Dismissed", ["Ana R.", "Ben T. 9:40", None], 2, ""),
        ("Date | Absent | Tardy", ["Ana R., Ben T.", "none"], 2, ""),
        ("Date | Absent | Tardy", ["x", None], 0, "B2"),
        ("Date | Student | Absent", ["Ana R.", "x"], 1, ""),
        ("Date | Student | Absence | Tardy", ["Ana R.", "x", None], 1, ""),
        ("Date | Student | Absent | Reason", ["Ana R.", "x", "sick"], 1, ""),
        ("Date | Student | Absent | Excused | Tardy", ["Ana R.", "x", "x", None], 1, ""),
        ("Date | Student | Absent | Tardy | Remote", ["Ana R.", None, None, "x"], 0, "E2"),
        ("Date | Student | Present | Absent | Tardy", ["Ana R.", "x", None, None], 0, ""),
        ("Date | Student | Present | Absent | Tardy", ["Ana R.", "No", None, None], 0, "C2"),
        ("Date | Student | Present | Absent | Tardy", ["Ana R.", "x", "x", None], 0, "D2"),
        ("Date | Last Name | First Name | Absent | Tardy", ["R.", "Ana", "x", None], 1, ""),
        ("Date | Student | Absent? | Tardy time | Dismissed at", ["Ana R.", None, "9:40", "1:30"], 2, ""),
        ("Date | Student | Absent | Tardy", [None, "x", None], 0, "B2"),
        ("Date | Student | Absent | Tardy", [None, None, None], 0, ""),
    ],
)
def test_other_columns_for_kinds(header: str, row: list[CellValue], expected: int, asked: str) -> None:
    tables = marked(header, [DAY, *row])
    assert len(tables.attendance) == expected
    assert [where for _, where, _ in told(tables)] == ([f"Attendance!{asked}"] if asked else [])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Ana R. 9:40, Ben T. 10:05", [("Ana R.", 580), ("Ben T.", 605)]),
        ("Ana R. (9:40) & Ben T. (10:05)", [("Ana R.", 580), ("Ben T.", 605)]),
        ("Ana R. 9:40; Ben T.", [("Ana R.", 580), ("Ben T.", -1)]),
        ("R., Ana 9:40\nT., Ben @ 10:05 AM", [("Ana R.", 580), ("Ben T.", 605)]),
        ("Ana R., Ben T. 9:40", [("Ana R.", 580), ("Ben T.", 580)]),
        ("Ana R., Ben T.", [("Ana R.", -1), ("Ben T.", -1)]),
        # whose the time is, or whether it is one
        ("Ana R. 9:40, Ben T.", []),
        ("Ana R. 9:40, Ben T. 15", []),
    ],
)
def test_names_with_their_times_below_a_kind(typed: str, expected: list[tuple[str, int]]) -> None:
    tables = marked("Date | Absent | Tardy", [DAY, None, typed])
    assert [(student, minutes) for _, student, _, minutes in said(tables)] == expected
    assert {severity for severity, *_ in told(tables)} <= ({"note"} if expected else {"error"})


SAID_ONCE: dict[str, tuple[list[list[CellValue]], list[int], str]] = {
    # rows; the days of the entries; the cell that is asked about
    "below": ([[DAY, "Ana R.", None], [None, "Ben T.", None], [None, None, "Ana R."]], [6, 6, 6], "A3"),
    "each its own": ([[DAY, "Ana R.", None], [date(2025, 10, 7), "Ben T.", None]], [6, 7], ""),
    "behind a blank row": ([[DAY, "Ana R.", None], [], [None, "Ben T.", None]], [6], "A4"),
    "one of many": ([*[[DAY, "Ana R.", None]] * 6, [None, "Ben T.", None]], [6] * 6, "A8"),
}


@pytest.mark.parametrize("case", SAID_ONCE)
def test_a_date_may_stand_once_above_the_names_of_its_day(case: str) -> None:
    rows, days, asked = SAID_ONCE[case]
    tables = marked("Date | Absent | Tardy", *rows)
    assert [day for day, *_ in said(tables)] == days
    assert [where for _, where, _ in told(tables)] == ([f"Attendance!{asked}"] if asked else [])


def test_a_date_in_merged_cells_is_that_of_each_row_that_they_cover() -> None:
    rows: list[list[CellValue]] = [["Date", "Absent", "Tardy"], [DAY, "Ana R.", None], [None, "Ben T.", None]]
    tables = read({"Attendance": Sheet("Attendance", rows, merged=("A2:A3",))})
    assert [one[:2] for one in said(tables)] == [(6, "Ana R."), (6, "Ben T.")]
    assert told(tables) == []


def test_a_date_may_stand_once_above_the_students_of_its_day() -> None:
    tables = marked(
        "Date | Student | Absent | Tardy", [DAY, "Ana R.", "x", None], [None, "Ben T.", None, "9:40"]
    )
    assert said(tables) == [(6, "Ana R.", "absent", -1), (6, "Ben T.", "tardy", 580)]
    assert [one[:2] for one in told(tables)] == [("question", "Attendance!A3")]


def test_a_header_that_stands_there_once_more_is_no_entry() -> None:
    header = "Date | Student | Absent | Tardy"
    tables = marked(header, [DAY, "Ana R.", "x", None], list(header.split(" | ")))
    assert said(tables) == [(6, "Ana R.", "absent", -1)]
    assert not tables.problems


@settings(max_examples=20)
@given(
    st.lists(
        st.none()
        | st.booleans()
        | st.floats()
        | st.times()
        | st.datetimes()
        | st.text(max_size=12)
        | st.sampled_from(["late ", "absent - ", "9:40 ", "sick ("]).flatmap(
            lambda said: st.text(max_size=6).map(said.__add__)
        ),
        min_size=3,
        max_size=3,
    )
)
def test_no_mark_crashes_it_and_nobody_is_absent_and_there(marks: list[CellValue]) -> None:
    tables = marked("Date | Student | Absent | Tardy | Dismissed", [DAY, "Ana R.", *marks])
    kinds = tables.attendance["kind"].tolist()
    assert kinds in ([], ["absent"], ["tardy"], ["dismissed"], ["tardy", "dismissed"])


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("10/6-10/8", [6, 7, 8]),
        ("Oct 6-7", [6, 7]),
        ("10/6", [6]),
        ("10/6/2025 - 10/8/2026", []),
        ("10/8-10/6", []),
    ],
)
def test_an_absence_of_several_days(typed: str, days: list[int]) -> None:
    tables = read({"Attendance": [["Date", "Student", "Status"], [typed, "Ana R., Ben T.", "absent"]]})
    expected = [(day, student, "absent", -1) for student in ("Ana R.", "Ben T.") for day in days]
    assert [one for one in said(tables) if one[2]] == expected
    assert [where for _, where, _ in told(tables)] == ([] if days else ["Attendance!A2"])
