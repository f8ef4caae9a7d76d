"""Lines of the Service Grid: what they require, and why one cannot be counted."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from sheets_sync.config import Names
from sheets_sync.ports import ErrorValue
from tests.intake.small_workbook import SMALL, cells, only, read, row_added, told

HEADER = "Student | Service | Frequency | Group | Provider | Start date | End date | ESY"


def grid(*rows: str, header: str = HEADER) -> dict[str, str]:
    return {"Service Grid": "\n".join((header, *rows))}


def test_a_line_says_what_it_requires_and_when() -> None:
    line = read(
        grid(
            "Ana R. | Speech therapy | 2 x 30 min / week | group | J. Rivera | 2025-10-06 | 2026-06-11 | Yes"
        )
    )
    (row,) = line.lines.to_dict("records")
    assert row == {
        "row": 2,
        "student": "Ana R.",
        "service": "Speech therapy",
        "group": "group",
        "provider": "J. Rivera",
        "setting": "",
        "sessions": 2,
        "minutes": 30,
        "total": 60,
        "period": "week",
        "n": 1,
        "start": pd.Timestamp(2025, 10, 6),
        "end": pd.Timestamp(2026, 6, 11),
        "esy": True,
        "notes": "",
        "frequency_text": "2 x 30 min / week",
        "reason": "",
    }


def test_a_blank_group_is_the_one_of_the_frequency() -> None:
    tables = read(grid("Ana R. | Speech therapy | 2 x 30 min / week, individual | | | | |"))
    assert tables.lines["group"].tolist() == ["individual"]


def test_a_group_that_the_frequency_contradicts_is_asked_about() -> None:
    tables = read(grid("Ana R. | Speech therapy | 2 x 30 min / week, individual | group | | | |"))
    assert tables.lines["group"].tolist() == ["group"]
    assert told(tables) == [
        ("question", "Service Grid!D2", "Group says group, the frequency individual: the first is counted.")
    ]


UNCOUNTED = [
    # row                                                                    cell  reason begins with
    ("Ana R. | Speech therapy | often | | | | |", "C2", "The frequency (C2) cannot be read. "),
    ("Ana R. | Speech therapy | | | | | |", "C2", "The frequency (C2) cannot be read. "),
    ("Ana R. | | 2 x 30 min / week | | | | |", "B2", "The service (B2) cannot be read. It is blank."),
    (
        "Ana R. | Speech therapy | 2 x 30 min / week | | | soon | |",
        "F2",
        "The start date (F2) cannot be read. ",
    ),
    (
        "Ana R. | Speech therapy | 2 x 30 min / week | | | | 13/45/2026 |",
        "G2",
        "The end date (G2) cannot be read. ",
    ),
    (
        "Ana R. | Speech therapy | 2 x 30 min / week | | | 2025-10-06 | 2025-10-05 |",
        "G2",
        "The end date is before the start date (G2).",
    ),
    ("Zoe Q. | Speech therapy | 2 x 30 min / week | | | | |", "A2", "The student (A2) cannot be told"),
]


@pytest.mark.parametrize(("row", "cell", "reason"), UNCOUNTED, ids=[case[2] for case in UNCOUNTED])
def test_a_line_that_cannot_be_counted_stays_and_says_why(row: str, cell: str, reason: str) -> None:
    tables = read(grid(row, "Ben T. | Math | 1 x 30 min / week | | | | |"))
    assert tables.lines["reason"].str.startswith(reason).tolist() == [True, False]
    assert tables.lines["reason"].tolist()[1] == ""
    assert [(severity, where) for severity, where, _ in told(tables)] == [("error", f"Service Grid!{cell}")]


def test_a_range_is_counted_at_its_lower_end_and_asked_about() -> None:
    tables = read(grid("Ana R. | Speech therapy | 2-3 x 30 min / week | | | | |"))
    assert tables.lines["total"].tolist() == [60]
    assert (only(tables).severity, only(tables).cell) == ("question", "C2")


def test_the_same_unreadable_frequency_in_many_lines_is_one_problem() -> None:
    tables = read(grid(*["Ana R. | Speech therapy | often | | | | |"] * 3))
    assert only(tables).problem.endswith("(3 rows: 2, 3, 4)")


def test_a_full_day_needs_the_length_of_a_school_day() -> None:
    row = grid("Ana R. | Paraeducator | full day every day | | | | |")
    assert read(row, school_minutes=390).lines["total"].tolist() == [390]
    assert read(row).lines["reason"].tolist() != [""]


@pytest.mark.parametrize(
    ("typed", "esy"),
    [
        ("Yes", True),
        ("x", True),
        ("X", True),
        ("TRUE", True),
        ("ESY", True),
        ("No", False),
        ("", False),
        ("N", False),
    ],
)
def test_esy_is_yes_or_no(typed: str, esy: bool) -> None:
    assert read(grid(f"Ana R. | Speech therapy | 2 x 30 min / week | | | | | {typed}")).lines[
        "esy"
    ].tolist() == [esy]


def test_a_tick_box_is_yes_or_no_too() -> None:
    rows = cells("\n".join((HEADER, "Ana R. | Speech therapy | 2 x 30 min / week | | | | |")))
    rows[1][7] = True
    assert read({"Service Grid": rows}).lines["esy"].tolist() == [True]


def test_an_esy_mark_that_is_neither_is_reported() -> None:
    tables = read(grid("Ana R. | Speech therapy | 2 x 30 min / week | | | | | perhaps"))
    assert only(tables).cell == "H2"


def test_an_error_cell_makes_a_line_check_data() -> None:
    rows = cells("\n".join((HEADER, "Ana R. | Speech therapy | | | | | |")))
    rows[1][2] = ErrorValue("#REF!")
    tables = read({"Service Grid": rows})
    assert told(tables) == [("error", "Service Grid!C2", "The cell shows #REF! instead of a value.")]
    assert "#REF!" in tables.lines["reason"].tolist()[0]


def test_a_line_that_stands_there_twice_is_counted_twice_and_asked_about() -> None:
    tables = read(grid(*["Ana R. | Speech therapy | 2 x 30 min / week | | | | |"] * 2))
    assert tables.lines["reason"].tolist() == ["", ""]
    assert (only(tables).severity, only(tables).cell) == ("question", "A3")


def test_a_setting_tells_two_lines_apart() -> None:
    header = "Student | Service | Frequency | Setting"
    row = "Ana R. | Speech therapy | 2 x 30 min / week"
    assert told(read(grid(f"{row} | Push-in", f"{row} | Pull-out", header=header))) == []
    assert len(told(read(grid(f"{row} | Push-in", f"{row} | push-in", header=header)))) == 1


def test_a_line_that_cannot_be_counted_is_like_no_other() -> None:
    rows = [
        f"Ana R. | Speech therapy | {frequency} | | | | |" for frequency in ("often", "2 x 30 min / week")
    ]
    assert [where for _, where, _ in told(read(grid(*rows)))] == ["Service Grid!C2"]
    rows.append(rows[1])
    assert [where for _, where, _ in told(read(grid(*rows)))] == ["Service Grid!C2", "Service Grid!A4"]


def test_a_provider_is_spelled_as_on_the_staff_tab_and_a_role_stays() -> None:
    staff = "Name | Role\nJ. Rivera | SLP"
    rows = [
        "Ana R. | Speech therapy | 2 x 30 min / week | | j. rivera | | |",
        "Ana R. | Math | 30 min / week | | SLP | | |",
    ]
    assert read({**grid(*rows), "Staff": staff}).lines["provider"].tolist() == ["J. Rivera", "SLP"]


TOTALS = [
    "Total",
    "TOTAL MINUTES",
    "Grand total:",
    "Total special ed minutes",
    "% out of gen ed",
    "Weekly total",
    "Speech Total",
    "OT subtotal",
    "Related services total",
    "Minutes out of gen ed",
]


@pytest.mark.parametrize("total", TOTALS)
def test_a_row_that_sums_up_lines_is_none_and_takes_no_student_from_above(total: str) -> None:
    header = "Student | Service | Minutes per week"
    rows = [
        "Ana R. | Speech | 60",
        "| OT | 30",
        f"| {total} | 90",
        "| | 90",
        "Ben T. | OT | 20",
        f"| {total} | 20",
    ]
    tables = read(grid(*rows, header=header))
    assert tables.lines["service"].tolist() == [
        "Speech therapy",
        "Occupational therapy",
        "Occupational therapy",
    ]
    assert [(severity, where) for severity, where, _ in told(tables)] == [
        ("question", "Service Grid!A3"),
        ("note", "Service Grid!B4"),
    ]


def test_a_total_may_stand_below_frequency_and_alone_it_is_no_line_either() -> None:
    header = "Student | Service | Frequency | Minutes"
    tables = read(grid("Ana R. | Speech | 2x/week | 30", "| | Total: | 30", header=header))
    assert [(len(tables.lines), where) for _, where, _ in told(tables)] == [(1, "Service Grid!C3")]
    tables = read(grid("Ana R. | Speech | 2x/week | 30", "Ben T. | Total | weekly | 90", header=header))
    assert [(severity, where) for severity, where, _ in told(tables)] == [("error", "Service Grid!B3")]


@pytest.mark.parametrize("total", ["Sped minutes", "Sped time", "Combined", "Related service minutes"])
def test_what_may_be_a_sum_is_asked_about_and_takes_no_student_from_above(total: str) -> None:
    header = "Student | Service | Minutes per week"
    tables = read(grid("Ana R. | Speech | 60", "Ana R. | OT | 30", f"Ana R. | {total} | 90", header=header))
    assert len(tables.lines) == 3
    assert [(how, where) for how, where, _ in told(tables)] == [("question", "Service Grid!B4")]
    tables = read(grid("Ana R. | Speech | 60", "| OT | 30", f"| {total} | 90", header=header))
    assert [where for how, where, _ in told(tables) if how == "error"] == ["Service Grid!A4"]
    assert told(read(grid(f"Ana R. | {total} | 90", header=header))) == []


@pytest.mark.parametrize("name", ["Ana R. Total", "Ana R. Count", "Total minutes", "Speech total"])
def test_a_sum_in_the_place_of_a_student_is_a_heading(name: str) -> None:
    tables = read(
        grid(
            "Ana R. | Speech | 60",
            f"{name} | | 60",
            "Ben T. | OT | 30",
            header="Student | Service | Minutes per week",
        )
    )
    assert len(tables.lines) == 2
    assert [(how, where) for how, where, _ in told(tables)] == [("note", "Service Grid!A3")]


def test_total_communication_is_a_service() -> None:
    assert len(read(grid("Ana R. | Total communication | 30 min / week | | | | |")).lines) == 1


def test_an_ignored_service_is_dropped_in_silence() -> None:
    rows = row_added("Service Grid", "Ana R. | Bus | each day | | | | |")
    tables = read(rows, Names(ignored_services=("bus",)))
    assert len(tables.lines) == 1
    assert not tables.problems


def test_dates_of_a_line_typed_without_a_year_take_the_school_year() -> None:
    tables = read(grid("Ana R. | Speech therapy | 2 x 30 min / week | | | 10/6 | 3/2 |"))
    assert tables.lines[["start", "end"]].to_numpy().astype("datetime64[D]").tolist() == [
        [date(2025, 10, 6), date(2026, 3, 2)]
    ]


def test_all_lines_of_the_small_workbook_are_read() -> None:
    assert len(read().lines) == len(cells(SMALL["Service Grid"])) - 1
